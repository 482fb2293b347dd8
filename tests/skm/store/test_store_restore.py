"""A restore brings back what a backup held, loses nothing more, and revives nothing deleted."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from answering import TABLET, delivery, message, response
from commands import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import running
from store_content import ids_in, states_in

from skm import instance as offices
from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.store import open_store, tablets
from skm.store.backup import back_up
from skm.store.intake import Intake, Receipt
from skm.store.lock import SERVING, held, is_held
from skm.store.restore import restore
from skm.store.verify import verify

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

RESTORE_WITH_LITTLE_ROOM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
sys.argv = ["skm", "restore", sys.argv[2], "--instance", sys.argv[1]]
from skm.cli import main
main()
"""

Receive = Callable[..., Receipt]


@pytest.fixture
def receive(office: Instance, form: Form) -> Receive:
    """Take one response in, through a store opened for it alone."""

    def take(**changes: object) -> Receipt:
        with open_store(office) as store:
            return Intake(store).receive(form, delivery(response(form, **changes)))

    return take


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


def delete(office: Instance, form: Form, gone: str) -> None:
    """Delete a response as the office's pages do: on the list first, then in the database."""
    with open_store(office) as store:
        store.deletions.add([gone])
        with store.writing() as db:
            for table in (form.table, "comment", "conflict"):
                db.execute(f"DELETE FROM {table} WHERE id = ?", (gone,))
            db.execute("UPDATE receipt SET state = 'deleted' WHERE id = ?", (gone,))


def is_sound(office: Instance) -> bool:
    return not any(verdict.faults for verdict in verify(office))


def test_an_older_backup_takes_the_place_and_the_present_one_stands_beside(
    office: Instance, receive: Receive
) -> None:
    old = receive().id
    made = back_up(office, NOW)
    new = receive().id
    done = restore(office.root, made.file, LATER)
    assert ids_in(office.database) == {old}
    assert done.responses == 1
    assert done.manifest == made.manifest
    assert done.aside == office.root / "skm-sebelum-pulih-2026-10-06.db"
    assert ids_in(done.aside) == {old, new}
    assert is_sound(office)


def test_databases_kept_beside_never_share_a_name_and_can_be_restored_themselves(
    office: Instance, receive: Receive
) -> None:
    made = back_up_after(receive, office)
    present = ids_in(office.database) | {receive().id}
    aside = [restore(office.root, made, LATER).aside for _ in range(3)]
    assert [file.name for file in aside if file] == [
        "skm-sebelum-pulih-2026-10-06.db",
        "skm-sebelum-pulih-2026-10-06-2.db",
        "skm-sebelum-pulih-2026-10-06-3.db",
    ]
    assert aside[0]
    restore(office.root, aside[0], LATER)
    assert ids_in(office.database) == present


def back_up_after(receive: Receive, office: Instance) -> Path:
    receive()
    return back_up(office, NOW).file


def test_a_deleted_response_stays_out_of_an_older_backup_and_of_every_second_copy(
    office: Instance, form: Form
) -> None:
    gone = response(form, comment="jangan simpan ini")
    sent = delivery(gone, device=TABLET, seq=1)
    with open_store(office) as store:
        intake = Intake(store)
        intake.receive(form, sent)
        kept = intake.receive(form, delivery(response(form), device=TABLET, seq=2)).id
        intake.receive(form, delivery(response(form, 1, id=gone.id), body="lain"))
    made = back_up(office, NOW)
    delete(office, form, gone.id)
    done = restore(office.root, made.file, LATER)
    assert done.forgotten == 1
    assert ids_in(office.database) == {kept}
    assert states_in(office.database) == {gone.id: "deleted", kept: "stored"}
    assert b"jangan simpan ini" not in office.database.read_bytes()
    with open_store(office) as store:
        again = Intake(store).receive(form, sent)
        assert (again.state, again.missing) == ("known", [])
        assert [store.reader[name].count for name in (form.table, "comment", "conflict")] == [
            1, 0, 0,
        ]  # fmt: skip
    assert is_sound(office)


def test_a_response_that_came_and_was_deleted_after_the_backup_stays_out_too(
    office: Instance, form: Form, receive: Receive
) -> None:
    made = back_up_after(receive, office)
    late = response(form)
    with open_store(office) as store:
        Intake(store).receive(form, delivery(late))
    delete(office, form, late.id)
    restore(office.root, made, LATER)
    with open_store(office) as store:
        assert Intake(store).receive(form, delivery(late)).state == "known"
    assert late.id not in ids_in(office.database)
    assert is_sound(office)


