"""``skm doctor``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from skm.cli.command import Command, instance_option


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Satu dokumen JSON.")
@instance_option
def doctor(folder: Path | None, as_json: bool) -> int:
    """Periksa kesehatan pemasangan: basis data, cadangan, tablet, jam, dan cakram."""
    from skm.doctor import Light, findings, worst
    from skm.doctor.lookup import probe
    from skm.instance import open_instance

    found = findings(probe(open_instance(folder)))
    light = worst(found)
    if as_json:
        lines = [
            {"light": each.light.word, "subject": each.subject,
             "message": each.message, "todo": each.todo}
            for each in found
        ]  # fmt: skip
        click.echo(json.dumps({"light": light.word, "findings": lines}, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{each.light.word:9}  {each.subject}: {each.message}")
            if each.todo:
                click.echo(f"{'':9}  -> {each.todo}")
    return 1 if light is Light.TROUBLE else 0
