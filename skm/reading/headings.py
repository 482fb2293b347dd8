"""How offices head the column of a question, or name an element, and which one it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from skm.form import Element, Form, Question
from skm.reading.spellings import Spellings, fold

LISTED, ASKED, EITHER = "U", "P", "?"
"""Series of numbers: U<n> by the official list, P<n> as asked, others where both agree."""

BY_CODE, BY_SENTENCE, BY_NAME = "kode", "kalimat", "nama unsur"

_SERIES = {
    "u": LISTED, "unsur": LISTED,
    "p": ASKED, "q": ASKED, "pertanyaan": ASKED, "question": ASKED,
    "skor": EITHER,
}  # fmt: skip
_WORD = "|".join(sorted(_SERIES, key=len, reverse=True))
_NUMBER = re.compile(rf"({_WORD})[ _.-]*(\d{{1,3}})")
_NUMBER_FIRST = re.compile(
    rf"(?:({_WORD})[ _.]*)?(\d{{1,3}})\s*[.):-]\s*(.+)|({_WORD})(\d{{1,3}}) (.+)"
)
_NUMBER_LAST = re.compile(rf"(.+?)\s*[(\[]({_WORD})[ _.]*(\d{{1,3}})[)\]]")
_GRID = re.compile(r".*\[(.+)\]")


@dataclass(frozen=True)
class Heading:
    """A column header taken apart.

    Attributes:
        names: what it may name, the whole first; folded, without a closing question mark.
        series: ``U``, ``P`` or ``?`` where it holds a number of a question, else None.
        number: that number; 0 without one.
    """

    names: tuple[str, ...]
    series: str | None = None
    number: int = 0


def parse_heading(text: str) -> Heading:
    """Take a header apart.

    >>> parse_heading("unsur_3"), parse_heading("U1. Persyaratan").names[-1]
    (Heading(names=('unsur_3',), series='U', number=3), 'persyaratan')
    >>> parse_heading("Penilaian Bapak/Ibu [Biaya/Tarif]").names[-1]
    'biaya/tarif'
    """
    whole = _name(text)
    if match := _NUMBER.fullmatch(whole):
        return Heading((whole,), _SERIES[match[1]], int(match[2]))
    if match := _NUMBER_LAST.fullmatch(whole):
        return Heading((whole, _name(match[1])), _SERIES[match[2]], int(match[3]))
    if match := _NUMBER_FIRST.fullmatch(whole):
        series, number, name = (match[1], match[2], match[3]) if match[3] else match.group(4, 5, 6)
        return Heading((whole, _name(name)), _SERIES[series] if series else None, int(number))
    if match := _GRID.fullmatch(whole):
        inner = parse_heading(match[1])
        return Heading((whole, *inner.names), inner.series, inner.number)
    return Heading((whole,))


@dataclass(frozen=True)
class Named:
    """A question that a header names, and by what."""

    code: str
    how: str


class FormNames:
    """The headers that the questions of one form go by."""

    def __init__(self, form: Form, spellings: Spellings) -> None:
        self.form = form
        self._spellings = spellings

    def named(self, heading: Heading) -> Named | None:
        """The question that a header names by code, sentence or element, or None."""
        return next((self._names[name] for name in heading.names if name in self._names), None)

    @cached_property
    def statements(self) -> tuple[tuple[Question, ...], ...]:
        """What every respondent is asked once, in official order; see ``Element.statements``."""
        return tuple(
            statement for element in self.form.elements for statement in element.statements
        )

    @cached_property
    def is_flat(self) -> bool:
        """Whether each element has one statement, so that its name or number is one column."""
        return len(self.statements) == len(self.form.elements)

    def numbered(self, series: str, highest: int) -> tuple[str, ...]:
        """Question codes by number from 1, for numbers up to ``highest``.

        Of two wordings of a statement it is the offline one, unless there are numbers for all.
        ``U<n>`` on a form with several statements an element counts elements, which are no
        columns: then it is empty, unless there is a number for each statement.
        """
        listed = tuple(statement[0].code for statement in self.statements)
        if series == ASKED:
            if highest == len(self.form.asked) > len(listed):
                return self.form.asked
            return tuple(question.code for question in self.form.asked_by(online=False))
        return listed if self.is_flat or highest == len(listed) else ()

    def order_taken(self, series: str, place: int) -> str | None:
        """What a number was taken for where list and questionnaire number differently.

        8 and 9 of 2017: the list has pengaduan, sarpras, the questionnaire asks the other way
        round. None where both agree.

        Args:
            place: the number, counted from 0.
        """
        listed = self.numbered(LISTED, len(self.statements))
        asked = self.numbered(ASKED, len(self.statements))
        if not self.is_flat or listed[place] == asked[place]:
            return None
        if series == ASKED:
            other = f"daftar resmi menomori {listed[place]} dengan {place + 1}"
            return f"dibaca sebagai {asked[place]} (urutan kuesioner); {other}"
        other = f"kuesioner menanyakan {asked[place]} sebagai nomor {place + 1}"
        return f"dibaca sebagai {listed[place]} (urutan daftar resmi); {other}"

    @cached_property
    def _names(self) -> Mapping[str, Named]:
        names: dict[str, Named] = {}
        if self.is_flat:
            for element in self.form.elements:
                if len(element.questions) == 1:
                    for name in element_names(element, self._spellings):
                        names[name] = Named(element.questions[0].code, BY_NAME)
        for question in self.form.questions:
            for sentence in (question.text, question.official):
                names[_name(sentence)] = Named(question.code, BY_SENTENCE)
        for question in self.form.questions:
            names[_name(question.code)] = Named(question.code, BY_CODE)
        return names


def element_names(element: Element, spellings: Spellings) -> Iterable[str]:
    """Everything an element is called: its other spellings, its name, its code."""
    yield from spellings.elements.get(element.code, ())
    yield _name(element.name)
    yield _name(element.code)


def elements_by_name(form: Form, spellings: Spellings) -> Mapping[str, str]:
    """Element code by every name; an element's own name outweighs a spelling of another."""
    spelt = {
        name: element.code
        for element in form.elements
        for name in spellings.elements.get(element.code, ())
    }
    own = {_name(element.name): element.code for element in form.elements}
    return spelt | own | {_name(element.code): element.code for element in form.elements}


def question_words(forms: Sequence[FormNames]) -> frozenset[str]:
    """Every name of a question in any of the forms, to tell a header row."""
    return frozenset(name for form in forms for name in form._names)


def _name(text: str) -> str:
    return fold(text).rstrip(" ?")
