"""TOML tables into the classes of a plan, with every fault told in one pass."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from lkip.plan.phrasing import (
    SCALARS,
    TABLE,
    as_written,
    choices,
    described,
    header,
    not_filled,
    suggestion,
)
from lkip.plan.schema import Check, Key, Names, Refers
from skm.errors import Fault

T = TypeVar("T")

_MOST_DIGITS = 15  # more is a slip, and sums of longer figures would no longer be exact
_MOST_PLACES = 10


class UnusableError(Exception):
    """A value that cannot be taken; its faults are noted already."""


@dataclass(frozen=True)
class Reference:
    """One place that names an id."""

    place: str
    id: str
    rule: Refers


class Reader:
    """Reads records and keeps what was seen on the way.

    Attributes:
        faults: what is wrong, as it was met.
        built: every record that could be made, with its place, inner ones first.
        root: what could be taken of the outermost record, whether it was made or not.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.built: list[tuple[str, object]] = []
        self.root: dict[str, Any] = {}
        self._tables: list[tuple[str, object, dict[str, Any]]] = []
        self._ids: dict[str, dict[str, str]] = {}
        self._references: list[Reference] = []

    def records(self, kind: type[T]) -> list[tuple[str, T]]:
        """The records of a class that could be made, with their places."""
        return [(place, record) for place, record in self.built if isinstance(record, kind)]

    def tables(self, kind: object) -> list[tuple[str, dict[str, Any]]]:
        """The tables of a class as they stand in the file, with their places, sound or not."""
        return [(place, raw) for place, of, raw in self._tables if of is kind]

    def fault(
        self,
        place: str,
        message: str,
        *,
        found: object = None,
        expected: str | None = None,
        todo: str | None = None,
    ) -> None:
        """Note what is wrong at a place."""
        self.faults.append(
            Fault(
                message,
                file=self.file,
                field=place,
                found=None if found is None else as_written(found),
                expected=expected,
                todo=todo,
            )
        )

    def record(self, kind: Callable[..., T], raw: object, place: str = "") -> T:
        """A record from its table.

        Raises:
            UnusableError: something in it is wrong.
        """
        if not isinstance(raw, dict):
            raise self._wrong(place, raw, f"tabel [{header(place)}]")
        self._tables.append((place, kind, raw))
        values = {}
        complete = True
        for part in _parts(kind):
            at = _join(place, part.key)
            if part.key in raw:
                try:
                    values[part.name] = self._value(part.hint, raw[part.key], at)
                except UnusableError:
                    complete = False
            elif part.required:
                self.fault(
                    at,
                    not_filled(raw.get("name")),
                    expected=described(part.hint),
                    todo="Tambahkan kunci ini.",
                )
                complete = False
        self._fault_unknown(place, raw, tuple(part.key for part in _parts(kind)))
        if not place:
            self.root = values
        if not complete:
            raise UnusableError
        made = kind(**values)
        self.built.append((place, made))
        return made

    @property
    def dangling(self) -> list[Reference]:
        """What names an id that does not stand in the file."""
        return [
            reference
            for reference in self._references
            if reference.id not in self._known(reference.rule)
        ]

    def fault_references(self) -> None:
        """Note every id that something names and that does not stand in the file."""
        for reference in self.dangling:
            known = self._known(reference.rule)
            self.fault(
                reference.place,
                "Rujukan tidak dikenal",
                found=reference.id,
                expected=choices(known) or f"id dari {reference.rule.kind}",
                todo=suggestion(reference.id, known) or "Betulkan, atau tambahkan yang dirujuk.",
            )

    def _known(self, rule: Refers) -> tuple[str, ...]:
        return (*self._ids.get(rule.kind, ()), *rule.also)

    def _value(self, hint: Any, raw: object, place: str) -> Any:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            value = self._value(arguments[0], raw, place)
            for rule in arguments[1:]:
                self._obey(rule, value, place)
            return value
        if origin in (Union, UnionType):
            return self._one_of([kind for kind in arguments if kind is not NoneType], raw, place)
        if origin is Literal:
            if raw in arguments and isinstance(raw, str):
                return raw
            raise self._wrong(place, raw, choices(arguments), suggestion(raw, arguments))
        if origin is tuple:
            return self._list(arguments[0], raw, place)
        if origin is Mapping:
            return self._mapping(arguments[0], arguments[1], raw, place)
        if is_dataclass(hint):
            return self.record(hint, raw, place)  # type: ignore[arg-type]
        return self._scalar(hint, raw, place)

    def _scalar(self, kind: type, raw: object, place: str) -> object:
        if not _fits(kind, raw):
            todo = "Tulis angka tanpa tanda kutip, tanpa titik ribuan, dengan titik desimal."
            numeric = kind in (int, Decimal) and isinstance(raw, str)
            raise self._wrong(place, raw, SCALARS[kind], todo if numeric else None)
        if isinstance(raw, str):
            if not raw.strip():
                self.fault(place, "Teks masih kosong", todo="Isi, atau hapus kunci ini.")
                raise UnusableError
            return raw.strip()
        if kind is Decimal:
            number = Decimal(raw)  # type: ignore[arg-type]
            if not _is_bearable(number):
                raise self._wrong(
                    place,
                    raw,
                    f"angka paling panjang {_MOST_DIGITS} digit dan {_MOST_PLACES} desimal",
                )
            return number
        return raw

    def _one_of(self, kinds: list[Any], raw: object, place: str) -> Any:
        if len(kinds) == 1:
            return self._value(kinds[0], raw, place)
        if all(is_dataclass(kind) for kind in kinds):
            return self._variant(kinds, raw, place)
        for kind in kinds:
            if _fits(kind, raw):
                return self._scalar(kind, raw, place)
        raise self._wrong(place, raw, " atau ".join(SCALARS[kind].split(",")[0] for kind in kinds))

    def _variant(self, kinds: list[Any], raw: object, place: str) -> Any:
        """The record whose ``source`` the table names; there is no default."""
        by_source = {
            get_args(part.hint)[0]: kind
            for kind in kinds
            for part in _parts(kind)
            if part.key == "source"
        }
        if not isinstance(raw, dict):
            raise self._wrong(place, raw, f"tabel [{header(place)}]")
        source = raw.get("source")
        at = _join(place, "source")
        if source is None:
            self.fault(
                at,
                not_filled(),
                expected=choices(by_source),
                todo="Sebutkan asal angka ini; tidak ada pilihan bawaan.",
            )
            raise UnusableError
        if not isinstance(source, str) or source not in by_source:
            raise self._wrong(at, source, choices(by_source), suggestion(source, by_source))
        return self.record(by_source[source], raw, place)

    def _list(self, hint: Any, raw: object, place: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            tables = described(hint) == TABLE
            expected = f"satu atau beberapa [[{header(place)}]]" if tables else None
            raise self._wrong(place, raw, expected or f"daftar {described(hint)}")
        values = []
        for position, item in enumerate(raw, start=1):  # as officers count
            try:
                values.append(self._value(hint, item, f"{place}[{position}]"))
            except UnusableError:
                continue
        if len(values) < len(raw):
            raise UnusableError
        return tuple(values)

    def _mapping(self, key_hint: Any, hint: Any, raw: object, place: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self._wrong(place, raw, f"tabel [{header(place)}]")
        values = {}
        for key, item in raw.items():
            at = _join(place, key)
            try:
                name = self._value(key_hint, key, at)  # known, even if what it names is not sound
                values[name] = self._value(hint, item, at)
            except UnusableError:
                continue
        if len(values) < len(raw):
            raise UnusableError
        return values

    def _obey(self, rule: object, value: Any, place: str) -> None:
        match rule:
            case Check(expected, accepts):
                if not accepts(value):
                    raise self._wrong(place, value, expected)
            case Names(kind):
                first = self._ids.setdefault(kind, {}).setdefault(value, place)
                if first != place:
                    self.fault(
                        place,
                        "Id dipakai dua kali",
                        found=value,
                        expected=f"id yang belum dipakai di {first}",
                        todo="Beri id lain.",
                    )
            case Refers():
                self._references.append(Reference(place, value, rule))

    def _fault_unknown(self, place: str, raw: dict[str, object], known: tuple[str, ...]) -> None:
        for key in raw:
            if key not in known:
                self.fault(
                    _join(place, key),
                    "Kunci tidak dikenal",
                    expected=f"salah satu dari {', '.join(known)}",
                    todo=suggestion(key, known) or "Hapus, atau betulkan ejaannya.",
                )

    def _wrong(
        self, place: str, found: object, expected: str, todo: str | None = None
    ) -> UnusableError:
        self.fault(
            place,
            "Isi kunci tidak dapat dipakai",
            found=found,
            expected=expected,
            todo=todo or "Betulkan isinya.",
        )
        return UnusableError()


class _Part(NamedTuple):
    """A field of a record: its name in Python, its key in the file, what may stand there."""

    name: str
    key: str
    hint: Any
    required: bool


@cache
def _parts(kind: Hashable) -> tuple[_Part, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        _Part(
            part.name,
            next(
                (rule.key for rule in get_args(hints[part.name]) if isinstance(rule, Key)),
                part.name,
            ),
            hints[part.name],
            part.default is MISSING and part.default_factory is MISSING,
        )
        for part in fields(kind)  # type: ignore[arg-type]
    )


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _fits(kind: object, raw: object) -> bool:
    # bool is an int and datetime a date to Python, not to a person who writes a file
    if kind is Decimal:
        return isinstance(raw, int | Decimal) and not isinstance(raw, bool)
    if kind is int:
        return isinstance(raw, int) and not isinstance(raw, bool)
    if kind is date:
        return isinstance(raw, date) and not isinstance(raw, datetime)
    return isinstance(kind, type) and isinstance(raw, kind)


def _is_bearable(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):  # nan and inf, which TOML knows
        return False
    return number.adjusted() < _MOST_DIGITS and exponent >= -_MOST_PLACES
