"""What each column of a response sheet is, as one questionnaire understands it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from skm.errors import Fault
from skm.form import Form, ProfileQuestion, Question
from skm.reading.cells import column_letters
from skm.reading.column_map import ColumnMap, Role
from skm.reading.header import Header
from skm.reading.headings import ASKED, EITHER, FormNames, Heading, parse_heading
from skm.reading.notice import Notice
from skm.reading.spellings import Spellings, fold

BY_MAP = "peta kolom"

_SPELT = {
    "date": Role.DATE,
    "stamp": Role.STAMP,
    "half_day": Role.HALF_DAY,
    "service": Role.SERVICE,
    "comment": Role.COMMENT,
    "respondent": Role.RESPONDENT,
    "personal": Role.PERSONAL,
    "ignored": Role.IGNORED,
}
_ONCE = (Role.QUESTION, Role.PROFILE, Role.DATE, Role.HALF_DAY, Role.SERVICE)


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        index: its place, from 0.
        header: its header on one line, "" for none.
        role: what it holds.
        code: of the question or profile question, else None.
        how: by what a question was recognised.
    """

    index: int
    header: str
    role: Role
    code: str | None = None
    how: str = ""

    @property
    def label(self) -> str:
        """Its header, or its letter where it has none."""
        return self.header or f"kolom {column_letters(self.index)}"

    @property
    def place(self) -> str:
        """Its header and its letter."""
        letter = f"kolom {column_letters(self.index)}"
        return f"{self.header} ({letter})" if self.header else letter


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet as they are understood for one form.

    Attributes:
        missing: statements that no column answers, each with its wordings.
        faults: what forbids to read the sheet this way, missing columns apart.
        notices: decisions that an officer may want to change.
    """

    form: Form
    header: Header
    columns: tuple[Column, ...]
    missing: tuple[tuple[Question, ...], ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of these roles."""
        return tuple(column for column in self.columns if column.role in roles)

    @property
    def fits(self) -> bool:
        """Whether every question has its one column."""
        return not self.missing and not self.faults


def understand(
    header: Header, names: FormNames, column_map: ColumnMap, spellings: Spellings
) -> Layout:
    """The columns as one form understands them."""
    form = names.form
    headings = [tuple(parse_heading(text) for text in texts) for texts in header.texts]
    columns = [
        _column(header, index, parsed, names, column_map, spellings)
        for index, parsed in enumerate(headings)
    ]
    numbers = {
        index: next(heading for heading in parsed if heading.series)
        for index, parsed in enumerate(headings)
        if columns[index].role is Role.UNKNOWN and any(heading.series for heading in parsed)
    }
    faults, notices = _take_numbers(header, names, columns, numbers)
    faults += _doubled(header, columns)
    faults += _map_faults(header, form, columns, column_map)
    notices += _number_beside_name(names, columns, headings)
    answered = {column.code for column in columns if column.role is Role.QUESTION}
    missing = tuple(
        statement
        for statement in names.statements
        if any(question.counts for question in statement)
        and not any(question.code in answered for question in statement)
    )
    return Layout(form, header, tuple(columns), missing, tuple(faults), tuple(notices))


def _column(
    header: Header,
    index: int,
    headings: tuple[Heading, ...],
    names: FormNames,
    column_map: ColumnMap,
    spellings: Spellings,
) -> Column:
    shown = header.shown(index)
    if mapped := column_map.role_of(shown, f"kolom {column_letters(index)}"):
        return Column(index, shown, mapped[0], mapped[1], BY_MAP)
    for heading in headings:
        if named := names.named(heading):
            return Column(index, shown, Role.QUESTION, named.code, named.how)
    for name in (name for heading in headings for name in heading.names):
        if name in spellings.columns:
            return Column(index, shown, _SPELT[spellings.columns[name]])
        for question in names.form.profile:
            if name in _profile_names(question, spellings):
                return Column(index, shown, Role.PROFILE, question.code)
    return Column(index, shown, Role.IGNORED if spellings.explains(shown) else Role.UNKNOWN)


def _profile_names(question: ProfileQuestion, spellings: Spellings) -> frozenset[str]:
    own = frozenset((fold(question.code), fold(question.text).rstrip(" ?")))
    spelt = spellings.profile.get(question.code)
    return own | spelt.headers if spelt else own


