"""Columns of the report's tables; widths in mm of a text 165 mm wide, other papers scale them."""

from __future__ import annotations

from skm.document.blocks import Align, Column

NUMBER = Column(10, Align.CENTER)
"""Of row numbers."""


def words(width: float) -> Column:
    """A column of texts."""
    return Column(width)


def figures(width: float) -> Column:
    """A column of short figures, grades or words."""
    return Column(width, Align.CENTER)


def money(width: float) -> Column:
    """A column of amounts or shares, whose decimal commas stand under each other."""
    return Column(width, Align.RIGHT)
