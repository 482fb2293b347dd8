"""Two texts as one: what stayed, what was taken out, what was put in, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_MOST_WORDS = 2_000  # of a paragraph; comparing takes time with the square of it


class Kind(Enum):
    """What happened to some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Words that stand together and had the same fate."""

    kind: Kind
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two texts in reading order; very long ones count as replaced whole.

    >>> [(each.kind.value, each.text) for each in difference("Sangat baik.", "Baik sekali.")]
    [('removed', 'Sangat baik.'), ('added', 'Baik sekali.')]
    """
    old, new = before.split(), after.split()
    pieces = []
    for kind, a, b, c, d in _steps(old, new):
        if kind == "equal":
            pieces.append(Piece(Kind.KEPT, " ".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece(Kind.REMOVED, " ".join(old[a:b])))
        if c < d:
            pieces.append(Piece(Kind.ADDED, " ".join(new[c:d])))
    return tuple(pieces)


def _steps(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if max(len(old), len(new)) > _MOST_WORDS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