def _take_numbers(
    header: Header, names: FormNames, columns: list[Column], numbers: dict[int, Heading]
) -> tuple[list[Fault], list[Notice]]:
    """Give columns that are headed by a number their questions, in ``columns``."""
    faults: list[Fault] = []
    notices: list[Notice] = []
    for series in sorted({heading.series or "" for heading in numbers.values()}):
        mine = {i: heading.number for i, heading in numbers.items() if heading.series == series}
        codes = names.numbered(series, max(mine.values()))
        asked = names.numbered(ASKED, max(mine.values()))
        from_zero = min(mine.values()) == 0 and max(mine.values()) == len(codes) - 1
        if from_zero:
            message = f"nomor mulai dari 0: 0 dibaca sebagai {codes[0]}, dan seterusnya"
            notices.append(Notice("number-from-zero", message, field=header.label(min(mine))))
        for index, number in mine.items():
            place = number if from_zero else number - 1
            label = header.label(index)
            if not 0 <= place < len(codes):
                faults.append(_strange_number(header, names, index, len(codes)))
                continue
            code = codes[place]
            differs = place < len(asked) and asked[place] != code
            if series == EITHER and differs:
                faults.append(_undecided_number(header, index, code, asked[place]))
                continue
            columns[index] = replace(
                columns[index], role=Role.QUESTION, code=code, how=f"nomor {series}"
            )
            notices += _order_notice(names, series, place, label)
            notices += _wording_notice(names.form, code, label)
    return faults, notices


def _strange_number(header: Header, names: FormNames, index: int, count: int) -> Fault:
    return Fault(
        f"Formulir {names.form.id} tidak punya pertanyaan bernomor ini",
        file=header.cells.name,
        field=f"kolom {column_letters(index)}",
        found=header.label(index),
        expected=f"1 sampai {count}" if count else "nama atau kode pertanyaan",
        todo="Pilih formulir lain dengan --form, atau tulis artinya di peta kolom.",
    )


def _undecided_number(header: Header, index: int, listed: str, asked: str) -> Fault:
    return Fault(
        "Nomor ini dapat berarti dua pertanyaan",
        file=header.cells.name,
        field=f"kolom {column_letters(index)}",
        found=header.label(index),
        expected=f"{listed} (daftar resmi) atau {asked} (urutan kuesioner)",
        todo="Tulis artinya di peta kolom, atau pakai judul U<n> atau P<n>.",
    )


def _order_notice(names: FormNames, series: str, place: int, label: str) -> list[Notice]:
    taken = names.order_taken(series, place)
    message = f"{taken}. Bila keliru, atur dengan --map."
    return [Notice("number-order", message, field=label)] if taken else []


def _wording_notice(form: Form, code: str, label: str) -> list[Notice]:
    if form.question(code).service is None:
        return []
    channel = "luring" if form.question(code).service == "offline" else "daring"
    message = f"dibaca sebagai {code}, bunyi pertanyaan untuk layanan {channel}"
    return [Notice("wording", message, field=label)]


def _number_beside_name(
    names: FormNames, columns: Iterable[Column], headings: Sequence[tuple[Heading, ...]]
) -> list[Notice]:
    """A header that names a question and numbers another: the name is taken, and said."""
    notices = []
    for column in columns:
        numbered = [heading for heading in headings[column.index] if heading.series]
        if column.role is not Role.QUESTION or column.how.startswith("nomor") or not numbered:
            continue
        series, number = numbered[0].series or "", numbered[0].number
        codes = names.numbered(series, number)
        if 0 < number <= len(codes) and codes[number - 1] != column.code:
            message = f"dibaca sebagai {column.code} menurut namanya; nomornya {codes[number - 1]}"
            notices.append(Notice("name-over-number", message, field=column.label))
    return notices


def _doubled(header: Header, columns: Iterable[Column]) -> list[Fault]:
    seen: dict[tuple[Role, str | None], Column] = {}
    faults = []
    for column in columns:
        if column.role not in _ONCE:
            continue
        first = seen.setdefault((column.role, column.code), column)
        if first is not column:
            what = column.code or column.role.value
            faults.append(
                Fault(
                    f"Dua kolom untuk «{what}»",
                    file=header.cells.name,
                    found=f"{first.place} dan {column.place}",
                    todo="Hapus salah satu, atau tulis «abaikan» untuknya di peta kolom.",
                )
            )
    return faults


def _map_faults(
    header: Header, form: Form, columns: Sequence[Column], column_map: ColumnMap
) -> list[Fault]:
    """Codes that the form does not have, and headers that the file does not have."""
    questions = {question.code for question in form.questions}
    profile = {question.code for question in form.profile}
    faults = [
        Fault(
            f"Formulir {form.id} tidak punya kode ini",
            file=column_map.file,
            field=label,
            found=code,
            expected=", ".join(sorted(known)),
        )
        for mapping, known in ((column_map.questions, questions), (column_map.profile, profile))
        for label, code in mapping.items()
        if code not in known
    ]
    present = {fold(name) for column in columns for name in (column.header, column.label)}
    present |= {fold(f"kolom {column_letters(column.index)}") for column in columns}
    ignored = (Role.IGNORED.value, Role.PERSONAL.value)
    wanted = [label for label in column_map.headers if column_map.other.get(label) not in ignored]
    return faults + [
        Fault(
            "Judul kolom dari peta kolom tidak ada di berkas",
            file=header.cells.name,
            found=label,
            todo="Betulkan peta kolom, atau hapus baris itu darinya.",
        )
        for label in wanted
        if fold(label) not in present
    ]
