"""``skm export`` and ``skm served``: a period written out, and how many people it served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skm.cli.command import Command, Group, instance_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skm.store.served import Served


@click.command(cls=Command)
@click.option(
    "--period", required=True, metavar="PERIODE", help="2026-10, 2026-TW3, 2026-S1, 2026."
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["xlsx", "csv", "json", "parquet"]),
    default="xlsx",
    show_default=True,
    help="Jenis berkas.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Berkas hasil; tanpa ini di folder reports kantor.",
)
@click.option("--form", "form_id", metavar="ID", help="Formulir, bila periode berisi beberapa.")
@instance_option
def export(
    period: str, file_format: str, out: Path | None, form_id: str | None, folder: Path | None
) -> None:
    """Tulis hasil satu periode sebagai buku kerja, CSV, JSON, atau Parquet."""
    from datetime import datetime

    from skm import instance
    from skm.export.month_files import export_month
    from skm.period import Period

    opened = instance.open_instance(folder)
    today = datetime.now(opened.office.timezone).date()
    written = export_month(
        opened, Period.parse(period), today, format=file_format, out=out, form_id=form_id
    )
    click.echo(f"Ditulis: {written}")


class _ServedGroup(Group):
    """``skm served PERIODE LAYANAN JUMLAH`` is ``set`` without its name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = (*self.list_commands(ctx), *ctx.help_option_names)
        if args and args[0] not in named:
            args = ["set", *args]
        return super().parse_args(ctx, args)


@click.command("set", cls=Command)
@click.argument("period", metavar="PERIODE")
@click.argument("service", metavar="LAYANAN")
@click.argument("n", metavar="JUMLAH")
@instance_option
def served_set(period: str, service: str, n: str, folder: Path | None) -> None:
    """Catat satu bulan dan layanan (kata «set» boleh dihilangkan)."""
    from skm.errors import refuse
    from skm.period import Period
    from skm.store.served import Served

    if not n.isdecimal():
        raise refuse(
            "Jumlah terlayani bukan bilangan bulat",
            found=n,
            expected="tanpa titik dan koma, misalnya 1200",
        )
    _keep(folder, [Served(Period.parse(period), service, int(n))])


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="BERKAS")
@instance_option
def served_import(file: Path, folder: Path | None) -> None:
    """Catat dari CSV atau XLSX dengan kolom bulan, layanan, jumlah."""
    from skm import instance
    from skm.store.served_file import read_served

    _keep(folder, read_served(file, instance.open_instance(folder).office))


served = _ServedGroup(
    "served",
    {"set": served_set, "import": served_import},
    help="Catat jumlah orang yang dilayani: skm served PERIODE LAYANAN JUMLAH.",
)


def _keep(folder: Path | None, entries: Sequence[Served]) -> None:
    """Store the figures, and say for each month what the sample of it needs."""
    from skm import instance
    from skm.numerals import number
    from skm.regulation import regulation_in_force
    from skm.store import open_store
    from skm.store.served import population, set_served
    from skm.uncertainty import needed_sample

    opened = instance.open_instance(folder)
    with open_store(opened) as store:
        set_served(store, opened.office, entries)
        for month in sorted({entry.month for entry in entries}):
            people = population(store, month) or 0
            needed = needed_sample(people, regulation_in_force().sample)
            click.echo(
                f"{month.label}: {number(people)} orang dilayani, "
                f"sampel yang dibutuhkan {number(needed)}."
            )
