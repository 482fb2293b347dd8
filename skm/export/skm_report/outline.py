"""The outline of an SKM report: which chapters, with which parts, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from skm.errors import refuse
from skm.toml_file import TomlFile

FOLDER = Path(__file__).parents[1] / "outlines"
FOLLOW_UP_FOLDER = FOLDER / "follow_up"
USUAL = "lima-bab"
USUAL_FOLLOW_UP = "empat-bab"


@dataclass(frozen=True)
class Chapter:
    """A chapter: the key of its title in the wording, and its parts in order."""

    key: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """One way that offices order the report.

    Attributes:
        title: what it looks like, for people who choose.
        ranked: how many lowest and highest elements are spoken of.
        annexes: in order.
    """

    name: str
    title: str
    ranked: int
    chapters: tuple[Chapter, ...]
    annexes: tuple[str, ...]


def find_outline(name: str, folder: Path = FOLDER) -> Outline:
    """The outline of a name, of the SKM report or of the folder of another.

    >>> find_outline("lima-bab").chapters[0].parts
    ('latar', 'dasar', 'maksud')

    Raises:
        SkmError: there is none; those that there are, are named.
    """
    known = sorted(file.stem for file in folder.glob("*.toml"))
    if name not in known:
        raise refuse(
            "Susunan laporan tidak dikenal",
            field="--outline",
            found=name,
            expected=" / ".join(known),
        )
    document = TomlFile(folder / f"{name}.toml")
    root = document.root
    outline = Outline(
        name=name,
        title=root.text("title"),
        ranked=root.whole("ranked"),
        chapters=tuple(
            Chapter(chapter.text("key"), chapter.texts("parts"))
            for chapter in root.tables("chapter")
        ),
        annexes=root.texts("annexes") if "annexes" in root else (),
    )
    document.refuse_faults()
    return outline
