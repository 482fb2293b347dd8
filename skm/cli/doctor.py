"""``skm doctor``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from skm.cli.command import Command, instance_option


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Satu dokumen JSON.")
@click.option(
    "--torture",
    "surveys",
    type=click.IntRange(min=1),
    metavar="N",
    help="Uji ketahanan: N survei simulasi di kantor buangan, dengan segala gangguan.",
)
@click.option("--seed", type=int, metavar="ANGKA", help="Ulangi gangguan uji dengan benih ini.")
@instance_option
def doctor(folder: Path | None, as_json: bool, surveys: int | None, seed: int | None) -> int:
    """Periksa kesehatan pemasangan: basis data, cadangan, tablet, jam, dan cakram."""
    if surveys is not None:
        return _torture(folder, surveys, seed, as_json)
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


def _torture(folder: Path | None, surveys: int, seed: int | None, as_json: bool) -> int:
    """On the disk of the office, where there is one; its own data are not touched."""
    from skm import torture
    from skm.instance import locate

    root = locate(folder)
    with click.progressbar(
        length=surveys, label="Survei", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        said: list[str] = []
        verdict = torture.run(
            surveys,
            seed,
            said.append,
            lambda finished, of: bar.update(1),
            where=root if (root / "office.toml").is_file() else None,
        )
    if as_json:
        click.echo(json.dumps(verdict.document(), ensure_ascii=False))
    else:
        click.echo("\n".join(said))
    return 0 if verdict.passed else 1
