"""What stands around the figures of a plan: documents, office, obstacles, annexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from lkip.plan.schema import (
    AT_LEAST_ONE,
    Amount,
    Key,
    Month,
    OfSasaranOrSupport,
    Year,
)


@dataclass(frozen=True)
class Document:
    """A planning document, or a table of the report that states a target of its own.

    Attributes:
        dated: its day, or ``month`` where only the month is known.
        first_year: of the years it covers (Renstra); ``last_year`` likewise.
        considers: Menimbang; ``recalls`` Mengingat; ``decides`` the diktum of a decree.
    """

    title: str
    number: str | None = None
    dated: Annotated[date | None, Key("date")] = None
    month: Month | None = None
    first_year: Year | None = None
    last_year: Year | None = None
    considers: tuple[str, ...] = ()
    recalls: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    sumber: str | None = None


@dataclass(frozen=True)
class Rpjmd:
    """The part of the kabupaten's RPJMD that the office serves."""

    first_year: Year
    last_year: Year
    vision: str
    missions: Annotated[tuple[str, ...], AT_LEAST_ONE]
    mission: str
    tujuan: str
    tujuan_indicators: tuple[str, ...]
    sasaran: str
    sasaran_indicators: tuple[str, ...]
    sumber: str | None = None


@dataclass(frozen=True)
class Unit:
    """A unit of the organisation and those under it."""

    name: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Organisation:
    """Kedudukan, tugas, fungsi and susunan organisasi.

    Attributes:
        basis: the regulation that sets them.
        reporting_lines: who heads a unit and answers to whom.
    """

    basis: str
    position: tuple[str, ...]
    duties: tuple[str, ...]
    functions: tuple[str, ...]
    structure: tuple[Unit, ...]
    reporting_lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Issue:
    """A strategic issue."""

    text: str
    sumber: str | None = None


@dataclass(frozen=True)
class FollowUp:
    """A step of the rencana tindak lanjut (RTL) of the survey.

    Attributes:
        element: the unsur pelayanan, or what else is to become better.
        month: by when.
        owner: the unit that is in charge.
    """

    element: str
    action: str
    month: Month | None = None
    owner: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class Recommendation:
    """A recommendation of last year's evaluation of the AKIP; what was done, once it is known."""

    text: str
    action: str | None = None
    sumber: str | None = None


@dataclass(frozen=True)
class RktTarget:
    """One target of an activity in the RKT, in one unit."""

    value: Amount
    unit: str


@dataclass(frozen=True)
class RktActivity:
    """An activity of the coming year; budget in rupiah."""

    name: str
    indicator: str
    targets: Annotated[tuple[RktTarget, ...], AT_LEAST_ONE]
    budget: Amount
    sumber: str | None = None


@dataclass(frozen=True)
class RktProgramme:
    """A programme of the coming year; target in percent."""

    name: str
    sasaran: OfSasaranOrSupport
    indicator: str
    target: Amount
    activities: Annotated[tuple[RktActivity, ...], Key("activity")] = ()


@dataclass(frozen=True)
class Rkt:
    """The Rencana Kinerja Tahunan of the coming year."""

    year: Year
    programmes: Annotated[tuple[RktProgramme, ...], Key("programme")] = ()


@dataclass(frozen=True)
class ObstacleList:
    """Obstacles and the steps against them."""

    items: Annotated[tuple[str, ...], AT_LEAST_ONE]
    steps: Annotated[tuple[str, ...], AT_LEAST_ONE]


@dataclass(frozen=True)
class Obstacles:
    """The two lists of a report: that of the ikhtisar and that of Bab IV differ."""

    ikhtisar: ObstacleList | None = None
    penutup: ObstacleList | None = None


@dataclass(frozen=True)
class Letterhead:
    """Kop surat: its lines from the top, and the address below them."""

    lines: Annotated[tuple[str, ...], AT_LEAST_ONE]
    address: str


@dataclass(frozen=True)
class Signing:
    """Where and when the report is signed, and by which office; never by name.

    Attributes:
        preface_place: place of the kata pengantar, where it is another.
        office: the office that signs; ``superior`` the one it answers to in the PK.
    """

    place: str
    office: str
    dated: Annotated[date, Key("date")]
    superior: str | None = None
    preface_place: str | None = None


@dataclass(frozen=True)
class Annex:
    """A document bound behind the report.

    Attributes:
        kind: which one; ``lkip.report.annexes`` has their forms.
        letterhead: whether it opens with the kop surat.
        signatories: offices that sign it.
    """

    kind: str
    title: str
    letterhead: bool = False
    number: str | None = None
    place: str | None = None
    dated: Annotated[date | None, Key("date")] = None
    month: Month | None = None
    signatories: Annotated[tuple[str, ...], Key("signatory")] = ()


@dataclass(frozen=True)
class Accepted:
    """A finding of the checks that the office knows of; it is printed as a note."""

    code: str
    where: str
    reason: str
