"""Day and half-day of each respondent, from the columns a sheet has for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from skm.errors import Fault
from skm.instance import NOON, Office
from skm.numerals import long_date
from skm.reading.column_map import Role
from skm.reading.moments import (
    DateOrder,
    Moment,
    order_evidence,
    read_half_day,
    read_moment,
)
from skm.reading.notice import Notice
from skm.reading.spellings import Spellings, fold

OLDEST = date(2000, 1, 1)

_EXPECTED = "2026-10-08, 08/10/2026, atau 8 Oktober 2026"
_SHOWN_ROWS = 5
_MOST_FAULTS = 20


@dataclass(frozen=True)
class When:
    """When a respondent was served.

    Attributes:
        half_day: ``pagi`` or ``siang``.
        clock: the time of day that the sheet holds, for telling rows apart; never stored.
    """

    day: date
    half_day: str
    clock: time | None


@dataclass(frozen=True)
class SheetMoments:
    """When each respondent was served; None where a fault says why not."""

    whens: tuple[When | None, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]


def sheet_moments(
    texts: Mapping[str, Sequence[str]],
    rows: Sequence[int],
    file: str,
    *,
    office: Office,
    today: date,
    stated: date | None,
    order: DateOrder | None,
    spellings: Spellings,
) -> SheetMoments:
    """Read day and half-day of each row.

    The day is that of the date column, else of the time stamp, else the stated one. The
    half-day is that of its own column, else of the clock beside the date, else of a time
    stamp of the same day, else ``pagi``, which is told.

    Args:
        texts: columns by the word of their role.
        rows: the data row of each respondent.
        today: a later day is refused.
        stated: the day of rows without one; None refuses them.
        order: how 5/10/2026 is meant; None sees it from the dates.
    """
    reader = _Reader(rows, file, office, today, order, spellings)
    dates = reader.moments(texts.get(Role.DATE.value), Role.DATE)
    stamps = reader.moments(texts.get(Role.STAMP.value), Role.STAMP)
    halves = reader.half_days(texts.get(Role.HALF_DAY.value))
    whens: list[When | None] = []
    undated: list[int] = []
    unclocked = stated_rows = 0
    for place, row in enumerate(rows):
        moment = dates[place] or stamps[place]
        day = moment.day if moment else stated
        stated_rows += moment is None and stated is not None
        if day is None:
            undated.append(row)
            whens.append(None)
            continue
        stamp = stamps[place]
        clock = moment.clock if moment else None
        if clock is None and stamp and stamp.day == day:
            clock = stamp.clock
        half_day = halves[place] or (_half(clock) if clock else None)
        unclocked += half_day is None
        whens.append(When(day, half_day or "pagi", clock))
    if stated_rows and stated:
        message = f"{stated_rows} baris tanpa tanggal dicatat pada {long_date(stated)}"
        reader.notices.append(Notice("stated-day", message))
    if undated and not reader.faults:
        reader.faults.append(_undated(file, undated))
    if unclocked:
        message = f"jam tidak diketahui untuk {unclocked} baris; dicatat sebagai pagi"
        reader.notices.append(Notice("no-clock", message))
    return SheetMoments(tuple(whens), tuple(reader.faults), tuple(reader.notices))


class _Reader:
    """Reads each spelling of a column once and gathers what is wrong."""

    def __init__(
        self,
        rows: Sequence[int],
        file: str,
        office: Office,
        today: date,
        order: DateOrder | None,
        spellings: Spellings,
    ) -> None:
        self.rows = rows
        self.file = file
        self.office = office
        self.today = today
        self.order = order
        self.spellings = spellings
        self.faults: list[Fault] = []
        self.notices: list[Notice] = []

    def moments(self, texts: Sequence[str] | None, role: Role) -> list[Moment | None]:
        """The moment of each row, at the office; None where the cell is blank."""
        if texts is None:
            return [None] * len(self.rows)
        distinct = set(texts)
        order = self._order(distinct, role)
        read = {text: self._moment(text, order) for text in distinct}
        unread = [text for text in distinct if read[text] is None and not self._is_blank(text)]
        self._refuse(texts, unread, role, "Tanggal tidak dapat dibaca", _EXPECTED)
        outside = [text for text, moment in read.items() if moment and self._is_outside(moment)]
        limits = f"{OLDEST.isoformat()} sampai {self.today.isoformat()}"
        self._refuse(texts, outside, role, "Tanggal terlalu lama atau di masa depan", limits)
        return [read[text] for text in texts]

    def half_days(self, texts: Sequence[str] | None) -> list[str | None]:
        """``pagi`` or ``siang`` of each row; None where the cell is blank."""
        if texts is None:
            return [None] * len(self.rows)
        words = self.spellings.half_days
        read = {
            text: words.get(fold(text)) or read_half_day(text, NOON, words) for text in set(texts)
        }
        unread = [text for text, half in read.items() if half is None and not self._is_blank(text)]
        expected = "pagi, siang, 09.15, atau 08:00 - 12:00"
        self._refuse(texts, unread, Role.HALF_DAY, "Jam tidak dapat dibaca", expected)
        return [read[text] for text in texts]

    def _order(self, texts: set[str], role: Role) -> DateOrder:
        if self.order:
            return self.order
        evidence = order_evidence(texts)
        if evidence.day_first and evidence.month_first:
            self._ask_order(role, f"{evidence.day_first} dan {evidence.month_first}")
        elif evidence.month_first:
            message = f"tanggal dibaca bulan/hari/tahun, karena ada {evidence.month_first}"
            self.notices.append(Notice("date-order", message, field=role.value))
            return DateOrder.MONTH_FIRST
        elif evidence.stamp and not evidence.day_first:
            self._ask_order(role, evidence.stamp)
        elif evidence.either and not evidence.day_first:
            message = f"tanggal dibaca hari/bulan/tahun, misalnya {evidence.either}"
            self.notices.append(Notice("date-order", message, field=role.value))
        return DateOrder.DAY_FIRST

    def _ask_order(self, role: Role, found: str) -> None:
        self.faults.append(
            Fault(
                "Urutan hari dan bulan tidak pasti",
                file=self.file,
                field=role.value,
                found=found,
                todo='Tulis urutan_tanggal = "hari" atau "bulan" di peta kolom.',
            )
        )

    def _moment(self, text: str, order: DateOrder) -> Moment | None:
        moment = read_moment(text, order, self.spellings.months)
        if moment is None or moment.clock is None or moment.zone is None:
            return moment
        if not OLDEST <= moment.day <= self.today + timedelta(days=1):
            return moment  # refused as it stands
        aware = datetime.combine(moment.day, moment.clock, moment.zone)
        local = aware.astimezone(self.office.timezone)
        return Moment(local.date(), local.time())

    def _is_outside(self, moment: Moment) -> bool:
        return not OLDEST <= moment.day <= self.today

    def _is_blank(self, text: str) -> bool:
        folded = fold(text)
        return not folded or folded in self.spellings.blanks

    def _refuse(
        self, texts: Sequence[str], bad: Sequence[str], role: Role, message: str, expected: str
    ) -> None:
        """A fault for each spelling, at the first row that has it."""
        if not bad:
            return
        counted = Counter(texts)
        first = {text: place for place, text in reversed(list(enumerate(texts)))}
        ordered = sorted(bad, key=first.__getitem__)
        for text in ordered[:_MOST_FAULTS]:
            more = f" ({counted[text]} baris)" if counted[text] > 1 else ""
            self.faults.append(
                Fault(
                    message + more,
                    file=self.file,
                    row=self.rows[first[text]],
                    field=role.value,
                    found=text,
                    expected=expected,
                )
            )
        if len(ordered) > _MOST_FAULTS:
            rest = len(ordered) - _MOST_FAULTS
            self.faults.append(Fault(f"Dan {rest} isi lain seperti itu", file=self.file))


def _half(clock: time) -> str:
    return "pagi" if clock < NOON else "siang"


def _undated(file: str, rows: Sequence[int]) -> Fault:
    shown = ", ".join(str(row) for row in rows[:_SHOWN_ROWS])
    more = f" dan {len(rows) - _SHOWN_ROWS} lagi" if len(rows) > _SHOWN_ROWS else ""
    return Fault(
        "Tanggal pelayanan tidak diketahui",
        file=file,
        row=rows[0],
        found=f"baris {shown}{more}",
        todo="Sebut tanggal atau bulannya saat mengimpor, atau isi kolom TANGGAL.",
    )
