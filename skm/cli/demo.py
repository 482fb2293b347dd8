"""``skm demo``."""

from __future__ import annotations

from pathlib import Path

import click

from skm.cli.command import Command


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("skm-demo"))
@click.option("--port", type=int, default=8000, show_default=True, help="Nomor port.")
@click.option("--no-serve", is_flag=True, help="Hanya buat foldernya, jangan jalankan peladen.")
@click.option("--until", metavar="YYYY-MM", help="Bulan simulasi terakhir; tanpa ini: bulan lalu.")
def demo(folder: Path, port: int, no_serve: bool, until: str | None) -> None:
    """Buat kantor contoh dengan setahun simulasi dan laporan 2020, lalu jalankan."""
    from datetime import date

    from skm import demo as demonstration
    from skm.period import Period
    from skm.plugins import installed_plugins

    last = Period.parse(until) if until else demonstration.last_full_month(date.today())
    plugins = installed_plugins()
    office = demonstration.prepare(folder, last, plugins, click.echo)
    name, password = demonstration.ready_account(office)
    click.echo(f"Masuk sebagai petugas: nama «{name}», kata sandi «{password}».")
    if no_serve:
        return
    from skm.web import server

    server.serve(office, host="127.0.0.1", port=port, plugins=plugins, say=click.echo)
