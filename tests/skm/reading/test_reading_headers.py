"""Header rows from the field: each is read, or what to decide is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from officers_files import NINE, P9, U9, Row, questions_of, read_sheet, write_csv, write_xlsx

from skm.errors import SkmError
from skm.form import find_form
from skm.reading.column_map import ColumnMap, Role

FORM_2017 = "permenpanrb-14-2017"
ASKED = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku")
ASKED_LAST = ("sarpras", "pengaduan")
LEVELS = [4, 3, 2, 1, 4, 3, 2, 1, 4]

LEGEND = [
    ["Format Kolom", "Nama Kolom", "Format Isian"],
    ["B", "TANGGAL", "YYYY-MM-DD"],
    ["C", "JAM", "08:00 - 12:00 / 13:00 - 17:00"],
    ["D", "JENIS KELAMIN", "L/P"],
    ["H", "U1", "angka 1 s/d 4"],
]


def levels_by_code(file: Path, form: str | None = None) -> dict[str, list[int]]:
    sheet = read_sheet(file, form)
    return dict(zip(sheet.table.questions, sheet.table.levels.tolist(), strict=True))


def test_the_import_template_of_a_kabupaten_with_its_legend_beside_the_table(
    tmp_path: Path,
) -> None:
    header = [
        *("NO", "TANGGAL", "JAM", "JENIS KELAMIN", "USIA", "PENDIDIKAN", "PEKERJAAN"),
        *U9,
        "SARAN",
    ]
    table: list[list[object]] = [
        [*header],
        [1, "2026-10-08", "08:00 - 12:00", "L", 34, "SMA", "Swasta", *LEVELS, "Bagus"],
        [2, "2026-10-08", "13:00 - 17:00", "P", 51, "S1", "PNS", *LEVELS, ""],
        [],
        [],
    ]
    rows = [
        [*row, *[""] * (22 - len(row)), *legend] for row, legend in zip(table, LEGEND, strict=True)
    ]
    sheet = read_sheet(write_xlsx(tmp_path, rows))
    assert sheet.form.id == FORM_2017
    assert sheet.table.questions == NINE
    assert sheet.table.levels[:, 0].tolist() == LEVELS
    assert len(sheet.table) == 2
    assert sheet.texts["jam"] == ("08:00 - 12:00", "13:00 - 17:00")
    assert sheet.texts["profil.jenis_kelamin"] == ("L", "P")
    assert sheet.texts["saran"] == ("Bagus", "")


def test_two_header_rows_with_merged_titles_and_a_column_more_than_the_form_has(
    tmp_path: Path,
) -> None:
    rows: list[Row] = [
        ["NO. RESPONDEN ", "PROFIL", "", "", "", "", "", "NILAI UNSUR PELAYANAN"],
        [
            *("", "NAMA", "JENIS KELAMIN", "USIA", "PENDIDIKAN", "PEKERJAAN", "JENIS LAYANAN"),
            *U9,
            "*Unsur bisa disesuaikan",
        ],
        [1, "Fulan", "L", 40, "SD", "Petani", "KTP-el", *LEVELS],
        [2, "Fulanah", "P", 22, "SMA", "Pelajar", "KIA", *LEVELS],
    ]
    file = write_xlsx(tmp_path, rows, merged=["A1:A2", "B1:G1", "H1:P1"])
    sheet = read_sheet(file)
    assert sheet.table.questions == NINE
    assert sheet.rows.tolist() == [1, 2]
    assert [column.header for column in sheet.layout.of(Role.RESPONDENT)] == ["NO. RESPONDEN"]
    assert [column.header for column in sheet.layout.of(Role.PERSONAL)] == ["NAMA"]
    assert not any("Fulan" in texts for texts in sheet.texts.values())


def test_u10_of_the_same_template_is_told_because_no_form_has_it(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [[*U9, "U10"], [*LEVELS, 4]])
    with pytest.raises(SkmError, match=r"U10.*seharusnya: 1 sampai 9"):
        read_sheet(file, FORM_2017)


def test_a_sheet_of_sixteen_statements_is_read_by_the_form_that_is_named(tmp_path: Path) -> None:
    profile = ["NO. RES", "Jenis Layanan", "Pendidikan", "Jenis Kelamin", "Pekerjaan"]
    more = ["Kategorisasi Pengguna Layanan", "Kategori Disabilitas"]
    header = [*profile, *more, *[f"P{number}" for number in range(1, 17)]]
    person = [1, "KK", "S1", "L", "ASN", "Perorangan", "Tidak", *[3] * 16]
    sheet = read_sheet(write_csv(tmp_path, [header, person]), "pernyataan-16-a")
    form = find_form("pernyataan-16-a")
    offline = [question.code for question in form.asked_by(online=False)]
    assert list(sheet.table.questions) == offline
    assert "profil.disabilitas" in sheet.texts
    assert {notice.field for notice in sheet.notices if notice.code == "wording"} == {
        "P11",
        "P12",
        "P16",
    }


def test_sixteen_statements_are_never_taken_without_being_named(tmp_path: Path) -> None:
    header = [f"P{number}" for number in range(1, 17)]
    with pytest.raises(SkmError, match="Tidak ada formulir yang cocok"):
        read_sheet(write_csv(tmp_path, [header, [3] * 16]))


def test_u1_to_u9_on_sixteen_statements_count_elements_which_are_no_columns(
    tmp_path: Path,
) -> None:
    with pytest.raises(SkmError, match="seharusnya: nama atau kode pertanyaan"):
        read_sheet(write_csv(tmp_path, [U9, LEVELS]), "pernyataan-16-a")


def test_u1_to_u16_are_the_sixteen_statements_in_their_order(tmp_path: Path) -> None:
    header = [f"u{number}" for number in range(1, 17)]
    sheet = read_sheet(write_csv(tmp_path, [header, [4] * 16]), "pernyataan-16-b")
    assert sheet.table.questions[0] == "informasi"
    assert sheet.table.questions[15] == "sarpras"


@pytest.mark.parametrize(
    "closing",
    [
        ["Jumlah Nilai per Parameter (JP)", 32, 31, 30, 29, 28, 27, 26, 25, 24],
        ["Nilai Rata-rata (NRR) per Parameter", *["3,2"] * 9],
        ["Nilai Indeks per Parameter", *[80] * 9],
        ["Σ Nilai / Unsur", *[32] * 9],
        ["NRR / Unsur", *["3,556"] * 9],
        ["NRR Tertimbang / Unsur", *["0,395"] * 9],
        ["IKM UNIT PELAYANAN", "88,89"],
    ],
    ids=lambda closing: str(closing[0]),
)
def test_a_processing_sheet_ends_where_its_closing_rows_begin(
    tmp_path: Path, closing: list[object]
) -> None:
    rows: list[Row] = [
        ["No Urut Responden", *P9],
        [1, *LEVELS],
        [2, *LEVELS],
        closing,
        ["Ket. *)"],
    ]
    sheet = read_sheet(write_xlsx(tmp_path, rows))
    assert len(sheet.table) == 2
    assert [row.row for row in sheet.left_out] == [3, 4]


def test_a_title_merged_above_the_unsur_does_not_hide_the_header(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["PENGOLAHAN INDEKS KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"],
        [],
        ["NO. RESP", "NILAI UNSUR PELAYANAN"],
        ["", *U9],
        [1, *LEVELS],
        ["Σ Nilai / Unsur", *LEVELS],
    ]
    file = write_xlsx(tmp_path, rows, merged=["A1:J1", "A3:A4", "B3:J3"])
    assert levels_by_code(file)["persyaratan"] == [4]


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (["NO URUT RESPONDEN", *U9], None),
        ([name.lower() for name in U9], None),
        ([f"unsur_{number}" for number in range(1, 10)], None),
        ([f"U.{number} " for number in range(1, 10)], None),
        ([f"u{number}" for number in range(9)], None),
        (list(NINE), None),
        ([code.upper() for code in NINE], None),
        ([element.name for element in find_form(FORM_2017).elements], None),
        ([f"{n}. {e.name}" for n, e in enumerate(find_form(FORM_2017).elements, 1)], None),
        ([f"Nilai [{element.name}]" for element in find_form(FORM_2017).elements], None),
    ],
    ids=lambda value: str(value[-1]) if isinstance(value, list) else "",
)
def test_headers_in_the_order_of_the_official_list(
    tmp_path: Path, header: list[str], form: str | None
) -> None:
    number = [1] if len(header) == 10 else []
    assert levels_by_code(write_csv(tmp_path, [header, [*number, *LEVELS]]), form) == {
        code: [level] for code, level in zip(NINE, LEVELS, strict=True)
    }


@pytest.mark.parametrize("letter", ["P", "p", "Q", "Pertanyaan "])
def test_numbers_of_questions_follow_the_order_asked(tmp_path: Path, letter: str) -> None:
    header = [f"{letter}{number}" for number in range(1, 10)]
    read = levels_by_code(write_csv(tmp_path, [header, LEVELS]))
    assert tuple(read) == (*ASKED, *ASKED_LAST)


@pytest.mark.parametrize("letter", ["U", "P"])
def test_eight_and_nine_are_told_because_list_and_questionnaire_differ(
    tmp_path: Path, letter: str
) -> None:
    header = [f"{letter}{number}" for number in range(1, 10)]
    sheet = read_sheet(write_csv(tmp_path, [header, LEVELS]))
    told = [notice for notice in sheet.notices if notice.code == "number-order"]
    assert [notice.field for notice in told] == [f"{letter}8", f"{letter}9"]
    assert "--map" in told[0].message


def test_the_map_decides_what_eight_and_nine_are(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [U9, LEVELS])
    decided = ColumnMap(questions={"U8": "sarpras", "U9": "pengaduan"})
    sheet = read_sheet(file, column_map=decided)
    assert sheet.table.questions == (*ASKED, *ASKED_LAST)
    assert not [notice for notice in sheet.notices if notice.code == "number-order"]


def test_a_number_that_may_be_either_is_refused_with_both_meanings(tmp_path: Path) -> None:
    header = [f"skor_{number}" for number in range(1, 10)]
    with pytest.raises(SkmError, match=r"pengaduan \(daftar resmi\) atau sarpras"):
        read_sheet(write_csv(tmp_path, [header, LEVELS]), FORM_2017)


@pytest.mark.parametrize(
    "header",
    [[f"p{number}" for number in range(1, 91)], ["unsur_code", *[f"x_{n}" for n in range(9)]]],
    ids=["p1 to p90", "unsur_code"],
)
def test_headers_of_a_database_that_name_no_question_are_told(
    tmp_path: Path, header: list[str]
) -> None:
    with pytest.raises(SkmError, match="Tidak ada"):
        read_sheet(write_csv(tmp_path, [header, [3] * len(header)]))


def test_a_form_on_line_has_a_time_stamp_the_sentences_and_a_comment(tmp_path: Path) -> None:
    form = find_form(FORM_2017)
    sentences = [form.question(code).official for code in form.asked]
    header = ["Timestamp", "Email Address", *sentences, "Kritik & Saran "]
    labels = [form.question(code).labels[2] for code in form.asked]
    rows = [header, ["2026/10/08 9:13:22 AM GMT+7", "a@b.id", *labels, "Cepat,\nramah"]]
    sheet = read_sheet(write_csv(tmp_path, rows))
    assert sheet.table.questions == form.asked
    assert sheet.table.levels[:, 0].tolist() == [3] * 9
    assert sheet.texts["stempel_waktu"] == ("2026/10/08 9:13:22 AM GMT+7",)
    assert sheet.texts["saran"] == ("Cepat,\nramah",)
    assert "a@b.id" not in str(sheet.texts)


@pytest.mark.parametrize("form", ["kecamatan-14", "kepmenpan-25-2004", FORM_2017])
def test_every_form_is_found_by_its_own_codes_and_by_its_plain_sentences(
    tmp_path: Path, form: str
) -> None:
    questions = find_form(form).questions
    for header in (
        questions_of(find_form(form)),
        [question.text for question in questions],
    ):
        file = write_csv(tmp_path, [header, [3] * len(questions)])
        assert read_sheet(file).form.id == form


def test_fourteen_numbers_fit_two_forms_and_both_are_named(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [[f"U{n}" for n in range(1, 15)], [3] * 14])
    with pytest.raises(SkmError, match="kecamatan-14, kepmenpan-25-2004") as refused:
        read_sheet(file)
    assert "--form kecamatan-14" in str(refused.value)
    assert read_sheet(file, "kecamatan-14").table.questions[0] == "persyaratan"


def test_other_names_of_elements_seen_in_the_field(tmp_path: Path) -> None:
    header = [
        *("Syarat", "Prosedur Pelayanan", "Waktu Penyelesaian", "Biaya/Tarif", "Produk"),
        *("Kompetensi Petugas", "Perilaku Pelaksana", "Aduan", "Kualitas Sarana dan Prasana"),
    ]
    assert tuple(levels_by_code(write_csv(tmp_path, [header, LEVELS]))) == NINE


def test_a_header_that_can_mean_two_elements_is_not_guessed(tmp_path: Path) -> None:
    header = [*NINE[:8], "MATLUMAN PELAYANAN"]
    with pytest.raises(SkmError, match=r"«sarpras».*tidak ada") as refused:
        read_sheet(write_csv(tmp_path, [header, LEVELS]))
    assert "MATLUMAN PELAYANAN" in str(refused.value)


def test_a_name_beside_another_number_is_taken_by_name_and_told(tmp_path: Path) -> None:
    header = [*U9[:7], "U8. Sarana dan Prasarana", "U9. Penanganan Pengaduan"]
    sheet = read_sheet(write_csv(tmp_path, [header, LEVELS]))
    assert sheet.table.questions[7:] == ("sarpras", "pengaduan")
    told = [notice for notice in sheet.notices if notice.code == "name-over-number"]
    assert len(told) == 2


def test_numbers_and_names_in_two_rows_are_one_header(tmp_path: Path) -> None:
    names = [element.name for element in find_form(FORM_2017).elements]
    sheet = read_sheet(write_csv(tmp_path, [["NO", *U9], ["", *names], [1, *LEVELS]]))
    assert sheet.rows.tolist() == [1]
    assert sheet.table.questions == NINE


def test_a_row_that_numbers_the_columns_is_no_respondent(tmp_path: Path) -> None:
    numbering = [f"({number})" for number in range(1, 11)]
    sheet = read_sheet(write_csv(tmp_path, [["NO", *U9], numbering, [1, *LEVELS]]))
    assert len(sheet.table) == 1


def test_the_sheet_with_the_table_is_chosen_among_others(tmp_path: Path) -> None:
    others = {"Petunjuk": [["Isi lembar Data"], ["U1 = persyaratan"]], "Kosong": []}
    file = write_xlsx(tmp_path, [U9, LEVELS], sheet="Data Oktober", others=others)
    sheet = read_sheet(file)
    assert sheet.cells.sheet == "Data Oktober"
    assert "Data Oktober" in sheet.cells.name


def test_two_sheets_with_tables_are_asked_about_and_the_map_answers(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path, [U9, LEVELS], sheet="Okt", others={"Nov": [U9, LEVELS, LEVELS]})
    with pytest.raises(SkmError, match="Okt, Nov"):
        read_sheet(file)
    assert len(read_sheet(file, column_map=ColumnMap(sheet="Nov")).table) == 2


def test_answers_that_name_elements_are_not_taken_for_a_header_row(tmp_path: Path) -> None:
    header = [*U9, "Unsur terbaik", "Unsur terburuk"]
    rows: list[Row] = [header, [*LEVELS, "Waktu", "Biaya"], [*LEVELS, "Produk", "Sarpras"]]
    assert len(read_sheet(write_csv(tmp_path, rows)).table) == 2
