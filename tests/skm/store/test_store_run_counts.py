"""Runs through the survey are counted once, whatever becomes of the tablet's word of them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from answering import TABLET

from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.backup import back_up
from skm.store.restore import restore
from skm.store.run_counts import Runs, note_runs, runs_in

SEPTEMBER, OCTOBER = Period.parse("2026-09"), Period.parse("2026-10")
NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)


def test_a_month_has_what_came_since_the_month_before(store: Store) -> None:
    note_runs(store, TABLET, "2026-08", Runs(10, 8, 1))
    note_runs(store, TABLET, "2026-10", Runs(25, 20, 4))
    assert runs_in(store, Period.parse("2026-08")) == {TABLET: Runs(10, 8, 1)}
    assert runs_in(store, SEPTEMBER) == {}
    assert runs_in(store, OCTOBER) == {TABLET: Runs(15, 12, 3)}
    assert runs_in(store, Period.parse("2026")) == {TABLET: Runs(25, 20, 4)}
    assert runs_in(store, Period.parse("2025")) == {}


def test_words_that_come_twice_late_or_never_count_nobody_twice(store: Store) -> None:
    told = [Runs(number + 1, number, number // 5) for number in range(40)]
    shuffled = [*told, *told]
    random.Random(6).shuffle(shuffled)
    for totals in shuffled[:60]:
        note_runs(store, TABLET, "2026-10", totals)
    note_runs(store, TABLET, "2026-10", told[-1])
    assert runs_in(store, OCTOBER) == {TABLET: told[-1]}
    assert store.reader["run_count"].count == 1


def test_a_tablet_with_nothing_new_has_no_row_in_a_new_month(store: Store) -> None:
    for month in ("2026-09", "2026-10"):
        note_runs(store, TABLET, month, Runs(3, 2, 1))
    assert runs_in(store, OCTOBER) == {}
    assert store.reader["run_count"].count == 1


def test_an_older_backup_does_not_count_runs_again(office: Instance) -> None:
    with open_store(office) as store:
        note_runs(store, TABLET, "2026-09", Runs(5, 5, 0))
        made = back_up(office, NOW)
        note_runs(store, TABLET, "2026-09", Runs(9, 8, 1))
        note_runs(store, TABLET, "2026-10", Runs(12, 10, 2))
    restore(office.root, made.file, NOW)
    with open_store(office) as store:
        assert runs_in(store, SEPTEMBER) == {TABLET: Runs(9, 8, 1)}
        assert runs_in(store, OCTOBER) == {TABLET: Runs(3, 2, 1)}
