"""Answer cells: a level, a label of the question, an option letter, or nothing; never a guess."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from officers_files import NINE, U9, Row, read_sheet, write_csv, write_xlsx

from skm.errors import SkmError
from skm.form import all_forms, find_form
from skm.reading.answers import AnswerReader
from skm.reading.column_map import ColumnMap
from skm.reading.spellings import fold, shipped_spellings

FORM_2017 = "permenpanrb-14-2017"


@cache
def reader_of(question: str, form: str = FORM_2017) -> AnswerReader:
    return AnswerReader(find_form(form).question(question), shipped_spellings())


def level(text: str, question: str = "persyaratan", form: str = FORM_2017) -> int | None:
    """The level of a cell, 0 for no answer, None where it is refused."""
    return reader_of(question, form).read([text]).levels.get(text)


def reason(text: str, question: str = "persyaratan") -> str:
    return reader_of(question).read([text]).refused[text]


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("1", "persyaratan", 1),
        ("4.0", "persyaratan", 4),
        ("4,0", "persyaratan", 4),
        (" 3 ", "persyaratan", 3),
        ("4. Gratis", "biaya", 4),
        ("4 - Gratis", "biaya", 4),
        ("3 Murah", "biaya", 3),
        ("Gratis (4)", "biaya", 4),
        ("d. Sangat sesuai", "persyaratan", 4),
        ("A", "persyaratan", 1),
        ("a", "persyaratan", 1),
        ("b)", "persyaratan", 2),
        ("(D)", "persyaratan", 4),
        ("Tidak Sesuai ", "persyaratan", 1),
        ("Sesuai ", "persyaratan", 3),
        ("Cukup  Mahal", "biaya", 2),
        ("Sangat baik", "sarpras", 4),
        ("Sangat Baik", "sarpras", 4),
        ("SANGAT SESUAI", "persyaratan", 4),
        ("Tidak Mudahs", "prosedur", 1),
        ("Sulit", "prosedur", 1),
        ("Lambat", "waktu", 1),
        ("Lumayan lambat", "waktu", 2),
        ("Mahal", "biaya", 1),
        ("Gratis", "biaya", 4),
        ("Kurang sopan", "perilaku", 2),
        ("Buruk", "sarpras", 1),
        ("Cukup", "sarpras", 2),
        ("Tidak ada", "pengaduan", 1),
        ("Dikelola dengan baik", "pengaduan", 4),
        ("Sangat Mudah", "persyaratan", 4),
        ("Sangat wajar", "biaya", 4),
        ("Tidak mampu", "kompetensi", 1),
        ("Berkualitas", "produk", 3),
        ("Sangat Setuju", "persyaratan", 4),
        ("", "persyaratan", 0),
        ("   ", "persyaratan", 0),
        ("-", "persyaratan", 0),
        ("tidak diisi", "persyaratan", 0),
    ],
)
def test_what_officers_write_is_read(text: str, question: str, expected: int) -> None:
    assert level(text, question) == expected


def test_the_fourteen_read_selalu_tepat_waktu() -> None:
    words = [
        "Selalu tidak tepat",
        "Kadang tepat waktu",
        "Banyak tepat waktu",
        "Selalu Tepat Waktu",
    ]
    assert [level(word, "jadwal", "kecamatan-14") for word in words] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5", "nilai di luar 1 sampai 4"),
        ("0", "nilai di luar 1 sampai 4"),
        ("3,5", "nilai di luar 1 sampai 4"),
        ("-1", "nilai di luar 1 sampai 4"),
        ("44", "nilai di luar 1 sampai 4"),
        ("100%", "bukan jawaban"),
        ("e", "bukan jawaban"),
        ("A+", "bukan jawaban"),
        ("#REF!", "bukan jawaban"),
        ("=1+1", "bukan jawaban"),
        ("2026-03-04", "bukan jawaban"),
        ("baik sekali", "bukan jawaban"),
        ("1. Sangat sesuai", "angkanya 1, tetapi «sangat sesuai» adalah jawaban 4"),
        ("d. Tidak sesuai", "angkanya 4"),
        ("4. Entah", "bukan jawaban"),
        ("Tidak setuju", "dapat berarti 1 atau 2"),
    ],
)
def test_what_is_not_sure_is_refused_with_its_reason(text: str, why: str) -> None:
    assert level(text) is None
    assert why in reason(text)


def test_a_letter_is_an_option_and_never_a_grade() -> None:
    assert [level(letter) for letter in "ABCD"] == [1, 2, 3, 4]


def test_tidak_sesuai_is_one_of_four_here_and_two_of_four_there() -> None:
    assert level("Tidak sesuai") == 1
    assert level("Tidak sesuai", "kesesuaian_syarat", "pernyataan-16-a") == 2


@pytest.mark.parametrize("form", [form.id for form in all_forms(None)])
def test_every_label_of_every_form_is_read_as_its_level(form: str) -> None:
    for question in find_form(form).questions:
        reader = AnswerReader(question, shipped_spellings())
        for expected, label in enumerate(question.labels, start=1):
            for written in (label, label.upper(), f"{expected}. {label}", f"  {label} ."):
                assert reader.read([written]).levels[written] == expected, (form, written)


@pytest.mark.parametrize(
    ("labels", "question"),
    [
        (["Sangat tidak sesuai", "Tidak sesuai", "Sesuai"], "persyaratan"),
        (["Sangat mahal", "Mahal", "Cukup mahal", "Murah", "Gratis"], "biaya"),
        (["Buruk", "Kurang baik", "Cukup", "Baik", "Sangat baik"], "sarpras"),
    ],
)
def test_a_column_with_a_scale_of_five_is_refused(labels: list[str], question: str) -> None:
    refused = reader_of(question).read(labels).refused
    assert "lebih dari empat" in " ".join(refused.values())


def test_two_scales_in_one_sheet_are_refused(tmp_path: Path) -> None:
    first = ["Sangat tidak sesuai", *[""] * 8]
    second = ["", "Tidak mudah", *[""] * 7]
    with pytest.raises(SkmError, match="Label dua skala"):
        read_sheet(write_csv(tmp_path, [U9, first, second]))


def test_labels_of_another_set_are_read_and_told(tmp_path: Path) -> None:
    rows = [U9, ["Sangat Mudah", *[""] * 8]]
    sheet = read_sheet(write_csv(tmp_path, rows))
    assert sheet.table.levels[0, 0] == 4
    assert [notice.field for notice in sheet.notices if notice.code == "foreign-label"] == ["U1"]


def test_the_map_says_what_an_unknown_label_means(tmp_path: Path) -> None:
    rows = [U9, ["Mantap", "Tidak setuju", *["3"] * 7]]
    file = write_csv(tmp_path, rows)
    with pytest.raises(SkmError, match="Mantap"):
        read_sheet(file)
    decided = ColumnMap(answers={"persyaratan": {"mantap": 4}, "prosedur": {"Tidak setuju": 0}})
    assert read_sheet(file, column_map=decided).table.levels[:2, 0].tolist() == [4, 0]


def test_one_five_names_row_column_and_cell(tmp_path: Path) -> None:
    rows: list[Row] = [["NO", *U9], [1, *[4] * 9], [], [2, *[4] * 4, 5, *[4] * 4]]
    with pytest.raises(SkmError) as refused:
        read_sheet(write_xlsx(tmp_path, rows))
    (fault,) = refused.value.faults
    assert (fault.row, fault.field, fault.found) == (3, "U5 (sel F4)", "5")


def test_a_whole_sheet_of_one_to_five_is_told_as_such(tmp_path: Path) -> None:
    rows: list[Row] = [U9, *[[5, 4, 3, 2, 1, 5, 5, 4, 3]] * 30]
    with pytest.raises(SkmError) as refused:
        read_sheet(write_csv(tmp_path, rows))
    text = str(refused.value)
    assert "90 sel bernilai 5: lembar ini tampaknya memakai skala 1 sampai 5" in text
    assert "Dan 70 sel lain" in text
    assert len(refused.value.faults) == 22


def test_every_answer_counts_also_beyond_any_needed_sample(tmp_path: Path) -> None:
    """Public systems were seen to count only the best 96 %, or only the needed sample."""
    rows: list[Row] = [NINE, *[[1] * 9] * 60, *[[4] * 9] * 440]
    counted = read_sheet(write_csv(tmp_path, rows)).table.distribution()
    assert counted.respondents == 500
    assert counted.row("waktu") == (60, 0, 0, 440)


def test_people_without_any_answer_are_no_respondents(tmp_path: Path) -> None:
    people: list[Row] = [[1, "tutup?", *[""] * 9], [2, "", *[4] * 9], [""] * 11]
    sheet = read_sheet(write_csv(tmp_path, [["NO", "SARAN", *U9], *people]))
    assert sheet.table.distribution().respondents == 1
    assert [(row.row, row.reason) for row in sheet.left_out] == [(1, "tanpa satu jawaban pun")]
    assert sheet.rows.tolist() == [2]


CELLS = st.sampled_from(["1", "2", "3", "4", "", "4.0", "c", "Sesuai"])


@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=30))
def test_a_sheet_reads_cell_by_cell_what_the_reader_of_one_cell_says(
    tmp_path_factory: pytest.TempPathFactory, people: list[list[str]]
) -> None:
    expected = np.array(
        [
            [_level_in_2017(text, code) for text, code in zip(row, NINE, strict=True)]
            for row in people
        ]
    )
    answered = expected.any(axis=1)
    file = write_csv(tmp_path_factory.mktemp("sheet"), [NINE, *people])
    if not answered.any():
        with pytest.raises(SkmError, match="Tidak ada satu jawaban pun"):
            read_sheet(file)
        return
    sheet = read_sheet(file)
    assert sheet.table.levels.T.tolist() == expected[answered].tolist()
    assert sheet.rows.tolist() == (np.flatnonzero(answered) + 1).tolist()


def _level_in_2017(text: str, question: str) -> int:
    read = level(text, question)
    assert read is not None
    return read


@given(st.text(max_size=30))
def test_any_text_is_a_level_or_refused_and_folding_is_stable(text: str) -> None:
    assert level(text) in (None, 0, 1, 2, 3, 4)
    assert fold(fold(text)) == fold(text)
