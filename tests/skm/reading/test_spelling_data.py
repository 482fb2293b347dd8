"""The shipped spellings against the shipped forms: none says two things within one form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from skm.form import Form, shipped_forms
from skm.reading.spellings import fold, shipped_spellings

SPELLINGS = shipped_spellings()
FORMS = {form.id: form for form in shipped_forms()}
ANSWERS = {
    (question.code, choice.code)
    for form in FORMS.values()
    for question in form.profile
    for choice in question.choices
}


def doubled(spellings: Iterable[str]) -> set[str]:
    return {spelling for spelling, count in Counter(spellings).items() if count > 1}


def test_a_header_names_one_kind_of_column_only() -> None:
    profile = [header for table in SPELLINGS.profile.values() for header in table.headers]
    assert doubled([*profile, *SPELLINGS.columns]) == set()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_header_names_one_element_of_a_form_and_no_other_column(form: Form) -> None:
    headers = [
        header
        for element in form.elements
        for header in {
            fold(element.code),
            fold(element.name),
            *SPELLINGS.elements.get(element.code, ()),
        }
    ]
    assert doubled(headers) == set()
    assert set(headers) & set(SPELLINGS.columns) == set()


def test_every_element_that_has_spellings_belongs_to_a_shipped_form() -> None:
    codes = {element.code for form in FORMS.values() for element in form.elements}
    assert set(SPELLINGS.elements) == codes


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_spelling_means_one_profile_answer_of_a_form_only(form: Form) -> None:
    for question in form.profile:
        table = SPELLINGS.profile[question.code]
        spellings = [
            spelling
            for choice in question.choices
            for spelling in {
                fold(choice.label),
                *(known for known, meant in table.values.items() if choice.code in meant),
            }
        ]
        assert doubled(spellings) == set(), question.code
        assert table.unclear.isdisjoint(table.values), question.code
        assert table.too_young.isdisjoint(table.values), question.code


def test_every_spelled_profile_answer_belongs_to_a_shipped_form() -> None:
    spelled = {
        (question, answer)
        for question, table in SPELLINGS.profile.items()
        for meant in table.values.values()
        for answer in meant
    }
    assert spelled == ANSWERS


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_age_from_17_on_lies_in_one_group_of_a_form(form: Form) -> None:
    ages = next(question for question in form.profile if question.code == "usia")
    groups = [SPELLINGS.profile["usia"].years[choice.code] for choice in ages.choices]
    covered = [age for first, last in groups for age in range(first, last + 1)]
    assert covered == list(range(17, 121))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_labels_of_every_question_stand_in_one_set(form: Form) -> None:
    for question in form.questions:
        labels = {fold(label): level for level, label in enumerate(question.labels, start=1)}
        sets = [known for known in SPELLINGS.answer_sets if labels.items() <= known.levels.items()]
        assert len(sets) == 1, question.code


def test_the_best_answer_of_one_question_is_never_taken_for_the_worst_of_another() -> None:
    foreign = [known.levels for known in SPELLINGS.answer_sets if not known.own_only]
    for word in ("tidak ada", "selalu", "tidak pernah"):
        assert not any(word in levels for levels in foreign), word
