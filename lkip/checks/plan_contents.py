"""What a report of the plan would lack, and what its survey brings along."""

from __future__ import annotations

from collections.abc import Iterator

from lkip.checks.plan_subject import PLAN, PlanSubject
from lkip.findings import Contradiction
from skm.numerals import number
from skm.regulation import regulation_in_force

_NINE_FROM = 2017
_UNITS_OF_VILLAGES = ("desa", "desa/kelurahan", "desa/kel")


@PLAN.warning(
    "survei-baris",
    "Nilai unsur keluar dari sebaran jawabannya",
    source="hitungan: jumlah persen x nilai / 100 x 25; skala mutu formulir",
    explanation="Skor, mutu, dan jumlah persen satu unsur harus cocok dengan sebarannya.",
)
def survey_rows(subject: PlanSubject) -> Iterator[Contradiction]:
    """What the reader of a survey table noticed, row by row."""
    for result in subject.results.indicators:
        survey = result.realised.survey
        for notice in survey.table.notices if survey else ():
            place = f"{survey.file if survey else ''}, baris {notice.row}"
            yield Contradiction(f"{notice.message}.", (place, notice.field or ""))


@PLAN.warning(
    "survei-unsur",
    "Survei memakai unsur peraturan yang berlaku",
    source="PermenPANRB 14/2017, sembilan unsur",
    explanation="Sejak 2017 survei kepuasan masyarakat memakai sembilan unsur.",
)
def elements_in_force(subject: PlanSubject) -> Iterator[Contradiction]:
    """The number of elements of the year's survey."""
    wanted = regulation_in_force().element_count
    for result in subject.results.indicators:
        survey = result.realised.survey
        if survey and subject.plan.year >= _NINE_FROM and len(survey.card.elements) != wanted:
            yield Contradiction(
                f"Survei {survey.file} memakai {len(survey.card.elements)} unsur.",
                (f"indikator {result.indicator.id}, realisasi {subject.plan.year}",),
                str(len(survey.card.elements)),
                f"{wanted} unsur ({regulation_in_force().number})",
            )


@PLAN.warning(
    "indikator-tanpa-keterangan",
    "Setiap indikator memiliki definisi, rumus, penanggung jawab, dan sumber data",
    source="PermenPANRB 88/2021 butir 2.a.2; PermenPANRB 53/2014 Lampiran II.H",
    explanation="Evaluasi menilai adanya definisi operasional dan penanggung jawab data.",
)
def indicators_are_defined(subject: PlanSubject) -> Iterator[Contradiction]:
    """Definitions that are missing."""
    wanted = {
        "definition": "definisi operasional",
        "formulation": "rumus",
        "owner": "penanggung jawab",
        "source": "sumber data",
    }
    for indicator in subject.plan.indicators:
        for key, word in wanted.items():
            if not getattr(indicator, key):
                yield Contradiction(
                    f"Indikator belum memiliki {word}.", (f"indikator {indicator.id}.{key}",)
                )


@PLAN.note(
    "analisis-kosong",
    "Setiap indikator memiliki faktor pendukung atau penghambat dan upaya",
    source="PermenPANRB 53/2014, Bab III.A butir 5; PermenPANRB 88/2021 butir 3.b",
    explanation="Laporan menjelaskan sebab berhasil atau gagal dan apa yang sudah dilakukan.",
)
def causes_are_told(subject: PlanSubject) -> Iterator[Contradiction]:
    """Indicators without causes or efforts."""
    for indicator in subject.plan.indicators:
        if not (indicator.supporting or indicator.hindering):
            yield Contradiction(
                "Faktor pendukung dan penghambat belum diisi.", (f"indikator {indicator.id}",)
            )
        if not indicator.efforts:
            yield Contradiction("Upaya belum diisi.", (f"indikator {indicator.id}.efforts",))


@PLAN.warning(
    "perbandingan-kurang",
    "Perbandingan yang diminta dapat dibuat: tahun lalu, akhir Renstra",
    source="PermenPANRB 53/2014, Bab III.A butir 2 dan 3",
    explanation="Tanpa angka tahun lalu atau target akhir Renstra tabelnya kosong.",
)
def comparisons_are_possible(subject: PlanSubject) -> Iterator[Contradiction]:
    """Figures that the required comparisons need."""
    for result in subject.results.indicators:
        if result.before is None:
            yield Contradiction(
                f"Realisasi {subject.plan.year - 1} tidak ada.",
                (f"indikator {result.indicator.id}, realisasi {subject.plan.year - 1}",),
            )
        if result.final is None:
            yield Contradiction(
                "Target akhir Renstra tidak ada.", (f"indikator {result.indicator.id}",)
            )
    if subject.plan.efficiency is None:
        yield Contradiction("Aturan efisiensi belum ditetapkan.", ("efficiency",))
    if not subject.plan.issues:
        yield Contradiction("Isu strategis belum diisi.", ("issue",))


@PLAN.note(
    "keluaran-belum-diisi",
    "Setiap keluaran yang ditargetkan memiliki realisasi",
    source="PermenPANRB 53/2014, Bab III.A butir 7",
    explanation="Target tanpa realisasi dicetak sebagai «belum diisi».",
)
def outputs_are_filled(subject: PlanSubject) -> Iterator[Contradiction]:
    """Outputs without a realisation."""
    for programme in subject.plan.every_programme:
        for activity in programme.activities:
            for output in activity.outputs:
                if output.target is not None and output.realised is None:
                    yield Contradiction(
                        f"Realisasi keluaran «{output.name}» belum diisi.",
                        (f"{programme.name} › {activity.name}",),
                        None,
                        f"angka dalam {output.unit}",
                    )


@PLAN.error(
    "jumlah-desa",
    "Banyaknya desa sama di semua keluaran dan indikator",
    source="hitungan: satu kecamatan memiliki satu jumlah desa",
    explanation="Tujuh desa di satu tempat dan delapan di tempat lain tidak mungkin keduanya.",
)
def villages_agree(subject: PlanSubject) -> Iterator[Contradiction]:
    """Targets counted in villages, among all activities."""
    counted = [
        (f"{activity.name} › {output.name}", output.target)
        for programme in subject.plan.every_programme
        for activity in programme.activities
        for output in activity.outputs
        if output.target is not None and (output.unit or "").casefold() in _UNITS_OF_VILLAGES
    ]
    for place, count in counted[1:]:
        if count != counted[0][1]:
            yield Contradiction(
                f"Sasarannya {number(count)} desa, di tempat lain {number(counted[0][1])} desa.",
                (place, counted[0][0]),
                number(count),
                number(counted[0][1]),
            )
