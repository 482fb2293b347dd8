"""The pictures of what was done or published, as reports print them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from skm.store import Store
from skm.store.evidence import JPEG, Evidence, evidence

_WIDEST, _HIGHEST = 110.0, 82.5  # in mm: two stand on a page


@dataclass(frozen=True)
class Photograph:
    """A picture that is evidence; its sides in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def printed_width(self) -> float:
        """How wide it stands in a report, in mm."""
        return min(_WIDEST, _HIGHEST * self.width / self.height)


def photographs_of(store: Store, keys: Iterable[str]) -> tuple[Photograph, ...]:
    """The pictures among the evidence of these keys; PDF files are left out."""
    found = (evidence(store, sha256) for sha256 in keys)
    return tuple(_photograph(file) for file in found if file and file.mimetype == JPEG)


def _photograph(file: Evidence) -> Photograph:
    with Image.open(io.BytesIO(file.content)) as picture:
        return Photograph(file.content, *picture.size)
