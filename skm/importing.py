"""A response sheet -> responses of the office, each with an identity; nothing is stored here.

Identity: the hash of the form, the row as it is understood, and a count of equal rows in the
file. So the same file, or a sheet that has grown since, adds only what is new, and two people
who answered alike stay two.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import Any, Generic, TypeVar

from skm.errors import Fault, SkmError
from skm.form import ProfileQuestion
from skm.instance import Office, Service
from skm.numerals import long_date, number
from skm.period import Period
from skm.reading.body import LeftOut
from skm.reading.column_map import IGNORE, NO_MAP, ColumnMap, Role
from skm.reading.description import fault_lines, left_out_lines, notice_lines
from skm.reading.notice import Notice
from skm.reading.profile_values import YOUNGEST, Clarity, ProfileReader, ProfileValue
from skm.reading.response_sheet import ResponseSheet
from skm.reading.sheet_moments import When, sheet_moments
from skm.reading.spellings import Spellings, fold, shipped_spellings
from skm.responses import Response

LONGEST_COMMENT = 1000
"""Characters, as everywhere else in the survey."""

_ID_DIGITS = 32
_SHOWN_VALUES = 4


@dataclass(frozen=True)
class ImportedRow:
    """One response and where it came from.

    Attributes:
        row: its data row in the file, counted from 1.
        sha256: 64 hex digits over the row as it was understood; its first 32 are the id.
    """

    row: int
    response: Response
    sha256: str


@dataclass(frozen=True)
class Preparation:
    """What a sheet would bring in, and what stands against it.

    Attributes:
        rows: the responses; all of them may be taken, or none where there are faults.
        left_out: rows that are not taken, each with its reason.
        unknown_values: what could not be understood, by ``layanan`` or profile code.
    """

    sheet: ResponseSheet
    rows: tuple[ImportedRow, ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[Notice, ...]
    faults: tuple[Fault, ...]
    unknown_values: Mapping[str, tuple[str, ...]]


def read_import(
    sheet: ResponseSheet,
    office: Office,
    *,
    today: date,
    stated: date | Period | None = None,
    column_map: ColumnMap = NO_MAP,
) -> Preparation:
    """The responses of a sheet, whole or not at all.

    Args:
        today: no response can be of a later day.
        stated: the day, or the first day of the period, of rows that tell none.
        column_map: the one that the sheet was read with.

    Raises:
        SkmError: every fault with its row.
    """
    preparation = prepare(sheet, office, today=today, stated=stated, column_map=column_map)
    if preparation.faults:
        raise SkmError(*preparation.faults)
    return preparation


def prepare(
    sheet: ResponseSheet,
    office: Office,
    *,
    today: date,
    stated: date | Period | None = None,
    column_map: ColumnMap = NO_MAP,
) -> Preparation:
    """The responses of a sheet as far as they can be read, for a dry run."""
    spellings = shipped_spellings()
    rows = [int(row) for row in sheet.rows]
    moments = sheet_moments(
        sheet.texts,
        rows,
        sheet.cells.name,
        office=office,
        today=today,
        stated=stated.first_day if isinstance(stated, Period) else stated,
        order=column_map.date_order,
        spellings=spellings,
    )
    services = _services(sheet, office, column_map)
    profile = {
        question.code: _profile(sheet, question, column_map, spellings)
        for question in sheet.form.profile
        if f"{Role.PROFILE.value}.{question.code}" in sheet.texts
    }
    comments = _comments(sheet, spellings)
    columns: list[_Column[Service | None] | _Column[ProfileValue] | _Column[str | None]]
    columns = [services, *profile.values(), comments]
    taken, left_out = _rows(
        sheet,
        moments.whens,
        services.values,
        {code: column.values for code, column in profile.items()},
        comments.values,
        column_map.source,
    )
    unknown = {code: column.unknown for code, column in profile.items()}
    unknown[Role.SERVICE.value] = services.unknown
    return Preparation(
        sheet=sheet,
        rows=taken,
        left_out=(*sheet.left_out, *left_out),
        notices=(
            *sheet.notices,
            *moments.notices,
            *(notice for column in columns for notice in column.notices),
        ),
        faults=(*moments.faults, *(fault for column in columns for fault in column.faults)),
        unknown_values={key: texts for key, texts in unknown.items() if texts},
    )


def describe_import(preparation: Preparation) -> dict[str, Any]:
    """What an import would bring in, as a JSON document without single responses."""
    days = [row.response.day for row in preparation.rows]
    return {
        "responses": len(preparation.rows),
        "first_day": min(days).isoformat() if days else None,
        "last_day": max(days).isoformat() if days else None,
        "services": dict(Counter(row.response.service or "" for row in preparation.rows)),
        "left_out": [{"row": row.row, "reason": row.reason} for row in preparation.left_out],
        "notices": [vars(notice) for notice in preparation.notices],
        "faults": [str(fault) for fault in preparation.faults],
        "unknown_values": {key: list(texts) for key, texts in preparation.unknown_values.items()},
    }


def import_lines(preparation: Preparation) -> list[str]:
    """What an import would bring in, as an officer reads it."""
    days = [row.response.day for row in preparation.rows]
    lines = [f"Respons yang dapat diambil: {number(len(days))}"]
    if days:
        lines.append(f"Tanggal: {long_date(min(days))} sampai {long_date(max(days))}")
    services = Counter(row.response.service for row in preparation.rows)
    for service, count in sorted(services.items(), key=lambda each: each[0] or ""):
        lines.append(f"  {service or 'tanpa layanan'}: {number(count)}")
    personal = preparation.sheet.layout.of(Role.PERSONAL)
    if personal:
        headers = ", ".join(f"«{column.label}»" for column in personal)
        lines.append(f"Data pribadi tidak dibaca dan tidak disimpan: {headers}")
    return [
        *lines,
        *left_out_lines(preparation.left_out),
        *notice_lines(preparation.notices),
        *fault_lines(preparation.faults),
    ]


T = TypeVar("T")


@dataclass(frozen=True)
class _Column(Generic[T]):
    """One column of the sheet understood: a value a respondent."""

    values: Sequence[T]
    notices: tuple[Notice, ...] = ()
    faults: tuple[Fault, ...] = ()
    unknown: tuple[str, ...] = ()


def _rows(
    sheet: ResponseSheet,
    whens: Sequence[When | None],
    services: Sequence[Service | None],
    profile: Mapping[str, Sequence[ProfileValue]],
    comments: Sequence[str | None],
    source: str,
) -> tuple[tuple[ImportedRow, ...], tuple[LeftOut, ...]]:
    """Each row as a response with its identity; rows of people under 17 are left out."""
    taken: list[ImportedRow] = []
    left_out: list[LeftOut] = []
    seen: Counter[str] = Counter()
    codes = {online: _codes(sheet, online=online) for online in (False, True)}
    levels = sheet.table.levels.T.tolist()
    written = _written(sheet)
    for place, row in enumerate(sheet.rows.tolist()):
        when, service = whens[place], services[place]
        values = {code: column[place] for code, column in profile.items()}
        if any(value.clarity is Clarity.TOO_YOUNG for value in values.values()):
            left_out.append(LeftOut(row, f"umur di bawah {YOUNGEST} tahun, tidak disimpan"))
            continue
        if when is None:
            continue
        asked = codes[service is not None and service.online]
        answers = {code: level or None for code, level in zip(asked, levels[place], strict=True)}
        known = {code: value.code for code, value in values.items() if value.code is not None}
        told = _told(sheet.form.id, source, when, answers, written[place], comments[place])
        seen[told] += 1
        digest = sha256(f"{told}\n{seen[told]}".encode()).hexdigest()
        response = Response(
            id=digest[:_ID_DIGITS],
            form=sheet.form.id,
            day=when.day,
            half_day=when.half_day,
            channel="import",
            answers=answers,
            service=service.code if service else None,
            profile=known,
            comment=comments[place],
        )
        taken.append(ImportedRow(row, response, digest))
    return tuple(taken), tuple(left_out)


def _told(
    form: str,
    source: str,
    when: When,
    answers: Mapping[str, int | None],
    written: Sequence[tuple[str, str]],
    comment: str | None,
) -> str:
    """Everything that a row says, the same for any order of columns and any file format."""
    clock = when.clock.isoformat("seconds") if when.clock else None
    parts = [form, source, when.day.isoformat(), when.half_day, clock]
    row = [*parts, sorted(answers.items()), written, comment]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _written(sheet: ResponseSheet) -> list[list[tuple[str, str]]]:
    """Service and profile of each row as they are written, folded, by name.

    As written, so that a spelling which is understood only later does not make another row.
    """
    columns = {
        key: texts
        for key, texts in sorted(sheet.texts.items())
        if key == Role.SERVICE.value or key.startswith(f"{Role.PROFILE.value}.")
    }
    folded = {text: fold(text) for texts in columns.values() for text in set(texts)}
    return [
        [(key, folded[texts[place]]) for key, texts in columns.items() if folded[texts[place]]]
        for place in range(len(sheet.rows))
    ]


def _codes(sheet: ResponseSheet, *, online: bool) -> tuple[str, ...]:
    """Question codes of the columns; a statement with one column takes the channel's wording."""
    present = set(sheet.table.questions)
    wording: dict[str, str] = {}
    for element in sheet.form.elements:
        for statement in element.statements:
            codes = {question.code for question in statement}
            if online and len(codes & present) == 1:
                wording |= {
                    code: question.code
                    for code in codes
                    for question in statement
                    if question.service == "online"
                }
    return tuple(wording.get(code, code) for code in sheet.table.questions)


