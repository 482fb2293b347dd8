"""The canonical JSON of a closing: the same value always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from skm.closing import (
    Closing,
    Counts,
    Estimate,
    ProfileTotals,
    Replaced,
    ServiceCounts,
)
from skm.errors import refuse
from skm.period import Period
from skm.scoring import Weights

FORMAT = 1
SHORT = 16
"""Hex digits of the checksum that an address names."""


def to_json(closing: Closing) -> str:
    """Keys sorted, no spaces, fractions exact as text: no float that a machine could vary."""
    return json.dumps(
        _document(closing), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def checksum(closing: Closing) -> str:
    """sha256 of the canonical JSON, 64 hex digits."""
    return checksum_of(to_json(closing))


def checksum_of(text: str) -> str:
    """sha256 of a closing's text, 64 hex digits."""
    return sha256(text.encode()).hexdigest()


def from_json(text: str, expected: str) -> Closing:
    """Read a closing back.

    Args:
        text: its canonical JSON.
        expected: its checksum.

    Raises:
        SkmError: text and checksum do not belong together, or it is no closing.
    """
    if checksum_of(text) != expected:
        raise refuse(
            "Penutupan ini berubah setelah dibuat: sidik jarinya tidak cocok",
            found=checksum_of(text)[:SHORT],
            expected=expected[:SHORT],
            todo="Pulihkan cadangan yang utuh.",
        )
    try:
        closing = _closing(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise refuse("Isi penutupan tidak dapat dibaca", found=repr(error)) from error
    if to_json(closing) != text:
        raise refuse("Penutupan ini tidak tertulis dalam bentuk bakunya")
    return closing


def _document(closing: Closing) -> dict[str, Any]:
    before, estimate = closing.replaced, closing.interval
    return {
        "format": FORMAT,
        "period": str(closing.period),
        "edition": closing.edition,
        "closed": closing.closed.isoformat(),
        "document": closing.document,
        "document_date": _written(closing.document_date),
        "reason": closing.reason,
        "replaced": None
        if before is None
        else {
            "edition": before.edition,
            "checksum": before.checksum,
            "respondents": before.respondents,
            "index": _written(before.index),
            "scale": before.scale,
            "weights": before.weights,
            "added": before.added,
            "removed": before.removed,
            "corrected": before.corrected,
        },
        "form": closing.form,
        "form_title": closing.form_title,
        "questions": closing.questions,
        "left_out": closing.left_out,
        "weights": {
            "label": closing.weights.label,
            "each": [[code, _written(each)] for code, each in closing.weights.each.items()],
        },
        "scale": closing.scale,
        "join": closing.join,
        "services": [
            {
                "code": each.code,
                "name": each.name,
                "served": each.served,
                "n": each.n,
                "counts": each.counts,
            }
            for each in closing.services
        ],
        "hidden_counts": closing.hidden_counts,
        "respondents": closing.respondents,
        "index": _written(closing.index),
        "grade": closing.grade,
        "lowest": closing.lowest,
        "population": closing.population,
        "sample_needed": closing.sample_needed,
        "interval": None
        if estimate is None
        else {
            "low": _written(estimate.low),
            "high": _written(estimate.high),
            "standard_error": _written(estimate.standard_error),
        },
        "alpha": _written(closing.alpha),
        "flags": closing.flags,
        "flagged": closing.flagged,
        "without_flagged": _written(closing.without_flagged),
        "helped": closing.helped,
        "without_helped": _written(closing.without_helped),
        "comments": closing.comments,
        "channels": closing.channels,
        "profile": [
            {"question": each.question, "totals": each.totals} for each in closing.profile
        ],
        "simulated": closing.simulated,
        "data_until": closing.data_until.isoformat(),
    }


def _closing(said: Mapping[str, Any]) -> Closing:
    if said["format"] != FORMAT:
        raise ValueError(f"format {said['format']}")
    before, estimate, weights = said["replaced"], said["interval"], said["weights"]
    return Closing(
        period=Period.parse(said["period"]),
        edition=said["edition"],
        closed=date.fromisoformat(said["closed"]),
        document=said["document"],
        document_date=date.fromisoformat(said["document_date"]) if said["document_date"] else None,
        reason=said["reason"],
        replaced=Replaced(**(before | {"index": _fraction(before["index"])})) if before else None,
        form=said["form"],
        form_title=said["form_title"],
        questions=tuple(said["questions"]),
        left_out=said["left_out"],
        weights=Weights(
            weights["label"], {code: Fraction(each) for code, each in weights["each"]}
        ),
        scale=said["scale"],
        join=said["join"],
        services=tuple(
            ServiceCounts(**(each | {"counts": _counts(each["counts"])}))
            for each in said["services"]
        ),
        hidden_counts=_counts(said["hidden_counts"]) or (),
        respondents=said["respondents"],
        index=_fraction(said["index"]),
        grade=said["grade"],
        lowest=tuple(said["lowest"]),
        population=said["population"],
        sample_needed=said["sample_needed"],
        interval=Estimate(**{name: Fraction(value) for name, value in estimate.items()})
        if estimate
        else None,
        alpha=_fraction(said["alpha"]),
        flags=said["flags"],
        flagged=said["flagged"],
        without_flagged=_fraction(said["without_flagged"]),
        helped=said["helped"],
        without_helped=_fraction(said["without_helped"]),
        comments=said["comments"],
        channels=said["channels"],
        profile=tuple(
            ProfileTotals(each["question"], tuple((code, n) for code, n in each["totals"]))
            for each in said["profile"]
        ),
        simulated=said["simulated"],
        data_until=date.fromisoformat(said["data_until"]),
    )


def _written(value: Fraction | date | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _counts(rows: list[list[int]] | None) -> Counts | None:
    return None if rows is None else tuple((a, b, c, d) for a, b, c, d in rows)
