"""Keyed texts with named placeholders, which an office may word in its own way.

A file of wording is TOML. Tables nest into dotted keys, a string is a text, a list of strings
is as many texts with a number behind the key (``penutup.langkah.1``)::

    [ikhtisar]
    belanja = "Realisasi belanja sebesar **{belanja.realisasi}** atau {belanja.persen}."

Between ``**`` a text is bold, between ``_`` italic; a backslash takes the next character as it
is. White space and line ends in a text count as one space. What is put in for a placeholder is
never read as a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from skm.document.blocks import Run, Text
from skm.document.register import Register
from skm.errors import Fault, SkmError, refuse
from skm.toml_file import parsed_toml

Value = str | Run | None
Values = Mapping[str, Value]

_KEY = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_TOKEN = re.compile(
    r"""\\(?P<plain>.)
    | \{(?P<placeholder>[^{}]*)\}
    | (?P<bold>\*\*)
    | (?P<italic>_)
    | (?P<brace>[{}])""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class KeyedText:
    """One text: its pieces, each a run that is printed or a placeholder to be filled.

    Attributes:
        key: dotted.
        pieces: runs; one with a ``placeholder`` has no text yet.
        file: where it is written.
    """

    key: str
    pieces: Text
    file: Path

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders it uses, in order, each once."""
        return tuple(dict.fromkeys(run.placeholder for run in self.pieces if run.placeholder))

    def filled(self, values: Values, register: Register | None = None) -> Text:
        """The text with its values put in; each keeps the name of its placeholder.

        Numbers that stand literally in the wording are entered in the register, with the key
        as their source.

        Raises:
            SkmError: a placeholder that ``values`` does not have, or whose value is None.
        """
        faults = [*self._unknown(values), *self._empty(values)]
        if faults:
            raise SkmError(*faults)
        return tuple(
            _put_in(run, values) if run.placeholder else self._own(run, register)
            for run in self.pieces
        )

    def _own(self, run: Run, register: Register | None) -> Run:
        if register is None:
            return run
        return replace(run, text=register.quote(run.text, f"naskah {self.key}"))

    def _unknown(self, values: Values) -> Iterator[Fault]:
        for name in self.placeholders:
            if name not in values:
                yield Fault(
                    "Isian naskah tidak dikenal",
                    file=self.file,
                    field=self.key,
                    found=f"{{{name}}}",
                    expected=", ".join(f"{{{known}}}" for known in sorted(values))
                    or "naskah ini tidak memiliki isian",
                )

    def _empty(self, values: Values) -> Iterator[Fault]:
        for name in self.placeholders:
            if name in values and values[name] is None:
                yield Fault(
                    f"Nilai untuk {{{name}}} belum ada",
                    file=self.file,
                    field=self.key,
                    todo="Lengkapi datanya, atau ubah kalimatnya sehingga tidak memerlukannya.",
                )


@dataclass(frozen=True)
class Wording:
    """All texts of one kind of document, by key."""

    texts: Mapping[str, KeyedText]
    file: Path

    @staticmethod
    def load(file: Path, own: Path | None = None) -> Wording:
        """Read the wording that ships, and over it, key by key, an office's own.

        Args:
            file: every key there is, with its default text.
            own: the office's texts; need not exist, holds only the keys that differ.

        Raises:
            SkmError: a file cannot be read, a key is unknown, or a text has a brace or a mark
                that is not closed. All faults are told at once.
        """
        texts, faults = _read(file)
        if own is not None and own.exists():
            changed, more = _read(own)
            faults += more
            lists = _lists(texts)
            for key in changed:
                if key not in texts and _stem(key) not in lists:
                    faults.append(_unknown_key(key, own, texts))
            replaced = {stem for stem in lists if stem in _lists(changed)}
            texts = {k: t for k, t in texts.items() if _stem(k) not in replaced} | changed
        if faults:
            raise SkmError(*faults)
        return Wording(texts, file)

    def text(self, key: str) -> KeyedText:
        """The text of a key.

        Raises:
            SkmError: there is no such key.
        """
        if key not in self.texts:
            raise SkmError(_unknown_key(key, self.file, self.texts))
        return self.texts[key]

    def listed(self, key: str) -> tuple[str, ...]:
        """The keys of the texts of a list, in order.

        Raises:
            SkmError: there is no list under that key.
        """
        keys = sorted(
            (known for known in self.texts if known != key and _stem(known) == key),
            key=lambda known: int(known.rpartition(".")[2]),
        )
        if not keys:
            raise SkmError(_unknown_key(key, self.file, _lists(self.texts)))
        return tuple(keys)

    def render(self, key: str, values: Values, register: Register | None = None) -> Text:
        """The text of a key with its values put in; see ``KeyedText.filled``."""
        return self.text(key).filled(values, register)


def parse(text: str, key: str, file: Path) -> KeyedText:
    """Read one text.

    >>> [(run.text, run.bold) for run in parse("Nilai **{n}** dari 100", "a", Path("x")).pieces]
    [('Nilai ', False), ('', True), (' dari 100', False)]

    Raises:
        SkmError: a brace that does not belong to a placeholder, or a mark left open.
    """
    text = " ".join(text.split())
    pieces: list[Run] = []
    state = {"bold": False, "italic": False}

    def add(literal: str, placeholder: str = "") -> None:
        if literal and pieces and not pieces[-1].placeholder and _set_as(pieces[-1], state):
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + literal)
        elif literal or placeholder:
            pieces.append(Run(literal, state["bold"], state["italic"], placeholder=placeholder))

    at = 0
    for token in _TOKEN.finditer(text):
        add(text[at : token.start()])
        at = token.end()
        match token.lastgroup:
            case "plain":
                add(token["plain"])
            case "placeholder" if _KEY.fullmatch(token["placeholder"]):
                add("", token["placeholder"])
            case "bold":
                state["bold"] = not state["bold"]
            case "italic" if _is_mark(text, token.start(), closing=state["italic"]):
                state["italic"] = not state["italic"]
            case "italic":
                add("_")
            case _:
                raise refuse(
                    "Kurung kurawal pada naskah tidak membentuk isian",
                    file=file,
                    field=key,
                    found=token[0],
                    expected="{nama.isian}",
                    todo="Tulis \\{ atau \\} bila kurung kurawal itu sendiri yang dimaksud.",
                )
    add(text[at:])
    for mark, still_open in (("**", state["bold"]), ("_", state["italic"])):
        if still_open:
            raise refuse(
                f"Tanda {mark} pada naskah tidak ditutup",
                file=file,
                field=key,
                found=text,
                todo=f"Tutup dengan {mark}, atau tulis \\ di depan tanda yang berdiri sendiri.",
            )
    return KeyedText(key, tuple(pieces), file)


def _is_mark(text: str, at: int, *, closing: bool) -> bool:
    """Whether an underscore stands at the edge of words, and not inside a name like ``a_b``."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    inner, outer = (before, after) if closing else (after, before)
    return bool(inner.strip("_ ")) and not outer.isalnum()


