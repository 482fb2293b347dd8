"""The money adds up at every level; shares and absorption are those of the printed pages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip import budget
from lkip.budget import Level, Money, Verdict
from lkip.figure import Figure, State
from lkip.plan import Efficiency, Plan, load_plan
from skm import resources

SMALL = Path(__file__).with_name("small_plan.toml")

money = st.decimals("0", "999999999", places=2)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(resources.folder("instance") / "lkip" / "2020.toml")


@pytest.fixture(scope="module")
def small() -> Plan:
    return load_plan(SMALL)


# ---------------------------------------------------------------- the report of 2020


def test_the_21_lines_of_2020_add_up_to_400_million(plan: Plan) -> None:
    total = budget.programme_total(plan)
    ends = [end for node in budget.tree(plan) for end in node.ends]
    assert len(ends) == 21
    assert (total.revised, total.realised) == (Decimal(400_000_000), Decimal(378_590_950))
    assert total.absorption.shown == Decimal("94.65")


def test_all_money_of_2020_with_what_belongs_to_no_programme(plan: Plan) -> None:
    total = budget.grand_total(plan)
    assert total.revised == Decimal("1685490978.50")
    assert total.realised == Decimal(1_530_139_515)
    assert total.absorption.shown == Decimal("90.78")


@pytest.mark.parametrize(
    ("position", "revised", "realised", "absorption"),
    [
        (0, 149_990_000, 146_842_450, "97.90"),
        (1, 46_090_000, 45_528_500, "98.78"),
        (2, 24_300_000, 7_200_000, "29.63"),
        (3, 157_420_000, 157_420_000, "100.00"),
        (4, 22_200_000, 21_600_000, "97.30"),
    ],
)
def test_each_programme_of_2020(
    plan: Plan, position: int, revised: int, realised: int, absorption: str
) -> None:
    found = budget.tree(plan)[position].money
    assert (found.revised, found.realised) == (Decimal(revised), Decimal(realised))
    assert found.absorption.shown == Decimal(absorption)


@pytest.mark.parametrize(
    ("name", "absorption"),
    [
        ("Honorarium Pengelola Keuangan dan Barang", "95.74"),
        ("Belanja Dokumentasi dan Dekorasi", "99.83"),
        ("Penyediaan Listrik", "96.41"),
        ("Belanja Makanan dan Minuman Rapat", "99.90"),
        ("Pemeliharaan Rutin/Berkala Mobil Jabatan", "98.58"),
        ("Pemeliharaan Rutin/Berkala Kendaraan Dinas/Operasional", "99.14"),
        ("Koordinasi Pelayanan Umum", "96.30"),
    ],
)
def test_lines_of_2020_that_were_not_spent_whole(plan: Plan, name: str, absorption: str) -> None:
    ends = {end.name: end for node in budget.tree(plan) for end in node.ends}
    assert ends[name].money.absorption.shown == Decimal(absorption)


def test_the_groups_of_2020(plan: Plan) -> None:
    found = [
        (part.name, part.share.shown, part.money.absorption.shown)
        for part in budget.by_group(plan)
    ]
    assert found == [
        ("Belanja Tidak Langsung", Decimal("76.27"), Decimal("89.58")),
        ("Belanja Langsung", Decimal("23.73"), Decimal("94.65")),
    ]


def test_the_sasaran_of_2020_and_the_money_tied_to_none(plan: Plan) -> None:
    found = [(part.key, part.money.revised, part.share.shown) for part in budget.by_sasaran(plan)]
    assert found == [
        ("s1", Decimal(22_200_000), Decimal("5.55")),
        ("s2", Decimal(157_420_000), Decimal("39.36")),
        ("penunjang", Decimal(220_380_000), Decimal("55.10")),
    ]


def test_the_stated_kinds_of_2020_add_up_to_their_group(plan: Plan) -> None:
    kinds = budget.by_kind(plan, "langsung")
    assert [kind.money.revised for kind in kinds] == [253_822_000, 146_178_000, 0]
    assert sum(kind.money.revised for kind in kinds) == budget.programme_total(plan).revised


def test_the_service_of_2020_cost_more_of_its_budget_than_it_reached(plan: Plan) -> None:
    assert plan.efficiency is not None
    service = budget.by_sasaran(plan)[0].money
    found = budget.efficiency(plan.efficiency, Figure.of(Decimal("81.72")), service)
    assert (found.difference, found.word) == (Decimal("-15.58"), "kurang efisien")


# ---------------------------------------------------------------- trees of any depth


def test_a_tree_of_five_levels_is_summed_from_its_ends(small: Plan) -> None:
    urusan = budget.tree(small)[0]
    assert [(depth, node.level, int(node.money.revised)) for depth, node in urusan.walk()] == [
        (0, Level.URUSAN, 300),
        (1, Level.PROGRAMME, 300),
        (2, Level.ACTIVITY, 300),
        (3, Level.SUB_ACTIVITY, 300),
        (4, Level.LINE, 300),
        (5, Level.LINE, 200),
        (5, Level.LINE, 100),
    ]


def test_lines_take_over_sasaran_and_group_from_above_unless_they_name_theirs(
    small: Plan,
) -> None:
    ends = budget.tree(small)[0].ends
    assert [(end.name, end.sasaran, end.group) for end in ends] == [
        ("Honorarium", "penunjang", "operasi"),
        ("Lembur", "penunjang", "modal"),
    ]
    assert budget.tree(small)[0].group is None


def test_groups_since_2021_are_data_of_the_plan_too(small: Plan) -> None:
    found = {part.name: part.money.revised for part in budget.by_group(small)}
    assert found == {"Belanja Operasi": 1000 + 200 + 600, "Belanja Modal": 100}


def test_a_sum_with_a_line_not_filled_in_is_not_filled_in(small: Plan) -> None:
    urusan, service = budget.tree(small)
    assert urusan.money.realised is None
    assert service.money.realised == 300
    assert urusan.money.absorption.state is State.NOT_FILLED
    assert budget.grand_total(small).absorption.state is State.NOT_FILLED


def test_more_spent_than_planned_is_shown_as_it_is(small: Plan) -> None:
    overspent = budget.tree(small)[0].ends[0].money
    assert overspent.absorption.shown == 125
    assert overspent.unspent == -50


def test_kinds_are_summed_from_the_lines_where_the_plan_states_none(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    text = SMALL.read_text(encoding="utf-8")
    for line, kind in (("Belanja Pegawai", "Pegawai"), ("Honorarium Pelaksana", "Barang/Jasa")):
        text = text.replace(f'name = "{line}"', f'name = "{line}"\nkind = "{kind}"', 1)
    file.write_text(text, encoding="utf-8")
    found = budget.by_kind(load_plan(file), "operasi")
    assert [part.name for part in found] == ["Pegawai", "Barang/Jasa"]
    assert [part.money.revised for part in found] == [200, 600]
    assert [part.share.shown for part in found] == [25, 75]


def test_absorption_of_no_budget_is_not_computable() -> None:
    none = Money(Decimal(0), Decimal(0), Decimal(0))
    assert none.absorption.state is State.NOT_COMPUTABLE


@given(parts=st.lists(st.tuples(money, money, st.none() | money), max_size=8))
def test_sums_are_exact_and_unknown_as_long_as_a_part_is(
    parts: list[tuple[Decimal, Decimal, Decimal | None]],
) -> None:
    total = budget.total(Money(*part) for part in parts)
    assert total.revised == sum(part[1] for part in parts)
    spent = [part[2] for part in parts]
    known = [amount for amount in spent if amount is not None]
    assert total.realised == (sum(known) if len(known) == len(spent) else None)


# ---------------------------------------------------------------- efficiency

AT_LEAST = Efficiency("at_least", ("efisien", "kurang efisien"))
MARGIN = Efficiency("margin", ("efisien", "cukup efisien", "tidak efisien"), Decimal(5))
UNSPENT = Efficiency("unspent")


@pytest.mark.parametrize(
    ("rule", "achieved", "verdict", "word"),
    [
        (AT_LEAST, "90", Verdict.EFFICIENT, "efisien"),
        (AT_LEAST, "89.99", Verdict.INEFFICIENT, "kurang efisien"),
        (MARGIN, "95.01", Verdict.EFFICIENT, "efisien"),
        (MARGIN, "95", Verdict.FAIR, "cukup efisien"),
        (MARGIN, "85", Verdict.FAIR, "cukup efisien"),
        (MARGIN, "84.99", Verdict.INEFFICIENT, "tidak efisien"),
        (UNSPENT, "100", None, None),
    ],
)
def test_the_plan_chooses_the_rule_of_efficiency(
    rule: Efficiency, achieved: str, verdict: Verdict | None, word: str | None
) -> None:
    spent = Money(Decimal(1000), Decimal(1000), Decimal(900))
    found = budget.efficiency(rule, Figure.of(Decimal(achieved)), spent)
    assert (found.verdict, found.word) == (verdict, word)


@pytest.mark.parametrize(("achieved", "saved"), [("100", 100), ("120", 100), ("99.99", None)])
def test_money_counts_as_saved_only_where_the_target_was_reached(
    achieved: str, saved: int | None
) -> None:
    spent = Money(Decimal(1000), Decimal(1000), Decimal(900))
    assert budget.efficiency(UNSPENT, Figure.of(Decimal(achieved)), spent).saved == saved


def test_efficiency_is_not_guessed_where_a_figure_is_missing() -> None:
    unspent = Money(Decimal(1000), Decimal(1000), None)
    found = budget.efficiency(AT_LEAST, Figure.of(100), unspent)
    assert (found.word, found.reason) == (None, "realisasi anggaran belum lengkap")
    unknown = budget.efficiency(
        AT_LEAST, Figure.not_filled("belum diisi"), Money(Decimal(1), Decimal(1), Decimal(1))
    )
    assert (unknown.word, unknown.reason) == (None, "belum diisi")
