"""What is left at the end, held against what was finished: read by SQLite alone."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm.form import Form
from skm.quality import CLOCK_JUMPED
from skm.torture.ledger import Ledger, opened

_ROWS = """
    SELECT {table}.*, comment.text AS text
    FROM {table} LEFT JOIN comment USING (month, id)"""
_TEXTS = "SELECT id FROM comment UNION SELECT id FROM conflict"


@dataclass(frozen=True)
class Findings:
    """Ids by what is wrong with them; all empty where nothing is.

    Attributes:
        stored: how many finished responses are there exactly once with equal answers.
        deleted: how many were deleted on purpose and are gone.
        broken: acknowledged, but not on the disk when the server died.
        lost: finished, neither there nor deleted on purpose.
        lost_acknowledged: those of them that a tablet holds a receipt for.
        doubled: there more than once, or there though nobody finished them.
        altered: there with other answers.
        returned: deleted, and there again.
        missing: running numbers that have no receipt, or that the last reply still missed.
        conflicts: contents that were put aside, though every body is made once.
        damage: what SQLite finds wrong with the file.
        misdated: how many stand under a day that was none of the run's, without a flag that
            says so. It takes a clock that jumps while its tablet and the server are dead, which
            nobody can see; so this is told, and no fault.
    """

    stored: int = 0
    deleted: int = 0
    broken: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    lost_acknowledged: frozenset[str] = frozenset()
    doubled: frozenset[str] = frozenset()
    altered: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    missing: frozenset[tuple[str, int]] = frozenset()
    conflicts: int = 0
    damage: tuple[str, ...] = ()
    misdated: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing at all is wrong."""
        wrong = (self.broken, self.lost, self.doubled, self.altered, self.returned, self.missing)
        return not (any(wrong) or self.conflicts or self.damage)


def judge(
    database: Path,
    form: Form,
    ledger: Ledger,
    unfilled: Mapping[str, list[int]],
    days: Set[str],
) -> Findings:
    """Hold a database against the ledger.

    Args:
        database: of a server that is stopped.
        unfilled: the numbers that the last reply to each device still missed.
        days: those on which the responses were finished, as the office counts them.
    """
    with closing(opened(database)) as db:
        db.row_factory = sqlite3.Row
        rows = Counter[str]()
        altered, misdated = set(), 0
        for row in db.execute(_ROWS.format(table=form.table)):
            rows[row["id"]] += 1
            message = ledger.finished.get(row["id"])
            if message is not None and not _equal(dict(row), message):
                altered.add(row["id"])
            misdated += row["date"] not in days and CLOCK_JUMPED not in row["flags"]
        texts = {
            row["id"] for row in db.execute("SELECT id FROM comment UNION SELECT id FROM conflict")
        }
        ((conflicts,),) = db.execute("SELECT count(*) FROM conflict").fetchall()
        missing = frozenset(_without_receipt(db, ledger))
        damage = tuple(text for (text,) in db.execute("PRAGMA integrity_check") if text != "ok")
    there = set(rows)
    finished = set(ledger.finished)
    lost = finished - there - ledger.deleted
    doubled = frozenset(each for each, count in rows.items() if count > 1) | (there - finished)
    kept = (finished & there) - doubled - altered - ledger.deleted
    return Findings(
        stored=len(kept),
        deleted=len(ledger.deleted - there),
        broken=frozenset(ledger.broken),
        lost=frozenset(lost),
        lost_acknowledged=frozenset(lost & ledger.receipts),
        doubled=doubled,
        altered=frozenset(altered),
        returned=frozenset(ledger.deleted & (there | texts)),
        missing=missing | {(device, seq) for device, gaps in unfilled.items() for seq in gaps},
        conflicts=conflicts,
        damage=damage,
        misdated=misdated,
    )


def _equal(row: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    answers = {name[2:]: level for name, level in row.items() if name.startswith("q_")}
    profile = {name[2:]: choice for name, choice in row.items() if name.startswith("p_")}
    return (
        {code: level for code, level in answers.items() if level is not None}
        == {code: level for code, level in message["answers"].items() if level is not None}
        and {code: choice for code, choice in profile.items() if choice} == message["profile"]
        and bool(row["helped"]) is message["helped"]
        and (row["service"], row["language"]) == (message["service"], message["language"])
        and (row["text"], row["channel"]) == (message["comment"], "kiosk")
    )


def _without_receipt(db: sqlite3.Connection, ledger: Ledger) -> Iterator[tuple[str, int]]:
    arrived = {
        (row["device"], row["seq"]) for row in db.execute("SELECT device, seq FROM receipt")
    }
    for device, last in ledger.last_numbers().items():
        for seq in range(1, last + 1):
            if (device, seq) not in arrived:
                yield device, seq
