"""Correcting and deleting single responses: by an admin, with a reason, the old row kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlite_utils import Database

from skm.errors import Fault, SkmError, refuse
from skm.form import Form
from skm.instance import Office
from skm.numerals import long_date
from skm.responses import HALF_DAYS, LEVELS
from skm.store.connection import Store
from skm.store.release import keep_released, released_until
from skm.store.schema import ResponseColumns, is_used

_LOG = """
    INSERT INTO change_log (day, who, action, reason, id, form, before)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True)
class Ruling:
    """Who changes a response, when and why.

    Attributes:
        who: the officer's name for logging in.
        reason: in the officer's words; never empty.
        day: the day at the office.
    """

    who: str
    reason: str
    day: date


@dataclass(frozen=True)
class Correction:
    """What of a response was wrong; what is left out or None stays as it is.

    Attributes:
        answers: the right level by question code, None for a question that was skipped.
        profile: the right choice by profile question, None for one that was not given.
    """

    answers: Mapping[str, int | None] = field(default_factory=dict)
    profile: Mapping[str, str | None] = field(default_factory=dict)
    service: str | None = None
    day: date | None = None
    half_day: str | None = None
    helped: bool | None = None


@dataclass(frozen=True)
class LoggedChange:
    """One line of the log.

    Attributes:
        action: ``corrected`` or ``deleted``.
        before: the row as it was, by column, without the comment.
    """

    number: int
    day: date
    who: str
    action: str
    reason: str
    id: str
    form: str
    before: Mapping[str, object]


def correct(
    store: Store,
    office: Office,
    form: Form,
    response_id: str,
    correction: Correction,
    ruling: Ruling,
) -> None:
    """Put right what was typed wrongly; the response says ``corrected`` from then on.

    Raises:
        SkmError: no such response, no reason, nothing to correct, a value that the form or the
            office does not know, or a day that has not come or was purged; nothing is changed
            then.
    """
    _check_reason(ruling)
    _check_day(store, correction.day, ruling.day)
    changed = _checked(office, form, correction)
    with store.writing() as db:
        old = _row(db, store, form, response_id)
        new = old | changed
        if new == old:
            raise refuse("Tidak ada yang diperbaiki: isinya sudah demikian", found=response_id)
        new["month"] = str(new["date"])[:7]
        _log(db, "corrected", form, old, ruling)
        columns = [name for name in new if new[name] != old[name]]
        db.execute(
            f"UPDATE {form.table} SET {', '.join(f'{name} = ?' for name in columns)} "
            "WHERE month = ? AND id = ?",
            (*(new[name] for name in columns), old["month"], response_id),
        )
        db.execute(
            "UPDATE comment SET month = ?, service = ? WHERE id = ?",
            (new["month"], new["service"], response_id),
        )
        db.execute(
            "UPDATE comment_handling SET month = ? WHERE id = ?", (new["month"], response_id)
        )
        db.execute(
            "UPDATE receipt SET state = 'corrected', finished = ? WHERE id = ?",
            (f"{new['date']} {new['half_day']}", response_id),
        )


def delete(store: Store, form: Form, response_id: str, ruling: Ruling) -> None:
    """Take one response out, as :func:`delete_all` does."""
    delete_all(store, form, [response_id], ruling)


def delete_all(store: Store, form: Form, response_ids: Collection[str], ruling: Ruling) -> None:
    """Take responses out, their comments with them; nothing brings them back.

    Neither a backup nor a tablet's second copy does. What was released before stays released,
    although fewer are left of its batch.

    Raises:
        SkmError: one of them is not there, or no reason; nothing is changed then.
    """
    _check_reason(ruling)
    released = released_until(store, form, ruling.day)
    with store.writing() as db:
        rows = [_row(db, store, form, response_id) for response_id in response_ids]
        # listed first: a power cut in between leaves a row that the list already names, which
        # verify finds, and never a deletion that an older backup could undo
        store.deletions.add(response_ids)
        db.execute("PRAGMA secure_delete = ON")
        keep_released(db, form, released)
        for old in rows:
            _log(db, "deleted", form, old, ruling)
            for table in (form.table, "comment", "comment_handling", "conflict"):
                db.execute(f"DELETE FROM {table} WHERE id = ?", (old["id"],))
            db.execute("UPDATE receipt SET state = 'deleted' WHERE id = ?", (old["id"],))


