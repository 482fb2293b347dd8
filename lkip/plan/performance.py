"""What a plan promises and what became of it: tujuan, sasaran, indicators, classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

from lkip.plan.schema import (
    Amount,
    Check,
    Key,
    NewIndicator,
    NewSasaran,
    NewTujuan,
    Number,
    OfDocument,
    OfficeFile,
    OfSasaran,
    OfTujuan,
    PeriodName,
    Positive,
    Year,
)

Direction = Literal["up", "down"]
Formula = Literal["ratio", "difference", "stable"]
Join = Literal["sum", "last", "mean"]


@dataclass(frozen=True)
class Tujuan:
    """A goal of the Renstra.

    Attributes:
        names: its wording in other documents, by document id.
        indicator: indikator tujuan.
    """

    id: NewTujuan
    name: str
    names: Mapping[OfDocument, str] = field(default_factory=dict)
    indicator: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Sasaran:
    """A strategic objective under a tujuan; ``names`` as with the tujuan."""

    id: NewSasaran
    tujuan: OfTujuan
    name: str
    names: Mapping[OfDocument, str] = field(default_factory=dict)
    strategy: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    sumber: str | None = None


@dataclass(frozen=True)
class Target:
    """What one document promises for one year.

    Attributes:
        value: a number in the indicator's unit, or the grade or predicate of a scale.
        measured: the achievement of the year is computed against this one.
        printed: how the document prints it, where that is more than the value.
        sumber: where in the document it stands.
    """

    document: OfDocument
    year: Year
    value: Decimal | str
    measured: bool = False
    printed: str | None = None
    sumber: str | None = None

    @property
    def number(self) -> Decimal | None:
        """Its value where that is a number."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def grade(self) -> str | None:
        """Its value where that is a grade or predicate."""
        return self.value if isinstance(self.value, str) else None


@dataclass(frozen=True)
class FromClosing:
    """The index of a closed period; the newest edition unless one is named."""

    source: Literal["closing"]
    year: Year
    period: PeriodName
    edition: Number | None = None
    reason: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class FromTable:
    """The index of a table in a file of the office's folder, and why it is taken from there."""

    source: Literal["table"]
    year: Year
    file: OfficeFile
    rows: Literal["strict", "printed", "normalise"]
    reason: str
    sumber: str | None = None


@dataclass(frozen=True)
class Stated:
    """A figure that a document states."""

    source: Literal["stated"]
    year: Year
    value: Decimal
    document: OfDocument
    reason: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class FromParts:
    """numerator / denominator x times, in the unit of the indicator (7 of 7 villages, 100 %)."""

    source: Literal["parts"]
    year: Year
    numerator: Amount
    denominator: Amount
    times: Positive = Decimal(100)
    document: OfDocument | None = None
    reason: str | None = None
    sumber: str | None = None


Realisation = FromClosing | FromTable | Stated | FromParts


@dataclass(frozen=True)
class Quarter:
    """Target and realisation of one quarter of the plan's year; left out = not filled yet."""

    quarter: Annotated[int, Check("triwulan 1 sampai 4", lambda quarter: 1 <= quarter <= 4)]
    target: Amount | None = None
    realised: Decimal | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class National:
    """The national figure that the realisation of a year is compared with."""

    year: Year
    value: Decimal
    sumber: str


@dataclass(frozen=True)
class Indicator:
    """An indicator of a sasaran (IKU).

    Attributes:
        names: its wording in other documents, by document id.
        direction: ``up`` where more is better (progres positif), else ``down``.
        formula: of the achievement; left out, ``ratio`` for up and ``difference`` for down.
        cap: the most that counts, in percent; left out, nothing is cut.
        weight: in the mean of its sasaran; all indicators of a sasaran have one or none has.
        scales: regulations whose scale grades a target such as B; left out, all there are.
        definition: definisi operasional.
        formulation: how the IKU decree words the computation.
        numerator: what the parts of a realisation count; ``denominator`` likewise.
        owner: penanggung jawab.
        source: sumber data.
        join: how quarters make the figure of the year.
    """

    id: NewIndicator
    sasaran: OfSasaran
    name: str
    unit: str
    direction: Direction
    names: Mapping[OfDocument, str] = field(default_factory=dict)
    formula: Formula | None = None
    cap: Positive | None = None
    weight: Positive | None = None
    scales: tuple[str, ...] = ()
    definition: str | None = None
    formulation: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    frequency: str | None = None
    owner: str | None = None
    source: str | None = None
    join: Join | None = None
    targets: Annotated[tuple[Target, ...], Key("target")] = ()
    realisations: Annotated[tuple[Realisation, ...], Key("realisation")] = ()
    quarters: Annotated[tuple[Quarter, ...], Key("quarter")] = ()
    nationals: Annotated[tuple[National, ...], Key("national")] = ()
    supporting: tuple[str, ...] = ()
    hindering: tuple[str, ...] = ()
    efforts: tuple[str, ...] = ()

    @property
    def rule(self) -> Formula:
        """The formula of its achievement, the default of its direction filled in."""
        return self.formula or ("ratio" if self.direction == "up" else "difference")

    def targets_of(self, year: int) -> tuple[Target, ...]:
        """What the documents promise for a year."""
        return tuple(target for target in self.targets if target.year == year)

    def target_in(self, document: str, year: int) -> Target | None:
        """What one document promises for a year."""
        found = (target for target in self.targets_of(year) if target.document == document)
        return next(found, None)

    def measured_target(self, year: int) -> Target | None:
        """The target that the year is measured against; an earlier year may have but one."""
        targets = self.targets_of(year)
        marked = [target for target in targets if target.measured]
        if marked:
            return marked[0]
        return targets[0] if len(targets) == 1 else None

    def realisation_of(self, year: int) -> Realisation | None:
        """Where the figure of a year comes from; None while nothing is filled in."""
        return next((found for found in self.realisations if found.year == year), None)

    def national_of(self, year: int) -> National | None:
        """The national figure of a year."""
        return next((found for found in self.nationals if found.year == year), None)


@dataclass(frozen=True)
class AchievementClass:
    """A class of achievement, reached from ``lower`` on or only ``above`` a figure.

    The lowest class has neither and takes all the rest.
    """

    name: str
    lower: Annotated[Decimal | None, Key("from")] = None
    above: Decimal | None = None

    @property
    def bound(self) -> Decimal | None:
        """The figure it begins at; None for the lowest."""
        return self.lower if self.lower is not None else self.above

    def reached_by(self, shown: Decimal) -> bool:
        """Whether a shown percentage lies in this class or a better one."""
        if self.above is not None:
            return shown > self.above
        return self.lower is None or shown >= self.lower


@dataclass(frozen=True)
class Success:
    """When the report may call a sasaran berhasil.

    Attributes:
        class_name: the class that its achievement must reach at least.
        word: what it is then called.
        otherwise: what it is called else.
    """

    class_name: Annotated[str, Key("class")]
    word: str = "berhasil"
    otherwise: str = "belum berhasil"
