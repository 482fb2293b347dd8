"""The report of a year as files: the plan and its tables are read, everything is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from lkip.plan import load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm.document.blocks import Document
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
    file = instance.plan(year)
    if not file.exists():
        raise _no_plan(file)
    plan = load_plan(file)
    outcome = results(plan, realise(plan, instance))
    register = Register()
    document = build_report(outcome, instance.office, register, file)
    contents = {
        f"laporan-kinerja-{year}.{name}": _WRITERS[name](document)
        for name in FORMATS
        if name in formats
    }
    contents[f"register-{year}.json"] = register.to_json().encode()
    target = folder or instance.reports(year)
    return Built(
        _written(target, contents),
        tuple(
            f"{survey.file}: {notice}"
            for found in outcome.indicators
            if (survey := found.realised.survey)
            for notice in survey.table.notices
        ),
    )


def _no_plan(file: Path) -> SkmError:
    years = sorted(each.stem for each in file.parent.glob("[0-9][0-9][0-9][0-9].toml"))
    return refuse(
        f"Rencana tahun {file.stem} belum ada",
        file=file,
        expected=f"salah satu dari {', '.join(years)}" if years else None,
        todo="Salin rencana tahun sebelumnya ke berkas ini, lalu sesuaikan isinya.",
    )


def _docx(document: Document) -> bytes:
    from skm.document import docx, pdf

    return docx.write(document, pdf.page_labels(document))


def _pdf(document: Document) -> bytes:
    from skm.document import pdf

    return pdf.write(document)


def _html(document: Document) -> bytes:
    from skm.document import html

    return html.write(document).encode()


_WRITERS: Mapping[str, Callable[[Document], bytes]] = {"docx": _docx, "pdf": _pdf, "html": _html}


def _written(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files under other names first, so that a full disk leaves the old ones whole."""
    made: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            with NamedTemporaryFile(dir=folder, prefix=f".{name}.", delete=False) as temporary:
                made[folder / name] = Path(temporary.name)
                temporary.write(content)
                temporary.flush()
                os.fsync(temporary.fileno())
        for file, temporary_file in made.items():
            temporary_file.chmod(0o644)
            temporary_file.replace(file)
    except OSError as error:
        raise refuse(
            "Laporan tidak dapat ditulis",
            file=error.filename or folder,
            found=error.strerror,
            todo="Tutup laporan lama di program lain, dan periksa ruang serta izin foldernya.",
        ) from error
    finally:
        for temporary_file in made.values():
            with suppress(OSError):
                temporary_file.unlink(missing_ok=True)
    return tuple(made)
