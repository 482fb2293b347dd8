"""Findings on the computer the office runs on: server, clock, disk, folder, address, key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import PurePath

from skm.doctor.values import Finding, Light, Probes
from skm.numerals import long_date, number

_MEGABYTE = 1_000_000
LITTLE_ROOM = 1_000 * _MEGABYTE
"""Bytes below which the disk is worth a thought; a year of an office is about 2 MB."""
NO_ROOM = 100 * _MEGABYTE
"""Bytes below which the next backup may fail."""
LONG_AHEAD = timedelta(days=400)
"""A clock that far after the last trace of work may have jumped."""

_SYNCED = re.compile(
    r"(onedrive|dropbox|google ?drive|my drive|drive saya|icloud ?(drive)?"
    r"|nextcloud|owncloud|mega)([ (_-].*)?",
    re.IGNORECASE,
)


def synced_by(folder: PurePath) -> str | None:
    """The part of a path that tells of a folder which a program copies into the net.

    >>> synced_by(PurePath("C:/Users/loket/OneDrive - Kecamatan/skm"))
    'OneDrive - Kecamatan'
    """
    return next((part for part in folder.parts if _SYNCED.fullmatch(part)), None)


def server(probes: Probes) -> Iterator[Finding]:
    """Whether the survey can be reached at all."""
    local = probes.now.astimezone(probes.office.timezone)
    opening, closing = probes.office.hours
    open_now = probes.office.works_on(probes.today) and opening <= local.time() <= closing
    if probes.serving:
        yield Finding(Light.GOOD, "Peladen", "Sedang berjalan.")
    elif open_now:
        yield Finding(
            Light.CARE, "Peladen", "Tidak berjalan pada jam buka.", "Jalankan «skm serve --lan»."
        )
    else:
        yield Finding(Light.GOOD, "Peladen", "Tidak berjalan; sekarang bukan jam buka.")


def form(probes: Probes) -> Iterator[Finding]:
    """Whether the questionnaire and its languages can be used."""
    if probes.form_fault:
        yield Finding(Light.TROUBLE, "Formulir", probes.form_fault)
    else:
        yield Finding(Light.GOOD, "Formulir", f"{probes.office.form} dapat dipakai.")


def clock(probes: Probes) -> Iterator[Finding]:
    """Whether the clock can be trusted: the period of an answer hangs on it."""
    subject, trace = "Jam komputer", probes.database.last_trace
    shown = probes.now.astimezone(probes.office.timezone)
    message = f"{long_date(shown.date())} pukul {shown:%H.%M} {probes.office.zone}."
    own_offset, office_offset = probes.now.utcoffset(), shown.utcoffset()
    if trace is not None and trace > probes.today:
        yield Finding(
            Light.TROUBLE,
            subject,
            f"{message} Mundur: kantor ini sudah mencatat sampai {long_date(trace)}.",
            "Betulkan tanggal dan jam sebelum kios dibuka.",
        )
    elif trace is not None and probes.today - trace > LONG_AHEAD:
        yield Finding(
            Light.CARE,
            subject,
            f"{message} Catatan terakhir kantor ini {long_date(trace)}.",
            "Periksa tanggal dan tahunnya.",
        )
    elif own_offset != office_offset:
        yield Finding(
            Light.CARE,
            subject,
            f"{message} Zona waktu komputer ini bukan {probes.office.zone}.",
            "Samakan zona waktu di setelan komputer, lalu periksa jamnya.",
        )
    else:
        yield Finding(Light.GOOD, subject, message)


def room(probes: Probes) -> Iterator[Finding]:
    """Whether the disk has room."""
    message = f"Sisa {number(Fraction(probes.free_bytes, 1_000 * _MEGABYTE), 1)} GB."
    if probes.free_bytes < NO_ROOM:
        yield Finding(
            Light.TROUBLE, "Ruang cakram", message, "Kosongkan ruang sebelum kios dibuka."
        )
    elif probes.free_bytes < LITTLE_ROOM:
        yield Finding(Light.CARE, "Ruang cakram", message, "Kosongkan ruang di cakram ini.")
    else:
        yield Finding(Light.GOOD, "Ruang cakram", message)


def folder(probes: Probes) -> Iterator[Finding]:
    """Whether the database lies where its log can be trusted."""
    subject = "Folder kantor"
    if (part := synced_by(probes.folder)) is not None:
        yield Finding(
            Light.TROUBLE,
            subject,
            f"Ada di dalam «{part}», yang disalin program lain selagi basis data dipakai.",
            "Pindahkan ke folder biasa, misalnya C:\\skm, dan pakai «cadangan» untuk salinan.",
        )
    elif probes.network_share:
        yield Finding(
            Light.TROUBLE,
            subject,
            "Ada di folder jaringan, tempat basis data mudah rusak.",
            "Pindahkan ke cakram komputer ini.",
        )
    else:
        yield Finding(Light.GOOD, subject, f"Di cakram komputer ini: {probes.folder}")


def address(probes: Probes) -> Iterator[Finding]:
    """Whether tablets find this computer."""
    if probes.moved is not None:
        yield Finding(Light.TROUBLE, "Alamat", str(probes.moved))
    elif probes.address is not None:
        yield Finding(Light.GOOD, "Alamat", f"Tablet mencari {probes.address}, dan benar di sini.")


def key(probes: Probes) -> Iterator[Finding]:
    """Whether the key that signs sessions is for its owner alone."""
    if probes.key_readable_by_others:
        yield Finding(
            Light.CARE,
            "Kunci rahasia",
            "Dapat dibaca pengguna lain di komputer ini.",
            "Batasi izinnya untuk pemilik saja: chmod 600 secret.key",
        )
    elif probes.key_readable_by_others is False:
        yield Finding(Light.GOOD, "Kunci rahasia", "Hanya dapat dibaca pemiliknya.")
