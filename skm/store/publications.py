"""Where and when a result was published, and which results the office's own page shows.

The own page is a publication like any other, of the kind website: its place is the page
itself. So one record answers both what the public may see here and by how many kinds of media
an office announced its result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from skm.closing import Closing
from skm.closing_text import SHORT, from_json
from skm.disclosure import SMALLEST_SHOWN, small_rests
from skm.errors import refuse
from skm.media import WEBSITE, Medium, media_rule
from skm.numerals import long_date, number
from skm.period import Period
from skm.store.closings import find_closing, newest_closing
from skm.store.connection import Store
from skm.store.evidence import Evidence, drop_unused, keep
from skm.typed_text import printable

OWN_PAGE = "/publik"
"""The place of a publication on the office's own page of results."""
LONGEST_PLACE = 300

_CHECKSUM_DIGITS = 64
_COLUMNS = "number, period, edition, medium, day, place, evidence, who, withdrawn"
_INSERT = """
    INSERT INTO publication (period, edition, medium, day, place, evidence, who)
    VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number"""
_IN_FORCE = """
    SELECT number FROM publication WHERE period = ? AND edition = ? AND medium = ?
    AND place = ? AND withdrawn IS NULL"""
_SHOWN = f"""
    SELECT content, checksum FROM closing WHERE EXISTS (
        SELECT 1 FROM publication AS own
        WHERE own.period = closing.period AND own.edition = closing.edition
        AND own.place = '{OWN_PAGE}' AND own.withdrawn IS NULL)"""
_WITHDRAW_REPLACED = f"""
    UPDATE publication SET withdrawn = ?, evidence = NULL
    WHERE period = ? AND place = '{OWN_PAGE}' AND withdrawn IS NULL
    AND edition < (SELECT edition FROM publication WHERE number = ? AND place = '{OWN_PAGE}')"""
_PEOPLE_BETWEEN = """
    SELECT count(*) FROM (
        SELECT id FROM closing_member WHERE period = :period AND edition IN (:older, :newer)
        GROUP BY id HAVING count(*) = 1
        UNION
        SELECT change.id FROM change_log AS change
        JOIN closing AS older ON older.period = :period AND older.edition = :older
        JOIN closing AS newer ON newer.period = :period AND newer.edition = :newer
        JOIN closing_member AS member ON member.period = :period
            AND member.edition = :newer AND member.id = change.id
        WHERE change.action = 'corrected'
            AND change.number > older.log_number AND change.number <= newer.log_number)"""


@dataclass(frozen=True)
class Announcement:
    """What an admin says of a publication.

    Attributes:
        medium: code of its kind, see ``skm.media``.
        day: when it was published.
        place: address or place; ``OWN_PAGE`` shows the result on the office's own page.
        evidence: a picture or PDF that shows it.
    """

    medium: str
    day: date
    place: str
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Publication:
    """A publication on record.

    Attributes:
        evidence: key of the file that shows it, see ``skm.store.evidence``.
        who: name of the officer who recorded it.
        withdrawn: the day it was withdrawn; None while it is in force.
    """

    number: int
    period: Period
    edition: int
    medium: str
    day: date
    place: str
    evidence: str | None
    who: str
    withdrawn: date | None

    @property
    def own(self) -> bool:
        """Whether it is the one on the office's own page."""
        return self.place == OWN_PAGE


@dataclass(frozen=True)
class Shown:
    """A result that the public may see.

    Attributes:
        newer: the edition of the same period that is shown in its place; None for the newest.
        countable: whether its answers may be counted through in public; they may not where a
            newer edition, shown too, differs from it by fewer than five people.
    """

    closing: Closing
    newer: Closing | None
    countable: bool


