"""The plan file of a new year in an office's folder; one that is there is never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lkip.carry_forward import carried_forward
from lkip.plan import load_plan
from skm.errors import SkmError, refuse
from skm.instance import Instance


@dataclass(frozen=True)
class Made:
    """A new plan file, the file it was made from, and what is to be filled in."""

    file: Path
    source: Path
    to_fill: tuple[str, ...]


def new_year(instance: Instance, year: int) -> Made:
    """Write the plan of a year, made from the one of the year before.

    Raises:
        SkmError: the year has a plan already, there is none to begin from or it has faults,
            or the file cannot be written.
    """
    file, source = instance.plan(year), instance.plan(year - 1)
    if file.exists():
        raise _there_already(file)
    if not source.exists():
        raise refuse(
            f"Rencana tahun {year - 1} belum ada, jadi rencana {year} tidak dapat dibuat darinya",
            file=source,
            todo=_how_to_begin(file),
        )
    load_plan(source)
    made = carried_forward(source.read_text(encoding="utf-8-sig"), year)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(made.text)
    except FileExistsError:
        raise _there_already(file) from None
    except OSError as error:
        raise refuse("Rencana tidak dapat ditulis", file=file, found=error.strerror) from error
    return Made(file, source, made.to_fill)


def to_fill(instance: Instance, year: int) -> tuple[str, ...]:
    """What :func:`new_year` tells to fill in; nothing where no sound plan goes before."""
    source = instance.plan(year - 1)
    try:
        load_plan(source)
        return carried_forward(source.read_text(encoding="utf-8-sig"), year).to_fill
    except (SkmError, OSError):
        return ()


def _how_to_begin(file: Path) -> str:
    """What to do where the year before has no plan; an office's first plan has none before it."""
    if any(file.parent.glob("[0-9][0-9][0-9][0-9].toml")):
        return "Buat rencana tahun itu lebih dahulu."
    return (
        "Rencana pertama kantor disusun dari rencana contoh: pilih «Unduh rencana contoh» pada "
        f"halaman petugas «LKIP», lalu simpan sebagai {file}."
    )


def _there_already(file: Path) -> SkmError:
    return refuse(
        f"Rencana tahun {file.stem} sudah ada dan tidak ditimpa",
        file=file,
        todo="Pindahkan berkas itu lebih dahulu bila memang ingin memulai lagi.",
    )
