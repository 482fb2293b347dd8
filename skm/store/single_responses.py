"""Single responses as an admin looks at them: only released ones, in an order that tells nothing.

They can be narrowed down by how they came about (service, channel, flags, help), not by who
answered or when, so that nobody is looked up by what is known of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skm.form import Form
from skm.period import Period
from skm.responses import Response
from skm.store.connection import Store
from skm.store.release import released_until
from skm.store.schema import ResponseColumns, is_used

NO_SERVICE = "-"
"""Asks for responses that name no service."""
ANY_FLAG = "*"
"""Asks for responses with any flag."""

_RELEASED = "FROM {table} AS row JOIN receipt USING (id) WHERE receipt.received <= ?"


@dataclass(frozen=True)
class Narrowing:
    """Which responses are asked for; None asks for all.

    Attributes:
        service: code, or ``-`` for those that name none.
        flag: one flag, or ``*`` for any.
        helped: whether an officer helped to fill it in.
    """

    service: str | None = None
    channel: str | None = None
    flag: str | None = None
    helped: bool | None = None


@dataclass(frozen=True)
class SingleResponse:
    """A stored response, without its comment: which one that is, nobody is told.

    Attributes:
        corrected: whether an admin changed it.
    """

    response: Response
    corrected: bool


def released_responses(
    store: Store,
    form: Form,
    period: Period,
    today: date,
    narrowing: Narrowing,
    *,
    first: int,
    count: int,
) -> tuple[tuple[SingleResponse, ...], int]:
    """Some of the released responses of a period, in the order of their random ids.

    Args:
        first: how many are passed over.
        count: how many are returned at most.

    Returns:
        The responses, and how many there are in all.
    """
    if not is_used(store, form):
        return (), 0
    conditions, values = _narrowed(narrowing)
    where = (
        _RELEASED.format(table=form.table)
        + " AND row.month BETWEEN ? AND ?"
        + "".join(f" AND {condition}" for condition in conditions)
    )
    until = _until(store, form, today)
    asked = (until, period.months[0], period.months[-1], *values)
    ((total,),) = store.reader.execute(f"SELECT count(*) {where}", asked).fetchall()
    rows = store.reader.execute(
        f"SELECT {_columns(form)} {where} ORDER BY row.month, row.id LIMIT ? OFFSET ?",
        (*asked, count, first),
    )
    return tuple(_single(form, row) for row in rows.fetchall()), int(total)


def released_response(
    store: Store, forms: Sequence[Form], response_id: str, today: date
) -> tuple[Form, SingleResponse] | None:
    """One response and the form it answers; None where there is none, or none yet to be read."""
    for form in forms:
        row = store.reader.execute(
            f"SELECT {_columns(form)} {_RELEASED.format(table=form.table)} AND row.id = ?",
            (_until(store, form, today), response_id),
        ).fetchone()
        if row is not None:
            return form, _single(form, row)
    return None


def _narrowed(narrowing: Narrowing) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    if narrowing.service == NO_SERVICE:
        conditions.append("row.service IS NULL")
    elif narrowing.service is not None:
        conditions.append("row.service = ?")
        values.append(narrowing.service)
    if narrowing.channel is not None:
        conditions.append("row.channel = ?")
        values.append(narrowing.channel)
    if narrowing.flag == ANY_FLAG:
        conditions.append("row.flags != ''")
    elif narrowing.flag is not None:
        conditions.append("instr(' ' || row.flags || ' ', ?) > 0")
        values.append(f" {narrowing.flag} ")
    if narrowing.helped is not None:
        conditions.append("row.helped = ?")
        values.append(int(narrowing.helped))
    return conditions, values


def _until(store: Store, form: Form, today: date) -> str:
    return (released_until(store, form, today) or date.min).isoformat()


def _columns(form: Form) -> str:
    names = ResponseColumns(form).names
    return ", ".join((*(f"row.{name}" for name in names), "receipt.state"))


def _single(form: Form, row: Sequence[object]) -> SingleResponse:
    columns = ResponseColumns(form)
    *stored, state = row
    cells: Mapping[str, object] = dict(zip(columns.names, stored, strict=True))
    return SingleResponse(
        Response(
            id=str(cells["id"]),
            form=form.id,
            day=date.fromisoformat(str(cells["date"])),
            half_day=str(cells["half_day"]),
            channel=str(cells["channel"]),
            answers={code: _level(cells[f"q_{code}"]) for code in columns.questions},
            service=None if cells["service"] is None else str(cells["service"]),
            language=str(cells["language"]),
            helped=bool(cells["helped"]),
            flags=tuple(str(cells["flags"]).split()),
            simulated=bool(cells["simulated"]),
            profile={
                code: str(cells[f"p_{code}"])
                for code in columns.profile
                if cells[f"p_{code}"] is not None
            },
        ),
        corrected=state == "corrected",
    )


def _level(cell: object) -> int | None:
    return int(str(cell)) if cell is not None else None
