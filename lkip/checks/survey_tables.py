"""Survey tables of a report: rows that add up, scores, predicates, the index."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from lkip.checks.report_subject import REPORT, Judged, is_told, judged, places, shown
from lkip.claims import Claims
from lkip.claims.survey import ElementRow, SurveyTable
from lkip.findings import Contradiction
from skm.numerals import number, round_half_up
from skm.regulation import Scale, regulation_in_force, shipped_regulations

_LEVEL_VALUES = (1, 2, 3, 4)
_NINE_FROM = 2017
_GRADES = ("A", "B", "C", "D")


@REPORT.error(
    "sebaran-jumlah",
    "Sebaran jawaban satu unsur berjumlah 100 persen",
    source="hitungan: persen satu baris; batas 2 satuan desimal terakhir yang tercetak",
    explanation="Baris yang berjumlah 105 atau 110 memuat angka yang salah ketik.",
)
def rows_add_up(claims: Claims) -> Iterator[Contradiction]:
    """Percentage rows that do not add to 100, and totals that are not their sum."""
    for table in claims.surveys:
        if not table.has_distribution or not _is_percent(table):
            continue
        for row in table.rows:
            levels = row.distribution
            if levels is None:
                continue
            summed = sum(levels, Decimal(0))
            if abs(summed - 100) > _tolerance(row) and not is_told(claims, row.name, summed):
                yield Contradiction(
                    f"Sebaran unsur {row.name} berjumlah {number(summed)} %.",
                    places(row.spot),
                    " + ".join(level.text for level in row.levels if level),
                    "100 %",
                )
                continue
            total = row.total.value if row.total else None
            if total is not None and abs(total - 100) > _tolerance(row) and total != summed:
                yield Contradiction(
                    f"Jumlah unsur {row.name} tercetak {row.total.text if row.total else ''}.",
                    places(row.spot),
                    row.total.text if row.total else None,
                    number(summed),
                )


@REPORT.error(
    "sebaran-jumlah-responden",
    "Sebaran jawaban satu unsur berjumlah sebanyak respondennya",
    source="hitungan: banyaknya jawaban satu baris",
    explanation="Kolom jumlah adalah jumlah keempat kolom jawaban.",
)
def counts_add_up(claims: Claims) -> Iterator[Contradiction]:
    """Rows of counts against their total."""
    for table in claims.surveys:
        if not table.has_distribution or _is_percent(table):
            continue
        for row in table.rows:
            levels = row.distribution
            if levels and row.total and row.total.value not in (None, sum(levels, Decimal(0))):
                yield Contradiction(
                    f"Jawaban unsur {row.name} berjumlah {number(sum(levels, Decimal(0)))}.",
                    places(row.spot),
                    row.total.text,
                    number(sum(levels, Decimal(0))),
                )


@REPORT.warning(
    "sebaran-kosong",
    "Setiap unsur yang dinilai memiliki sebaran jawaban",
    source="PermenPANRB 14/2017, lembar pengolahan",
    explanation="Nilai tanpa sebaran tidak dapat diperiksa siapa pun.",
)
def distributions_are_there(claims: Claims) -> Iterator[Contradiction]:
    """Elements with a score and no distribution."""
    for row, scored in _pairs(claims):
        if row.is_empty and scored.score and not is_told(claims, row.name, *_values(scored)):
            yield Contradiction(
                f"Unsur {row.name} dinilai {scored.score.text} tanpa sebaran jawaban.",
                places(row.spot, scored.spot),
                scored.score.text,
                "sebaran jawaban",
            )


@REPORT.error(
    "nilai-unsur",
    "Nilai unsur keluar dari sebaran jawabannya",
    source="PermenPANRB 14/2017: jumlah (bagian x nilai persepsi) x 25",
    explanation="Nilai yang tidak keluar dari sebarannya dihitung atau diketik salah.",
)
def scores_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Scores against the distribution divided by its own sum."""
    for row, scored in _pairs(claims):
        levels = row.distribution
        if levels is None or scored.score is None or not sum(levels):
            continue
        weighted = sum(
            (Fraction(level) * value for level, value in zip(levels, _LEVEL_VALUES, strict=True)),
            Fraction(0),
        )
        exact = weighted / Fraction(sum(levels)) * 25
        if judged(exact, scored.score) is not Judged.WRONG:
            continue
        is_off = _is_percent_row(row) and abs(sum(levels, Decimal(0)) - 100) > _tolerance(row)
        if is_off and _one_cell_mends(levels, scored.score.value):
            continue  # the row itself is told of, and one mistyped cell explains its score
        told = scored.score.value is not None and is_told(
            claims, row.name, scored.score.value, round_half_up(exact, 2)
        )
        if not told:
            yield Contradiction(
                f"Sebaran unsur {row.name} menghasilkan {shown(exact)}.",
                places(scored.spot, row.spot),
                scored.score.text,
                shown(exact),
            )


