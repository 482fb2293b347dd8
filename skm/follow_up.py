"""The follow-up plan (Rencana Tindak Lanjut): its lines, and how much of it was done how soon."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from skm import resources
from skm.period import Period
from skm.toml_file import Table, TomlFile

_FILE = "pekppp-2022.toml"
_MOST_MONTHS = 60


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an office means to do about a result.

    Attributes:
        period: of the result that it answers.
        element: code of the element in the form of that result.
        problem: what is wrong, in the office's words.
        action: what is done about it.
        quarter: when it is done, as the plan of a report names it.
        owner: the post that answers for it, never a person's name.
        due: the day by which it is done, in the quarter.
    """

    period: Period
    element: str
    problem: str
    action: str
    quarter: Period
    owner: str
    due: date


@dataclass(frozen=True, kw_only=True)
class FollowUp(Plan):
    """A line of the plan, and what became of it.

    Attributes:
        number: of the line, from 1; never used again.
        done: the day it was finished; None while it is not.
        result: what was done.
        evidence: keys of pictures and PDF files that show it.
        who: the officer who wrote it last, and ``changed`` the day.
    """

    number: int
    done: date | None
    result: str | None
    evidence: tuple[str, ...]
    who: str
    changed: date

    def is_overdue(self, today: date) -> bool:
        """Whether it ought to be done and is not."""
        return self.done is None and self.due < today


@dataclass(frozen=True)
class Band:
    """A step of the evaluation: the share from which, or above which, it is reached."""

    lower: int
    included: bool
    label: str

    def holds(self, share: Fraction) -> bool:
        """Whether a share in percent has come so far."""
        return share >= self.lower if self.included else share > self.lower


@dataclass(frozen=True)
class Evaluation:
    """What the yearly evaluation of service units asks of the follow-up.

    Attributes:
        number: of the regulation.
        share_code, speed_code: of its two questions.
        bands: of the share that was finished, lowest first.
        months: the steps of the speed, soonest first.
    """

    number: str
    share_code: str
    bands: tuple[Band, ...]
    speed_code: str
    months: tuple[int, ...]

    def band(self, share: Fraction) -> str:
        """The step of a share in percent.

        >>> [evaluation().band(Fraction(share)) for share in (29, 30, 80, 81, 100)]
        ['di bawah 30 %', '30 % sampai 80 %', '30 % sampai 80 %', 'di atas 80 %', '100 %']
        """
        return [band.label for band in self.bands if band.holds(share)][-1]

    def step(self, months: int) -> int | None:
        """The step in months within which a plan was done; None where it took longer.

        >>> evaluation().step(1), evaluation().step(4), evaluation().step(13)
        (1, 6, None)
        """
        return next((step for step in self.months if months <= step), None)


@cache
def evaluation() -> Evaluation:
    """The instrument of PermenPANRB 29/2022, questions 8.a.Ak and 9.a.Ak."""
    document = TomlFile(resources.folder("survey_forms") / "evaluation" / _FILE)
    share, speed = document.root.table("share"), document.root.table("speed")
    found = Evaluation(
        number=document.root.text("number"),
        share_code=share.text("code"),
        bands=tuple(map(_band, share.tables("band"))),
        speed_code=speed.text("code"),
        months=speed.wholes("months", 1, _MOST_MONTHS, default=()),
    )
    for unused in ("title", "source"):
        document.root.text(unused)
    document.refuse_faults()
    return found


def share_finished(items: Sequence[FollowUp]) -> Fraction | None:
    """What was finished of what was planned, in percent, exact; None where nothing was planned.

    PEKPPP question 8.a.Ak: realised / planned x 100.
    """
    if not items:
        return None
    return Fraction(100 * sum(each.done is not None for each in items), len(items))


def months_needed(items: Sequence[FollowUp], reported: date) -> int | None:
    """Months from the report to the day on which the last line was finished, begun ones whole.

    PEKPPP question 9.a.Ak.

    Args:
        reported: the date of the report.

    Returns:
        0 where all was done by the day of the report; None where nothing was planned or a line
        is not finished.
    """
    days = [each.done for each in items]
    finished = [day for day in days if day is not None]
    if not finished or len(finished) < len(days):
        return None
    last, months = max(finished), 0
    while _after(reported, months) < last:
        months += 1
    return months


def _after(day: date, months: int) -> date:
    """The day some months later; the last of a month that has no such day."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = ordinal // 12, ordinal % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _band(table: Table) -> Band:
    above = table.optional_whole("above")
    lower = table.whole("from") if above is None else above
    return Band(lower, above is None, table.text("label"))
