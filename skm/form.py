"""Questionnaires as data: elements, questions, labels, profile; read and checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, starmap
from pathlib import Path
from typing import Literal

from skm import resources
from skm.errors import SkmError, refuse
from skm.numerals import number
from skm.regulation import (
    LEVEL_COUNT,
    WEIGHT_TOLERANCE,
    Regulation,
    find_regulation,
    regulation_in_force,
)
from skm.toml_file import Table, TomlFile

Service = Literal["offline", "online"]
Labels = tuple[str, str, str, str]

_FORM_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_]*")
_SPELLINGS = "reading"  # the one file beside the forms that is none


@dataclass(frozen=True)
class Question:
    """One question, one column of answers.

    Attributes:
        code: the name its answers are stored under.
        element: the code of its element.
        text: the plain sentence on the screen.
        official: the sentence of the regulation, unshortened; the plain one where there is none.
        labels: the answers of levels 1 to 4, worst first.
        help: one line with an example, or None.
        counts: whether it enters the index; an office's own question does not.
        service: the channel of services that alone ask it, None for all.
    """

    code: str
    element: str
    text: str
    official: str
    labels: Labels
    help: str | None
    counts: bool
    service: Service | None


@dataclass(frozen=True)
class Element:
    """An unsur with its questions; ``maps_to`` is the unsur of 2017 it belongs to, if any."""

    code: str
    name: str
    maps_to: str | None
    questions: tuple[Question, ...]

    @cached_property
    def statements(self) -> tuple[tuple[Question, ...], ...]:
        """Its questions, the offline and the online wording of one statement together.

        The wordings are told by their order: the first offline one belongs to the first online
        one. A statement is answered by every respondent once, so its wordings are pooled.
        """
        online = iter([question for question in self.questions if question.service == "online"])
        statements: list[tuple[Question, ...]] = []
        for question in self.questions:
            if question.service is None:
                statements.append((question,))
            elif question.service == "offline":
                twin = next(online, None)
                statements.append((question, twin) if twin else (question,))
        return (*statements, *((question,) for question in online))


@dataclass(frozen=True)
class Choice:
    """One answer of a profile question; ``official`` is what the list of 2017 calls it."""

    code: str
    label: str
    official: str | None


@dataclass(frozen=True)
class ProfileQuestion:
    """A question about the respondent; ``asked`` tells whether it is asked by default."""

    code: str
    text: str
    choices: tuple[Choice, ...]
    asked: bool


@dataclass(frozen=True)
class Comment:
    """The box for free words, and the line that says what not to write into it."""

    text: str
    note: str | None


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
        elements=(elements := _elements(root)),
        weights=_weights(root, elements),
        asked=_asked(root, elements),
        profile=_profile(root),
        comment=_comment(root),
        source=root.text("source"),
        note=root.optional_text("note"),
        default=root.flag("default", default=False),
    )
    document.refuse_faults()
    return form


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


def _elements(root: Table) -> tuple[Element, ...]:
    tables = root.tables("element")
    asking = tuple(table.tables("question") for table in tables)
    elements = tuple(starmap(_element, zip(tables, asking, strict=True)))
    _fault_doubled(zip(tables, (element.code for element in elements), strict=True))
    questions = (question.code for element in elements for question in element.questions)
    _fault_doubled(zip(chain.from_iterable(asking), questions, strict=True))
    return elements


def _element(table: Table, asking: tuple[Table, ...]) -> Element:
    code = _code(table, _CODE)
    maps_to = table.optional_text("maps_to")
    official = regulation_in_force().element_codes
    if maps_to is not None and maps_to not in official:
        expected = "salah satu dari " + ", ".join(official)
        table.fault("maps_to", "Bukan unsur resmi", found=maps_to, expected=expected)
    questions = tuple(_question(each, code) for each in asking)
    return Element(code, table.text("name"), maps_to, questions)


def _question(table: Table, element: str) -> Question:
    text = table.text("text")
    return Question(
        code=_code(table, _CODE),
        element=element,
        text=text,
        official=table.optional_text("official") or text,
        labels=four_labels(table),
        help=table.optional_text("help"),
        counts=table.flag("counts", default=True),
        service=_service(table),
    )


def four_labels(table: Table) -> Labels:
    """The labels of a question's four answers, worst first; other numbers are a fault."""
    labels = table.texts("labels")
    if "labels" in table and len(labels) != LEVEL_COUNT:
        expected = f"{LEVEL_COUNT} label, dari yang terburuk"
        table.fault("labels", "Jumlah label salah", found=len(labels), expected=expected)
    folded = Counter(label.casefold() for label in labels if label)
    for label, count in folded.items():
        if count > 1:
            table.fault("labels", "Label tertulis dua kali", found=label)
    first, second, third, fourth = (*labels, "", "", "", "")[:LEVEL_COUNT]
    return first, second, third, fourth


def _service(table: Table) -> Service | None:
    match table.optional_text("service"):
        case "offline":
            return "offline"
        case "online":
            return "online"
        case None:
            return None
        case other:
            expected = "offline atau online"
            table.fault("service", "Saluran tidak dikenal", found=other, expected=expected)
            return None


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


def _profile(root: Table) -> tuple[ProfileQuestion, ...]:
    if "profile" not in root:
        return ()
    tables = root.tables("profile")
    profile = tuple(_profile_question(table) for table in tables)
    _fault_doubled(zip(tables, (question.code for question in profile), strict=True))
    return profile


def _profile_question(table: Table) -> ProfileQuestion:
    tables = table.tables("choices")
    choices = tuple(
        Choice(_code(each, _CHOICE_CODE), each.text("label"), each.optional_text("official"))
        for each in tables
    )
    _fault_doubled(zip(tables, (choice.code for choice in choices), strict=True))
    asked = table.flag("asked", default=True)
    return ProfileQuestion(_code(table, _CODE), table.text("text"), choices, asked)


def _comment(root: Table) -> Comment | None:
    table = root.optional_table("comment")
    return None if table is None else Comment(table.text("text"), table.optional_text("note"))


def _code(table: Table, pattern: re.Pattern[str]) -> str:
    code = table.text("code")
    if code and not pattern.fullmatch(code):
        expected = "huruf kecil, angka, dan garis bawah, misalnya alur_petugas"
        table.fault("code", "Kode salah bentuk", found=code, expected=expected)
    return code


def _fault_doubled(codes: Iterable[tuple[Table, str]]) -> None:
    seen: dict[str, Table] = {}
    for table, code in codes:
        if code and code in seen:
            todo = f"Kode itu sudah dipakai {seen[code].place}."
            table.fault("code", "Kode tertulis dua kali", found=code, todo=todo)
        seen.setdefault(code, table)