def changes(store: Store) -> tuple[LoggedChange, ...]:
    """The log, oldest first."""
    rows = store.reader.execute(
        "SELECT number, day, who, action, reason, id, form, before FROM change_log ORDER BY number"
    )
    return tuple(
        LoggedChange(
            *(number, date.fromisoformat(day), who, action),
            *(reason, response_id, form, json.loads(before)),
        )
        for number, day, who, action, reason, response_id, form, before in rows.fetchall()
    )


def _check_reason(ruling: Ruling) -> None:
    if not ruling.reason.strip():
        raise refuse("Alasan belum diisi", todo="Tulis mengapa jawaban ini diubah.")


def _check_day(store: Store, day: date | None, today: date) -> None:
    purged = store.deletions.read().purged_until
    if day is not None and day > today:
        raise refuse("Tanggal ini belum tiba", found=long_date(day))
    if day is not None and purged is not None and day <= purged:
        raise refuse(f"Data sampai {long_date(purged)} sudah dimusnahkan", found=long_date(day))


def _row(db: Database, store: Store, form: Form, response_id: str) -> dict[str, object]:
    names = ResponseColumns(form).names
    found = (
        db.execute(
            f"SELECT {', '.join(names)} FROM {form.table} WHERE id = ?", (response_id,)
        ).fetchone()
        if is_used(store, form)
        else None
    )
    if found is None:
        raise refuse(
            "Jawaban ini tidak ada, atau sudah dihapus atau dimusnahkan", found=response_id
        )
    return dict(zip(names, found, strict=True))


def _log(db: Database, action: str, form: Form, old: Mapping[str, object], ruling: Ruling) -> None:
    before = json.dumps(old, ensure_ascii=False, sort_keys=True)
    db.execute(
        _LOG,
        (
            *(ruling.day.isoformat(), ruling.who, action, ruling.reason.strip()),
            *(old["id"], form.id, before),
        ),
    )


def _checked(office: Office, form: Form, correction: Correction) -> dict[str, object]:
    """The columns that change, with every fault of the correction told at once."""
    faults = [
        *_answer_faults(form, correction.answers),
        *_profile_faults(form, correction.profile),
    ]
    if correction.service is not None and office.service(correction.service) is None:
        known = " / ".join(service.code for service in office.services)
        faults.append(Fault("Layanan tidak dikenal", found=correction.service, expected=known))
    if correction.half_day is not None and correction.half_day not in HALF_DAYS:
        expected = " / ".join(HALF_DAYS)
        faults.append(Fault("Waktu salah", found=correction.half_day, expected=expected))
    if faults:
        raise SkmError(*faults)
    plain = {
        "service": correction.service,
        "date": None if correction.day is None else correction.day.isoformat(),
        "half_day": correction.half_day,
        "helped": None if correction.helped is None else int(correction.helped),
    }
    return {
        **{f"q_{code}": level for code, level in correction.answers.items()},
        **{f"p_{code}": choice for code, choice in correction.profile.items()},
        **{name: value for name, value in plain.items() if value is not None},
    }


def _answer_faults(form: Form, answers: Mapping[str, int | None]) -> list[Fault]:
    known = {question.code for question in form.questions}
    faults = [
        Fault("Formulir ini tidak menanyakannya", field=code)
        for code in answers
        if code not in known
    ]
    expected = f"{LEVELS[0]} sampai {LEVELS[-1]}, atau kosong"
    return faults + [
        Fault("Nilai jawaban salah", field=code, found=level, expected=expected)
        for code, level in answers.items()
        if level is not None and level not in LEVELS
    ]


def _profile_faults(form: Form, profile: Mapping[str, str | None]) -> list[Fault]:
    choices = {
        question.code: [choice.code for choice in question.choices] for question in form.profile
    }
    faults = [
        Fault("Formulir ini tidak menanyakannya", field=code)
        for code in profile
        if code not in choices
    ]
    return faults + [
        Fault("Pilihan salah", field=code, found=choice, expected=" / ".join(choices[code]))
        for code, choice in profile.items()
        if code in choices and choice is not None and choice not in choices[code]
    ]
