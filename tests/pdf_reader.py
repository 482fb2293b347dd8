"""Reads a PDF by its tag tree, as a screen reader does, and has it checked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import page as page_validation
import pdfplumber
from document_readers import Reading
from pdfminer.pdftypes import PDFObjRef, resolve1

_INLINE = frozenset({"Span", "Strong", "Em", "Link", "Reference"})


@dataclass(frozen=True)
class _Letter:
    text: str
    page: int
    top: float
    left: float
    right: float
    size: float


class _Pdf:
    """A PDF opened for reading by its structure tree."""

    def __init__(self, data: bytes) -> None:
        self.reading = Reading()
        self._letters: dict[tuple[int, int], list[_Letter]] = {}
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            self._pages = {page.page_obj.pageid: page.page_number for page in pdf.pages}
            for page in pdf.pages:
                for char in page.chars:
                    if char["mcid"] is not None:
                        place = (page.page_number, char["mcid"])
                        self._letters.setdefault(place, []).append(_letter(char))
            self._walk(resolve1(pdf.doc.catalog["StructTreeRoot"]), 0)

    def _walk(self, node: dict[str, Any], page: int) -> None:
        """Read a node: a text of its own, or what the nodes under it hold."""
        page = self._page(node, page)
        kind = _kind(node)
        if kind == "Figure":
            self.reading.alts.append(_pdf_string(resolve1(node["Alt"])))
        elif kind == "Lbl":
            self.reading.markers.append(self._text(node, page).strip())
        elif kind == "TOCI":
            entry, _, number = " ".join(self._text(node, page).split()).rpartition(" ")
            self.reading.entries.append((entry, number))
            self.reading.texts.append(entry)
        elif self._is_paragraph(node):
            blocks = ("Figure", "Lbl", "L")
            self.reading.texts.append(self._text(node, page, skip=blocks))
            for kid in _elements(node):
                if _kind(kid) in blocks:
                    self._walk(kid, page)
        else:
            for kid in _elements(node):
                self._walk(kid, page)

    def _page(self, node: dict[str, Any], default: int) -> int:
        found = node.get("Pg")
        return self._pages[found.objid] if isinstance(found, PDFObjRef) else default

    def _is_paragraph(self, node: dict[str, Any]) -> bool:
        """Whether text hangs on the node itself, or only on stretches of a line under it."""
        if any(not isinstance(kid, dict) or "MCID" in kid for kid in _kids(node)):
            return True
        kids = _elements(node)
        return bool(kids) and all(_kind(kid) in _INLINE for kid in kids)

    def _text(self, node: dict[str, Any], page: int, skip: tuple[str, ...] = ()) -> str:
        return _joined(self._letters_of(node, page, skip))

    def _letters_of(
        self, node: dict[str, Any], page: int, skip: tuple[str, ...]
    ) -> Iterator[_Letter]:
        page = self._page(node, page)
        for kid in _kids(node):
            if not isinstance(kid, dict):
                yield from self._letters.get((page, kid), ())
            elif "MCID" in kid:
                yield from self._letters.get((self._page(kid, page), kid["MCID"]), ())
            elif "S" in kid and _kind(kid) not in skip:
                yield from self._letters_of(kid, page, skip)


def _letter(char: dict[str, Any]) -> _Letter:
    return _Letter(
        char["text"], char["page_number"], char["top"], char["x0"], char["x1"], char["size"]
    )


def _kids(node: dict[str, Any]) -> list[Any]:
    """What hangs on a node: numbers of marked content, or further nodes."""
    kids = resolve1(node.get("K", []))
    return [resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids])]


def _elements(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [kid for kid in _kids(node) if isinstance(kid, dict) and "S" in kid]


def _kind(node: dict[str, Any]) -> str:
    return str(getattr(resolve1(node.get("S")), "name", ""))


def _pdf_string(raw: bytes) -> str:
    return raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode()


def _joined(letters: Iterable[_Letter]) -> str:
    """Letters as text; a new line, page or a gap is a space."""
    text = ""
    last: _Letter | None = None
    for letter in letters:
        if last and (
            letter.page != last.page
            or abs(letter.top - last.top) > letter.size * 0.5
            or letter.left - last.right > letter.size * 0.2
        ):
            text += " "
        text += letter.text
        last = letter
    return text


def read_pdf(data: bytes) -> Reading:
    """What a tagged PDF reads out: headers, footers and repeated heads are no part of it."""
    return _Pdf(data).reading


def conformance_faults(data: bytes) -> list[str]:
    """What page-validation finds against PDF/A-2a and PDF/UA-1.

    It mistakes a stream whose last byte is a carriage return for one of a wrong length; such a
    finding is dropped after the length was looked at here.
    """
    profiles = page_validation.ValidationProfile
    faults = []
    for profile in (profiles.PDF_A_2A, profiles.PDF_UA_1):
        report = page_validation.validate_pdf_bytes(data, profile=profile)
        faults += [
            f"{failure.rule_id}: {failure.message}"
            for failure in report.failures
            if not _is_false_alarm(data, failure)
        ]
    return faults


def _is_false_alarm(data: bytes, failure: page_validation.ValidationFailure) -> bool:
    if not failure.rule_id.endswith("STREAM-LENGTH-001"):
        return False
    assert failure.object_id is not None
    number = failure.object_id.object_number
    found = re.search(rb"\n%d 0 obj\n?<<(.*?)>>\s*stream\r?\n" % number, data, re.DOTALL)
    assert found
    length = re.search(rb"/Length (\d+)", found[1])
    assert length
    end = found.end() + int(length[1])
    return data[end - 1 : end] == b"\r" and data[end:].startswith(b"\nendstream")
