"""Numbers of an HTML page that show where they come from when they are clicked.

A click needs no script: each number can take the focus, without standing in the way of the
tabulator key, and ``report.css`` shows the source of the one that has it.
"""

from __future__ import annotations

import re
from html import escape

from skm.document.register import Register, numbers_in

_PIECE = re.compile(
    r"<(?P<close>/?)(?P<tag>\w+)[^>]*>|&[^;\s]*;|(?:Rp)?\d+(?:[.,]\d+)*(?:[ \u00a0]%)?"
)
_SILENT = frozenset({"head", "math", "a"})  # no words, no place for a mark, a click of its own
_MOST = 4  # sources of one text


def traced(page: str, register: Register) -> str:
    """An HTML page of ours with every registered number marked by its sources.

    >>> register = Register()
    >>> register.enter("69,46", None, "skm/2020.csv")
    '69,46'
    >>> traced("<p>Indeks 69,46</p>", register)
    '<p>Indeks <data value="69,46" tabindex="-1" data-source="skm/2020.csv">69,46</data></p>'
    """
    sources: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for entry in register.entries:
        sources.setdefault(entry.text, []).append(entry.source)
    for entry in register.entries:  # 1.200 stands in the register as 1.200 dokumen
        for number in numbers_in(entry.text):
            parts.setdefault(number, []).append(entry.source)
    sources = {**parts, **sources}
    silent: list[str] = []

    def marked(match: re.Match[str]) -> str:
        piece = match[0]
        if tag := match["tag"]:
            if tag in _SILENT and not match["close"]:
                silent.append(tag)
            elif silent and silent[-1] == tag:
                silent.pop()
        elif not silent and piece[0] != "&":
            return _marked(piece, sources)
        return piece

    return _PIECE.sub(marked, page)


def _marked(piece: str, sources: dict[str, list[str]]) -> str:
    """The longest part of a number that is registered, in its mark."""
    bare = piece.removeprefix("Rp")
    for text in (piece, bare, bare.rstrip("% \u00a0")):
        if found := sources.get(text):
            more = " · …" if len(found) > _MOST else ""
            told = escape(" · ".join(found[:_MOST]) + more)
            mark = f'<data value="{text}" tabindex="-1" data-source="{told}">{text}</data>'
            return piece.replace(text, mark, 1)
    return piece
