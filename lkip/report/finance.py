"""Bab III.C: the money, by kelompok belanja, programme and sasaran, and how well it was used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lkip import budget
from lkip.budget import Level, Money, Node, Share
from lkip.figure import PLACES
from lkip.plan import SUPPORT, Programme
from lkip.report.columns import NUMBER, figures, money, words
from lkip.report.draft import Draft
from lkip.report.efficiency import efficiency
from lkip.report.finance_charts import programmes_chart, shares_chart
from lkip.report.shifts import shifts
from lkip.report.summaries import group_values
from skm.document.blocks import Cell, Column, Emphasis, Inline, Row, plain, reference
from skm.document.builder import roman, row
from skm.document.drafting import listed

_MONEY, _SHARE = money(32), money(22)
_CODE_CHARACTER = 2.0  # mm


def finance(draft: Draft) -> None:
    """Akuntabilitas keuangan."""
    draft.heading("keuangan.judul", 2)
    _allocation(draft)
    _by_programme(draft)
    _by_sasaran(draft)
    efficiency(draft)


def _whole(draft: Draft, money: Money, name: str) -> dict[str, str]:
    """What the texts on a sum name."""
    return {
        "anggaran": draft.show.rupiah(money.revised, f"dihitung: anggaran {name}"),
        "realisasi": draft.show.rupiah(money.realised, f"dihitung: realisasi {name}"),
        "serapan": draft.show.figure(money.absorption, f"dihitung: serapan {name}"),
    }


def _allocation(draft: Draft) -> None:
    draft.heading("keuangan.alokasi.judul", 3)
    table = "keuangan.alokasi.tabel"
    whole = budget.grand_total(draft.plan)
    draft.say("keuangan.alokasi.awal", tabel=reference(table), **_whole(draft, whole, "seluruh"))
    shares = budget.by_group(draft.plan)
    _shares_table(draft, table, "keuangan.alokasi.kelompok", shares, whole)
    for share in shares:
        kinds = budget.by_kind(draft.plan, share.key)
        if kinds:
            _kinds(draft, share, kinds)


def _kinds(draft: Draft, group: Share, kinds: Sequence[Share]) -> None:
    table = f"keuangan.alokasi.jenis_tabel@{group.key}"
    values = group_values(draft, group)
    draft.say("keuangan.alokasi.jenis_awal", at=group.key, tabel=reference(table), **values)
    body = [
        row(
            draft.show.place(number),
            draft.show.quote(kind.name, "rencana: budget.kind"),
            draft.show.amount(kind.money.revised, f"rencana: budget.kind {kind.name}"),
            draft.show.figure(kind.share, f"dihitung: proporsi {kind.name}"),
        )
        for number, kind in enumerate(kinds, start=1)
    ]
    total = budget.total(kind.money for kind in kinds)
    body.append(
        row(
            Cell(draft.words("sel.total"), columns=2),
            draft.show.amount(total.revised, f"dihitung: jenis belanja {group.name}"),
            _hundred(draft),
            emphasis=Emphasis.TOTAL,
        )
    )
    draft.build.table(
        table,
        (NUMBER, words(101), _MONEY, _SHARE),
        (row(*draft.columns("no", "keuangan.alokasi.jenis", "anggaran", "proporsi")),),
        body,
        caption=draft.words("keuangan.alokasi.jenis_tabel", **values),
        source=_rounding(draft, kinds),
    )


def _by_programme(draft: Draft) -> None:
    draft.heading("keuangan.program.judul", 3)
    table = "keuangan.program.tabel"
    whole = budget.programme_total(draft.plan)
    draft.say("keuangan.program.awal", tabel=reference(table), **_whole(draft, whole, "program"))
    changed = any(
        node.money.initial != node.money.revised
        for top in budget.tree(draft.plan)
        for _, node in top.walk()
    )
    codes = [node.code or "" for top in budget.tree(draft.plan) for _, node in top.walk()]
    body = list(_tree_rows(draft, changed=changed))
    body.append(
        row(
            Cell(draft.words("sel.total"), columns=2),
            *_money_cells(draft, whole, "semua program", changed=changed),
            emphasis=Emphasis.TOTAL,
        )
    )
    budgets = ("keuangan.program.awal_rp", "keuangan.program.perubahan_rp")
    heads = ("no", "keuangan.program.program", *(budgets if changed else ("anggaran",)))
    draft.build.table(
        table,
        (
            _number_column(max(map(len, codes))),
            words(37 if changed else 69),
            *(_MONEY for _ in range(3 if changed else 2)),
            _SHARE,
        ),
        (row(*draft.columns(*heads, "realisasi_rp", "serapan")),),
        body,
        caption=draft.words(table),
        index=True,
        source=draft.words("keuangan.program.sumber"),
    )
    shifts(draft)
    programmes_chart(draft)
    _extremes(draft)


def _number_column(longest: int) -> Column:
    """Wide enough for the longest code of the tree, in one line."""
    return figures(max(NUMBER.width, longest * _CODE_CHARACTER))


def _tree_rows(draft: Draft, *, changed: bool) -> Iterator[Row]:
    """Programmes in Roman numbers, activities in digits, what is below in letters."""
    programmes = 0
    for top in budget.tree(draft.plan):
        counted: dict[int, int] = {}
        for depth, node, parent in _walk(top):
            counted = {level: n for level, n in counted.items() if level <= depth}
            counted[depth] = counted.get(depth, 0) + 1
            if parent is not None and parent.repeats_its_line:
                continue
            if node.level is Level.PROGRAMME:
                programmes += 1
            yield row(
                _mark(draft, node, programmes, counted[depth]),
                _node_name(draft, node),
                *_money_cells(draft, node.money, node.name, changed=changed),
                emphasis=_EMPHASIS.get(node.level, Emphasis.NONE),
            )


_EMPHASIS = {Level.URUSAN: Emphasis.TOTAL, Level.PROGRAMME: Emphasis.SUBTOTAL}


def _walk(
    node: Node, depth: int = 0, parent: Node | None = None
) -> Iterator[tuple[int, Node, Node | None]]:
    yield depth, node, parent
    for child in node.children:
        yield from _walk(child, depth + 1, node)


def _mark(draft: Draft, node: Node, programme: int, place: int) -> str:
    """The number before a row: the official code where the plan has it."""
    if node.code:
        return draft.show.quote(node.code, f"rencana: kode {node.name}")
    match node.level:
        case Level.URUSAN:
            return ""
        case Level.PROGRAMME:
            return roman(programme)
        case Level.ACTIVITY | Level.SUB_ACTIVITY:
            return draft.show.place(place)
    return f"{chr(ord('a') + (place - 1) % 26)}."


def _node_name(draft: Draft, node: Node) -> str:
    return draft.show.quote(node.name, f"rencana: {node.level.value} {node.name}")


def _money_cells(draft: Draft, money: Money, name: str, *, changed: bool) -> list[Inline]:
    budgets = [money.initial, money.revised] if changed else [money.revised]
    return [
        *(draft.show.amount(value, f"anggaran {name}") for value in budgets),
        draft.show.amount(money.realised, f"realisasi {name}"),
        draft.show.figure(money.absorption, f"dihitung: serapan {name}"),
    ]


def _extremes(draft: Draft) -> None:
    """The programme that spent most of its money, and the one that spent least."""
    programmes = [
        (node.money.absorption.shown, node)
        for top in budget.tree(draft.plan)
        for _, node in top.walk()
        if node.level is Level.PROGRAMME and node.money.absorption.shown is not None
    ]
    if len(programmes) < 2:
        return
    best = max(programmes, key=lambda pair: pair[0])[1]
    worst = min(programmes, key=lambda pair: pair[0])[1]
    draft.say(
        "keuangan.program.tertinggi",
        program=_node_name(draft, best),
        serapan=draft.show.figure(best.money.absorption, f"dihitung: serapan {best.name}"),
        program_terendah=_node_name(draft, worst),
        serapan_terendah=draft.show.figure(
            worst.money.absorption, f"dihitung: serapan {worst.name}"
        ),
    )


def _by_sasaran(draft: Draft) -> None:
    draft.heading("keuangan.sasaran.judul", 3)
    table = "keuangan.sasaran.tabel"
    draft.say("keuangan.sasaran.awal", tabel=reference(table))
    shares = [share for share in budget.by_sasaran(draft.plan) if share.money.revised]
    _shares_table(draft, table, "kolom.sasaran", shares, budget.programme_total(draft.plan))
    shares_chart(draft, shares, [plain(_share_name(draft, share)) for share in shares])
    for number, sasaran in enumerate(draft.plan.sasaran, start=1):
        share = next((each for each in shares if each.key == sasaran.id), None)
        if share:
            draft.say(
                "keuangan.sasaran.uraian",
                at=sasaran.id,
                nomor=draft.show.place(number),
                program=listed(
                    draft.show.quote(programme.name, f"rencana: program {programme.name}")
                    for programme in draft.plan.every_programme
                    if _serves(programme, sasaran.id)
                ),
                **_share_values(draft, share),
            )


def _serves(programme: Programme, sasaran: str) -> bool:
    """Whether any of a programme's money is for a sasaran."""
    return any(end.sasaran == sasaran for end in budget.programme_node(programme).ends)


