"""Typed reading of a TOML file that a person wrote: every fault is named in one pass."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from skm.errors import Fault, SkmError, refuse

T = TypeVar("T")
_REQUIRED = object()


def read_toml(file: Path) -> dict[str, object]:
    """The tables of a file, decimals exact.

    Raises:
        SkmError: not readable, not UTF-8, or not TOML (with the line).
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise refuse("Berkas tidak dapat dibaca", file=file, found=error.strerror) from error
    except UnicodeDecodeError as error:
        raise refuse(
            "Berkas bukan UTF-8", file=file, todo="Simpan ulang sebagai UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise refuse(
            "Bukan berkas TOML yang benar", file=file, found=str(error), todo="Perbaiki penulisan."
        ) from error


class Keys:
    """Takes typed keys out of a table; what is wrong or left over is remembered as a fault.

    Each ``take`` method returns the value, or a harmless one of the same type after a fault,
    so that reading goes on and all faults of a file are told together by ``finish``.
    """

    def __init__(
        self,
        file: Path,
        table: dict[str, object],
        path: str = "",
        faults: list[Fault] | None = None,
    ) -> None:
        self.file = file
        self.path = path
        self.faults: list[Fault] = [] if faults is None else faults
        self._left = dict(table)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; one without default must not be empty."""
        value = self._take(key, default)
        if isinstance(value, str) and (default is not None or value.strip()):
            return value
        return self._wrong(key, value, "teks", "")

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of the allowed texts."""
        value = self._take(key, default)
        if value in allowed:
            return str(value)
        return self._wrong(key, value, " / ".join(allowed), allowed[0])

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._take(key, default)
        return value if isinstance(value, bool) else self._wrong(key, value, "true / false", False)

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self._take(key, default)
        if type(value) is int and low <= value <= high:
            return value
        return self._wrong(key, value, f"bilangan {low} sampai {high}", low)

    def integers(self, key: str, low: int, high: int, default: Sequence[int]) -> tuple[int, ...]:
        """A list of whole numbers."""
        return self._list(
            key,
            default,
            lambda value: type(value) is int and low <= value <= high,
            f"daftar bilangan {low} sampai {high}",
        )

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        return self._list(key, default, lambda value: isinstance(value, str), "daftar teks")

    def dates(self, key: str, default: Sequence[date]) -> tuple[date, ...]:
        """A list of dates."""
        return self._list(
            key,
            default,
            lambda value: type(value) is date,
            "daftar tanggal, misalnya [2026-08-17]",
        )

    def tables(self, key: str) -> list[Keys]:
        """The tables of an array ``[[key]]``, none where it is absent."""
        value = self._take(key, [])
        if isinstance(value, list) and all(isinstance(table, dict) for table in value):
            return [
                Keys(self.file, table, f"{self.path}{key}[{position}].", self.faults)
                for position, table in enumerate(value)
            ]
        return self._wrong(key, value, f"tabel [[{key}]]", [])

    def wrong(self, key: str, found: object, expected: str, todo: str | None = None) -> None:
        """Remember a fault that only the caller can see."""
        self.faults.append(
            Fault(
                "Isi kunci tidak dapat dipakai",
                self.file,
                field=self.path + key,
                found=found,
                expected=expected,
                todo=todo,
            )
        )

    def finish(self) -> None:
        """Every key that is left is unknown."""
        self.faults += [
            Fault(
                "Kunci tidak dikenal",
                self.file,
                field=self.path + key,
                todo="Hapus atau betulkan ejaannya.",
            )
            for key in self._left
        ]

    def raise_faults(self) -> None:
        """Refuse the file if anything was wrong.

        Raises:
            SkmError: all faults found.
        """
        if self.faults:
            raise SkmError(*self.faults)

    def _take(self, key: str, default: object) -> object:
        return self._left.pop(key, _REQUIRED if default is None else default)

    def _list(
        self, key: str, default: Sequence[T] | None, fits: Callable[[object], bool], expected: str
    ) -> tuple[T, ...]:
        values = self._take(key, default)
        if isinstance(values, list | tuple) and all(fits(value) for value in values):
            return tuple(values)
        return self._wrong(key, values, expected, ())

    def _wrong(self, key: str, found: object, expected: str, instead: T) -> T:
        if found is _REQUIRED:
            self.faults.append(
                Fault("Kunci wajib tidak ada", self.file, field=self.path + key, expected=expected)
            )
        else:
            self.wrong(key, found, expected)
        return instead
