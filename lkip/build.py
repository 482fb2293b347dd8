"""The report of a year as files: the plan and its tables are read, everything is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryDirectory

from lkip.plan import Plan, load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm.document.blocks import Document
from skm.document.provenance import without_marks
from skm.document.register import Register
from skm.errors import SkmError, refuse
from skm.instance import Instance

FORMATS = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Built:
    """What was written.

    Attributes:
        files: the reports and then the register.
        remarks: what the reader of a table noticed, to be looked at by the officer.
    """

    files: tuple[Path, ...]
    remarks: tuple[str, ...]


def build(
    instance: Instance,
    year: int,
    *,
    formats: Sequence[str] = FORMATS,
    folder: Path | None = None,
) -> Built:
    """Build the report of a year; all files are written, or none.

    Args:
        formats: of ``FORMATS``.
        folder: where the files go; without it ``reports/<year>`` of the office's folder.

    Raises:
        SkmError: the plan or a table has faults, lacks what the report needs, or a file cannot
            be written.
    """
    plan = plan_of(instance, year)
    outcome = results(plan, realise(plan, instance))
    register = Register(marking=True)
    document = build_report(outcome, instance.office, register, instance.plan(year))
    contents = {
        f"laporan-kinerja-{year}.{name}": _WRITERS[name](document, register)
        for name in FORMATS
        if name in formats
    }
    contents[f"register-{year}.json"] = register.to_json().encode()
    target = folder or instance.reports(year)
    return Built(_written(target, contents), outcome.notices)


def plan_of(instance: Instance, year: int) -> Plan:
    """The plan of a year.

    Raises:
        SkmError: there is none, or it has faults.
    """
    file = instance.plan(year)
    if not file.exists():
        raise _no_plan(file)
    return load_plan(file, of_ended_year=True)


def _no_plan(file: Path) -> SkmError:
    years = sorted(each.stem for each in file.parent.glob("[0-9][0-9][0-9][0-9].toml"))
    return refuse(
        f"Rencana tahun {file.stem} belum ada",
        file=file,
        expected=f"salah satu dari {', '.join(years)}" if years else None,
        todo=f"Buat dari rencana tahun sebelumnya dengan «lkip init {file.stem}».",
    )


def _docx(document: Document, _register: Register) -> bytes:
    from skm.document import docx, pdf

    printed = without_marks(document)
    return docx.write(printed, pdf.page_labels(printed))


def _pdf(document: Document, _register: Register) -> bytes:
    from skm.document import pdf

    return pdf.write(without_marks(document))


def _html(document: Document, register: Register) -> bytes:
    from skm.document import html

    return html.write(document, register).encode()


_WRITERS: Mapping[str, Callable[[Document, Register], bytes]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
}


def _written(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write all files or none: the old ones stay until every new one is on the disk."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".laporan-") as scratch:
            new, old = Path(scratch, "baru"), Path(scratch, "lama")
            new.mkdir()
            old.mkdir()
            for name, content in contents.items():
                with (new / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            _swapped(folder, new, old, tuple(contents))
    except OSError as error:
        raise refuse(
            "Laporan tidak dapat ditulis",
            file=error.filename or folder,
            found=error.strerror,
            todo="Tutup laporan lama di program lain, dan periksa ruang serta izin foldernya.",
        ) from error
    return tuple(folder / name for name in contents)


def _swapped(folder: Path, new: Path, old: Path, names: Sequence[str]) -> None:
    """Put the new files in the place of the old; what stands open elsewhere undoes it all."""
    try:
        for name in names:
            if (folder / name).is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(folder / name))
            if (folder / name).exists():
                (folder / name).replace(old / name)
        for name in names:
            (new / name).replace(folder / name)
    except OSError:
        for name in names:
            if (old / name).exists():
                (old / name).replace(folder / name)
        raise
