"""Sums over the budget of a plan: totals, absorption, shares, efficiency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from lkip.figure import Figure
from lkip.plan import SUPPORT, Activity, Efficiency, Line, Plan, Programme, Urusan


class Level(Enum):
    """What a node of the budget tree is."""

    URUSAN = "urusan"
    PROGRAMME = "program"
    ACTIVITY = "kegiatan"
    SUB_ACTIVITY = "sub kegiatan"
    LINE = "belanja"
    OUTSIDE = "di luar program"


@dataclass(frozen=True)
class Money:
    """Amounts in rupiah.

    Attributes:
        initial: budget first approved.
        revised: budget after the last change; absorption and shares are of this one.
        realised: spent; None while an amount in the sum is not filled in.
    """

    initial: Decimal
    revised: Decimal
    realised: Decimal | None

    @property
    def absorption(self) -> Figure:
        """Serapan: realised / revised in percent.

        >>> Money(Decimal(3), Decimal(3), Decimal(2)).absorption.shown
        Decimal('66.67')
        """
        if self.realised is None:
            return Figure.not_filled("realisasi anggaran belum lengkap")
        return ratio(self.realised, self.revised)

    @property
    def unspent(self) -> Decimal | None:
        """Budget left; negative where more was spent."""
        return None if self.realised is None else self.revised - self.realised


@dataclass(frozen=True)
class Node:
    """A part of the budget with its own sum.

    Attributes:
        sasaran: the one it serves, or ``penunjang``; None outside the programmes and above them.
        group: kelompok belanja of its money; None where the parts below differ or have none.
        kind: jenis belanja, of lines that name theirs.
        note: of a line or programme, such as why its budget was changed.
    """

    level: Level
    name: str
    code: str | None
    sasaran: str | None
    group: str | None
    kind: str | None
    money: Money
    children: tuple[Node, ...]
    note: str | None = None

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Itself and all below it, from the top, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    @property
    def ends(self) -> tuple[Node, ...]:
        """The nodes at the ends, which hold the amounts."""
        return tuple(node for _, node in self.walk() if not node.children)

    @property
    def repeats_its_line(self) -> bool:
        """Whether its only line has its own name, so that a table need not print both."""
        return len(self.children) == 1 and self.children[0].name == self.name


@dataclass(frozen=True)
class Share:
    """A part of the budget and its share of the whole, in percent.

    Attributes:
        key: id of the group or sasaran, ``penunjang``, or the name of a jenis belanja.
    """

    key: str
    name: str
    money: Money
    share: Figure


class Verdict(Enum):
    """What an efficiency rule says, before the plan's word for it."""

    EFFICIENT = "efficient"
    FAIR = "fair"
    INEFFICIENT = "inefficient"


_RANKED = {
    "at_least": (Verdict.EFFICIENT, Verdict.INEFFICIENT),
    "margin": (Verdict.EFFICIENT, Verdict.FAIR, Verdict.INEFFICIENT),
}


@dataclass(frozen=True)
class EfficiencyResult:
    """Achievement beside absorption.

    Attributes:
        difference: achievement less absorption, percentage points of the printed figures.
        verdict: None where the rule gives none or a figure is missing.
        word: the plan's word for the verdict.
        saved: money left of a target that was reached, by the rule ``unspent``.
        reason: why there is no verdict, where a figure is missing.
    """

    achieved: Figure
    absorption: Figure
    difference: Decimal | None
    verdict: Verdict | None
    word: str | None
    saved: Decimal | None
    reason: str | None


def ratio(part: Decimal, whole: Decimal) -> Figure:
    """A part in percent of a whole; not computable of nothing."""
    if whole == 0:
        return Figure.not_computable("anggarannya 0")
    return Figure.of(Fraction(part) / Fraction(whole) * 100)


def total(parts: Iterable[Money]) -> Money:
    """The sum of amounts; spent is unknown as long as one part of it is."""
    amounts = list(parts)
    spent = [money.realised for money in amounts if money.realised is not None]
    return Money(
        initial=sum((money.initial for money in amounts), Decimal(0)),
        revised=sum((money.revised for money in amounts), Decimal(0)),
        realised=sum(spent, Decimal(0)) if len(spent) == len(amounts) else None,
    )


def tree(plan: Plan) -> tuple[Node, ...]:
    """The budget of urusan and programmes, every node with its sum."""
    return (
        *(_of_urusan(urusan) for urusan in plan.urusan),
        *(programme_node(programme) for programme in plan.programmes),
    )


def programme_node(programme: Programme) -> Node:
    """A programme with its activities and lines, every node with its sum."""
    children = tuple(
        _of_activity(Level.ACTIVITY, activity, programme.sasaran, programme.group)
        for activity in programme.activities
    )
    return _node(Level.PROGRAMME, programme, children, sasaran=programme.sasaran)


def outside(plan: Plan) -> tuple[Node, ...]:
    """Money that belongs to no programme."""
    parts = plan.budget.outside if plan.budget else ()
    return tuple(
        Node(
            Level.OUTSIDE,
            part.name,
            part.code,
            None,
            part.group,
            None,
            Money(part.initial, part.revised, part.realised),
            (),
            part.note,
        )
        for part in parts
    )


def programme_total(plan: Plan) -> Money:
    """All money of programmes (Belanja Langsung, to 2020)."""
    return total(node.money for node in tree(plan))


