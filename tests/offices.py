"""Offices that are set up otherwise than the sample."""

from __future__ import annotations

from skm.instance import Instance, open_instance


def changed(office: Instance, old: str, new: str) -> Instance:
    """The office after an edit of its office.toml."""
    file = office.root / "office.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return open_instance(office.root)
