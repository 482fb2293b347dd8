"""What the officers' first page draws attention to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from skm.comparison import Change
from skm.disclosure import SMALLEST_SHOWN
from skm.errors import SkmError
from skm.hint_rules import HintRules
from skm.instance import Office
from skm.numerals import number
from skm.overview import Overview, ServiceTotals, overview
from skm.overview_trend import REPORT_KINDS
from skm.period import Period
from skm.period_scores import changes_since
from skm.scoring import POINTS_PER_LEVEL
from skm.store import follow_up
from skm.store.backup import last_failure
from skm.store.closings import closed_periods
from skm.web.contacts import TabletStatus
from skm.web.site import Site

INDEX = "index"
"""Code of the index among the changes of a comparison."""


@dataclass(frozen=True)
class Hint:
    """One thing to look at: what it is, and the address where it is mended or looked into."""

    text: str
    address: str | None = None


def hints(
    site: Site,
    now: datetime,
    running: Overview,
    months: Iterable[Period],
    tablets: Iterable[TabletStatus],
) -> list[Hint]:
    """All hints of the present day.

    Args:
        running: the present month.
        months: those with responses.
    """
    office, today = site.instance.office, now.date()
    kind = REPORT_KINDS[office.report_period]
    return [
        *_falls(site, running),
        *behind_sample(running, office, today),
        *silent_tablets([each.tablet.name for each in tablets if each.silent]),
        *not_closed(
            {month.around(kind) for month in months},
            closed_periods(site.store),
            today,
            office.hints,
        ),
        *overdue_follow_ups(len(follow_up.overdue(site.store, today))),
        *failed_backup(last_failure(site.instance)),
    ]


def _falls(site: Site, running: Overview) -> Iterable[Hint]:
    """Against the month before; while too few have answered, the last month stands in."""
    shown = running
    if running.respondents < SMALLEST_SHOWN:
        shown = overview(site.store, site.instance, running.period.previous)
    if shown.form is None or shown.assessment is None:
        return ()
    before, card = shown.period.previous, shown.assessment.card
    try:
        changes = changes_since(site.store, site.instance, before, shown.form, card)
    except SkmError:
        return ()  # there is nothing to compare with: that is no trouble of the day
    return falls(changes, before, shown.period, site.instance.office.hints)


def falls(
    changes: Sequence[Change], before: Period, after: Period, rules: HintRules
) -> Iterator[Hint]:
    """The index, and the elements, that fell further than the rules let pass.

    >>> from skm.hint_rules import shipped_rules
    >>> october, november = Period.parse("2026-10"), Period.parse("2026-11")
    >>> index = Change("index", "Indeks", Decimal("80.00"), Decimal("74.99"))
    >>> [hint.text for hint in falls([index], october, november, shipped_rules())]
    ['Indeks turun 5,01 poin: 80,00 pada Oktober 2026, 74,99 pada November 2026.']
    """
    fell = [
        f"{change.name} {_mean_level(change.before)} menjadi {_mean_level(change.after)}"
        for change in changes
        if change.code != INDEX and -change.difference > rules.element_drop * POINTS_PER_LEVEL
    ]
    for change in changes:
        if change.code == INDEX and -change.difference > rules.index_drop:
            yield Hint(
                f"Indeks turun {number(-change.difference, 2)} poin: "
                f"{number(change.before, 2)} pada {before.label}, "
                f"{number(change.after, 2)} pada {after.label}."
            )
    if fell:
        yield Hint(
            f"NRR turun lebih dari {number(rules.element_drop)} dari {before.label} ke "
            f"{after.label}: {'; '.join(fell)}."
        )


def behind_sample(shown: Overview, office: Office, today: date) -> Iterator[Hint]:
    """The services with fewer respondents than they should have by now.

    What they should have grows with the workdays of the period, today's not counted yet.
    """
    rules = office.hints
    gone = _share_gone(shown.period, office, today)
    if gone < rules.sample_from:
        return
    late = [
        each for each in shown.services if _is_behind(each, gone * Fraction(rules.sample_pace))
    ]
    if late:
        said = ", ".join(
            f"{each.name} {number(each.n or 0)} dari {number(each.needed or 0)}" for each in late
        )
        yield Hint(f"Responden {shown.period.label} tertinggal dari kebutuhan sampel: {said}.")


def not_closed(
    periods: Iterable[Period], closed: Iterable[Period], today: date, rules: HintRules
) -> Iterator[Hint]:
    """Periods with responses that ended long enough ago and are not closed.

    Args:
        periods: those with responses, of the kind that the office reports.
    """
    limit = today - rules.close_within
    waiting = sorted(period for period in set(periods) - set(closed) if period.last_day < limit)
    if not waiting:
        return
    newest, more = waiting[-1].label, len(waiting) - 1
    others = f" dan {number(more)} periode sebelumnya" if more else ""
    yield Hint(f"{newest}{others} belum ditutup.", "/petugas/tutup")


def silent_tablets(names: Sequence[str]) -> Iterator[Hint]:
    """The tablets that ought to speak now and do not."""
    if names:
        yield Hint(f"Tablet diam: {', '.join(names)}.", "/petugas/tablet")


def overdue_follow_ups(count: int) -> Iterator[Hint]:
    """Lines of the follow-up plan whose day has passed."""
    if count:
        yield Hint(
            f"{number(count)} tindak lanjut lewat tenggat dan belum selesai.",
            "/petugas/tindak-lanjut",
        )


def failed_backup(reason: str | None) -> Iterator[Hint]:
    """Why the last backup was not made."""
    if reason:
        yield Hint(f"Pencadangan terakhir gagal: {reason}")


def _mean_level(score: Decimal) -> str:
    return number(score / POINTS_PER_LEVEL, 2)


def _share_gone(period: Period, office: Office, today: date) -> Fraction:
    """Share of the workdays of a period that lie before today."""
    last = min(today - timedelta(days=1), period.last_day)
    whole = office.workdays_in(period.first_day, period.last_day)
    gone = office.workdays_in(period.first_day, last)
    return Fraction(gone, whole) if whole else Fraction(1)


def _is_behind(service: ServiceTotals, share: Fraction) -> bool:
    if service.n is None or not service.needed:
        return False
    return service.n < service.needed * share
