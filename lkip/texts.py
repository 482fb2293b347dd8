"""The wording of a report: the texts that ship, and over them the office's own for the year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from skm.document.wording import KeyedText, Wording, parse
from skm.errors import Fault, SkmError

FOLDER = Path(__file__).parent / "wording"
NARRATIVE = "narrative"


def wording(narrative: Mapping[str, str], plan: Path) -> Wording:
    """The texts of a year's report.

    Args:
        narrative: the office's texts by key, as ``[narrative]`` of the plan has them.
        plan: the file they stand in, for errors.

    Raises:
        SkmError: a key that there is not, or a text with a brace or mark left open; every
            fault at once.
    """
    shipped = _shipped()
    own: dict[str, KeyedText] = {}
    faults: list[Fault] = []
    for key, text in narrative.items():
        if key not in shipped:
            faults.append(_unknown(key, shipped, plan))
            continue
        try:
            own[key] = parse(text, key, plan)
        except SkmError as error:
            faults += error.faults
    if faults:
        raise SkmError(*faults)
    return Wording({**shipped, **own}, FOLDER)


@cache
def _shipped() -> Mapping[str, KeyedText]:
    texts: dict[str, KeyedText] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        texts |= Wording.load(file).texts
    return texts


def _unknown(key: str, known: Mapping[str, KeyedText], plan: Path) -> Fault:
    area = key.partition(".")[0]
    near = [name for name in known if name.partition(".")[0] == area]
    return Fault(
        "Kunci naskah tidak dikenal",
        file=plan,
        field=f"{NARRATIVE}.{key}",
        expected=", ".join(near or dict.fromkeys(name.partition(".")[0] for name in known)),
    )
