"""A realisation comes from where the plan says, or is refused; it is never guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from complete_plan import complete_plan

from lkip.figure import State
from lkip.plan import Plan, load_plan
from lkip.realisations import Survey, grades, realise
from lkip.results import results
from skm.errors import SkmError
from skm.instance import Instance

SMALL = Path(__file__).with_name("small_plan.toml").read_text(encoding="utf-8")


def plan_of(office: Instance, text: str, year: int = 2026) -> Plan:
    """A plan in the office's folder."""
    office.plan(year).write_text(text, encoding="utf-8")
    return load_plan(office.plan(year))


def survey_of_2020(office: Instance) -> Survey:
    survey = realise(load_plan(office.plan(2020)), office)["skm", 2020].survey
    assert survey is not None
    return survey


def test_the_index_of_2020_is_that_of_the_printed_scores(office: Instance) -> None:
    found = realise(load_plan(office.plan(2020)), office)["skm", 2020]
    assert found.figure.exact == Fraction(9725, 140)
    assert found.figure.shown == Decimal("69.46")


def test_its_survey_is_told_with_elements_nine_and_reason(office: Instance) -> None:
    survey = survey_of_2020(office)
    assert len(survey.card.elements) == 14
    assert {element.source for element in survey.card.elements} == {"printed"}
    assert survey.card.weights.label == "exact"
    assert survey.nine is not None
    assert survey.nine.index is not None
    assert round(float(survey.nine.index), 2) == 69.07
    assert survey.nine.band is not None
    assert survey.nine.band.grade == "C"
    assert survey.reason.startswith("Hanya skor cetak")
    assert survey.file == "skm/2020.csv"


def test_the_rows_that_are_not_sure_are_those_of_the_printed_table(office: Instance) -> None:
    assert [notice.row for notice in survey_of_2020(office).table.notices] == [
        1,
        2,
        6,
        7,
        8,
        9,
        13,
    ]


def test_its_grade_is_said_on_both_scales(office: Instance) -> None:
    plan = load_plan(office.plan(2020))
    found = realise(plan, office)
    skm = plan.indicator("skm")
    said = [
        [(grade.scale.id, grade.band.grade) for grade in grades(skm, found["skm", year].figure)]
        for year in (2019, 2020)
    ]
    assert said == [[("2004", "A"), ("2017", "B")], [("2004", "B"), ("2017", "C")]]


def test_a_percentage_has_no_grade(office: Instance) -> None:
    plan = load_plan(office.plan(2020))
    found = realise(plan, office)["rekomendasi", 2020]
    assert grades(plan.indicator("rekomendasi"), found.figure) == ()


def test_a_period_that_is_not_closed_is_refused(office: Instance) -> None:
    with pytest.raises(SkmError) as refused:
        realise(plan_of(office, SMALL), office)
    missing, closing = str(refused.value).splitlines()
    assert "2026.toml, indikator skm, realisasi 2026: Periode 2026 belum ditutup" in closing
    assert "2025.csv: Berkas tidak ada" in missing, "both are told in one pass"


def test_a_table_that_cannot_be_scored_as_asked_is_refused_with_its_rows(office: Instance) -> None:
    strict = complete_plan().replace('rows = "printed"', 'rows = "strict"', 1)
    with pytest.raises(SkmError) as refused:
        realise(plan_of(office, strict), office)
    assert "baris 7" in str(refused.value)


@pytest.mark.parametrize(
    ("rows", "index"), [("strict", "55.00"), ("normalise", "55.00"), ("printed", "70.00")]
)
def test_rows_are_scored_as_the_plan_asks(office: Instance, rows: str, index: str) -> None:
    table = office.root / "skm" / "2026.csv"
    names = [element.name for element in office.questionnaire().elements]
    lines = [f'"{name}",20,40,40,0,70' for name in names]
    header = "element,tidak_baik,kurang_baik,baik,sangat_baik,printed_score"
    table.write_text("\n".join((header, *lines)), encoding="utf-8")
    text = complete_plan().replace("skm/2020.csv", "skm/2026.csv").replace(
        'rows = "printed"', f'rows = "{rows}"', 1
    )  # fmt: skip
    found = realise(plan_of(office, text), office)["skm", 2026]
    assert found.figure.shown == Decimal(index)


def test_parts_and_stated_figures_are_as_the_plan_has_them(office: Instance) -> None:
    found = realise(plan_of(office, complete_plan()), office)
    assert found["aduan", 2025].figure.exact == Fraction(600, 7)
    assert found["skm", 2025].figure.shown == Decimal("70.50")


def test_quarters_make_the_year_where_nothing_else_is_filled_in(office: Instance) -> None:
    text = complete_plan().replace(
        'source = "stated"\nyear = 2026\nvalue = 3\ndocument = "pk"\n[[indicator.realisation]]\n',
        "",
    )
    found = realise(plan_of(office, text), office)["aduan", 2026]
    assert found.figure.state is State.NOT_FILLED
    assert found.figure.reason == "triwulan 2 belum diisi"


def test_the_results_of_2020(office: Instance) -> None:
    plan = load_plan(office.plan(2020))
    first, second = results(plan, realise(plan, office)).sasaran
    (skm,) = first.indicators
    assert skm.achievement.counted.shown == Decimal("81.72")
    assert skm.progress.shown == Decimal("69.46")
    assert first.achievement.category is not None
    assert (first.achievement.category.name, first.achievement.verdict) == ("BAIK", "berhasil")
    assert skm.before is not None
    assert skm.before.realised.shown == Decimal("84.81")
    assert [result.number for result in second.indicators] == [2, 3]
    assert second.achievement.figure.shown == Decimal(100)
    assert [part.efficiency and part.efficiency.word for part in (first, second)] == [
        "kurang efisien",
        "efisien",
    ]
