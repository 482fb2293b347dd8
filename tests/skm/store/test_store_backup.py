"""A backup holds all that was received before it, and nothing takes the good ones away."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from answering import delivery, response
from commands import ROOT
from offices import changed
from store_content import ids_in

from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.store import Store
from skm.store.archive import read_manifest
from skm.store.backup import back_up, back_up_if_due, last_failure, newest_backup
from skm.store.intake import Intake
from skm.store.rotation import Backup, backups_in, file_name, superseded

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
"""Ten in the morning at the office."""

BACK_UP_WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
sys.argv = ["skm", "backup", "--instance", sys.argv[1]]
from skm.cli import main
main()
"""


@pytest.fixture
def filled(store: Store, form: Form) -> set[str]:
    """Thirty responses."""
    answers = [response(form, comment=f"saran {number}") for number in range(30)]
    Intake(store).receive_many(form, map(delivery, answers))
    return {each.id for each in answers}


def in_backup(file: Path, folder: Path) -> set[str]:
    """The responses of a backup, as anyone with a ZIP tool and SQLite sees them."""
    with zipfile.ZipFile(file) as packed:
        return ids_in(Path(packed.extract("skm.db", folder)))


def test_a_backup_is_one_file_with_all_that_was_received(
    office: Instance, filled: set[str], tmp_path: Path
) -> None:
    office.deletions.write_text("")
    made = back_up(office, NOW)
    assert made.file == office.backups / "skm-kecamatan-pakusari-2026-10-05.zip"
    assert in_backup(made.file, tmp_path) == filled
    with zipfile.ZipFile(made.file) as packed:
        names = set(packed.namelist())
        note = packed.read("BACA-SAYA.txt").decode()
    assert names == {"cadangan.json", "BACA-SAYA.txt", "skm.db", "deletions.log", "office.toml",
                     "lkip/2020.toml", "skm/2020.csv"}  # fmt: skip
    assert "5 Oktober 2026 pukul 10.00 WIB" in note
    assert f"skm restore {made.file.name}" in note
    assert made.manifest.responses == 30
    if sys.platform != "win32":
        assert stat.S_IMODE(made.file.stat().st_mode) == 0o600


def test_what_was_deleted_leaves_no_trace_in_later_backups(
    office: Instance, store: Store, form: Form, filled: set[str]
) -> None:
    with store.writing() as db:
        db.execute("DELETE FROM comment")
        db.execute(f"DELETE FROM {form.table}")
    made = back_up(office, NOW)
    with zipfile.ZipFile(made.file) as packed:
        assert b"saran 1" not in packed.read("skm.db")


def test_every_response_acknowledged_before_a_backup_is_in_it_while_four_threads_send(
    office: Instance, store: Store, form: Form, tmp_path: Path
) -> None:
    intake = Intake(store)
    acknowledged = [intake.receive(form, delivery(response(form))).id]
    stop = threading.Event()

    def send() -> None:
        while not stop.is_set():
            acknowledged.append(intake.receive(form, delivery(response(form))).id)

    with ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(send)
        try:
            for number in range(3):
                before = set(acknowledged)
                made = back_up(office, NOW)
                assert before <= in_backup(made.file, tmp_path / str(number))
        finally:
            stop.set()


def test_backups_of_one_day_never_share_a_name(office: Instance, filled: set[str]) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: back_up(office, NOW).file, range(8)))
    assert len(set(made)) == 8
    assert {backup.file for backup in backups_in(office.backups)} == set(made)
    assert newest_backup(office) == Backup(date(2026, 10, 5), 8, made[-1].with_name(
        "skm-kecamatan-pakusari-2026-10-05-8.zip"))  # fmt: skip


def test_no_office_without_database_is_backed_up(office: Instance) -> None:
    with pytest.raises(SkmError, match="Belum ada basis data"):
        back_up(office, NOW)
    assert back_up_if_due(office, NOW) is None
    assert not office.database.exists()


