"""A document as PDF: archival (PDF/A-2a) and accessible (PDF/UA-1), set by typst.

The layout is ``report.typ``. The blocks reach it as JSON, so no text of an office is ever read
as markup. No system font, no clock and no network is used: equal documents give equal bytes.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path

import typst

from skm.charts import Picture
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

_FOLDER = Path(__file__).parent
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]

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

_PAGES_OF_TARGETS = (
    "query(selector(heading).or(figure)).map(it => (str(it.label),"
    " if it.location().page-numbering() == none { none } else {"
    " numbering(it.location().page-numbering(), counter(page).at(it.location()).first()) }))"
)


def write(document: Document) -> bytes:
    """The PDF of a document, dated midnight UTC of the document's date.

    Raises:
        UnknownBlockError: a block is of a kind that has no form here.
    """
    moment = datetime.combine(document.date, time(), UTC)
    pdf = _compiler(document).compile(format="pdf", pdf_standards=_STANDARDS, timestamp=moment)
    assert isinstance(pdf, bytes)
    return pdf


def page_labels(document: Document) -> Mapping[str, str]:
    """The number printed on the page of each heading, annex, captioned table and figure.

    A page without a number gives an empty text. The DOCX writer puts these into its table of
    contents, since only a layout knows them.
    """
    pairs = json.loads(_compiler(document).eval(_PAGES_OF_TARGETS))
    return {target: label or "" for target, label in pairs}


def _compiler(document: Document) -> typst.Compiler:
    return typst.Compiler(
        input=_FOLDER / "report.typ",
        root=_FOLDER,
        font_paths=[_FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_document(document), ensure_ascii=False)},
    )


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
    match value:
        case Picture(svg, png, alt):
            return {"svg": svg.decode() if svg else None, "png": list(png or b""), "alt": alt}
        case Formula():
            return {**_fields(value), "spoken": value.spoken}
        case Table():
            return {**_fields(value), "dense": value.dense}
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
    return _fields(value) if dataclasses.is_dataclass(value) else value


def _fields(value: object) -> dict[str, object]:
    return {name: _data(part) for name, part in vars(value).items()}
