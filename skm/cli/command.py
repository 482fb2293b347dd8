"""Click in Indonesian: lazy groups, help headings, and errors as one line and what to do."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from skm.errors import SkmError

WRONG_USE = 2
TRACE = "SKM_TRACE"
"""Environment variable that lets a developer see where an unexpected error came from."""


_HELP_WORDS = {
    "[default: ": "[bawaan: ",
    "[required]": "[wajib]",
    "[required; ": "[wajib; ",
    " INTEGER": " ANGKA",
    " TEXT": " TEKS",
    " PATH": " BERKAS",
}


class _UnknownCommand(click.UsageError):
    """Told in Indonesian already."""


class Command(click.Command):
    """A command whose help speaks Indonesian."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


class Group(click.Group):
    """A group that imports the module of a command only when it is called for."""

    command_class = Command

    def __init__(
        self, name: str | None = None, commands: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(name, **kwargs)
        self._sources: dict[str, str] = {}
        for key, source in (commands or {}).items():
            if isinstance(source, str):
                self._sources[key] = source
            else:
                self.add_command(source, key)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._sources, *(name for name in self.commands if name not in self._sources)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._sources and cmd_name not in self.commands:
            module, _, attribute = self._sources[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), attribute), cmd_name)
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" Mungkin maksudnya «{near[0]}»." if near else ""
            raise _UnknownCommand(f"Perintah «{args[0]}» tidak dikenal.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(90)) for name, command in commands if command]
        if rows:
            with formatter.section("Perintah"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


def instance_option(function: Any) -> Any:
    """``--instance DIR`` of every command that needs an office."""
    return click.option(
        "--instance",
        "folder",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Folder kantor; tanpa opsi ini: SKM_INSTANCE, lalu ./instance.",
    )(function)


def run(command: click.Command) -> int:
    """Run a command line; every refusal is told in Indonesian, no traceback reaches a user.

    Returns:
        The exit status: 2 for wrong use or refused input.
    """
    try:
        status = command.main(standalone_mode=False)
        return status if isinstance(status, int) else 0
    except SkmError as error:
        click.echo(f"Kesalahan: {error}", err=True)
        return error.exit_status
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else command.name
        click.echo(f"Kesalahan: {_said(error)} Lihat «{path} --help».", err=True)
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Dihentikan.", err=True)
        return 1
    except BrokenPipeError:
        return 0
    except Exception as error:
        if os.environ.get(TRACE):
            raise
        click.echo(
            f"Kesalahan tak terduga: {type(error).__name__}: {error}. "
            f"Mohon laporkan; rinciannya muncul bila {TRACE}=1.",
            err=True,
        )
        return 1


def _said(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"Opsi {error.option_name} tidak dikenal."
        case click.MissingParameter():
            return f"{_name(error.param)} belum diisi."
        case click.BadParameter():
            choices = getattr(error.param and error.param.type, "choices", None)
            allowed = f" Pilihannya: {', '.join(map(str, choices))}." if choices else ""
            return f"Nilai {_name(error.param)} tidak dapat dipakai.{allowed}"
        case click.BadOptionUsage():
            return f"Opsi {error.option_name} tidak lengkap."
        case _UnknownCommand():
            return error.message
        case _:
            return "Perintah tidak ditulis dengan benar."


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return (parameter.human_readable_name if parameter else "") or "Argumen"


def _write_usage(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", "[OPSI]").replace("COMMAND [ARGS]", "PERINTAH [ARGUMEN]")
    formatter.write_usage(ctx.command_path, pieces, prefix="Pemakaian: ")


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [option.get_help_record(ctx) for option in options]
    rows = [(_translated(names), _translated(text)) for names, text in filter(None, records)]
    if rows:
        with formatter.section("Opsi"):
            formatter.write_dl(rows)


def _translated(text: str) -> str:
    for english, indonesian in _HELP_WORDS.items():
        text = text.replace(english, indonesian)
    return text


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Tampilkan bantuan ini."
    return option
