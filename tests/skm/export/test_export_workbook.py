"""The workbook as whoever gets it reads it: complete, safe, discreet, and the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from answering import TABLET, delivery, response
from monthly import AFTER, OCTOBER, fill, month_with, own_form, people
from offices import changed
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]
from spreadsheets import formulas, parts, values

from skm import instance
from skm.export.group_tables import HIDDEN
from skm.export.month import MonthExport, gather
from skm.export.sheet import SIMULATED
from skm.export.workbook import write_workbook
from skm.form import find_form
from skm.instance import Instance
from skm.responses import Response
from skm.store import open_store, tablets
from skm.store.intake import Intake
from skm.store.run_counts import Runs, note_runs

SHEETS = [
    *("Ringkasan", "Pengolahan", "Distribusi", "Profil", "Layanan"),
    *("Saran", "Kelengkapan", "Rekap", "Metode"),
]
HOSTILE = (
    '=HYPERLINK("http://contoh.test";"klik")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=cmd|' /C calc'!A0",
    "<r><t>ini bukan XML</t></r>",
    "{=1+1}",
    "_x0041_ tetap begitu",
    "lonceng \x07 dan \ufffe",
    "   =1+1",
)


def written(folder: Path, month: MonthExport) -> Path:
    file = folder / "skm.xlsx"
    write_workbook(file, month)
    return file


def texts(file: Path, sheet: str) -> list[str]:
    """All text of a sheet."""
    rows = values(file)[sheet].iter_rows(values_only=True)
    return [value for row in rows for value in row if isinstance(value, str)]


def row_of(file: Path, sheet: str, column: int, text: str) -> tuple[object, ...]:
    """The row that has a text in a column."""
    for row in values(file)[sheet].iter_rows(values_only=True):
        if row[column] == text:
            return row
    raise AssertionError(f"{text} is not on {sheet}")


def with_comments(office: Instance, comments: tuple[str, ...]) -> list[Response]:
    """A month in which these comments alone were written."""
    responses = [replace(each, comment=None) for each in people(office.questionnaire(), office)]
    commented = [
        replace(each, comment=text) for each, text in zip(responses, comments, strict=False)
    ]
    return [*commented, *responses[len(comments) :]]


def test_the_sheets_are_nine_in_the_order_of_the_contract(
    office: Instance, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(written(tmp_path, month_with(office)))
    assert book.sheetnames == SHEETS


def test_what_people_wrote_stays_text_to_the_letter(office: Instance, tmp_path: Path) -> None:
    file = written(tmp_path, month_with(office, with_comments(office, HOSTILE)))
    sheet = openpyxl.load_workbook(file)["Saran"]
    cells = [row[1] for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    read = {str(cell.value) for cell in cells}
    assert {text if text in HOSTILE else unescaped(text) for text in read} == set(HOSTILE)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_no_formula_comes_from_a_name_an_office_chose(office: Instance, tmp_path: Path) -> None:
    hostile = changed(office, 'kantor = "Kecamatan Pakusari"', "kantor = '=1+1 & &D'")
    hostile = changed(hostile, 'nama = "Kartu Keluarga"', "nama = '=HYPERLINK(A1)'")
    hostile = changed(hostile, "alamat = ", "alamat = '@SUM(A1)' # ")
    form = own_form(hostile, "jahat", {"satu": "=1+1", "dua": "+SUM(A1)", "tiga": "@x"})
    file = written(tmp_path, month_with(hostile, form=form))
    calls = r"SUM|COUNT|AVERAGE|LOOKUP|MAX|ROUND"
    place = r"(?:(?:Ringkasan|Distribusi|Metode)!)?\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?"
    ours = re.compile(rf"=(?:{calls}|{place}|\d+|[-+*/(),])+")
    found = formulas(file)
    assert len(found) > 20
    assert [text for text in found.values() if not ours.fullmatch(text)] == []
    assert all("HYPERLINK" not in text for text in found.values())
    references = re.findall(r"<c:f>(.*?)</c:f>", "".join(charts(file)))
    assert references
    assert all(re.fullmatch(r"\w+!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", text) for text in references)
    assert "=HYPERLINK(A1)" in texts(file, "Layanan")
    assert "=1+1" in texts(file, "Distribusi")
    footers = re.findall(r"<oddFooter>(.*?)</oddFooter>", "".join(parts(file).values()))
    assert all(footer.startswith("&amp;L=1+1 &amp;&amp; &amp;&amp;D&amp;C") for footer in footers)


def test_the_same_responses_give_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name, turn in (("satu", 1), ("dua", -1)):
        office = instance.init(tmp_path / name)
        form = office.questionnaire()
        with open_store(office) as store:
            fill(store, form, people(form, office)[::turn])
            for today in (AFTER, date(2027, 1, 5)):
                file = tmp_path / f"{name}-{today}.xlsx"
                write_workbook(file, gather(store, office, OCTOBER, today))
                files.append(file)
    assert len({file.read_bytes() for file in files}) == 1


@pytest.mark.parametrize("form_id", ["kecamatan-14", "pernyataan-16-a"])
def test_the_file_is_what_excel_expects(office: Instance, tmp_path: Path, form_id: str) -> None:
    form = find_form(form_id)
    answered = with_comments(office, HOSTILE) if form_id == "kecamatan-14" else None
    file = written(tmp_path, month_with(office, answered, form))
    validator = OpenXmlValidator(FileFormat.MICROSOFT_365)
    assert validator.validate(file).errors == []


def test_every_sheet_says_that_data_are_simulated(office: Instance, tmp_path: Path) -> None:
    simulated = people(office.questionnaire(), office, simulated=True)
    file = written(tmp_path, month_with(office, simulated))
    sheets = [text for name, text in parts(file).items() if "worksheets/sheet" in name]
    assert len(sheets) == len(SHEETS)
    assert all(f"&amp;C&amp;B{SIMULATED}" in text for text in sheets)
    assert all(SIMULATED in texts(file, name) for name in SHEETS)


def test_real_data_bear_no_such_mark(office: Instance, tmp_path: Path) -> None:
    file = written(tmp_path, month_with(office))
    assert not any(SIMULATED in text for text in parts(file).values())


@pytest.mark.parametrize(("paper", "code"), [("A4", "9"), ("F4", "14")])
def test_every_sheet_prints_on_the_paper_of_the_office_one_page_wide(
    office: Instance, tmp_path: Path, paper: str, code: str
) -> None:
    on_paper = changed(office, 'kertas = "F4"', f'kertas = "{paper}"')
    book = openpyxl.load_workbook(written(tmp_path, month_with(on_paper)))
    for sheet in book:
        assert str(sheet.page_setup.paperSize) == code
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        fitting = sheet.sheet_properties.pageSetUpPr
        assert fitting is not None
        assert fitting.fitToPage
    assert book["Rekap"].page_setup.orientation == "landscape"
    assert book["Pengolahan"].print_title_rows
    assert book["Pengolahan"].freeze_panes


def test_every_sheet_opens_with_the_head_of_the_office(office: Instance, tmp_path: Path) -> None:
    file = written(tmp_path, month_with(office))
    for name in SHEETS:
        assert texts(file, name)[:3] == [
            "PEMERINTAH KABUPATEN JEMBER",
            "KECAMATAN PAKUSARI",
            "Jalan Sarangan Nomor 05, Pakusari 68181, Telp. (0331) 7717655",
        ]


def test_small_services_are_hidden_with_the_next_smallest(
    office: Instance, tmp_path: Path
) -> None:
    form = office.questionnaire()
    sizes = {"ktp-el": 20, "kk": 9, "kia": 6, "surat-pindah": 3}
    answered = [
        response(form, level, service=code)
        for code, size in sizes.items()
        for level in [4, 3, 2, *[3] * (size - 3)]
    ]
    file = written(tmp_path, month_with(office, answered))
    hidden = ("Kartu Identitas Anak (KIA)", "Surat Pindah")
    for name in hidden:
        assert set(row_of(file, "Layanan", 1, name)[4:]) == {HIDDEN}
        assert set(row_of(file, "Rekap", 3, name)[4:14]) == {HIDDEN}
    assert row_of(file, "Layanan", 1, "KTP-el")[4] == 20
    assert row_of(file, "Layanan", 1, "Semua layanan")[4] == 38


def test_small_groups_are_hidden_in_the_profile_and_element_by_element(
    office: Instance, tmp_path: Path
) -> None:
    form = office.questionnaire()
    sizes = {"sd": 3, "smp": 7, "sma": 15}
    answered = [
        response(form, 3, profile={"pendidikan": code})
        for code, size in sizes.items()
        for _ in range(size)
    ]
    file = written(tmp_path, month_with(office, answered))
    for name in ("SD", "SMP"):
        assert set(row_of(file, "Profil", 1, name)[2:7]) == {HIDDEN}
    assert row_of(file, "Profil", 1, "SMA/SMK")[2:5] == (15, 60, 75)
    assert row_of(file, "Profil", 1, "Persyaratan")[2:6] == (HIDDEN, HIDDEN, 75, 75)


def test_an_element_that_few_of_a_group_answered_is_hidden_there(
    office: Instance, tmp_path: Path
) -> None:
    form = office.questionnaire()
    answered = [response(form, 3, profile={"usia": "17_25"}) for _ in range(12)]
    silent = [
        replace(each, answers={**each.answers, "keamanan": None if at < 8 else 4})
        for at, each in enumerate(answered)
    ]
    file = written(tmp_path, month_with(office, silent))
    assert row_of(file, "Profil", 1, "Keamanan")[2:4] == (HIDDEN, 100)
    assert row_of(file, "Profil", 1, "Persyaratan")[2:4] == (75, 75)


def test_the_processing_sheet_tells_nothing_of_who_answered(
    office: Instance, tmp_path: Path
) -> None:
    month = month_with(office)
    rows = list(values(written(tmp_path, month))["Pengolahan"].iter_rows(values_only=True))
    (head,) = (row for row in rows if row[0] == "No. responden")
    assert head[1:] == tuple(f"U{number}" for number in range(1, 15))
    answers = [row[1:] for row in rows if isinstance(row[0], int)]
    assert answers == [
        tuple(level or None for level in levels) for levels in month.released.levels.T.tolist()
    ]


def test_what_came_today_is_counted_but_not_shown_singly(office: Instance, tmp_path: Path) -> None:
    form = office.questionnaire()
    last = date(2026, 10, 30)
    answered = [response(form, 4, day=date(2026, 10, 5)) for _ in range(10)]
    answered += [response(form, 1, day=last, comment="saran hari ini") for _ in range(6)]
    month = month_with(office, answered, today=last)
    file = written(tmp_path, month)
    assert row_of(file, "Ringkasan", 0, "Responden")[2] == 16
    assert len(month.released) == 10
    assert "saran hari ini" not in texts(file, "Saran")
    assert "6 saran terbaru belum boleh ditampilkan." in texts(file, "Saran")


def test_completeness_is_told_for_each_tablet(office: Instance, tmp_path: Path) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        token = tablets.add(store, "Loket 1")
        known = tablets.find(store, token)
        assert known is not None
        tablets.note_contact(store, known, TABLET, OCTOBER.first_day)
        fill(store, form, [response(form, channel="paper") for _ in range(3)])
        Intake(store).receive_many(
            form,
            [delivery(response(form), device=TABLET, seq=number) for number in (1, 2, 3, 6, 7)],
        )
        note_runs(store, TABLET, "2026-09", Runs(20, 18, 2))
        note_runs(store, TABLET, "2026-10", Runs(31, 25, 5))
        file = written(tmp_path, gather(store, office, OCTOBER, AFTER))
    assert "Loket 1: nomor 1–7, selesai 7, diterima 5, kurang 2." in texts(file, "Kelengkapan")
    assert row_of(file, "Kelengkapan", 0, "Loket 1")[1:6] == ("1–7", 7, 5, 2, "4–5")
    assert ("Loket 1", 11, 3) in [
        row[:3] for row in values(file)["Kelengkapan"].iter_rows(values_only=True)
    ]
    assert row_of(file, "Kelengkapan", 0, "Kertas")[1] == 3
    assert row_of(file, "Kelengkapan", 0, "Kios")[1] == 5


def test_charts_are_native_and_have_words_for_who_cannot_see_them(
    office: Instance, tmp_path: Path
) -> None:
    file = written(tmp_path, month_with(office))
    assert len(list(charts(file))) == 3
    drawings = "".join(text for name, text in parts(file).items() if "drawings/drawing" in name)
    assert re.findall(r'descr="(Diagram [^"]+)"', drawings) == [
        "Diagram batang nilai setiap unsur, 25 sampai 100",
        "Diagram sebaran jawaban setiap unsur",
        "Diagram batang IKM setiap layanan, 25 sampai 100",
    ]


def charts(file: Path) -> Iterator[str]:
    yield from (text for name, text in parts(file).items() if "charts/chart" in name)


def unescaped(text: str) -> str:
    """A text with the file format's _x000D_ read, as Excel shows it and openpyxl does not."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found.group(1), 16)), text)
