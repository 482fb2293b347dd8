"""What an office may plan for an element that was rated low: a draft to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from skm.form import Element
from skm.toml_file import TomlFile

_FILE = Path(__file__).with_name("suggestions.toml")
_OTHER = "lain"


@dataclass(frozen=True)
class Suggestion:
    """The usual problem with an element, and what a kecamatan office can do about it."""

    problem: str
    actions: tuple[str, ...]


def suggestion(element: Element) -> Suggestion:
    """What may be planned for an element: of its own code, else of its official element.

    >>> from skm.form import find_form
    >>> keamanan = find_form("kecamatan-14").element("keamanan")
    >>> suggestion(keamanan).actions[0]
    'Menata tempat parkir dan menempatkan petugas jaga pada jam layanan.'
    """
    known = _suggestions()
    return known.get(element.code) or known.get(element.maps_to or "") or known[_OTHER]


@cache
def _suggestions() -> Mapping[str, Suggestion]:
    document = TomlFile(_FILE)
    found = {
        code: Suggestion(table.text("problem"), table.texts("actions"))
        for code in document.root.keys
        for table in (document.root.table(code),)
    }
    document.refuse_faults()
    return found
