"""``skm questionnaire``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skm.cli.command import Command, instance_option

if TYPE_CHECKING:
    from skm.instance import Instance


@click.command(cls=Command)
@click.option("--form", "form_id", metavar="ID", help="Formulir; tanpa ini: yang dipakai kantor.")
@click.option(
    "--language", default="id", show_default=True, metavar="KODE", help="Bahasa cetakan."
)
@click.option(
    "--address",
    metavar="URL",
    help="Alamat halaman ponsel untuk kode QR; tanpa ini alamat yang terakhir dicapai tablet.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Berkas hasil; tanpa ini di folder reports kantor.",
)
@instance_option
def questionnaire(
    form_id: str | None,
    language: str,
    address: str | None,
    out: Path | None,
    folder: Path | None,
) -> None:
    """Cetak formulir kertas yang sama dengan kios, siap digandakan."""
    from datetime import datetime

    from skm.export.output import finished
    from skm.export.questionnaire import Paper, write_questionnaire
    from skm.form import find_form
    from skm.instance import open_instance
    from skm.language import load_language, translated

    opened = open_instance(folder)
    office, own = opened.office, opened.own_forms
    words = load_language(language, own)
    form = translated(find_form(form_id or office.form, own), words, own)
    code = _survey_address(opened, address) if office.own_phone else None
    paper = Paper(office, form, words, code)
    made = write_questionnaire(paper, datetime.now(office.timezone).date())
    suffix = "" if language == "id" else f"-{language}"
    target = out or opened.root / "reports" / f"kuesioner-{form.id}{suffix}.pdf"
    with finished(target) as file:
        file.write_bytes(made)
    click.echo(f"Ditulis: {target}")
    if office.own_phone and code is None:
        click.echo(
            "Tanpa kode QR, karena alamat komputer ini di jaringan belum dikenal: pasangkan "
            "tablet lebih dulu, atau beri --address http://ALAMAT:8000/isi.",
            err=True,
        )


def _survey_address(instance: Instance, given: str | None) -> str | None:
    """Where a phone finds the survey: as given, else where a tablet found this computer."""
    from skm.store import open_store
    from skm.store.remembered import ADDRESS, recall

    if given or not instance.database.is_file():
        return given
    with open_store(instance) as store:
        known = recall(store, ADDRESS)
    return f"http://{known}/isi" if known else None
