"""A TOML file read key by key, so that all its faults can be told at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, TypeVar

from skm.errors import Fault, SkmError, refuse
from skm.numerals import read_number

T = TypeVar("T")

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_MOST_DIGITS = 15  # a figure with a larger exponent is a slip, and would make exact sums endless


class TomlFile:
    """One TOML file under reading: its root table and the faults met so far.

    A reader takes every key it knows from ``root`` and the tables below, then calls
    :meth:`refuse_faults`: it raises what was collected, keys that nobody took included.
    A key that is missing or of another type gives an empty value, so that reading goes on.
    Floats are read as ``Decimal``, exactly as written.

    Raises:
        SkmError: the file is not there, is not UTF-8 (a byte order mark is let pass) or is
            not TOML; the fault names the line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.tables: list[Table] = []
        self.root = Table(self, "", parsed_toml(path))

    def refuse_faults(self) -> None:
        """Raise all faults as one error; a file without faults passes."""
        for table in self.tables:
            table.fault_unknown_keys()
        if self.faults:
            raise SkmError(*self.faults)


class Table:
    """One table of a :class:`TomlFile`; ``place`` is its path of keys, as ``element[2]``."""

    def __init__(self, document: TomlFile, place: str, values: Mapping[str, object]) -> None:
        self.place = place
        self._document = document
        self._values = values
        self._known: list[str] = []
        document.tables.append(self)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys as the file orders them, for tables whose keys are names of things."""
        return tuple(self._values)

    def is_text(self, key: str) -> bool:
        """Whether a text stands under the key, for keys that may hold a word or a table."""
        return isinstance(self._values.get(key), str)

    def path_of(self, key: str) -> str:
        """The whole path of a key, as an error names it."""
        return f"{self.place}.{key}" if self.place else key

    def fault(
        self,
        key: str,
        message: str,
        *,
        found: object = None,
        expected: str | None = None,
        todo: str | None = None,
    ) -> None:
        """Note one fault of the value under ``key``."""
        self._document.faults.append(
            Fault(
                message,
                file=self._document.path,
                field=self.path_of(key),
                found=found,
                expected=expected,
                todo=todo,
            )
        )

    def text(self, key: str) -> str:
        """A text that must be there and not be blank; outer spaces are dropped."""
        return self._filled(key, self._required(key, str, "teks"))

    def optional_text(self, key: str) -> str | None:
        """A text that may be left out, but not left blank."""
        value = self._optional(key, str, "teks")
        return None if value is None else self._filled(key, value)

    def flag(self, key: str, *, default: bool) -> bool:
        """``true`` or ``false``; ``default`` where the key is left out."""
        value = self._optional(key, bool, "true atau false")
        return default if value is None else value

    def choice(self, key: str, allowed: tuple[str, ...], *, default: str | None = None) -> str:
        """One of the allowed texts; one without ``default`` must be there."""
        if default is not None and key not in self._values:
            self._known.append(key)
            return default
        value = self._required(key, str, " / ".join(allowed))
        if value is not None and value not in allowed:
            self.fault(key, "Pilihan tidak dikenal", found=value, expected=" / ".join(allowed))
        return value if value in allowed else allowed[0]

    def whole(self, key: str) -> int:
        """A whole number that must be there."""
        return self._required(key, int, "bilangan bulat") or 0

    def optional_whole(self, key: str) -> int | None:
        """A whole number that may be left out."""
        return self._optional(key, int, "bilangan bulat")

    def whole_between(self, key: str, low: int, high: int, *, default: int) -> int:
        """A whole number within bounds; ``default`` where the key is left out."""
        value = self._optional(key, int, f"bilangan {low} sampai {high}")
        if value is None or low <= value <= high:
            return default if value is None else value
        self.fault(key, "Di luar batas", found=value, expected=f"bilangan {low} sampai {high}")
        return default

    def wholes(
        self, key: str, low: int, high: int, *, default: tuple[int, ...]
    ) -> tuple[int, ...]:
        """A list of whole numbers within bounds; ``default`` where the key is left out."""
        values = self._optional(key, list, f"daftar bilangan {low} sampai {high}")
        if values is None or all(type(value) is int and low <= value <= high for value in values):
            return default if values is None else tuple(values)
        self.fault(key, "Isi daftar salah", found=values, expected=f"bilangan {low} sampai {high}")
        return default

    def decimal(self, key: str) -> Decimal:
        """A number, or a text that holds one (``0.111``, ``"0,111"``); exact."""
        self._known.append(key)
        if key not in self._values:
            self.fault(key, "Kunci belum ada", expected="angka")
            return Decimal(0)
        return self._decimal(key, self._values[key])

    def decimals(self, key: str) -> tuple[Decimal, ...]:
        """A list of numbers, each as :meth:`decimal` takes it."""
        values = self._required(key, list, "daftar angka") or []
        return tuple(
            self._decimal(f"{key}[{place}]", value) for place, value in enumerate(values, start=1)
        )

    def day(self, key: str) -> date:
        """A date that must be there."""
        return self._required(key, date, "tanggal, misalnya 2020-12-30") or date.min

    def optional_day(self, key: str) -> date | None:
        """A date that may be left out."""
        return self._optional(key, date, "tanggal, misalnya 2020-12-30")

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates; empty where the key is left out."""
        expected = "daftar tanggal, misalnya [2026-08-17]"
        values = self._optional(key, list, expected)
        if values is None or all(type(value) is date for value in values):
            return tuple(values or ())
        self.fault(key, "Isi daftar salah", found=values, expected=expected)
        return ()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them blank."""
        values = self._required(key, list, "daftar teks") or []
        texts = []
        for place, value in enumerate(values, start=1):
            item = f"{key}[{place}]"
            if isinstance(value, str):
                texts.append(self._filled(item, value))
            else:
                self.fault(item, "Jenis nilai salah", found=value, expected="teks")
        return tuple(texts)

    def table(self, key: str) -> Table:
        """A table that must be there."""
        return self._table(key, self._required(key, dict, f"tabel [{self.path_of(key)}]") or {})

    def optional_table(self, key: str) -> Table | None:
        """A table that may be left out."""
        values = self._optional(key, dict, f"tabel [{self.path_of(key)}]")
        return None if values is None else self._table(key, values)

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables that must be there and not be empty."""
        expected = f"satu atau beberapa [[{key}]]"
        values = self._required(key, list, expected)
        if values is None:
            return ()
        if not values:
            self.fault(key, "Daftar masih kosong", expected=expected)
        found = []
        for place, value in enumerate(values, start=1):
            if isinstance(value, dict):
                found.append(self._table(f"{key}[{place}]", value))
            else:
                self.fault(f"{key}[{place}]", "Jenis nilai salah", found=value, expected="tabel")
        return tuple(found)

    def fault_unknown_keys(self) -> None:
        """Note every key that was never taken."""
        for key in self._values:
            if key in self._known:
                continue
            near = get_close_matches(key, self._known, n=1)
            self.fault(
                key,
                "Kunci tidak dikenal",
                expected="salah satu dari " + ", ".join(self._known) if self._known else None,
                todo=f"Mungkin maksudnya {near[0]}?" if near else None,
            )

    def _table(self, key: str, values: Mapping[str, object]) -> Table:
        return Table(self._document, self.path_of(key), values)

    def _required(self, key: str, kind: type[T], expected: str) -> T | None:
        if key not in self._values:
            self._known.append(key)
            self.fault(key, "Kunci belum ada", expected=expected)
            return None
        return self._optional(key, kind, expected)

    def _optional(self, key: str, kind: type[T], expected: str) -> T | None:
        self._known.append(key)
        if key not in self._values:
            return None
        value = self._values[key]
        # bool is an int and datetime a date to Python, not to a person who writes a file
        stranger = bool if kind is int else datetime if kind is date else ()
        if isinstance(value, kind) and not isinstance(value, stranger):
            return value
        self.fault(key, "Jenis nilai salah", found=value, expected=expected)
        return None

    def _filled(self, key: str, value: str | None) -> str:
        if value is None:
            return ""
        if not value.strip():
            self.fault(key, "Teks masih kosong")
        return value.strip()

    def _decimal(self, key: str, value: object) -> Decimal:
        number: Decimal | None = None
        if isinstance(value, str):
            number = read_number(value)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
        if number is None or not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            self.fault(key, "Bukan angka", found=value, expected="angka, misalnya 43.76")
            return Decimal(0)
        return number


def parsed_toml(path: Path) -> dict[str, object]:
    """The keys of a TOML file as they stand, floats as ``Decimal``.

    Raises:
        SkmError: as :class:`TomlFile`.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise refuse("Berkas tidak ada", file=path) from None
    except OSError as error:
        raise refuse("Berkas tidak dapat dibaca", file=path, found=error.strerror) from None
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise refuse(
            "Berkas bukan teks UTF-8",
            file=path,
            row=content.count(b"\n", 0, error.start) + 1,
            todo="Simpan ulang dengan pengodean UTF-8.",
        ) from None
    except (ValueError, RecursionError) as error:  # the second from brackets nested endlessly
        _refuse_syntax(path, content, str(error))


def _refuse_syntax(path: Path, content: bytes, reason: str) -> NoReturn:
    line = _LINE.search(reason)
    raise refuse(
        "Bukan TOML yang sah",
        file=path,
        row=int(line.group(1)) if line else content.count(b"\n") + 1,
        found=_LINE.sub("", reason).strip(),
        todo="Periksa tanda kutip, kurung, dan tanda sama dengan di sekitar baris itu.",
    ) from None
