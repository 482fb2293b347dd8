"""Questionnaires as data: elements, questions, labels, profile; read and checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from skm import resources
from skm.errors import SkmError, refuse
from skm.form_parts import (
    Choice,
    Comment,
    Element,
    ProfileQuestion,
    Question,
    Service,
    read_comment,
    read_elements,
    read_profile,
)
from skm.numerals import number
from skm.regulation import WEIGHT_TOLERANCE, Regulation, find_regulation, regulation_in_force
from skm.toml_file import Table, TomlFile

__all__ = [
    "Choice",
    "Comment",
    "Element",
    "Form",
    "ProfileQuestion",
    "Question",
    "Service",
    "all_forms",
    "find_form",
    "form_ids",
    "load_form",
    "shipped_forms",
]

_FORM_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SPELLINGS = "reading"  # the one file beside the forms that is none


@dataclass(frozen=True)
class Form:
    """One questionnaire.

    Attributes:
        id: its name, the name of its file.
        title: as lists and prints name it.
        regulation: the regulation it follows; a file is graded on its scale.
        weights: a weight for each counted element, None for exactly 1/number of elements.
        elements: in the official order of its list.
        asked: the codes of all questions in the order of the screen.
        profile: what is asked about the respondent.
        comment: the box for free words, or None.
        source: where its words come from.
        note: what an officer must know before choosing it, or None.
        default: whether a new office starts with it.
    """

    id: str
    title: str
    regulation: Regulation
    weights: Mapping[str, Fraction] | None = field(hash=False)
    elements: tuple[Element, ...]
    asked: tuple[str, ...]
    profile: tuple[ProfileQuestion, ...]
    comment: Comment | None
    source: str
    note: str | None
    default: bool

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the official order of their elements."""
        return tuple(question for element in self.elements for question in element.questions)

    @cached_property
    def counted_elements(self) -> tuple[Element, ...]:
        """The elements with at least one question that enters the index."""
        return tuple(
            element
            for element in self.elements
            if any(question.counts for question in element.questions)
        )

    @property
    def table(self) -> str:
        """The name of the table that holds its responses."""
        return "response_" + self.id.replace("-", "_")

    def question(self, code: str) -> Question:
        """The question of a code; KeyError for none."""
        return self._questions_by_code[code]

    def element(self, code: str) -> Element:
        """The element of a code; KeyError for none."""
        return self._elements_by_code[code]

    def asked_by(self, online: bool) -> tuple[Question, ...]:
        """The questions in the order of the screen, of two variants the one of the channel.

        Args:
            online: whether the service is given online (``daring`` in the office's list).
        """
        other: Service = "offline" if online else "online"
        questions = (self.question(code) for code in self.asked)
        return tuple(question for question in questions if question.service != other)

    @cached_property
    def _questions_by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def _elements_by_code(self) -> Mapping[str, Element]:
        return {element.code: element for element in self.elements}


def load_form(path: Path) -> Form:
    """Read one questionnaire.

    Raises:
        SkmError: with every fault of the file: file, key, what was found and expected.
    """
    document = TomlFile(path)
    root = document.root
    form = Form(
        id=_form_id(root, path),
        title=root.text("title"),
        regulation=_regulation(root),
        elements=(elements := read_elements(root)),
        weights=_weights(root, elements),
        asked=_asked(root, elements),
        profile=read_profile(root),
        comment=read_comment(root),
        source=root.text("source"),
        note=root.optional_text("note"),
        default=root.flag("default", default=False),
    )
    document.refuse_faults()
    return form


def form_ids(own: Path | None = None) -> tuple[str, ...]:
    """The ids of all forms there are, shipped and an office's own, faulty files too."""
    return tuple(sorted(_form_files(own)))


def find_form(id: str, own: Path | None = None) -> Form:  # noqa: A002
    """The form of an id: an office's own before a shipped one.

    Args:
        id: the name of the form's file.
        own: the folder with the office's own forms; it need not exist.

    Raises:
        SkmError: there is no such form, and those there are are named; or its file has faults.
    """
    files = _form_files(own)
    if id not in files:
        raise refuse("Formulir tidak dikenal", found=id, expected=" atau ".join(sorted(files)))
    return load_form(files[id])


def shipped_forms() -> tuple[Form, ...]:
    """The forms that come with the program, by id."""
    return all_forms(None)


def all_forms(own: Path | None) -> tuple[Form, ...]:
    """The shipped forms and an office's own, by id; an own one stands for a shipped one."""
    return tuple(load_form(path) for _, path in sorted(_form_files(own).items()))


def _form_files(own: Path | None) -> dict[str, Path]:
    shipped = resources.folder("survey_forms").glob("*.toml")
    files = {path.stem: path for path in shipped if path.stem != _SPELLINGS}
    if own is not None:
        files |= {path.stem: path for path in own.glob("*.toml")}
    return files


def _form_id(root: Table, path: Path) -> str:
    identity = root.text("id")
    if identity and not _FORM_ID.fullmatch(identity):
        expected = "huruf kecil, angka, dan tanda hubung, misalnya kecamatan-14"
        root.fault("id", "Nama formulir salah bentuk", found=identity, expected=expected)
    elif identity and identity != path.stem:
        root.fault("id", "Berbeda dari nama berkas", found=identity, expected=path.stem)
    return identity


def _regulation(root: Table) -> Regulation:
    identity = root.text("regulation")
    try:
        return find_regulation(identity)
    except SkmError as error:
        if identity:
            fault = error.faults[0]
            root.fault("regulation", fault.message, found=identity, expected=fault.expected)
        return regulation_in_force()


def _weights(root: Table, elements: tuple[Element, ...]) -> Mapping[str, Fraction] | None:
    if root.is_text("weights"):
        if (word := root.text("weights")) != "exact":
            expected = '"exact" atau tabel [weights]'
            root.fault("weights", "Bobot tidak dikenal", found=word, expected=expected)
        return None
    table = root.table("weights")
    weights = {code: Fraction(table.decimal(code)) for code in table.keys}
    for code, weight in weights.items():
        if weight <= 0:
            table.fault(code, "Bobot harus lebih dari 0", found=str(weight))
    counted = [e.code for e in elements if any(question.counts for question in e.questions)]
    _fault_difference(root, "weights", weights, counted, "unsur yang dihitung")
    total = sum(weights.values(), Fraction(0))
    if set(weights) == set(counted) and abs(total - 1) > WEIGHT_TOLERANCE:
        lowest, highest = (number(1 + sign * WEIGHT_TOLERANCE, 2) for sign in (-1, 1))
        expected = f"{lowest} sampai {highest}"
        root.fault("weights", "Jumlah bobot bukan 1", found=number(total, 3), expected=expected)
    return weights


def _asked(root: Table, elements: tuple[Element, ...]) -> tuple[str, ...]:
    asked = root.texts("asked")
    codes = [question.code for element in elements for question in element.questions]
    if "asked" in root:
        _fault_difference(root, "asked", asked, codes, "pertanyaan formulir ini")
    return asked


def _fault_difference(
    root: Table, key: str, named: Iterable[str], wanted: list[str], what: str
) -> None:
    counts = Counter(named)
    for code in sorted(set(wanted) - set(counts)):
        root.fault(key, f"Belum menyebut {code}", expected=f"semua {what}, masing-masing sekali")
    for code, count in counts.items():
        if code not in wanted:
            root.fault(key, f"Bukan {what}", found=code)
        elif count > 1:
            root.fault(key, "Tertulis dua kali", found=code)