def test_a_damaged_database_replaces_no_backup(
    office: Instance, store: Store, filled: set[str], tmp_path: Path
) -> None:
    good = back_up(office, NOW)
    store.close()
    pages = bytearray(office.database.read_bytes())
    for page in range(2, len(pages) // 4096):
        pages[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    office.database.write_bytes(pages)
    with pytest.raises(SkmError, match=r"skm\.db: Basis data rusak"):
        back_up(office, NOW + timedelta(days=1))
    assert [backup.file for backup in backups_in(office.backups)] == [good.file]
    assert "2026-10-06 10.00: " in (last_failure(office) or "")
    assert in_backup(good.file, tmp_path) == filled


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize(
    ("room", "ballast"),
    [
        pytest.param(16_384, 0, id="while the database is copied"),
        pytest.param(1_000_000, 2_000_000, id="while the file is packed"),
    ],
)
def test_a_full_disk_leaves_the_old_backup_and_nothing_half_made(
    office: Instance, filled: set[str], tmp_path: Path, room: int, ballast: int
) -> None:
    good = back_up(office, NOW)
    (office.root / "lkip" / "lampiran.csv").write_bytes(random.Random(1).randbytes(ballast))
    done = subprocess.run(
        [sys.executable, "-c", BACK_UP_WITH_LITTLE_ROOM, str(office.root), str(room)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("Kesalahan: ")
    assert "tak terduga" not in done.stderr
    assert in_backup(good.file, tmp_path) == filled
    left = {file.name for file in office.backups.iterdir()}
    assert left == {good.file.name, ".kunci", "gagal.txt"}
    assert last_failure(office)
    back_up(office, NOW + timedelta(days=1))
    assert last_failure(office) is None


def test_what_a_power_cut_left_behind_is_cleared_away(office: Instance, filled: set[str]) -> None:
    torn = office.backups / ".baru-abc"
    torn.mkdir(parents=True)
    (torn / "skm.db").write_bytes(b"halb")
    back_up(office, NOW)
    assert not torn.exists()


def test_over_400_days_seven_days_and_twelve_months_are_kept() -> None:
    kept: set[Backup] = set()
    first = date(2025, 9, 12)
    for age in range(400):
        day = first + timedelta(days=age)
        kept.add(Backup(day, 1, Path(file_name("Kantor", day, 1))))
        kept -= set(superseded(kept))
        newest = sorted(kept)[-7:]
        assert [backup.day for backup in newest] == [
            day - timedelta(days=back) for back in range(min(age, 6), -1, -1)
        ]
        months = sorted(kept - set(newest))
        assert len({(backup.day.year, backup.day.month) for backup in months}) == len(months) <= 12
    assert len(kept) == 7 + 12
    assert [str(backup.day) for backup in months] == [
        "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31",
        "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30",
    ]  # fmt: skip


def test_an_office_that_was_shut_for_a_year_keeps_what_it_had() -> None:
    before = [Backup(date(2025, 3, day), 1, Path(f"{day}")) for day in range(3, 9)]
    back_again = Backup(date(2026, 10, 5), 1, Path("neu"))
    assert superseded([*before, back_again]) == ()


def test_of_a_past_day_the_last_backup_stays() -> None:
    monday = [Backup(date(2026, 10, 5), number, Path(f"a{number}")) for number in (1, 2, 3)]
    tuesday = [Backup(date(2026, 10, 6), number, Path(f"b{number}")) for number in (1, 2)]
    assert superseded(monday) == ()
    assert set(superseded([*monday, *tuesday])) == set(monday[:2])


def test_real_files_are_let_go_and_strangers_stay(
    office: Instance, filled: set[str], tmp_path: Path
) -> None:
    office.backups.mkdir()
    strangers = {
        "skm-kecamatan-lain-2020-01-01.zip": b"bukan zip",
        "skm-2026-02-30.zip": b"",
        "foto.jpg": b"jpg",
    }
    for name, content in strangers.items():
        (office.backups / name).write_bytes(content)
    for age in range(40):
        back_up(office, NOW + timedelta(days=age))
    names = {file.name for file in office.backups.glob("*")} - {".kunci"}
    days = [date(2026, 10, 31), *(date(2026, 11, day) for day in range(7, 14))]
    assert names == {file_name("Kecamatan Pakusari", day, 1) for day in days} | set(strangers)
    assert {name: (office.backups / name).read_bytes() for name in strangers} == strangers


def test_a_clock_set_back_to_the_year_2000_takes_no_good_backup_away(
    office: Instance, filled: set[str]
) -> None:
    good = {back_up(office, NOW + timedelta(days=age)).file for age in range(7)}
    wrong = back_up(office, datetime(2000, 1, 1, 3, tzinfo=UTC))
    assert {backup.file for backup in backups_in(office.backups)} == good | {wrong.file}


class TestTheSecondFolder:
    @pytest.fixture
    def stick(self, tmp_path: Path) -> Path:
        return tmp_path / "diska"

    @pytest.fixture
    def office(self, office: Instance, stick: Path) -> Instance:
        return changed(office, 'kertas = "F4"', f'kertas = "F4"\ncadangan = "{stick.as_posix()}"')

    def test_gets_the_same_file(self, office: Instance, filled: set[str], stick: Path) -> None:
        stick.mkdir()
        made = back_up(office, NOW)
        assert made.second == stick / made.file.name
        assert made.second.read_bytes() == made.file.read_bytes()
        assert made.warning is None

    def test_may_be_absent(self, office: Instance, filled: set[str], stick: Path) -> None:
        made = back_up(office, NOW)
        assert made.file.is_file()
        assert made.second is None
        assert "Pasang diskanya" in str(made.warning)
        assert not stick.exists(), "no folder is made where a disk is missing"

    def test_is_made_up_for_when_the_disk_is_back(
        self, office: Instance, filled: set[str], stick: Path
    ) -> None:
        made = back_up_if_due(office, NOW)
        assert made
        assert back_up_if_due(office, NOW) is None
        stick.mkdir()
        again = back_up_if_due(office, NOW + timedelta(hours=2))
        assert again
        assert (again.file, again.second) == (made.file, stick / made.file.name)
        assert back_up_if_due(office, NOW) is None

    def test_that_cannot_be_written_is_a_warning(
        self, office: Instance, filled: set[str], stick: Path
    ) -> None:
        stick.write_text("a file of this name")
        made = back_up(office, NOW)
        assert made.file.is_file()
        assert made.warning

    def test_keeps_what_is_not_ours_under_the_very_same_name(
        self, office: Instance, filled: set[str], stick: Path
    ) -> None:
        stick.mkdir()
        stranger = stick / "skm-kecamatan-pakusari-2026-10-05.zip"
        stranger.write_bytes(b"milik orang")
        made = back_up(office, NOW)
        assert made.second == stick / "skm-kecamatan-pakusari-2026-10-05-2.zip"
        assert made.second.name == made.file.name
        assert stranger.read_bytes() == b"milik orang"

    def test_lets_go_of_its_own_backups_and_of_no_other_office_s(
        self, office: Instance, filled: set[str], stick: Path, tmp_path: Path
    ) -> None:
        stick.mkdir()
        foreign = stick / file_name("Kecamatan Pakusari", date(2025, 1, 1), 1)
        first = back_up(office, NOW).file
        with zipfile.ZipFile(first) as packed, zipfile.ZipFile(foreign, "w") as other:
            for name in packed.namelist():
                content = packed.read(name)
                if name == "cadangan.json":
                    content = json.dumps(json.loads(content) | {"lineage": "f" * 32}).encode()
                other.writestr(name, content)
        for age in range(1, 12):
            back_up(office, NOW + timedelta(days=age))
        days = {backup.day for backup in backups_in(stick) if backup.file != foreign}
        assert days == {date(2026, 10, 10 + back) for back in range(7)}
        assert foreign.is_file()


def test_a_backup_says_whose_it_is_and_a_broken_one_nothing(
    office: Instance, filled: set[str], tmp_path: Path
) -> None:
    made = back_up(office, NOW)
    assert read_manifest(made.file) == made.manifest
    broken = tmp_path / "rusak.zip"
    broken.write_bytes(made.file.read_bytes()[:-300])
    assert read_manifest(broken) is None
    with sqlite3.connect(office.database) as db:
        ((lineage,),) = db.execute("SELECT value FROM remembered WHERE name = 'lineage'")
    assert made.manifest.lineage == lineage
