"""A document as PDF: archival (PDF/A-2a) and accessible (PDF/UA-1).

The layout is ``report.typ``; the blocks reach it as JSON, one form a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import cast

from skm.charts import Picture
from skm.document import typesetting
from skm.document.blocks import (
    AnnexTitle,
    Block,
    Contents,
    Cover,
    Document,
    Fields,
    Figure,
    Formula,
    Heading,
    Letterhead,
    List,
    ListOf,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    UnknownBlockError,
    sections,
)

_TEMPLATE = Path(__file__).with_name("report.typ")

_KINDS: Mapping[type, str] = {
    Cover: "cover",
    Heading: "heading",
    AnnexTitle: "annex",
    Paragraph: "paragraph",
    List: "list",
    Fields: "fields",
    Table: "table",
    Figure: "figure",
    Formula: "formula",
    Contents: "contents",
    ListOf: "list_of",
    Letterhead: "letterhead",
    Signature: "signature",
    PageBreak: "page_break",
}

_PLAIN = frozenset({str, int, float, bool, type(None)})

_PAGES_OF_TARGETS = (
    "query(selector(heading).or(figure)).map(it => (str(it.label),"
    " if it.location().page-numbering() == none { none } else {"
    " numbering(it.location().page-numbering(), counter(page).at(it.location()).first()) }))"
)


def write(document: Document) -> bytes:
    """The PDF of a document, dated midnight UTC of the document's date.

    Raises:
        UnknownBlockError: a block is of a kind that has no form here.
        SkmError: the text has letters that no font of ours has.
    """
    return typesetting.pdf(_TEMPLATE, _document(document), document.date)


def page_labels(document: Document) -> Mapping[str, str]:
    """The number printed on the page of each heading, annex, captioned table and figure.

    A page without a number gives an empty text. The DOCX writer puts these into its table of
    contents, since only a layout knows them.
    """
    pairs = typesetting.evaluated(_TEMPLATE, _document(document), _PAGES_OF_TARGETS)
    return {target: label or "" for target, label in cast(list[list[str]], pairs)}


def _document(document: Document) -> dict[str, object]:
    page = document.page
    sides = page.margins
    return {
        "title": document.title,
        "author": document.author,
        "subject": document.subject,
        "language": document.language,
        "date": _data(document.date),
        "notice": document.notice,
        "page": {
            "width": page.paper.value[0],
            "height": page.paper.value[1],
            "margins": [sides.top, sides.right, sides.bottom, sides.left],
            "font": page.typeface.value[0],
            "size": page.size,
        },
        "sections": [
            {"section": _data(pages.section), "blocks": [_block(block) for block in pages.blocks]}
            for pages in sections(document)
        ],
    }


def _block(block: Block) -> dict[str, object]:
    if type(block) not in _KINDS:
        raise UnknownBlockError("pdf", block)
    return {"form": _KINDS[type(block)], "block": _data(block)}


def _data(value: object) -> object:
    """A value of the model as JSON has it."""
    if type(value) in _PLAIN:  # nearly all are
        return value
    match value:
        case Picture(svg, png, alt, jpeg):
            pixels = [] if svg else list(png or jpeg or b"")
            kind = "svg" if svg else "png" if png else "jpg"
            return {
                "kind": kind,
                "drawing": svg.decode() if svg else None,
                "pixels": pixels,
                "alt": alt,
            }
        case Formula():
            return {**_fields(value), "spoken": value.spoken}
        case Table():
            return {
                **_fields(value),
                "dense": value.dense,
                "whole": value.whole,
                "extent": list(value.extent),
            }
        case Signature():
            return {**_fields(value), "lacking": list(value.lacking_lines)}
        case List():
            return {**_fields(value), "counts": value.marker.counts}
        case Enum():
            return value.value
        case date():
            return [value.year, value.month, value.day]
        case tuple():
            return [_data(part) for part in value]
    return _fields(value)


def _fields(value: object) -> dict[str, object]:
    return {name: _data(part) for name, part in vars(value).items()}
