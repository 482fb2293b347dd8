"""What can be wrong inside one record of a plan, seen by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from lkip.plan.framing import Annex, Document, Rpjmd
from lkip.plan.performance import AchievementClass, FromClosing, FromParts, Indicator, Target
from lkip.plan.phrasing import not_filled
from lkip.plan.spending import RUPIAH, Activity, Efficiency, Line, Output, Programme, Urusan
from skm.period import Period
from skm.regulation import shipped_regulations

_WORDS_OF_RULE = {"at_least": 2, "margin": 3, "unspent": 0}


@dataclass(frozen=True)
class Problem:
    """What is wrong inside a record; ``key`` is its place below the record."""

    key: str
    message: str
    found: object = None
    expected: str | None = None
    todo: str | None = None


@singledispatch
def problems(record: object) -> Iterator[Problem]:
    """What is wrong inside one record, seen by itself."""
    return iter(())


@problems.register
def _of_indicator(indicator: Indicator) -> Iterator[Problem]:
    if indicator.direction == "up" and indicator.formula == "difference":
        yield Problem(
            "formula",
            "Rumus tidak cocok dengan arah indikator",
            found="difference",
            expected="ratio atau stable untuk direction up",
            todo="Rumus difference hanya untuk indikator yang makin rendah makin baik.",
        )
    if indicator.quarters and indicator.join is None:
        yield Problem(
            "join",
            not_filled(indicator.name),
            expected="sum / last / mean",
            todo="Sebutkan cara triwulan digabung menjadi angka setahun.",
        )
    yield from _doubled("realisation", "year", [part.year for part in indicator.realisations])
    yield from _doubled("quarter", "quarter", [part.quarter for part in indicator.quarters])
    yield from _doubled("national", "year", [part.year for part in indicator.nationals])
    yield from _doubled(
        "target", "document", [f"{part.document} {part.year}" for part in indicator.targets]
    )
    yield from _unknown_scales(indicator)
    for position, target in enumerate(indicator.targets, start=1):
        yield from _of_target(f"target[{position}].value", indicator, target)
    for position, quarter in enumerate(indicator.quarters, start=1):
        if quarter.target == 0 and indicator.direction == "up":
            yield _zero_target(f"quarter[{position}].target")


def _of_target(key: str, indicator: Indicator, target: Target) -> Iterator[Problem]:
    known = _grades(indicator)
    if target.number is not None:
        if target.number < 0:
            yield Problem(
                key,
                "Target tidak boleh negatif",
                found=target.number,
                expected="angka 0 atau lebih",
                todo="Betulkan isinya.",
            )
        elif target.number == 0 and indicator.direction == "up":
            yield _zero_target(key)
    elif known and (target.grade or "").casefold() not in map(str.casefold, known):
        yield Problem(
            key,
            "Target bukan angka, mutu, atau predikat yang dikenal",
            found=target.grade,
            expected=f"angka tanpa tanda kutip, atau salah satu dari {', '.join(known)}",
            todo="Betulkan isinya.",
        )


def _zero_target(key: str) -> Problem:
    return Problem(
        key,
        "Target 0 tidak dapat diukur untuk indikator yang makin tinggi makin baik",
        found=0,
        expected="angka lebih dari 0",
        todo='Betulkan target, atau pakai direction = "down" bila 0 memang yang dituju.',
    )


def _grades(indicator: Indicator) -> tuple[str, ...]:
    """Grades and predicates of the scales that the indicator is judged on."""
    bands = [
        band
        for regulation in shipped_regulations()
        if not indicator.scales or regulation.id in indicator.scales
        for band in reversed(regulation.scale.bands)
    ]
    return tuple(
        dict.fromkeys((*(band.grade for band in bands), *(band.predicate for band in bands)))
    )


def _unknown_scales(indicator: Indicator) -> Iterator[Problem]:
    known = [regulation.id for regulation in shipped_regulations()]
    for position, scale in enumerate(indicator.scales, start=1):
        if scale not in known:
            yield Problem(
                f"scales[{position}]",
                "Skala tidak dikenal",
                found=scale,
                expected=" / ".join(known),
                todo="Betulkan isinya.",
            )


@problems.register
def _of_closing(closing: FromClosing) -> Iterator[Problem]:
    if Period.parse(closing.period).year != closing.year:
        yield Problem(
            "period",
            "Periode di luar tahun realisasi",
            found=closing.period,
            expected=f"periode dalam tahun {closing.year}",
            todo="Samakan year dan period.",
        )


@problems.register
def _of_parts(parts: FromParts) -> Iterator[Problem]:
    if parts.denominator == 0 and parts.numerator > 0:
        yield Problem(
            "denominator",
            "Penyebut 0 padahal pembilang ada",
            found=0,
            expected="angka lebih dari 0",
            todo="Betulkan penyebut.",
        )


@problems.register
def _of_class(category: AchievementClass) -> Iterator[Problem]:
    if category.lower is not None and category.above is not None:
        yield Problem(
            "above",
            "Kelas memakai dua batas sekaligus",
            found=category.above,
            expected="from saja (mulai dari) atau above saja (lebih dari)",
            todo="Hapus salah satu.",
        )


@problems.register
def _of_line(line: Line) -> Iterator[Problem]:
    amounts = {"initial": line.initial, "revised": line.revised, "realised": line.realised}
    for key, amount in amounts.items():
        if line.lines and amount is not None:
            yield Problem(
                key,
                "Angka berdiri di atas baris rinciannya",
                found=amount,
                expected="angka hanya di baris paling bawah",
                todo="Hapus; jumlahnya dihitung dari rinciannya.",
            )
        elif not line.lines and amount is None and key != "realised":
            yield Problem(
                key,
                not_filled(line.name),
                expected="rupiah, angka 0 atau lebih",
                todo="Tambahkan kunci ini.",
            )


@problems.register
def _of_activity(activity: Activity) -> Iterator[Problem]:
    if not activity.lines and not activity.sub_activities:
        yield Problem(
            "line",
            "Kegiatan tanpa baris anggaran",
            expected="satu atau beberapa line atau sub_activity",
            todo="Tambahkan rincian anggarannya.",
        )
    for position, part in enumerate(activity.inputs, start=1):
        if part.target is None and part.unit != RUPIAH:
            yield Problem(
                f"inputs[{position}].target",
                not_filled(part.indicator),
                expected="angka 0 atau lebih",
                todo=f'Isi target; hanya masukan dengan unit = "{RUPIAH}" memakai anggarannya.',
            )


@problems.register
def _of_output(output: Output) -> Iterator[Problem]:
    if output.unit is None and (output.target is not None or output.realised is not None):
        yield Problem(
            "unit",
            not_filled(output.name),
            expected="satuan, misalnya dokumen",
            todo="Sebutkan satuan target dan realisasinya.",
        )


@problems.register
def _of_programme(programme: Programme) -> Iterator[Problem]:
    if not programme.activities:
        yield Problem(
            "activity",
            "Program tanpa kegiatan",
            expected="satu atau beberapa [[programme.activity]]",
            todo="Tambahkan kegiatannya.",
        )


@problems.register
def _of_urusan(urusan: Urusan) -> Iterator[Problem]:
    if not urusan.every_programme:
        yield Problem(
            "programme",
            "Urusan tanpa program",
            expected="satu atau beberapa programme",
            todo="Tambahkan programnya, atau hapus urusan ini.",
        )


@problems.register
def _of_efficiency(efficiency: Efficiency) -> Iterator[Problem]:
    wanted = _WORDS_OF_RULE[efficiency.rule]
    if len(efficiency.words) != wanted:
        yield Problem(
            "words",
            "Jumlah sebutan tidak cocok dengan aturannya",
            found=len(efficiency.words),
            expected=f"{wanted} sebutan untuk rule {efficiency.rule}, terbaik lebih dahulu",
            todo="Betulkan daftarnya.",
        )
    if (efficiency.rule == "margin") != (efficiency.margin is not None):
        yield Problem(
            "margin",
            "Batas selisih dan aturan efisiensi tidak cocok",
            found=efficiency.margin,
            expected="margin terisi hanya untuk rule margin",
            todo="Tambahkan atau hapus margin.",
        )


@problems.register(Document)
@problems.register(Annex)
def _of_dated(dated: Document | Annex) -> Iterator[Problem]:
    if dated.dated is not None and dated.month is not None:
        yield Problem(
            "month",
            "Tanggal ditulis dua kali",
            found=dated.month,
            expected="date saja, atau month saja bila harinya tidak diketahui",
            todo="Hapus salah satu.",
        )
    if isinstance(dated, Document):
        yield from _of_years(dated)


@problems.register(Rpjmd)
def _of_years(covering: Document | Rpjmd) -> Iterator[Problem]:
    first, last = covering.first_year, covering.last_year
    if first is not None and last is not None and first > last:
        yield Problem(
            "last_year",
            "Tahun akhir mendahului tahun awal",
            found=last,
            expected=f"{first} atau sesudahnya",
            todo="Betulkan salah satu.",
        )


def _doubled(table: str, key: str, values: Sequence[object]) -> Iterator[Problem]:
    for position, value in enumerate(values, start=1):
        if value in values[: position - 1]:
            yield Problem(
                f"{table}[{position}].{key}",
                "Tertulis dua kali",
                found=value,
                expected=f"satu {table} saja untuk {value}",
                todo="Hapus salah satu.",
            )