def publish(
    store: Store, period: Period, edition: int, said: Announcement, who: str, today: date
) -> Publication:
    """Record a publication of one edition of a period's closing.

    Args:
        who: the officer who records it.
        today: the day at the office.

    Raises:
        SkmError: no such closing, kind or day, no place, on record already; or, on the own
            page, replaced by a newer edition, too few people, or a result that would give
            away the answers of fewer than five beside the others. Nothing is stored then.
    """
    place = " ".join(printable(said.place).split())
    _check(said, place, today)
    with store.writing() as db:
        closing = find_closing(store, period, edition)
        if closing is None:
            raise refuse(
                f"{period.label} edisi {edition} belum ditutup, jadi belum dapat diterbitkan",
                todo="Tutup periodenya dulu.",
            )
        if said.day < closing.closed:
            raise refuse(
                "Tanggal terbit mendahului penutupannya",
                found=long_date(said.day),
                expected=f"sejak {long_date(closing.closed)}",
            )
        key = (str(period), edition, said.medium, place)
        if db.execute(_IN_FORCE, key).fetchone():
            raise refuse(f"Publikasi ini sudah tercatat untuk {closing.label}", found=place)
        if place == OWN_PAGE:
            _check_own_page(store, closing)
        sha256 = keep(db, said.evidence) if said.evidence else None
        values = (*key[:3], said.day.isoformat(), place, sha256, who)
        ((made,),) = db.execute(_INSERT, values).fetchall()
    return Publication(made, period, edition, said.medium, said.day, place, sha256, who, None)


def withdraw(store: Store, period: Period, made: int, today: date) -> None:
    """Take a publication of a period out of force; it stays on record, and its evidence goes.

    From the own page the editions that it replaced go with it: they would stand there as in
    force again, and beside a longer period tell of the few people who came in between.

    Raises:
        SkmError: there is no such publication in force.
    """
    with store.writing() as db:
        changed = db.execute(
            "UPDATE publication SET withdrawn = ?, evidence = NULL "
            "WHERE number = ? AND period = ? AND withdrawn IS NULL",
            (today.isoformat(), made, str(period)),
        )
        if not changed.rowcount:
            raise _unknown()
        db.execute(_WITHDRAW_REPLACED, (today.isoformat(), str(period), made))
        drop_unused(db)


def attach(store: Store, period: Period, made: int, file: Evidence) -> None:
    """Keep a file as the evidence of a publication, in the place of the one there was.

    Raises:
        SkmError: there is no such publication in force.
    """
    with store.writing() as db:
        changed = db.execute(
            "UPDATE publication SET evidence = ? "
            "WHERE number = ? AND period = ? AND withdrawn IS NULL",
            (keep(db, file), made, str(period)),
        )
        if not changed.rowcount:
            raise _unknown()
        drop_unused(db)


def publications(store: Store) -> tuple[Publication, ...]:
    """Every publication on record, those withdrawn too, in the order they were recorded."""
    rows = store.reader.execute(f"SELECT {_COLUMNS} FROM publication ORDER BY number").fetchall()
    return tuple(
        Publication(
            made,
            Period.parse(period),
            edition,
            medium,
            date.fromisoformat(day),
            place,
            evidence,
            who,
            date.fromisoformat(withdrawn) if withdrawn else None,
        )
        for made, period, edition, medium, day, place, evidence, who, withdrawn in rows
    )


def anything_shown(store: Store) -> bool:
    """Whether the own page shows any result."""
    return store.reader.execute(f"{_SHOWN} LIMIT 1").fetchone() is not None


def shown_closings(store: Store) -> tuple[Closing, ...]:
    """What the own page shows: the newest published edition of each period, oldest first."""
    newest: dict[Period, Closing] = {}
    for content, checked in store.reader.execute(f"{_SHOWN} ORDER BY period, edition"):
        closing = from_json(content, checked)
        newest[closing.period] = closing
    return tuple(
        sorted(newest.values(), key=lambda each: (each.period.last_day, each.period.length))
    )