def _share_values(draft: Draft, share: Share) -> dict[str, str]:
    source = f"dihitung: sasaran {share.key}"
    return {
        "anggaran": draft.show.rupiah(share.money.revised, f"{source}, anggaran"),
        "proporsi": draft.show.figure(share.share, f"{source}, proporsi"),
    }


def _shares_table(
    draft: Draft, block_id: str, head: str, shares: Sequence[Share], whole: Money
) -> None:
    """Parts of the budget with their share of it and what was spent of them."""
    body = [
        row(
            draft.show.place(number),
            _share_name(draft, share),
            *_share_cells(draft, share.money, draft.show.figure(
                share.share, f"dihitung: proporsi {share.name}"), share.name),
        )
        for number, share in enumerate(shares, start=1)
    ]  # fmt: skip
    total = Cell(draft.words("sel.total"), columns=2)
    cells = _share_cells(draft, whole, _hundred(draft), block_id)
    body.append(row(total, *cells, emphasis=Emphasis.TOTAL))
    draft.build.table(
        block_id,
        (NUMBER, words(47), _MONEY, _SHARE, _MONEY, _SHARE),
        (row(*draft.columns("no", head, "anggaran", "proporsi", "realisasi_rp", "serapan")),),
        body,
        caption=draft.words(block_id),
        index=True,
        source=_rounding(draft, shares),
    )


