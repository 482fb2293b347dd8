"""Whatever is wrong with the store is found and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from answering import delivery, response

from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.store import open_store
from skm.store.backup import back_up
from skm.store.intake import Intake
from skm.store.verify import verify

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
IDS = [f"{number:032x}" for number in range(1, 8)]


@pytest.fixture
def form(office: Instance) -> Form:
    form = office.questionnaire()
    with open_store(office) as store:
        for row_id in IDS:
            Intake(store).receive(form, delivery(response(form, id=row_id, comment="saran")))
    return form


def found(office: Instance) -> dict[str, tuple[str, ...]]:
    return {verdict.subject: verdict.faults for verdict in verify(office) if verdict.faults}


def harm(office: Instance, *statements: str) -> None:
    """Change the database as no code of ours does."""
    with closing(sqlite3.connect(office.database, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            db.execute(statement.replace("{table}", "response_kecamatan_14"))


def test_a_sound_office_has_no_faults(office: Instance, form: Form) -> None:
    back_up(office, NOW)
    assert found(office) == {}
    assert len(verify(office)) == 7


def test_an_office_that_was_never_served_has_nothing_to_look_at(office: Instance) -> None:
    with pytest.raises(SkmError, match="Belum ada basis data"):
        verify(office)
    assert not office.database.exists()


@pytest.mark.parametrize(
    ("statement", "subject", "said"),
    [
        pytest.param(
            f"DELETE FROM receipt WHERE id = '{IDS[0]}'",
            "Jawaban dan tanda terima",
            f"1 jawaban tanpa tanda terima: {IDS[0]}",
            id="a response without receipt",
        ),
        pytest.param(
            "DELETE FROM {table}",
            "Jawaban dan tanda terima",
            f"7 tanda terima tanpa jawabannya: {', '.join(IDS[:5])}, …",
            id="receipts without their responses",
        ),
        pytest.param(
            f"UPDATE receipt SET form = 'lain' WHERE id = '{IDS[3]}'",
            "Jawaban dan tanda terima",
            f"1 tanda terima tanpa jawabannya: {IDS[3]}",
            id="a receipt of another form",
        ),
        pytest.param(
            f"UPDATE receipt SET state = 'deleted' WHERE id = '{IDS[1]}'",
            "Jawaban dan tanda terima",
            f"1 jawaban yang sudah dihapus atau dimusnahkan tetapi masih ada: {IDS[1]}",
            id="a deleted response that is there",
        ),
        pytest.param(
            "INSERT INTO {table} SELECT '2026-11', id, '2026-11-05', half_day, service, channel, "
            "language, helped, flags, simulated, q_persyaratan, q_prosedur, q_kecepatan, "
            "q_pungutan, q_hasil, q_kemampuan, q_kesopanan, q_standar, q_pengaduan, "
            "q_alur_petugas, q_jadwal, q_kenyamanan, q_ketepatan_waktu, q_keamanan, "
            "p_jenis_kelamin, p_usia, p_pendidikan, p_pekerjaan, p_disabilitas "
            f"FROM {{table}} WHERE id = '{IDS[2]}'",
            "Jawaban dan tanda terima",
            f"1 jawaban tersimpan lebih dari sekali: {IDS[2]}",
            id="a response twice",
        ),
        pytest.param(
            f"DELETE FROM {{table}} WHERE id = '{IDS[4]}'",
            "Jawaban dan tanda terima",
            f"1 tanda terima tanpa jawabannya: {IDS[4]}",
            id="a comment whose response is gone",
        ),
        pytest.param(
            f"UPDATE {{table}} SET q_prosedur = 5 WHERE id = '{IDS[0]}'",
            "Nilai jawaban",
            f"1 nilai di luar 1-4 pada prosedur: {IDS[0]}",
            id="a level out of range",
        ),
        pytest.param(
            f"DELETE FROM receipt WHERE id = '{IDS[0]}'",
            "Berkas basis data",
            "menunjuk ke tabel receipt yang tidak memuatnya",
            id="a reference to nothing",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_named(
    office: Instance, form: Form, statement: str, subject: str, said: str
) -> None:
    harm(office, statement)
    assert any(said in fault for fault in found(office)[subject])


def test_a_deletion_that_the_list_does_not_hold_is_found(office: Instance, form: Form) -> None:
    harm(
        office,
        f"DELETE FROM {{table}} WHERE id = '{IDS[0]}'",
        f"DELETE FROM comment WHERE id = '{IDS[0]}'",
        f"UPDATE receipt SET state = 'deleted' WHERE id = '{IDS[0]}'",
    )
    said = f"1 penghapusan yang tidak tercatat di deletions.log: {IDS[0]}"
    assert found(office) == {"Penghapusan": (said,)}
    with open_store(office) as store:
        store.deletions.add([IDS[0]])
    assert found(office) == {}


def test_what_the_list_says_is_gone_must_be_gone(office: Instance, form: Form) -> None:
    with open_store(office) as store:
        store.deletions.add([IDS[0]])
    assert found(office)["Penghapusan"] == (
        f"1 isi tabel response_kecamatan_14 yang menurut daftar sudah dihapus: {IDS[0]}",
        f"1 isi tabel comment yang menurut daftar sudah dihapus: {IDS[0]}",
    )


def test_a_purged_year_must_be_gone(office: Instance, form: Form) -> None:
    with open_store(office) as store:
        store.deletions.add(purged_until=date(2026, 12, 31))
    (fault,) = found(office)["Penghapusan"]
    assert fault.startswith("7 jawaban sampai 2026-12-31, yang seharusnya sudah dimusnahkan")


def test_what_was_made_of_a_comment_must_be_gone_with_it(office: Instance, form: Form) -> None:
    handled = "INSERT INTO comment_handling (id, month, published, who, day) VALUES"
    harm(office, f"{handled} ('{IDS[2]}', '2026-10', 0, 'loket', '2026-10-20')")
    assert found(office) == {}
    with open_store(office) as store:
        store.deletions.add([], date(2026, 12, 31))
    assert any(
        "1 tanggapan saran sampai 2026-12-31" in each for each in found(office)["Penghapusan"]
    )


def test_a_damaged_database_is_told_and_the_backups_are_looked_at_all_the_same(
    office: Instance, form: Form
) -> None:
    made = back_up(office, NOW)
    made.file.write_bytes(made.file.read_bytes()[:-500])
    office.database.write_bytes(b"rusak " * 2000)
    faults = found(office)
    assert "bukan basis data SKM" in faults["Berkas basis data"][0]
    assert made.file.name in faults["Berkas cadangan"][0]


def test_a_damaged_page_is_told(office: Instance, form: Form) -> None:
    with closing(sqlite3.connect(office.database)) as db:
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'receipt'")
        db.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(office.database.read_bytes())
    content[(page - 1) * 4096 + 200 : page * 4096] = b"\xff" * (4096 - 200)
    office.database.write_bytes(content)
    assert found(office)
