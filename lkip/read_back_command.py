"""The command ``lkip read-back``: it shows what was changed in Word, asks, and writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skm.cli.command import Command, instance_option

if TYPE_CHECKING:
    from lkip.read_back import Change, ReadBack


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="BERKAS.docx")
@click.option(
    "--year",
    type=click.IntRange(1990, 2100),
    metavar="TAHUN",
    help="Tahun laporannya; tanpa opsi ini dibaca dari judul atau nama berkas.",
)
@click.option("--accept", is_flag=True, help="Terima semua perubahan naskah tanpa ditanya.")
@instance_option
def read_back(file: Path, year: int | None, accept: bool, folder: Path | None) -> int:
    """Baca kembali laporan DOCX yang disunting, dan simpan perubahan naskahnya di rencana."""
    from lkip import edited_report
    from skm.instance import open_instance

    office = open_instance(folder)
    year, found = edited_report.compared(office, file, year)
    accepted = [each for each in found.changes if _is_accepted(each, accept)]
    _print_rest(found)
    if accepted:
        edited_report.accept(office, year, accepted)
        click.echo(f"{len(accepted)} naskah disimpan di {office.plan(year)}, bagian [narrative].")
    elif found.changes:
        click.echo("Belum ada yang disimpan; pakai --accept untuk menerima perubahan di atas.")
    elif not (found.refusals or found.unplaced or found.removed):
        click.echo("Tidak ada yang berubah.")
    return 1 if found.refusals else 0


def _is_accepted(change: Change, accept: bool) -> bool:
    click.echo(f"Naskah {change.key}")
    click.echo(f"  {marked(change.before, change.after)}")
    if change.places > 1:
        click.echo(f"  Naskah ini dipakai di {change.places} tempat; semuanya ikut berubah.")
    if accept or not sys.stdin.isatty():
        return accept
    return click.confirm("  Terima?", default=False)


def _print_rest(found: ReadBack) -> None:
    for refusal in found.refusals:
        click.echo(f"Ditolak: {refusal.place}\n  {marked(refusal.before, refusal.after)}")
        click.echo(f"  {refusal.reason}")
    for text in found.unplaced:
        click.echo(f"Tidak ditempatkan (paragraf baru): {text}")
    for text in found.removed:
        click.echo(f"Tidak ditempatkan (paragraf dihapus): {text}")


def marked(before: str, after: str) -> str:
    """Two texts as one, what was taken out and put in between brackets.

    >>> marked("Capaian sangat baik.", "Capaian baik sekali.")
    'Capaian [-sangat baik.-] {+baik sekali.+}'
    """
    from lkip.difference import Kind, difference

    marks = {Kind.KEPT: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return " ".join(marks[piece.kind].format(piece.text) for piece in difference(before, after))