def _services(
    sheet: ResponseSheet, office: Office, column_map: ColumnMap
) -> _Column[Service | None]:
    """The service of each respondent; one that the office does not have is refused."""
    texts = sheet.texts.get(Role.SERVICE.value)
    if texts is None:
        return _Column([None] * len(sheet.rows))
    known = {fold(name): each for each in office.services for name in (each.code, each.name)}
    meant = {
        fold(text): code for text, code in column_map.values.get(Role.SERVICE.value, {}).items()
    }
    blanks = shipped_spellings().blanks
    read: dict[str, Service | None] = {}
    unknown: list[str] = []
    faults: list[Fault] = []
    for text in dict.fromkeys(texts):
        folded = fold(text)
        wanted = meant.get(folded, folded)
        if not folded or folded in blanks or wanted == IGNORE:
            read[text] = None
        elif fold(wanted) in known:
            read[text] = known[fold(wanted)]
        else:
            unknown.append(" ".join(text.split()))
            faults.append(_unknown_service(sheet, text, wanted, list(texts), known))
    return _Column(
        [read.get(text) for text in texts], faults=tuple(faults), unknown=tuple(unknown)
    )


def _unknown_service(
    sheet: ResponseSheet, text: str, wanted: str, texts: list[str], known: Mapping[str, Service]
) -> Fault:
    near = get_close_matches(fold(wanted), known, n=1)
    return Fault(
        f"Layanan ini tidak ada di office.toml ({texts.count(text)} baris)",
        file=sheet.cells.name,
        row=int(sheet.rows[texts.index(text)]),
        field=Role.SERVICE.value,
        found=wanted if wanted != fold(text) else text,
        expected=", ".join(dict.fromkeys(service.code for service in known.values())),
        todo=f"Mungkin {known[near[0]].code}? Tulis artinya di peta kolom, [nilai.layanan]."
        if near
        else "Tulis artinya di peta kolom, [nilai.layanan], atau tambahkan di office.toml.",
    )


