"""Commands that make an office and let it be reached."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from skm.cli.command import Command, Group, instance_option


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--new", is_flag=True, help="Kantor kosong dengan formulir yang berlaku.")
def init(folder: Path, new: bool) -> None:
    """Buat folder kantor dari kantor contoh."""
    from skm import instance

    made = instance.init(folder, new=new)
    click.echo(f"Folder kantor dibuat: {made.root}")
    click.echo(f"Sesuaikan {made.root / 'office.toml'}, lalu: skm serve --instance {made.root}")


@click.command(cls=Command)
@instance_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat yang didengar.")
@click.option("--port", type=int, default=8000, show_default=True, help="Nomor port.")
@click.option("--lan", is_flag=True, help="Terima tablet dan ponsel di jaringan kantor.")
def serve(folder: Path | None, host: str, port: int, lan: bool) -> None:
    """Jalankan kios, halaman petugas, dan halaman publik."""
    from skm import instance
    from skm.plugins import installed_plugins
    from skm.web import server

    server.serve(
        instance.open_instance(folder),
        host="0.0.0.0" if lan else host,
        port=port,
        plugins=installed_plugins(),
        say=click.echo,
        draw=click.echo if _can_draw() else None,
    )


def _can_draw() -> bool:
    """Whether the terminal has the squares of a QR code."""
    try:
        "█▀▄".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


@click.command(cls=Command)
@click.argument("form_id", required=False, metavar="[ID]")
@instance_option
def forms(form_id: str | None, folder: Path | None) -> None:
    """Tampilkan formulir yang ada, atau isi satu formulir."""
    from skm import form, instance

    own = instance.locate(folder) / "forms"
    if form_id is None:
        for known in form.all_forms(own):
            click.echo(f"{known.id:24} {len(known.counted_elements):2} unsur  {known.title}")
        return
    chosen = form.find_form(form_id, own)
    click.echo(f"{chosen.title} ({chosen.regulation.number})")
    for element in chosen.elements:
        click.echo(f"\n{element.code}: {element.name}")
        for question in element.questions:
            click.echo(f"  {question.text}")
            click.echo("  " + " / ".join(question.labels))


@click.command("add", cls=Command)
@click.argument("name")
@instance_option
def tablet_add(name: str, folder: Path | None) -> None:
    """Daftarkan tablet; kuncinya dicetak sendirian di baris terakhir."""
    from skm import instance
    from skm.store import open_store, tablets

    with open_store(instance.open_instance(folder)) as store:
        token = tablets.add(store, name)
    click.echo(f"Tablet «{name}» terdaftar. Simpan kunci ini, tidak dapat ditampilkan lagi:")
    click.echo(token)


@click.command("list", cls=Command)
@instance_option
def tablet_list(folder: Path | None) -> None:
    """Tampilkan tablet yang terdaftar."""
    from skm import instance
    from skm.store import open_store, tablets

    with open_store(instance.open_instance(folder)) as store:
        for tablet in tablets.all_tablets(store):
            state = "dicabut" if tablet.revoked else "aktif"
            click.echo(f"{tablet.name:24} {state:8} kontak terakhir: {tablet.last_seen or '-'}")


@click.command("revoke", cls=Command)
@click.argument("name")
@instance_option
def tablet_revoke(name: str, folder: Path | None) -> None:
    """Cabut kunci sebuah tablet."""
    from skm import instance
    from skm.store import open_store, tablets

    with open_store(instance.open_instance(folder)) as store:
        tablets.revoke(store, name)
    click.echo(f"Kunci tablet «{name}» dicabut.")


tablet = Group(
    "tablet",
    {"add": tablet_add, "list": tablet_list, "revoke": tablet_revoke},
    help="Daftarkan, tampilkan, atau cabut tablet loket.",
)
