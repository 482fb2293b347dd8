"""Scales and regulations: every index has exactly one class."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm import resources
from skm.errors import SkmError
from skm.numerals import round_half_up
from skm.regulation import (
    find_regulation,
    load_regulation,
    regulation_in_force,
    scale,
    shipped_regulations,
)

# From the printed tables of the two regulations, not from the data files.
PRINTED = {
    "2004": (("D", 2500, 4375), ("C", 4376, 6250), ("B", 6251, 8125), ("A", 8126, 10000)),
    "2017": (("D", 2500, 6499), ("C", 6500, 7660), ("B", 7661, 8830), ("A", 8831, 10000)),
}
PREDICATES = {"D": "Tidak Baik", "C": "Kurang Baik", "B": "Baik", "A": "Sangat Baik"}


@pytest.mark.parametrize("regulation", PRINTED)
def test_every_index_of_two_decimals_has_the_printed_class(regulation: str) -> None:
    for hundredths in range(2500, 10001):
        value = Decimal(hundredths) / 100
        classes = [grade for grade, low, high in PRINTED[regulation] if low <= hundredths <= high]
        band = scale(regulation).band(value)
        assert [band.grade] == classes, value
        assert band.predicate == PREDICATES[band.grade]


@pytest.mark.parametrize(
    ("regulation", "value", "grade"),
    [
        ("2004", "43.754999", "D"),
        ("2004", "43.755", "C"),
        ("2004", "62.504999", "C"),
        ("2004", "62.505", "B"),
        ("2004", "81.255", "A"),
        ("2017", "64.994999", "D"),
        ("2017", "64.995", "C"),
        ("2017", "76.604999", "C"),
        ("2017", "76.605", "B"),
        ("2017", "88.304999", "B"),
        ("2017", "88.305", "A"),
    ],
)
def test_a_figure_between_two_printed_bounds_is_classed_as_it_is_shown(
    regulation: str, value: str, grade: str
) -> None:
    assert scale(regulation).band(Decimal(value)).grade == grade
    assert scale(regulation).band(Fraction(value)).grade == grade


@given(st.fractions(min_value=0, max_value=100))
def test_the_class_of_an_exact_index_is_the_class_of_its_printed_figure(value: Fraction) -> None:
    for regulation in shipped_regulations():
        printed = round_half_up(value, 2)
        assert regulation.scale.band(value) == regulation.scale.band(printed)


@given(st.fractions(min_value=0, max_value=100), st.fractions(min_value=0, max_value=100))
def test_a_higher_index_never_has_a_lower_class(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    for regulation in shipped_regulations():
        assert regulation.scale.band(low).level <= regulation.scale.band(high).level


@pytest.mark.parametrize("value", [0, Decimal("24.99"), Fraction(1, 3)])
def test_below_25_is_tidak_baik(value: Decimal) -> None:
    assert scale("2017").band(value).grade == "D"


def test_the_index_of_2020_is_baik_in_2004_and_kurang_baik_in_2017() -> None:
    index = Fraction(9725, 140)
    assert scale("2004").band(index).predicate == "Baik"
    assert scale("2017").band(index).predicate == "Kurang Baik"


def test_each_class_has_the_next_better_one_above_it() -> None:
    bands = scale("2017").bands
    assert [scale("2017").next_above(band) for band in bands] == [*bands[1:], None]


@pytest.mark.parametrize("regulation", PRINTED)
def test_the_classes_are_printed_with_both_their_bounds(regulation: str) -> None:
    shown = scale(regulation)
    printed = tuple(
        (band.grade, int(band.lower * 100), int(shown.upper(band) * 100)) for band in shown.bands
    )
    assert printed == PRINTED[regulation]


@pytest.mark.parametrize("text", ["baik", " Baik ", "BAIK"])
def test_a_printed_predicate_is_recognised_in_any_case(text: str) -> None:
    band = scale("2004").by_predicate(text)
    assert band is not None
    assert band.grade == "B"


def test_sangat_baik_with_two_spaces_is_recognised_and_a_strange_word_is_not() -> None:
    found = scale("2004").by_predicate("sangat  baik")
    assert found is not None
    assert found.grade == "A"
    assert scale("2004").by_predicate("memuaskan") is None


def test_2017_lists_pengaduan_as_eighth_and_sarpras_as_ninth() -> None:
    assert find_regulation("2017").element_codes == (
        "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku",
        "pengaduan", "sarpras",
    )  # fmt: skip


def test_weights_samples_and_dates_are_those_of_the_regulations() -> None:
    old, new = shipped_regulations()
    assert (old.id, old.element_count, old.minimum_sample) == ("2004", 14, 150)
    assert (new.id, new.element_count, new.minimum_sample) == ("2017", 9, 0)
    assert old.printed_weights == (Decimal("0.071"),)
    assert new.printed_weights == (Decimal("0.111"), Decimal("0.11"))
    assert old.in_force_from == date(2004, 2, 24)
    assert new.in_force_until is None
    assert new.grades_periods_from == date(2018, 1, 1)
    assert regulation_in_force() == new


def test_an_unknown_regulation_is_answered_with_those_there_are() -> None:
    with pytest.raises(SkmError, match=r"Peraturan tidak dikenal.*«2014».*2004 atau 2017"):
        find_regulation("2014")


SHIPPED = (resources.folder("survey_forms") / "regulations" / "2017.toml").read_text("utf-8")


BROKEN = {
    "bands that do not rise": ("lower = 76.61", "lower = 65.00", r"band\[3\]\.lower.*harus naik"),
    "a bound that falls": ("lower = 76.61", "lower = 60.00", r"band\[3\]\.lower.*harus naik"),
    "a missing bound": ("lower = 76.61", "lowest = 76.61", r"band\[3\]\.lower: Kunci belum ada"),
    "an endless bound": ("lower = 76.61", "lower = 1e999999999", r"band\[3\]\.lower: Bukan angka"),
    "a grade twice": ('grade = "B"', 'grade = "A"', r"band\.grade: Tertulis dua kali.*«A»"),
    "an element twice": (
        'code = "waktu"',
        'code = "biaya"',
        r"element: Tertulis dua kali.*«biaya»",
    ),
    "a fee element of another list": (
        'fee_element = "biaya"',
        'fee_element = "tarif"',
        r"fee_element.*«tarif»",
    ),
    "an id that is not the file's name": (
        'id = "2017"',
        'id = "2018"',
        r"id: Berbeda dari nama berkas.*«2018».*2017",
    ),
    "a year in quotes": ("year = 2017", 'year = "2017"', r"year: Jenis nilai salah"),
    "a year that is a truth": ("year = 2017", "year = true", r"year: Jenis nilai salah"),
    "a moment for a day": (
        "in_force_from = 2017-05-09",
        "in_force_from = 2017-05-09T00:00:00",
        r"in_force_from: Jenis nilai salah",
    ),
    "a weight in words": (
        'printed_weights = ["0.111", "0.11"]',
        'printed_weights = ["sama"]',
        r"printed_weights\[1\]: Bukan angka",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_regulation_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "2017.toml"
    assert SHIPPED.count(old) == 1
    file.write_text(SHIPPED.replace(old, new), "utf-8")
    with pytest.raises(SkmError, match=said) as refused:
        load_regulation(file)
    assert all(fault.file == file for fault in refused.value.faults)


def test_a_regulation_with_three_classes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "2017.toml"
    head, _lowest, *others = SHIPPED.split("[[band]]")
    file.write_text("[[band]]".join([head, *others]), "utf-8")
    with pytest.raises(SkmError, match=r"band: Jumlah kelas salah.*«3».*4 kelas"):
        load_regulation(file)
