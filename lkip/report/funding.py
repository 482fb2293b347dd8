"""The second list of activities: all of them with their money as input and what came of it."""

from __future__ import annotations

from lkip import budget
from lkip.budget import Money, Node
from lkip.plan import Activity
from lkip.report.columns import NUMBER, figures, money, words
from lkip.report.draft import Draft
from skm.document.blocks import Emphasis, Inline, reference
from skm.document.builder import roman, row

_TABLE = "kegiatan.dana_tabel"


def funding(draft: Draft) -> None:
    """Every programme with its activities, whichever sasaran they serve."""
    body = []
    for number, programme in enumerate(draft.plan.every_programme, start=1):
        node = budget.programme_node(programme)
        name = draft.show.quote(programme.name, f"rencana: program {programme.name}")
        cells = _money_cells(draft, node.money, f"program {node.name}")
        body.append(row(roman(number), name, *cells, "", emphasis=Emphasis.SUBTOTAL))
        for place, (activity, own) in enumerate(
            zip(programme.activities, node.children, strict=False), start=1
        ):
            body.append(row(draft.show.place(place), *_activity(draft, activity, own)))
    if not body:
        return
    draft.heading("kegiatan.dana_judul", 3)
    draft.lead("kegiatan.dana_awal", tabel=reference(_TABLE))
    draft.build.table(
        _TABLE,
        (NUMBER, words(34), money(27), money(27), figures(19), words(48)),
        (
            row(
                *draft.columns("no", "kegiatan.dana_program", "kegiatan.dana_masukan"),
                *draft.columns("realisasi_rp", "serapan", "kegiatan.dana_keluaran"),
            ),
        ),
        body,
        caption=draft.words(_TABLE),
        index=True,
        source=draft.words("keuangan.program.sumber"),
    )


def _activity(draft: Draft, activity: Activity, node: Node) -> list[Inline]:
    source = f"rencana: kegiatan {activity.name}"
    return [
        draft.show.quote(activity.name, source),
        *_money_cells(draft, node.money, f"kegiatan {node.name}"),
        draft.show.quote("\n".join(f"{text}." for text in _outcome(activity)), source),
    ]


def _outcome(activity: Activity) -> tuple[str, ...]:
    """What the money brought about, and how it was carried out."""
    if activity.funding:
        return tuple(filter(None, (activity.funding.output, activity.funding.note)))
    return tuple(output.name for output in activity.outputs)


def _money_cells(draft: Draft, money: Money, name: str) -> list[Inline]:
    return [
        draft.show.amount(money.revised, f"dihitung: anggaran {name}"),
        draft.show.amount(money.realised, f"dihitung: realisasi {name}"),
        draft.show.figure(money.absorption, f"dihitung: serapan {name}"),
    ]
