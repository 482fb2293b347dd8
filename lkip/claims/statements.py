"""Money stated in running text: amounts with the percentage behind and the label before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lkip.claims.figures import Amount, amounts
from lkip.claims.report import Paragraph

_LABELS = (
    ("belanja tidak langsung", re.compile(r"belanja\s+tidak\s+langsung|\bBTL\b", re.IGNORECASE)),
    ("belanja langsung", re.compile(r"belanja\s+langsung|\bBL\b", re.IGNORECASE)),
    ("belanja operasi", re.compile(r"belanja\s+operasi", re.IGNORECASE)),
    ("belanja modal", re.compile(r"belanja\s+modal", re.IGNORECASE)),
    ("belanja pegawai", re.compile(r"belanja\s+pegawai", re.IGNORECASE)),
    ("belanja barang", re.compile(r"belanja\s+barang", re.IGNORECASE)),
    ("sasaran", re.compile(r"\bsasaran\b", re.IGNORECASE)),
    (
        "jumlah",
        re.compile(r"APBD|keseluruhan anggaran|penyerapan anggaran|anggaran", re.IGNORECASE),
    ),
)
_LEAST_MONEY = 100_000
_REACH = 120
_TIED = re.compile(r"\(|atau|sebesar|adalah|mencapai|setara", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """An amount in a sentence.

    Attributes:
        label: what it is of, by the words before it; empty where they tell nothing.
        percent: stated behind it; None where there is none.
        between: the words between the two.
        spent: whether it is said to be spent.
    """

    label: str
    money: Amount
    percent: Amount | None
    between: str
    spent: bool
    paragraph: Paragraph


def statements(paragraphs: Sequence[Paragraph]) -> Iterator[Statement]:
    """The amounts of running text, in their order."""
    for paragraph in paragraphs:
        text = paragraph.text
        found = [each for each in amounts(text) if each.value is not None]
        for place, money in enumerate(found):
            if not money.is_money or (money.value or 0) < _LEAST_MONEY:
                continue
            before = text[found[place - 1].end if place else 0 : money.start]
            following = found[place + 1] if place + 1 < len(found) else None
            percent, between = None, ""
            if following is not None and following.is_percent:
                gap = text[money.end : following.start]
                if len(gap) < _REACH and _TIED.search(gap):
                    percent, between = following, gap
            spent = _is_spent(before) or (place > 0 and _is_spent(text[: money.start]))
            yield Statement(_label(before), money, percent, between, spent, paragraph)


def _label(before: str) -> str:
    """The label that stands nearest before an amount."""
    best, place = "", -1
    for label, pattern in _LABELS:
        for match in pattern.finditer(before):
            if match.end() > place:
                best, place = label, match.end()
    return best


def _is_spent(text: str) -> bool:
    return bool(re.search(r"reali[sz]asi|penyerapan|terserap", text, re.IGNORECASE))
