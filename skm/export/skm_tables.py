"""The tables of a survey's result: workbook, SKM report and performance report share them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from skm.export.table import GRADE, PLACE, Column, Kind, Table, grade_cells
from skm.form import Element, Form, Question
from skm.responses import LEVELS, Distribution
from skm.scoring import Scorecard

ROUNDING_NOTE = (
    "Persentase dibulatkan ke 2 desimal; jumlah angka yang tercetak dapat berbeda "
    "0,01 atau 0,02 dari 100."
)


def element_labels(form: Form) -> dict[str, str]:
    """U1, U2 ... in official order, by element; T1 ... for those that stay apart.

    >>> from skm.form import find_form
    >>> list(element_labels(find_form("permenpanrb-14-2017")).values())[:3]
    ['U1', 'U2', 'U3']
    """
    counted = {element.code for element in form.counted_elements}
    apart = [element.code for element in form.elements if element.code not in counted]
    return {
        element.code: f"U{place}" for place, element in enumerate(form.counted_elements, 1)
    } | {code: f"T{place}" for place, code in enumerate(apart, 1)}


def question_labels(form: Form) -> dict[str, str]:
    """The element's label by question; with the number of the statement where it has several."""
    labels = element_labels(form)
    named = {}
    for element in form.elements:
        for place, statement in enumerate(element.statements, 1):
            for question in statement:
                several = f".{place}" if len(element.statements) > 1 else ""
                online = " daring" if question.service == "online" else ""
                named[question.code] = labels[element.code] + several + online
    return named


def element_scores(card: Scorecard) -> Table:
    """Each element's mean, weight, weighted mean and score; the total is the index."""
    rows = []
    weighted: list[Fraction] = []
    for place, element in enumerate(card.elements, 1):
        weight = card.weights.each[element.code]
        mean = element.mean_level
        part = None if mean is None else mean * weight
        weighted += [] if part is None else [part]
        rows.append(
            (
                *(place, element.name, element.n, mean, weight, part, element.score),
                *grade_cells(element.band),
            )
        )
    complete = card.index is not None
    total = sum(weighted, Fraction(0)) if complete else None
    return Table(
        "Nilai rata-rata (NRR) per unsur dan indeks",
        (
            *(PLACE, Column("Unsur pelayanan", Kind.TEXT), Column("Jawaban", Kind.COUNT)),
            *(Column("NRR", Kind.NRR), Column("Bobot", Kind.WEIGHT)),
            *(Column("NRR tertimbang", Kind.NRR), Column("Nilai (NRR x 25)", Kind.SCORE)),
            *GRADE,
        ),
        tuple(rows),
        (
            *(None, "Indeks (IKM)", card.respondents, None, None, total, card.index),
            *grade_cells(card.band),
        ),
    )


def level_names(card: Scorecard) -> tuple[str, ...]:
    """Tidak Baik ... Sangat Baik, as the scale words its classes."""
    return tuple(band.predicate for band in card.scale.bands)


def element_shares(element: Element, distribution: Distribution) -> tuple[Fraction, ...] | None:
    """How the answers to an element spread over the levels, in percent; None without answers.

    With several statements the plain mean of theirs, as the element's NRR is the plain mean.

    >>> import numpy as np
    >>> from skm.form import find_form
    >>> fees = find_form("permenpanrb-14-2017").element("biaya")
    >>> element_shares(fees, Distribution(("biaya",), np.array([[0, 1, 0, 3]]), 4))
    (Fraction(0, 1), Fraction(25, 1), Fraction(0, 1), Fraction(75, 1))
    """
    shares = []
    for statement in scored_statements(element):
        counts = [
            sum(part) for part in zip(*map(distribution.row, _codes(statement)), strict=True)
        ]
        if n := sum(counts):
            shares.append([Fraction(100 * count, n) for count in counts])
    if not shares:
        return None
    return tuple(sum(part, Fraction(0)) / len(shares) for part in zip(*shares, strict=True))


def scored_statements(element: Element) -> list[tuple[Question, ...]]:
    """The statements that make an element's NRR: those that count, if any do."""
    counting = [statement for statement in element.statements if statement[0].counts]
    return counting or list(element.statements)


def distribution_table(form: Form, distribution: Distribution, card: Scorecard) -> Table:
    """The four columns in percent, as the table of 2020, with score and predicate."""
    rows = []
    scored = {element.code: element for element in (*card.elements, *card.apart)}
    labels = element_labels(form)
    for element in form.elements:
        shares = element_shares(element, distribution)
        score = scored[element.code]
        rows.append(
            (labels[element.code], element.name)
            + (shares or (None,) * len(LEVELS))
            + (None if shares is None else Fraction(100), score.score, grade_cells(score.band)[1])
        )
    return Table(
        "Distribusi jawaban per unsur",
        (
            *(Column("No.", Kind.TEXT), Column("Unsur", Kind.TEXT)),
            *(Column(f"{name} (%)", Kind.PERCENT) for name in level_names(card)),
            *(Column("Total (%)", Kind.PERCENT), Column("Skor", Kind.SCORE)),
            Column("Predikat", Kind.TEXT),
        ),
        tuple(rows),
        notes=(ROUNDING_NOTE, *_apart_note(card)),
    )


def answer_counts(form: Form, distribution: Distribution, card: Scorecard) -> Table:
    """How many people chose each level, a question a row."""
    labels = question_labels(form)
    rows = []
    for question in form.questions:
        counts = distribution.row(question.code)
        rows.append((labels[question.code], question.text, *counts, sum(counts)))
    return Table(
        "Jumlah jawaban per pertanyaan",
        (
            *(Column("No.", Kind.TEXT), Column("Pertanyaan", Kind.TEXT)),
            *(Column(name, Kind.COUNT) for name in level_names(card)),
            Column("Menjawab", Kind.COUNT),
        ),
        tuple(rows),
    )


def _apart_note(card: Scorecard) -> tuple[str, ...]:
    names = ", ".join(element.name for element in card.apart)
    return (f"Tidak masuk indeks: {names}.",) if names else ()


def _codes(statement: Iterable[Question]) -> list[str]:
    return [question.code for question in statement]
