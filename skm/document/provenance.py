"""Numbers of an HTML page that show where they come from when they are clicked.

A click needs no script: each number can take the focus, without standing in the way of the
tabulator key, and ``report.css`` shows the source of the one that has it. Which source a number
has, the marks of its register say, one at each occurrence.
"""

from __future__ import annotations

import dataclasses
import re
from html import escape
from typing import TypeVar, cast

from skm.document.register import MARK, Register, unmarked

_Value = TypeVar("_Value")

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(?P<close>/?)(?P<tag>\w+)")
_SILENT = frozenset({"head", "math", "a"})  # no words, no place for a mark, a click of its own


def traced(page: str, register: Register) -> str:
    """An HTML page of ours with every marked text showing its source.

    >>> register = Register(marking=True)
    >>> index = register.enter("69,46", None, "skm/2020.csv")
    >>> traced(f"<p>Indeks {index}</p>", register)
    '<p>Indeks <data value="69,46" tabindex="-1" data-source="skm/2020.csv">69,46</data></p>'
    """
    silent: list[str] = []
    written = []
    for piece in _TAG.split(page):
        if tag := _NAME.match(piece):
            if tag["tag"] in _SILENT and not tag["close"]:
                silent.append(tag["tag"])
            elif silent and silent[-1] == tag["tag"]:
                silent.pop()
            written.append(unmarked(piece))
        else:
            written.append(unmarked(piece) if silent else _shown(piece, register))
    return "".join(written)


def _shown(text: str, register: Register) -> str:
    """A stretch of words, each marked text in an element of its own."""
    shown, at = "", 0
    for mark in MARK.finditer(text):
        entry = register.entry_of(mark[0])
        start = mark.start() - len(escape(entry.text))
        told, words = escape(entry.source), text[start : mark.start()]
        shown += text[at:start]
        shown += f'<data value="{words}" tabindex="-1" data-source="{told}">{words}</data>'
        at = mark.end()
    return shown + text[at:]


def without_marks(value: _Value) -> _Value:
    """A document, or any part of one, as it is printed."""
    return cast(_Value, _without_marks(value))


def _without_marks(value: object) -> object:
    if isinstance(value, str):
        return unmarked(value) if MARK.search(value) else value
    if isinstance(value, tuple):
        return tuple(map(_without_marks, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inner = {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
        clean = {name: _without_marks(part) for name, part in inner.items()}
        return dataclasses.replace(value, **clean)
    return value
