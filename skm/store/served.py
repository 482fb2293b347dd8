"""How many people the services served, a month: entered once, and what a sample is taken of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skm.errors import refuse
from skm.instance import Office
from skm.period import Kind, Period
from skm.store.connection import Store

_SET = """
    INSERT INTO served (month, service, n) VALUES (?, ?, ?)
    ON CONFLICT (month, service) DO UPDATE SET n = excluded.n"""
_FORGET = "DELETE FROM served WHERE month = ? AND service = ?"


@dataclass(frozen=True)
class Served:
    """The people that one service served in one month."""

    month: Period
    service: str
    n: int


def set_served(store: Store, office: Office, entries: Iterable[Served]) -> None:
    """Keep these figures; one that was there for the same month and service is replaced.

    Raises:
        SkmError: no month, a service the office does not have, a negative number; then
            nothing is kept.
    """
    checked = [_checked(office, entry) for entry in entries]
    with store.writing() as db:
        for entry in checked:
            db.execute(_SET, (str(entry.month), entry.service, entry.n))


def set_month(
    store: Store, office: Office, month: Period, people: Mapping[str, int | None]
) -> None:
    """Keep the figures of one month; a service with None has none any more.

    Raises:
        SkmError: as :func:`set_served`; then nothing is changed.
    """
    checked = [
        _checked(office, Served(month, service, n if n is not None else 0))
        for service, n in people.items()
    ]
    with store.writing() as db:
        for entry in checked:
            if people[entry.service] is None:
                db.execute(_FORGET, (str(month), entry.service))
            else:
                db.execute(_SET, (str(month), entry.service, entry.n))


def served_in(store: Store, period: Period) -> dict[str, int]:
    """The people served in a period by service, as far as they were entered."""
    rows = store.reader.execute(
        "SELECT service, sum(n) FROM served WHERE month BETWEEN ? AND ? "
        "GROUP BY service ORDER BY service",
        (period.months[0], period.months[-1]),
    )
    return dict(rows.fetchall())


def population(store: Store, period: Period) -> int | None:
    """All people served in a period; None while a month of it has no figure.

    Half a population would promise a narrower interval and a smaller sample than there is.
    """
    rows = store.reader.execute(
        "SELECT month, sum(n) FROM served WHERE month BETWEEN ? AND ? GROUP BY month",
        (period.months[0], period.months[-1]),
    )
    by_month: dict[str, int] = dict(rows.fetchall())
    return sum(by_month.values()) if set(by_month) == set(period.months) else None


def _checked(office: Office, entry: Served) -> Served:
    if entry.month.kind is not Kind.MONTH:
        raise refuse(
            "Jumlah terlayani diisi per bulan",
            found=str(entry.month),
            expected=f"satu bulan, misalnya {entry.month.months[0]}",
        )
    if office.service(entry.service) is None:
        raise refuse(
            "Layanan tidak dikenal",
            found=entry.service,
            expected=" / ".join(service.code for service in office.services),
        )
    if entry.n < 0:
        raise refuse("Jumlah terlayani tidak boleh negatif", found=entry.n)
    return entry