def grand_total(plan: Plan) -> Money:
    """All money of the office."""
    return total(node.money for node in (*outside(plan), *tree(plan)))


def by_group(plan: Plan) -> tuple[Share, ...]:
    """Kelompok belanja with their shares of all money, in the order of the plan."""
    ends = [end for node in (*outside(plan), *tree(plan)) for end in node.ends]
    names = {group.id: group.name for group in plan.budget.groups} if plan.budget else {}
    return tuple(
        _share(key, name, [end for end in ends if end.group == key], grand_total(plan))
        for key, name in names.items()
    )


def by_kind(plan: Plan, group: str) -> tuple[Share, ...]:
    """Jenis belanja of a group with their shares of it.

    As the plan states them; where it states none, summed from the lines that name theirs.
    """
    stated = [kind for kind in plan.budget.kinds if kind.group == group] if plan.budget else []
    if stated:
        parts = {kind.name: Money(kind.revised, kind.revised, kind.realised) for kind in stated}
    else:
        ends = [end for node in tree(plan) for end in node.ends if end.group == group and end.kind]
        parts = {
            kind: total(end.money for end in ends if end.kind == kind)
            for kind in dict.fromkeys(end.kind or "" for end in ends)
        }
    whole = total(parts.values())
    return tuple(
        Share(name, name, money, ratio(money.revised, whole.revised))
        for name, money in parts.items()
    )


def by_sasaran(plan: Plan) -> tuple[Share, ...]:
    """The sasaran and then the support, with their shares of the money of programmes.

    Support (``penunjang``) is the money tied to no sasaran; its entry is there even when empty.
    """
    ends = [end for node in tree(plan) for end in node.ends]
    names = {sasaran.id: sasaran.name for sasaran in plan.sasaran} | {SUPPORT: "Penunjang"}
    return tuple(
        _share(key, name, [end for end in ends if end.sasaran == key], programme_total(plan))
        for key, name in names.items()
    )


def efficiency(rule: Efficiency, achieved: Figure, money: Money) -> EfficiencyResult:
    """The use of money of a sasaran, by the rule of the plan.

    Args:
        achieved: achievement of the sasaran, percent.
        money: of the sasaran.
    """
    achievement, absorption = achieved.shown, money.absorption.shown
    if achievement is None or absorption is None:
        reason = achieved.reason or money.absorption.reason
        return EfficiencyResult(achieved, money.absorption, None, None, None, None, reason)
    difference = achievement - absorption
    verdict = _verdict(rule, difference)
    return EfficiencyResult(
        achieved=achieved,
        absorption=money.absorption,
        difference=difference,
        verdict=verdict,
        word=_word(rule, verdict),
        saved=money.unspent if rule.rule == "unspent" and achievement >= 100 else None,
        reason=None,
    )


def _share(key: str, name: str, ends: Iterable[Node], whole: Money) -> Share:
    money = total(end.money for end in ends)
    return Share(key, name, money, ratio(money.revised, whole.revised))


def _verdict(rule: Efficiency, difference: Decimal) -> Verdict | None:
    if rule.rule == "at_least":
        return Verdict.EFFICIENT if difference >= 0 else Verdict.INEFFICIENT
    if rule.margin is None:
        return None
    if abs(difference) <= rule.margin:
        return Verdict.FAIR
    return Verdict.EFFICIENT if difference > 0 else Verdict.INEFFICIENT


def _word(rule: Efficiency, verdict: Verdict | None) -> str | None:
    if verdict is None:
        return None
    return rule.words[_RANKED[rule.rule].index(verdict)]


def _node(
    level: Level,
    part: Urusan | Programme | Activity | Line,
    children: tuple[Node, ...],
    *,
    sasaran: str | None = None,
    kind: str | None = None,
    money: Money | None = None,
    group: str | None = None,
) -> Node:
    groups = {child.group for child in children} or {group}
    return Node(
        level=level,
        name=part.name,
        code=part.code,
        sasaran=sasaran,
        group=groups.pop() if len(groups) == 1 else None,
        kind=kind,
        money=money or total(child.money for child in children),
        children=children,
        note=None if isinstance(part, Urusan) else part.note,
    )


def _of_urusan(urusan: Urusan) -> Node:
    children = (
        *(_of_urusan(part) for part in urusan.urusan),
        *(programme_node(programme) for programme in urusan.programmes),
    )
    return _node(Level.URUSAN, urusan, children)


def _of_activity(level: Level, activity: Activity, sasaran: str, group: str | None) -> Node:
    sasaran, group = activity.sasaran or sasaran, activity.group or group
    children = (
        *(
            _of_activity(Level.SUB_ACTIVITY, part, sasaran, group)
            for part in activity.sub_activities
        ),
        *(_of_line(line, sasaran, group) for line in activity.lines),
    )
    return _node(level, activity, children, sasaran=sasaran)


def _of_line(line: Line, sasaran: str, group: str | None, kind: str | None = None) -> Node:
    group, kind = line.group or group, line.kind or kind
    children = tuple(_of_line(part, sasaran, group, kind) for part in line.lines)
    own = None
    if not children and line.initial is not None and line.revised is not None:
        own = Money(line.initial, line.revised, line.realised)
    return _node(Level.LINE, line, children, sasaran=sasaran, kind=kind, money=own, group=group)