def _set_as(run: Run, state: Mapping[str, bool]) -> bool:
    return run.bold == state["bold"] and run.italic == state["italic"]


def _put_in(run: Run, values: Values) -> Run:
    value = values[run.placeholder]
    if isinstance(value, Run):
        return replace(
            value,
            bold=run.bold or value.bold,
            italic=run.italic or value.italic,
            placeholder=run.placeholder,
        )
    return replace(run, text=value or "")


def _read(file: Path) -> tuple[dict[str, KeyedText], list[Fault]]:
    texts: dict[str, KeyedText] = {}
    faults: list[Fault] = []
    for key, text in _flat(parsed_toml(file), ""):
        if not isinstance(text, str) or not _KEY.fullmatch(key):
            faults.append(
                Fault(
                    "Bukan naskah",
                    file=file,
                    field=key,
                    found=text,
                    expected="kunci dari huruf kecil, angka, _ dan isinya teks atau daftar teks",
                )
            )
            continue
        try:
            texts[key] = parse(text, key, file)
        except SkmError as error:
            faults += error.faults
    return texts, faults


def _flat(value: object, key: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield f"{key}.{number}", inner
    else:
        yield key, value


def _stem(key: str) -> str:
    """The key of the list that a text belongs to, else the key itself."""
    stem, _, last = key.rpartition(".")
    return stem if last.isdigit() else key


def _lists(texts: Mapping[str, KeyedText]) -> dict[str, KeyedText]:
    """The lists by their key, each with its first text."""
    return {_stem(key): text for key, text in reversed(list(texts.items())) if _stem(key) != key}


def _unknown_key(key: str, file: Path, known: Mapping[str, KeyedText]) -> Fault:
    area = key.partition(".")[0]
    near = [name for name in known if name.partition(".")[0] == area] or list(known)
    return Fault(
        "Kunci naskah tidak dikenal",
        file=file,
        field=key,
        expected=", ".join(near),
    )
