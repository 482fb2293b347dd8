"""An admin corrects and deletes with a reason; the old row is logged, nothing comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from answering import delivery, response
from closed_offices import closed_period, late, people_of, receive
from store_content import bytes_of, ids_in, states_in

from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.backup import back_up
from skm.store.closings import find_closing, newest_closing
from skm.store.corrections import Correction, Ruling, changes, correct, delete, delete_all
from skm.store.intake import Intake
from skm.store.restore import restore
from skm.store.rows import comments, read_table
from skm.store.verify import verify

OCTOBER = Period.parse("2026-10")
NOW = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)
RULING = Ruling("admin", "salah ketik dari lembar kertas", date(2026, 10, 7))


def stored(store: Store, form: Form, **changes: object) -> str:
    """The id of a response that was taken in."""
    made = response(form, service="kk", comment="Petugas itu bernama jelas", **changes)
    return Intake(store).receive(form, delivery(made)).id


def is_sound(office: Instance) -> bool:
    return not any(verdict.faults for verdict in verify(office))


def test_a_correction_changes_what_it_names_and_logs_the_row_as_it_was(
    store: Store, office: Instance, form: Form
) -> None:
    changed = stored(store, form)
    first, second = (question.code for question in form.questions[:2])
    asked = form.profile[0]
    correction = Correction(
        answers={first: 1, second: None},
        profile={asked.code: asked.choices[0].code},
        service="kia",
        helped=True,
    )
    correct(store, office.office, form, changed, correction, RULING)
    table = read_table(store, form, OCTOBER)
    assert table.levels[:3, 0].tolist() == [1, 0, 4]
    assert table.columns["service"].tolist() == ["kia"]
    assert table.columns["helped"].tolist() == [True]
    assert table.columns[f"profile.{asked.code}"].tolist() == [asked.choices[0].code]
    assert states_in(office.database) == {changed: "corrected"}
    (entry,) = changes(store)
    assert (entry.who, entry.action, entry.reason, entry.id) == (
        "admin",
        "corrected",
        RULING.reason,
        changed,
    )
    assert entry.before[f"q_{first}"] == 4
    assert entry.before["service"] == "kk"
    assert "bernama" not in str(entry.before), "the log keeps no free words"
    assert is_sound(office)


def test_a_corrected_day_moves_the_response_to_its_month(
    store: Store, office: Instance, form: Form
) -> None:
    moved = stored(store, form)
    correction = Correction(day=date(2026, 9, 30), half_day="siang")
    correct(store, office.office, form, moved, correction, RULING)
    assert len(read_table(store, form, OCTOBER)) == 0
    september = Period.parse("2026-09")
    assert read_table(store, form, september).columns["half_day"].tolist() == ["siang"]
    assert len(comments(store, form, september)) == 1
    assert is_sound(office)


def test_a_second_copy_of_a_corrected_response_changes_nothing(
    store: Store, office: Instance, form: Form
) -> None:
    arrived = delivery(response(form))
    Intake(store).receive(form, arrived)
    code = form.questions[0].code
    correct(store, office.office, form, arrived.response.id, Correction(answers={code: 2}), RULING)
    assert Intake(store).receive(form, arrived).state == "known"
    assert read_table(store, form, OCTOBER).levels[0].tolist() == [2]


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (Correction(), "Tidak ada yang diperbaiki"),
        (Correction(answers={"bukan": 2}), "tidak menanyakannya"),
        (Correction(answers={"persyaratan": 5}), "Nilai jawaban salah"),
        (Correction(answers={"persyaratan": 0}), "Nilai jawaban salah"),
        (Correction(profile={"usia": "tua"}), "Pilihan salah"),
        (Correction(profile={"agama": "x"}), "tidak menanyakannya"),
        (Correction(service="paspor"), "Layanan tidak dikenal"),
        (Correction(half_day="malam"), "Waktu salah"),
        (Correction(day=date(2026, 10, 8)), "Tanggal ini belum tiba"),
    ],
)
def test_a_wrong_correction_is_refused_and_changes_nothing(
    store: Store, office: Instance, form: Form, correction: Correction, said: str
) -> None:
    kept = stored(store, form)
    with pytest.raises(SkmError, match=said):
        correct(store, office.office, form, kept, correction, RULING)
    assert changes(store) == ()
    assert states_in(office.database) == {kept: "stored"}


def test_without_a_reason_nothing_is_done(store: Store, office: Instance, form: Form) -> None:
    kept = stored(store, form)
    silent = Ruling("admin", "  ", RULING.day)
    with pytest.raises(SkmError, match="Alasan belum diisi"):
        delete(store, form, kept, silent)
    with pytest.raises(SkmError, match="Alasan belum diisi"):
        correct(store, office.office, form, kept, Correction(service="kia"), silent)
    assert ids_in(office.database) == {kept}


def test_a_deletion_takes_row_and_comment_and_stays_known(
    store: Store, office: Instance, form: Form
) -> None:
    gone, kept = stored(store, form), stored(store, form)
    delete(store, form, gone, RULING)
    assert ids_in(office.database) == {kept}
    assert len(comments(store, form, OCTOBER)) == 1
    assert states_in(office.database) == {gone: "deleted", kept: "stored"}
    assert store.deletions.read().ids == {gone}
    (entry,) = changes(store)
    assert entry.action == "deleted"
    assert is_sound(office)
    with pytest.raises(SkmError, match="tidak ada, atau sudah dihapus"):
        delete(store, form, gone, RULING)


def test_several_are_deleted_together_or_none(store: Store, office: Instance, form: Form) -> None:
    ids = [stored(store, form) for _ in range(4)]
    with pytest.raises(SkmError, match="tidak ada, atau sudah dihapus"):
        delete_all(store, form, [*ids, "0" * 32], RULING)
    assert ids_in(office.database) == set(ids)
    assert store.deletions.read().ids == frozenset()
    delete_all(store, form, ids[:3], RULING)
    assert ids_in(office.database) == {ids[3]}
    assert [each.action for each in changes(store)] == ["deleted"] * 3
    assert is_sound(office)


def test_a_day_that_was_purged_takes_no_correction(
    store: Store, office: Instance, form: Form
) -> None:
    kept = stored(store, form)
    store.deletions.add([], date(2025, 12, 31))
    with pytest.raises(SkmError, match="Data sampai 31 Desember 2025 sudah dimusnahkan"):
        correct(store, office.office, form, kept, Correction(day=date(2025, 12, 31)), RULING)


def test_a_deleted_response_comes_back_by_no_way(office: Instance, form: Form) -> None:
    arrived = delivery(response(form, comment="jangan kembali"))
    with open_store(office) as store:
        Intake(store).receive(form, arrived)
        made = back_up(office, NOW)
        delete(store, form, arrived.response.id, RULING)
        assert Intake(store).receive(form, arrived).state == "known"
        assert Intake(store).receive_many(form, [arrived]) == {"known": 1}
    restore(office.root, made.file, NOW)
    with open_store(office) as store:
        assert ids_in(office.database) == set()
        assert Intake(store).receive(form, arrived).state == "known"
    assert is_sound(office)


def test_the_comment_of_a_deleted_response_leaves_no_byte_in_the_file(
    office: Instance, form: Form
) -> None:
    words = "kalimat yang sangat khas sekali"
    with open_store(office) as store:
        gone = Intake(store).receive(form, delivery(response(form, comment=words))).id
        delete(store, form, gone, RULING)
        store.compact()
    assert words.encode() not in bytes_of(office.database)


def test_closings_and_the_log_outlive_the_restore_of_an_older_backup(
    office: Instance, form: Form
) -> None:
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-10"))
        made = back_up(office, NOW)
        receive(store, form, late(form, date(2026, 10, 20), 3))
        delete(store, form, people_of(office, "2026-10")[0].id, RULING)
        closing = closed_period(store, office, "2026-10").closing
    restore(office.root, made.file, NOW)
    with open_store(office) as store:
        assert newest_closing(store, OCTOBER) == closing
        assert find_closing(store, OCTOBER, 1) == closing
        assert len(changes(store)) == 1
    assert is_sound(office)
