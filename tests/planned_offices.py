"""Offices that planned what to do about a result, and did some of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from photographs import PDF, photograph

from skm.instance import Instance
from skm.period import Period
from skm.store import follow_up, open_store
from skm.store.evidence import prepare
from skm.store.follow_up import Completion, Plan, Writer

WRITER = Writer("loket", date(2026, 11, 25))
PARKING = Plan(
    period=Period.parse("2026-09"),
    element="keamanan",
    problem="Kendaraan di halaman tidak dijaga.",
    action="Menata parkir untuk 40 sepeda motor.",
    quarter=Period.parse("2026-TW4"),
    owner="Kasi Trantib",
    due=date(2026, 11, 15),
)
CHAIRS = replace(
    PARKING,
    element="kenyamanan",
    action="Menambah 12 kursi tunggu.",
    owner="Kasubbag Umum",
    due=date(2026, 12, 31),
)


def planned(office: Instance, period: str = "2026-09", *, all_done: bool = False) -> None:
    """Two lines upon the result of a period; the first is done, with two pictures and a PDF."""
    wanted = Period.parse(period)
    pictures = (photograph(800, 600), photograph(600, 900, colour="#36c"), PDF)
    done = Completion(date(2026, 11, 14), "Garis parkir dicat", (), tuple(map(prepare, pictures)))
    with open_store(office) as store:
        first = follow_up.add(store, replace(PARKING, period=wanted), WRITER)
        second = follow_up.add(store, replace(CHAIRS, period=wanted), WRITER)
        follow_up.finish(store, first.number, done, WRITER)
        if all_done:
            bought = Completion(date(2026, 11, 20), "Kursi dipasang.")
            follow_up.finish(store, second.number, bought, WRITER)
