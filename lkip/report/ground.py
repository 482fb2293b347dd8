"""What a report cannot be made without."""

from __future__ import annotations

from dataclasses import dataclass

from lkip.plan import Document
from lkip.plan.framing import Signing


@dataclass(frozen=True)
class Ground:
    """The parts of a plan that every chapter stands on; ``requirements`` sees that they are there.

    Attributes:
        superior: the office that the report answers to.
        agreement: the performance agreement that holds; ``agreement_id`` its id in the plan.
        first_year: of the Renstra; ``last_year`` likewise.
    """

    signing: Signing
    superior: str
    agreement_id: str
    agreement: Document
    renstra: Document
    first_year: int
    last_year: int
