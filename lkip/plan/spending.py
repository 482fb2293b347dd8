"""The budget of a plan: a tree of programmes, activities and lines, of any depth.

Both layouts are data: Belanja Langsung and Tidak Langsung (to 2020), Belanja Operasi and Modal
(since 2021) are the groups that lines name themselves or take over from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from lkip.plan.schema import (
    AT_LEAST_ONE,
    Amount,
    Key,
    NewGroup,
    OfGroup,
    OfSasaranOrSupport,
    Positive,
)

RUPIAH = "rupiah"


@dataclass(frozen=True)
class Line:
    """Money of an activity, or lines below it; amounts stand only at the ends of the tree.

    Attributes:
        kind: jenis belanja, such as Belanja Pegawai.
        initial: budget first approved, rupiah.
        revised: budget after the last change, rupiah; the ``note`` says why it changed.
        realised: spent up to the cut-off date; left out, not filled in yet.
    """

    name: str
    code: str | None = None
    group: OfGroup | None = None
    kind: str | None = None
    initial: Amount | None = None
    revised: Amount | None = None
    realised: Amount | None = None
    lines: Annotated[tuple[Line, ...], Key("line")] = ()
    note: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Input:
    """Masukan of an activity; in rupiah its amounts are those of its own lines."""

    indicator: str
    unit: str
    target: Amount | None = None
    realised: Amount | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Output:
    """Keluaran of an activity, one unit of it; amounts left out are not filled in yet."""

    name: str
    unit: str | None = None
    target: Amount | None = None
    realised: Amount | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Funding:
    """What the money of an activity was for, as the list of all activities words it.

    Left out, that list shows the outputs of the activity itself.
    """

    output: str
    note: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Activity:
    """A kegiatan, or a sub kegiatan below one; it may serve another sasaran than its programme.

    Attributes:
        indicators: indikator kegiatan as the RKT words them.
        note: keterangan pelaksanaan kegiatan.
    """

    name: str
    code: str | None = None
    sasaran: OfSasaranOrSupport | None = None
    group: OfGroup | None = None
    indicators: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    note: str | None = None
    funding: Funding | None = None
    sub_activities: Annotated[tuple[Activity, ...], Key("sub_activity")] = ()
    lines: Annotated[tuple[Line, ...], Key("line")] = ()
    sumber: str | None = None


@dataclass(frozen=True)
class Programme:
    """A programme and the sasaran it serves, or ``penunjang``.

    Attributes:
        note: keterangan of its budget, as the Perjanjian Kinerja has it.
    """

    name: str
    sasaran: OfSasaranOrSupport
    code: str | None = None
    group: OfGroup | None = None
    indicators: tuple[str, ...] = ()
    activities: Annotated[tuple[Activity, ...], Key("activity")] = ()
    note: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Urusan:
    """An urusan, with bidang urusan or programmes below it."""

    name: str
    code: str | None = None
    urusan: Annotated[tuple[Urusan, ...], Key("urusan")] = ()
    programmes: Annotated[tuple[Programme, ...], Key("programme")] = ()

    @property
    def every_programme(self) -> tuple[Programme, ...]:
        """The programmes below it, at any depth."""
        below = (programme for part in self.urusan for programme in part.every_programme)
        return (*self.programmes, *below)


@dataclass(frozen=True)
class Group:
    """Kelompok belanja, such as Belanja Langsung."""

    id: NewGroup
    name: str


@dataclass(frozen=True)
class Outside:
    """Money that belongs to no programme, such as Belanja Tidak Langsung."""

    name: str
    group: OfGroup
    initial: Amount
    revised: Amount
    realised: Amount | None = None
    code: str | None = None
    note: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class StatedKind:
    """The budget of a jenis belanja where the plan states it and lines do not name theirs."""

    group: OfGroup
    name: str
    revised: Amount
    realised: Amount | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Budget:
    """What holds for the budget as a whole."""

    groups: Annotated[tuple[Group, ...], AT_LEAST_ONE, Key("group")]
    outside: tuple[Outside, ...] = ()
    kinds: Annotated[tuple[StatedKind, ...], Key("kind")] = ()


@dataclass(frozen=True)
class Efficiency:
    """How the report judges the use of money; no regulation fixes it, so the plan does.

    Attributes:
        rule: ``at_least``: achievement at least the absorption; ``margin``: achievement above
            absorption by more than the margin, or within it; ``unspent``: the money left of a
            sasaran that reached its target.
        margin: percentage points, for the rule ``margin``.
        words: best first: two for ``at_least``, three for ``margin``, none for ``unspent``.
    """

    rule: Literal["at_least", "margin", "unspent"]
    words: tuple[str, ...] = ()
    margin: Positive | None = None
