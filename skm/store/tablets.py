"""The tablets that may send: named, with a secret token that can be revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from skm.errors import refuse
from skm.store.connection import Store

CODE_LIFE = timedelta(hours=1)
"""How long a pairing code waits to be scanned."""

LONGEST_NAME = 40
"""Characters."""

_COLUMNS = "number, name, device, token_sha256 IS NOT NULL, added, last_seen, revoked"


@dataclass(frozen=True)
class Tablet:
    """One tablet as an officer knows it.

    Attributes:
        device: 32 hex digits that its running numbers belong to; None until it first spoke.
        paired: whether it ever got its token; False while its code waits to be scanned.
        last_seen: the day it last spoke.
        revoked: the day its token ended, None while it is in use.
    """

    number: int
    name: str
    device: str | None
    paired: bool
    added: date
    last_seen: date | None
    revoked: date | None


@dataclass(frozen=True)
class Pairing:
    """What a tablet gets for its code, and keeps."""

    name: str
    token: str
    device: str


def add(store: Store, name: str) -> str:
    """Let a tablet in, and return its token, which is shown once and never expires.

    Raises:
        SkmError: the name is empty, or a tablet in use has it.
    """
    token = secrets.token_urlsafe(32)
    name = _usable(name)
    with store.writing() as db:
        _insist_on_free(store, name)
        db.execute(
            "INSERT INTO tablet (name, token_sha256, added) VALUES (?, ?, ?)",
            (name, _digest(token), date.today().isoformat()),
        )
    return token


def invite_new(store: Store, name: str, now: datetime) -> str:
    """A one-time code for a new tablet, or for one whose code was never scanned.

    Raises:
        SkmError: the name is empty or too long, or a tablet that is paired has it.
    """
    name = _usable(name)
    if any(each.name == name and each.paired and not each.revoked for each in all_tablets(store)):
        raise refuse(
            "Nama tablet sudah dipakai",
            found=name,
            todo="Pilih nama lain, atau «Pasang ulang» bila ini tablet yang sama.",
        )
    return invite(store, name, now)


def invite(store: Store, name: str, now: datetime) -> str:
    """A one-time code for a new tablet, or for one in use that is to be paired again."""
    code = secrets.token_urlsafe(16)
    name = _usable(name)
    waiting = (_digest(code), _moment(now + CODE_LIFE), name)
    with store.writing() as db:
        again = db.execute(
            "UPDATE tablet SET code_sha256 = ?, code_until = ? WHERE name = ? AND revoked IS NULL",
            waiting,
        )
        if again.rowcount == 0:
            db.execute(
                "INSERT INTO tablet (code_sha256, code_until, name, added) VALUES (?, ?, ?, ?)",
                (*waiting, now.date().isoformat()),
            )
    return code


def pair(store: Store, code: str, device: str | None, now: datetime) -> Pairing | None:
    """Exchange a code for a token; None where the code is unknown, used or too old.

    A device that has an identity keeps it, so that its queue and its running numbers go on; a
    token that it had before ends.
    """
    token = secrets.token_urlsafe(32)
    device = device or secrets.token_hex(16)
    today = now.date().isoformat()
    with store.writing() as db:
        invited = db.execute(
            "SELECT number, name FROM tablet "
            "WHERE code_sha256 = ? AND code_until >= ? AND revoked IS NULL",
            (_digest(code), _moment(now)),
        ).fetchone()
        if invited is None:
            return None
        number, name = invited
        db.execute(
            "UPDATE tablet SET revoked = ? WHERE device = ? AND number != ? AND revoked IS NULL",
            (today, device, number),
        )
        db.execute(
            "UPDATE tablet SET token_sha256 = ?, device = ?, last_seen = ?, "
            "code_sha256 = NULL, code_until = NULL WHERE number = ?",
            (_digest(token), device, today, number),
        )
    return Pairing(name, token, device)


def is_waiting(store: Store, code: str, now: datetime) -> bool:
    """Whether a code can still be scanned."""
    row = store.reader.execute(
        "SELECT 1 FROM tablet WHERE code_sha256 = ? AND code_until >= ? AND revoked IS NULL",
        (_digest(code), _moment(now)),
    ).fetchone()
    return row is not None


def rename(store: Store, number: int, name: str) -> None:
    """Call a tablet in use something else; its token and what it sent stay.

    Raises:
        SkmError: the name is empty or too long, or another tablet in use has it.
    """
    name = _usable(name)
    with store.writing() as db:
        _insist_on_free(store, name, number)
        db.execute(
            "UPDATE tablet SET name = ? WHERE number = ? AND revoked IS NULL", (name, number)
        )


def revoke(store: Store, name: str) -> None:
    """End a tablet's token; what it sent stays.

    Raises:
        SkmError: no tablet in use has the name.
    """
    with store.writing() as db:
        ended = db.execute(
            "UPDATE tablet SET revoked = ? WHERE name = ? AND revoked IS NULL",
            (date.today().isoformat(), name.strip()),
        )
        if ended.rowcount == 0:
            in_use = [tablet.name for tablet in all_tablets(store) if not tablet.revoked]
            raise refuse(
                "Tidak ada tablet terpasang dengan nama itu",
                found=name,
                expected=" / ".join(in_use) or None,
                todo="Lihat namanya dengan «skm tablet list».",
            )


def all_tablets(store: Store) -> list[Tablet]:
    """All tablets, those in use first, by name."""
    rows = store.reader.execute(
        f"SELECT {_COLUMNS} FROM tablet ORDER BY revoked IS NOT NULL, name, number"
    )
    return [_tablet(row) for row in rows]


def find(store: Store, token: str) -> Tablet | None:
    """The tablet in use that a token belongs to.

    Looked up by the token's digest, so how long the search takes tells nothing of a token.
    """
    row = store.reader.execute(
        f"SELECT {_COLUMNS} FROM tablet WHERE token_sha256 = ? AND revoked IS NULL",
        (_digest(token),),
    ).fetchone()
    return _tablet(row) if row else None


def note_contact(store: Store, tablet: Tablet, device: str | None, today: date) -> None:
    """Keep the day a tablet last spoke, and who it is if that was not known."""
    with store.writing() as db:
        db.execute(
            "UPDATE tablet SET last_seen = ?, device = ifnull(device, ?) WHERE number = ?",
            (today.isoformat(), device, tablet.number),
        )


def tidy_name(name: str) -> str:
    """A tablet's name as it is stored: single spaces, none at the edges."""
    return " ".join(name.split())


def _usable(name: str) -> str:
    name = tidy_name(name)
    if not name:
        raise refuse("Nama tablet kosong", expected="misalnya «Loket 1»")
    if len(name) > LONGEST_NAME:
        raise refuse(
            "Nama tablet terlalu panjang", found=name, expected=f"sampai {LONGEST_NAME} huruf"
        )
    return name


def _insist_on_free(store: Store, name: str, but: int | None = None) -> None:
    """Refuse a name that a tablet in use has, other than one that may keep it."""
    if any(
        tablet.name == name and tablet.number != but and not tablet.revoked
        for tablet in all_tablets(store)
    ):
        raise refuse(
            "Nama tablet sudah dipakai",
            found=name,
            todo=f"Pilih nama lain, atau cabut dengan «skm tablet revoke {name}».",
        )


def _tablet(row: tuple[int, str, str | None, int, str, str | None, str | None]) -> Tablet:
    number, name, device, paired, added, last_seen, revoked = row
    return Tablet(
        number,
        name,
        device,
        bool(paired),
        date.fromisoformat(added),
        date.fromisoformat(last_seen) if last_seen else None,
        date.fromisoformat(revoked) if revoked else None,
    )


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
