"""The map: what a dry run writes, an officer edits, and the next run reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from officers_files import NINE, U9, read_sheet, write_csv

from skm.errors import SkmError
from skm.form import all_forms
from skm.reading.cells import read_cells
from skm.reading.column_map import (
    OTHER_ROLES,
    ColumnMap,
    Role,
    column_map_text,
    load_column_map,
)
from skm.reading.description import suggested_map
from skm.reading.moments import DateOrder
from skm.reading.response_sheet import examine

HEADERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=15
)


def saved(folder: Path, text: str) -> Path:
    file = folder / "peta.toml"
    file.write_text(text, encoding="utf-8")
    return file


@given(
    questions=st.dictionaries(HEADERS, st.sampled_from(NINE), max_size=4),
    other=st.dictionaries(HEADERS, st.sampled_from(OTHER_ROLES), max_size=4),
    answers=st.dictionaries(
        st.sampled_from(NINE), st.dictionaries(HEADERS, st.integers(0, 4), min_size=1), max_size=2
    ),
    values=st.dictionaries(
        st.just("layanan"),
        st.dictionaries(HEADERS, st.sampled_from(["kk", "abaikan"]), min_size=1),
    ),
    order=st.sampled_from([None, *DateOrder]),
)
def test_a_map_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    questions: dict[str, str],
    other: dict[str, str],
    answers: dict[str, dict[str, int | None]],
    values: dict[str, dict[str, str]],
    order: DateOrder | None,
) -> None:
    written = ColumnMap(
        form="permenpanrb-14-2017",
        sheet="Form Responses 1",
        date_order=order,
        source="loket 2",
        questions=questions,
        profile={"JK": "jenis_kelamin"},
        other=other,
        answers=answers,
        values=values,
    )
    file = saved(tmp_path_factory.mktemp("peta"), column_map_text(written))
    assert replace(load_column_map(file), file=None) == written


def test_the_map_of_a_dry_run_reads_the_sheet_in_the_same_way(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [["NO", "Nama", *U9, "RT"], [1, "Fulan", *[4] * 9, "RT 1"]])
    plain = examine(read_cells(file), all_forms(None))
    written = saved(tmp_path, column_map_text(suggested_map(plain)))
    mapped = read_sheet(file, column_map=load_column_map(written))
    assert plain.sheet is not None
    assert mapped.table.questions == plain.sheet.table.questions
    assert {column.how for column in mapped.layout.of(Role.QUESTION)} == {"peta kolom"}
    assert 'Nama = "pribadi"' in written.read_text(encoding="utf-8")
    assert 'RT = "abaikan"' in written.read_text(encoding="utf-8")


def test_what_a_dry_run_could_not_read_stands_open_and_must_be_decided(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [U9, ["Mantap", *[4] * 8]])
    found = examine(read_cells(file), all_forms(None))
    written = saved(tmp_path, column_map_text(suggested_map(found)))
    assert 'Mantap = "?"' in written.read_text(encoding="utf-8")
    with pytest.raises(SkmError, match=r"jawaban\.persyaratan\.Mantap: Belum diputuskan"):
        load_column_map(written)
    decided = saved(tmp_path, written.read_text(encoding="utf-8").replace('"?"', "4"))
    assert read_sheet(file, column_map=load_column_map(decided)).table.levels[0, 0] == 4


def test_columns_without_header_or_with_one_header_go_by_their_letter(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [["NO", *U9[:7], "Nilai", "Nilai"], [1, *[4] * 9]])
    by_letter = ColumnMap(questions={"kolom I": "pengaduan", "kolom J": "sarpras"})
    assert read_sheet(file, column_map=by_letter).table.questions == NINE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[pertanyaan]\nU1 = 'parkir'", "tidak punya kode ini"),
        ("[profil]\nJK = 'agama'", "tidak punya kode ini"),
        ("[pertanyaan]\nUnsur1 = 'waktu'", "Judul kolom dari peta kolom tidak ada di berkas"),
        ("[lain]\nU1 = 'entah'", "Pilihan tidak dikenal"),
        ("[jawaban.waktu]\nLama = 5", "bilangan 1 sampai 4"),
        ("[jawaban.waktu]\nLama = 'satu'", "Belum diputuskan"),
        ("[nilai.layanan]\nKTP = '?'", "Belum diputuskan"),
        ("formulir = 'tidak-ada'", "Formulir dari peta kolom tidak dikenal"),
        ("lembar = 'Data'", "Lembar dari peta kolom tidak ada"),
        ("urutan_tanggal = 'tahun'", "hari / bulan"),
        ("kolom = 1", "Kunci tidak dikenal"),
        ("U1 = ", "Bukan TOML yang sah"),
    ],
)
def test_a_wrong_map_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = write_csv(tmp_path, [U9, [4] * 9])
    with pytest.raises(SkmError) as refused:
        read_sheet(file, column_map=load_column_map(saved(tmp_path, text)))
    assert told in str(refused.value)


def test_an_ignored_column_of_the_map_may_be_absent(tmp_path: Path) -> None:
    ignoring = ColumnMap(other={"Catatan lama": "abaikan"})
    assert len(read_sheet(write_csv(tmp_path, [U9, [4] * 9]), column_map=ignoring).table) == 1


def test_a_column_of_answers_that_is_no_question_can_be_ignored(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [[*U9, "Parkir"], [4] * 10])
    ignoring = ColumnMap(other={"Parkir": "abaikan"})
    assert read_sheet(file, column_map=ignoring).table.questions == NINE
