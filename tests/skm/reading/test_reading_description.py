"""A dry run: how a file was understood, for officers and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from officers_files import U9, Row, write_csv

from skm import resources
from skm.form import all_forms, find_form
from skm.reading.cells import read_cells
from skm.reading.description import describe_sheet, describe_table, sheet_lines, table_lines
from skm.reading.response_sheet import examine
from skm.reading.score_table import read_score_table

FORMS = all_forms(None)


def test_every_column_is_named_with_its_meaning_and_no_person_is(tmp_path: Path) -> None:
    header = ["NO", "NAMA", "USIA", "Kecamatan", *U9, "SARAN"]
    rows: list[Row] = [
        header,
        [1, "Fulan", 40, "Pakusari", *[4] * 9, "Terima kasih Fulan"],
        ["Jumlah"],
    ]
    lines = sheet_lines(examine(read_cells(write_csv(tmp_path, rows)), FORMS))
    assert lines[1:7] == [
        "Formulir: permenpanrb-14-2017",
        "Kolom:",
        "  A «NO» = tidak dibaca",
        "  B «NAMA» = tidak dibaca",
        "  C «USIA» = profil usia",
        "  D «Kecamatan» = tidak dibaca",
    ]
    assert "  E «U1» = pertanyaan persyaratan (nomor U)" in lines
    assert "  N «SARAN» = saran" in lines
    assert "Responden: 1" in lines
    assert "  baris 2: baris penutup: Jumlah" in lines
    assert "Fulan" not in "\n".join(lines)


def test_a_sheet_that_cannot_be_read_says_what_is_missing_and_what_is_wrong(
    tmp_path: Path,
) -> None:
    file = write_csv(tmp_path, [U9[:8], [4, 4, 5, *[4] * 5]])
    examination = examine(read_cells(file), FORMS, find_form("permenpanrb-14-2017"))
    lines = sheet_lines(examination)
    assert "Pertanyaan tanpa kolom: sarpras" in lines
    assert "Yang harus dibetulkan:" in lines
    assert not any(line.startswith("Responden") for line in lines)
    document = describe_sheet(examination)
    assert (document["missing"], document["respondents"]) == (["sarpras"], None)
    assert len(document["faults"]) == 2


def test_the_document_of_a_sheet_is_json_without_texts_of_respondents(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [["NIK", *U9], ["3509", *[4] * 9]])
    document = describe_sheet(examine(read_cells(file), FORMS))
    text = json.dumps(document, ensure_ascii=False)
    assert "3509" not in text
    assert document["columns"][0] == {
        "column": "A",
        "header": "NIK",
        "role": "pribadi",
        "code": None,
        "how": None,
    }
    assert document["respondents"] == 1
    assert {notice["code"] for notice in document["notices"]} == {"number-order"}


def test_the_table_of_2020_is_described_row_by_row() -> None:
    file = resources.folder("instance") / "skm" / "2020.csv"
    table = read_score_table(read_cells(file), None, FORMS, "auto", "printed")
    lines = table_lines(table)
    assert "Isi sel: persentase" in lines
    assert "  baris 1: Persyaratan = persyaratan; tanpa sebaran" in lines
    assert "  baris 7: Kesopanan petugas = kesopanan; 0 / 10 / 90 / 5" in lines
    document = describe_table(table)
    assert len(document["elements"]) == 14
    assert document["elements"][8]["printed_score"] == 47.5
    assert json.loads(json.dumps(document)) == document
