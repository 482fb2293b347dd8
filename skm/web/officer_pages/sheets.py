"""Paper forms as an officer types them: a line of marks a sheet, checked mark by mark."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skm import quality
from skm.form import Form, ProfileQuestion, Question
from skm.instance import Office, Service
from skm.quality import Circumstances
from skm.responses import LEVELS, Response
from skm.store.intake import Delivery

MOST_SHEETS = 50
"""Sheets of one batch: a stack that is typed in a quarter of an hour."""

CHOICE_MARKS = "123456789abcdefghijklmnopqrstuvwxyz"
"""One for each choice of a profile question: a stands for the tenth."""

_SKIPPED = " 0-"
_LETTERS = {letter: level for level, letter in enumerate("abcd", start=1)}
_HALF_DAY = "pagi"  # the sheet says the day alone; files are imported the same way


@dataclass(frozen=True)
class Batch:
    """What is said once for a stack of sheets.

    Attributes:
        id: 32 hex digits; sent twice, the stack is stored once.
        day: the date on the sheets.
        service: the service they are about, None where they do not say.
    """

    id: str
    form: Form
    day: date
    service: Service | None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the sheets ask, in the order of the paper."""
        return self.form.asked_by(self.service is not None and self.service.online)

    @property
    def profile(self) -> tuple[ProfileQuestion, ...]:
        """What they ask about the person."""
        return tuple(each for each in self.form.profile if each.asked)


@dataclass(frozen=True)
class Sheet:
    """One sheet."""

    answers: Mapping[str, int | None]
    profile: Mapping[str, str]
    comment: str | None
    helped: bool


def read_answers(text: str, questions: Sequence[Question]) -> dict[str, int | None] | str:
    """Level by question from a mark each, or what is wrong with the marks.

    A mark is 1 to 4 or a to d; 0, a blank or a hyphen is a skipped question.

    >>> from skm.form import find_form
    >>> nine = find_form("permenpanrb-14-2017").asked_by(online=False)
    >>> list(read_answers("43 a4D-04", nine).values())
    [4, 3, None, 1, 4, 4, None, None, 4]
    >>> read_answers("4343", nine)
    'Ada 4 tanda, seharusnya 9.'
    """
    marks = _marks(text, len(questions))
    if len(marks) != len(questions):
        return f"Ada {len(marks)} tanda, seharusnya {len(questions)}."
    answers: dict[str, int | None] = {}
    for place, (mark, question) in enumerate(zip(marks, questions, strict=True), start=1):
        level = _LETTERS.get(mark) or (int(mark) if mark in "1234" else None)
        if level not in LEVELS and mark not in _SKIPPED:
            return f"Tanda ke-{place} «{mark}» bukan 1–4, a–d, atau 0."
        answers[question.code] = level
    if not any(answers.values()):
        return "Lembar tanpa jawaban tidak dihitung. Keluarkan dari tumpukan."
    return answers


def read_profile(text: str, profile: Sequence[ProfileQuestion]) -> dict[str, str] | str:
    """Choice by profile question from a mark each, or what is wrong; nothing at all is fine.

    A mark is the number of a choice, from the tenth on a letter: a, b and so on.

    >>> from skm.form import find_form
    >>> profile = [each for each in find_form("kecamatan-14").profile if each.asked]
    >>> read_profile("2 30", profile), read_profile("", profile)
    ({'jenis_kelamin': 'p', 'pendidikan': 'smp'}, {})
    >>> read_profile("9111", profile)
    'Tanda ke-1 «9»: Jenis kelamin hanya 1–2 atau 0.'
    >>> profile = [each for each in find_form("pernyataan-16-b").profile if each.asked]
    >>> read_profile("100B", profile)
    {'jenis_kelamin': 'l', 'pekerjaan': 'lainnya'}
    >>> read_profile("100c", profile)
    'Tanda ke-4 «c»: Pekerjaan hanya 1–9, a–b atau 0.'
    """
    marks = _marks(text, len(profile))
    if not marks.strip():
        return {}
    if len(marks) != len(profile):
        return f"Profil: ada {len(marks)} tanda, seharusnya {len(profile)}."
    chosen: dict[str, str] = {}
    for place, (mark, question) in enumerate(zip(marks, profile, strict=True), start=1):
        if mark in _SKIPPED:
            continue
        marks_of_it = CHOICE_MARKS[: len(question.choices)]
        if mark not in marks_of_it:
            known = _spelled(marks_of_it)
            return f"Tanda ke-{place} «{mark}»: {question.text} hanya {known} atau 0."
        chosen[question.code] = question.choices[marks_of_it.index(mark)].code
    return chosen


def _spelled(marks: str) -> str:
    """Marks as people write them.

    >>> _spelled("12"), _spelled("123456789a"), _spelled("123456789ab")
    ('1–2', '1–9, a', '1–9, a–b')
    """
    digits = [mark for mark in marks if mark.isdigit()]
    letters = [mark for mark in marks if mark.isalpha()]
    runs = [each for each in (digits, letters) if each]
    return ", ".join("–".join(dict.fromkeys((run[0], run[-1]))) for run in runs)


def deliveries(
    batch: Batch, sheets: Sequence[Sheet], office: Office, received: date
) -> list[Delivery]:
    """The sheets as they are taken in; the same sheets always get the same ids."""
    return [
        _delivery(batch, number, sheet, office, received)
        for number, sheet in enumerate(sheets, start=1)
    ]


def _delivery(batch: Batch, number: int, sheet: Sheet, office: Office, received: date) -> Delivery:
    opening = datetime.combine(batch.day, office.hours[0], office.timezone)
    response = Response(
        id=hashlib.sha256(f"{batch.id} {number}".encode()).hexdigest()[:32],
        form=batch.form.id,
        day=batch.day,
        half_day=_HALF_DAY,
        channel="paper",
        answers=sheet.answers,
        service=batch.service.code if batch.service else None,
        helped=sheet.helped,
        flags=quality.flags(sheet.answers, batch.form, office, Circumstances(opening, {})),
        profile=sheet.profile,
        comment=sheet.comment,
    )
    content = json.dumps(
        [sheet.answers, sheet.profile, sheet.comment, sheet.helped], sort_keys=True
    )
    return Delivery(response, hashlib.sha256(content.encode()).hexdigest(), received)


def _marks(text: str, count: int) -> str:
    """The marks in lower case, without blanks behind the last place."""
    marks = text.lower()
    return marks[:count] if not marks[count:].strip() else marks.rstrip()
