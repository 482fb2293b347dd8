"""``skm user``: who may log in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from skm.cli.command import Command, Group, instance_option

_password_option = click.option(
    "--password-stdin", is_flag=True, help="Baca kata sandi dari masukan baku, satu baris."
)


@click.command("add", cls=Command)
@click.argument("name", metavar="NAMA")
@click.option(
    "--role",
    type=click.Choice(["petugas", "perencana", "admin"]),
    default="petugas",
    show_default=True,
    help="Peran.",
)
@_password_option
@instance_option
def user_add(name: str, role: str, password_stdin: bool, folder: Path | None) -> None:
    """Tambah pengguna; kata sandi ditanyakan dua kali."""
    from skm import instance
    from skm.store import officers, open_store

    opened = instance.open_instance(folder)
    password = _password(password_stdin)
    with open_store(opened) as store:
        made = officers.add(store, name, role, password)
    click.echo(f"Pengguna «{made.name}» ditambahkan sebagai {made.role}.")


@click.command("list", cls=Command)
@instance_option
def user_list(folder: Path | None) -> None:
    """Tampilkan pengguna."""
    from skm import instance
    from skm.store import officers, open_store

    with open_store(instance.open_instance(folder)) as store:
        for user in officers.all_officers(store):
            state = f"dihapus {user.disabled}" if user.disabled else f"sejak {user.added}"
            click.echo(f"{user.name:32} {user.role:10} {state}")


@click.command("remove", cls=Command)
@click.argument("name", metavar="NAMA")
@instance_option
def user_remove(name: str, folder: Path | None) -> None:
    """Hapus pengguna; sesinya berakhir, pekerjaannya tetap ada."""
    from skm import instance
    from skm.store import officers, open_store

    with open_store(instance.open_instance(folder)) as store:
        officers.remove(store, name)
    click.echo(f"Pengguna «{officers.tidy_name(name)}» dihapus.")


@click.command("password", cls=Command)
@click.argument("name", metavar="NAMA")
@_password_option
@instance_option
def user_password(name: str, password_stdin: bool, folder: Path | None) -> None:
    """Ganti kata sandi pengguna; sesinya berakhir."""
    from skm import instance
    from skm.store import officers, open_store

    opened = instance.open_instance(folder)
    password = _password(password_stdin)
    with open_store(opened) as store:
        changed = officers.set_password(store, name, password)
    click.echo(f"Kata sandi «{changed.name}» diganti.")


user = Group(
    "user",
    {"add": user_add, "list": user_list, "remove": user_remove, "password": user_password},
    help="Tambah, tampilkan, hapus pengguna, atau ganti kata sandinya.",
)


def _password(from_stdin: bool) -> str:
    """A password that stands on no command line and on no screen."""
    from skm.errors import refuse

    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Kata sandi", hide_input=True, prompt_suffix=": ")
    again: str = click.prompt("Ulangi kata sandi", hide_input=True, prompt_suffix=": ")
    if password != again:
        raise refuse("Kedua kata sandi tidak sama", todo="Ulangi perintahnya.")
    return password
