"""What the doctor says: a sentence and a light for each thing that can go wrong."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from answering import TABLET, delivery, message, response
from offices import changed
from serving import running

from skm.doctor import Finding, Light, Probes, findings, worst
from skm.doctor.keeping import workdays_between
from skm.doctor.lookup import file_system, probe
from skm.doctor.machine import synced_by
from skm.doctor.values import BackupProbe, DatabaseProbe, TabletProbe
from skm.errors import Fault
from skm.instance import Instance
from skm.store import open_store, tablets
from skm.store.backup import back_up
from skm.store.intake import Intake
from skm.store.remembered import ADDRESS, remember
from skm.store.restore import restore
from skm.web.address import lan_address
from skm.web.server import addresses

WIB = timezone(timedelta(hours=7))
TODAY = date(2026, 10, 7)
"""A Wednesday."""


@pytest.fixture
def healthy(office: Instance) -> Probes:
    """An office where nothing is wrong, on a Wednesday at ten."""
    return Probes(
        now=datetime(2026, 10, 7, 10, 0, tzinfo=WIB),
        office=office.office,
        folder=PureWindowsPath("C:/skm"),
        network_share=False,
        free_bytes=50_000_000_000,
        database=DatabaseProbe(True, None, "wal, full", 1204, TODAY, TODAY),
        backups=BackupProbe(TODAY, None, Path("E:/skm"), True, TODAY),
        tablets=(TabletProbe("Loket 1", True, TODAY, 0),),
        form_fault=None,
        moved=None,
        address="192.168.1.20:8000",
        key_readable_by_others=False,
        serving=True,
    )


def said(probes: Probes, subject: str) -> Finding:
    (found,) = [each for each in findings(probes) if each.subject == subject]
    return found


def test_a_healthy_office_is_all_green(healthy: Probes) -> None:
    assert {finding.light for finding in findings(healthy)} == {Light.GOOD}
    assert worst(findings(healthy)) is Light.GOOD
    assert said(healthy, "Basis data").message.startswith("1.204 jawaban")


def test_whatever_is_not_good_says_what_to_do_or_why(healthy: Probes, office: Instance) -> None:
    nothing = replace(
        healthy,
        database=DatabaseProbe(False),
        backups=BackupProbe(),
        tablets=(),
        serving=False,
        free_bytes=0,
        network_share=True,
        key_readable_by_others=True,
        now=healthy.now.astimezone(UTC),
    )
    found = [finding for finding in findings(nothing) if finding.light is not Light.GOOD]
    assert len(found) == 9
    assert all(finding.todo for finding in found)


DATABASE = DatabaseProbe(True, None, "wal, full", 10, TODAY, TODAY)


@pytest.mark.parametrize(
    ("probed", "light"),
    [
        pytest.param(DatabaseProbe(False), Light.CARE, id="none yet"),
        pytest.param(DatabaseProbe(True, "Basis data rusak"), Light.TROUBLE, id="damaged"),
        pytest.param(replace(DATABASE, kept="delete, full"), Light.TROUBLE, id="no log"),
        pytest.param(replace(DATABASE, kept="wal, normal"), Light.TROUBLE, id="not at once"),
    ],
)
def test_a_database_that_does_not_keep_is_told(
    healthy: Probes, probed: DatabaseProbe, light: Light
) -> None:
    assert said(replace(healthy, database=probed), "Basis data").light is light


@pytest.mark.parametrize(
    ("last", "received", "light"),
    [
        pytest.param(TODAY, TODAY, Light.GOOD, id="of today"),
        pytest.param(date(2026, 8, 1), date(2026, 8, 1), Light.GOOD, id="old, nothing new"),
        pytest.param(date(2026, 10, 6), TODAY, Light.GOOD, id="of yesterday"),
        pytest.param(date(2026, 10, 5), TODAY, Light.CARE, id="two days old"),
        pytest.param(date(2026, 9, 30), TODAY, Light.CARE, id="a week old"),
        pytest.param(date(2026, 9, 29), TODAY, Light.TROUBLE, id="more than a week old"),
        pytest.param(None, TODAY, Light.TROUBLE, id="none, with responses"),
    ],
)
def test_a_backup_is_old_when_something_came_since(
    healthy: Probes, last: date | None, received: date, light: Light
) -> None:
    probed = replace(
        healthy,
        backups=replace(healthy.backups, last=last),
        database=replace(DATABASE, last_received=received),
    )
    assert said(probed, "Cadangan").light is light


def test_a_failed_backup_is_told_beside_the_last_good_one(healthy: Probes) -> None:
    failed = replace(
        healthy, backups=replace(healthy.backups, failure="2026-10-07 08.00: Cakram penuh.")
    )
    found = [each for each in findings(failed) if each.subject == "Cadangan"]
    assert [each.light for each in found] == [Light.CARE, Light.GOOD]
    assert "Cakram penuh" in found[0].message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"second": None}, "Belum diatur", id="not set"),
        pytest.param({"second_there": False}, "tidak ada", id="stick not there"),
        pytest.param({"same_disk": True}, "cakram yang sama", id="on the same disk"),
        pytest.param({"second_last": None}, "belum pernah", id="never made"),
        pytest.param({"second_last": date(2026, 9, 5)}, "5 September", id="a month old"),
    ],
)
def test_a_second_copy_that_would_not_help_is_told(
    healthy: Probes, changes: dict[str, object], words: str
) -> None:
    probed = replace(healthy, backups=replace(healthy.backups, **changes))  # type: ignore[arg-type]
    found = said(probed, "Cadangan kedua")
    assert found.light is Light.CARE
    assert words in found.message


@pytest.mark.parametrize(
    ("tablet", "light", "words"),
    [
        pytest.param(TabletProbe("A", False, None, 0), Light.CARE, "Belum dip", id="not paired"),
        pytest.param(TabletProbe("A", True, None, 0), Light.CARE, "Belum pernah", id="never"),
        pytest.param(
            TabletProbe("A", True, date(2026, 10, 5), 0), Light.GOOD, "5 Oktober", id="a day away"
        ),
        pytest.param(
            TabletProbe("A", True, date(2026, 10, 2), 0), Light.CARE, "Diam.", id="silent"
        ),
        pytest.param(
            TabletProbe("A", True, TODAY, 3), Light.CARE, "3 nomor belum sampai", id="gaps"
        ),
    ],
)
def test_tablets_are_told_one_by_one(
    healthy: Probes, tablet: TabletProbe, light: Light, words: str
) -> None:
    found = said(replace(healthy, tablets=(tablet,)), "Tablet A")
    assert found.light is light
    assert words in found.message


def test_a_weekend_and_a_holiday_are_no_silence(office: Instance) -> None:
    with_holiday = replace(office.office, holidays=(date(2026, 10, 6),))
    friday = date(2026, 10, 2)
    assert workdays_between(office.office, friday, date(2026, 10, 5)) == 0
    assert workdays_between(office.office, friday, TODAY) == 2
    assert workdays_between(with_holiday, friday, TODAY) == 1
    assert workdays_between(office.office, TODAY, TODAY) == 0


@pytest.mark.parametrize(
    ("now", "trace", "light", "words"),
    [
        pytest.param(datetime(2026, 10, 7, 10, tzinfo=WIB), TODAY, Light.GOOD, "10.00", id="ok"),
        pytest.param(
            datetime(2000, 1, 1, 0, 5, tzinfo=WIB), TODAY, Light.TROUBLE, "Mundur", id="battery"
        ),
        pytest.param(
            datetime(2028, 10, 7, 10, tzinfo=WIB), TODAY, Light.CARE, "Catatan", id="years ahead"
        ),
        pytest.param(datetime(2026, 10, 7, 3, tzinfo=UTC), TODAY, Light.CARE, "Zona", id="zone"),
        pytest.param(datetime(2026, 10, 7, 10, tzinfo=WIB), None, Light.GOOD, "", id="new"),
    ],
)
def test_a_clock_is_held_against_what_the_office_wrote_down(
    healthy: Probes, now: datetime, trace: date | None, light: Light, words: str
) -> None:
    probed = replace(healthy, now=now, database=replace(DATABASE, last_trace=trace))
    found = said(probed, "Jam komputer")
    assert found.light is light
    assert words in found.message


@pytest.mark.parametrize(
    ("free", "light"),
    [(2_000_000_000, Light.GOOD), (999_999_999, Light.CARE), (99_999_999, Light.TROUBLE)],
)
def test_a_disk_that_fills_up_is_told(healthy: Probes, free: int, light: Light) -> None:
    assert said(replace(healthy, free_bytes=free), "Ruang cakram").light is light


@pytest.mark.parametrize(
    ("folder", "by"),
    [
        (PureWindowsPath(r"C:\Users\loket\OneDrive - Kecamatan\skm"), "OneDrive - Kecamatan"),
        (PureWindowsPath(r"C:\Users\loket\OneDrive\skm"), "OneDrive"),
        (PurePosixPath("/home/loket/Dropbox/skm"), "Dropbox"),
        (PureWindowsPath(r"G:\My Drive\skm"), "My Drive"),
        (PurePosixPath("/home/loket/Google Drive/skm"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\loket\iCloudDrive\skm"), "iCloudDrive"),
        (PureWindowsPath(r"C:\skm"), None),
        (PurePosixPath("/home/megawati/skm"), None),
    ],
)
def test_a_folder_that_another_program_copies_away_is_known(
    healthy: Probes, folder: PurePosixPath | PureWindowsPath, by: str | None
) -> None:
    assert synced_by(folder) == by
    found = said(replace(healthy, folder=folder), "Folder kantor")
    assert found.light is (Light.TROUBLE if by else Light.GOOD)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/srv/kantor/skm", "cifs"), ("/srvx/skm", "ext4"), ("/mnt/ruang rapat/skm", "nfs4")],
)
def test_the_file_system_of_a_folder_is_the_one_mounted_nearest(folder: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//nas/k /srv cifs rw 0 0\nnas:/r /mnt/ruang\\040rapat nfs4 rw"
    )
    assert file_system(Path(folder), mounts) == kind


def test_a_share_is_no_place_for_a_database(healthy: Probes) -> None:
    assert said(replace(healthy, network_share=True), "Folder kantor").light is Light.TROUBLE


def test_a_server_that_is_off_matters_while_the_office_is_open(healthy: Probes) -> None:
    off = replace(healthy, serving=False)
    assert said(off, "Peladen").light is Light.CARE
    closing = datetime.combine(TODAY, time(16), WIB)
    assert said(replace(off, now=closing), "Peladen").light is Light.GOOD
    sunday = datetime(2026, 10, 4, 10, tzinfo=WIB)
    assert said(replace(off, now=sunday), "Peladen").light is Light.GOOD


def test_a_computer_that_tablets_look_for_elsewhere_is_trouble(healthy: Probes) -> None:
    probed = replace(healthy, moved=Fault("Alamat berubah"))
    assert said(probed, "Alamat") == Finding(Light.TROUBLE, "Alamat", "Alamat berubah.")


class TestLookedUp:
    """On a real office."""

    def test_a_new_office(self, office: Instance) -> None:
        probes = probe(office)
        assert probes.database == DatabaseProbe(exists=False)
        assert probes.backups == BackupProbe()
        assert not probes.serving
        assert probes.free_bytes > 0
        assert not office.database.exists(), "to look at an office makes no database"
        assert worst(findings(probes)) is not Light.TROUBLE

    def test_an_office_at_work(self, office: Instance, tmp_path: Path) -> None:
        stick = tmp_path / "diska"
        stick.mkdir()
        office = changed(
            office, 'kertas = "F4"', f'kertas = "F4"\ncadangan = "{stick.as_posix()}"'
        )
        form = office.questionnaire()
        with open_store(office) as store:
            token = tablets.add(store, "Loket 1")
            for seq in (1, 2, 5):
                Intake(store).receive(form, delivery(response(form), device=TABLET, seq=seq))
            tablet = tablets.find(store, token)
            assert tablet
            tablets.note_contact(store, tablet, TABLET, TODAY)
        back_up(office, datetime(2026, 10, 7, 10, tzinfo=WIB))
        probes = probe(office)
        assert probes.database.kept == "wal, full"
        assert probes.database.responses == 3
        assert probes.database.last_trace == TODAY
        assert probes.tablets == (TabletProbe("Loket 1", True, TODAY, 2),)
        assert probes.backups == BackupProbe(
            last=TODAY, second=stick, second_there=True, second_last=TODAY, same_disk=True
        )

    def test_a_damaged_database_and_a_broken_form(self, office: Instance) -> None:
        office.database.write_bytes(b"rusak " * 2000)
        broken = changed(office, "kecamatan-14", "tidak-ada")
        probes = probe(broken)
        assert "bukan basis data SKM" in (probes.database.fault or "")
        assert "tidak-ada" in (probes.form_fault or "")
        assert worst(findings(probes)) is Light.TROUBLE

    def test_a_database_that_a_restore_put_aside(self, office: Instance) -> None:
        open_store(office).close()
        now = datetime(2026, 10, 7, 10, tzinfo=WIB)
        restore(office.root, back_up(office, now).file, now)
        assert probe(office).backups.aside == ("skm-sebelum-pulih-2026-10-07.db",)

    def test_where_tablets_look_for_it(self, office: Instance) -> None:
        with open_store(office) as store:
            remember(store, ADDRESS, "192.0.2.77:8000")
        moved = probe(office).moved
        assert "seharusnya: 192.0.2.77:8000" in str(moved)
        with open_store(office) as store:
            remember(store, ADDRESS, f"{lan_address() or '127.0.0.1'}:8000")
        assert probe(office).moved is None

    @pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
    def test_a_key_that_others_can_read(self, office: Instance) -> None:
        assert probe(office).key_readable_by_others is None
        office.secret_key.write_text("k" * 64)
        office.secret_key.chmod(0o644)
        assert probe(office).key_readable_by_others is True
        office.secret_key.chmod(0o600)
        assert probe(office).key_readable_by_others is False

    def test_a_running_server_knows_where_tablets_reach_it(self, office: Instance) -> None:
        with open_store(office) as store:
            token = tablets.add(store, "Loket 1")
        with running(office, "--lan") as server:
            assert probe(office).serving
            assert server.deliver(token, message(office.questionnaire()))[0] == 201
            assert probe(office).address is None, "a loopback address tells a tablet nothing"
            port = int(server.url.rpartition(":")[2])
            lan = lan_address()
            outside = replace(server, url=addresses("0.0.0.0", port)[-1])
            assert outside.deliver(token, message(office.questionnaire(), 2))[0] == 201
            assert probe(office).address == (f"{lan}:{port}" if lan else None)
        assert not probe(office).serving
