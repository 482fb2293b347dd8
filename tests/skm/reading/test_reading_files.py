"""Files: every dialect is read, and whatever else is handed over is told, never a traceback."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from bad_files import BAD_FILES, TABLE, bytes_of, workbook_bytes
from hypothesis import given
from hypothesis import strategies as st
from officers_files import U9, Row, csv_bytes, read_sheet, write_csv, write_xlsx
from openpyxl.utils import get_column_letter

from skm.errors import SkmError
from skm.reading.cells import column_letters, read_cells


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings_of_offices(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    file = tmp_path / "survei.csv"
    file.write_bytes(mark + csv_bytes([*TABLE, [3, *["–"] * 9]], separator, encoding))
    sheet = read_sheet(file)
    assert sheet.table.levels[:, :2].tolist() == [[4, 3]] * 9


def test_excels_own_line_about_the_separator_is_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "survei.csv"
    file.write_bytes(b"sep=;\r\n" + csv_bytes(TABLE, ";"))
    assert len(read_sheet(file).table) == 2


def test_a_semicolon_file_with_decimal_commas_is_cut_at_semicolons(tmp_path: Path) -> None:
    rows = [["element", "skor"], ["a", "72,5"], ["b", "67,5"]]
    (cells,) = read_cells(write_csv(tmp_path, rows, ";"))
    assert cells.rows == [list(row) for row in rows]


def test_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    rows: list[Row] = [["NO", "SARAN", *U9], [1, "17–25 tahun, café", *[4] * 9]]
    sheet = read_sheet(write_csv(tmp_path, rows, encoding="cp1252"))
    assert sheet.texts["saran"] == ("17–25 tahun, café",)
    assert any("Windows-1252" in notice.message for notice in sheet.notices)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_three_systems(tmp_path: Path, newline: bytes) -> None:
    file = tmp_path / "survei.csv"
    file.write_bytes(csv_bytes(TABLE).replace(b"\r\n", newline))
    assert len(read_sheet(file).table) == 2


def test_what_a_file_is_is_seen_from_its_content_not_its_name(tmp_path: Path) -> None:
    renamed = write_xlsx(tmp_path, TABLE).rename(tmp_path / "survei.csv")
    assert len(read_sheet(renamed).table) == 2
    text = write_csv(tmp_path, TABLE).rename(tmp_path / "survei.xlsx")
    assert len(read_sheet(text).table) == 2


def test_hidden_and_empty_sheets_are_not_looked_at(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in TABLE:
        page.append(list(row))
    old = book.create_sheet("Lama")
    for row in TABLE:
        old.append(list(row))
    old.sheet_state = "hidden"
    book.create_sheet("Kosong")
    file = tmp_path / "buku.xlsx"
    book.save(file)
    assert [cells.sheet for cells in read_cells(file)] == ["Sheet"]


def test_dates_times_and_truths_of_a_workbook_are_texts_a_person_knows(tmp_path: Path) -> None:
    from datetime import date, datetime, time

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    stamp = datetime(2026, 10, 8, 9, 13, 22)
    page.append([date(2026, 10, 8), stamp, time(9, 15), True, 4.0, 0.1 + 0.2, 1e20, " x "])
    file = tmp_path / "buku.xlsx"
    book.save(file)
    (cells,) = read_cells(file)
    assert cells.rows == [
        [
            *("2026-10-08", "2026-10-08 09:13:22", "09:15:00", "true", "4", "0,3"),
            *("100000000000000000000", " x "),
        ]
    ]


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_told_and_nothing_is_read(tmp_path: Path, case: str) -> None:
    make, told = BAD_FILES[case]
    file = make(tmp_path)
    with pytest.raises(SkmError) as refused:
        read_sheet(file)
    assert told in str(refused.value)
    assert refused.value.exit_status == 2


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_csv(tmp_path, TABLE)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SkmError, match="tidak dapat dibaca"):
        read_cells(file)


@given(st.binary(max_size=300))
def test_any_bytes_are_cells_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = bytes_of(content)(tmp_path_factory.mktemp("bita"))
    try:
        (cells,) = read_cells(file)
    except SkmError:
        return
    assert all(isinstance(text, str) for row in cells.rows for text in row)


@given(st.binary(max_size=60), st.integers(0, 5000))
def test_a_damaged_workbook_is_cells_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, place: int
) -> None:
    folder = tmp_path_factory.mktemp("rusak")
    content = bytearray(workbook_bytes(folder))
    place = min(place, len(content))
    content[place : place + len(damage)] = damage
    try:
        sheets = read_cells(bytes_of(bytes(content))(folder))
    except SkmError:
        return
    assert sheets


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12
)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=8),
    separator=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_table_written_in_any_dialect_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, encoding: str
) -> None:
    marked = [["aksara", "é–", "x"], *([f"x{cell}" for cell in row] for row in rows)]
    others = {",", ";", "\t"} - {separator}
    plain = [["".join(c for c in cell if c not in others) for cell in row] for row in marked]
    (cells,) = read_cells(write_csv(tmp_path_factory.mktemp("dialek"), plain, separator, encoding))
    assert [list(row) for row in cells.rows] == plain


@given(st.integers(0, 18_277))
def test_column_letters_are_those_of_openpyxl(column: int) -> None:
    assert column_letters(column) == get_column_letter(column + 1)
