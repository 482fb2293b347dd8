"""What is told to a person whose input cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input: where, what was found, what to do.

    Attributes:
        message: what is wrong, in Indonesian, without its place.
        file: the file it stands in.
        row: the row as the file shows it; data rows are counted from 1.
        field: column, TOML key or option.
        found: what stands there, as written.
        expected: what ought to stand there.
        todo: what the user can do about it.
    """

    message: str
    file: str | Path | None = None
    row: int | None = None
    field: str | None = None
    found: object = None
    expected: str | None = None
    todo: str | None = None

    def __str__(self) -> str:
        place = [
            str(self.file) if self.file is not None else "",
            f"baris {self.row}" if self.row is not None else "",
            self.field or "",
        ]
        where = ", ".join(part for part in place if part)
        text = f"{where}: {self.message}" if where else self.message
        if self.found is not None:
            text += f" (ditemukan: {_visible(self.found)})"
        if self.expected is not None:
            text += f" (seharusnya: {self.expected})"
        text += "" if text.endswith((".", "?", "!")) else "."
        return f"{text} {self.todo}" if self.todo else text


class SkmError(Exception):
    """Input that is refused whole; carries every fault found, so one pass mends all.

    ``exit_status`` is what a command ends with: 2 for wrong use or refused input.
    """

    exit_status = 2

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def refuse(
    message: str,
    *,
    file: str | Path | None = None,
    row: int | None = None,
    field: str | None = None,
    found: object = None,
    expected: str | None = None,
    todo: str | None = None,
) -> SkmError:
    """The error of a single fault, ready to be raised."""
    return SkmError(Fault(message, file, row, field, found, expected, todo))


def _visible(value: object) -> str:
    """A found value on one line, control characters shown, cut where it grows long."""
    text = value if isinstance(value, str) else str(value)
    text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return f"«{text[:77]}…»" if len(text) > 78 else f"«{text}»"
