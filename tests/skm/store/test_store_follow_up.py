"""The follow-up plan in the store: written, changed, finished with evidence, never undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from photographs import PDF, photograph

from skm.errors import SkmError
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, follow_up, open_store
from skm.store.backup import back_up
from skm.store.evidence import evidence, prepare
from skm.store.follow_up import LONGEST_TEXT, MOST_EVIDENCE, Completion, Plan, Writer
from skm.store.restore import restore

OCTOBER = Period.parse("2026-10")
PLAN = Plan(
    period=OCTOBER,
    element="keamanan",
    problem="Kendaraan di halaman tidak dijaga.",
    action="Menempatkan petugas jaga pada jam layanan.",
    quarter=Period.parse("2026-TW4"),
    owner="Kasi Trantib",
    due=date(2026, 11, 30),
)
WRITER = Writer("loket", date(2026, 11, 10))
DONE = Completion(date(2026, 11, 9), "Petugas jaga ditempatkan.")


def test_a_line_is_kept_as_it_was_written(store: Store) -> None:
    made = follow_up.add(store, replace(PLAN, owner="  Kasi Trantib "), WRITER)
    assert (made.number, made.owner, made.done, made.evidence) == (1, "Kasi Trantib", None, ())
    assert (made.who, made.changed) == ("loket", WRITER.day)
    assert follow_up.find(store, 1) == made
    assert follow_up.find(store, 2**70) is None
    assert follow_up.of_period(store, OCTOBER) == follow_up.all_follow_ups(store) == (made,)
    assert follow_up.of_period(store, OCTOBER.next) == ()


def test_a_line_that_is_sent_twice_is_written_once(store: Store) -> None:
    made = follow_up.add(store, PLAN, WRITER)
    assert follow_up.add(store, replace(PLAN, owner=" Kasi Trantib"), WRITER) == made
    other = follow_up.add(store, replace(PLAN, due=date(2026, 12, 1)), WRITER)
    assert follow_up.all_follow_ups(store) == (made, other)
    follow_up.remove(store, made.number, WRITER)
    assert follow_up.add(store, PLAN, WRITER).number == 3
    follow_up.finish(store, 3, DONE, WRITER)
    assert follow_up.add(store, PLAN, WRITER).number == 4


def test_a_report_of_a_longer_period_has_the_lines_of_its_months(store: Store) -> None:
    for period in ("2026-10", "2026-TW4", "2026-S2", "2026-06"):
        follow_up.add(store, replace(PLAN, period=Period.parse(period)), WRITER)
    found = {
        wanted: [str(each.period) for each in follow_up.answering(store, Period.parse(wanted))]
        for wanted in ("2026-10", "2026-TW4", "2026-S2", "2025")
    }
    assert found == {
        "2026-10": ["2026-10"],
        "2026-TW4": ["2026-10", "2026-TW4"],
        "2026-S2": ["2026-10", "2026-TW4", "2026-S2"],
        "2025": [],
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"problem": "  "}, "masalah: Belum diisi"),
        ({"action": ""}, "kegiatan: Belum diisi"),
        ({"owner": " "}, "penanggung jawab: Belum diisi"),
        ({"action": "a" * (LONGEST_TEXT + 1)}, "kegiatan: Terlalu panjang"),
        ({"quarter": OCTOBER}, "triwulan: Bukan triwulan"),
        ({"due": date(2027, 1, 1)}, "seharusnya: 1 Oktober 2026 sampai 31 Desember 2026"),
        ({"due": date(2026, 9, 30)}, "tenggat: Tenggat di luar triwulannya"),
    ],
)
def test_a_plan_with_a_fault_is_refused_whole(
    store: Store, wrong: dict[str, object], said: str
) -> None:
    made = follow_up.add(store, PLAN, WRITER)
    with pytest.raises(SkmError, match=said):
        follow_up.add(store, replace(PLAN, **wrong), WRITER)  # type: ignore[arg-type]
    with pytest.raises(SkmError, match=said):
        follow_up.change(store, 1, replace(PLAN, **wrong), WRITER)  # type: ignore[arg-type]
    assert follow_up.all_follow_ups(store) == (made,)


def test_all_faults_of_a_plan_are_told_at_once(store: Store) -> None:
    with pytest.raises(SkmError) as refused:
        follow_up.add(store, replace(PLAN, problem="", owner="", due=date(2020, 1, 1)), WRITER)
    assert len(refused.value.faults) == 3


def test_a_change_says_who_and_leaves_what_became_of_it(store: Store) -> None:
    follow_up.add(store, PLAN, WRITER)
    follow_up.finish(store, 1, DONE, WRITER)
    later = Writer("kepala", WRITER.day + timedelta(days=1))
    changed = follow_up.change(store, 1, replace(PLAN, owner="Sekcam"), later)
    assert (changed.owner, changed.who, changed.changed) == ("Sekcam", "kepala", later.day)
    assert (changed.done, changed.result) == (DONE.done, DONE.result)


def test_evidence_stays_in_order_and_what_is_not_kept_is_destroyed(store: Store) -> None:
    first, second = (prepare(photograph(400, 300, colour=each)) for each in ("#00f", "#0f0"))
    letter = prepare(PDF)
    follow_up.add(store, PLAN, WRITER)
    made = follow_up.finish(store, 1, replace(DONE, added=(second, first, second)), WRITER)
    assert made.evidence == (second.sha256, first.sha256)
    again = replace(DONE, kept=(first.sha256, "0" * 64), added=(letter,))
    made = follow_up.finish(store, 1, again, WRITER)
    assert made.evidence == (first.sha256, letter.sha256)
    assert evidence(store, second.sha256) is None
    assert evidence(store, first.sha256) == first


def test_a_picture_of_two_lines_stays_while_one_has_it(store: Store) -> None:
    picture = prepare(photograph(400, 300))
    for number in (1, 2):
        follow_up.add(store, PLAN, WRITER)
        follow_up.finish(store, number, replace(DONE, added=(picture,)), WRITER)
    follow_up.remove(store, 1, WRITER)
    assert evidence(store, picture.sha256) == picture
    follow_up.remove(store, 2, WRITER)
    assert evidence(store, picture.sha256) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"result": " "}, "yang dilakukan: Belum diisi"),
        ({"result": "a" * (LONGEST_TEXT + 1)}, "yang dilakukan: Terlalu panjang"),
        ({"done": date(2026, 11, 11)}, "paling akhir 10 November 2026"),
        ({"done": date(2026, 9, 30)}, "mendahului hasil"),
        ({"kept": tuple(map(str, range(MOST_EVIDENCE + 1)))}, "Bukti terlalu banyak"),
    ],
)
def test_a_completion_with_a_fault_changes_nothing(
    store: Store, wrong: dict[str, object], said: str
) -> None:
    made = follow_up.add(store, PLAN, WRITER)
    completion = replace(DONE, added=(prepare(PDF),), **wrong)  # type: ignore[arg-type]
    with pytest.raises(SkmError, match=said):
        follow_up.finish(store, 1, completion, WRITER)
    assert follow_up.find(store, 1) == made
    assert store.reader["evidence"].count == 0


def test_a_line_is_opened_again_without_losing_what_was_shown(store: Store) -> None:
    picture = prepare(photograph(400, 300))
    follow_up.add(store, PLAN, WRITER)
    follow_up.finish(store, 1, replace(DONE, added=(picture,)), WRITER)
    made = follow_up.reopen(store, 1, WRITER)
    assert (made.done, made.result, made.evidence) == (None, DONE.result, (picture.sha256,))


def test_a_line_that_is_out_is_gone_and_its_number_is_never_used_again(store: Store) -> None:
    follow_up.add(store, PLAN, WRITER)
    follow_up.remove(store, 1, WRITER)
    assert follow_up.all_follow_ups(store) == ()
    assert follow_up.add(store, PLAN, WRITER).number == 2
    for do in (follow_up.remove, follow_up.reopen):
        with pytest.raises(SkmError, match="tidak ada, atau sudah dihapus"):
            do(store, 1, WRITER)


def test_overdue_lines_come_longest_first(store: Store) -> None:
    days = (date(2026, 11, 20), date(2026, 11, 5), date(2026, 12, 31), date(2026, 11, 5))
    for number, day in enumerate(days):
        follow_up.add(store, replace(PLAN, due=day, owner=f"Kasi {number}"), WRITER)
    follow_up.finish(store, 4, DONE, WRITER)
    today = date(2026, 11, 21)
    assert [each.number for each in follow_up.overdue(store, today)] == [2, 1]
    assert follow_up.overdue(store, date(2026, 11, 5)) == ()


NOW = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
BLUE, GREEN = (prepare(photograph(400, 300, colour=each)) for each in ("#00f", "#0f0"))


@pytest.fixture
def backed_up(office: Instance) -> Instance:
    """Three lines, the third finished with a blue picture; then a backup."""
    with open_store(office) as store:
        for number in range(3):
            follow_up.add(store, replace(PLAN, owner=f"Kasi {number}"), WRITER)
        follow_up.finish(store, 3, replace(DONE, added=(BLUE,)), WRITER)
    back_up(office, NOW)
    return office


def after_restore(office: Instance) -> Store:
    (made,) = office.backups.glob("*.zip")
    restore(office.root, made, NOW + timedelta(days=1))
    return open_store(office)


def test_a_backup_brings_lines_and_pictures_back(backed_up: Instance) -> None:
    with open_store(backed_up) as store:
        before = follow_up.all_follow_ups(store)
    backed_up.database.write_bytes(b"rusak " * 2000)
    with after_restore(backed_up) as store:
        assert follow_up.all_follow_ups(store) == before
        assert evidence(store, BLUE.sha256) == BLUE


def test_an_older_backup_undoes_nothing(backed_up: Instance) -> None:
    with open_store(backed_up) as store:
        follow_up.remove(store, 1, WRITER)
        follow_up.finish(store, 2, replace(DONE, added=(GREEN,)), WRITER)
        follow_up.finish(store, 3, replace(DONE, result="Lain"), WRITER)  # without the picture
        follow_up.add(store, PLAN, WRITER)
        before = follow_up.all_follow_ups(store)
    with after_restore(backed_up) as store:
        assert follow_up.all_follow_ups(store) == before
        assert evidence(store, GREEN.sha256) == GREEN
        assert evidence(store, BLUE.sha256) is None, "a picture that was taken out stays out"
        assert store.reader.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_an_older_version_did_not_know_does_not_keep_the_rest_from_being_carried_over(
    backed_up: Instance,
) -> None:
    with open_store(backed_up) as store:
        follow_up.add(store, PLAN, WRITER)
        with store.writing() as db:
            db.execute("DROP TABLE comment_handling")
    with after_restore(backed_up) as store:
        assert len(follow_up.all_follow_ups(store)) == 4