def test_what_only_the_backup_knows_of_deletions_is_learnt(
    office: Instance, form: Form, receive: Receive
) -> None:
    gone = receive().id
    delete(office, form, gone)
    with open_store(office) as store:
        store.deletions.add(purged_until=date(2024, 12, 31))
    made = back_up(office, NOW)
    office.deletions.unlink()
    restore(office.root, made.file, LATER)
    with open_store(office) as store:
        known = store.deletions.read()
    assert known.ids == {gone}
    assert known.purged_until == date(2024, 12, 31)


def test_a_purged_year_stays_destroyed(office: Instance, receive: Receive) -> None:
    old = receive(day=date(2024, 12, 31), comment="dari tahun lama").id
    new = receive(day=date(2025, 1, 1)).id
    made = back_up(office, NOW)
    with open_store(office) as store:
        store.deletions.add(purged_until=date(2024, 12, 31))
    assert restore(office.root, made.file, LATER).forgotten == 1
    assert states_in(office.database) == {old: "purged", new: "stored"}
    assert b"dari tahun lama" not in office.database.read_bytes()
    assert is_sound(office)


def test_tablets_send_again_what_the_backup_lacks(office: Instance, form: Form) -> None:
    sent = [delivery(response(form), device=TABLET, seq=seq) for seq in range(1, 11)]
    with open_store(office) as store:
        for each in sent[:4]:
            Intake(store).receive(form, each)
    made = back_up(office, NOW)
    with open_store(office) as store:
        for each in sent[4:9]:
            Intake(store).receive(form, each)
    restore(office.root, made.file, LATER)
    with open_store(office) as store:
        intake = Intake(store)
        receipt = intake.receive(form, sent[9])
        assert receipt.missing == [5, 6, 7, 8, 9]
        for seq in receipt.missing:
            assert intake.receive(form, sent[seq - 1]).state == "stored"
    assert ids_in(office.database) == {each.response.id for each in sent}


def test_a_tablet_s_token_is_as_of_today(office: Instance) -> None:
    with open_store(office) as store:
        stolen, lasting = tablets.add(store, "Loket 1"), tablets.add(store, "Loket 2")
    made = back_up(office, NOW)
    with open_store(office) as store:
        tablets.revoke(store, "Loket 1")
        added = tablets.add(store, "Loket 1")
    restore(office.root, made.file, LATER)
    with open_store(office) as store:
        assert tablets.find(store, stolen) is None
        assert tablets.find(store, lasting)
        assert tablets.find(store, added)


def test_a_newer_backup_after_an_older_one_brings_all_it_has(office: Instance) -> None:
    """The database is damaged, and the older backup is put back by mistake first."""
    open_store(office).close()
    older = back_up(office, NOW)
    with open_store(office) as store:
        token = tablets.add(store, "Loket 1")
    newer = back_up(office, NOW)
    office.database.write_bytes(b"rusak " * 2000)
    restore(office.root, older.file, LATER)
    with open_store(office) as store:
        assert tablets.find(store, token) is None
    restore(office.root, newer.file, LATER)
    with open_store(office) as store:
        assert tablets.find(store, token)


def test_a_backup_of_another_line_brings_its_own_tablets(
    office: Instance, receive: Receive, tmp_path: Path
) -> None:
    with open_store(office) as store:
        token = tablets.add(store, "Loket 1")
    made = back_up_after(receive, office)
    new = offices.init(tmp_path / "komputer-baru")
    with open_store(new) as store:
        tablets.add(store, "Coba-coba")
    restore(new.root, made, LATER)
    with open_store(new) as store:
        assert tablets.find(store, token)
        assert [tablet.name for tablet in tablets.all_tablets(store)] == ["Loket 1"]


def test_an_office_is_made_anew_from_its_backup_alone(
    office: Instance, receive: Receive, tmp_path: Path
) -> None:
    office.own_forms.mkdir()
    (office.own_forms / "catatan.csv").write_text("a;b")
    made = back_up_after(receive, office)
    new = tmp_path / "komputer-baru" / "skm"
    done = restore(new, made, LATER)
    assert done.instance.office == office.office
    assert done.aside is None
    assert set(done.files) == {
        "forms/catatan.csv", "lkip/2020.toml", "office.toml", "skm/2020.csv",
    }  # fmt: skip
    assert ids_in(done.instance.database) == ids_in(office.database)
    assert (new / "forms" / "catatan.csv").read_text() == "a;b"


