"""The wide tables of the annexes: the Renstra by year and the RKT of the coming year."""

from __future__ import annotations

from lkip.plan import Annex, Plan, Sasaran, Tujuan
from lkip.plan.framing import Rkt, RktActivity, RktProgramme
from lkip.plan.values import RENSTRA
from lkip.report import indicators
from lkip.report.annex_parts import letterhead, signed
from lkip.report.draft import Draft
from lkip.report.planning_tables import named
from skm.document.blocks import Align, Cell, Column, Inline, Row
from skm.document.builder import row

_RKT = "rkt"
_TEXT, _NARROW = Column(10), Column(4, Align.CENTER)


def renstra_annex(draft: Draft, annex: Annex) -> None:
    """Goals, objectives and the targets of every year of the Renstra."""
    document = draft.plan.documents[RENSTRA]
    first, last = document.first_year, document.last_year
    assert first is not None  # the plan is refused without them
    assert last is not None
    years = range(first, last + 1)
    letterhead(draft, annex)
    draft.build.table(
        "lampiran.renstra.tabel",
        (
            *(Column(3, Align.CENTER), _TEXT, _TEXT, _TEXT, _TEXT),
            *(_NARROW for _ in years),
            *(Column(8.5), Column(8.5), Column(8.5)),
        ),
        (
            row(
                *(
                    Cell(text, rows=2)
                    for text in draft.columns("no", *(f"lampiran.renstra.{key}" for key in _WHAT))
                ),
                Cell(draft.words("lampiran.renstra.target"), columns=len(years)),
                Cell(draft.words("lampiran.renstra.cara"), columns=3),
            ),
            row(
                *(draft.show.year(year, "rencana: documents.renstra") for year in years),
                *draft.columns(*(f"lampiran.renstra.{key}" for key in _HOW)),
            ),
        ),
        _renstra_rows(draft, years),
        caption=draft.words("lampiran.renstra.tabel"),
        index=True,
    )
    signed(draft, annex)


_WHAT = ("tujuan", "indikator_tujuan", "sasaran", "indikator_sasaran")
_HOW = ("strategi", "kebijakan", "program")


def _renstra_rows(draft: Draft, years: range) -> list[Row]:
    body = []
    for number, tujuan in enumerate(draft.plan.tujuan, start=1):
        below = [each for each in draft.plan.sasaran if each.tujuan == tujuan.id]
        height = sum(len(draft.plan.indicators_of(each.id)) for each in below)
        source = f"rencana: tujuan {tujuan.id}"
        first: list[Inline | Cell] = [
            Cell(draft.show.place(number), rows=height),
            Cell(draft.show.quote(tujuan.names.get(RENSTRA, tujuan.name), source), rows=height),
            Cell(draft.show.quote(tujuan.indicator or "", source), rows=height),
        ]
        for sasaran in below:
            members = draft.plan.indicators_of(sasaran.id)
            for place, indicator in enumerate(members):
                promised = [indicator.target_in(RENSTRA, year) for year in years]
                cells: list[Inline | Cell] = [
                    named(draft, indicator, RENSTRA),
                    *(indicators.bare_target(draft, indicator, each) for each in promised),
                ]
                if place == 0:
                    name = Cell(named(draft, sasaran, RENSTRA), rows=len(members))
                    cells = [*first, name, *cells, *_how(draft, sasaran, len(members))]
                    first = []
                body.append(row(*cells))
    return body


def _how(draft: Draft, sasaran: Sasaran, height: int) -> list[Cell]:
    source = f"rencana: sasaran {sasaran.id}"
    programmes = [
        programme.name
        for programme in draft.plan.every_programme
        if programme.sasaran == sasaran.id
    ]
    columns = (sasaran.strategy, sasaran.policy, programmes)
    return [Cell(draft.show.quote("\n".join(texts), source), rows=height) for texts in columns]


def rkt_annex(draft: Draft, annex: Annex) -> None:
    """The plan of the coming year, and the part of the RPJMD that it serves."""
    letterhead(draft, annex)
    _rpjmd(draft)
    if draft.plan.rkt:
        if draft.plan.rpjmd:
            draft.build.page_break("lampiran.rkt.halaman")
        _coming_year(draft, draft.plan.rkt)
    signed(draft, annex)


