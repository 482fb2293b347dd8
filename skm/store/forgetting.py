"""Taking out of a database what the list of deletions names."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from skm.store.deletions import Deletions

_LISTED = """
    SELECT id, CASE WHEN substr(finished, 1, 10) <= :until THEN 'purged' ELSE 'deleted' END
    FROM receipt
    WHERE state IN ('stored', 'corrected')
    AND (id IN (SELECT id FROM temp.listed) OR substr(finished, 1, 10) <= :until)"""

_HAS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"


def response_tables(db: sqlite3.Connection | Database) -> list[str]:
    """The tables of responses, one a form, in alphabetical order."""
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'response_*' "
        "ORDER BY name"
    )
    return [name for (name,) in rows.fetchall()]


def forget(db: sqlite3.Connection | Database, deletions: Deletions) -> int:
    """Destroy the rows, comments and contents kept aside of what must not come back.

    What the office made of a comment goes with it. The receipts stay and say ``purged`` up to
    the day of the last purge, else ``deleted``. Of purged days the log of corrections goes too.
    Call it inside a transaction.

    Returns:
        The number of responses that were there and no longer are.
    """
    db.execute("PRAGMA secure_delete = ON")
    db.execute("CREATE TEMP TABLE listed (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("CREATE TEMP TABLE gone (id TEXT PRIMARY KEY, state TEXT) WITHOUT ROWID")
    for each in deletions.ids:
        db.execute("INSERT INTO temp.listed VALUES (?)", (each,))
    until = deletions.purged_until.isoformat() if deletions.purged_until else ""
    db.execute(f"INSERT INTO temp.gone {_LISTED}", {"until": until})
    for table in (*response_tables(db), "comment", "conflict"):
        db.execute(
            f"DELETE FROM {table} WHERE id IN "
            "(SELECT id FROM temp.gone UNION SELECT id FROM temp.listed)"
        )
    if _has(db, "comment_handling"):  # an older backup has none
        db.execute(
            "DELETE FROM comment_handling WHERE month <= ? OR id IN "
            "(SELECT id FROM temp.gone UNION SELECT id FROM temp.listed)",
            (until[:7],),
        )
    if _has(db, "change_log"):
        db.execute(
            "DELETE FROM change_log WHERE id IN "
            "(SELECT id FROM receipt WHERE substr(finished, 1, 10) <= ?)",
            (until,),
        )
    db.execute(
        "UPDATE receipt SET state = (SELECT state FROM temp.gone WHERE gone.id = receipt.id) "
        "WHERE id IN (SELECT id FROM temp.gone)"
    )
    ((count,),) = db.execute("SELECT count(*) FROM temp.gone").fetchall()
    db.execute("DROP TABLE temp.listed")
    db.execute("DROP TABLE temp.gone")
    return int(count)


def handled_until(db: sqlite3.Connection | Database, until: str) -> int:
    """How many comments up to a day have something that the office made of them."""
    if not _has(db, "comment_handling"):
        return 0
    ((count,),) = db.execute(
        "SELECT count(*) FROM comment_handling WHERE month <= ?", (until[:7],)
    ).fetchall()
    return int(count)


def _has(db: sqlite3.Connection | Database, table: str) -> bool:
    return db.execute(_HAS, (table,)).fetchone() is not None
