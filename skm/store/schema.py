"""The tables, and how an older database becomes one of today.

Nothing here keeps an exact time, and no table has a row number: the tables are ordered by
random ids, so that the order of rows does not tell who answered when.
"""

from __future__ import annotations

import secrets
from functools import cached_property

from sqlite_utils import Database, Migrations

from skm.errors import refuse
from skm.form import Form
from skm.instance import Instance
from skm.responses import CHANNELS, HALF_DAYS, LEVELS
from skm.store.connection import Store
from skm.store.deletions import DeletionLog
from skm.store.remembered import LINEAGE

_TABLES = Migrations("skm")


@_TABLES(name="receipts")
def _create_receipts(db: Database) -> None:
    db.execute(f"""
        CREATE TABLE receipt (
            id TEXT NOT NULL PRIMARY KEY CHECK ({_is_hex("id", 32)}),
            device TEXT CHECK ({_is_hex("device", 32)}),
            seq INTEGER CHECK (seq >= 1),
            form TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK ({_is_hex("sha256", 64)}),
            finished TEXT NOT NULL,
            received TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('stored', 'corrected', 'deleted', 'purged')),
            CHECK ((device IS NULL) = (seq IS NULL))
        ) STRICT, WITHOUT ROWID""")
    db.execute("""
        CREATE INDEX receipt_of_device ON receipt (device, seq) WHERE device IS NOT NULL""")
    db.execute(f"""
        CREATE TABLE conflict (
            id TEXT NOT NULL REFERENCES receipt (id),
            sha256 TEXT NOT NULL CHECK ({_is_hex("sha256", 64)}),
            device TEXT,
            seq INTEGER,
            form TEXT NOT NULL,
            response TEXT NOT NULL CHECK (json_valid(response)),
            received TEXT NOT NULL,
            PRIMARY KEY (id, sha256)
        ) STRICT, WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE comment (
            month TEXT NOT NULL,
            id TEXT NOT NULL REFERENCES receipt (id),
            form TEXT NOT NULL,
            service TEXT,
            text TEXT NOT NULL CHECK (text != ''),
            simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
            PRIMARY KEY (month, id)
        ) STRICT, WITHOUT ROWID""")


@_TABLES(name="tablets")
def _create_tablets(db: Database) -> None:
    db.execute(f"""
        CREATE TABLE tablet (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL CHECK (name != ''),
            device TEXT CHECK ({_is_hex("device", 32)}),
            token_sha256 TEXT UNIQUE CHECK ({_is_hex("token_sha256", 64)}),
            code_sha256 TEXT UNIQUE CHECK ({_is_hex("code_sha256", 64)}),
            code_until TEXT,
            added TEXT NOT NULL,
            last_seen TEXT,
            revoked TEXT
        ) STRICT""")
    db.execute("CREATE UNIQUE INDEX tablet_in_use ON tablet (name) WHERE revoked IS NULL")


@_TABLES(name="served")
def _create_served(db: Database) -> None:
    db.execute("""
        CREATE TABLE served (
            month TEXT NOT NULL,
            service TEXT NOT NULL,
            n INTEGER NOT NULL CHECK (n >= 0),
            PRIMARY KEY (month, service)
        ) STRICT, WITHOUT ROWID""")


@_TABLES(name="remembered")
def _create_remembered(db: Database) -> None:
    db.execute("""
        CREATE TABLE remembered (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""")
    db.execute("INSERT INTO remembered VALUES (?, ?)", (LINEAGE, secrets.token_hex(16)))


@_TABLES(name="officers")
def _create_officers(db: Database) -> None:
    db.execute("""
        CREATE TABLE officer (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name != ''),
            role TEXT NOT NULL CHECK (role IN ('petugas', 'perencana', 'admin')),
            password TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            added TEXT NOT NULL,
            disabled TEXT
        ) STRICT""")
    db.execute("CREATE UNIQUE INDEX officer_in_use ON officer (name) WHERE disabled IS NULL")


