"""typst with our fonts, and nothing of the machine it runs on.

A template gets its content as JSON under ``sys.inputs.document``, so no text of an office is
ever read as markup. System fonts, the clock and the network are not used: equal content gives
equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from skm.errors import refuse

FONTS = Path(__file__).parent / "fonts"
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_WITHOUT_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACEHOLDER = "□"

Content = Mapping[str, object]


def pdf(template: Path, content: Content, day: date) -> bytes:
    """A PDF/A-2a and PDF/UA-1 file, dated midnight UTC of a day.

    Raises:
        SkmError: the content has letters that none of our fonts has.
    """
    moment = datetime.combine(day, time(), UTC)
    try:
        made = _compiler(template, content).compile(
            format="pdf", pdf_standards=_STANDARDS, timestamp=moment
        )
    except typst.TypstError as error:
        letters = _WITHOUT_LETTER.findall(error.diagnostic)
        if not letters:
            raise
        raise refuse(
            "Huruf ini tidak ada pada huruf dokumen, sehingga PDF tidak dapat dibuat",
            found=" ".join(dict.fromkeys(letters)),
            todo="Hapus atau ganti huruf itu pada teksnya.",
        ) from error
    assert isinstance(made, bytes)
    return made


def images(template: Path, content: Content, dots_per_inch: float) -> tuple[bytes, ...]:
    """The pages as PNG files."""
    made = _compiler(template, content).compile(format="png", ppi=dots_per_inch)
    return (made,) if isinstance(made, bytes) else tuple(made or ())


def evaluated(template: Path, content: Content, expression: str) -> object:
    """What a typst expression says of the finished layout, such as the page of a heading."""
    return json.loads(_compiler(template, content).eval(expression))


def displayable(text: str) -> str:
    """A text from outside, what our fonts cannot show replaced by a box.

    For words that nobody can be asked to mend, such as a comment with a picture in it.

    >>> displayable("Bagus 👍, cepat")
    'Bagus □, cepat'
    """
    letters = _letters()
    return "".join(char if ord(char) in letters or char == "\n" else _PLACEHOLDER for char in text)


@cache
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    fonts = (FT2Font(str(file)) for file in FONTS.glob("*-Regular.ttf"))
    return frozenset.intersection(*(frozenset(font.get_charmap()) for font in fonts))


def _compiler(template: Path, content: Content) -> typst.Compiler:
    return typst.Compiler(
        input=template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
    )
