"""Processing sheets of a survey: NRR, weighted NRR, and one survey in several tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from lkip.checks.report_subject import REPORT, places, shown
from lkip.claims import Claims
from lkip.claims.figures import Amount
from lkip.claims.survey import SurveyTable
from lkip.findings import Contradiction
from skm.regulation import regulation_in_force, shipped_regulations
from skm.uncertainty import needed_sample

_SCORE_OF_A_LEVEL = 25
_SAME_SURVEY = Fraction(7, 10)
_SAMPLE = re.compile(
    r"([\d.]+)\s+(?:orang\s+)?responden\s+dari\s+([\d.]+)\s+(?:orang|penduduk|pengguna|pemohon)",
    re.IGNORECASE,
)


@REPORT.error(
    "nrr-nilai",
    "Nilai unsur adalah NRR x 25",
    source="PermenPANRB 14/2017: nilai konversi = NRR x 25",
    explanation="NRR 2,9 adalah nilai 72,5.",
)
def mean_levels_make_scores(claims: Claims) -> Iterator[Contradiction]:
    """NRR and score of one row, each within its rounding."""
    for table in claims.surveys:
        for row in table.rows:
            level, score = row.mean_level, row.score
            if level is None or score is None or level.value is None or score.value is None:
                continue
            exact = Fraction(level.value) * _SCORE_OF_A_LEVEL
            slack = _half(level) * _SCORE_OF_A_LEVEL + _half(score)
            if abs(exact - Fraction(score.value)) > slack:
                yield Contradiction(
                    f"NRR unsur {row.name} x 25 adalah {shown(exact)}.",
                    places(row.spot),
                    f"{level.text} dan {score.text}",
                    shown(exact),
                )


@REPORT.error(
    "nrr-tertimbang",
    "NRR tertimbang adalah NRR x bobot, dan jumlahnya adalah jumlah barisnya",
    source="PermenPANRB 14/2017, lembar pengolahan; bobot 1 / banyaknya unsur",
    explanation="Indeks adalah jumlah NRR tertimbang x 25.",
)
def weighted_levels_are_right(claims: Claims) -> Iterator[Contradiction]:
    """Weighted NRR of rows, and their sum."""
    for table in claims.surveys:
        weights = _weights(table)
        for row in table.rows:
            level, weighted = row.mean_level, row.weighted
            if level is None or weighted is None or None in (level.value, weighted.value):
                continue
            wanted = [Fraction(level.value or 0) * weight for weight in weights]
            slack = _half(weighted) + _half(level) / len(table.rows)
            if all(abs(Fraction(weighted.value or 0) - value) > slack for value in wanted):
                yield Contradiction(
                    f"NRR tertimbang unsur {row.name} adalah {shown(wanted[0], weighted.places)}.",
                    places(row.spot),
                    weighted.text,
                    shown(wanted[0], weighted.places),
                )
        yield from _sum_of(table)


@REPORT.warning(
    "responden-kurang",
    "Banyaknya responden mencukupi",
    source="PermenPANRB 14/2017: tabel Krejcie dan Morgan",
    explanation="Survei dengan responden terlalu sedikit tidak mewakili yang dilayani.",
)
def respondents_are_enough(claims: Claims) -> Iterator[Contradiction]:
    """Respondents stated together with the people served."""
    rule = regulation_in_force().sample
    for paragraph in claims.paragraphs:
        match = _SAMPLE.search(paragraph.text)
        if match is None:
            continue
        asked, served = (int(part.replace(".", "")) for part in match.groups())
        needed = needed_sample(served, rule) if served > 0 else 0
        if asked < needed:
            yield Contradiction(
                f"Untuk {served} yang dilayani diperlukan {needed} responden.",
                places(paragraph.spot),
                f"{asked} responden",
                f"{needed} responden",
            )


@REPORT.error(
    "nilai-antartabel",
    "Nilai satu unsur sama di semua tabel survei yang sama",
    source="hitungan: satu fakta satu angka",
    explanation="Tabel nilai dan lembar pengolahan memuat survei yang sama.",
)
def tables_of_one_survey_agree(claims: Claims) -> Iterator[Contradiction]:
    """Scores of tables that share most of them; those of other services differ throughout."""
    scored = [table for table in claims.surveys if table.has_scores]
    for one, other in combinations(scored, 2):
        mine = {row.key: row for row in one.rows if row.score}
        theirs = {row.key: row for row in other.rows if row.score}
        shared = [key for key in mine if key in theirs]
        differing = [key for key in shared if not _equal(mine[key].score, theirs[key].score)]
        if len(shared) < 3 or len(shared) - len(differing) < _SAME_SURVEY * len(shared):
            continue
        for key in differing:
            here, there = mine[key], theirs[key]
            yield Contradiction(
                f"Nilai unsur {here.name} berbeda di dua tabel.",
                places(here.spot, there.spot),
                here.score.text if here.score else None,
                there.score.text if there.score else None,
            )


def _sum_of(table: SurveyTable) -> Iterator[Contradiction]:
    stated = table.weighted_sum
    parts = [row.weighted.value for row in table.rows if row.weighted]
    known = [Fraction(part) for part in parts if part is not None]
    if stated is None or stated.value is None or len(known) < len(table.rows):
        return
    summed = sum(known, Fraction(0))
    fine = next((row.weighted for row in table.rows if row.weighted), stated)
    slack = _half(fine) * len(known) + _half(stated)
    index = table.mean.score if table.mean else None
    if index is not None and index.value is not None:
        by_index = Fraction(index.value) / _SCORE_OF_A_LEVEL
        off = abs(by_index - Fraction(stated.value))
        if off > _half(stated) + _half(index):
            yield Contradiction(
                f"Jumlah NRR tertimbang x 25 adalah {shown(Fraction(stated.value) * 25)}.",
                places(table.table.spot),
                f"{stated.text} dan {index.text}",
                shown(by_index, stated.places),
            )
            return
    if abs(summed - Fraction(stated.value)) > slack:
        yield Contradiction(
            f"NRR tertimbang berjumlah {shown(summed, stated.places)}.",
            places(table.table.spot),
            stated.text,
            shown(summed, stated.places),
        )


def _weights(table: SurveyTable) -> list[Fraction]:
    printed = [Fraction(weight) for r in shipped_regulations() for weight in r.printed_weights]
    return [Fraction(1, len(table.rows)), *printed]


def _half(figure: Amount) -> Fraction:
    """Half a unit of the last printed decimal."""
    return Fraction(1, 2 * 10**figure.places)


def _equal(one: Amount | None, other: Amount | None) -> bool:
    if one is None or other is None or one.value is None or other.value is None:
        return True
    return abs(Fraction(one.value) - Fraction(other.value)) < max(_half(one), _half(other))
