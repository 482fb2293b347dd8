"""Achievement of indicators in a report: formula, class, change, what repeats another column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from lkip.achievement import percentage
from lkip.checks.report_subject import REPORT, Judged, judged, places, shown
from lkip.claims import Claims
from lkip.claims.figures import Amount, amount, amounts
from lkip.claims.performance import Entry, IndicatorRow
from lkip.findings import Contradiction
from lkip.plan.performance import Direction, Formula
from skm.numerals import number, signed

_RULES: tuple[tuple[Formula, Direction], ...] = (
    ("ratio", "up"),
    ("difference", "down"),
    ("ratio", "down"),
    ("stable", "down"),
)
_STATUS = re.compile(r"\b((?:tidak|belum)\s+)?tercapai\b", re.IGNORECASE)
_UNCAPPED = re.compile(r"\bsebelum\s+dibatasi\s+([\d.,]+\s*%?)", re.IGNORECASE)
_MET = 100


@REPORT.error(
    "capaian-salah",
    "Capaian keluar dari target dan realisasi menurut salah satu rumus yang dipakai",
    source="PermenPANRB 53/2014, Bab III.A; rumus progres positif dan negatif",
    explanation="Capaian adalah realisasi / target x 100, atau rumus kebalikannya.",
)
def achievement_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Percentages that no formula gives."""
    for row, target, realised, printed in _measured(claims):
        results = _results(target, realised)
        if not results or any(judged(r, printed) is not Judged.WRONG for r in results):
            continue
        message = f"{row.name}: {number(realised)} dibagi {number(target)} adalah "
        message += f"{shown(results[0])} %."
        if printed.value == realised and target != 100:
            message += " Kolom capaian mengulang realisasi."
        elif printed.value == 100 and results[0] > 100:
            message += " Capaian di atas 100 dipotong menjadi 100 tanpa disebut."
        elif printed.value == 0:
            message += " Tercetak 0, padahal dapat dihitung."
        yield Contradiction(message, places(row.spot), printed.text, f"{shown(results[0])} %")


@REPORT.warning(
    "capaian-dipotong",
    "Capaian dibulatkan, tidak dipotong",
    source="kelaziman pembulatan setengah ke atas",
    explanation="Angka yang dipotong lebih kecil daripada capaian sebenarnya.",
)
def achievement_is_rounded(claims: Claims) -> Iterator[Contradiction]:
    """Percentages that were cut."""
    for row, target, realised, printed in _measured(claims):
        results = _results(target, realised)
        found = [judged(result, printed) for result in results]
        if Judged.CUT in found and Judged.RIGHT not in found:
            exact = results[found.index(Judged.CUT)]
            yield Contradiction(
                f"{row.name}: capaian dipotong.",
                places(row.spot),
                printed.text,
                f"{shown(exact, printed.places)} %",
            )


@REPORT.error(
    "kelas-capaian",
    "Sebutan capaian cocok dengan skala yang dinyatakan laporan",
    source="skala ordinal laporan itu sendiri",
    explanation="100 % bukan «Sangat Baik» bila kelas itu baru di atas 100 %.",
)
def classes_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Words for an achievement against the declared scale."""
    scale = claims.scale
    if scale is None:
        return
    for row in claims.indicators:
        for role, base in (("achievement", "target"), ("progress", "final_target")):
            entry = row.of(role, claims.year)
            named = scale.named(entry.text) if entry else None
            if entry is None or named is None:
                continue
            value = _percent(claims, row, entry, base)
            right = scale.class_of(value) if value is not None else None
            if value is not None and right is not None and right.name != named.name:
                yield Contradiction(
                    f"{row.name}: {shown(value)} % adalah {right.name} menurut skala laporan "
                    f"({right.text}).",
                    places(entry.spot, right.spot),
                    entry.text,
                    right.name,
                )


@REPORT.warning(
    "capaian-tanpa-persen",
    "Kolom capaian memuat persen, bukan hanya sebutan",
    source="PermenPANRB 53/2014, Bab III.A butir 1",
    explanation="Sebutan tanpa angka tidak dapat diperiksa dan tidak menunjukkan celah kinerja.",
)
def achievement_is_a_figure(claims: Claims) -> Iterator[Contradiction]:
    """Tables whose achievement is words alone."""
    told = set()
    for row in claims.indicators:
        entry = row.of("achievement")
        promised = _first(row, "target", claims.year)
        if promised and not promised.is_blank and promised.amount is None:
            continue  # a grade is met or not
        if entry and not entry.is_blank and entry.amount is None and row.table.name not in told:
            told.add(row.table.name)
            yield Contradiction(
                "Capaian disebut tanpa persen.", places(entry.spot), entry.text, "persen capaian"
            )


@REPORT.error(
    "status-capaian",
    "Sebutan tercapai atau tidak cocok dengan capaiannya",
    source="kewajaran: capaian di bawah 100 % belum tercapai",
    explanation="99 dari 100 belum «tercapai».",
)
def status_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Words such as tercapai beside a percentage."""
    for row in claims.indicators:
        printed = row.of("achievement", claims.year)
        for role in ("note", "grade", "achievement"):
            entry = row.cells.get(role)
            word = _STATUS.search(entry.text) if entry else None
            if entry is None or word is None or printed is None or printed.value is None:
                continue
            met, says = printed.value >= _MET, not word[1]
            if met != says:
                yield Contradiction(
                    f"{row.name}: capaiannya {printed.text}.",
                    places(entry.spot),
                    word[0],
                    "tercapai" if met else "belum tercapai",
                )


