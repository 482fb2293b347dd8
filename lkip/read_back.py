"""What an officer changed in the DOCX of a report, turned back into the wording of the plan.

Every paragraph carries a hidden bookmark. One that reads otherwise than the report was built is
a change: of wording, which may go into ``[narrative]`` of the plan, or of data, which is
refused, since the other places of the same figure would not change with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from skm.document.blocks import AnnexTitle, Document, Figure, Heading, Run, Table, Text, plain
from skm.document.docx_reading import EditedParagraph
from skm.document.parts import Part, parts
from skm.document.rewording import reworded
from skm.document.wording import KeyedText, Wording
from skm.errors import SkmError

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Change:
    """A paragraph that an officer worded in another way.

    Attributes:
        key: of the wording.
        before: what the report says; ``after`` what the file says.
        text: the wording that prints it, with its placeholders.
        places: how many paragraphs of the report the wording is used in.
    """

    key: str
    before: str
    after: str
    text: str
    places: int


@dataclass(frozen=True)
class Refusal:
    """A change that belongs into the data, or that wording cannot say.

    Attributes:
        place: the id of the paragraph's part of the report.
        reason: why, and what to do.
    """

    place: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class ReadBack:
    """What is different in an edited file.

    Attributes:
        unplaced: paragraphs typed in anew, which have no place in the report.
        removed: paragraphs of the report that are no more in the file.
    """

    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]
    unplaced: tuple[str, ...]
    removed: tuple[str, ...]


def read_back(document: Document, wording: Wording, edited: Iterable[EditedParagraph]) -> ReadBack:
    """Compare an edited file with the report as it is built now.

    Args:
        document: the report of the same plan.
        wording: what its texts were made of.
        edited: the paragraphs of the file.
    """
    known = {part.bookmark: part for part in parts(document) if not part.generated}
    printed = {_squeezed(part.text) for part in parts(document) if part.generated}
    found: dict[str, Text] = {}
    unplaced = []
    for paragraph in edited:
        if paragraph.bookmark in known:
            found.setdefault(paragraph.bookmark, paragraph.text)
        elif _squeezed(paragraph.text) and not _is_listed(paragraph, printed):
            unplaced.append(plain(paragraph.text))
    judged = list(_judged(document, wording, known, found))
    changes, refusals = _without_conflicts(
        [each for each in judged if isinstance(each, Change)],
        [each for each in judged if isinstance(each, Refusal)],
    )
    removed = (
        plain(part.text)
        for mark, part in known.items()
        if _squeezed(part.text) and not _squeezed(found.get(mark, ()))
    )
    return ReadBack(tuple(changes), tuple(refusals), tuple(unplaced), tuple(removed))


def _is_listed(paragraph: EditedParagraph, printed: set[str]) -> bool:
    """An entry of the contents, its page number taken off where the style was lost."""
    words, _, page = plain(paragraph.text).rpartition("\t")
    return paragraph.listed or (bool(page) and "".join(words.split()) in printed)


def _judged(
    document: Document, wording: Wording, known: Mapping[str, Part], found: Mapping[str, Text]
) -> Iterator[Change | Refusal]:
    used = Counter(_key(part.id) for part in known.values())
    leading = _leading(document)
    for mark, part in known.items():
        now = found.get(mark, ())
        if not _squeezed(now):
            continue
        before, after = _same_setting(part.text, now)
        if _letters(before) == _letters(after):
            continue
        key = _key(part.id)
        keyed = wording.texts.get(key)
        lead = leading.get(part.id, "") if part.n == 0 else None
        if keyed is None or (part.n > 0 and part.id in leading) or lead is None:
            yield _of_data(part, after)
            continue
        yield _reworded(part, keyed, lead, before, after, used[key])


def _reworded(
    part: Part, keyed: KeyedText, lead: str, before: Text, after: Text, places: int
) -> Change | Refusal:
    shown, now = plain(before), plain(after)
    if lead and not _squeezed(after).startswith("".join(lead.split())):
        return _of_data(part, after)
    original, edited = _behind(before, lead), _behind(after, lead)
    try:
        text = reworded(keyed, original, edited)
    except SkmError as error:
        return Refusal(part.id, shown, now, _reason(error))
    strange = _numbers(text) - _numbers(_written(keyed))
    if strange:
        which = ", ".join(sorted(strange))
        return Refusal(part.id, shown, now, f"Angka {which} diketik dalam dokumen; ubah di data.")
    return Change(keyed.key, shown, now, text, places)


def _of_data(part: Part, after: Text) -> Refusal:
    reason = "Isi ini berasal dari data; ubah di data, lalu buat laporan itu kembali."
    return Refusal(part.id, plain(part.text), plain(after), reason)


def _reason(error: SkmError) -> str:
    fault = error.faults[0]
    advice = (
        "ubah di data, lalu buat laporan itu kembali." if fault.expected else "tulis di naskah."
    )
    expected = f" (seharusnya {fault.expected})" if fault.expected else ""
    return f"{fault.message}{expected}; {advice}"


def _without_conflicts(
    changes: Sequence[Change], refusals: Sequence[Refusal]
) -> tuple[list[Change], list[Refusal]]:
    """A wording that is used at several places can be changed in one way only."""
    kept, refused = [], list(refusals)
    ordered = sorted(changes, key=lambda change: change.key)
    for key, group in groupby(ordered, lambda change: change.key):
        same = list(group)
        if len({change.text for change in same}) == 1:
            kept.append(same[0])
            continue
        reason = "Naskah ini dipakai di beberapa tempat dan diubah dengan cara berbeda; samakan."
        refused += [Refusal(key, change.before, change.after, reason) for change in same]
    return kept, refused


def _leading(document: Document) -> dict[str, str]:
    """The numbers that the model prints before headings and captions, by block."""
    return {
        block.id: block.number
        for block in document.blocks
        if isinstance(block, Heading | AnnexTitle | Table | Figure)
    }


def _behind(text: Text, lead: str) -> Text:
    """A text without the number that stands before it."""
    rest = len("".join(lead.split()))
    runs: list[Run] = []
    for run in text:
        taken = 0
        while taken < len(run.text) and (rest or (not runs and run.text[taken].isspace())):
            rest -= not run.text[taken].isspace() and rest > 0
            taken += 1
        if run.text[taken:]:
            runs.append(replace(run, text=run.text[taken:]))
    return tuple(runs)


def _same_setting(original: Text, edited: Text) -> tuple[Text, Text]:
    """Both texts without the bold that a whole paragraph has by its kind."""
    if _is_bold(original):
        return _light(original), _light(edited)
    if _is_bold(edited) and not any(run.bold for run in original):
        return original, _light(edited)
    return original, edited


def _is_bold(text: Text) -> bool:
    return all(run.bold for run in text if run.text.strip())


def _light(text: Text) -> Text:
    return tuple(replace(run, bold=False) for run in text)


def _letters(text: Text) -> list[object]:
    """What two texts must share to be the same: words, and how each letter is set."""
    words = " ".join(plain(text).split())
    return [words, *((run.bold, run.italic) for run in text for c in run.text if not c.isspace())]


def _squeezed(text: Text) -> str:
    return "".join(plain(text).split())


def _key(part_id: str) -> str:
    return part_id.partition("@")[0]


def _written(keyed: KeyedText) -> str:
    return " ".join(run.text for run in keyed.pieces if not run.placeholder)


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(_PLACEHOLDER.sub(" ", text)))
