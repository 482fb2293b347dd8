"""The paper twin of the kiosk: the same questions in the same order, as a form to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from skm import qr
from skm.document import typesetting
from skm.document.paper import PageSetup
from skm.form import Form, ProfileQuestion, Question
from skm.instance import Office
from skm.language import INDONESIAN, Language
from skm.toml_file import TomlFile

SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Sizes of the text in points, tried from the best for old eyes down."""
ON_ONE_PAGE = 10
"""Questions up to which the form is one page; a longer one has both sides of a sheet."""

_GAPS = (5.0, 4.0, 3.0, 2.0, 1.5, 1.0, 0.5)
"""What is added between two questions where there is room, in mm."""
_HEIGHTS = (70, 60, 50, 40, 30, 25, 20, 17, 14)
"""Of the comment box, in mm."""
_FAIR_HEIGHT = 30
"""What the comment box has before the gaps grow."""

_TEMPLATE = Path(__file__).with_suffix(".typ")
_WORDS = Path(__file__).with_suffix(".toml")
_PAGES = "query(<end>).first().location().page()"


@dataclass(frozen=True)
class Paper:
    """What a questionnaire is printed from.

    Attributes:
        form: in the language of the print.
        language: whose words stand on it; official sentences stay as they are.
        address: of the survey on one's own phone, printed as a QR code; None prints none.
    """

    office: Office
    form: Form
    language: Language
    address: str | None = None


def write_questionnaire(paper: Paper, day: date) -> bytes:
    """The form as PDF/A-2a and PDF/UA-1, on the office's paper, dated a day.

    Of two variants of a question the one for services at the counter is printed, unless all
    the office's services are online. The text is as large as the pages allow.

    Raises:
        SkmError: a text has letters that no font of ours has.
    """
    content = _content(paper, day)
    return typesetting.pdf(_TEMPLATE, content, day)


def questionnaire_images(paper: Paper, day: date, dots_per_inch: float) -> tuple[bytes, ...]:
    """The pages of the form as PNG files, to be looked at on a screen."""
    return typesetting.images(_TEMPLATE, _content(paper, day), dots_per_inch)


def _content(paper: Paper, day: date) -> dict[str, object]:
    """What is printed, in the largest text and then with the widest gaps that fit."""
    content = _unsized(paper, day)
    pages = 1 if len(_questions(paper)) <= ON_ONE_PAGE else 2

    def needed(size: float, gap: float, height: float) -> int:
        tried = content | {"size": size, "gap": gap, "comment_height": height}
        return cast(int, typesetting.evaluated(_TEMPLATE, tried, _PAGES))

    low = _HEIGHTS[-1]
    pages = max(pages, needed(SIZES[-1], 0, low))  # an office's own form may be longer still
    size = next(size for size in SIZES if needed(size, 0, low) <= pages)
    gap = next((gap for gap in _GAPS if needed(size, gap, _FAIR_HEIGHT) <= pages), 0)
    height = next(height for height in _HEIGHTS if needed(size, gap, height) <= pages)
    return content | {"size": size, "gap": gap, "comment_height": height}


def _unsized(paper: Paper, day: date) -> dict[str, object]:
    office, form, screen = paper.office, paper.form, paper.language.screen
    words = _words(paper.language.code)
    setup = PageSetup.chosen(office.paper, office.font)
    return {
        "language": paper.language.code,
        "page": setup.paper.value,
        "font": setup.typeface.value[0],
        "date": (day.year, day.month, day.day),
        "government": f"Pemerintah {office.district}",
        "office": office.name,
        "address": office.address,
        "title": words["title"],
        "unit": words["unit"].format(kantor=office.name),
        "code": _code(paper.address, words),
        "guidance": [screen["notice_1"], screen["notice_3"], words["who"]],
        "service": {
            "text": screen["service"],
            "choices": [
                paper.language.services.get(service.code, service.name)
                for service in office.services
            ],
        },
        "profile": [_profile(question) for question in form.profile if question.asked],
        "questions": [
            _question(number, question, paper.language.code)
            for number, question in enumerate(_questions(paper), start=1)
        ],
        "comment": form.comment and {"text": form.comment.text, "note": form.comment.note or ""},
        "form": words["form"].format(formulir=form.id, peraturan=form.regulation.number),
        "responsible": words["responsible"].format(
            kantor=office.name, bulan=office.retention_months
        ),
        "words": words,
    }


def _questions(paper: Paper) -> tuple[Question, ...]:
    services = paper.office.services
    return paper.form.asked_by(online=all(service.online for service in services))


def _question(number: int, question: Question, language: str) -> dict[str, object]:
    """The official sentence first; in another language the translation is what is read."""
    first, second = question.official, question.text
    if language != INDONESIAN:
        first, second = second, first
    return {
        "number": str(number),
        "text": first,
        "second": "" if second == first else second,
        "help": question.help or "",
        "labels": question.labels,
    }


def _profile(question: ProfileQuestion) -> dict[str, object]:
    return {"text": question.text, "choices": [choice.label for choice in question.choices]}


def _code(address: str | None, words: Mapping[str, str]) -> dict[str, str] | None:
    if address is None:
        return None
    return {
        "svg": qr.svg(address).decode(),
        "alt": words["code_alt"].format(alamat=address),
        "words": words["code"],
    }


@cache
def _words(language: str) -> Mapping[str, str]:
    """The fixed words in a language; those it has not are Indonesian."""
    document = TomlFile(_WORDS)
    indonesian = document.root.table(INDONESIAN)
    own = document.root.optional_table(language) or indonesian
    return {key: (own if key in own else indonesian).text(key) for key in indonesian.keys}
