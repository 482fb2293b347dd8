"""The command ``lkip check``: it parses, calls the checks, and prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skm.cli.command import Command, instance_option

if TYPE_CHECKING:
    from lkip.findings import Finding


@click.command(cls=Command)
@click.argument("year", type=click.IntRange(1990, 2100), metavar="TAHUN", required=False)
@click.option(
    "--document",
    "documents",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    multiple=True,
    help="Laporan yang sudah jadi (DOCX, PDF, XLSX, Markdown, teks); boleh beberapa kali.",
)
@click.option(
    "--format",
    "formats",
    metavar="FORMAT",
    help="Tulis juga lembar tinjauan: html, docx, atau keduanya dipisah koma.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder lembar tinjauan; tanpa opsi ini: reports/TAHUN di folder kantor.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak temuan sebagai JSON.")
@click.option("--list", "listing", is_flag=True, help="Cetak katalog pemeriksaan.")
@instance_option
@click.pass_context
def check(
    context: click.Context,
    year: int | None,
    documents: tuple[Path, ...],
    formats: str | None,
    out: Path | None,
    as_json: bool,
    listing: bool,
    folder: Path | None,
) -> int:
    """Periksa setiap angka dengan angka lain: dalam rencana, atau dalam laporan yang jadi."""
    if listing:
        _print_catalogue()
        return 0
    if year is None and not documents:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    wanted = _formats(context, formats)
    if documents:
        return _check_documents(documents, wanted, out or Path(), as_json)
    return _check_plan(year or 0, folder, wanted, out, as_json)


def _check_documents(
    documents: tuple[Path, ...], formats: tuple[str, ...], out: Path, as_json: bool
) -> int:
    from lkip.checking import check_report

    with _progress() as progress:
        found = check_report(documents, progress)
    _print(found.claims.year, found.findings, as_json)
    if formats:
        from lkip.review import write_review
        from lkip.reviewed import reviewed_report

        reviewed = reviewed_report(found, [file.name for file in documents])
        _tell(write_review(reviewed.sheet(), reviewed.name, formats, out))
    return 1 if found.failed else 0


def _check_plan(
    year: int, folder: Path | None, formats: tuple[str, ...], out: Path | None, as_json: bool
) -> int:
    from lkip.checking import check_year
    from skm.instance import open_instance

    office = open_instance(folder)
    found = check_year(office, year)
    _print(year, found.findings, as_json)
    if formats:
        from lkip.review import write_review
        from lkip.reviewed import reviewed_plan

        reviewed = reviewed_plan(found, office.office.name)
        target = out or office.reports(year)
        _tell(write_review(reviewed.sheet(), reviewed.name, formats, target))
    return 1 if found.failed else 0


def _formats(context: click.Context, text: str | None) -> tuple[str, ...]:
    from lkip.review import FORMATS

    named = tuple(part.strip().lower() for part in text.split(",")) if text else ()
    if not set(named) <= set(FORMATS):
        option = next(one for one in context.command.params if one.name == "formats")
        raise click.BadParameter(text or "", ctx=context, param=option)
    return named


def _tell(files: tuple[Path, ...]) -> None:
    """Where the sheets lie; on standard error, so that JSON stays alone."""
    for file in files:
        click.echo(str(file), err=True)


def _print(year: int | None, findings: tuple[Finding, ...], as_json: bool) -> None:
    from lkip import check_text

    if as_json:
        document = {"year": year, "findings": [finding.to_json() for finding in findings]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for line in check_text.findings_text(findings):
        click.echo(line)


def _print_catalogue() -> None:
    from lkip.check_text import catalogue_text
    from lkip.checks import PLAN, REPORT

    for line in catalogue_text("RENCANA (lkip check TAHUN)", PLAN.checks):
        click.echo(line)
    click.echo()
    for line in catalogue_text("LAPORAN JADI (lkip check --document BERKAS)", REPORT.checks):
        click.echo(line)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Pages as they are read, on a terminal alone."""
    shown = sys.stderr.isatty()

    def tell(page: int, pages: int) -> None:
        if shown:
            click.echo(f"\rMembaca halaman {page} dari {pages}", nl=page == pages, err=True)

    yield tell
