"""A figure of the report that is there, or the reason why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from skm.numerals import Number, round_half_up

PLACES = 2


class State(Enum):
    """Whether a figure is there, and if not, why; what is missing is never shown as 0."""

    COMPUTED = "terhitung"
    NOT_FILLED = "belum diisi"
    NOT_COMPUTABLE = "tidak dapat dihitung"


@dataclass(frozen=True)
class Figure:
    """A figure, or the reason why there is none.

    Attributes:
        exact: its value where it is computed.
        reason: why it is not there, in Indonesian; None where it is computed.
    """

    state: State
    exact: Fraction | None = None
    reason: str | None = None

    @staticmethod
    def of(value: Number) -> Figure:
        """A figure that is there.

        >>> Figure.of(Decimal("69.4643")).shown
        Decimal('69.46')
        """
        return Figure(State.COMPUTED, Fraction(value))

    @staticmethod
    def not_filled(reason: str) -> Figure:
        """A figure that somebody has still to enter."""
        return Figure(State.NOT_FILLED, reason=reason)

    @staticmethod
    def not_computable(reason: str) -> Figure:
        """A figure that the rules do not give."""
        return Figure(State.NOT_COMPUTABLE, reason=reason)

    @property
    def shown(self) -> Decimal | None:
        """As it is printed: rounded half up to 2 decimals; None where it is not there."""
        return None if self.exact is None else round_half_up(self.exact, PLACES)