@REPORT.error(
    "perubahan-salah",
    "Kolom naik/turun adalah selisih kedua realisasi",
    source="hitungan: realisasi tahun ini dikurangi pembandingnya",
    explanation="Selisih dihitung dari angka yang tercetak, bukan N dikurangi 100.",
)
def change_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Differences against the two figures they are of."""
    for row in claims.indicators:
        entry, year = row.of("change"), claims.year
        if entry is None or entry.value is None or year is None:
            continue
        now = row.of("realisation", year)
        base = row.of("realisation", year - 1) if f"realisation {year - 1}" in row.cells else None
        if row.of("national") is not None:
            base = row.of("national")
        if now is None or now.value is None:
            continue
        if base is None or base.value is None:
            if base is not None and base.is_blank:
                yield Contradiction(
                    f"{row.name}: selisih dicetak padahal pembandingnya tidak ada.",
                    places(entry.spot),
                    entry.text,
                    "kosong atau «-»",
                )
            continue
        exact = now.value - base.value
        if abs(exact) != abs(entry.value) or (exact < 0) != (entry.value < 0):
            yield Contradiction(
                f"{row.name}: selisihnya {signed(exact)}.",
                places(entry.spot),
                entry.text,
                signed(exact),
            )


@REPORT.warning(
    "realisasi-kosong",
    "Setiap target kegiatan memiliki realisasi",
    source="PermenPANRB 53/2014, Bab III.A butir 7",
    explanation="Keluaran yang ditargetkan tanpa realisasi belum dipertanggungjawabkan.",
)
def activities_are_filled(claims: Claims) -> Iterator[Contradiction]:
    """Targets of activities with fewer realisations, or rows without either."""
    for activity in claims.activities:
        for label, target, realised, spot in activity.rows:
            promised, done = amounts(target), amounts(realised)
            is_measured = any(word in label.lower() for word in ("persentase", "prosentase"))
            if len(promised) > len(done) and not _says_why(realised):
                missing = promised[len(done)].text if len(done) < len(promised) else target
                text = target.strip(" :")
                yield Contradiction(
                    f"{activity.name or label}: realisasi belum lengkap untuk «{text}».",
                    places(spot),
                    realised.strip(" :") or "kosong",
                    f"realisasi dari {missing}",
                )
            elif is_measured and not promised and not done and not _says_why(realised):
                yield Contradiction(
                    f"{activity.name or label}: target dan realisasi kosong.",
                    places(spot),
                    "kosong",
                )


@REPORT.error(
    "efisiensi-selisih",
    "Selisih capaian dan serapan dihitung dari angka di sebelahnya",
    source="hitungan: capaian dikurangi serapan",
    explanation="Kesimpulan efisien atau tidak bergantung pada selisih ini.",
)
def efficiency_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Tables of achievement beside absorption."""
    for table, head in zip(claims.tables, claims.heads, strict=True):
        wanted = [head.place(role) for role in ("achievement", "absorption", "change")]
        if None in wanted or head.has("budget"):
            continue
        for row in table.rows[head.depth :]:
            values = [Entry(row.cell(place), row.spot).value for place in wanted]
            achieved, absorbed, difference = values
            if achieved is None or absorbed is None or difference is None:
                continue
            if achieved - absorbed != difference:
                yield Contradiction(
                    f"Selisih capaian dan serapan adalah {signed(achieved - absorbed)}.",
                    places(row.spot),
                    row.cell(wanted[2]),
                    signed(achieved - absorbed),
                )


def _measured(claims: Claims) -> Iterator[tuple[IndicatorRow, Decimal, Decimal, Amount]]:
    """Rows with numeric target, realisation and percentage."""
    pairs = (("achievement", "target"), ("progress", "final_target"))
    for row in claims.indicators:
        for role, base in pairs:
            entry, target = row.of(role, claims.year), _first(row, base, claims.year)
            realised = row.of("realisation", claims.year)
            if entry is None or target is None or realised is None or entry.amount is None:
                continue
            if target.value is None or realised.value is None or entry.value is None:
                continue
            whole = _UNCAPPED.search(entry.text)
            printed = amount(whole[1]) if whole else None
            yield row, target.value, realised.value, printed or entry.amount


def _first(row: IndicatorRow, base: str, year: int | None) -> Entry | None:
    return row.of(base, year) or next(
        (entry for role, entry in row.cells.items() if role.split()[0] == base), None
    )


def _results(target: Decimal, realised: Decimal) -> list[Fraction]:
    found = []
    for formula, direction in _RULES:
        exact = percentage(formula, direction, target, realised).exact
        if exact is not None:
            found.append(exact)
    return found


def _percent(claims: Claims, row: IndicatorRow, entry: Entry, base: str) -> Fraction | None:
    if entry.value is not None:
        return Fraction(entry.value)
    target, realised = _first(row, base, claims.year), row.of("realisation", claims.year)
    if target is None or realised is None or target.value is None or realised.value is None:
        return None
    return percentage("ratio", "up", target.value, realised.value).exact


def _says_why(text: str) -> bool:
    return any(word in text.lower() for word in ("belum", "tidak", "n/a", "nihil"))
