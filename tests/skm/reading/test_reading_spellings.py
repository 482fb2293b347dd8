"""The data of ``reading.toml``: consistent with itself and with the shipped forms."""

from __future__ import annotations

from itertools import combinations

import pytest

from skm.form import Form, all_forms
from skm.reading.answers import scale_of_five
from skm.reading.headings import FormNames, elements_by_name, parse_heading
from skm.reading.spellings import fold, shipped_spellings

SPELLINGS = shipped_spellings()
FORMS = {form.id: form for form in all_forms(None)}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return FORMS[request.param]


def test_a_spelling_leads_to_one_element_of_a_form(form: Form) -> None:
    spelt = {
        element.code: set(SPELLINGS.elements.get(element.code, ())) for element in form.elements
    }
    for one, other in combinations(spelt, 2):
        assert not spelt[one] & spelt[other], (one, other)


def test_every_element_is_known_by_its_own_name_and_code(form: Form) -> None:
    names = elements_by_name(form, SPELLINGS)
    for element in form.elements:
        assert names[fold(element.name)] == element.code
        assert names[fold(element.code)] == element.code


def test_no_spelling_of_a_column_hides_a_question(form: Form) -> None:
    names = FormNames(form, SPELLINGS)
    for header in SPELLINGS.columns:
        assert names.named(parse_heading(header)) is None, header


def test_no_profile_header_heads_another_column() -> None:
    for code, profile in SPELLINGS.profile.items():
        assert not profile.headers & set(SPELLINGS.columns), code


def test_profile_answers_lead_to_choices_of_some_form() -> None:
    for code, profile in SPELLINGS.profile.items():
        known = {
            choice.code
            for form in FORMS.values()
            for question in form.profile
            if question.code == code
            for choice in question.choices
        }
        assert {answer for answers in profile.values.values() for answer in answers} <= known
        assert set(profile.years) <= known


def test_each_answer_set_has_one_level_a_label_and_no_scale_of_five() -> None:
    for answers in SPELLINGS.answer_sets:
        assert set(answers.levels.values()) == {1, 2, 3, 4}


def test_the_labels_of_no_form_look_like_a_scale_of_five(form: Form) -> None:
    for question in form.questions:
        labels = {fold(label): level for level, label in enumerate(question.labels, start=1)}
        assert scale_of_five(labels, SPELLINGS.degrees) == []


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("Jumlah Nilai per Parameter (JP)", True),
        ("Σ Nilai / Unsur", True),
        ("? Nilai / Unsur", True),
        ("∑ Nilai per Unsur", True),
        ("NRR Tertimbang / Unsur", True),
        ("IKM UNIT PELAYANAN", True),
        ("**) IKM Unit Pelayanan", True),
        ("Rata-Rata", True),
        ("Sumberdaya", False),
        ("Totalitas", False),
        ("Kartu Keluarga", False),
        ("12", False),
    ],
)
def test_rows_that_close_a_sheet(text: str, closes: bool) -> None:
    assert SPELLINGS.closes(text) is closes


@pytest.mark.parametrize(
    ("text", "names", "series", "number"),
    [
        ("U1", ("u1",), "U", 1),
        ("unsur 12", ("unsur 12",), "U", 12),
        ("P-3", ("p-3",), "P", 3),
        ("q3", ("q3",), "P", 3),
        ("skor_1", ("skor_1",), "?", 1),
        ("U1. Persyaratan", ("u1.persyaratan", "persyaratan"), "U", 1),
        ("Persyaratan (U1)", ("persyaratan (u1)", "persyaratan"), "U", 1),
        ("1. Persyaratan?", ("1. persyaratan", "persyaratan"), None, 1),
        ("Nilai [U2 - Prosedur]", ("nilai [u2-prosedur]", "u2-prosedur", "prosedur"), "U", 2),
        ("Usia", ("usia",), None, 0),
        ("P", ("p",), None, 0),
    ],
)
def test_headers_taken_apart(
    text: str, names: tuple[str, ...], series: str | None, number: int
) -> None:
    heading = parse_heading(text)
    assert heading.names[-1] == names[-1]
    assert (heading.series, heading.number) == (series, number)
