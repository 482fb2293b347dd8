"""Data that ships with the program: questionnaires and the sample office."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """A shipped folder, ``survey_forms`` or ``instance``.

    Inside the package where it was installed from a wheel, else beside it in the checkout.
    """
    packaged = _PACKAGE / "_resources" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
