"""What a person may write, and what stands in a file, in words of a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from lkip.plan.schema import Check, Refers

TABLE = "tabel"
SCALARS: dict[object, str] = {
    str: "teks",
    bool: "true atau false",
    int: "bilangan bulat",
    Decimal: "angka, misalnya 76 atau 99.94",
    date: "tanggal, misalnya 2020-12-30",
}


def described(hint: Any) -> str:
    """What a person may write where a value of that type belongs."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        for rule in arguments[1:]:
            if isinstance(rule, Refers):
                return f"id dari {rule.kind}"
            if isinstance(rule, Check) and get_origin(arguments[0]) is not tuple:
                return rule.expected
        return described(arguments[0])
    if origin in (Union, UnionType):
        kinds = [kind for kind in arguments if kind is not NoneType]
        return " atau ".join(dict.fromkeys(described(kind) for kind in kinds))
    if origin is Literal:
        return choices(arguments)
    if origin is tuple:
        inner = described(arguments[0])
        return "satu atau beberapa tabel" if inner == TABLE else f"daftar {inner}"
    return SCALARS.get(hint, TABLE)


def choices(values: Iterable[object]) -> str:
    """The values that may be chosen, side by side."""
    return " / ".join(str(value) for value in values)


def suggestion(found: object, known: Iterable[object]) -> str | None:
    """The known value that was probably meant, as a question; None where none is near."""
    near = get_close_matches(str(found), [str(value) for value in known], n=1)
    return f"Mungkin maksudnya «{near[0]}»?" if near else None


def as_written(value: object) -> str:
    """A value as the file shows it, tables and lists only by name."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "sebuah tabel"
    if isinstance(value, list | tuple):
        return "daftar kosong" if not value else "sebuah daftar"
    return str(value)


def not_filled(name: object = None) -> str:
    """That a key is to be filled in; whose, where its table has a name.

    >>> not_filled("Penyediaan ATK")
    'Kunci wajib belum diisi pada «Penyediaan ATK»'
    """
    whose = f" pada «{name}»" if isinstance(name, str) and name.strip() else ""
    return f"Kunci wajib belum diisi{whose}"


def header(place: str) -> str:
    """A place as the header of its table is written in TOML, without positions."""
    return re.sub(r"\[\d+\]", "", place)
