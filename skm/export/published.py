"""What a period is announced with: the figures that poster and SKM report share.

Of a closed period every one of them comes from the closing in force, so that what hangs on the
wall stays the same whatever happens to the responses afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from skm.assessment import NO_GROUP, Assessment
from skm.closing import Closing, ProfileTotals, assessment_of
from skm.closing_text import SHORT, checksum
from skm.disclosure import SMALLEST_SHOWN
from skm.errors import refuse
from skm.export.month import MonthExport, as_closed
from skm.form import Form, ProfileQuestion
from skm.freezing import profile_totals
from skm.instance import Office
from skm.period import Period
from skm.responses import Distribution
from skm.scoring import Scorecard

Totals = tuple[tuple[str, int | None], ...]
"""People by name of a group, None where the group is hidden."""


@dataclass(frozen=True)
class Published:
    """The announced figures of a period.

    Attributes:
        office: with the services as they were called at the closing.
        assessment: card, official nine, interval, needed sample, and the services as groups.
        profile: respondents by choice of each profile question.
        join: how services were joined.
        channels: the channels that responses came by, with their counts.
        comments: how many comments were given.
        population: people served in all, None while a month has no figure.
        day: the date of the document: of the closing's document, else of the closing, else
            of the latest response.
        edition: number of the closing in force; None while the period is not closed.
        document: number of the document that lays the result down.
        short_checksum: the first 16 hex digits of the closing's; None while not closed.
        simulated: whether any response was simulated.
    """

    office: Office
    form: Form
    period: Period
    assessment: Assessment
    distribution: Distribution
    profile: tuple[ProfileTotals, ...]
    join: str
    channels: tuple[str, ...]
    comments: int
    population: int | None
    served: tuple[tuple[str, int], ...]
    day: date
    edition: int | None
    document: str | None
    short_checksum: str | None
    simulated: bool

    @property
    def card(self) -> Scorecard:
        """The scorecard of everyone."""
        return self.assessment.card

    @property
    def respondents(self) -> int:
        """How many people answered."""
        return self.card.respondents or 0

    def totals(self, question: str) -> Totals | None:
        """Respondents by choice of a profile question; None where the form does not ask it."""
        found = (each.totals for each in self.profile if each.question == question)
        return next(found, None)


def published(month: MonthExport) -> Published:
    """The announced figures of a period that was gathered.

    Raises:
        SkmError: so few answered that their index would show how each of them did.
    """
    if month.official is not None:
        return published_closing(month.official.closing, month.form, month.office)
    _refuse_few(month.period, month.assessment.card.respondents or 0)
    return Published(
        office=month.office,
        form=month.form,
        period=month.period,
        assessment=month.assessment,
        distribution=month.distribution,
        profile=profile_totals(month.everyone, month.form),
        join=month.method.join,
        channels=tuple(month.channels),
        comments=len(month.comments) + month.comments_waiting,
        population=month.population,
        served=tuple(month.served.items()),
        day=month.data_day,
        edition=None,
        document=None,
        short_checksum=None,
        simulated=month.assessment.simulated,
    )


def published_closing(closing: Closing, form: Form, office: Office) -> Published:
    """The announced figures of one edition, from nothing but its closing.

    Args:
        form: the questionnaire of the closing.
        office: its services are named as they were when the period was closed.

    Raises:
        SkmError: so few answered that their index would show how each of them did.
    """
    _refuse_few(closing.period, closing.respondents)
    return Published(
        office=as_closed(office, closing),
        form=form,
        period=closing.period,
        assessment=assessment_of(closing, form),
        distribution=closing.distribution,
        profile=closing.profile,
        join=closing.join,
        channels=tuple(channel for channel, n in closing.channels.items() if n),
        comments=closing.comments,
        population=closing.population,
        served=tuple(closing.served.items()),
        day=closing.document_date or closing.closed,
        edition=closing.edition,
        document=closing.document,
        short_checksum=checksum(closing)[:SHORT],
        simulated=bool(closing.simulated),
    )


def _refuse_few(period: Period, respondents: int) -> None:
    if respondents < SMALLEST_SHOWN:
        raise refuse(
            f"Hasil {period.label} belum boleh diumumkan: respondennya terlalu sedikit",
            found=respondents,
            expected=f"sedikitnya {SMALLEST_SHOWN}",
            todo="Umumkan bersama periode lain, misalnya satu triwulan.",
        )


def official_totals(question: ProfileQuestion, totals: Totals) -> Totals:
    """Respondents by the choices that the regulation's list has, in its order.

    Several choices of a form can be one of the list (``tidak tamat SD`` and ``SD``). One that
    holds a hidden choice is hidden as a whole, else the hidden one could be computed from it.

    >>> from skm.form import find_form
    >>> asked = find_form("kecamatan-14").profile[2]
    >>> shown = official_totals(asked, (("tidak_sd", 5), ("sd", 9), ("s3", None)))
    >>> dict(shown)["SD"]
    14
    """
    given = dict(totals)
    names = dict.fromkeys(choice.official or choice.label for choice in question.choices)
    return (
        *((name, _added(_parts(question, name, given))) for name in names),
        *((name, n) for name, n in totals if name == NO_GROUP),
    )


def _parts(question: ProfileQuestion, name: str, given: dict[str, int | None]) -> list[int | None]:
    return [
        given.get(choice.code, 0)
        for choice in question.choices
        if (choice.official or choice.label) == name
    ]


def _added(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
