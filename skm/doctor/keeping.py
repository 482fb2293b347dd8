"""Findings on what must not be lost: the database, its backups, what waits on tablets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from skm.doctor.values import Finding, Light, Probes, TabletProbe
from skm.instance import Office
from skm.numerals import long_date, number

OLD_BACKUP = timedelta(days=7)
"""A backup may be that old before what came since is in danger."""
OLD_SECOND = timedelta(days=31)
SILENT_AFTER = 2
"""Whole workdays without a word from a tablet."""


def database(probes: Probes) -> Iterator[Finding]:
    """Whether the database can be used, and keeps what it is given."""
    subject, stored = "Basis data", probes.database
    if stored.fault:
        yield Finding(Light.TROUBLE, subject, stored.fault)
    elif not stored.exists:
        yield Finding(Light.CARE, subject, "Belum ada.", "Jalankan «skm serve» sekali.")
    elif stored.kept != "wal, full":
        yield Finding(
            Light.TROUBLE,
            subject,
            f"Tidak menyimpan dengan aman bila listrik padam ({stored.kept}).",
            "Pindahkan folder kantor ke cakram komputer ini.",
        )
    else:
        yield Finding(
            Light.GOOD,
            subject,
            f"{number(stored.responses)} jawaban; setiap jawaban langsung tercatat di cakram.",
        )


def backups(probes: Probes) -> Iterator[Finding]:
    """How far back a loss of the database would set the office."""
    subject, made, stored = "Cadangan", probes.backups, probes.database
    again = "Jalankan «skm backup», atau biarkan «skm serve» membuatnya setiap hari."
    if made.failure:
        yield Finding(Light.CARE, subject, f"Percobaan terakhir gagal: {made.failure}")
    if made.last is None:
        light = Light.TROUBLE if stored.responses else Light.CARE
        yield Finding(light, subject, "Belum ada satu pun.", again)
        return
    message = f"Terakhir {long_date(made.last)}."
    new_since = stored.last_received is not None and stored.last_received > made.last
    if not new_since:
        yield Finding(Light.GOOD, subject, message)
    elif probes.today - made.last > OLD_BACKUP:
        yield Finding(Light.TROUBLE, subject, f"{message} Ada jawaban sesudahnya.", again)
    elif probes.today - made.last > timedelta(days=1):
        yield Finding(Light.CARE, subject, f"{message} Ada jawaban sesudahnya.", again)
    else:
        yield Finding(Light.GOOD, subject, message)


def second_copy(probes: Probes) -> Iterator[Finding]:
    """Whether a backup stands anywhere but on the disk of the office."""
    subject, made = "Cadangan kedua", probes.backups
    if made.second is None:
        yield Finding(
            Light.CARE,
            subject,
            "Belum diatur: bila komputer ini rusak atau hilang, cadangannya ikut hilang.",
            'Tulis di office.toml, misalnya: cadangan = "E:/skm" (diska USB).',
        )
    elif not made.second_there:
        yield Finding(
            Light.CARE, subject, f"Foldernya tidak ada: {made.second}", "Pasang diskanya."
        )
    elif made.same_disk:
        yield Finding(
            Light.CARE,
            subject,
            f"{made.second} ada di cakram yang sama dengan basis data.",
            "Pakai diska lain, misalnya USB.",
        )
    elif made.second_last is None or probes.today - made.second_last > OLD_SECOND:
        last = long_date(made.second_last) if made.second_last else "belum pernah"
        yield Finding(Light.CARE, subject, f"Terakhir: {last}.", "Jalankan «skm backup».")
    else:
        yield Finding(Light.GOOD, subject, f"Terakhir {long_date(made.second_last)}.")


def set_aside(probes: Probes) -> Iterator[Finding]:
    """Databases that restores left behind; they hold what citizens answered."""
    if probes.backups.aside:
        yield Finding(
            Light.CARE,
            "Basis data lama",
            f"Masih ada sesudah pemulihan: {', '.join(probes.backups.aside)}",
            "Isinya jawaban warga; hapus bila tidak diperlukan lagi.",
        )


def tablets(probes: Probes) -> Iterator[Finding]:
    """Which tablets are silent, and what of theirs has not arrived."""
    if not probes.tablets:
        yield Finding(Light.CARE, "Tablet", "Belum ada yang terdaftar.", "Pasangkan satu tablet.")
    for tablet in probes.tablets:
        yield _tablet(probes, tablet)


def _tablet(probes: Probes, tablet: TabletProbe) -> Finding:
    subject = f"Tablet {tablet.name}"
    if not tablet.paired:
        return Finding(
            Light.CARE, subject, "Belum dipasangkan.", "Pindai kode QR dari halaman petugas."
        )
    if tablet.last_seen is None:
        return Finding(Light.CARE, subject, "Belum pernah mengirim.", "Buka /kios di tablet itu.")
    last = f"Kontak terakhir {long_date(tablet.last_seen)}."
    if workdays_between(probes.office, tablet.last_seen, probes.today) >= SILENT_AFTER:
        return Finding(
            Light.CARE,
            subject,
            f"Diam. {last}",
            "Periksa daya dan Wi-Fi tablet itu; jawaban yang belum terkirim tersimpan di sana.",
        )
    if tablet.missing:
        return Finding(
            Light.CARE,
            subject,
            f"{last} {number(tablet.missing)} nomor belum sampai.",
            "Biarkan tablet itu terhubung: yang kurang dikirim ulang sendiri.",
        )
    return Finding(Light.GOOD, subject, last)


def workdays_between(office: Office, last: date, today: date) -> int:
    """The office's workdays after one day and before another."""
    day = timedelta(days=1)
    return office.workdays_in(last + day, today - day)
