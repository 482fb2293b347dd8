"""Where in the file of a plan a key stands, for an officer who looks for it in an editor.

What reads TOML keeps no line numbers, and a key path such as ``programme[2].activity[1]``
counts tables and not lines; so the text is looked through once more, for headers, keys and
names alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEADER = re.compile(r'\s*(\[\[?)\s*([\w.\-" ]+?)\s*\]\]?\s*(?:#.*)?$')
_KEY = re.compile(r'\s*(#\s*)?("[^"]+"|[\w\-]+)\s*=\s*(.*?)\s*$')
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ITEM = re.compile(r"\s*\{")
_END = re.compile(r"\s*\]")
_LAST = re.compile(r"(\.[^.\[\]]+|\[\d+\])$|^[^.\[\]]+$")


@dataclass(frozen=True)
class Place:
    """A place in a plan.

    Attributes:
        line: counted from 1; None where the text has nothing of the path.
        names: what the tables on the way are called, outermost first.
    """

    line: int | None
    names: tuple[str, ...]


class Places:
    r"""The places of the keys in a text.

    >>> places = Places('[[programme]]\nname = "Pelayanan"\n[[programme.activity]]\n# note =')
    >>> places.find("programme[1].activity[1].note")
    Place(line=4, names=('Pelayanan',))
    >>> places.find("programme[1].activity[1].line[4].name")
    Place(line=3, names=('Pelayanan',))
    """

    def __init__(self, text: str) -> None:
        self._lines, self._names = _looked_through(text)

    def find(self, path: str) -> Place:
        """The place of a key path, or of the innermost table on its way that is there."""
        shown = path
        while shown and shown not in self._lines:
            shown = _LAST.sub("", shown)
        names = tuple(
            name for at, name in self._names.items() if path == at or path.startswith(f"{at}.")
        )
        return Place(self._lines.get(shown), names)


def _looked_through(text: str) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The line of every path and the name of every table that has one."""
    lines: dict[str, int] = {}
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    table, listing, items = "", "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if listing:
            if _END.match(line):
                listing = ""
            elif _ITEM.match(line):
                items += 1
                lines[f"{listing}[{items}]"] = number
        elif header := _HEADER.match(line):
            table = _table(header[2], header[1] == "[[", counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            path = f"{table}.{key[2]}" if table else key[2]
            if key[1]:
                if not key[3]:  # left empty by ``lkip init``
                    lines.setdefault(path, number)
                continue
            lines[path] = number
            if key[2] == "name" and (written := _TEXT.match(key[3])):
                names[table] = written[1]
            if key[3] == "[":
                listing, items = path, 0
    return lines, names


def _table(written: str, is_list: bool, counts: dict[str, int]) -> str:
    """The path of a header, lists on its way with the number of their latest table."""
    parts = [part.strip().strip('"') for part in written.split(".")]
    path = ""
    for place, part in enumerate(parts, start=1):
        path = f"{path}.{part}" if path else part
        if place == len(parts) and is_list:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
