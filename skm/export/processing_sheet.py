"""The sheet Pengolahan: one row a respondent, and the index in live formulas beneath.

The lay-out is that of the regulation's processing sheet: answers, their sum, NRR, weighted
NRR, *) the sum of these, **) the index. Like there, a row is answers alone: with day and
service beside them the groups that other sheets hide could be counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name

from skm.export.method_sheet import ScaleCells
from skm.export.month import MonthExport
from skm.export.sheet import Sheet, Span
from skm.export.skm_tables import element_labels, question_labels, scored_statements
from skm.export.table import Cell, Column, Kind, Row
from skm.form import Form, Question
from skm.numerals import number
from skm.period_scores import Official
from skm.responses import LEVELS, SKIPPED, Distribution
from skm.scoring import EXACT, POINTS_PER_LEVEL, Scorecard, score

Computed = tuple[str, Cell]
"""A formula and its value."""

_RESPONDENT = Column("No. responden", Kind.NUMBER)
_RESULT_COLUMNS = 3
_NAME_COLUMNS = 9


def fill(sheet: Sheet, month: MonthExport, scale: ScaleCells, period_index: str) -> None:
    """Fill the sheet.

    Args:
        period_index: the cell with the index of all respondents.
    """
    sheet.letterhead(
        "Pengolahan indeks kepuasan masyarakat per responden dan per unsur pelayanan",
        month.period.label,
    )
    sheet.note(_what_is_shown(month))
    labels = question_labels(month.form)
    columns = (_RESPONDENT, *(Column(label, Kind.LEVEL) for label in labels.values()))
    head = sheet.row
    sheet.header([column.title for column in columns])
    sheet.freeze(sheet.row, 1)
    sheet.repeat(head, head)
    first = sheet.row + 1
    sheet.rows(columns, _answers(month))
    if not len(month.released):
        return
    distribution = month.released.distribution()
    card = score(distribution, month.form, month.method.weights, month.method.scale)
    sums = _Sums(sheet, month.form, distribution, card)
    means, weighted = sums.write(first, sheet.row)
    _write_index(sheet, month, card, scale, weighted, period_index)
    sheet.gap()
    _write_key(sheet, month.form, card, means)


class _Sums:
    """The rows beneath the answers, a cell for each question."""

    def __init__(
        self, sheet: Sheet, form: Form, distribution: Distribution, card: Scorecard
    ) -> None:
        self._sheet = sheet
        self._form = form
        self._distribution = distribution
        self._card = card
        self._columns = {question.code: at for at, question in enumerate(form.questions, 1)}
        self._letters = {code: xl_col_to_name(column) for code, column in self._columns.items()}

    def write(self, first: int, last: int) -> tuple[dict[str, Computed], Computed]:
        """Write them under the answers in these rows.

        Returns:
            The cell and the value of each element's NRR; the formula of *) and its value.
        """
        total = self._row(
            "Jumlah nilai",
            Kind.COUNT,
            {
                code: (f"=SUM({letter}{first}:{letter}{last})", self._total(code))
                for code, letter in self._letters.items()
            },
        )
        answered = self._row(
            "Jumlah yang menjawab",
            Kind.COUNT,
            {
                code: (f"=COUNT({letter}{first}:{letter}{last})", self._answered(code))
                for code, letter in self._letters.items()
            },
        )
        means = self._means(total, answered)
        mean = self._row("NRR per unsur", Kind.NRR, self._at_heads(means))
        weight = self._row("Bobot", Kind.WEIGHT, self._at_heads(self._weights()))
        parts = self._row(
            "NRR tertimbang per unsur", Kind.NRR, self._at_heads(self._weighted(mean, weight))
        )
        codes = [self._head(code) for code in self._card.weights.each]
        start, end = (self._letters[code] for code in (codes[0], self._form.questions[-1].code))
        index = self._card.index
        summed = None if index is None else index / POINTS_PER_LEVEL
        cells = {
            code: (f"={self._letters[self._head(code)]}{mean}", value)
            for code, (_, value) in means.items()
        }
        return cells, (f"=SUM({start}{parts}:{end}{parts})", summed)

    def _means(self, total: int, answered: int) -> dict[str, Computed]:
        """The formula of each element's NRR; with several statements a row for these first."""
        statements = [
            (element.code, statement)
            for element in self._form.elements
            for statement in scored_statements(element)
        ]
        each = {
            statement[0].code: self._statement(statement, total, answered)
            for _, statement in statements
        }
        values = {
            element.code: element.mean_level
            for element in (*self._card.elements, *self._card.apart)
        }
        if len(statements) == len(values):
            return {
                code: (each[statement[0].code][0], values[code]) for code, statement in statements
            }
        row = self._row("NRR per pernyataan", Kind.NRR, each)
        cells: dict[str, list[str]] = {}
        for code, statement in statements:
            cells.setdefault(code, []).append(f"{self._letters[statement[0].code]}{row}")
        return {code: (f"=AVERAGE({','.join(at)})", values[code]) for code, at in cells.items()}

    def _statement(self, statement: Sequence[Question], total: int, answered: int) -> Computed:
        """The mean of a statement, its offline and online wording counted as one."""
        codes = [question.code for question in statement]
        n = sum(self._answered(code) for code in codes)
        sums, counts = (
            "+".join(f"{self._letters[code]}{row}" for code in codes) for row in (total, answered)
        )
        formula = f"=({sums})/({counts})" if len(codes) > 1 else f"={sums}/{counts}"
        return formula, Fraction(sum(self._total(code) for code in codes), n) if n else None

    def _weights(self) -> dict[str, Computed]:
        weights = self._card.weights
        formula = f"=1/{len(weights.each)}" if weights.label == EXACT else ""
        return {code: (formula, weight) for code, weight in weights.each.items()}

    def _weighted(self, mean: int, weight: int) -> dict[str, Computed]:
        return {
            element.code: (
                f"={letter}{mean}*{letter}{weight}",
                None
                if element.mean_level is None
                else element.mean_level * self._card.weights.each[element.code],
            )
            for element in self._card.elements
            if (letter := self._letters[self._head(element.code)])
        }

    def _at_heads(self, cells: Mapping[str, Computed]) -> dict[str, Computed]:
        """Cells of elements in the columns of their first questions."""
        return {self._head(code): cell for code, cell in cells.items()}

    def _head(self, element: str) -> str:
        return self._form.element(element).questions[0].code

    def _row(self, label: str, kind: Kind, cells: Mapping[str, Computed]) -> int:
        spans = []
        for code, column in self._columns.items():
            formula, value = cells.get(code, ("", None))
            spans.append(Span(column, column, value, kind, formula))
        return self._sheet.spans(Span(0, 0, label), *spans, bold=True)

    def _total(self, code: str) -> int:
        counts = self._distribution.row(code)
        return sum(level * n for level, n in zip(LEVELS, counts, strict=True))

    def _answered(self, code: str) -> int:
        return sum(self._distribution.row(code))