@_TABLES(name="closings")
def _create_closings(db: Database) -> None:
    db.execute(f"""
        CREATE TABLE closing (
            period TEXT NOT NULL,
            edition INTEGER NOT NULL CHECK (edition >= 1),
            form TEXT NOT NULL,
            checksum TEXT NOT NULL UNIQUE CHECK ({_is_hex("checksum", 64)}),
            content TEXT NOT NULL CHECK (json_valid(content)),
            log_number INTEGER NOT NULL,
            PRIMARY KEY (period, edition)
        ) STRICT, WITHOUT ROWID""")
    db.execute("""
        CREATE TRIGGER closing_is_frozen BEFORE UPDATE ON closing
        BEGIN SELECT RAISE(ABORT, 'a closing is never changed'); END""")
    # which responses an edition counts; no reference to receipts, since a closing outlives
    # the responses, also where an older backup lacks some of them
    db.execute("""
        CREATE TABLE closing_member (
            period TEXT NOT NULL,
            edition INTEGER NOT NULL,
            id TEXT NOT NULL,
            PRIMARY KEY (period, edition, id),
            FOREIGN KEY (period, edition) REFERENCES closing (period, edition)
        ) STRICT, WITHOUT ROWID""")


@_TABLES(name="corrections")
def _create_corrections(db: Database) -> None:
    db.execute("""
        CREATE TABLE change_log (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            day TEXT NOT NULL,
            who TEXT NOT NULL CHECK (who != ''),
            action TEXT NOT NULL CHECK (action IN ('corrected', 'deleted')),
            reason TEXT NOT NULL CHECK (reason != ''),
            id TEXT NOT NULL,
            form TEXT NOT NULL,
            before TEXT NOT NULL CHECK (json_valid(before))
        ) STRICT""")
    db.execute("CREATE INDEX change_of_response ON change_log (id)")


@_TABLES(name="comment_handling")
def _create_comment_handling(db: Database) -> None:
    # no reference to receipts: after an older backup the handling is there before the tablet
    # has sent the comment again
    db.execute("""
        CREATE TABLE comment_handling (
            id TEXT NOT NULL PRIMARY KEY,
            month TEXT NOT NULL,
            cleaned TEXT CHECK (cleaned != ''),
            topic TEXT,
            answer TEXT CHECK (answer != ''),
            published INTEGER NOT NULL CHECK (published IN (0, 1)),
            follow_up INTEGER CHECK (follow_up >= 1),
            who TEXT NOT NULL CHECK (who != ''),
            day TEXT NOT NULL,
            CHECK (published = 0 OR cleaned IS NOT NULL)
        ) STRICT, WITHOUT ROWID""")


@_TABLES(name="evidence")
def _create_evidence(db: Database) -> None:
    db.execute(f"""
        CREATE TABLE evidence (
            sha256 TEXT NOT NULL PRIMARY KEY CHECK ({_is_hex("sha256", 64)}),
            mimetype TEXT NOT NULL CHECK (mimetype IN ('image/jpeg', 'application/pdf')),
            content BLOB NOT NULL CHECK (length(content) > 0)
        ) STRICT""")


@_TABLES(name="follow_up")
def _create_follow_up(db: Database) -> None:
    # a line that was taken out stays, marked, so that an older backup does not bring it back
    db.execute("""
        CREATE TABLE follow_up (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            period TEXT NOT NULL,
            element TEXT NOT NULL CHECK (element != ''),
            problem TEXT NOT NULL CHECK (problem != ''),
            action TEXT NOT NULL CHECK (action != ''),
            quarter TEXT NOT NULL,
            owner TEXT NOT NULL CHECK (owner != ''),
            due TEXT NOT NULL CHECK (date(due) IS due),
            done TEXT CHECK (date(done) IS done),
            result TEXT CHECK (result != ''),
            who TEXT NOT NULL CHECK (who != ''),
            changed TEXT NOT NULL,
            removed TEXT,
            CHECK (done IS NULL OR result IS NOT NULL)
        ) STRICT""")
    # the cascade lets a restore put today's evidence of a line in the place of the backup's
    db.execute("""
        CREATE TABLE follow_up_evidence (
            follow_up INTEGER NOT NULL REFERENCES follow_up (number) ON DELETE CASCADE,
            sha256 TEXT NOT NULL REFERENCES evidence (sha256),
            place INTEGER NOT NULL,
            PRIMARY KEY (follow_up, sha256)
        ) STRICT, WITHOUT ROWID""")


@_TABLES(name="publications")
def _create_publications(db: Database) -> None:
    # one that was withdrawn stays, marked, so that an older backup does not publish it again
    db.execute("""
        CREATE TABLE publication (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            period TEXT NOT NULL,
            edition INTEGER NOT NULL,
            medium TEXT NOT NULL CHECK (medium != ''),
            day TEXT NOT NULL CHECK (date(day) IS day),
            place TEXT NOT NULL CHECK (place != ''),
            evidence TEXT REFERENCES evidence (sha256),
            who TEXT NOT NULL CHECK (who != ''),
            withdrawn TEXT CHECK (date(withdrawn) IS withdrawn),
            FOREIGN KEY (period, edition) REFERENCES closing (period, edition)
        ) STRICT""")
    db.execute("""
        CREATE UNIQUE INDEX publication_in_force ON publication (period, edition, medium, place)
        WHERE withdrawn IS NULL""")


