"""A purge destroys rows and comments everywhere they are, and leaves the official results."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from answering import delivery
from closed_offices import closed_period, late, people_of, receive
from store_content import ids_in, states_in

from skm import instance
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.period_scores import Selection, score_period, trend_until
from skm.store import open_store
from skm.store.backup import back_up
from skm.store.closed_since import since
from skm.store.closings import ClosingOrder, all_closings, close
from skm.store.comment_handling import Handling, handle, published_comments
from skm.store.corrections import Correction, Ruling, changes, correct
from skm.store.forgetting import handled_until
from skm.store.intake import Intake
from skm.store.purge import purge
from skm.store.restore import restore
from skm.store.verify import verify

NOW = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
EARLIER = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
WORDS = "Kalimat warga yang khas, jangan tertinggal"
OCTOBER = Period.parse("2026-10")
RULING = Ruling("admin", "salah ketik", date(2026, 11, 5))


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


@pytest.fixture
def kept(office: Instance, form: Form) -> set[str]:
    """An October with telling comments, corrected, backed up and closed; the ids of 2027."""
    old = [
        replace(each, comment=f"{WORDS} {at}")
        for at, each in enumerate(people_of(office, "2026-10"))
    ]
    new = people_of(office, "2027-01")
    with open_store(office) as store:
        receive(store, form, old)
        receive(store, form, new)
        other = replace(old[1], comment=f"{WORDS} bentrok")
        Intake(store).receive(form, delivery(other, "isi lain", received=date(2026, 10, 30)))
        moved = Correction(service="kia" if old[0].service != "kia" else "kk")
        correct(store, office.office, form, old[0].id, moved, RULING)
        first = Handling(f"{WORDS}, disunting", "lain", f"{WORDS}, dijawab", published=True)
        handle(store, form, old[0].id, first, "loket", EARLIER.date())
        second = Handling(f"{WORDS}, disunting lagi", None, f"{WORDS}, dijawab lagi")
        handle(store, form, old[1].id, second, "loket", EARLIER.date())
        back_up(office, EARLIER)
        closed_period(store, office, "2026-10")
    return {each.id for each in new}


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte below a folder, ZIP files opened too."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes()
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as packed:
                    for name in packed.namelist():
                        yield f"{file.name}/{name}", packed.read(name)


def told(folder: Path) -> list[str]:
    """Where the words of citizens can still be read."""
    return [name for name, data in contents(folder) if WORDS.encode() in data]


def test_rows_comments_and_log_are_gone_and_the_results_stay(
    office: Instance, form: Form, kept: set[str]
) -> None:
    with open_store(office) as store:
        (before,) = all_closings(store)
        assert len(published_comments(store, OCTOBER)) == 1
        done = purge(office, store, 2027, NOW).destroyed
        assert ids_in(office.database) == kept
        assert all_closings(store) == (before,)
        assert changes(store) == ()
        assert published_comments(store, OCTOBER) == ()
        assert handled_until(store.reader, "2026-12-31") == 0
        assert since(store, before, form).purged == before.respondents
        assert done.responses == {"2026-10": before.respondents}
        assert (done.comments, done.changes, done.aside) == (before.comments, 1, 1)
        scored, _ = score_period(store, office, Selection(OCTOBER, by="service"))
        assert scored.card.index == before.index
        assert trend_until(store, office, OCTOBER)[-1].card.index == before.index
        with pytest.raises(SkmError, match="sudah dimusnahkan"):
            score_period(store, office, Selection(OCTOBER, service="kk"))
    assert set(states_in(office.database).values()) == {"stored", "purged"}
    assert not any(verdict.faults for verdict in verify(office))


def test_no_byte_of_a_comment_is_left_in_the_office_or_its_backups(
    office: Instance, kept: set[str]
) -> None:
    assert len(told(office.root)) > 1, "the search finds them before"
    with open_store(office) as store:
        purge(office, store, 2027, NOW)
        assert told(office.root) == []
    assert told(office.root) == []


def test_what_a_restore_kept_beside_is_purged_too(office: Instance, kept: set[str]) -> None:
    (backup,) = (office.backups).glob("*.zip")
    restore(office.root, backup, EARLIER)
    aside = next(office.root.glob("skm-sebelum-pulih-*.db"))
    assert aside.name in told(office.root)
    with open_store(office) as store:
        purge(office, store, 2027, NOW)
    assert told(office.root) == []


def test_a_database_kept_beside_that_holds_only_what_was_made_of_comments_is_purged_too(
    office: Instance, kept: set[str]
) -> None:
    aside = office.root / "skm-sebelum-pulih-2026-11-05.db"
    with open_store(office) as store:
        store.compact()
    shutil.copyfile(office.database, aside)
    with closing(sqlite3.connect(aside)) as db:
        for table in ("response_kecamatan_14", "comment", "conflict", "change_log"):
            db.execute(f"DELETE FROM {table}")
        db.commit()
        db.execute("VACUUM")
    assert aside.name in told(office.root)
    with open_store(office) as store:
        purge(office, store, 2027, NOW)
    assert told(office.root) == []


def test_a_purged_backup_restores_without_them_and_nothing_comes_back(
    office: Instance, form: Form, kept: set[str]
) -> None:
    old = people_of(office, "2026-10")[2]
    with open_store(office) as store:
        (before,) = all_closings(store)
        purge(office, store, 2027, NOW)
    (backup,) = office.backups.glob("*.zip")
    restore(office.root, backup, NOW)
    with open_store(office) as store:
        assert ids_in(office.database) == kept
        again = Intake(store).receive(form, delivery(old, "lagi", received=date(2027, 3, 2)))
        never_seen = late(form, date(2026, 10, 9), 1)[0]
        first = Intake(store).receive(form, delivery(never_seen, received=date(2027, 3, 2)))
        assert (again.state, first.state) == ("known", "known")
        assert first.purged_until == date(2026, 12, 31)
        assert ids_in(office.database) == kept
        assert all_closings(store) == (before,)
    assert not any(verdict.faults for verdict in verify(office))


def test_a_month_that_is_not_closed_is_named_and_nothing_is_destroyed(
    office: Instance, form: Form, kept: set[str]
) -> None:
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-08"))
        before = ids_in(office.database)
        with pytest.raises(SkmError, match=r"Belum ditutup.*2026-08"):
            purge(office, store, 2027, NOW)
    assert ids_in(office.database) == before
    assert told(office.root)


def test_a_form_that_a_closing_left_out_is_not_destroyed_before_it_has_a_result(
    office: Instance, form: Form, kept: set[str]
) -> None:
    nine = find_form("permenpanrb-14-2017")
    with open_store(office) as store:
        receive(store, nine, people_of(office, "2026-10", nine))
        with pytest.raises(SkmError, match=r"2026-10 \(permenpanrb-14-2017\)"):
            purge(office, store, 2027, NOW)
        quarter = Period.parse("2026-TW4")
        close(store, office, quarter, ClosingOrder(quarter.next.first_day), nine.id)
        purge(office, store, 2027, NOW)
    assert ids_in(office.database) == kept
    assert ids_in(office.database, nine.id) == set()


def test_a_closed_year_covers_its_months(office: Instance, form: Form, kept: set[str]) -> None:
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-08"))
        closed_period(store, office, "2026")
        purge(office, store, 2027, NOW)
    assert ids_in(office.database) == kept


def test_the_present_year_is_never_purged(office: Instance, kept: set[str]) -> None:
    with open_store(office) as store, pytest.raises(SkmError, match="paling tinggi 2027"):
        purge(office, store, 2028, NOW)


def test_the_record_says_what_was_destroyed_and_what_is_left(
    office: Instance, form: Form, kept: set[str]
) -> None:
    exported = office.reports("2026-10") / "skm-2026-10.xlsx"
    exported.parent.mkdir(parents=True)
    exported.write_bytes(b"")
    with open_store(office) as store:
        receive(store, form, late(form, date(2026, 10, 20), 3))
        purged = purge(office, store, 2027, NOW)
    text, document = (file.read_text("utf-8") for file in purged.records)
    assert "CATATAN PEMUSNAHAN" in text
    assert "sampai 31 Desember 2026" in text
    assert "Oktober 2026, edisi 1, sidik jari " in text
    assert "3 jawaban Oktober 2026 tidak masuk penutupannya" in text
    said = json.loads(document)
    assert said["dimusnahkan_sampai"] == "2026-12-31"
    assert said["ekspor"] == [str(exported)]
    assert [each["kendala"] for each in said["salinan"]] == [None]
    assert said["di_luar_penutupan"] == {"2026-10": 3}
    assert WORDS not in text + document


@pytest.mark.parametrize("seen_again", ["backup", "purge", "verify"])
def test_a_backup_out_of_reach_is_named_and_purged_when_it_is_seen_again(
    office: Instance, kept: set[str], tmp_path: Path, seen_again: str
) -> None:
    stick, pocket = tmp_path / "stick", tmp_path / "saku"
    stick.mkdir()
    office = replace(office, office=replace(office.office, backup_folder=str(stick)))
    back_up(office, EARLIER)
    assert told(stick)
    (backup,) = stick.glob("*.zip")
    stick.rename(pocket)
    with open_store(office) as store:
        purged = purge(office, store, 2027, NOW)
    assert purged.destroyed.out_of_reach == (stick,)
    assert str(stick) in purged.records[0].read_text("utf-8")
    assert told(pocket), "nobody could reach it"
    pocket.rename(stick)
    match seen_again:
        case "backup":
            back_up(office, NOW)
        case "purge":
            with open_store(office) as store:
                purge(office, store, 2027, NOW)
        case "verify":
            assert not any(verdict.faults for verdict in verify(office))
    assert told(stick) == []
    records = "".join(
        file.read_text("utf-8") for file in office.reports("pemusnahan").glob("*.txt")
    )
    assert str(backup) in records


def test_a_backup_that_cannot_be_read_is_named_as_not_purged(
    office: Instance, kept: set[str]
) -> None:
    broken = office.backups / "skm-kecamatan-pakusari-2026-11-01.zip"
    broken.write_bytes(b"PK rusak")
    with open_store(office) as store:
        purged = purge(office, store, 2027, NOW)
    faults = {each.file: each.fault for each in purged.destroyed.copies}
    assert faults[broken] is not None
    assert "BELUM dimusnahkan" in purged.records[0].read_text("utf-8")


def test_a_purge_beside_a_running_server_leaves_nothing_either(
    office: Instance, form: Form, kept: set[str]
) -> None:
    with open_store(office) as served, open_store(office) as store:
        assert served.reader.execute("SELECT count(*) FROM comment").fetchone() != (0,)
        purge(office, store, 2027, NOW)
        assert told(office.root) == []
        old = people_of(office, "2026-10")[2]
        again = Intake(served).receive(form, delivery(old, received=date(2027, 3, 2)))
        assert again.state == "known"


def test_a_database_that_somebody_reads_meanwhile_is_named_and_purged_at_the_next_time(
    office: Instance, kept: set[str]
) -> None:
    with open_store(office) as reading, open_store(office) as store:
        with store.writing() as db:
            db.execute("PRAGMA busy_timeout = 20")
        reading.reader.execute("BEGIN")
        reading.reader.execute("SELECT count(*) FROM comment").fetchone()
        purged = purge(office, store, 2027, NOW)
        faults = {each.file: each.fault for each in purged.destroyed.copies}
        assert "sedang dipakai program lain" in (faults[office.database] or "")
        assert purged.destroyed.responses, "what was destroyed is written down all the same"
        reading.reader.execute("COMMIT")
        purge(office, store, 2027, NOW)
        assert told(office.root) == []


def test_a_backup_of_another_office_is_left_alone(
    office: Instance, kept: set[str], tmp_path: Path
) -> None:
    other = instance.init(tmp_path / "lain")
    with open_store(other) as store:
        receive(store, other.questionnaire(), people_of(other, "2026-10"))
    theirs = back_up(other, EARLIER).file
    copy = office.backups / theirs.name.replace("2026-11-05", "2026-11-01")
    copy.write_bytes(theirs.read_bytes())
    with open_store(office) as store:
        purge(office, store, 2027, NOW)
    assert copy.read_bytes() == theirs.read_bytes()