def test_files_of_the_office_that_are_there_stay_as_they_are(
    office: Instance, receive: Receive
) -> None:
    made = back_up_after(receive, office)
    plan = office.plan(2020)
    plan.write_text("disunting")
    (office.root / "skm" / "2020.csv").unlink()
    assert restore(office.root, made, LATER).files == ("skm/2020.csv",)
    assert plan.read_text() == "disunting"


def test_a_folder_that_is_no_office_is_left_alone(
    office: Instance, receive: Receive, tmp_path: Path
) -> None:
    made = back_up_after(receive, office)
    folder = tmp_path / "foto"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"jpg")
    with pytest.raises(SkmError, match="bukan folder kantor"):
        restore(folder, made, LATER)
    assert {each.name for each in folder.iterdir()} == {"a.jpg", SERVING}


def test_while_a_real_server_runs_nothing_is_restored(office: Instance, form: Form) -> None:
    with open_store(office) as store:
        token = tablets.add(store, "Loket 1")
    made = back_up(office, NOW)
    with running(office) as server:
        assert is_held(office.root / SERVING)
        assert server.deliver(token, message(form))[0] == 201
        with pytest.raises(SkmError, match=r"sedang dijalankan\. Hentikan «skm serve»"):
            restore(office.root, made.file, LATER)
        assert server.deliver(token, message(form, 2))[0] == 201
    assert len(ids_in(office.database)) == 2
    assert not is_held(office.root / SERVING), "a killed server holds nothing"
    restore(office.root, made.file, LATER)


def test_no_server_starts_on_an_office_that_is_served_or_restored(office: Instance) -> None:
    command = [sys.executable, "-c", "from skm.cli import main; main()", "serve", "--port", "0"]
    with held(office.root / SERVING):
        done = subprocess.run(
            [*command, "--instance", str(office.root)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=60,
        )
    assert done.returncode == 2
    assert "sedang dijalankan atau dipulihkan" in done.stderr


def test_while_another_program_has_the_database_open_nothing_is_restored(
    office: Instance, receive: Receive
) -> None:
    made = back_up_after(receive, office)
    with open_store(office) as store:
        assert store.reader["receipt"].count == 1
        with pytest.raises(SkmError, match="sedang dipakai program lain"):
            restore(office.root, made, LATER)
    assert not list(office.root.glob("skm-sebelum-pulih-*"))


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for position in random.Random(7).sample(range(1000, len(content) - 1000), 40):
        content[position] ^= 0xFF
    file.write_bytes(content)


def with_database(file: Path, content: bytes) -> None:
    with zipfile.ZipFile(file) as packed:
        said = packed.read("cadangan.json")
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("cadangan.json", said)
        packed.writestr("skm.db", content)


def with_a_damaged_page(file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        pages = bytearray(packed.read("skm.db"))
    pages[3 * 4096 : 4 * 4096] = bytes(4096)
    with_database(file, bytes(pages))


def another_database(file: Path) -> None:
    other = file.with_name("lain.db")
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE buku (judul TEXT)")
    with_database(file, other.read_bytes())


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        pytest.param(torn, "bukan cadangan SKM", id="torn off"),
        pytest.param(flipped, "rusak dan tidak dapat dipakai", id="bytes changed"),
        pytest.param(with_a_damaged_page, "rusak dan tidak dapat dipakai", id="page damaged"),
        pytest.param(another_database, "tidak memuat jawaban survei", id="another database"),
        pytest.param(lambda file: with_database(file, b""), "tidak memuat", id="empty database"),
        pytest.param(lambda file: file.write_bytes(b""), "tidak memuat", id="empty file"),
        pytest.param(lambda file: file.write_text("halo " * 99), "bukan cadangan", id="text"),
        pytest.param(lambda file: zipfile.ZipFile(file, "w").close(), "rusak", id="empty zip"),
        pytest.param(Path.unlink, "Berkas cadangan tidak ada", id="absent"),
    ],
)
def test_a_bad_backup_is_refused_and_nothing_has_changed(
    office: Instance, receive: Receive, harm: Callable[[Path], object], said: str
) -> None:
    for _ in range(30):
        receive()
    made = back_up(office, NOW).file
    before = ids_in(office.database) | {receive().id}
    harm(made)
    with pytest.raises(SkmError, match=said):
        restore(office.root, made, LATER)
    assert ids_in(office.database) == before
    assert not list(office.root.glob("skm-sebelum-pulih-*"))
    assert not list(office.root.glob(".pulih-*"))