@REPORT.error(
    "mutu-unsur",
    "Predikat unsur cocok dengan nilainya pada skala yang dipakai",
    source="KEP/25/M.PAN/2/2004 dan PermenPANRB 14/2017, skala mutu",
    explanation="47,5 bukan «baik» menurut skala mana pun.",
)
def predicates_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Predicates against the scale that the head names, else the one that most rows follow."""
    for table in claims.surveys:
        graded = [*table.rows, *([table.mean] if table.mean else [])]
        for row in graded:
            for year, predicate in row.predicates:
                scale = _scale(year) or _followed(table)
                if row.score is None or row.score.value is None or scale is None:
                    continue
                band = scale.band(row.score.value)
                named = _named(predicate)
                wrong = named - {band.grade, band.predicate.casefold()}
                if named and wrong:
                    yield Contradiction(
                        f"{row.name}: {row.score.text} adalah {band.grade} ({band.predicate}) "
                        f"pada {scale.name}.",
                        places(row.spot),
                        predicate,
                        f"{band.grade} ({band.predicate})",
                    )


@REPORT.error(
    "indeks-rata-rata",
    "Indeks adalah rata-rata nilai unsur",
    source="PermenPANRB 14/2017: bobot 1 / banyaknya unsur, atau bobot cetak peraturan",
    explanation="Rata-rata yang tidak keluar dari nilai unsurnya salah di salah satu tempat.",
)
def index_is_right(claims: Claims) -> Iterator[Contradiction]:
    """Indices that are neither the rounded nor the cut mean."""
    for table, exact in _means(claims):
        score = table.mean.score if table.mean else None
        if score is None or judged(exact, score) is not Judged.WRONG:
            continue
        if not _within_rounding(table, exact) and not _is_printed_weight(table, score.value):
            yield Contradiction(
                f"Rata-rata {len(table.rows)} unsur adalah {shown(exact)}.",
                places(table.mean.spot if table.mean else table.table.spot),
                score.text,
                shown(exact),
            )


@REPORT.warning(
    "indeks-dipotong",
    "Indeks dibulatkan, tidak dipotong",
    source="kelaziman pembulatan setengah ke atas",
    explanation="69,4643 dibulatkan menjadi 69,46 atau 69,5, bukan 69,4.",
)
def index_is_rounded(claims: Claims) -> Iterator[Contradiction]:
    """Indices that were cut."""
    for table, exact in _means(claims):
        score = table.mean.score if table.mean else None
        if score is None or _within_rounding(table, exact):
            continue
        if judged(exact, score) is Judged.CUT:
            yield Contradiction(
                f"Rata-rata {len(table.rows)} unsur adalah {shown(exact, 4)}; dipotong, "
                "bukan dibulatkan.",
                places(table.mean.spot if table.mean else table.table.spot),
                score.text,
                shown(exact),
            )


@REPORT.warning(
    "unsur-peraturan",
    "Survei memakai sembilan unsur peraturan yang berlaku",
    source="PermenPANRB 14/2017",
    explanation="Sejak 2017 survei memakai sembilan unsur; survei 14 unsur perlu dipadankan.",
)
def elements_are_in_force(claims: Claims) -> Iterator[Contradiction]:
    """Tables with another number of elements than the regulation of the year."""
    official = regulation_in_force()
    scored = [table for table in claims.surveys if table.has_scores]
    if claims.year is None or claims.year < _NINE_FROM:
        return
    if any(len(table.rows) == official.element_count for table in scored):
        return
    for table in scored:
        if len(table.rows) > official.element_count:
            yield Contradiction(
                f"Survei tahun {claims.year} memakai {len(table.rows)} unsur.",
                places(table.table.spot),
                f"{len(table.rows)} unsur",
                f"{official.element_count} unsur ({official.number})",
            )


def _pairs(claims: Claims) -> Iterator[tuple[ElementRow, ElementRow]]:
    """Rows of distributions with the rows of scores of the same elements."""
    for table in claims.surveys:
        if not table.has_distribution:
            continue
        if table.has_scores:
            yield from ((row, row) for row in table.rows)
            continue
        others = [
            other
            for other in claims.surveys
            if other.has_scores and len(other.rows) == len(table.rows)
        ]
        if others:
            scored = {row.key: row for row in others[0].rows}
            yield from ((row, scored[row.key]) for row in table.rows if row.key in scored)


def _means(claims: Claims) -> Iterator[tuple[SurveyTable, Fraction]]:
    for table in claims.surveys:
        scores = [row.score.value for row in table.rows if row.score]
        known = [Fraction(score) for score in scores if score is not None]
        if table.mean and known and len(known) == len(table.rows):
            yield table, sum(known, Fraction(0)) / len(known)


def _within_rounding(table: SurveyTable, exact: Fraction) -> bool:
    """Whether the printed mean is right for scores that were rounded themselves."""
    score = table.mean.score if table.mean else None
    if score is None or score.value is None:
        return True
    fine = [row.score.places for row in table.rows if row.score]
    slack = Fraction(1, 2 * 10 ** max(fine, default=0))
    if all(row.score and _is_quarter(row.score.value) for row in table.rows):
        slack = Fraction(0)
    return abs(Fraction(score.value) - exact) <= slack + Fraction(1, 2 * 10**score.places) and (
        slack > 0
    )


def _is_quarter(value: Decimal | None) -> bool:
    """Whether a score shows all its decimals: scores of whole percents are quarters."""
    return value is not None and (value * 4) % 1 == 0


def _is_printed_weight(table: SurveyTable, value: Decimal | None) -> bool:
    scores = [Fraction(row.score.value or 0) for row in table.rows if row.score]
    for regulation in shipped_regulations():
        for weight in regulation.printed_weights:
            if value is not None and round_half_up(sum(scores) * Fraction(weight), 2) == value:
                return True
    return False


def _is_percent(table: SurveyTable) -> bool:
    rows = [row for row in table.rows if row.distribution]
    near = sum(_is_percent_row(row) for row in rows)
    return near * 2 >= len(rows)


def _is_percent_row(row: ElementRow) -> bool:
    levels = row.distribution
    if levels is None:
        return False
    return any(level and level.is_percent for level in row.levels) or (
        98 <= sum(levels, Decimal(0)) <= 102
    )


def _tolerance(row: ElementRow) -> Decimal:
    fine = [level.places for level in row.levels if level and level.places]
    return Decimal(2).scaleb(-min(fine)) if fine else Decimal(2)


def _one_cell_mends(levels: tuple[Decimal, ...], score: Decimal | None) -> bool:
    """Whether one other cell makes the row 100 and gives the printed score."""
    excess = sum(levels, Decimal(0)) - 100
    for place, level in enumerate(levels):
        if level - excess < 0 or score is None:
            continue
        mended = [*levels]
        mended[place] = level - excess
        total = sum(
            (share * value for share, value in zip(mended, _LEVEL_VALUES, strict=True)), Decimal(0)
        )
        if total / 4 == score and level - excess in (0, 100):
            return True
    return False


def _values(row: ElementRow) -> tuple[Decimal, ...]:
    return (row.score.value,) if row.score and row.score.value is not None else ()


def _scale(year: int) -> Scale | None:
    return next((r.scale for r in shipped_regulations() if r.year == year), None)


def _followed(table: SurveyTable) -> Scale | None:
    """The scale on which fewest rows contradict their predicates, the oldest of equals."""

    def misses(scale: Scale) -> int:
        missed = 0
        for row in table.rows:
            for _, predicate in row.predicates:
                if row.score and row.score.value is not None:
                    band = scale.band(row.score.value)
                    named = _named(predicate)
                    missed += bool(named - {band.grade, band.predicate.casefold()})
        return missed

    scales = [regulation.scale for regulation in shipped_regulations()]
    return min(scales, key=misses) if scales else None


def _named(predicate: str) -> set[str]:
    """The grade letter and the predicate that a cell names."""
    words = predicate.replace("(", " ").replace(")", " ").split()
    named = {word for word in words if word in _GRADES}
    rest = " ".join(word for word in words if word not in _GRADES).casefold()
    known = {band.predicate.casefold() for r in shipped_regulations() for band in r.scale.bands}
    return named | ({rest} if rest in known else set())
