"""The people who may log in: a name, a role, and a password kept as a slow hash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlite_utils import Database
from werkzeug.security import check_password_hash, generate_password_hash

from skm.errors import Fault, SkmError, refuse
from skm.store.connection import Store

PETUGAS, PERENCANA, ADMIN = "petugas", "perencana", "admin"
ROLES = (PETUGAS, PERENCANA, ADMIN)

SHORTEST_PASSWORD = 10
"""Characters."""
LONGEST_PASSWORD = 200

_METHOD = "scrypt:32768:8:3"
"""N, r and p of scrypt, stored with each hash: 32 MB and a third of a second for each guess.
One of the settings that OWASP's password storage cheat sheet calls equal."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_COLUMNS = "number, name, role, version, added, disabled"


@dataclass(frozen=True)
class Officer:
    """One account.

    Attributes:
        number: never given to another account, not even after a removal.
        name: what is typed at log-in; lower case.
        role: ``petugas``, ``perencana`` or ``admin``.
        version: rises with each new password; a session of an older one has ended.
        disabled: the day the account was removed, None while it is in use.
    """

    number: int
    name: str
    role: str
    version: int
    added: date
    disabled: date | None


def add(store: Store, name: str, role: str, password: str) -> Officer:
    """Make an account.

    Raises:
        SkmError: no usable name, role or password, or an account in use has the name.
    """
    row = _new_row(name, role, password)
    with store.writing() as db:
        return _insert(db, row)


def add_first(store: Store, name: str, password: str) -> Officer:
    """Make the first admin of an office.

    Raises:
        SkmError: the office has an account already, or name or password cannot be used.
    """
    row = _new_row(name, ADMIN, password)
    with store.writing() as db:
        if _in_use(db):
            raise refuse("Kantor ini sudah mempunyai pengguna", todo="Masuk dengan akun itu.")
        return _insert(db, row)


def remove(store: Store, name: str) -> None:
    """End an account; what its owner did stays.

    Raises:
        SkmError: no account in use has the name, or it is the last admin's.
    """
    with store.writing() as db:
        officer = _named(db, name)
        admins = [each for each in _in_use(db) if each.role == ADMIN]
        if admins == [officer]:
            raise refuse(
                "Admin terakhir tidak dapat dihapus",
                found=officer.name,
                todo="Tambahkan admin lain lebih dulu.",
            )
        db.execute(
            "UPDATE officer SET disabled = ?, password = '' WHERE number = ?",
            (date.today().isoformat(), officer.number),
        )


def set_password(store: Store, name: str, password: str) -> Officer:
    """Give an account a new password; every session of it ends.

    Raises:
        SkmError: no account in use has the name, or the password cannot be used.
    """
    usable = tidy_name(name)
    hashed = _hashed(usable, password)
    with store.writing() as db:
        officer = _named(db, usable)
        db.execute(
            "UPDATE officer SET password = ?, version = version + 1 WHERE number = ?",
            (hashed, officer.number),
        )
        return _named(db, usable)


def all_officers(store: Store) -> list[Officer]:
    """All accounts, those in use first, by name."""
    rows = store.reader.execute(
        f"SELECT {_COLUMNS} FROM officer ORDER BY disabled IS NOT NULL, name, number"
    )
    return [_officer(row) for row in rows]


def has_officers(store: Store) -> bool:
    """Whether anyone can log in."""
    return bool(_in_use(store.reader))


def find(store: Store, number: int) -> Officer | None:
    """The account in use of a number."""
    row = store.reader.execute(
        f"SELECT {_COLUMNS} FROM officer WHERE number = ? AND disabled IS NULL", (number,)
    ).fetchone()
    return _officer(row) if row else None


def log_in(store: Store, name: str, password: str) -> Officer | None:
    """The account that a name and a password open.

    An unknown name is checked against a hash too, so that the time an answer takes does not
    tell which names there are.
    """
    row = store.reader.execute(
        f"SELECT {_COLUMNS}, password FROM officer WHERE name = ? AND disabled IS NULL",
        (tidy_name(name),),
    ).fetchone()
    hashed = row[-1] if row else _nobody()
    matches = check_password_hash(hashed, password[:LONGEST_PASSWORD])
    return _officer(row[:-1]) if row and matches else None


def tidy_name(name: str) -> str:
    """A log-in name as it is stored."""
    return name.strip().lower()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return generate_password_hash("", _METHOD)


def _new_row(name: str, role: str, password: str) -> tuple[str, str, str, str]:
    name = tidy_name(name)
    if not _NAME.fullmatch(name):
        raise refuse(
            "Nama pengguna tidak dapat dipakai",
            found=name,
            expected="2 sampai 32 huruf kecil, angka, titik, atau tanda hubung",
        )
    if role not in ROLES:
        raise refuse("Peran tidak dikenal", found=role, expected=" / ".join(ROLES))
    return name, role, _hashed(name, password), date.today().isoformat()


def _hashed(name: str, password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        # Neither here nor below is the password named: it would stand in a log.
        raise SkmError(
            Fault(
                "Kata sandi terlalu pendek"
                if len(password) < SHORTEST_PASSWORD
                else "Kata sandi terlalu panjang",
                expected=f"{SHORTEST_PASSWORD} sampai {LONGEST_PASSWORD} huruf",
                todo="Beberapa kata yang mudah diingat sudah baik.",
            )
        )
    if len(set(password)) < 4 or password.lower().replace(name, "") == "":
        raise refuse(
            "Kata sandi terlalu mudah ditebak",
            todo="Jangan mengulang nama pengguna atau beberapa huruf saja.",
        )
    return generate_password_hash(password, _METHOD)


def _insert(db: Database, row: tuple[str, str, str, str]) -> Officer:
    name = row[0]
    if any(officer.name == name for officer in _in_use(db)):
        raise refuse("Nama pengguna sudah dipakai", found=name, todo="Pilih nama lain.")
    db.execute("INSERT INTO officer (name, role, password, added) VALUES (?, ?, ?, ?)", row)
    return _named(db, name)


def _named(db: Database, name: str) -> Officer:
    in_use = _in_use(db)
    for officer in in_use:
        if officer.name == tidy_name(name):
            return officer
    raise refuse(
        "Tidak ada pengguna dengan nama itu",
        found=name,
        expected=" / ".join(officer.name for officer in in_use) or None,
    )


def _in_use(db: Database) -> list[Officer]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM officer WHERE disabled IS NULL ORDER BY name")
    return [_officer(row) for row in rows]


def _officer(row: tuple[int, str, str, int, str, str | None]) -> Officer:
    number, name, role, version, added, disabled = row
    return Officer(
        number,
        name,
        role,
        version,
        date.fromisoformat(added),
        date.fromisoformat(disabled) if disabled else None,
    )
