"""The follow-up plan of an office: written, changed, finished with evidence, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from skm.errors import Fault, SkmError, refuse
from skm.follow_up import FollowUp, Plan, months_needed, share_finished
from skm.numerals import long_date
from skm.period import Kind, Period
from skm.store.connection import Store
from skm.store.evidence import Evidence, drop_unused, keep
from skm.typed_text import printable

__all__ = [
    "Completion",
    "FollowUp",
    "Plan",
    "Writer",
    "add",
    "all_follow_ups",
    "answering",
    "change",
    "find",
    "finish",
    "months_needed",
    "of_period",
    "overdue",
    "remove",
    "reopen",
    "share_finished",
]

LONGEST_TEXT = 1000
MOST_EVIDENCE = 10
"""Files that one line may have."""

_PLAN = ("period", "element", "problem", "action", "quarter", "owner", "due")
_COLUMNS = ("number", *_PLAN, "done", "result", "who", "changed")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM follow_up WHERE removed IS NULL"
_TWIN = f"""
    SELECT number FROM follow_up WHERE removed IS NULL AND done IS NULL
    AND {" AND ".join(f"{name} = ?" for name in _PLAN)}"""
_EVIDENCE = "SELECT follow_up, sha256 FROM follow_up_evidence ORDER BY follow_up, place"
_LABELS = {
    "element": "unsur",
    "problem": "masalah",
    "action": "kegiatan",
    "owner": "penanggung jawab",
}


@dataclass(frozen=True)
class Writer:
    """Who writes, by the name for logging in, and the day at the office."""

    who: str
    day: date


@dataclass(frozen=True)
class Completion:
    """How a line was finished.

    Attributes:
        done: the day; not after the present one.
        result: what was done.
        kept: keys of the evidence it had that stays.
        added: evidence that comes to it.
    """

    done: date
    result: str
    kept: tuple[str, ...] = ()
    added: tuple[Evidence, ...] = ()


def add(store: Store, plan: Plan, writer: Writer) -> FollowUp:
    """Write a line of the plan; one that stands there unfinished just so is not written twice.

    Raises:
        SkmError: a text is missing or too long, or the day lies outside the quarter.
    """
    values = _checked(plan)
    marks = ", ".join("?" * (len(_PLAN) + 2))
    with store.writing() as db:
        twin = db.execute(_TWIN, values).fetchone()
        if twin is not None:  # the button was pressed twice
            return _present(store, twin[0])
        db.execute(
            f"INSERT INTO follow_up ({', '.join(_PLAN)}, who, changed) VALUES ({marks})",
            (*values, writer.who, writer.day.isoformat()),
        )
        ((number,),) = db.execute("SELECT last_insert_rowid()").fetchall()
    return _present(store, number)


def change(store: Store, number: int, plan: Plan, writer: Writer) -> FollowUp:
    """Write a line of the plan otherwise; what became of it stays.

    Raises:
        SkmError: as ``add``, or there is no such line.
    """
    values = _checked(plan)
    with store.writing() as db:
        _insist(db, number)
        db.execute(
            f"UPDATE follow_up SET {', '.join(f'{name} = ?' for name in _PLAN)} WHERE number = ?",
            (*values, number),
        )
        _sign(db, number, writer)
    return _present(store, number)


def finish(store: Store, number: int, completion: Completion, writer: Writer) -> FollowUp:
    """Say what was done, or say it anew; evidence that is not kept is destroyed.

    Raises:
        SkmError: no such line, no text, a day to come or before the result, too much evidence.
    """
    with store.writing() as db:
        item = _insist(db, number)
        _check_completion(item, completion, writer.day)
        db.execute(
            "UPDATE follow_up SET done = ?, result = ? WHERE number = ?",
            (completion.done.isoformat(), printable(completion.result, lines=True), number),
        )
        kept = [sha256 for sha256 in item.evidence if sha256 in completion.kept]
        _put_evidence(db, number, [*kept, *(keep(db, each) for each in completion.added)])
        _sign(db, number, writer)
    return _present(store, number)


def reopen(store: Store, number: int, writer: Writer) -> FollowUp:
    """Take back that a line is finished; what was written and shown of it stays.

    Raises:
        SkmError: there is no such line.
    """
    with store.writing() as db:
        _insist(db, number)
        db.execute("UPDATE follow_up SET done = NULL WHERE number = ?", (number,))
        _sign(db, number, writer)
    return _present(store, number)


def remove(store: Store, number: int, writer: Writer) -> None:
    """Take a line out, and destroy its evidence; that it is out stays, also after a restore.

    Raises:
        SkmError: there is no such line.
    """
    with store.writing() as db:
        _insist(db, number)
        db.execute(
            "UPDATE follow_up SET removed = ? WHERE number = ?", (writer.day.isoformat(), number)
        )
        _put_evidence(db, number, [])
        _sign(db, number, writer)


def find(store: Store, number: int) -> FollowUp | None:
    """The line of a number, None where there is none; an address may name any number."""
    return next((each for each in all_follow_ups(store) if each.number == number), None)


def all_follow_ups(store: Store) -> tuple[FollowUp, ...]:
    """Every line, in the order they were written."""
    return _read(store.reader)


def of_period(store: Store, period: Period) -> tuple[FollowUp, ...]:
    """What was planned upon the result of a period."""
    return tuple(each for each in all_follow_ups(store) if each.period == period)


def answering(store: Store, period: Period) -> tuple[FollowUp, ...]:
    """What was planned upon the results of a period and of those that lie within it.

    A report of a semester so shows what was planned month by month.
    """
    months = set(period.months)
    return tuple(each for each in all_follow_ups(store) if months >= set(each.period.months))


def overdue(store: Store, today: date) -> tuple[FollowUp, ...]:
    """What ought to be done and is not, longest overdue first."""
    late = [each for each in all_follow_ups(store) if each.is_overdue(today)]
    return tuple(sorted(late, key=lambda each: (each.due, each.number)))


def _read(db: Database) -> tuple[FollowUp, ...]:
    evidence: dict[int, list[str]] = {}
    for number, sha256 in db.execute(_EVIDENCE).fetchall():
        evidence.setdefault(number, []).append(sha256)
    rows = db.execute(f"{_SELECT} ORDER BY number").fetchall()
    lines = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
    return tuple(_line(each, evidence.get(each["number"], [])) for each in lines)


def _line(kept: dict[str, Any], evidence: Sequence[str]) -> FollowUp:
    periods = {name: Period.parse(kept[name]) for name in ("period", "quarter")}
    days = {
        name: kept[name] and date.fromisoformat(kept[name]) for name in ("due", "done", "changed")
    }
    return FollowUp(**{**kept, **periods, **days, "evidence": tuple(evidence)})


def _present(store: Store, number: int) -> FollowUp:
    return next(each for each in all_follow_ups(store) if each.number == number)


def _insist(db: Database, number: int) -> FollowUp:
    found = [each for each in _read(db) if each.number == number]
    if not found:
        raise refuse("Rencana tindak lanjut ini tidak ada, atau sudah dihapus", found=number)
    return found[0]


def _sign(db: Database, number: int, writer: Writer) -> None:
    db.execute(
        "UPDATE follow_up SET who = ?, changed = ? WHERE number = ?",
        (writer.who, writer.day.isoformat(), number),
    )


def _put_evidence(db: Database, number: int, keys: Sequence[str]) -> None:
    """Let a line have this evidence and no other."""
    db.execute("DELETE FROM follow_up_evidence WHERE follow_up = ?", (number,))
    for place, sha256 in enumerate(dict.fromkeys(keys)):
        db.execute("INSERT INTO follow_up_evidence VALUES (?, ?, ?)", (number, sha256, place))
    drop_unused(db)


def _checked(plan: Plan) -> tuple[str, ...]:
    """The columns of a plan, with every fault of it told at once."""
    texts = {name: printable(getattr(plan, name), lines=True) for name in _LABELS}
    faults = [fault for name, text in texts.items() for fault in _text_faults(name, text)]
    if plan.quarter.kind is not Kind.QUARTER:
        faults.append(
            Fault("Bukan triwulan", field="triwulan", found=plan.quarter, expected="2026-TW4")
        )
    elif not plan.quarter.first_day <= plan.due <= plan.quarter.last_day:
        span = f"{long_date(plan.quarter.first_day)} sampai {long_date(plan.quarter.last_day)}"
        faults.append(
            Fault(
                "Tenggat di luar triwulannya",
                field="tenggat",
                found=long_date(plan.due),
                expected=span,
            )
        )
    if faults:
        raise SkmError(*faults)
    return (
        *(str(plan.period), texts["element"], texts["problem"], texts["action"]),
        *(str(plan.quarter), texts["owner"], plan.due.isoformat()),
    )


def _text_faults(name: str, text: str) -> list[Fault]:
    if not text:
        return [Fault("Belum diisi", field=_LABELS[name])]
    if len(text) > LONGEST_TEXT:
        most = f"paling banyak {LONGEST_TEXT} huruf"
        return [Fault("Terlalu panjang", field=_LABELS[name], found=len(text), expected=most)]
    return []


def _check_completion(item: FollowUp, completion: Completion, today: date) -> None:
    faults = []
    if not printable(completion.result, lines=True):
        faults.append(Fault("Belum diisi", field="yang dilakukan"))
    if len(completion.result) > LONGEST_TEXT:
        most = f"paling banyak {LONGEST_TEXT} huruf"
        faults.append(Fault("Terlalu panjang", field="yang dilakukan", expected=most))
    if completion.done > today:
        faults.append(
            Fault(
                "Tanggal selesai belum tiba",
                field="tanggal selesai",
                found=long_date(completion.done),
                expected=f"paling akhir {long_date(today)}",
            )
        )
    if completion.done < item.period.first_day:
        faults.append(
            Fault(
                "Tanggal selesai mendahului hasil yang ditindaklanjuti",
                field="tanggal selesai",
                found=long_date(completion.done),
                expected=f"sesudah {long_date(item.period.first_day)}",
            )
        )
    if len({*completion.kept, *completion.added}) > MOST_EVIDENCE:
        faults.append(Fault("Bukti terlalu banyak", expected=f"paling banyak {MOST_EVIDENCE}"))
    if faults:
        raise SkmError(*faults)
