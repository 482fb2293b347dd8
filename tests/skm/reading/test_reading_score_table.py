"""Tables of scores: the one of 2020 as it is printed, and tables in every dialect."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from officers_files import NINE, Row, write_csv, write_xlsx

from skm import resources
from skm.errors import SkmError
from skm.form import all_forms, find_form
from skm.reading.cells import read_cells
from skm.reading.score_table import Rows, ScoreTable, is_score_table, read_score_table
from skm.reading.table_figures import adds_up, score_of
from skm.regulation import scale

REPORT_2020 = resources.folder("instance") / "skm" / "2020.csv"
HEADER = ["element", "tidak_baik", "kurang_baik", "baik", "sangat_baik"]
PRINTED = ["printed_total", "printed_score", "printed_predicate"]

GivenValues = Literal["auto", "count", "percent"]


def read(
    file: Path,
    rows: Rows = "strict",
    values: GivenValues = "auto",
    form: str | None = None,
    on: str | None = None,
) -> ScoreTable:
    return read_score_table(
        read_cells(file),
        find_form(form) if form else None,
        all_forms(None),
        values,
        rows,
        scale(on) if on else None,
    )


def nine(*first: object, rest: Row = (0, 10, 90, 0)) -> list[Row]:
    """A table of the nine whose first row holds these cells."""
    return [HEADER, [NINE[0], *first], *([code, *rest] for code in NINE[1:])]


def refusal(file: Path, rows: Rows = "strict", values: GivenValues = "auto") -> str:
    with pytest.raises(SkmError) as refused:
        read(file, rows, values)
    return str(refused.value)


class TestTheReportOf2020:
    def test_strict_names_every_row_that_cannot_be_scored(self) -> None:
        with pytest.raises(SkmError) as refused:
            read(REPORT_2020)
        faults = {fault.row: str(fault) for fault in refused.value.faults}
        assert list(faults) == [1, 2, 7, 8]
        assert "tidak punya sebaran" in faults[1]
        assert "tidak punya sebaran" in faults[2]
        assert "«105»" in faults[7]
        assert "«110»" in faults[8]

    def test_normalise_still_refuses_the_rows_without_distribution(self) -> None:
        with pytest.raises(SkmError) as refused:
            read(REPORT_2020, "normalise")
        assert [fault.row for fault in refused.value.faults] == [1, 2]

    def test_printed_takes_the_printed_score_of_every_row(self) -> None:
        table = read(REPORT_2020, "printed")
        scores = [row.printed_score for row in table.rows if row.printed_score is not None]
        assert (table.form.id, table.values, len(scores)) == ("kecamatan-14", "percent", 14)
        assert sum(map(Fraction, scores)) / 14 == Fraction(1945, 28)
        assert {row.source for row in table.rows} == {"printed"}

    def test_printed_warns_for_each_row_that_says_two_things(self) -> None:
        notices = read(REPORT_2020, "printed").notices
        told = {notice.row: notice.code for notice in notices}
        assert len(notices) == len(told)
        assert told == {
            1: "no-distribution",
            2: "no-distribution",
            6: "score-differs",
            7: "score-differs",
            8: "score-differs",
            9: "class-differs",
            13: "class-differs",
        }

    def test_the_differences_are_printed_as_they_are(self) -> None:
        told = {notice.row: notice.message for notice in read(REPORT_2020, "printed").notices}
        assert "67,5 berbeda dari sebarannya: 70,00" in told[6]
        assert "72,5 berbeda dari sebarannya: 73,81" in told[7]
        assert "75 berbeda dari sebarannya: 68,18" in told[8]
        assert "47,5 adalah Kurang Baik pada Skala 2004" in told[9]
        assert "62,5 adalah Kurang Baik" in told[13]

    def test_the_75_of_row_8_is_its_sum_without_dividing(self) -> None:
        row = read(REPORT_2020, "printed").row("standar")
        assert row.weights == (10, 30, 50, 20)
        assert Fraction(row.printed_score or 0) == Fraction(10 + 60 + 150 + 80, 4)

    def test_05_is_read_as_5(self) -> None:
        assert read(REPORT_2020, "printed").row("kesopanan").weights == (0, 10, 90, 5)

    def test_on_the_scale_of_2017_more_classes_differ(self) -> None:
        notices = read(REPORT_2020, "printed", on="2017").notices
        assert {1, 2, 9, 13} < {each.row for each in notices if each.code == "class-differs"}

    def test_it_is_seen_to_be_a_table(self) -> None:
        assert is_score_table(read_cells(REPORT_2020))


@pytest.mark.parametrize(
    "rows",
    [
        [NINE, [1, 2, 3, 4, 4, 4, 3, 2, 1]],
        [["NO", *NINE], [1, 2, 3, 4, 4, 4, 3, 2, 1, 1]],
        [["a", "b", "c", "d"], [1, 2, 3, 4], [1, 2, 3, 4]],
        [["NO", "a", "b", "c", "d"], ["", 1, 2, 3, 4]],
    ],
)
def test_rows_of_answers_are_not_taken_for_the_header_of_a_table(
    tmp_path: Path, rows: list[Row]
) -> None:
    assert not is_score_table(read_cells(write_csv(tmp_path, rows)))


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        [name.upper() for name in HEADER],
        ["UNSUR", "Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"],
        ["Unsur Pelayanan", " tidak  baik", "KURANG BAIK", "baik ", "Sangat baik*"],
        ["Unsur", "1", "2", "3", "4"],
    ],
    ids=lambda header: header[1],
)
def test_headers_as_offices_print_them(tmp_path: Path, header: list[str]) -> None:
    rows = nine(5, 10, 60, 25)
    rows[0] = header
    table = read(write_csv(tmp_path, rows))
    assert table.row("persyaratan").weights == (5, 10, 60, 25)


def test_a_printed_table_with_numbers_titles_and_closing_rows(tmp_path: Path) -> None:
    names = [element.name for element in find_form("permenpanrb-14-2017").elements]
    rows: list[Row] = [
        ["HASIL SURVEI KEPUASAN MASYARAKAT"],
        [],
        ["NO", "UNSUR", "Persentase", "", "", "", "Total", "SKOR", "PREDIKAT"],
        ["", "", "Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik", "", "", ""],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        *(
            [str(number), name, "0%", "10%", "90%", "0%", "100%", "72,5", "Kurang Baik"]
            for number, name in enumerate(names, start=1)
        ),
        ["", "Rata-rata", "", "", "", "", "", "72,5", "Kurang Baik"],
        ["Sumber: olahan sendiri"],
    ]
    file = write_xlsx(tmp_path, rows, merged=["A1:I1", "A3:A4", "B3:B4", "C3:F3", "G3:G4"])
    table = read(file)
    assert tuple(row.element for row in table.rows) == NINE
    assert [row.number for row in table.rows] == list(range(1, 10))
    assert [notice.code for notice in table.notices] == ["closing-row"]


def test_percent_cells_of_a_workbook_are_fractions_behind_a_format(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADER)
    for code in NINE:
        page.append([code, 0, 0.125, 0.775, 0.1])
    for row in page.iter_rows(min_row=2, min_col=2):
        for cell in row:
            cell.number_format = "0.0%"
    file = tmp_path / "persen.xlsx"
    book.save(file)
    table = read(file)
    assert (table.values, table.row("waktu").weights) == ("percent", (0, 125, 775, 100))


def test_the_same_fractions_without_format_are_refused_with_the_reason(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path, nine(0, 0.1, 0.9, 0, rest=(0, 0.5, 0.5, 0)))
    assert "pecahan: tulis sebagai persen" in refusal(file)


@pytest.mark.parametrize(
    "first",
    [
        (0, "10%", 90, 0),
        (0, "12,5", "87,5", 0),
        (0, "12.5", "87.5", 0),
        (1, 9, 90, 0),
        (0, 9, 89, 0),
    ],
)
def test_auto_takes_percentages_by_sign_decimals_or_the_median_sum(
    tmp_path: Path, first: Row
) -> None:
    assert read(write_csv(tmp_path, nine(*first))).values == "percent"


def test_one_row_of_another_sum_does_not_make_percentages_counts(tmp_path: Path) -> None:
    assert "«30»" in refusal(write_csv(tmp_path, nine(3, 9, 7, 11)))


@pytest.mark.parametrize(
    "rest", [(3, 9, 7, 11), (0, 0, 0, 97), (0, 0, 0, 103), ("1.000", "2.234", 0, 0)]
)
def test_auto_takes_counts_otherwise(tmp_path: Path, rest: Row) -> None:
    table = read(write_csv(tmp_path, nine(*rest, rest=rest)))
    assert table.values == "count"
    assert {row.source for row in table.rows} == {"counts"}


def test_a_point_in_a_count_separates_thousands(tmp_path: Path) -> None:
    table = read(write_csv(tmp_path, nine("1.234", 0, 3, "12.000")), values="count")
    assert table.row("persyaratan").weights == (1234, 0, 3, 12000)


def test_a_total_of_counts_may_have_the_same_points(tmp_path: Path) -> None:
    rows = [[*row, "1.600"] for row in nine("1.200", 0, 0, 400, rest=("1.200", 0, 0, 400))]
    rows[0][-1] = "Jumlah"
    table = read(write_csv(tmp_path, rows))
    assert table.values == "count"
    assert table.row("persyaratan").weights == (1200, 0, 0, 400)


def test_a_point_in_a_percentage_is_a_decimal(tmp_path: Path) -> None:
    table = read(write_csv(tmp_path, nine("1.234", "0", "3.766", "95", rest=(0, 0, 0, "100%"))))
    assert table.row("persyaratan").weights == (1234, 0, 3766, 95000)


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        (("33.3", "33.3", "33.3", "0"), True),
        (("33.3", "33.3", "33.1", "0"), False),
        (("33.33", "33.33", "33.33", "0"), True),
        (("33.33", "33.33", "33.31", "0"), False),
        (("33.3", "33.33", "33.2", "0"), True),
        (("49", "49", "0", "0"), True),
        (("51", "51", "0", "0"), True),
        (("48", "49", "0", "0"), False),
        (("51", "52", "0", "0"), False),
        (("99.5", "0", "0", "1"), False),
        (("99.5", "0.0", "0", "0.7"), True),
    ],
)
def test_a_row_may_miss_100_by_two_units_of_its_last_printed_decimal(
    cells: tuple[str, ...], fits: bool
) -> None:
    assert adds_up([Decimal(cell) for cell in cells]) is fits


def test_rows_that_do_not_add_up_are_rescaled_only_when_asked(tmp_path: Path) -> None:
    file = write_csv(tmp_path, nine("10%", "30%", "50%", "20%"))
    assert "«110»" in refusal(file)
    table = read(file, "normalise")
    row = table.row("persyaratan")
    assert (row.source, score_of(row.weights or ())) == ("normalised", Fraction(750, 11))
    assert table.row("waktu").source == "percent"
    assert [notice.code for notice in table.notices] == ["normalised"]


def test_a_total_that_is_not_the_sum_of_the_counts_is_refused(tmp_path: Path) -> None:
    rows: list[Row] = [[*HEADER, "Jumlah"], *([code, 1, 2, 3, 4, 10] for code in NINE)]
    rows[3] = [NINE[2], 1, 2, 3, 4, 11]
    file = write_csv(tmp_path, rows)
    assert "baris 3" in refusal(file)
    assert read(file, "normalise").row("waktu").weights == (1, 2, 3, 4)


BAD_TABLES: dict[str, tuple[list[Row], str]] = {
    "110 percent in a cell": (nine("110%", 0, 0, 0), "lebih dari 100"),
    "negative": (nine("-5", "15", "90", "0%"), "Angka negatif"),
    "text in a number": (nine("banyak", "10%", "90%", 0), "Bukan angka"),
    "two decimal marks": (nine("1,2,3", "10%", "90%", 0), "Bukan angka"),
    "a blank cell": (nine("", "10%", "90%", "0%"), "Sel kosong; tulis 0"),
    "a dash for zero": (nine("-", "10%", "90%", "0%"), "Bukan angka"),
    "no distribution": (nine("", "", "", ""), "tidak punya sebaran"),
    "nobody answered": (nine(0, 0, 0, 0, rest=(1, 2, 3, 4)), "tidak punya sebaran"),
    "half a person": (nine("0,5", 0, 0, 0, rest=(1, 2, 3, 4)), "tidak berjumlah 100"),
    "a formula as text": (nine("=1+1", "10%", "90%", 0), "Bukan angka"),
    "an Excel error": (nine("#DIV/0!", "10%", "90%", 0), "Bukan angka"),
    "doubled element": ([*nine(0, 10, 90, 0), ["Persyaratan", 0, 10, 90, 0]], "dua kali"),
    "missing element": (nine(0, 10, 90, 0)[:-1], "sarpras"),
    "unknown element": ([*nine(0, 10, 90, 0), ["Parkir", 0, 0, 0, 100]], "Parkir"),
    "element without name": ([*nine(0, 10, 90, 0), ["", 0, 0, 0, 100]], "tanpa nama unsur"),
    "only a header": ([HEADER], "tidak berisi baris unsur"),
    "a column is missing": ([HEADER[:4], ["persyaratan", 0, 10, 90]], "«sangat_baik» tidak ada"),
    "a column is doubled": ([[*HEADER, "Baik"], ["persyaratan", *[0] * 5]], "«baik» ada dua"),
    "more cells than headers": (nine("0", "10", "90", "0", "52", "5"), "lebih banyak sel"),
    "a score as NRR": (
        [[*HEADER, "SKOR"], *([code, 0, 10, 90, 0, "2,9"] for code in NINE)],
        "seharusnya: angka 25 sampai 100",
    ),
}


@pytest.mark.parametrize("case", BAD_TABLES)
def test_a_bad_table_is_refused_and_told(tmp_path: Path, case: str) -> None:
    rows, told = BAD_TABLES[case]
    assert told in refusal(write_csv(tmp_path, rows))


def test_printed_needs_a_printed_score_in_every_row(tmp_path: Path) -> None:
    text = refusal(write_csv(tmp_path, nine(0, 10, 90, 0)), "printed")
    assert text.count("tidak punya skor tercetak") == 9


def test_counts_refuse_a_percent_sign(tmp_path: Path) -> None:
    assert "Persen di antara jumlah" in refusal(
        write_csv(tmp_path, nine("5%", 0, 0, 0)), values="count"
    )


def test_a_decimal_of_a_workbook_is_never_taken_for_thousands(tmp_path: Path) -> None:
    text = refusal(write_xlsx(tmp_path, nine(1.234, 0, 0, 0)), values="count")
    assert "harus bulat" in text
    assert "1,234" in text


def test_elements_by_number_follow_the_list_or_the_order_asked(tmp_path: Path) -> None:
    for letter, eighth in (("U", "pengaduan"), ("P", "sarpras")):
        rows: list[Row] = [HEADER, *([f"{letter}{n}", 0, 0, n, 0] for n in range(1, 10))]
        table = read(write_csv(tmp_path, rows), form="permenpanrb-14-2017", values="count")
        assert table.row(eighth).weights == (0, 0, 8, 0)
        told = [notice for notice in table.notices if notice.code == "number-order"]
        assert [notice.row for notice in told] == [8, 9]


def test_fourteen_numbers_fit_two_forms_and_both_are_named(tmp_path: Path) -> None:
    rows: list[Row] = [HEADER, *([f"U{n}", 0, 0, 9, 0] for n in range(1, 15))]
    assert "kecamatan-14, kepmenpan-25-2004" in refusal(write_csv(tmp_path, rows))


def test_two_sheets_with_tables_are_asked_about(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path, nine(0, 10, 90, 0), others={"Lama": nine(0, 20, 80, 0)})
    assert "Data, Lama" in refusal(file)


def test_a_formula_that_was_never_computed_is_named(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in nine(0, 10, 90, "=100-C2"):
        page.append(list(row))
    file = tmp_path / "rumus.xlsx"
    book.save(file)
    text = refusal(file)
    assert "Rumus tanpa hasil tersimpan" in text
    assert "sangat_baik (sel E2)" in text
    assert "=100-C2" in text


COUNTS = st.lists(st.tuples(*[st.integers(0, 5000)] * 4).filter(any), min_size=9, max_size=9)


@given(
    counts=COUNTS,
    separator=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    order=st.permutations(NINE),
    thousands=st.booleans(),
)
def test_counts_read_the_same_in_every_dialect(
    tmp_path_factory: pytest.TempPathFactory,
    counts: list[tuple[int, int, int, int]],
    separator: str,
    encoding: str,
    order: list[str],
    thousands: bool,
) -> None:
    def written(value: int) -> str:
        return f"{value:,}".replace(",", ".") if thousands else str(value)

    rows = [HEADER, *([code, *map(written, row)] for code, row in zip(order, counts, strict=True))]
    file = write_csv(tmp_path_factory.mktemp("tabel"), rows, separator, encoding)
    table = read(file, values="count")
    assert {row.element: row.weights for row in table.rows} == dict(
        zip(order, counts, strict=True)
    )


@given(counts=COUNTS)
def test_a_workbook_and_a_text_file_of_one_table_read_the_same(
    tmp_path_factory: pytest.TempPathFactory, counts: list[tuple[int, int, int, int]]
) -> None:
    rows: list[Row] = [HEADER, *([code, *row] for code, row in zip(NINE, counts, strict=True))]
    folder = tmp_path_factory.mktemp("tabel")
    from_text = read(write_csv(folder, rows), values="count")
    from_workbook = read(write_xlsx(folder, rows), values="count")
    assert from_text.rows == from_workbook.rows


@given(st.lists(st.lists(st.text(max_size=8), max_size=8), max_size=14))
def test_any_rows_give_a_table_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    safe = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    file = write_csv(tmp_path_factory.mktemp("tabel"), [HEADER, *safe])
    with pytest.raises(SkmError):
        read(file)
