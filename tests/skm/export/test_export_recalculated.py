"""The workbook recomputed by LibreOffice: every formula gives the value of our own engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from answering import response
from monthly import AFTER, OCTOBER, fill, month_with, own_form, people
from offices import changed
from spreadsheets import formulas, parts, recalculated, values, with_part

from skm import instance
from skm.export.month import MonthExport, gather
from skm.export.workbook import write_workbook
from skm.form import find_form
from skm.instance import Instance
from skm.numerals import round_half_up
from skm.period_scores import Selection, score_period
from skm.scoring import score
from skm.store import open_store
from skm.store.served import Served, set_served

HALFWAY = date(2026, 10, 15)


def the_fourteen(office: Instance) -> MonthExport:
    form = office.questionnaire()
    with open_store(office) as store:
        fill(store, form, people(form, office))
        set_served(
            store, office.office, [Served(OCTOBER, s.code, 60) for s in office.office.services]
        )
        return gather(store, office, OCTOBER, AFTER)


def the_nine(office: Instance) -> MonthExport:
    return month_with(office, form=find_form("permenpanrb-14-2017"))


def statements_on_and_off_line(office: Instance) -> MonthExport:
    mixed = changed(
        office,
        'nama = "Kartu Keluarga"\ngratis = true\ndaring = false',
        'nama = "Kartu Keluarga"\ngratis = true\ndaring = true',
    )
    return month_with(mixed, form=find_form("pernyataan-16-b"))


def weighted_with_a_question_apart(office: Instance) -> MonthExport:
    form = own_form(
        office,
        "berbobot",
        {"satu": "Satu", "integritas": "Integritas", "dua": "Dua"},
        weights='satu = "0.3"\ndua = "0.69"',
        apart="integritas",
    )
    return month_with(office, form=form)


def half_released(office: Instance) -> MonthExport:
    return month_with(office, today=HALFWAY)


def an_element_without_answers(office: Instance) -> MonthExport:
    form = office.questionnaire()
    silent = [
        replace(each, answers={**each.answers, "keamanan": None}) for each in people(form, office)
    ]
    return month_with(office, silent)


def a_tie_at_a_bound(office: Instance) -> MonthExport:
    """(1799/625 + 26/8) / 2 x 25 = 76,605 exactly, which is 76,61 and B."""
    form = own_form(office, "seri", {"satu": "Satu", "dua": "Dua"})
    ones = [3] * 549 + [2] * 76
    twos: list[int | None] = [3] * 6 + [4] * 2 + [None] * 617
    answered = [
        response(form, answers={"satu": one, "dua": two}, day=date(2026, 10, 5))
        for one, two in zip(ones, twos, strict=True)
    ]
    return month_with(office, answered, form)


MONTHS: dict[str, Callable[[Instance], MonthExport]] = {
    made.__name__: made
    for made in (
        *(the_fourteen, the_nine, statements_on_and_off_line, weighted_with_a_question_apart),
        *(half_released, an_element_without_answers, a_tie_at_a_bound),
    )
}


@dataclass(frozen=True)
class Recomputed:
    """A month, its workbook, and the workbook after LibreOffice computed it anew."""

    office: Instance
    month: MonthExport
    file: Path
    again: Path


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recomputed]:
    folder = tmp_path_factory.mktemp("books")
    offices = {name: instance.init(folder / f"office-{name}") for name in MONTHS}
    months = {name: made(offices[name]) for name, made in MONTHS.items()}
    files = {name: folder / f"{name}.xlsx" for name in MONTHS}
    for name, file in files.items():
        write_workbook(file, months[name])
    again = recalculated(files.values(), tmp_path_factory.mktemp("libreoffice"))
    return {
        name: Recomputed(offices[name], months[name], file, again[file.name])
        for name, file in files.items()
    }


def labelled(file: Path, sheet: str, label: str) -> object:
    """The figure beside a label, the first in its row."""
    for row in values(file)[sheet].iter_rows(values_only=True):
        if row[0] == label:
            return next(value for value in row[1:] if value is not None)
    raise AssertionError(f"{label} is not on {sheet}")


@pytest.mark.parametrize("name", MONTHS)
def test_every_formula_gives_the_value_that_stands_beside_it(
    recomputed: dict[str, Recomputed], name: str
) -> None:
    made = recomputed[name]
    written, again = values(made.file), values(made.again)
    cells = formulas(made.file)
    assert len(cells) > 20
    for sheet, cell in cells:
        stored, computed = written[sheet][cell].value, again[sheet][cell].value
        assert stored is not None
        if isinstance(stored, str):
            assert computed == stored, (sheet, cell)
        else:
            assert computed == pytest.approx(stored, abs=1e-9), (sheet, cell)


def test_a_wrong_value_beside_a_formula_would_be_seen(
    recomputed: dict[str, Recomputed], tmp_path: Path
) -> None:
    made = recomputed["the_nine"]
    sheet = "xl/worksheets/sheet2.xml"
    index = float(made.month.assessment.card.index or 0)
    forged = re.sub(rf"<v>{index}</v>", "<v>99.5</v>", parts(made.file)[sheet])
    copy = with_part(made.file, tmp_path / "forged.xlsx", sheet, forged)
    label = "**) IKM unit pelayanan = *) x 25"
    assert labelled(copy, "Pengolahan", label) == 99.5
    again = recalculated([copy], tmp_path / "again")["forged.xlsx"]
    assert labelled(again, "Pengolahan", label) == pytest.approx(index, abs=1e-9)


@pytest.mark.parametrize("name", [name for name in MONTHS if "without_answers" not in name])
def test_the_index_of_the_workbook_is_that_of_skm_score(
    recomputed: dict[str, Recomputed], name: str
) -> None:
    made = recomputed[name]
    with open_store(made.office) as store:
        scored, _ = score_period(store, made.office, Selection(OCTOBER), made.month.form.id)
    index, band = scored.card.index, scored.card.band
    assert index is not None
    assert band is not None
    period = f"IKM periode, semua {len(made.month.everyone)} responden"
    for sheet, label in (("Ringkasan", "Indeks (IKM)"), ("Pengolahan", period)):
        shown = labelled(made.again, sheet, label)
        assert isinstance(shown, float)
        assert shown == pytest.approx(float(index), abs=1e-9)
        assert round(shown, 9) == pytest.approx(float(round_half_up(index, 9)), abs=1e-12)
    assert labelled(made.again, "Ringkasan", "Mutu") == band.grade
    assert labelled(made.again, "Ringkasan", "Kinerja") == band.predicate


def test_a_tie_at_a_bound_reaches_the_better_class_in_the_spreadsheet_too(
    recomputed: dict[str, Recomputed],
) -> None:
    made = recomputed["a_tie_at_a_bound"]
    assert made.month.assessment.card.index == Fraction("76.605")
    for file in (made.file, made.again):
        assert labelled(file, "Ringkasan", "Mutu") == "B"
        assert labelled(file, "Pengolahan", "Mutu pelayanan") == "B"


def test_with_all_released_the_processing_sheet_ends_in_the_index(
    recomputed: dict[str, Recomputed],
) -> None:
    made = recomputed["the_fourteen"]
    assert made.month.waiting == 0
    shown = labelled(made.again, "Pengolahan", "**) IKM unit pelayanan = *) x 25")
    assert shown == pytest.approx(float(made.month.assessment.card.index or 0), abs=1e-9)


def test_with_some_waiting_the_processing_sheet_is_of_the_rows_it_shows(
    recomputed: dict[str, Recomputed],
) -> None:
    made = recomputed["half_released"]
    month = made.month
    assert 0 < len(month.released) < len(month.everyone)
    of_shown = score(
        month.released.distribution(), month.form, month.method.weights, month.method.scale
    )
    shown = labelled(made.again, "Pengolahan", "**) IKM unit pelayanan = *) x 25")
    assert shown == pytest.approx(float(of_shown.index or 0), abs=1e-9)
    assert shown != pytest.approx(float(month.assessment.card.index or 0), abs=1e-3)
    said = str(values(made.file)["Pengolahan"]["A8"].value)
    assert said.startswith(f"{len(month.released)} dari {len(month.everyone)} responden.")


def test_an_index_with_an_unanswered_element_is_not_invented(
    recomputed: dict[str, Recomputed],
) -> None:
    made = recomputed["an_element_without_answers"]
    assert labelled(made.again, "Ringkasan", "Indeks (IKM)") == "belum lengkap"
    rows = list(values(made.again)["Pengolahan"].iter_rows(values_only=True))
    (index,) = (row for row in rows if str(row[0]).startswith("**)"))
    assert set(index[1:]) == {None}
    assert any(str(row[0]).startswith("IKM belum lengkap") for row in rows)
