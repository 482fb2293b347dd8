"""The command line ``lkip``: it parses, calls what does the work, and prints."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from skm.cli.command import Command, Group, instance_option, run


class Formats(click.ParamType[tuple[str, ...]]):
    """Formats with commas between them."""

    name = "format"

    @property
    def choices(self) -> tuple[str, ...]:
        """The formats there are."""
        from lkip.build import FORMATS

        return FORMATS

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats that are named, or wrong use."""
        named = tuple(part.strip().lower() for part in value.split(","))
        if not set(named) <= set(self.choices):
            self.fail(value, param, ctx)
        return named


@click.command(cls=Command)
@click.argument("year", type=click.IntRange(1990, 2100), metavar="TAHUN")
@click.option(
    "--format",
    "formats",
    type=Formats(),
    metavar="FORMAT",
    help="Format berkas, dipisah koma; tanpa opsi ini: docx, pdf, dan html.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder hasil; tanpa opsi ini: reports/TAHUN di folder kantor.",
)
@instance_option
def build(
    year: int, formats: tuple[str, ...] | None, out: Path | None, folder: Path | None
) -> None:
    """Susun Laporan Kinerja sebuah tahun dari rencananya."""
    from lkip import build as building
    from skm.instance import open_instance

    office = open_instance(folder)
    built = building.build(office, year, formats=formats or building.FORMATS, folder=out)
    for remark in built.remarks:
        click.echo(f"Perhatian: {remark}", err=True)
    for file in built.files:
        click.echo(str(file))


lkip = Group(
    "lkip",
    {
        "init": "lkip.init_command:init",
        "build": build,
        "check": "lkip.check_command:check",
        "read-back": "lkip.read_back_command:read_back",
    },
    help="Laporan Kinerja Instansi Pemerintah: dari rencana dan indeks sampai laporan siap cetak.",
)


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run(lkip))
