"""An office may set the thresholds of the hints itself; a wrong one is refused by name."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from skm.errors import SkmError
from skm.hint_rules import shipped_rules
from skm.instance import Instance, open_instance


def with_table(office: Instance, lines: str) -> Instance:
    file = office.root / "office.toml"
    file.write_text(f"{file.read_text()}\n[petunjuk]\n{lines}\n")
    return open_instance(office.root)


def test_an_office_that_sets_none_has_those_of_the_design(office: Instance) -> None:
    rules = office.office.hints
    assert rules == shipped_rules()
    assert (rules.index_drop, rules.element_drop) == (Decimal(5), Decimal("0.5"))


def test_what_an_office_sets_stands_and_the_rest_stays(office: Instance) -> None:
    rules = with_table(office, 'indeks_turun = "2,5"\ntablet_diam = 60').office.hints
    assert (rules.index_drop, rules.silent_after) == (Decimal("2.5"), timedelta(hours=1))
    assert rules.close_within == shipped_rules().close_within


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("indeks_turun = -1", "petunjuk.indeks_turun: Di luar batas"),
        ("laju_sampel = 1.5", "petunjuk.laju_sampel: Di luar batas"),
        ('unsur_turun = "sedikit"', "petunjuk.unsur_turun: Bukan angka"),
        ("tablet_diam = 0", "petunjuk.tablet_diam: Di luar batas"),
        ("indek_turun = 3", "petunjuk.indek_turun: Kunci tidak dikenal"),
    ],
)
def test_a_threshold_that_cannot_be_is_refused(office: Instance, line: str, said: str) -> None:
    with pytest.raises(SkmError, match=said):
        with_table(office, line)
