"""Raw responses: one row a respondent, one column a question, headed as offices do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from skm.errors import Fault, SkmError
from skm.form import Form
from skm.reading.answers import AnswerReader, Reading
from skm.reading.body import Body, LeftOut, end_of_data, read_body
from skm.reading.cells import Cells
from skm.reading.column_map import NO_MAP, ColumnMap, Role
from skm.reading.columns import Column, Layout
from skm.reading.form_choice import choose_layout, missing_faults
from skm.reading.header import Header, find_header
from skm.reading.headings import FormNames, parse_heading, question_words
from skm.reading.notice import Notice
from skm.reading.sheet_faults import (
    bad_answers,
    cut_rows,
    mixed_scales,
    no_answers,
    refused_texts,
    strange_cells,
)
from skm.reading.spellings import Spellings, fold, shipped_spellings
from skm.responses import ResponseTable

EXPECTED_HEADERS = "kode pertanyaan, kalimatnya, nama unsur, U1, U2, ... atau P1, P2, ..."

_LABEL_COLUMNS = 3  # and the one before the first question: where closing rows are labelled
_KEPT = (Role.DATE, Role.STAMP, Role.HALF_DAY, Role.SERVICE, Role.PROFILE)


@dataclass(frozen=True, eq=False)
class ResponseSheet:
    """Raw responses as they were read.

    Attributes:
        table: answers by question; people who answered nothing are left out.
        rows: the data row of each respondent, counted from 1.
        texts: what else the officer's sheet says of each respondent, unread: by the word of
            the role (``tanggal``, ``layanan``, ...) or ``profil.<code>``. Columns with names
            and the like are never kept.
        left_out: closing rows and rows without answers.
        notices: decisions that an officer may want to change.
    """

    layout: Layout
    table: ResponseTable
    rows: NDArray[np.int64]
    texts: Mapping[str, Sequence[str]]
    left_out: tuple[LeftOut, ...]
    notices: tuple[Notice, ...]

    @property
    def form(self) -> Form:
        """The questionnaire."""
        return self.layout.form

    @property
    def cells(self) -> Cells:
        """The sheet it was read from."""
        return self.layout.header.cells


@dataclass(frozen=True, eq=False)
class Examination:
    """A response sheet as far as it can be read.

    Attributes:
        layout: what each column is.
        sheet: the responses; None where anything is wrong.
        faults: everything that is wrong.
        unknown_answers: labels that are no known answer, by question code.
    """

    layout: Layout
    sheet: ResponseSheet | None
    faults: tuple[Fault, ...]
    unknown_answers: Mapping[str, tuple[str, ...]]


def read_response_sheet(
    sheets: Sequence[Cells],
    forms: Sequence[Form],
    form: Form | None = None,
    column_map: ColumnMap = NO_MAP,
) -> ResponseSheet:
    """Read raw responses; a file with any fault is refused whole.

    Args:
        sheets: of one file, as ``read_cells`` gives them.
        forms: the questionnaires to choose from.
        form: the one that the officer named; it outweighs the map's.
        column_map: what the officer decided about columns and spellings.

    Raises:
        SkmError: every fault with row and column.
    """
    examination = examine(sheets, forms, form, column_map)
    if examination.sheet is None:
        raise SkmError(*examination.faults)
    return examination.sheet


def examine(
    sheets: Sequence[Cells],
    forms: Sequence[Form],
    form: Form | None = None,
    column_map: ColumnMap = NO_MAP,
) -> Examination:
    """Read raw responses as far as possible, for a dry run.

    Raises:
        SkmError: there is no header, or no form to read the sheet by.
    """
    spellings = shipped_spellings()
    named = form or _form_of(column_map, forms)
    header = _find_header(sheets, [named] if named else forms, column_map, spellings)
    body = read_body(header)
    layout = choose_layout(
        header, forms, named, column_map, spellings, lambda index: _holds_answers(body, index)
    )
    return _Examiner(layout, body, column_map, spellings).result()


class _Examiner:
    """One examination: reads the answers once, then judges the rows by them."""

    def __init__(
        self, layout: Layout, body: Body, column_map: ColumnMap, spellings: Spellings
    ) -> None:
        self.layout = layout
        self.header = layout.header
        self.body = body
        self.spellings = spellings
        questions = {question.code for question in layout.form.questions}
        self.columns = [c for c in layout.of(Role.QUESTION) if c.code in questions]
        self.readings = {
            column.index: self._read(column, column_map.answers.get(column.code or "", {}))
            for column in self.columns
        }

    def result(self) -> Examination:
        end, below, faults = self._end_of_data()
        faults = [
            *missing_faults(self.layout),
            *self.layout.faults,
            *self.body.faults,
            *faults,
            *cut_rows(self.layout, self.body, end),
            *strange_cells(self.layout, (Role.QUESTION, Role.COMMENT, *_KEPT), end),
            *bad_answers(self.layout, self.body, self.readings, end),
            *mixed_scales(self.layout, self.readings, self.spellings),
        ]
        unknown = {
            self.layout.columns[index].code or "": tuple(
                sorted(refused_texts(self.body, index, reading, end))
            )
            for index, reading in self.readings.items()
        }
        sheet = None if faults else self._sheet(end, below)
        if sheet is not None and not len(sheet.table):
            faults.append(no_answers(self.layout))
            sheet = None
        return Examination(
            self.layout,
            sheet,
            tuple(faults),
            {code: texts for code, texts in unknown.items() if texts},
        )

    def _read(self, column: Column, translations: Mapping[str, int | None]) -> Reading:
        question = self.layout.form.question(column.code or "")
        reader = AnswerReader(question, self.spellings, translations)
        return reader.read(self.body.distinct[column.index])

    def _end_of_data(self) -> tuple[int, tuple[LeftOut, ...], list[Fault]]:
        numbers = self.layout.of(Role.RESPONDENT)
        before = min((column.index for column in self.columns), default=0) - 1
        labels = [
            column.index
            for column in self.layout.columns
            if (column.index < _LABEL_COLUMNS or column.index == before)
            and column.role not in (Role.QUESTION, Role.COMMENT)
        ]
        end, below, faults = end_of_data(
            self.header,
            self.body,
            self.spellings,
            labels,
            numbers[0].index if numbers else None,
            self._is_answered,
        )
        return end, below, list(faults)

    def _is_answered(self, row: int) -> bool:
        """Whether each question of a row holds an answer."""
        return all(
            self.readings[column.index].levels.get(self.body.columns[column.index][row])
            for column in self.columns
        )

    def _sheet(self, end: int, below: tuple[LeftOut, ...]) -> ResponseSheet:
        levels = np.empty((len(self.columns), end), dtype=np.uint8)
        for place, column in enumerate(self.columns):
            texts = self.body.columns[column.index][:end]
            levels[place] = _levels(texts, self.readings[column.index].levels)
        answered = np.asarray(levels.any(axis=0), dtype=np.bool_)
        kept = levels if answered.all() else np.ascontiguousarray(levels[:, answered])
        codes = tuple(column.code or "" for column in self.columns)
        told = self._texts(end)
        return ResponseSheet(
            layout=self.layout,
            table=ResponseTable(codes, kept),
            rows=np.flatnonzero(answered) + 1,
            texts={key: tuple(compress(values, answered)) for key, values in told.items()},
            left_out=(*self._unanswered(answered, told), *below),
            notices=(*self.layout.notices, *self._notices(end)),
        )

    def _texts(self, end: int) -> dict[str, Sequence[str]]:
        texts: dict[str, Sequence[str]] = {}
        for column in self.layout.of(*_KEPT):
            key = f"profil.{column.code}" if column.role is Role.PROFILE else column.role.value
            texts.setdefault(key, self.body.columns[column.index][:end])
        comments = [
            self.body.columns[column.index][:end] for column in self.layout.of(Role.COMMENT)
        ]
        if comments:
            parts = zip(*comments, strict=True)
            joined = ("\n".join(text.strip() for text in part if text.strip()) for part in parts)
            texts[Role.COMMENT.value] = comments[0] if len(comments) == 1 else tuple(joined)
        return texts

    def _unanswered(
        self, answered: NDArray[np.bool_], texts: Mapping[str, Sequence[str]]
    ) -> list[LeftOut]:
        """Rows that say something of a respondent but answer nothing; blank rows are nothing."""
        return [
            LeftOut(row + 1, "tanpa satu jawaban pun")
            for row in np.flatnonzero(~answered).tolist()
            if any(values[row].strip() for values in texts.values())
        ]

    def _notices(self, end: int) -> list[Notice]:
        notices = [Notice("file", remark) for remark in self.header.cells.remarks]
        for column in self.columns:
            if foreign := self.readings[column.index].foreign:
                named = ", ".join(f"«{text.strip()}»" for text in sorted(foreign)[:4])
                message = f"label dari pertanyaan lain dibaca menurut tingkatnya: {named}"
                notices.append(Notice("foreign-label", message, field=column.label))
        for column in self.layout.of(Role.UNKNOWN):
            if column.header:
                notices.append(
                    Notice("column-not-read", "kolom ini tidak dibaca", field=column.label)
                )
        for column in self.layout.of(Role.RESPONDENT)[:1]:
            counted = Counter(text.strip() for text in self.body.columns[column.index][:end])
            twice = [text for text, count in counted.items() if count > 1 and text]
            if twice:
                message = (
                    f"nomor responden tertulis dua kali: {', '.join(twice[:4])}; semua dibaca"
                )
                notices.append(Notice("doubled-number", message, field=column.label))
        return notices


def _levels(texts: Sequence[str], level_of: Mapping[str, int]) -> NDArray[np.uint8]:
    """The levels of a column of known texts."""
    if all(len(text) == 1 and text.isascii() for text in level_of):
        by_character = np.zeros(128, dtype=np.uint8)
        for text, level in level_of.items():
            by_character[ord(text)] = level
        return by_character[np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8)]
    return np.fromiter(map(level_of.__getitem__, texts), dtype=np.uint8, count=len(texts))


def _form_of(column_map: ColumnMap, forms: Sequence[Form]) -> Form | None:
    if column_map.form is None:
        return None
    for form in forms:
        if form.id == column_map.form:
            return form
    raise SkmError(
        Fault(
            "Formulir dari peta kolom tidak dikenal",
            file=column_map.file,
            field="formulir",
            found=column_map.form,
            expected=", ".join(form.id for form in forms),
        )
    )


def _find_header(
    sheets: Sequence[Cells], forms: Sequence[Form], column_map: ColumnMap, spellings: Spellings
) -> Header:
    words = question_words([FormNames(form, spellings) for form in forms])
    mapped = {fold(header) for header in column_map.questions}

    def hits(row: Sequence[str]) -> int:
        return sum(_is_question(text, words, mapped) for text in row if text)

    return find_header(sheets, hits, EXPECTED_HEADERS, column_map.sheet)


def _is_question(text: str, words: frozenset[str], mapped: set[str]) -> bool:
    heading = parse_heading(text)
    return bool(heading.series or words.intersection(heading.names) or fold(text) in mapped)


def _holds_answers(body: Body, index: int) -> bool:
    """Whether a column holds nothing but levels, so that it must be some question."""
    texts = {fold(text) for text in body.distinct[index]} - {""}
    return bool(texts) and texts <= {"1", "2", "3", "4"}
