"""CSV that Excel opens and skm reads back, JSON and Parquet for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet  # type: ignore[import-untyped]
import pytest
from answering import response
from monthly import AFTER, OCTOBER, fill, month_with, people
from offices import changed

from skm import instance
from skm.errors import SkmError
from skm.export.flat_files import guarded, write_csv, write_json, write_parquet
from skm.export.month import MonthExport, gather
from skm.export.sheet import SIMULATED
from skm.file_scores import Choices, score_file
from skm.form import shipped_forms
from skm.importing import read_import
from skm.instance import Instance
from skm.reading.cells import read_cells
from skm.reading.response_sheet import read_response_sheet
from skm.responses import ResponseTable
from skm.store import open_store


def csv_of(folder: Path, month: MonthExport) -> Path:
    file = folder / "skm.csv"
    write_csv(file, month)
    return file


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened, delimiter=";"))


def test_csv_is_what_indonesian_excel_expects(office: Instance, tmp_path: Path) -> None:
    content = csv_of(tmp_path, month_with(office)).read_bytes()
    head, first, *_ = content.decode("utf-8").split("\r\n")
    assert head.startswith("\ufefftanggal;setengah hari;layanan;kanal;persyaratan;prosedur;")
    assert head.endswith(";keamanan;jenis_kelamin;usia;pendidikan;pekerjaan;disabilitas")
    assert first.startswith("2026-10-")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_skm_score_gives_the_csv_the_index_of_the_period(office: Instance, tmp_path: Path) -> None:
    month = month_with(office)
    scored, origin = score_file(csv_of(tmp_path, month), Choices(shipped_forms(), scale="2017"))
    assert origin.values == "raw"
    assert scored.card == month.assessment.card


def test_skm_import_reads_the_csv_back_answer_for_answer(office: Instance, tmp_path: Path) -> None:
    month = month_with(office)
    sheet = read_response_sheet(read_cells(csv_of(tmp_path, month)), shipped_forms())
    read = read_import(sheet, office.office, today=AFTER)
    assert (read.notices, read.unknown_values) == ((), {})
    again = [row.response for row in read.rows]
    assert as_told(ResponseTable.of(again, month.released.questions)) == as_told(month.released)
    halves = month.released.columns["half_day"].tolist()
    assert [each.half_day for each in again] == halves


def as_told(table: ResponseTable) -> list[tuple[object, ...]]:
    """What a row of the CSV says of a person."""
    names = ["day", "service", *(name for name in table.columns if name.startswith("profile."))]
    told = {name: table.columns[name].tolist() for name in sorted(names)}
    known = [values for values in told.values() if any(values)]
    return list(zip(table.levels.T.tolist(), *known, strict=True))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"],
)
def test_no_cell_of_the_csv_begins_as_a_formula_does(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded(f"x{text}") == f"x{text}"


def test_names_of_the_office_are_guarded_too(office: Instance, tmp_path: Path) -> None:
    hostile = changed(office, 'nama = "KTP-el"', "nama = '=HYPERLINK(A1;\"x\")'")
    form = hostile.questionnaire()
    month = month_with(hostile, [response(form, service="ktp-el") for _ in range(5)])
    file = csv_of(tmp_path, month)
    assert {row[2] for row in rows_of(file)[1:]} == {'\'=HYPERLINK(A1;"x")'}
    cells = [cell for row in rows_of(file) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_rows_that_are_not_released_are_in_no_file(office: Instance, tmp_path: Path) -> None:
    form = office.questionnaire()
    answered = [response(form, 4) for _ in range(6)]
    month = month_with(office, answered, today=answered[0].day)
    assert len(month.everyone) == 6
    assert len(rows_of(csv_of(tmp_path, month))) == 1
    write_parquet(tmp_path / "skm.parquet", month)
    assert pyarrow.parquet.read_table(tmp_path / "skm.parquet").num_rows == 0


def test_no_flat_file_holds_a_comment(office: Instance, tmp_path: Path) -> None:
    form = office.questionnaire()
    month = month_with(office, [response(form, comment="kursi patah") for _ in range(6)])
    for write in (write_csv, write_json, write_parquet):
        file = tmp_path / "skm"
        write(file, month)
        assert b"kursi" not in file.read_bytes()


def test_simulated_rows_say_so_in_every_file(office: Instance, tmp_path: Path) -> None:
    month = month_with(office, people(office.questionnaire(), office, simulated=True))
    head, *rows = rows_of(csv_of(tmp_path, month))
    assert head[-1] == "keterangan"
    assert {row[-1] for row in rows} == {SIMULATED}
    write_json(tmp_path / "skm.json", month)
    assert json.loads((tmp_path / "skm.json").read_text())["simulated"] is True
    write_parquet(tmp_path / "skm.parquet", month)
    read = pyarrow.parquet.read_table(tmp_path / "skm.parquet")
    assert read.schema.metadata[b"note"].decode() == SIMULATED
    assert set(read["simulated"].to_pylist()) == {True}


def test_json_holds_the_result_and_the_counts_it_comes_from(
    office: Instance, tmp_path: Path
) -> None:
    month = month_with(office)
    file = tmp_path / "skm.json"
    write_json(file, month)
    document = json.loads(file.read_text(encoding="utf-8"))
    card = month.assessment.card
    assert document["index"] == pytest.approx(float(card.index or 0), abs=1e-12)
    assert (document["period"], document["respondents"]) == ("2026-10", card.respondents)
    for element, counted in zip(document["elements"], document["distribution"], strict=True):
        levels = sum(level * n for level, n in enumerate(counted["counts"], 1))
        assert element["mean_level"] == pytest.approx(levels / sum(counted["counts"]), abs=1e-12)


def test_parquet_holds_what_was_answered(office: Instance, tmp_path: Path) -> None:
    month = month_with(office)
    file = tmp_path / "skm.parquet"
    write_parquet(file, month)
    read = pyarrow.parquet.read_table(file)
    assert read["date"].to_pylist() == month.released.columns["day"].tolist()
    assert read["service"].to_pylist() == month.released.columns["service"].tolist()
    for code, levels in zip(month.released.questions, month.released.levels, strict=True):
        assert read[f"q_{code}"].to_pylist() == [level or None for level in levels.tolist()]
    assert read.schema.metadata[b"period"] == b"2026-10"


def test_without_its_package_parquet_says_what_to_install(
    office: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SkmError, match=r"pip install .skm-lkip\[parquet\]"):
        write_parquet(tmp_path / "skm.parquet", month_with(office))


@pytest.mark.parametrize("write", [write_csv, write_json, write_parquet])
def test_the_same_responses_give_the_same_bytes(
    tmp_path: Path, write: Callable[[Path, MonthExport], None]
) -> None:
    contents = set()
    for name, turn in (("satu", 1), ("dua", -1)):
        office = instance.init(tmp_path / name)
        form = office.questionnaire()
        with open_store(office) as store:
            fill(store, form, people(form, office)[::turn])
            write(tmp_path / "skm", gather(store, office, OCTOBER, AFTER))
        contents.add((tmp_path / "skm").read_bytes())
    assert len(contents) == 1


def test_skipped_answers_are_empty_cells(office: Instance, tmp_path: Path) -> None:
    form = office.questionnaire()
    answered = [
        replace(each, answers={**each.answers, "prosedur": None})
        for each in [response(form, 2) for _ in range(5)]
    ]
    head, *rows = rows_of(csv_of(tmp_path, month_with(office, answered)))
    at = head.index("prosedur")
    assert {(row[at], row[at + 1]) for row in rows} == {("", "2")}
