"""The command ``lkip init``: a plan for a new year, and what is to be filled into it."""

from __future__ import annotations

from pathlib import Path

import click

from skm.cli.command import Command, instance_option


@click.command(cls=Command)
@click.argument("year", type=click.IntRange(1990, 2100), metavar="TAHUN")
@instance_option
def init(year: int, folder: Path | None) -> None:
    """Buat rencana sebuah tahun dari rencana tahun sebelumnya."""
    from lkip.new_year import new_year
    from skm.instance import open_instance

    made = new_year(open_instance(folder), year)
    click.echo(f"{made.file}\ndibuat dari {made.source}. Yang perlu diisi:")
    for line in made.to_fill:
        click.echo(f"- {line}")
