"""The rows of a score table: its columns, its elements, and the form that has just these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from skm.errors import Fault, SkmError, refuse
from skm.form import Form
from skm.numerals import read_number
from skm.reading.body import Body, read_body
from skm.reading.cells import Cells
from skm.reading.header import Header, find_header
from skm.reading.headings import ASKED, LISTED, FormNames, elements_by_name, parse_heading
from skm.reading.notice import Notice
from skm.reading.spellings import Spellings, fold
from skm.reading.table_figures import Figures

LEVEL_COLUMNS = ("tidak_baik", "kurang_baik", "baik", "sangat_baik")
ELEMENT, TOTAL, SCORE, PREDICATE = "element", "printed_total", "printed_score", "printed_predicate"

_ONCE = (ELEMENT, *LEVEL_COLUMNS, SCORE)
_EXPECTED = f"{ELEMENT} (atau UNSUR), " + ", ".join(LEVEL_COLUMNS)
_FEWEST_LEVELS = 3
_DIGITS = ("1", "2", "3", "4")
_LABEL_COLUMNS = 3


@dataclass(frozen=True)
class Line:
    """A row of the table; ``element`` is what is written until it is the form's code."""

    number: int
    element: str
    figures: Figures
    printed_total: str
    printed_score: str
    printed_predicate: str


@dataclass(frozen=True, eq=False)
class Grid:
    """A table under reading.

    Attributes:
        columns: index of each known column.
    """

    header: Header
    columns: Mapping[str, int]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]

    def place(self, line: Line, column: str) -> str:
        """A cell as messages name it."""
        if column not in self.columns:
            return column
        return self.header.place(self.header.body + line.number - 1, self.columns[column])


def table_columns(
    cells: Cells, spellings: Spellings
) -> tuple[Header, dict[str, list[int]]] | None:
    """Header and columns of a sheet that looks like a score table, else None."""
    try:
        header = find_header([cells], lambda row: _hits(row, spellings), _EXPECTED)
    except SkmError:
        return None
    columns: dict[str, list[int]] = {}
    for index, texts in enumerate(header.texts):
        names = (spellings.table_columns.get(fold(text)) for text in texts)
        if name := next((name for name in names if name), None):
            columns.setdefault(name, []).append(index)
    levels = [name for name in LEVEL_COLUMNS if name in columns]
    by_digit = header.shown(columns[levels[0]][0]) in _DIGITS if levels else False
    if len(levels) < _FEWEST_LEVELS or (by_digit and ELEMENT not in columns):
        return None
    return header, columns


def read_grid(sheets: Sequence[Cells], forms: Sequence[Form], spellings: Spellings) -> Grid:
    """The rows of the one table of a file.

    Args:
        forms: those that the table may be of; a row named like an element of theirs is no
            closing row.

    Raises:
        SkmError: no table or several, a column that is missing or there twice.
    """
    found = [each for cells in sheets if (each := table_columns(cells, spellings))]
    if not found:
        raise refuse(
            "Tidak ada tabel sebaran di berkas ini", file=sheets[0].file, expected=_EXPECTED
        )
    if len(found) > 1:
        raise refuse(
            "Beberapa lembar memuat tabel",
            file=sheets[0].file,
            found=", ".join(f"{header.cells.sheet}" for header, _ in found),
            todo="Simpan satu lembar sebagai berkas sendiri.",
        )
    header, columns = found[0]
    _refuse_columns(header, columns)
    places = {name: indexes[0] for name, indexes in columns.items()}
    body = read_body(header)
    names = {name for form in forms for name in elements_by_name(form, spellings)}
    lines, notices, faults = _lines(header, body, places, names, spellings)
    if not lines:
        raise refuse("Tabel tidak berisi baris unsur", file=header.cells.name)
    return Grid(
        header=header,
        columns=places,
        lines=lines,
        faults=(*body.faults, *faults, *_uncomputed(header, places)),
        notices=(*(Notice("file", remark) for remark in header.cells.remarks), *notices),
    )


