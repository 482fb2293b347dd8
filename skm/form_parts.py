"""The parts of a questionnaire: elements, questions, profile; and how a file says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, starmap
from typing import Literal

from skm.regulation import LEVEL_COUNT, regulation_in_force
from skm.toml_file import Table

Service = Literal["offline", "online"]
Labels = tuple[str, str, str, str]

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_]*")


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

    @cached_property
    def words(self) -> int:
        """How many words of it are read on the screen."""
        return len(self.text.split())


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


def read_elements(root: Table) -> tuple[Element, ...]:
    """The elements of a form file in their order; doubled codes are a fault."""
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


def read_profile(root: Table) -> tuple[ProfileQuestion, ...]:
    """The profile questions of a form file, none where it has no such part."""
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


def read_comment(root: Table) -> Comment | None:
    """The comment box of a form file, None where it has none."""
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