@_TABLES(name="run_counts")
def _create_run_counts(db: Database) -> None:
    db.execute(f"""
        CREATE TABLE run_count (
            device TEXT NOT NULL CHECK ({_is_hex("device", 32)}),
            month TEXT NOT NULL,
            started INTEGER NOT NULL CHECK (started >= 0),
            finished INTEGER NOT NULL CHECK (finished >= 0),
            abandoned INTEGER NOT NULL CHECK (abandoned >= 0),
            PRIMARY KEY (device, month)
        ) STRICT, WITHOUT ROWID""")


class ResponseColumns:
    """The table of a form: one row a respondent, one column a question."""

    def __init__(self, form: Form) -> None:
        self.table = form.table
        self.questions = tuple(question.code for question in form.questions)
        self.profile = tuple(question.code for question in form.profile)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All columns, in the order of the table."""
        return (
            *("month", "id", "date", "half_day", "service", "channel", "language"),
            *("helped", "flags", "simulated"),
            *self.question_columns,
            *self.profile_columns,
        )

    @cached_property
    def question_columns(self) -> tuple[str, ...]:
        """The columns that hold levels."""
        return tuple(f"q_{code}" for code in self.questions)

    @cached_property
    def profile_columns(self) -> tuple[str, ...]:
        """The columns that hold what the respondent said about themselves."""
        return tuple(f"p_{code}" for code in self.profile)

    @cached_property
    def insert(self) -> str:
        """The statement that stores a row of ``names``."""
        places = ", ".join("?" * len(self.names))
        return f"INSERT INTO {self.table} ({', '.join(self.names)}) VALUES ({places})"

    @cached_property
    def create(self) -> str:
        """The statement that makes the table; its key keeps the rows of a month together."""
        level = f"CHECK ({{0}} BETWEEN {LEVELS[0]} AND {LEVELS[-1]})"
        return f"""
            CREATE TABLE {self.table} (
                month TEXT NOT NULL,
                id TEXT NOT NULL REFERENCES receipt (id),
                date TEXT NOT NULL CHECK (date(date) IS date AND substr(date, 1, 7) = month),
                half_day TEXT NOT NULL CHECK (half_day IN {HALF_DAYS}),
                service TEXT,
                channel TEXT NOT NULL CHECK (channel IN {CHANNELS}),
                language TEXT NOT NULL,
                helped INTEGER NOT NULL CHECK (helped IN (0, 1)),
                flags TEXT NOT NULL,
                simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
                {"".join(f"{q} INTEGER {level.format(q)}, " for q in self.question_columns)}
                {"".join(f"{p} TEXT, " for p in self.profile_columns)}
                PRIMARY KEY (month, id)
            ) STRICT, WITHOUT ROWID"""


def open_store(instance: Instance) -> Store:
    """Open an office's database, made or brought up to date where needed.

    Raises:
        StoreError: it cannot be opened, or cannot be written safely.
    """
    store = Store(instance.database, DeletionLog(instance.deletions))
    if _TABLES.pending(store.reader):
        with store.writing() as db:
            _TABLES.apply(db)
    return store


def ensure_form(store: Store, form: Form) -> ResponseColumns:
    """The columns of a form, whose table is made when the form is first used.

    Raises:
        SkmError: the form's questions changed after it was used.
    """
    columns = ResponseColumns(form)
    if not is_used(store, form):
        with store.writing() as db:
            _tables_of(form, columns).apply(db)
    stored = {column.name for column in store.reader[columns.table].columns}
    if changed := sorted(stored ^ set(columns.names)):
        raise refuse(
            f"Formulir {form.id} berubah setelah dipakai",
            found=", ".join(name.partition("_")[2] or name for name in changed),
            todo="Kembalikan isinya, dan simpan formulir yang baru dengan id baru.",
        )
    return columns


def _tables_of(form: Form, columns: ResponseColumns) -> Migrations:
    tables = Migrations(f"form {form.id}")

    @tables(name="responses")
    def create_responses(db: Database) -> None:
        db.execute(columns.create)

    return tables


def is_used(store: Store, form: Form) -> bool:
    """Whether the form has a table of responses."""
    return store.reader[form.table].exists()


def _is_hex(column: str, digits: int) -> str:
    return f"length({column}) = {digits} AND {column} NOT GLOB '*[^0-9a-f]*'"
