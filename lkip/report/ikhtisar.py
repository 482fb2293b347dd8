"""Ikhtisar eksekutif: the whole report on one or two pages."""

from __future__ import annotations

from lkip import budget
from lkip.plan.framing import ObstacleList
from lkip.report import indicators
from lkip.report.draft import Draft, ended
from lkip.report.summaries import class_counts, group_lines
from lkip.results import IndicatorResult, SasaranResult
from skm.document.blocks import Item, Marker, reference
from skm.document.drafting import listed


def ikhtisar(draft: Draft) -> None:
    """What was promised, achieved and spent, what stood in the way and what was done."""
    plan = draft.plan
    draft.front_heading("ikhtisar.judul")
    draft.say("ikhtisar.dasar")
    draft.lead("ikhtisar.tujuan")
    draft.listing(
        "ikhtisar.tujuan.butir",
        ended([tujuan.name for tujuan in plan.tujuan]),
        "rencana: tujuan",
        Marker.DIGIT,
    )
    draft.say("ikhtisar.capaian")
    for result in draft.results.sasaran:
        _sasaran(draft, result)
    draft.say(
        "ikhtisar.simpulan",
        rincian_kelas=listed(class_counts(draft)),
        bab_akuntabilitas=reference("bab_3.judul"),
    )
    _money(draft)
    obstacles(draft, "ikhtisar", plan.obstacles.ikhtisar)


def obstacles(draft: Draft, part: str, found: ObstacleList | None) -> None:
    """Obstacles and the steps against them, under the texts of a part of the report."""
    if found is None:
        draft.say(f"{part}.hambatan_belum")
        return
    for key, texts, place in (("hambatan", found.items, "items"),
                              ("langkah", found.steps, "steps")):  # fmt: skip
        draft.lead(f"{part}.{key}")
        source = f"rencana: obstacles.{part}.{place}"
        draft.listing(
            f"{part}.{key}.butir", [_sentence(text) for text in texts], source, Marker.DIGIT
        )


def _sasaran(draft: Draft, result: SasaranResult) -> None:
    values = sasaran_values(draft, result)
    at = result.sasaran.id
    draft.lead(f"ikhtisar.{sasaran_key(result)}", at=at, **values)
    items = [item for each in result.indicators for item in _indicator(draft, each)]
    draft.build.list(f"ikhtisar.indikator.butir@{at}", items, Marker.DASH)


def sasaran_key(result: SasaranResult) -> str:
    """Which text tells of a sasaran: with its percentage and verdict, or what there is of them."""
    achieved = result.achievement
    if achieved.category is None:
        return "sasaran_mutu" if achieved.verdict else "sasaran_tanpa_angka"
    return "sasaran" if achieved.verdict else "sasaran_tanpa_putusan"


def sasaran_values(draft: Draft, result: SasaranResult) -> dict[str, str]:
    """What the texts on a sasaran name."""
    achieved = result.achievement
    at = f"sasaran {result.sasaran.id}"
    source = f"dihitung: rata-rata capaian indikator {at}"
    return {
        "nomor": draft.show.place(result.number),
        "sasaran": draft.show.quote(result.sasaran.name, f"rencana: {at}"),
        "capaian": draft.show.figure(achieved.figure, source),
        "kelas": achieved.category.name if achieved.category else "",
        "putusan": achieved.verdict or "",
        "keadaan": achieved.figure.state.value,
        "alasan": draft.show.quote(achieved.figure.reason or "", source),
    }


def _indicator(draft: Draft, result: IndicatorResult) -> list[Item]:
    indicator, measured = result.indicator, result.achievement
    values = {
        "indikator": draft.show.quote(indicator.name, f"rencana: indikator {indicator.id}"),
        "target": indicators.target(draft, indicator, measured.target),
        "realisasi": indicators.realised(draft, indicator, measured.year, result.realised),
        "capaian": indicators.achieved(draft, result),
        "kelas": measured.category.name if measured.category else "",
        "keadaan": measured.counted.state.value,
        "alasan": draft.show.quote(measured.counted.reason or "", f"indikator {indicator.id}"),
    }
    key = "indikator" if measured.category else "indikator_tanpa_angka"
    if measured.is_grade_only and measured.realised.shown is not None:
        key = "indikator_mutu"
    items = [draft.item(f"ikhtisar.{key}", at=indicator.id, **values)]
    for verdict in indicators.verdicts(draft, result):
        if verdict.reached is not None:
            items.append(
                draft.item(
                    "ikhtisar.mutu_terpenuhi" if verdict.met else "ikhtisar.mutu_belum",
                    at=f"{indicator.id}.{verdict.scale.id}",
                    target=verdict.target.grade,
                    dokumen=draft.document_title(verdict.target.document),
                    skala=draft.show.quote(verdict.scale.name, f"skala {verdict.scale.id}"),
                    mutu=verdict.reached.grade,
                    predikat=verdict.reached.predicate,
                )
            )
    return items


def _money(draft: Draft) -> None:
    whole = budget.grand_total(draft.plan)
    draft.lead(
        "ikhtisar.anggaran",
        anggaran=draft.show.rupiah(whole.revised, "dihitung: jumlah seluruh anggaran"),
        realisasi=draft.show.rupiah(whole.realised, "dihitung: jumlah seluruh realisasi"),
        serapan=draft.show.figure(whole.absorption, "dihitung: serapan seluruh anggaran"),
    )
    draft.build.list("ikhtisar.kelompok.butir", group_lines(draft), Marker.LETTER)


def _sentence(text: str) -> str:
    return text if text.endswith((".", ";")) else f"{text}."