def _write_index(
    sheet: Sheet,
    month: MonthExport,
    card: Scorecard,
    scale: ScaleCells,
    weighted: Computed,
    period_index: str,
) -> None:
    """The two starred figures, the class, and the index of all respondents beside them."""

    def line(label: str, kind: Kind, formula: str, value: Cell) -> int:
        result = Span(1, _RESULT_COLUMNS, value, kind, formula)
        return sheet.spans(Span(0, 0, label), result, bold=True)

    letter = xl_col_to_name(1)
    star = line("*) Jumlah NRR tertimbang", Kind.NRR, *weighted)
    formula = f"={letter}{star}*{POINTS_PER_LEVEL}"
    index = line(
        f"**) IKM unit pelayanan = *) x {POINTS_PER_LEVEL}", Kind.SCORE, formula, card.index
    )
    cell = f"{letter}{index}"
    if card.band is None:
        sheet.note("IKM belum lengkap: ada unsur tanpa jawaban di lembar ini.")
    else:
        line("Mutu pelayanan", Kind.TEXT, scale.grade(cell), card.band.grade)
        line("Kinerja unit pelayanan", Kind.TEXT, scale.predicate(cell), card.band.predicate)
    everyone = month.assessment.card
    label = f"IKM periode, semua {number(everyone.respondents or 0)} responden"
    line(label, Kind.SCORE, f"={period_index}", everyone.index)


def _write_key(sheet: Sheet, form: Form, card: Scorecard, means: Mapping[str, Computed]) -> None:
    """What the labels stand for, with the mean of each."""
    last = _NAME_COLUMNS + 1
    sheet.spans(
        Span(0, 0, "No."), Span(1, last - 1, "Unsur pelayanan"), Span(last, last, "NRR"), bold=True
    )
    for code, label in element_labels(form).items():
        formula, value = means[code]
        name = Span(1, last - 1, form.element(code).name)
        sheet.spans(Span(0, 0, label), name, Span(last, last, value, Kind.NRR, formula))


def _what_is_shown(month: MonthExport) -> str:
    if month.official and month.destroyed:
        return (
            f"Jawaban satuan edisi {month.official.closing.edition} sudah dimusnahkan menurut "
            "aturan retensi; hasilnya tetap di lembar Ringkasan."
        )
    if month.official:
        return f"{_shown(month)}{_since_closed(month.official)}"
    return _shown(month)


def _since_closed(official: Official) -> str:
    since = official.since
    if not (since.corrected or since.deleted):
        return ""
    return (
        f" Sejak ditutup {number(since.corrected)} jawaban diperbaiki dan "
        f"{number(since.deleted)} dihapus, jadi IKM di lembar ini dapat berbeda dari IKM resmi."
    )


def _shown(month: MonthExport) -> str:
    shown, everyone = len(month.released), len(month.everyone)
    if shown == everyone:
        return f"Semua {number(everyone)} responden periode ini."
    return (
        f"{number(shown)} dari {number(everyone)} responden. {number(month.waiting)} jawaban "
        "terbaru belum boleh ditampilkan satu per satu, jadi IKM di lembar ini dihitung tanpa "
        "jawaban itu dan dapat berbeda dari IKM periode di lembar Ringkasan."
    )


def _answers(month: MonthExport) -> Iterator[Row]:
    for place, levels in enumerate(month.released.levels.T.tolist(), 1):
        yield (place, *(level if level != SKIPPED else None for level in levels))
