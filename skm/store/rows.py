"""Stored responses as tables and counts."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from skm.form import Form
from skm.period import Period
from skm.responses import SKIPPED, Distribution, ResponseTable
from skm.store.connection import Store
from skm.store.forgetting import response_tables
from skm.store.schema import ResponseColumns, is_used

_MONTHS = """
    WITH RECURSIVE step (month) AS (
        SELECT max(month) FROM {table}
        UNION ALL
        SELECT (SELECT max(month) FROM {table} WHERE month < step.month)
        FROM step WHERE step.month IS NOT NULL
    )
    SELECT month FROM step WHERE month IS NOT NULL"""

_EVER = ("0000-00", "9999-99")

_BITS = 3
_TOGETHER = 20
"""Levels that travel in one integer of 64 bits: fetching an integer a question takes thrice as
long as counting what is in it."""
_AT_ONCE = 1000
"""Rows that are held as they come from the database."""


def distribution(store: Store, form: Form, period: Period | None = None) -> Distribution:
    """How often each level was chosen in a period, or ever."""
    columns = ResponseColumns(form)
    levels, _ = _columns(store, form, columns, (), period)
    return ResponseTable(columns.questions, levels).distribution()


def read_table(
    store: Store,
    form: Form,
    period: Period | None = None,
    *,
    received_until: date | None = None,
    edition: int | None = None,
) -> ResponseTable:
    """The responses of a period, or all, by column and in no telling order.

    The columns are those of ``ResponseTable.of`` with every profile question of the form, and
    ``month``, ``half_day`` and ``language``. With ``received_until`` only those that arrived
    on that day or before, with ``edition`` only those that this edition of the period's closing
    counts and that are still there. The order is always the same.
    """
    columns = ResponseColumns(form)
    plain = ("service", "channel", "language", "half_day", "month")
    names = (*plain, "date", "helped", "simulated", "flags", *columns.profile_columns)
    levels, values = _columns(store, form, columns, names, period, received_until, edition)
    return ResponseTable(
        columns.questions,
        levels,
        {name: _objects(values[name]) for name in plain}
        | {
            "day": _objects([_day(text) for text in values["date"]]),
            "helped": _objects([bool(value) for value in values["helped"]]),
            "simulated": _objects([bool(value) for value in values["simulated"]]),
            "flags": _objects([_flags(text) for text in values["flags"]]),
        }
        | {
            f"profile.{code}": _objects(values[column])
            for code, column in zip(columns.profile, columns.profile_columns, strict=True)
        },
    )


def read_counted(store: Store, form: Form, period: Period) -> ResponseTable:
    """The responses of a period with no more than counting them takes, in a third of the time.

    The columns are ``service``, ``helped``, ``simulated`` and ``flags``.
    """
    columns = ResponseColumns(form)
    names = ("service", "helped", "simulated", "flags")
    levels, values = _columns(store, form, columns, names, period)
    return ResponseTable(
        columns.questions,
        levels,
        {
            "service": _objects(values["service"]),
            "helped": _objects([bool(value) for value in values["helped"]]),
            "simulated": _objects([bool(value) for value in values["simulated"]]),
            "flags": _objects([_flags(text) for text in values["flags"]]),
        },
    )


def comments(
    store: Store,
    form: Form,
    period: Period,
    *,
    received_until: date | None = None,
    edition: int | None = None,
) -> tuple[str, ...]:
    """The free words of a period, in an order that is always the same and tells nothing.

    ``received_until`` and ``edition`` narrow it as they do in :func:`read_table`.
    """
    found = comments_by_id(store, form, period, received_until=received_until, edition=edition)
    return tuple(found.values())


def comments_by_id(
    store: Store,
    form: Form,
    period: Period,
    *,
    received_until: date | None = None,
    edition: int | None = None,
) -> dict[str, str]:
    """The same with the id of the response each came with, which no officer is to see."""
    found = store.reader.execute(
        "SELECT id, text FROM comment WHERE form = ? AND month BETWEEN ? AND ?"
        + _arrived("comment", received_until)
        + _counted_by("comment", edition),
        (
            *(form.id, *_months(period), *_until(received_until)),
            *_named_edition(period, edition),
        ),
    )
    return dict(sorted(found.fetchall(), key=lambda row: shuffle_key(period, row[1])))


def forms_used(store: Store) -> tuple[str, ...]:
    """The ids of the forms that ever had responses, in alphabetical order."""
    return tuple(
        sorted(
            table.removeprefix("response_").replace("_", "-")
            for table in response_tables(store.reader)
        )
    )


def forms_in(store: Store, period: Period) -> tuple[str, ...]:
    """The ids of the forms that have responses in a period, in alphabetical order."""
    return tuple(
        form
        for form in forms_used(store)
        if store.reader.execute(
            f"SELECT 1 FROM response_{form.replace('-', '_')} WHERE month BETWEEN ? AND ? LIMIT 1",
            _months(period),
        ).fetchone()
    )


def months_in(store: Store) -> tuple[Period, ...]:
    """The months that have responses, to whatever form, in order."""
    found: set[str] = set()
    for table in response_tables(store.reader):
        # From one month to the next through the key, not past every row of it.
        found.update(month for (month,) in store.reader.execute(_MONTHS.format(table=table)))
    return tuple(Period.parse(month) for month in sorted(found))


def respondents_by_service(
    store: Store, forms: Iterable[Form], period: Period
) -> dict[str | None, int]:
    """How many answered anything in a period, by service, over several forms."""
    found: Counter[str | None] = Counter()
    for form in forms:
        answered = " OR ".join(f"{q} IS NOT NULL" for q in ResponseColumns(form).question_columns)
        rows = store.reader.execute(
            f"SELECT service, count(*) FROM {form.table} "
            f"WHERE month BETWEEN ? AND ? AND ({answered}) GROUP BY service",
            _months(period),
        )
        found.update(dict(rows.fetchall()))
    return dict(found)


def shuffle_key(period: Period, text: str) -> bytes:
    """What comments of a period are ordered by: always the same, and it tells nothing."""
    return sha256(f"{period}{text}".encode()).digest()


def _columns(
    store: Store,
    form: Form,
    columns: ResponseColumns,
    names: Sequence[str],
    period: Period | None,
    received_until: date | None = None,
    edition: int | None = None,
) -> tuple[NDArray[np.uint8], dict[str, list[object]]]:
    """The levels of all questions, question-major, and the named columns; always in one order.

    A text that stands in many rows is kept once: a month would else fill three times the room.
    """
    packed = _packed_levels(columns)
    words = [array("q") for _ in packed]
    values: dict[str, list[object]] = {name: [] for name in names}
    known: dict[object, object] = {}
    if is_used(store, form):
        sql = (
            f"SELECT {', '.join((*packed, *names))} FROM {form.table}"
            " WHERE month BETWEEN ? AND ?"
            + _arrived(form.table, received_until)
            + _counted_by(form.table, edition)
            + " ORDER BY month, id"  # the key of the table: nothing is sorted
        )
        wanted = (*_months(period), *_until(received_until), *_named_edition(period, edition))
        found = store.reader.execute(sql, wanted)
        while rows := found.fetchmany(_AT_ONCE):
            fetched = iter(zip(*rows, strict=True))
            for word in words:
                word.extend(next(fetched))
            for kept, column in zip(values.values(), fetched, strict=True):
                kept.extend(map(known.setdefault, column, column))
    return _unpacked(columns, words), values


def _arrived(table: str, received_until: date | None) -> str:
    if received_until is None:
        return ""
    return (
        " AND EXISTS (SELECT 1 FROM receipt"
        f" WHERE receipt.id = {table}.id AND receipt.received <= ?)"
    )


def _until(received_until: date | None) -> tuple[str, ...]:
    return () if received_until is None else (received_until.isoformat(),)


def _counted_by(table: str, edition: int | None) -> str:
    if edition is None:
        return ""
    return (
        " AND EXISTS (SELECT 1 FROM closing_member AS member WHERE member.period = ?"
        f" AND member.edition = ? AND member.id = {table}.id)"
    )


def _named_edition(period: Period | None, edition: int | None) -> tuple[str | int, ...]:
    return () if edition is None else (str(period), edition)


def _months(period: Period | None) -> tuple[str, str]:
    return (period.months[0], period.months[-1]) if period else _EVER


def _packed_levels(columns: ResponseColumns) -> list[str]:
    """Expressions that hold the levels of all questions, ``_TOGETHER`` of them each."""
    return [
        " | ".join(
            f"(ifnull({column}, {SKIPPED}) << {_BITS * place})"
            for place, column in enumerate(columns.question_columns[start : start + _TOGETHER])
        )
        for start in range(0, len(columns.questions), _TOGETHER)
    ]


def _unpacked(columns: ResponseColumns, words: Sequence[array[int]]) -> NDArray[np.uint8]:
    """The levels of all questions, question-major, from their packed words."""
    levels = np.empty((len(columns.questions), len(words[0])), dtype=np.uint8)
    for question in range(len(columns.questions)):
        word, place = divmod(question, _TOGETHER)
        packed = np.frombuffer(words[word], dtype=np.int64)
        levels[question] = (packed >> (_BITS * place)) & (2**_BITS - 1)
    return levels


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    return np.fromiter(values, dtype=np.object_, count=len(values))


@lru_cache(maxsize=4096)
def _day(text: object) -> date:
    return date.fromisoformat(str(text))


@lru_cache(maxsize=256)
def _flags(text: object) -> tuple[str, ...]:
    return tuple(str(text).split())
