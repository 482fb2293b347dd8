"""Importing into a store: the whole file or nothing, and never anything twice."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from bad_files import BAD_FILES
from officers_files import U9, Row, write_csv

from skm.errors import SkmError
from skm.form import find_form
from skm.import_file import ImportRequest, import_file, preview_file
from skm.instance import Instance
from skm.store import open_store
from skm.store.rows import read_table

FORM = "permenpanrb-14-2017"
GOOD: list[Row] = [["TANGGAL", *U9], *(["2026-10-05", *[level] * 9] for level in (2, 3, 4, 4))]


def request(office: Instance, file: Path, map_file: Path | None = None) -> ImportRequest:
    return ImportRequest.of(office, file, FORM, map_file, None)


def content(office: Instance) -> str:
    """Everything in the database, as one digest."""
    with open_store(office) as store:
        return sha256("\n".join(store.reader.iterdump()).encode()).hexdigest()


def stored(office: Instance) -> int:
    with open_store(office) as store:
        return len(read_table(store, find_form(FORM)))


@pytest.fixture
def started(office: Instance, tmp_path: Path) -> Instance:
    """An office that has imported a good file."""
    import_file(office, request(office, write_csv(tmp_path, GOOD)))
    assert stored(office) == 4
    return office


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_changes_nothing_in_the_database(
    started: Instance, tmp_path: Path, case: str
) -> None:
    before = content(started)
    make, _ = BAD_FILES[case]
    with pytest.raises(SkmError):
        import_file(started, request(started, make(tmp_path)))
    assert content(started) == before


def test_one_bad_row_among_good_ones_keeps_the_whole_file_out(
    started: Instance, tmp_path: Path
) -> None:
    before = content(started)
    folder = tmp_path / "kedua"
    folder.mkdir()
    rows: list[Row] = [*GOOD, ["2026-10-06", *[4] * 8, 5]]
    with pytest.raises(SkmError, match="baris 5"):
        import_file(started, request(started, write_csv(folder, rows)))
    assert content(started) == before


def test_a_file_imported_twice_and_a_grown_one_add_only_what_is_new(
    started: Instance, tmp_path: Path
) -> None:
    file = write_csv(tmp_path, [*GOOD, ["2026-10-06", *[4] * 9], ["2026-10-06", *[4] * 9]])
    _, first = import_file(started, request(started, file))
    _, second = import_file(started, request(started, file))
    assert (first["stored"], first["known"]) == (2, 4)
    assert (second["stored"], second["known"]) == (0, 6)
    assert stored(started) == 6


def test_a_dry_run_stores_nothing_and_writes_a_map_that_the_import_takes(
    office: Instance, tmp_path: Path
) -> None:
    odd: list[Row] = [["TANGGAL", *U9[:8], "Fasilitas loket"], ["2026-10-05", *[4] * 9]]
    file, map_file = write_csv(tmp_path, odd), tmp_path / "peta.toml"
    lines, document = preview_file(office, request(office, file, map_file))
    assert stored(office) == 0
    assert document["missing"] == ["sarpras"]
    assert any("Fasilitas loket" in line for line in lines)
    with pytest.raises(SkmError, match="Fasilitas loket"):
        import_file(office, request(office, file, map_file))
    decided = map_file.read_text().replace('"Fasilitas loket" = "?"', "")
    map_file.write_text(
        decided.replace("[pertanyaan]", '[pertanyaan]\n"Fasilitas loket" = "sarpras"')
    )
    import_file(office, request(office, file, map_file))
    assert stored(office) == 1


def test_a_map_that_is_not_there_is_told(office: Instance, tmp_path: Path) -> None:
    file = write_csv(tmp_path, GOOD)
    with pytest.raises(SkmError, match="--dry-run"):
        import_file(office, request(office, file, tmp_path / "tidak-ada.toml"))


def test_names_and_nik_are_never_stored(office: Instance, tmp_path: Path) -> None:
    rows: list[Row] = [
        ["TANGGAL", "NAMA", "NIK", "No HP", *U9],
        ["2026-10-05", "Warga Contoh", "3509000000000001", "081234567890", *[4] * 9],
    ]
    lines, _ = import_file(office, request(office, write_csv(tmp_path, rows)))
    assert any("Data pribadi tidak dibaca" in line for line in lines)
    for kept in ("Warga Contoh", "3509000000000001", "081234567890"):
        assert all(
            kept.encode() not in file.read_bytes()
            for file in office.root.rglob("*")
            if file.is_file()
        )