def _rpjmd(draft: Draft) -> None:
    rpjmd = draft.plan.rpjmd
    if rpjmd is None:
        return
    source = "rencana: rpjmd"
    texts = (
        rpjmd.mission,
        rpjmd.tujuan,
        "\n".join(rpjmd.tujuan_indicators),
        rpjmd.sasaran,
        "\n".join(rpjmd.sasaran_indicators),
    )
    heads = ("misi", "tujuan_rpjmd", "indikator_tujuan", "sasaran_rpjmd", "indikator_sasaran")
    draft.build.table(
        "lampiran.rkt.rpjmd",
        tuple(Column() for _ in texts),
        (row(*draft.columns(*(f"lampiran.rkt.{key}" for key in heads))),),
        (row(*(draft.show.quote(text, source) for text in texts)),),
        caption=draft.words("lampiran.rkt.rpjmd"),
    )


def _coming_year(draft: Draft, rkt: Rkt) -> None:
    texts = {
        key: draft.words(f"lampiran.rkt.{key}")
        for key in ("uraian", "indikator", "target", "keluaran", "anggaran")
    }
    programme = (texts["uraian"], texts["indikator"], texts["target"])
    draft.build.table(
        "lampiran.rkt.rencana",
        (
            *(_TEXT, Column(9), _TEXT, Column(11), _NARROW),
            *(_TEXT, Column(11), _NARROW),
            *(_TEXT, _TEXT, Column(8, Align.CENTER), Column(8.5, Align.RIGHT)),
        ),
        (
            row(
                Cell(draft.words("lampiran.rkt.tujuan"), columns=2),
                Cell(draft.words("lampiran.rkt.sasaran"), columns=3),
                Cell(draft.words("lampiran.rkt.program"), columns=3),
                Cell(draft.words("lampiran.rkt.kegiatan"), columns=4),
            ),
            row(
                *programme[:2],
                *programme,
                *programme,
                *(texts["uraian"], texts["keluaran"], texts["target"], texts["anggaran"]),
            ),
        ),
        [each for part in draft.plan.sasaran for each in _rkt_rows(draft, part, rkt)],
        caption=draft.words(
            "lampiran.rkt.rencana", tahun_rkt=draft.show.year(rkt.year, "rencana: rkt.year")
        ),
        index=True,
    )


def _rkt_rows(draft: Draft, sasaran: Sasaran, rkt: Rkt) -> list[Row]:
    """A row for each activity that serves a sasaran; what they share is named once."""
    programmes = [each for each in rkt.programmes if each.sasaran == sasaran.id]
    height = sum(max(1, len(programme.activities)) for programme in programmes)
    body: list[Row] = []
    for programme in programmes:
        for place, activity in enumerate(programme.activities or (None,)):
            cells: list[Inline | Cell] = _activity_cells(draft, activity)
            if place == 0:
                cells = [*_programme_cells(draft, programme), *cells]
            if not body:
                cells = [*_sasaran_cells(draft, sasaran, rkt.year, height), *cells]
            body.append(row(*cells))
    return body


def _sasaran_cells(draft: Draft, sasaran: Sasaran, year: int, height: int) -> list[Cell]:
    tujuan = _tujuan_of(draft.plan, sasaran)
    source = f"rencana: tujuan {tujuan.id}"
    promised = [
        (indicator, found)
        for indicator in draft.plan.indicators_of(sasaran.id)
        if (found := indicator.target_in(_RKT, year))
    ]
    texts = (
        draft.show.quote(tujuan.names.get(_RKT, tujuan.name), source),
        draft.show.quote(tujuan.indicator or "", source),
        named(draft, sasaran, _RKT),
        "\n".join(named(draft, indicator, _RKT) for indicator, _ in promised),
        "\n".join(indicators.bare_target(draft, each, found) for each, found in promised),
    )
    return [Cell(text, rows=height) for text in texts]


def _tujuan_of(plan: Plan, sasaran: Sasaran) -> Tujuan:
    return next(each for each in plan.tujuan if each.id == sasaran.tujuan)


def _programme_cells(draft: Draft, programme: RktProgramme) -> list[Cell]:
    source = f"rencana: rkt {programme.name}"
    height = max(1, len(programme.activities))
    texts = (
        draft.show.quote(programme.name, source),
        draft.show.quote(programme.indicator, source),
        draft.show.in_unit(programme.target, "%", source),
    )
    return [Cell(text, rows=height) for text in texts]


def _activity_cells(draft: Draft, activity: RktActivity | None) -> list[Inline | Cell]:
    if activity is None:
        return [draft.words("sel.kosong")] * 4
    source = f"rencana: rkt {activity.name}"
    targets = [draft.show.in_unit(each.value, each.unit, source) for each in activity.targets]
    return [
        draft.show.quote(activity.name, source),
        draft.show.quote(activity.indicator, source),
        "\n".join(targets),
        draft.show.amount(activity.budget, source),
    ]
