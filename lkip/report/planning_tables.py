"""Tables of planning documents, which the report shows in Bab II and again in its annexes."""

from __future__ import annotations

from lkip import budget
from lkip.plan import Indicator, Sasaran, Target
from lkip.report import indicators
from lkip.report.columns import NUMBER, figures, money, words
from lkip.report.draft import Draft
from skm.document.blocks import Cell, Emphasis, Inline
from skm.document.builder import row

IKU = "iku"
_FIRST_AGREEMENT = "pk"


def agreement_targets(draft: Draft, block_id: str, document: str, caption: Inline = "") -> None:
    """The targets of the agreement, in its own words."""
    body = []
    for number, sasaran in enumerate(draft.plan.sasaran, start=1):
        members = draft.plan.indicators_of(sasaran.id)
        for place, indicator in enumerate(members):
            promised = _promised(indicator, document, draft.plan.year)
            cells: list[Inline | Cell] = [
                named(draft, indicator, document),
                indicators.target(draft, indicator, promised),
            ]
            if place == 0:
                cells = [
                    Cell(draft.show.place(number), rows=len(members)),
                    Cell(named(draft, sasaran, document), rows=len(members)),
                    *cells,
                ]
            body.append(row(*cells))
    draft.build.table(
        block_id,
        (NUMBER, words(52), words(78), figures(25)),
        (row(*draft.columns("no", "sasaran", "indikator", "target")),),
        body,
        caption=caption,
        index=True,
    )


def _promised(indicator: Indicator, document: str, year: int) -> Target | None:
    """What an agreement promises; a revised one leaves standing what it does not name."""
    return indicator.target_in(document, year) or indicator.target_in(_FIRST_AGREEMENT, year)


def agreement_money(draft: Draft, block_id: str, caption: Inline = "") -> None:
    """The money of each programme, as it was last set."""
    programmes = tuple(map(budget.programme_node, draft.plan.every_programme))
    noted = any(node.note for node in programmes)
    body = []
    for number, node in enumerate(programmes, start=1):
        source = f"rencana: program {node.name}"
        cells = [
            draft.show.place(number),
            draft.show.quote(node.name, source),
            draft.show.amount(node.money.revised, f"dihitung: anggaran {node.name}"),
        ]
        body.append(row(*cells, *([draft.show.quote(node.note or "", source)] if noted else [])))
    whole = budget.programme_total(draft.plan).revised
    total = [draft.show.amount(whole, "dihitung: anggaran semua program"), *([""] * noted)]
    body.append(row(Cell(draft.words("sel.total"), columns=2), *total, emphasis=Emphasis.TOTAL))
    heads = ("no", "bab_2.pk.program", "anggaran", *(("keterangan",) if noted else ()))
    draft.build.table(
        block_id,
        (NUMBER, words(79), money(36), words(40)) if noted else (NUMBER, words(115), money(40)),
        (row(*draft.columns(*heads)),),
        body,
        caption=caption,
    )


def key_indicators(draft: Draft, block_id: str, caption: Inline = "") -> None:
    """The key performance indicators as the decree words them."""
    body = []
    for number, sasaran in enumerate(draft.plan.sasaran, start=1):
        members = draft.plan.indicators_of(sasaran.id)
        for place, indicator in enumerate(members):
            source = f"rencana: indikator {indicator.id}"
            facts = (indicator.formulation, indicator.owner, indicator.source)
            cells: list[Inline | Cell] = [named(draft, indicator, IKU)]
            cells += [
                draft.show.quote(fact, source) if fact else draft.words("sel.kosong")
                for fact in facts
            ]
            if place == 0:
                cells = [
                    Cell(draft.show.place(number), rows=len(members)),
                    Cell(named(draft, sasaran, IKU), rows=len(members)),
                    *cells,
                ]
            body.append(row(*cells))
    head = ("no", "sasaran", *(f"bab_2.iku.{key}" for key in _DECREE))
    draft.build.table(
        block_id,
        (NUMBER, words(31), words(38), words(32), words(28), words(26)),
        (row(*draft.columns(*head)),),
        body,
        caption=caption,
    )


_DECREE = ("iku", "formulasi", "penanggung_jawab", "sumber")


def named(draft: Draft, thing: Sasaran | Indicator, document: str) -> str:
    """The name of a sasaran or indicator as a document words it."""
    name = thing.names.get(document, thing.name)
    return draft.show.quote(name, f"rencana: {thing.id}, nama dalam {document}")
