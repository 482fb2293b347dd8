"""What of a document is read, paragraph by paragraph, in reading order.

A part is one paragraph of the printed document. The DOCX writer marks each with a hidden
bookmark of the name given here, so that an edited file is read back part by part.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar, cast

from skm.document.blocks import (
    AnnexTitle,
    Block,
    Contents,
    Cover,
    Document,
    Fields,
    Figure,
    Formula,
    Heading,
    Inline,
    Letterhead,
    List,
    ListOf,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Signature,
    Table,
    Text,
    UnknownBlockError,
    runs,
)

_Value = TypeVar("_Value")
_BOOKMARK_SLUG = 16  # Word takes 40 characters in all


@dataclass(frozen=True)
class Part:
    """One paragraph of a document.

    Attributes:
        id: of the block, or of the item or field where that has an id of its own.
        n: which of the paragraphs under that id, from 0.
        text: as printed, without the markers of lists.
        generated: an entry of the contents, which Word makes anew and which has no bookmark.
    """

    id: str
    n: int
    text: Text
    generated: bool = False

    @property
    def bookmark(self) -> str:
        """The bookmark that the DOCX marks this paragraph with."""
        return bookmark(self.id, self.n)


def bookmark(block: str, n: int) -> str:
    """The name of a hidden bookmark: at most 40 characters, the same from run to run.

    The slug is for people, the digest keeps two ids apart.

    >>> bookmark("ikhtisar.capaian_sasaran@s1", 2)
    '_lk_ikhtisar_capaian_cab7d368_2'
    """
    slug = re.sub(r"[^A-Za-z0-9]+", "_", block)[:_BOOKMARK_SLUG].strip("_")
    return f"_lk_{slug}_{sha256(block.encode()).hexdigest()[:8]}_{n}"


def parts(document: Document) -> Iterator[Part]:
    """All paragraphs of a document, in reading order."""
    for block in document.blocks:
        yield from parts_of(block)


def parts_of(block: Block) -> Iterator[Part]:
    """The paragraphs of one block, in reading order.

    Raises:
        UnknownBlockError: it is of no kind that a document is made of.
    """
    counted: dict[str, int] = {}
    for owner, text in _texts(block):
        n = counted.get(owner, 0)
        counted[owner] = n + 1
        yield Part(owner, n, runs(text), isinstance(block, Contents | ListOf))


def _texts(block: Block) -> Iterator[tuple[str, Inline]]:
    match block:
        case Cover(id, title, subtitle, foot):
            yield from ((id, text) for text in (title, subtitle, foot) if text)
        case Heading(id) | AnnexTitle(id):
            yield id, numbered(block)
        case Paragraph(id, text):
            yield id, text
        case List():
            yield from _items(block, block.id)
        case Fields(id, fields):
            for field in fields:
                yield id, field.label
                yield id, ":"
                if field.text or not field.items:
                    yield field.id or id, field.text
                if field.items:
                    yield from _items(field.items, field.items.id or id)
        case Table(id, _, head, body):
            if block.number:
                yield id, captioned(block)
            for row in head:
                yield from ((id, cell.text) for cell in row.cells)
            yield from ((id, text) for text in block.index)
            for row in body:
                yield from ((id, cell.text) for cell in row.cells)
            if block.source:
                yield id, block.source
        case Figure(id):
            yield id, captioned(block)
        case Formula(id):
            factor = (Run(" × "), *runs(block.factor)) if block.factor else ()
            fraction = (*runs(block.numerator), Run(" "), *runs(block.denominator))
            yield id, (*runs(block.result), Run(" = "), *fraction, *factor)
        case Contents(id, _, entries) | ListOf(id, _, entries):
            yield from ((id, f"{entry.number} {entry.text}".strip()) for entry in entries)
        case Letterhead(id, government, office, address):
            yield from ((id, text) for text in (government, office, address))
        case Signature(id, signers):
            for signer in signers:
                yield from (
                    (id, text) for text in (signer.above, signer.tag, signer.below) if text
                )
        case PageBreak() | Section():
            pass
        case _:
            raise UnknownBlockError("parts", block)


def _items(items: List, owner: str) -> Iterator[tuple[str, Inline]]:
    for item in items.items:
        yield item.id or owner, item.text
        if item.items:
            yield from _items(item.items, item.items.id or owner)


def numbered(block: Heading | AnnexTitle) -> Text:
    """A heading with its number; the number of a chapter or annex stands on its own line."""
    if not block.number:
        return runs(block.text)
    own_line = isinstance(block, AnnexTitle) or block.level == 1
    return (Run(block.number + ("\n" if own_line else " ")), *runs(block.text))


def captioned(block: Table | Figure) -> Text:
    """A caption with its number."""
    return (Run(f"{block.number} ", bold=True), *runs(block.caption))


def ids(block: Block) -> Iterator[str]:
    """The id of a block, and those of its lists, items and fields that have one."""
    yield block.id
    if isinstance(block, List):
        yield from _item_ids(block)
    if isinstance(block, Fields):
        for field in block.fields:
            if field.id:
                yield field.id
            if field.items:
                if field.items.id:
                    yield field.items.id
                yield from _item_ids(field.items)


def _item_ids(items: List) -> Iterator[str]:
    for item in items.items:
        if item.id:
            yield item.id
        if item.items:
            if item.items.id:
                yield item.items.id
            yield from _item_ids(item.items)


def with_runs(value: _Value, change: Callable[[Run], Run]) -> _Value:
    """A block with every run of its texts changed."""
    return cast(_Value, _with_runs(value, change))


def _with_runs(value: object, change: Callable[[Run], Run]) -> object:
    if isinstance(value, Run):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_with_runs(part, change) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inner = {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
        return dataclasses.replace(
            value, **{name: _with_runs(part, change) for name, part in inner.items()}
        )
    return value
