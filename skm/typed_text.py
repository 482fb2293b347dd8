"""Words that officers type or paste, as every file and page can show them."""

from __future__ import annotations


def printable(text: str, *, lines: bool = False) -> str:
    r"""Words without blank edges and without what no report can print, which a paste may bring.

    Args:
        lines: whether a line break stays; else it becomes a blank like all that is taken out.

    >>> printable("  Nomor 900\x02\x0b12\r\n")
    'Nomor 900  12'
    >>> printable("satu\r\ndua\x00", lines=True)
    'satu\ndua'
    """
    readable = text.encode("utf-8", "replace").decode().replace("\r\n", "\n")
    return "".join(
        char if (lines and char == "\n") or char.isprintable() else " " for char in readable
    ).strip()
