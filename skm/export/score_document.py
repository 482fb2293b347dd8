"""An assessment as the JSON document of ``skm score --json`` (keys: design.md section 10)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.assessment import Assessment, Group, Origin
from skm.comparison import highest, index_gap, lowest, weighted_gaps
from skm.regulation import Band
from skm.scoring import ElementScore

if TYPE_CHECKING:  # a file is scored without loading database and closings
    from skm.period_scores import Official


def score_document(assessment: Assessment, origin: Origin) -> dict[str, Any]:
    """The document; scores are unrounded floats, which JSON alone can carry."""
    card = assessment.card
    nine = assessment.nine
    interval = assessment.interval
    return {
        "form": card.form,
        "scale": card.scale.id,
        "weights": card.weights.label,
        "rows": origin.rows,
        "values": origin.values,
        "period": origin.period,
        "services": list(origin.services) if origin.services is not None else None,
        "join": origin.join,
        "respondents": card.respondents,
        "flagged": assessment.flagged,
        "elements": [_element(element) for element in card.elements],
        "apart": [_element(element) for element in card.apart],
        "index": _float(card.index),
        **_class(card.band),
        "interval": None if interval is None else [interval.low, interval.high],
        "standard_error": None if interval is None else interval.standard_error,
        "alpha": assessment.alpha,
        "sample_needed": assessment.sample_needed,
        "without_flagged": _float(assessment.without_flagged),
        "without_helped": _float(assessment.without_helped),
        "without_fee": _float(assessment.without_fee),
        "official_nine": None
        if nine is None
        else {
            "elements": [_element(element) for element in nine.elements],
            "index": _float(nine.index),
            **_class(nine.band),
        },
        "priorities": _priorities(assessment),
        "groups": [_group(group) for group in assessment.groups],
        "simulated": assessment.simulated,
        "warnings": list(assessment.warnings),
    }


def closing_document(official: Official) -> dict[str, Any]:
    """The official result of a closed period beside that of the responses there are now."""
    from skm.closing_text import checksum

    closing, since = official.closing, official.since
    return {
        "edition": closing.edition,
        "closed": closing.closed.isoformat(),
        "checksum": checksum(closing),
        "respondents": closing.respondents,
        "index": _float(closing.index),
        "grade": closing.grade,
        "simulated": bool(closing.simulated),
        "late": since.late,
        "deleted": since.deleted,
        "corrected": since.corrected,
        "purged": since.purged,
    }


def _element(element: ElementScore) -> dict[str, Any]:
    return {
        "code": element.code,
        "name": element.name,
        "n": element.n,
        "mean_level": _float(element.mean_level),
        "score": _float(element.score),
        **_class(element.band),
        "source": element.source,
    }


def _priorities(assessment: Assessment) -> dict[str, Any]:
    card = assessment.card
    gap = index_gap(card)
    return {
        "lowest": [element.code for element in lowest(card.elements)],
        "highest": [element.code for element in highest(card.elements)],
        "next_grade": None
        if gap is None
        else {
            "grade": gap.target.grade,
            "points": float(gap.points),
            "respondents": gap.respondents,
        },
        "weighted_gaps": {code: float(points) for code, points in weighted_gaps(card).items()},
    }


def _group(group: Group) -> dict[str, Any]:
    card = group.card
    return {
        "name": group.name,
        "n": group.n,
        "hidden": group.hidden,
        "index": _float(card.index) if card else None,
        **_class(card.band if card else None),
    }


def _class(band: Band | None) -> dict[str, str | None]:
    return {
        "grade": band.grade if band else None,
        "predicate": band.predicate if band else None,
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