def name_rows(
    grid: Grid, form: Form | None, forms: Sequence[Form], spellings: Spellings
) -> tuple[tuple[Line, ...], Form, tuple[Notice, ...]]:
    """The rows with the codes of the one form that has just these elements.

    A form with several statements an element is only taken when it is named: it has the same
    elements as the form of the nine.

    Raises:
        SkmError: an element is unknown, missing or there twice; no form or several fit.
    """
    candidates = [form] if form else [f for f in forms if FormNames(f, spellings).is_flat]
    coded = [(each, _codes(grid.lines, each, spellings)) for each in candidates]
    fitting = [(each, codes) for each, codes in coded if not _misfits(each, codes)]
    if len(fitting) > 1:
        raise refuse(
            "Beberapa formulir cocok dengan unsur tabel ini",
            file=grid.header.cells.name,
            found=", ".join(each.id for each, _ in fitting),
            todo=f"Sebut yang dipakai, misalnya --form {fitting[0][0].id}.",
        )
    if not fitting:
        raise _nothing_fits(grid, coded, named=form is not None)
    chosen, codes = fitting[0]
    lines = tuple(
        replace(line, element=code or "") for line, code in zip(grid.lines, codes, strict=True)
    )
    return lines, chosen, _order_notices(grid.lines, chosen, spellings)


def _order_notices(lines: Sequence[Line], form: Form, spellings: Spellings) -> tuple[Notice, ...]:
    """Rows by number where list and questionnaire differ: what was taken."""
    names = elements_by_name(form, spellings)
    form_names = FormNames(form, spellings)
    notices = []
    for line in lines:
        heading = parse_heading(line.element)
        if heading.series and not any(name in names for name in heading.names):
            taken = form_names.order_taken(heading.series, heading.number - 1)
            if taken:
                message = f"{taken}. Bila keliru, tulis nama unsurnya."
                notices.append(Notice("number-order", message, line.number, line.element))
    return tuple(notices)


def _hits(row: Sequence[str], spellings: Spellings) -> int:
    """How many cells of a row are headers of a table.

    A row with numbers is a header only where they are the four levels, each once, among
    nothing but other headers: a row of data may well read 1, 2, 3, 4.
    """
    texts = [fold(text) for text in row if text.strip()]
    numbers = [text for text in texts if read_number(text) is not None]
    known = [text for text in texts if text in spellings.table_columns]
    if numbers:
        beside = (text in spellings.columns or text in known for text in texts)
        if numbers != list(_DIGITS) or not all(beside):
            return 0
    return len(known)


def _refuse_columns(header: Header, columns: Mapping[str, Sequence[int]]) -> None:
    faults = [
        Fault(
            f"Kolom «{name}» tidak ada",
            file=header.cells.name,
            found=" | ".join(header.label(index) for index in range(len(header.texts))),
            expected=_EXPECTED,
        )
        for name in (ELEMENT, *LEVEL_COLUMNS)
        if name not in columns
    ]
    faults += [
        Fault(
            f"Kolom «{name}» ada dua",
            file=header.cells.name,
            found=", ".join(header.label(index) for index in columns[name]),
            todo="Hapus atau ganti judul salah satunya.",
        )
        for name in _ONCE
        if len(columns.get(name, ())) > 1
    ]
    if faults:
        raise SkmError(*faults)


def _lines(
    header: Header,
    body: Body,
    places: Mapping[str, int],
    names: Collection[str],
    spellings: Spellings,
) -> tuple[tuple[Line, ...], tuple[Notice, ...], list[Fault]]:
    """The rows of elements, without those that sum up."""
    lines: list[Line] = []
    notices: list[Notice] = []
    faults: list[Fault] = []
    for row in range(body.count):
        texts = {name: body.columns[index][row] for name, index in places.items()}
        if not any(text.strip() for text in texts.values()):
            continue
        label = _label(body, row, places)
        named = any(name in names for name in parse_heading(texts[ELEMENT]).names)
        if label and not named and spellings.closes(label):
            notices.append(Notice("closing-row", f"baris «{label}» tidak dibaca", row + 1))
            continue
        if not texts[ELEMENT].strip():
            faults.append(Fault("Baris tanpa nama unsur", file=header.cells.name, row=row + 1))
            continue
        first, second, third, fourth = (texts[name] for name in LEVEL_COLUMNS)
        figures = Figures((first, second, third, fourth))
        printed = (texts.get(name, "") for name in (TOTAL, SCORE, PREDICATE))
        lines.append(Line(row + 1, " ".join(texts[ELEMENT].split()), figures, *printed))
    return tuple(lines), tuple(notices), faults


