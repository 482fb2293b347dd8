"""How well the money of each sasaran was used, by the rule that the plan names."""

from __future__ import annotations

from decimal import Decimal

from lkip.budget import EfficiencyResult
from lkip.report.columns import NUMBER, figures, words
from lkip.report.draft import Draft
from lkip.report.ikhtisar import sasaran_values
from lkip.results import SasaranResult
from skm.document.blocks import Inline, Row, reference
from skm.document.builder import row

_TABLE = "keuangan.efisiensi.tabel"


def efficiency(draft: Draft) -> None:
    """Achievement beside absorption, by the rule of the plan."""
    rule = draft.plan.efficiency
    draft.heading("keuangan.efisiensi.judul", 3)
    if rule is None:
        draft.say("keuangan.efisiensi.belum")
        return
    terms = [*rule.words, "", ""]
    draft.say(
        f"keuangan.efisiensi.aturan_{rule.rule}",
        tabel=reference(_TABLE),
        sebutan=terms[0],
        sebutan_tengah=terms[1],
        sebutan_akhir=rule.words[-1] if rule.words else "",
        margin=draft.show.number(rule.margin or Decimal(0), "rencana: efficiency.margin"),
    )
    unspent = rule.rule == "unspent"
    body = [
        _row(draft, part, part.efficiency, unspent=unspent)
        for part in draft.results.sasaran
        if part.efficiency
    ]
    head = draft.columns(
        "no",
        "sasaran",
        "keuangan.efisiensi.capaian",
        "keuangan.efisiensi.serapan",
        "keuangan.efisiensi.selisih",
        "keuangan.efisiensi.sisa" if unspent else "keuangan.efisiensi.hasil",
    )
    draft.build.table(
        _TABLE,
        (NUMBER, words(55), *(figures(25) for _ in range(4))),
        (row(*head),),
        body,
        caption=draft.words(_TABLE),
        index=True,
    )


def _row(draft: Draft, part: SasaranResult, found: EfficiencyResult, *, unspent: bool) -> Row:
    values = sasaran_values(draft, part)
    at = f"sasaran {part.sasaran.id}"
    blank = draft.words("sel.kosong")
    difference: Inline = blank
    if found.difference is not None:
        difference = draft.show.signed(found.difference, f"dihitung: capaian - serapan {at}")
    outcome: Inline = found.word or blank
    if unspent:
        saved = found.saved
        outcome = blank if saved is None else draft.show.amount(saved, f"dihitung: sisa {at}")
    absorbed = draft.show.figure(found.absorption, f"dihitung: serapan {at}")
    return row(
        values["nomor"], values["sasaran"], values["capaian"], absorbed, difference, outcome
    )
