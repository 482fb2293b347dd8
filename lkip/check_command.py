"""The command ``lkip check``: it parses, calls the checks, and prints."""

from __future__ import annotations

import json
from pathlib import Path

import click

from skm.cli.command import Command, instance_option


@click.command(cls=Command)
@click.argument("year", type=click.IntRange(1990, 2100), metavar="TAHUN", required=False)
@click.option("--json", "as_json", is_flag=True, help="Cetak temuan sebagai JSON.")
@click.option("--list", "listing", is_flag=True, help="Cetak katalog pemeriksaan.")
@instance_option
@click.pass_context
def check(
    context: click.Context,
    year: int | None,
    as_json: bool,
    listing: bool,
    folder: Path | None,
) -> int:
    """Periksa rencana sebuah tahun: setiap angka terhadap angka lain."""
    from lkip import check_text

    if listing:
        from lkip.checks import PLAN

        for line in check_text.catalogue_text("RENCANA", PLAN.checks):
            click.echo(line)
        return 0
    if year is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    from lkip.checking import check_year
    from skm.instance import open_instance

    review = check_year(open_instance(folder), year)
    if as_json:
        found = [finding.to_json() for finding in review.findings]
        document = {"year": year, "findings": found}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for line in check_text.findings_text(review.findings):
            click.echo(line)
    return 1 if review.failed else 0