def shown_by_checksum(store: Store, checksum: str) -> Shown | None:
    """The published result of a checksum, whole or its first 16 hex digits; None without it."""
    if len(checksum) not in (SHORT, _CHECKSUM_DIGITS):
        return None
    row = store.reader.execute(
        f"{_SHOWN} AND substr(checksum, 1, ?) = ?", (len(checksum), checksum)
    ).fetchone()
    if row is None:
        return None
    closing = from_json(*row)
    later = [
        from_json(*each)
        for each in store.reader.execute(
            f"{_SHOWN} AND period = ? AND edition > ? ORDER BY edition",
            (str(closing.period), closing.edition),
        ).fetchall()
    ]
    differing = [people_between(store, closing, each) for each in later]
    countable = all(not 0 < people < SMALLEST_SHOWN for people in differing)
    return Shown(closing, later[-1] if later else None, countable)


def people_between(store: Store, older: Closing, newer: Closing) -> int:
    """People whose answers are in one of two editions only, or were corrected between them."""
    names = {"period": str(older.period), "older": older.edition, "newer": newer.edition}
    ((people,),) = store.reader.execute(_PEOPLE_BETWEEN, names).fetchall()
    return int(people)


def media_used(found: Iterable[Publication]) -> tuple[Medium, ...]:
    """The kinds of media that publications in force went by, in the order of the evaluation."""
    return media_rule().used(each.medium for each in found if each.withdrawn is None)


def _check(said: Announcement, place: str, today: date) -> None:
    rule = media_rule()
    if rule.named(said.medium) is None:
        raise refuse(
            "Jenis media tidak dikenal",
            found=said.medium,
            expected=" / ".join(each.code for each in rule.classes),
        )
    if not place:
        raise refuse(
            "Tempat atau alamat publikasi belum diisi",
            todo="Misalnya alamat halamannya, atau «papan di ruang tunggu».",
        )
    if len(place) > LONGEST_PLACE:
        raise refuse(
            "Tempat atau alamat terlalu panjang",
            found=f"{len(place)} huruf",
            expected=f"paling panjang {LONGEST_PLACE}",
        )
    if said.day > today:
        raise refuse(
            "Tanggal terbit belum tiba",
            found=long_date(said.day),
            expected=f"paling akhir {long_date(today)}",
        )
    if place == OWN_PAGE and said.medium != WEBSITE:
        raise refuse(
            f"{OWN_PAGE} adalah halaman kantor ini sendiri",
            found=said.medium,
            expected=WEBSITE,
        )


def _check_own_page(store: Store, closing: Closing) -> None:
    """Keep off the own page what is replaced, or would show how single people answered."""
    newest = newest_closing(store, closing.period)
    if newest is not None and newest.edition > closing.edition:
        raise refuse(
            f"{closing.label} sudah diganti, jadi tidak diterbitkan lagi",
            expected=newest.label,
        )
    if closing.respondents < SMALLEST_SHOWN:
        raise refuse(
            f"{closing.period.label} belum boleh diterbitkan: respondennya terlalu sedikit",
            found=number(closing.respondents),
            expected=f"sedikitnya {SMALLEST_SHOWN}",
            todo="Terbitkan bersama periode lain, misalnya satu triwulan.",
        )
    if closing.index is None:
        raise refuse(
            f"{closing.period.label} belum dapat diterbitkan: indeksnya belum lengkap",
            todo="Ada unsur tanpa jawaban.",
        )
    shown = {
        each.period: each.respondents
        for each in shown_closings(store)
        if each.form == closing.form
    }
    for period, rest in small_rests(shown | {closing.period: closing.respondents}).items():
        if period not in small_rests(shown):
            raise refuse(
                f"Bersama hasil lain yang sudah terbit, {period.label} akan menunjukkan jawaban "
                f"{number(abs(rest))} orang saja",
                expected=f"selisih 0, atau sedikitnya {SMALLEST_SHOWN} orang",
                todo="Buat dulu edisi baru dari periode yang lebih pendek, lalu terbitkan itu.",
            )


def _unknown() -> Exception:
    return refuse("Publikasi itu tidak ada, atau sudah ditarik", todo="Muat ulang halamannya.")
