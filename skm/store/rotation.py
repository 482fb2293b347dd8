"""Which backups are kept: seven days and, before them, twelve months."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DAYS = 7
MONTHS = 12

_NAME = re.compile(r"skm-(?:[a-z0-9-]+-)?(\d{4}-\d\d-\d\d)(?:-([1-9]\d*))?\.zip")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_OFFICE = 40


@dataclass(frozen=True, order=True)
class Backup:
    """A backup as its name tells it.

    Attributes:
        day: the day at the office on which it was made.
        number: 1 for the first of a day.
    """

    day: date
    number: int
    file: Path


def file_name(office: str, day: date, number: int) -> str:
    """The name of a backup.

    >>> file_name("Kecamatan Pakusari", date(2026, 10, 5), 1)
    'skm-kecamatan-pakusari-2026-10-05.zip'
    >>> file_name("Kec. Kaliwates", date(2026, 10, 5), 2)
    'skm-kec-kaliwates-2026-10-05-2.zip'
    """
    words = _NO_LETTER.sub("-", office.casefold()).strip("-")[:_LONGEST_OFFICE].strip("-")
    again = f"-{number}" if number > 1 else ""
    return f"skm-{words or 'kantor'}-{day.isoformat()}{again}.zip"


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """The files of a folder that are named as backups, oldest first; none where it is absent."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(found for file in folder.iterdir() if (found := _named(file))))


def superseded(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that may go.

    Kept are all of the newest day, the last of each of the seven newest days, and of the days
    before these the last one of each past month, twelve months at most. A day on which nothing
    was backed up is no day, so an office that was shut for long keeps what it had.
    """
    found = sorted(backups, reverse=True)
    if not found:
        return ()
    last_of_day: dict[date, Backup] = {}
    for backup in found:
        last_of_day.setdefault(backup.day, backup)
    days = list(last_of_day)
    newest = days[0]
    last_of_month: dict[tuple[int, int], date] = {}
    for day in days[DAYS:]:
        if (day.year, day.month) != (newest.year, newest.month):
            last_of_month.setdefault((day.year, day.month), day)
    kept = {*days[:DAYS], *list(last_of_month.values())[:MONTHS]}
    return tuple(
        backup
        for backup in found
        if backup.day != newest and not (backup.day in kept and backup == last_of_day[backup.day])
    )


def _named(file: Path) -> Backup | None:
    match = _NAME.fullmatch(file.name)
    if match is None or not file.is_file():
        return None
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return None
    return Backup(day, int(match[2] or 1), file)
