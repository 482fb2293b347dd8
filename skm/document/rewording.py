"""An edited paragraph turned back into the wording it was made from.

The values that were put in are found again in the edited text and become placeholders. A value
that is no longer there was changed by hand, and that belongs into the data: it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from skm.document.blocks import Text, plain
from skm.document.wording import KeyedText, parse
from skm.errors import Fault, SkmError, refuse

_CONTEXT = 12  # letters on each side by which a value is told from its likes
_MARKS = frozenset("*_{}\\")


@dataclass(frozen=True)
class _Value:
    """A value that was put in, and the text on both sides of it."""

    name: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class _Letter:
    """A letter of the edited text, or a placeholder that stands for many."""

    text: str
    bold: bool
    italic: bool


def reworded(keyed: KeyedText, original: Text, edited: Text) -> str:
    """The wording whose printed form is ``edited``.

    Args:
        keyed: the text of the key, for the place that errors name.
        original: what was printed, each value with the name of its placeholder.
        edited: what stands there now, bold and italics as read from the file.

    >>> from pathlib import Path
    >>> from skm.document.text import Run, bold
    >>> keyed = parse("Capaian {capaian} dari {target}.", "skm.capaian", Path("naskah.toml"))
    >>> printed = keyed.filled({"capaian": "81,72 %", "target": "85"})
    >>> reworded(keyed, printed, (*bold("Dicapai"), Run(" 81,72 % dari target 85.")))
    '**Dicapai** {capaian} dari target {target}.'

    Raises:
        SkmError: a value was changed or taken out, values stand in another order, or the text
            is set in a way that wording cannot say, such as half a word in italics.
    """
    values = tuple(_values(original))
    text = plain(edited)
    missing = [value for value in values if not any(_occurrences(value, text))]
    if missing:
        raise SkmError(*(_changed(keyed, value, text) for value in missing))
    places = _places(values, text)
    if places is None:
        raise refuse(
            "Urutan isian pada naskah berubah",
            file=keyed.file,
            field=keyed.key,
            found=text,
            expected=", ".join(f"{{{value.name}}}" for value in values),
            todo="Ubah urutannya pada naskah, bukan pada dokumen.",
        )
    written = _written(_letters(edited, values, places))
    if _printed(written, values, keyed) != _normal(edited):
        raise refuse(
            "Tebal atau miring pada sebagian kata tidak dapat ditulis sebagai naskah",
            file=keyed.file,
            field=keyed.key,
            found=text,
        )
    return written


def _values(original: Text) -> Iterator[_Value]:
    text, at = plain(original), 0
    for run in original:
        end = at + len(run.text)
        if run.placeholder and run.text:
            before = text[max(at - _CONTEXT, 0) : at]
            yield _Value(run.placeholder, run.text, before, text[end : end + _CONTEXT])
        at = end


def _changed(keyed: KeyedText, value: _Value, text: str) -> Fault:
    return Fault(
        f"Isian {{{value.name}}} berubah di dalam dokumen",
        file=keyed.file,
        field=keyed.key,
        found=text,
        expected=value.text,
        todo="Ubah datanya, lalu buat dokumen itu kembali.",
    )


def _places(values: Sequence[_Value], text: str) -> tuple[int, ...] | None:
    """Where each value stands, in order, the surroundings most alike; None if that cannot be."""
    # best[end of a value] = (likeness so far, places so far)
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for value in values:
        found: dict[int, tuple[int, tuple[int, ...]]] = {}
        for place, likeness in _occurrences(value, text):
            earlier = [reached for end, reached in best.items() if end <= place]
            if earlier:
                before, places = max(earlier)
                found[place + len(value.text)] = (before + likeness, (*places, place))
        best = found
    return max(best.values())[1] if best else None


def _occurrences(value: _Value, text: str) -> Iterator[tuple[int, int]]:
    """The places of a value as a word or number of its own, and how alike each is.

    85 does not stand in 850 or 85,5: there a figure was changed.
    """
    for found in re.finditer(re.escape(value.text), text):
        before, after = text[: found.start()], text[found.end() :]
        joined = _goes_on(before[::-1], value.text[0]) and before[-1:] != value.before[-1:]
        joined |= _goes_on(after, value.text[-1]) and after[:1] != value.after[:1]
        if not joined:
            alike = zip(reversed(value.before), reversed(before), strict=False)
            alike_after = zip(value.after, after, strict=False)
            yield found.start(), sum(a == b for a, b in (*alike, *alike_after))


def _goes_on(beside: str, edge: str) -> bool:
    """Whether what stands beside the edge of a value belongs to the same word or number."""
    if edge.isdigit() and beside[:1] in (".", ","):
        beside = beside[1:]
    return edge.isalnum() and beside[:1].isalnum()


def _letters(edited: Text, values: Sequence[_Value], places: Sequence[int]) -> Iterator[_Letter]:
    """The edited text letter by letter, its values replaced by placeholders."""
    letters = [(letter, run) for run in edited for letter in run.text]
    starts = dict(zip(places, values, strict=True))
    at = 0
    while at < len(letters):
        letter, run = letters[at]
        if at in starts:
            yield _Letter(f"{{{starts[at].name}}}", run.bold, run.italic)
            at += len(starts[at].text)
        else:
            escaped = f"\\{letter}" if letter in _MARKS else letter
            yield _Letter(escaped, run.bold, run.italic)
            at += 1


def _written(letters: Iterator[_Letter]) -> str:
    """Letters with their marks; spaces at the edge of a mark stay outside it."""
    written = ""
    for (bold, italic), group in groupby(letters, lambda letter: (letter.bold, letter.italic)):
        text = "".join(letter.text for letter in group)
        inner = text.strip()
        if inner and (bold or italic):
            marks = ("**" if bold else "") + ("_" if italic else "")
            marked = f"{marks}{inner}{marks[::-1]}"
            text = text.replace(inner, marked, 1)
        written += text
    return written


def _printed(written: str, values: Sequence[_Value], keyed: KeyedText) -> list[_Letter]:
    """What wording prints, to see that nothing was lost on the way back."""
    try:
        again = parse(written, keyed.key, keyed.file)
    except SkmError:
        return []
    return _normal(again.filled({value.name: value.text for value in values}))


def _normal(text: Text) -> list[_Letter]:
    """The letters and how they are set, and the words; spaces are set in no way."""
    letters = [
        _Letter(letter, run.bold, run.italic)
        for run in text
        for letter in run.text
        if not letter.isspace()
    ]
    words = " ".join(plain(text).split())
    return [*letters, _Letter(words, bold=False, italic=False)]