def test_nothing_leaves_an_archive_but_what_belongs_to_an_office(
    office: Instance, receive: Receive, tmp_path: Path
) -> None:
    made = back_up_after(receive, office)
    hostile = ("../luar.toml", "/luar.toml", "forms/../../luar.toml", "secret.key", "forms/a.exe",
               "C:/luar.toml", "forms/..\\luar.toml", "lain/a.toml")  # fmt: skip
    with zipfile.ZipFile(made, "a") as packed:
        for name in hostile:
            packed.writestr(name, "x")
    new = tmp_path / "baru"
    restore(new, made, LATER)
    names = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*")
             if file.is_file() and office.root not in file.parents}  # fmt: skip
    assert names == {
        f"baru/{name}"
        for name in ("skm.db", "office.toml", "lkip/2020.toml", "skm/2020.csv", SERVING)
    }


def test_a_damaged_database_is_replaced_and_kept_with_its_log(
    office: Instance, receive: Receive
) -> None:
    made = back_up_after(receive, office)
    known = ids_in(office.database)
    office.database.write_bytes(b"rusak " * 2000)
    Path(f"{office.database}-wal").write_bytes(b"sisa")
    aside = restore(office.root, made, LATER).aside
    assert aside
    assert aside.read_bytes() == b"rusak " * 2000
    assert Path(f"{aside}-wal").read_bytes() == b"sisa"
    assert ids_in(office.database) == known
    assert is_sound(office)


def test_a_lost_database_comes_back(office: Instance, receive: Receive) -> None:
    made = back_up_after(receive, office)
    known = ids_in(office.database)
    office.database.unlink()
    assert restore(office.root, made, LATER).aside is None
    assert ids_in(office.database) == known


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_leaves_the_present_database(office: Instance, receive: Receive) -> None:
    made = back_up_after(receive, office)
    before = ids_in(office.database) | {receive().id}
    done = subprocess.run(
        [sys.executable, "-c", RESTORE_WITH_LITTLE_ROOM, str(office.root), str(made), "30000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("Kesalahan: ")
    assert "tak terduga" not in done.stderr
    assert ids_in(office.database) == before
    assert is_sound(office)


def test_an_unfinished_line_in_the_list_of_deletions_hides_no_later_one(
    office: Instance, receive: Receive
) -> None:
    office.deletions.write_text("a" * 32 + "\n" + "b" * 10)
    with open_store(office) as store:
        store.deletions.add(["c" * 32], date(2025, 12, 31))
        known = store.deletions.read()
    assert known.ids == {"a" * 32, "c" * 32}
    assert known.purged_until == date(2025, 12, 31)


STEP = st.sampled_from(["receive", "receive", "receive", "delete", "back up", "restore"])


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, min_size=4, max_size=14), chance=st.randoms(use_true_random=False))
def test_a_restore_gives_exactly_what_was_received_before_the_backup_less_what_was_deleted(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], chance: random.Random
) -> None:
    office = offices.init(tmp_path_factory.mktemp("kantor") / "k")
    form = office.questionnaire()
    held_now: set[str] = set()
    deleted: set[str] = set()
    backups: list[tuple[Path, set[str]]] = []
    for step in steps:
        if step == "receive":
            with open_store(office) as store:
                held_now.add(Intake(store).receive(form, delivery(response(form))).id)
        elif step == "delete" and held_now:
            gone = chance.choice(sorted(held_now))
            delete(office, form, gone)
            held_now.discard(gone)
            deleted.add(gone)
        elif step == "back up" and office.database.exists():
            backups.append((back_up(office, NOW).file, set(held_now)))
        elif step == "restore" and backups:
            file, then = chance.choice(backups)
            restore(office.root, file, LATER)
            held_now = then - deleted
        if office.database.exists():
            assert ids_in_or_none(office, form) == held_now
    if office.database.exists():
        assert is_sound(office)


def ids_in_or_none(office: Instance, form: Form) -> set[str]:
    with open_store(office) as store:
        if not store.reader[form.table].exists():
            return set()
    return ids_in(office.database)
