"""``skm import``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skm.cli.command import Command, instance_option

if TYPE_CHECKING:
    from skm.store.intake import Delivery


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="BERKAS")
@instance_option
@click.option("--form", "form_id", metavar="ID", help="Formulir; tanpa ini dikenali dari berkas.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Peta kolom; --dry-run menulisnya bila belum ada.",
)
@click.option(
    "--date",
    "stated",
    metavar="TANGGAL",
    help="Hari layanan untuk baris tanpa tanggal: 2026-10-05, atau bulan 2026-10.",
)
@click.option("--dry-run", is_flag=True, help="Tunjukkan apa yang akan diambil, tanpa menyimpan.")
@click.option("--json", "as_json", is_flag=True, help="Satu dokumen JSON.")
def import_(
    file: Path,
    folder: Path | None,
    form_id: str | None,
    map_file: Path | None,
    stated: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Ambil jawaban dari formulir kertas, Google Forms, sistem lama, atau antrean tablet."""
    from skm.import_file import ImportRequest, import_file, preview_file
    from skm.instance import open_instance
    from skm.queue_file import import_queue, is_queue_file

    office = open_instance(folder)
    if is_queue_file(file):
        lines, document = import_queue(office, file, _watched, dry_run=dry_run)
    else:
        request = ImportRequest.of(office, file, form_id, map_file, stated)
        if dry_run:
            lines, document = preview_file(office, request)
        else:
            lines, document = import_file(office, request, _watched)
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else "\n".join(lines))


def _watched(deliveries: Iterable[Delivery], count: int) -> Iterator[Delivery]:
    """A progress bar on a terminal, and only there."""
    with click.progressbar(
        deliveries,
        length=count,
        label="Menyimpan",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        yield from bar
