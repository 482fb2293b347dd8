"""A closing is a value: exact, the same bytes for the same content, and enough to recompute."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from questionnaires import codes_of, plain_form

from skm.assessment import Method, assess
from skm.closing import Closing, Replaced, assessment_of, differences, scorecard_of
from skm.closing_text import checksum, checksum_of, from_json, to_json
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.freezing import Decision, Surroundings, freeze
from skm.period import Period
from skm.responses import Response, ResponseTable
from skm.scoring import weights_for

OCTOBER = Period.parse("2026-10")
FORM = find_form("kecamatan-14")
SERVICES = {"ktp-el": "KTP-el", "kk": "Kartu Keluarga", "kia": "KIA", "tidak diisi": "Tidak diisi"}


def person(
    number: int, service: str | None = "kk", form: Form = FORM, **changes: object
) -> Response:
    codes = codes_of(form)
    given_answers = {code: (number * 7 + at) % 4 + 1 for at, code in enumerate(codes)}
    plain = Response(
        f"{number:032x}", form.id, date(2026, 10, 5), "pagi", "kiosk", given_answers, service
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def table_of(people: list[Response], form: Form = FORM) -> ResponseTable:
    table = ResponseTable.of(people, codes_of(form))
    asked = {f"profile.{question.code}" for question in form.profile}
    nothing = np.full(len(people), None, dtype=np.object_)
    return ResponseTable(
        table.questions, table.levels, dict.fromkeys(asked, nothing) | dict(table.columns)
    )


def closed(
    people: list[Response],
    decision: Decision | None = None,
    form: Form = FORM,
    served: dict[str, int] | None = None,
) -> Closing:
    around = Surroundings(
        services=SERVICES,
        served=served or {},
        population=sum((served or {}).values()) or None,
        comments=3,
        data_until=date(2026, 10, 30),
        left_out={},
    )
    method = Method(form, weights_for(form), form.regulation.scale)
    made = decision or Decision(date(2026, 11, 2))
    return freeze(OCTOBER, table_of(people, form), method, around, made)


CROWD = [person(number, ("kk", "ktp-el", None)[number % 3]) for number in range(60)]


def test_the_scorecard_is_recomputed_from_the_counts_to_the_last_fraction() -> None:
    closing = closed(CROWD)
    method = Method(FORM, weights_for(FORM), FORM.regulation.scale)
    live = assess(table_of(CROWD), method)
    assert scorecard_of(closing, FORM) == live.card
    assert closing.index == live.card.index
    assert assessment_of(closing, FORM).nine == live.nine


def test_everything_that_was_said_is_said_again() -> None:
    people = [
        replace(each, helped=at % 4 == 0, flags=("seragam",) if at % 5 == 0 else ())
        for at, each in enumerate(CROWD)
    ]
    method = Method(FORM, weights_for(FORM), FORM.regulation.scale)
    live = assess(table_of(people), method, population=500, by="service")
    again = assessment_of(closed(people, served={"kk": 300, "ktp-el": 200}), FORM)
    assert again.interval is not None
    assert live.interval is not None
    assert again.interval.low == pytest.approx(live.interval.low, abs=1e-9)
    assert again.alpha == pytest.approx(live.alpha, abs=1e-9)
    for part in ("card", "nine", "sample_needed", "flagged", "without_flagged", "without_helped"):
        assert getattr(again, part) == getattr(live, part), part
    assert again.without_fee == live.without_fee
    assert [(each.name, each.n, each.card) for each in again.groups] == [
        (each.name, each.n, each.card) for each in live.groups
    ]


def test_its_text_is_canonical_and_has_no_float() -> None:
    text = to_json(closed(CROWD))
    said = json.loads(text)
    assert text == json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert not any(isinstance(each, float) for each in _leaves(said))
    assert said["index"] == str(closed(CROWD).index)


def test_the_order_of_responses_does_not_change_a_byte() -> None:
    assert to_json(closed(CROWD[::-1])) == to_json(closed(CROWD))


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.sampled_from(["kk", "ktp-el", "kia", None])), min_size=1, max_size=40)
)
def test_it_is_read_back_as_it_was(services: list[tuple[str | None]]) -> None:
    closing = closed([person(number, service) for number, (service,) in enumerate(services)])
    assert from_json(to_json(closing), checksum(closing)) == closing


def test_weights_stay_in_the_order_of_the_form() -> None:
    closing = closed(CROWD)
    back = from_json(to_json(closing), checksum(closing))
    assert list(back.weights.each) == [element.code for element in FORM.counted_elements]


@pytest.mark.parametrize(
    ("old", "new"),
    [('"respondents":60', '"respondents":61'), ('"edition":1', '"edition":2'), ("KTP-el", "KTP")],
)
def test_a_text_that_was_touched_is_refused(old: str, new: str) -> None:
    closing = closed(CROWD)
    text = to_json(closing)
    assert old in text
    with pytest.raises(SkmError, match="sidik jarinya tidak cocok"):
        from_json(text.replace(old, new, 1), checksum(closing))


@pytest.mark.parametrize("text", ["{}", "[]", "kosong", '{"format": 9}'])
def test_what_is_no_closing_is_refused_in_words(text: str) -> None:
    with pytest.raises(SkmError, match="tidak dapat dibaca"):
        from_json(text, checksum_of(text))


def test_the_same_content_in_another_spelling_is_no_closing() -> None:
    text = to_json(closed(CROWD)).replace(",", ", ", 1)
    with pytest.raises(SkmError, match="bentuk bakunya"):
        from_json(text, checksum_of(text))


def test_small_services_are_hidden_and_still_counted() -> None:
    people = [*CROWD, person(100, "kia"), person(101, "kia")]
    closing = closed(people)
    hidden = {each.code for each in closing.services if each.counts is None}
    assert hidden == {"kia", "kk"}, "and the next smallest, so that no difference tells"
    assert closing.distribution == table_of(people).distribution()
    assert sum(closing.hidden_counts[0]) == 22


def test_small_profile_groups_are_hidden() -> None:
    code = FORM.profile[0].code
    first, second = (choice.code for choice in FORM.profile[0].choices[:2])
    people = [
        replace(each, profile={code: first if at < 3 else second}) for at, each in enumerate(CROWD)
    ]
    totals = {each.question: dict(each.totals) for each in closed(people).profile}
    assert totals[code][first] is None
    assert totals[code][second] is None


@pytest.mark.parametrize(("few", "is_told"), [(0, True), (1, False), (4, False), (5, True)])
def test_an_index_that_would_tell_a_few_peoples_answers_by_difference_is_left_out(
    few: int, is_told: bool
) -> None:
    people = [
        replace(each, helped=at < few, flags=("seragam",) if at < few else ())
        for at, each in enumerate(CROWD)
    ]
    closing = closed(people)
    assert (closing.helped, closing.flagged) == (few, few)
    assert (closing.without_helped is not None) is is_told
    assert (closing.without_flagged is not None) is is_told


def test_a_new_edition_says_what_changed() -> None:
    before = Replaced(1, "a" * 64, 58, Fraction(60), "2017", "0.071", 3, 1, 0)
    decision = Decision(date(2026, 12, 1), 2, reason="lembar kertas", replaced=before)
    said = " ".join(differences(closed(CROWD, decision)))
    assert "Responden 58 menjadi 60: 3 bertambah, 1 dihapus, 0 diperbaiki." in said
    assert "Indeks 60,00 menjadi" in said
    assert "Skala 2017 menjadi 2004." in said
    assert "Bobot 0.071 menjadi exact." in said
    assert differences(closed(CROWD)) == ()


def test_an_element_without_answers_makes_no_index() -> None:
    form = plain_form(3)
    people = [
        person(number, form=form, answers={"u1": 3, "u2": 4, "u3": None}) for number in range(9)
    ]
    closing = closed(people, form=form)
    assert closing.index is None
    assert from_json(to_json(closing), checksum(closing)) == closing


def _leaves(said: object) -> list[object]:
    if isinstance(said, dict):
        return [leaf for each in said.values() for leaf in _leaves(each)]
    if isinstance(said, list):
        return [leaf for each in said for leaf in _leaves(each)]
    return [said]
