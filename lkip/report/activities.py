"""The programmes and activities of a sasaran: what went in, what came out."""

from __future__ import annotations

from collections.abc import Sequence

from lkip import budget
from lkip.budget import Node
from lkip.plan import SUPPORT, Activity, Input, Output, Programme
from lkip.plan.spending import RUPIAH
from lkip.report.columns import figures, words
from lkip.report.draft import Draft
from lkip.report.ikhtisar import sasaran_values
from lkip.results import SasaranResult
from skm.document.blocks import Align, Cell, Inline, Row
from skm.document.builder import row

_COLUMNS = (words(97), figures(34), figures(34))


def supporting_activities(draft: Draft, result: SasaranResult) -> None:
    """The programmes and activities that serve a sasaran."""
    served = _serving(draft, result.sasaran.id)
    at = result.sasaran.id
    values = sasaran_values(draft, result)
    draft.title("kegiatan.judul", at=at, **values)
    if not served:
        draft.say("kegiatan.tanpa", at=at, **values)
        return
    draft.say("kegiatan.awal", at=at, **_counts(draft, served, at), nomor=values["nomor"])
    _programmes(draft, served, at)


def support(draft: Draft) -> None:
    """The programmes that serve the office itself."""
    served = _serving(draft, SUPPORT)
    if served:
        draft.heading("kegiatan.penunjang_judul", 3)
        draft.say("kegiatan.penunjang", **_counts(draft, served, SUPPORT))
        _programmes(draft, served, SUPPORT)


Served = Sequence[tuple[Programme, Sequence[tuple[Activity, Node]]]]
"""Programmes with those of their activities that serve one sasaran, each with its money."""


def _serving(draft: Draft, sasaran: str) -> Served:
    served = []
    for programme in draft.plan.every_programme:
        nodes = budget.programme_node(programme).children
        activities = [
            (activity, node)
            for activity, node in zip(programme.activities, nodes, strict=True)
            if (activity.sasaran or programme.sasaran) == sasaran
        ]
        if activities:
            served.append((programme, activities))
    return served


def _counts(draft: Draft, served: Served, at: str) -> dict[str, str]:
    activities = sum(len(parts) for _, parts in served)
    return {
        "jumlah_program": draft.show.count(len(served), f"rencana: program {at}"),
        "jumlah_kegiatan": draft.show.count(activities, f"rencana: kegiatan {at}"),
    }


def _programmes(draft: Draft, served: Served, at: str) -> None:
    for number, (programme, activities) in enumerate(served, start=1):
        place = f"{at}.{number}"
        draft.title(
            "kegiatan.program",
            at=place,
            nomor=draft.show.place(number),
            program=draft.show.quote(programme.name, f"rencana: program {programme.name}"),
        )
        for letter, (activity, node) in enumerate(activities, start=1):
            _activity(draft, f"kegiatan.tabel@{place}.{letter}", activity, node)


def _activity(draft: Draft, block_id: str, activity: Activity, node: Node) -> None:
    source = f"rencana: kegiatan {activity.name}"
    name = draft.words("kegiatan.kegiatan", kegiatan=draft.show.quote(activity.name, source))
    body: list[Row] = []
    for part in activity.inputs:
        body.append(_input(draft, part, node, source))
    for output in activity.outputs:
        body.append(_output(draft, output, source))
    if activity.note:
        note = draft.show.quote(activity.note, source)
        body.append(row(Cell(draft.words("kegiatan.keterangan", catatan=note), columns=3)))
    if not body:
        body.append(_money(draft, draft.words("kegiatan.anggaran"), node))
    head = row(Cell(name, align=Align.LEFT), *draft.columns("target", "realisasi"))
    draft.build.table(block_id, _COLUMNS, (head,), body)


def _input(draft: Draft, part: Input, node: Node, source: str) -> Row:
    text = draft.words("kegiatan.masukan", uraian=draft.show.quote(part.indicator, source))
    if part.unit == RUPIAH:
        return _money(draft, text, node)
    return row(text, _promised(draft, part, source), _done(draft, part, source))


def _money(draft: Draft, text: Inline, node: Node) -> Row:
    return row(
        text,
        draft.show.rupiah(node.money.revised, f"dihitung: anggaran {node.name}"),
        draft.show.rupiah(node.money.realised, f"dihitung: realisasi {node.name}"),
    )


def _output(draft: Draft, output: Output, source: str) -> Row:
    text = draft.words("kegiatan.keluaran", uraian=draft.show.quote(output.name, source))
    return row(text, _promised(draft, output, source), _done(draft, output, source))


def _promised(draft: Draft, part: Input | Output, source: str) -> Inline:
    if part.target is None or part.unit is None:
        return draft.words("sel.kosong")
    return draft.show.in_unit(part.target, part.unit, f"{source}, target")


def _done(draft: Draft, part: Input | Output, source: str) -> Inline:
    if part.unit is None:
        return draft.words("sel.kosong")
    if part.realised is None:
        return draft.words("sel.belum_diisi")
    return draft.show.in_unit(part.realised, part.unit, f"{source}, realisasi")