def _label(body: Body, row: int, places: Mapping[str, int]) -> str:
    """The first text of a row left of its figures, where a row that sums up says so."""
    figures = {places[name] for name in LEVEL_COLUMNS}
    columns = [index for index in range(len(body.columns)) if index not in figures]
    texts = [body.columns[index][row].strip() for index in columns if index < _LABEL_COLUMNS]
    return next((text for text in texts if text and not text[0].isdigit()), "")


def _codes(lines: Sequence[Line], form: Form, spellings: Spellings) -> tuple[str | None, ...]:
    """The element of each row in a form, None where the form has none of that name."""
    names = elements_by_name(form, spellings)
    form_names = FormNames(form, spellings)
    codes: list[str | None] = []
    for line in lines:
        heading = parse_heading(line.element)
        code = next((names[name] for name in heading.names if name in names), None)
        if code is None and heading.series:
            code = _numbered(form_names, heading.series, heading.number)
        codes.append(code)
    return tuple(codes)


def _numbered(names: FormNames, series: str, number: int) -> str | None:
    """The element of a number; none where the number may mean two."""
    form = names.form
    listed = [element.code for element in form.elements]
    if not 1 <= number <= len(listed):
        return None
    if series == LISTED:
        return listed[number - 1]
    if not names.is_flat:
        return None
    asked = form.question(names.numbered(ASKED, len(listed))[number - 1]).element
    return asked if series == ASKED or asked == listed[number - 1] else None


def _misfits(form: Form, codes: Sequence[str | None]) -> bool:
    counted = Counter(code for code in codes if code)
    wanted = {element.code for element in form.counted_elements}
    return None in codes or max(counted.values()) > 1 or not wanted <= set(counted)


def _nothing_fits(
    grid: Grid, coded: Sequence[tuple[Form, tuple[str | None, ...]]], *, named: bool
) -> SkmError:
    """Why no form fits; the nearest one in detail."""
    form, codes = max(coded, key=lambda each: len({code for code in each[1] if code}))
    file = grid.header.cells.name
    faults = [
        _unknown(grid, line, form)
        for line, code in zip(grid.lines, codes, strict=True)
        if not code
    ]
    first: dict[str, Line] = {}
    for line, code in zip(grid.lines, codes, strict=True):
        if code and first.setdefault(code, line) is not line:
            faults.append(
                Fault(
                    f"Unsur «{code}» tertulis dua kali, juga di baris {first[code].number}",
                    file=file,
                    row=line.number,
                    found=line.element,
                )
            )
    faults += [
        Fault(f"Unsur «{element.code}» ({element.name}) tidak ada di tabel", file=file)
        for element in form.counted_elements
        if element.code not in codes
    ]
    if named:
        return SkmError(*faults)
    whole = Fault(
        "Tidak ada formulir yang unsurnya sama dengan tabel ini",
        file=file,
        found=f"{len(grid.lines)} baris unsur",
        expected=", ".join(f"{each.id} ({len(each.counted_elements)} unsur)" for each, _ in coded),
        todo=f"Yang terdekat {form.id}; pilih yang lain dengan --form.",
    )
    return SkmError(whole, *faults)


def _unknown(grid: Grid, line: Line, form: Form) -> Fault:
    names = {fold(element.name): element.name for element in form.elements}
    names |= {element.code: element.code for element in form.elements}
    near = get_close_matches(fold(line.element), names, n=1)
    return Fault(
        f"Unsur ini tidak ada pada formulir {form.id}",
        file=grid.header.cells.name,
        row=line.number,
        field=grid.place(line, ELEMENT),
        found=line.element,
        todo=f"Mungkin maksudnya «{names[near[0]]}»?" if near else None,
    )


def _uncomputed(header: Header, places: Mapping[str, int]) -> list[Fault]:
    """Formulas of the table whose result the file does not hold."""
    read = set(places.values())
    return [
        Fault(
            "Rumus tanpa hasil tersimpan",
            file=header.cells.name,
            row=header.number(row),
            field=header.place(row, column),
            found=formula,
            todo="Buka berkas di Excel atau LibreOffice, simpan, lalu coba lagi.",
        )
        for (row, column), formula in sorted(header.cells.uncomputed.items())
        if row >= header.body and column in read
    ]
