"""Indonesian numbers are read and printed without losing a digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm import numerals

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Decimal("76.605"), 2, "76,61"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("39.355"), 2, "39,36"),
        (Fraction(1945, 28), 2, "69,46"),
        (Fraction(1, 3), 3, "0,333"),
        (1685490978, None, "1.685.490.978"),
        (Decimal("100.00"), None, "100"),
    ],
)
def test_numbers_are_printed_rounded_half_up_with_a_decimal_comma(
    value: numerals.Number, places: int | None, printed: str
) -> None:
    assert numerals.number(value, places) == printed


@given(amounts)
def test_a_printed_amount_is_read_back_as_the_same_amount(amount: Decimal) -> None:
    assert numerals.read_number(numerals.number(amount, 2)) == amount
    assert numerals.read_number(f"{amount:.2f}") == amount


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_rounding_is_off_by_at_most_half_a_step_and_ties_go_away_from_zero(
    value: Fraction, places: int
) -> None:
    rounded = Fraction(numerals.round_half_up(value, places))
    half = Fraction(1, 2 * 10**places)
    assert abs(rounded - value) <= half
    if abs(rounded - value) == half:
        assert abs(rounded) > abs(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("72,5", "72.5"),
        ("72.5", "72.5"),
        ("97,30 %", "97.30"),
        ("Rp. 24.300.000,-", "24300000"),
        ("RP. 1.285.490.978,50", "1285490978.50"),
        ("1,685,490,978.50", "1685490978.50"),
        ("05", "5"),
        ("−3,5", "-3.5"),
        ("1.200.000", "1200000"),
    ],
)
def test_numbers_are_read_as_offices_write_them(text: str, value: str) -> None:
    assert numerals.read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "146.842.45,00", "1995.500,00", "B", "1,2,3", "#DIV/0!"]
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert numerals.read_number(text) is None


def test_rupiah_dates_and_words_are_written_as_in_official_reports() -> None:
    assert numerals.rupiah(Decimal("1685490978.50")) == "Rp1.685.490.978,50"
    assert numerals.rupiah(Decimal(-1500)) == "-Rp1.500,00"
    assert numerals.long_date(date(2021, 1, 18)) == "18 Januari 2021"
    assert numerals.in_words(8) == "delapan"
    assert numerals.in_words(999) == "sembilan ratus sembilan puluh sembilan"
    assert numerals.signed(Decimal("-15.354")) == "−15,35"
