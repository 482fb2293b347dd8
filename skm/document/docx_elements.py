"""Elements of WordprocessingML, each in the order of children that its schema asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from lxml import etree

from skm.document.blocks import Align, Inline, Run, runs
from skm.document.parts import bookmark

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_JUSTIFIED = {Align.JUSTIFY: "both"}

Element = etree._Element


@cache
def name(short: str) -> str:
    """The full name of ``w:p`` and the like."""
    prefix, local = short.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def element(short: str, *children: Element, **attributes: object) -> Element:
    """An element with children; attributes are of the element's own namespace."""
    made = etree.Element(name(short), nsmap=None)
    prefix = short.split(":")[0]
    for key, value in attributes.items():
        made.set(name(f"{prefix}:{key}"), str(value))
    made.extend(children)
    return made


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm / 25.4 * 1440)


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """A paragraph; its properties in the order of the schema."""
    made = element("w:p", element("w:pPr", element("w:pStyle", val=style), *properties))
    made.extend(content)
    return made


def alignment(align: Align) -> Element:
    """How the lines of a paragraph stand."""
    return element("w:jc", val=_JUSTIFIED.get(align, align.value))


def indentation(left: float, *, first_line: float | None = None) -> Element:
    """Space before the lines of a paragraph, in mm."""
    made = element("w:ind", left=twips(left))
    if first_line is not None:
        made.set(name("w:firstLine"), str(twips(first_line)))
    return made


def text(content: Inline, *, bold: bool = False) -> list[Element]:
    """The runs of a text; what refers to a block leads to its bookmark."""
    made = []
    for run in runs(content):
        found = _run(run, bold=bold or run.bold)
        made.append(
            element("w:hyperlink", found, anchor=bookmark(run.target, 0)) if run.target else found
        )
    return made


def _run(run: Run, *, bold: bool) -> Element:
    made = element("w:r")
    if bold or run.italic:
        marks = [element("w:b")] if bold else []
        marks += [element("w:i")] if run.italic else []
        made.append(element("w:rPr", *marks))
    for number, line in enumerate(run.text.split("\n")):
        if number:
            made.append(element("w:br"))
        if line:
            made.append(_text("w:t", line))
    return made


def _text(short: str, words: str) -> Element:
    made = element(short)
    made.text = words
    made.set(_SPACE, "preserve")
    return made


def tab() -> Element:
    """A run that is a tab."""
    return element("w:r", element("w:tab"))


def marked(content: Iterable[Element], label: str, number: int) -> list[Element]:
    """Content between the ends of a bookmark; ``number`` is its own in the document."""
    return [
        element("w:bookmarkStart", id=number, name=label),
        *content,
        element("w:bookmarkEnd", id=number),
    ]


def field_begin(code: str) -> list[Element]:
    """The runs before the cached result of a field."""
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", _text("w:instrText", code)),
        element("w:r", element("w:fldChar", fldCharType="separate")),
    ]


def field_end() -> Element:
    """The run behind the cached result of a field."""
    return element("w:r", element("w:fldChar", fldCharType="end"))


def formula(result: Inline, numerator: Inline, denominator: Inline, factor: Inline) -> Element:
    """``result = numerator / denominator x factor`` as an equation that Word can edit."""
    fraction = element(
        "m:f",
        element("m:num", *map(_math_run, runs(numerator))),
        element("m:den", *map(_math_run, runs(denominator))),
    )
    behind = [_math_run(Run(" × ")), *map(_math_run, runs(factor))] if factor else []
    return element(
        "m:oMathPara",
        element(
            "m:oMath", *map(_math_run, runs(result)), _math_run(Run(" = ")), fraction, *behind
        ),
    )


def _math_run(run: Run) -> Element:
    """Upright text of the document's own font inside an equation."""
    weight = [element("w:b")] if run.bold else []
    return element(
        "m:r",
        element("m:rPr", element("m:nor")),
        element("w:rPr", *weight),
        _text("m:t", run.text.replace("\n", " ")),
    )
