"""Charts of Bab III.C: what each programme was given and spent, and what each sasaran got."""

from __future__ import annotations

from collections.abc import Sequence

from lkip import budget
from lkip.budget import Share
from lkip.report.draft import Draft
from skm import charts
from skm.charts import Bars, Series
from skm.document.register import unmarked

_CHART_WIDTH = 145  # mm


def programmes_chart(draft: Draft) -> None:
    """Budget and spending of each programme side by side."""
    nodes = [budget.programme_node(programme) for programme in draft.plan.every_programme]
    series, told = [], []
    for key, amounts in (
        ("anggaran", [node.money.revised for node in nodes]),
        ("realisasi", [node.money.realised for node in nodes]),
    ):
        texts = [
            draft.show.amount(amount, f"dihitung: {key} program {node.name}")
            for amount, node in zip(amounts, nodes, strict=True)
        ]
        name = draft.plain_words(f"keuangan.program.gambar_{key}")
        drawn = list(map(unmarked, texts))
        told.append(texts)
        series.append(Series(name, [float(amount or 0) for amount in amounts], drawn))
    names = [draft.show.quote(node.name, f"rencana: program {node.name}") for node in nodes]
    alt = draft.plain_words(
        "keuangan.program.gambar_alt",
        jumlah_program=draft.show.count(len(nodes), "rencana: banyaknya program"),
        rincian="; ".join(
            f"{name} {given}, {spent}" for name, given, spent in zip(names, *told, strict=True)
        ),
    )
    picture = charts.bars(Bars(list(map(unmarked, names)), series, alt))
    caption = draft.words("keuangan.program.gambar")
    draft.build.figure("keuangan.program.gambar", picture, caption, _CHART_WIDTH)


def shares_chart(draft: Draft, shares: Sequence[Share], names: Sequence[str]) -> None:
    """The part of the programmes' money that each sasaran and the support got."""
    texts = [
        draft.show.figure(share.share, f"dihitung: proporsi {share.name}") for share in shares
    ]
    rincian = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    picture = charts.bars(
        Bars(
            list(map(unmarked, names)),
            [
                Series(
                    "",
                    [float(share.share.shown or 0) for share in shares],
                    list(map(unmarked, texts)),
                )
            ],
            draft.plain_words("keuangan.sasaran.gambar_alt", rincian=rincian),
        )
    )
    caption = draft.words("keuangan.sasaran.gambar")
    draft.build.figure("keuangan.sasaran.gambar", picture, caption, _CHART_WIDTH)