def _share_cells(draft: Draft, money: Money, share: str, name: str) -> list[str]:
    return [
        draft.show.amount(money.revised, f"dihitung: anggaran {name}"),
        share,
        draft.show.amount(money.realised, f"dihitung: realisasi {name}"),
        draft.show.figure(money.absorption, f"dihitung: serapan {name}"),
    ]


def _share_name(draft: Draft, share: Share) -> Inline:
    if share.key == SUPPORT:
        return draft.words("keuangan.sasaran.penunjang")
    for number, sasaran in enumerate(draft.plan.sasaran, start=1):
        if sasaran.id == share.key:
            nomor = draft.show.place(number)
            name = draft.show.quote(sasaran.name, f"rencana: sasaran {sasaran.id}")
            return draft.words("keuangan.sasaran.nama", nomor=nomor, sasaran=name)
    return draft.show.quote(share.name, f"rencana: budget.group {share.key}")


def _hundred(draft: Draft) -> str:
    return draft.show.percent(Decimal(100), "keseluruhan")


def _rounding(draft: Draft, shares: Sequence[Share]) -> Inline:
    """A line under a table whose printed shares do not add up to 100 by rounding."""
    printed = sum((share.share.shown or Decimal(0) for share in shares), Decimal(0))
    if printed == 100 or printed == 0:
        return ""
    return draft.words(
        "keuangan.sasaran.pembulatan",
        desimal=draft.show.count(PLACES, "aturan pembulatan"),
        selisih=draft.show.number(abs(printed - 100), "dihitung: selisih pembulatan", PLACES),
    )