def _profile(
    sheet: ResponseSheet, question: ProfileQuestion, column_map: ColumnMap, spellings: Spellings
) -> _Column[ProfileValue]:
    """One profile column; what is not understood is told and stored as not given."""
    texts = sheet.texts[f"{Role.PROFILE.value}.{question.code}"]
    translations = column_map.values.get(question.code, {})
    reader = ProfileReader(question, spellings, translations)
    read = {text: reader.read(text) for text in dict.fromkeys(texts)}
    unread = [
        text for text, value in read.items() if value.clarity in (Clarity.UNCLEAR, Clarity.UNKNOWN)
    ]
    notices = []
    if unread:
        counted = Counter(texts)
        count = sum(counted[text] for text in unread)
        shown = ", ".join(f"«{text.strip()}»" for text in unread[:_SHOWN_VALUES])
        more = f" dan {len(unread) - _SHOWN_VALUES} lagi" if len(unread) > _SHOWN_VALUES else ""
        message = f"{count} baris dicatat tanpa {question.code}, isinya tidak pasti: {shown}{more}"
        notices.append(Notice("profile-not-read", message, field=question.code))
    faults = [
        Fault(
            f"Formulir {sheet.form.id} tidak punya pilihan ini",
            file=column_map.file,
            field=f"nilai.{question.code}.{text}",
            found=code,
            expected=", ".join((*sorted(reader.codes), IGNORE)),
        )
        for text, code in translations.items()
        if code != IGNORE and code not in reader.codes
    ]
    return _Column(
        [read[text] for text in texts],
        tuple(notices),
        tuple(faults),
        tuple(" ".join(text.split()) for text in unread),
    )


def _comments(sheet: ResponseSheet, spellings: Spellings) -> _Column[str | None]:
    """The free words of each respondent, trimmed; what is cut off is told."""
    texts = sheet.texts.get(Role.COMMENT.value)
    if texts is None:
        return _Column([None] * len(sheet.rows))
    trimmed = [text.strip() for text in texts]
    long = sum(len(text) > LONGEST_COMMENT for text in trimmed)
    message = f"{long} saran dipotong sesudah {LONGEST_COMMENT} karakter"
    return _Column(
        [
            text[:LONGEST_COMMENT] if text and fold(text) not in spellings.blanks else None
            for text in trimmed
        ],
        (Notice("comment-cut", message),) if long else (),
    )
