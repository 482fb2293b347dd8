"""What only the office can say of a survey: ``skm/laporan-<period>.toml`` of its folder.

Every key may be left out; the report then has a blank line there, to be filled in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skm.export.skm_report.outline import USUAL
from skm.instance import Instance, Office
from skm.period import Period
from skm.toml_file import Table, TomlFile


@dataclass(frozen=True)
class Decree:
    """The decision (SK) that names the team of the survey."""

    number: str
    date: date | None
    title: str | None


@dataclass(frozen=True)
class Step:
    """A step of the survey; ``workdays`` are those of the office, holidays left out."""

    name: str
    first: date
    last: date
    workdays: int


@dataclass(frozen=True)
class Forum:
    """The Forum Konsultasi Publik in which the follow-up was discussed."""

    date: date
    place: str | None
    attended: str | None


@dataclass(frozen=True)
class Action:
    """A line of the follow-up plan (RTL); ``element`` is a code of the form."""

    element: str
    activity: str
    when: str | None
    owner: str | None


@dataclass(frozen=True)
class Done:
    """What became of a line of the plan of the period before."""

    element: str
    activity: str
    finished: bool
    result: str | None


@dataclass(frozen=True)
class Particulars:
    """What the office says of a survey; what it does not say is None or empty.

    Attributes:
        number, dated, place: of the report.
        signed_by: the office held by who signs, such as Camat.
        team: who carried the survey out, a line each.
        method, location: in the office's own words.
        outline: name of the outline.
    """

    number: str | None = None
    dated: date | None = None
    place: str | None = None
    signed_by: str | None = None
    team: tuple[str, ...] = ()
    decree: Decree | None = None
    method: str | None = None
    location: str | None = None
    steps: tuple[Step, ...] = ()
    forum: Forum | None = None
    plan: tuple[Action, ...] = ()
    before: tuple[Done, ...] = ()
    documentation: tuple[str, ...] = ()
    outline: str = USUAL


def particulars_file(instance: Instance, period: Period) -> Path:
    """Where an office writes what it says of a period."""
    return instance.root / "skm" / f"laporan-{period}.toml"


def read_particulars(instance: Instance, period: Period) -> Particulars:
    """Read what the office says of a period; nothing where it has no file.

    Raises:
        SkmError: every fault of the file with its key.
    """
    file = particulars_file(instance, period)
    if not file.exists():
        return Particulars()
    document = TomlFile(file)
    root = document.root
    found = Particulars(
        number=root.optional_text("nomor"),
        dated=root.optional_day("tanggal"),
        place=root.optional_text("tempat"),
        signed_by=root.optional_text("penanda_tangan"),
        team=root.texts("pelaksana") if "pelaksana" in root else (),
        decree=_decree(root.optional_table("sk")),
        method=root.optional_text("metode"),
        location=root.optional_text("lokasi"),
        steps=tuple(_step(each, instance.office) for each in _tables(root, "jadwal")),
        forum=_forum(root.optional_table("fkp")),
        plan=tuple(map(_action, _tables(root, "rtl"))),
        before=tuple(map(_done, _tables(root, "tindak_lanjut"))),
        documentation=root.texts("dokumentasi") if "dokumentasi" in root else (),
        outline=root.optional_text("susunan") or USUAL,
    )
    document.refuse_faults()
    return found


def _tables(root: Table, key: str) -> tuple[Table, ...]:
    return root.tables(key) if key in root else ()


def _decree(table: Table | None) -> Decree | None:
    if table is None:
        return None
    return Decree(
        table.text("nomor"), table.optional_day("tanggal"), table.optional_text("tentang")
    )


def _forum(table: Table | None) -> Forum | None:
    if table is None:
        return None
    return Forum(
        table.day("tanggal"), table.optional_text("tempat"), table.optional_text("peserta")
    )


def _step(table: Table, office: Office) -> Step:
    name, first, last = table.text("kegiatan"), table.day("mulai"), table.day("selesai")
    if first > last:
        table.fault("selesai", "Selesai sebelum mulai", found=last, expected=f"{first} atau nanti")
        last = first
    return Step(name, first, last, office.workdays_in(first, last))


def _action(table: Table) -> Action:
    return Action(
        table.text("unsur"),
        table.text("kegiatan"),
        table.optional_text("waktu"),
        table.optional_text("penanggung_jawab"),
    )


def _done(table: Table) -> Done:
    return Done(
        table.text("unsur"),
        table.text("kegiatan"),
        table.flag("selesai", default=False),
        table.optional_text("keterangan"),
    )
