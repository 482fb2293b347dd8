"""The whole plan of a year's performance report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from lkip.plan.framing import (
    Accepted,
    Annex,
    Document,
    FollowUp,
    Issue,
    Letterhead,
    Obstacles,
    Organisation,
    Recommendation,
    Rkt,
    Rpjmd,
    Signing,
)
from lkip.plan.performance import AchievementClass, Indicator, Sasaran, Success, Target, Tujuan
from lkip.plan.schema import AT_LEAST_ONE, Key, NewDocument, Year
from lkip.plan.spending import Budget, Efficiency, Programme, Urusan

RENSTRA = "renstra"


@dataclass(frozen=True)
class Plan:
    """What ``instance/lkip/<year>.toml`` holds; ``lkip.plan.load_plan`` reads it.

    Attributes:
        year: the year reported on.
        cut_off: the day up to which realisations are counted.
        documents: by id; renstra, rkt, pk, pk_perubahan and iku are the planning documents.
        classes: of achievement, best first.
        programmes: those outside any urusan; ``every_programme`` has all.
        follow_ups: rencana tindak lanjut of the survey.
        recommendations: of last year's evaluation.
        narrative: texts of the office, by the key of the paragraph they stand in for.
        accepted: findings that the office knows of.
    """

    year: Year
    cut_off: date
    documents: Mapping[NewDocument, Document]
    tujuan: Annotated[tuple[Tujuan, ...], AT_LEAST_ONE]
    sasaran: Annotated[tuple[Sasaran, ...], AT_LEAST_ONE]
    indicators: Annotated[tuple[Indicator, ...], AT_LEAST_ONE, Key("indicator")]
    classes: Annotated[tuple[AchievementClass, ...], AT_LEAST_ONE, Key("class")]
    success: Success | None = None
    urusan: tuple[Urusan, ...] = ()
    programmes: Annotated[tuple[Programme, ...], Key("programme")] = ()
    budget: Budget | None = None
    efficiency: Efficiency | None = None
    rkt: Rkt | None = None
    rpjmd: Rpjmd | None = None
    organisation: Organisation | None = None
    issues: Annotated[tuple[Issue, ...], Key("issue")] = ()
    follow_ups: Annotated[tuple[FollowUp, ...], Key("follow_up")] = ()
    recommendations: Annotated[tuple[Recommendation, ...], Key("recommendation")] = ()
    obstacles: Obstacles = field(default_factory=Obstacles)
    letterhead: Letterhead | None = None
    signing: Signing | None = None
    annexes: Annotated[tuple[Annex, ...], Key("annex")] = ()
    narrative: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()

    @property
    def every_programme(self) -> tuple[Programme, ...]:
        """All programmes, those below an urusan too."""
        below = (programme for part in self.urusan for programme in part.every_programme)
        return (*below, *self.programmes)

    def indicators_of(self, sasaran: str) -> tuple[Indicator, ...]:
        """The indicators of a sasaran."""
        return tuple(found for found in self.indicators if found.sasaran == sasaran)

    def indicator(self, id: str) -> Indicator:  # noqa: A002
        """The indicator of an id; the plan must have it."""
        return next(found for found in self.indicators if found.id == id)

    def final_target(self, indicator: Indicator) -> Target | None:
        """The target of the end of the Renstra; None where the Renstra gives none."""
        renstra = self.documents.get(RENSTRA)
        if renstra is None or renstra.last_year is None:
            return None
        return indicator.target_in(RENSTRA, renstra.last_year)
