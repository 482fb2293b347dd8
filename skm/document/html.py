"""A document as one HTML file that needs nothing beside it: style and pictures are inside.

For reading on a screen, and for the preview of a wording; pages, their numbers and their
turning are left to the PDF. The look is ``report.css``.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from skm.charts import Picture
from skm.document.blocks import (
    AnnexTitle,
    Block,
    Cell,
    Contents,
    Cover,
    Document,
    Entry,
    Fields,
    Figure,
    Formula,
    Heading,
    Inline,
    Letterhead,
    List,
    ListOf,
    Marker,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Signature,
    Signer,
    Table,
    UnknownBlockError,
    runs,
)
from skm.document.parts import captioned, numbered
from skm.document.provenance import traced
from skm.document.register import Register

# HTML's own type of list, and the class that report.css gives its markers by.
_LISTS = {
    Marker.DIGIT: ("1", "dot"),
    Marker.LETTER: ("a", "dot"),
    Marker.ROMAN: ("i", "dot"),
    Marker.DIGIT_PARENTHESIS: ("1", "parenthesis"),
    Marker.LETTER_PARENTHESIS: ("a", "parenthesis"),
    Marker.BRACKETED_DIGIT: ("1", "brackets"),
    Marker.BULLET: ("", "bullet"),
    Marker.DASH: ("", "dash"),
}


def write(document: Document, register: Register | None = None) -> str:
    """The HTML of a document.

    Args:
        register: that marked the document; with it each number shows its source when clicked.

    Raises:
        UnknownBlockError: a block is of a kind that has no form here.
    """
    head = (
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f'<meta name="author" content="{escape(document.author)}">\n'
        f'<meta name="description" content="{escape(document.subject)}">\n'
        f'<meta name="dcterms.date" content="{document.date.isoformat()}">\n'
        f"<style>{_style()}</style>\n"
    )
    notice = _tag("p", escape(document.notice), class_="notice") if document.notice else ""
    main = _tag("main", "\n".join(map(_block, document.blocks)))
    body = _tag("body", f"{notice}\n{main}\n", class_=document.page.typeface.name.lower())
    page = _tag("html", f"\n<head>\n{head}</head>\n{body}\n", lang=document.language)
    whole = f"<!DOCTYPE html>\n{page}\n"
    return traced(whole, register) if register else whole


@cache
def _style() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def _block(block: Block) -> str:
    match block:
        case Cover():
            return _cover(block)
        case Heading(id, level):
            return _tag(f"h{level + 1}", _inline(numbered(block)), id=id)
        case AnnexTitle(id):
            return _tag("h2", _inline(numbered(block)), id=id, class_="annex")
        case Paragraph(id, text, align, indent):
            return _tag("p", _inline(text), id=id, class_=f"{align} indent{indent}")
        case List():
            return _list(block, f"indent{block.indent}")
        case Fields():
            return _fields(block)
        case Table():
            return _table(block)
        case Figure(id, picture):
            caption = _tag("figcaption", _inline(captioned(block)))
            return _tag("figure", _picture(picture) + caption, id=id)
        case Formula():
            return _formula(block)
        case Contents(id, _, entries):
            return _entries(entries, id=id, class_="contents")
        case ListOf(id, _, entries):
            return _entries(entries, id=id, class_="captions")
        case Letterhead(id, government, office, address, logo):
            lines = "".join(_tag("p", _inline(line)) for line in (government, office, address))
            arms = _picture(logo) if logo else ""
            return _tag("div", arms + _tag("div", lines), id=id, class_="letterhead")
        case Signature(id, signers):
            return _tag("div", "".join(map(_signer, signers)), id=id, class_="signature")
        case PageBreak(id) | Section(id):
            return _tag("div", id=id, class_="page-break")
        case _:
            raise UnknownBlockError("html", block)


def _tag(tag_name: str, inner: str = "", **attributes: object) -> str:
    """An element; attributes that are None or empty are left out."""
    written = "".join(
        f' {key.rstrip("_")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{tag_name}{written}>{inner}</{tag_name}>"


def _inline(text: Inline) -> str:
    return "".join(map(_run, runs(text)))


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    if run.bold:
        text = _tag("strong", text)
    if run.italic:
        text = _tag("em", text)
    return _tag("a", text, href=f"#{run.target}") if run.target else text


def _picture(picture: Picture) -> str:
    forms = {"svg+xml": picture.svg, "png": picture.png, "jpeg": picture.jpeg}
    kind, data = next(((kind, data) for kind, data in forms.items() if data), ("png", b""))
    source = f"data:image/{kind};base64,{b64encode(data).decode()}"
    return f'<img src="{source}" alt="{escape(picture.alt)}">'


def _cover(cover: Cover) -> str:
    inner = _tag("h1", _inline(cover.title))
    if cover.subtitle:
        inner += _tag("p", _inline(cover.subtitle))
    if cover.logo:
        inner += _picture(cover.logo)
    if cover.foot:
        inner += _tag("p", _inline(cover.foot))
    return _tag("header", inner, id=cover.id, class_="cover")


def _list(items: List, more: str = "") -> str:
    kind, marker = _LISTS[items.marker]
    inner = "".join(
        _tag("li", _inline(item.text) + (_list(item.items) if item.items else ""), id=item.id)
        for item in items.items
    )
    classes = f"{marker} {more}".strip()
    if not items.marker.counts:
        return _tag("ul", inner, id=items.id, class_=classes)
    start = items.start if items.start != 1 else None
    return _tag("ol", inner, id=items.id, class_=classes, type=kind, start=start)


def _fields(block: Fields) -> str:
    rows = ""
    for field in block.fields:
        text = _tag("p", _inline(field.text)) if field.text or not field.items else ""
        items = _list(field.items) if field.items else ""
        rows += _tag("dt", f"{_inline(field.label)} <span>:</span>")
        rows += _tag("dd", text + items, id=field.id)
    return _tag("dl", rows, id=block.id)


def _table(table: Table) -> str:
    shares = sum(column.width for column in table.columns)
    columns = "".join(
        f'<col width="{100 * column.width / shares:.2f}%">' for column in table.columns
    )
    head = "".join(_tag("tr", "".join(map(_head_cell, row.cells))) for row in table.head)
    if table.index:
        head += _tag("tr", "".join(_tag("td", text) for text in table.index), class_="index")
    whole = _tag(
        "table",
        (_tag("caption", _inline(captioned(table))) if table.number else "")
        + _tag("colgroup", columns)
        + (_tag("thead", head) if head else "")
        + _tag("tbody", _body(table)),
        class_="dense" if table.dense else None,
    )
    source = _tag("p", _inline(table.source), class_="source") if table.source else ""
    return _tag("div", whole + source, id=table.id, class_="table")


def _body(table: Table) -> str:
    rows = [""] * len(table.body)
    for y, x, cell in table.placed_body():
        rows[y] += _cell("td", cell, class_=cell.align or table.columns[x].align)
    return "".join(
        _tag("tr", cells, class_=row.emphasis) for row, cells in zip(table.body, rows, strict=True)
    )


def _head_cell(cell: Cell) -> str:
    return _cell("th", cell, scope="colgroup" if cell.columns > 1 else "col")


def _cell(tag_name: str, cell: Cell, **attributes: object) -> str:
    spans = {"colspan": cell.columns, "rowspan": cell.rows}
    wide = {key: count for key, count in spans.items() if count > 1}
    return _tag(tag_name, _inline(cell.text), **wide, **attributes)


def _formula(formula: Formula) -> str:
    fraction = _tag("mfrac", _math(formula.numerator) + _math(formula.denominator))
    factor = f"<mo>×</mo>{_math(formula.factor)}" if formula.factor else ""
    row = _tag("mrow", f"{_math(formula.result)}<mo>=</mo>{fraction}{factor}")
    return _tag("div", f'<math display="block">{row}</math>', id=formula.id, class_="formula")


def _math(text: Inline) -> str:
    return _tag("mtext", _inline(text))


def _entries(entries: Iterable[Entry], **attributes: object) -> str:
    lines = ""
    for entry in entries:
        text = escape(f"{entry.number} {entry.text}".strip())
        lines += _tag("li", _tag("a", text, href=f"#{entry.target}"), class_=f"level{entry.level}")
    return _tag("nav", _tag("ul", lines), **attributes)


def _signer(signer: Signer) -> str:
    above, below = _tag("p", _inline(signer.above)), _tag("p", _inline(signer.below))
    return _tag("div", above + _tag("p", escape(signer.tag), class_="space") + below)
