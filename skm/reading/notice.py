"""What a reader noticed and took a decision on, told beside its result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A thing to know about a file that was read.

    Attributes:
        code: short name for programs, such as ``score-differs``.
        message: in Indonesian, without its place.
        row: the data row, counted from 1, or None.
        field: column or element, or None.
    """

    code: str
    message: str
    row: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        place = [f"baris {self.row}" if self.row is not None else "", self.field or ""]
        where = ", ".join(part for part in place if part)
        return f"{where}: {self.message}" if where else self.message
