"""Responses that deserve a second look: flagged and shown with and without, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from skm.form import Form
from skm.instance import Office
from skm.responses import LEVELS, SKIPPED

UNIFORM = "seragam"
TOO_FAST = "terlalu_cepat"
BURST = "beruntun"
OUTSIDE_HOURS = "di_luar_jam"
CLOCK_JUMPED = "jam_melompat"

MEANINGS = {
    UNIFORM: "semua jawaban sama",
    TOO_FAST: "lebih cepat daripada pertanyaan dapat dibaca",
    BURST: "beruntun di satu tablet",
    OUTSIDE_HOURS: "di luar jam atau hari layanan",
    CLOCK_JUMPED: "jam tablet melompat",
}

_FEWEST_UNIFORM = 5
_WORDS_A_SECOND = 10
"""Twice what a quick reader manages; below it the words were not read."""
_BURST_SECONDS = 15
"""Fourteen screens that are deaf for 0,4 s each, and a start: nobody is done sooner."""


@dataclass(frozen=True)
class Circumstances:
    """How a response came about; nothing of it is stored but the flags that follow.

    Attributes:
        finished: when, in the office's zone.
        dwell_ms: milliseconds a question was on the screen, by question code; empty where
            nothing measured it.
        seconds_since_last: since the last response of the same tablet; None for the first.
        clock_jumped: the tablet's clock disagreed with itself or with the server.
    """

    finished: datetime
    dwell_ms: Mapping[str, int]
    seconds_since_last: float | None = None
    clock_jumped: bool = False


def is_uniform(answers: Mapping[str, int | None]) -> bool:
    """Whether five or more answers are all of one level."""
    levels = [level for level in answers.values() if level is not None]
    return len(levels) >= _FEWEST_UNIFORM and len(set(levels)) == 1


def uniform_mask(levels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """``is_uniform`` of many: levels of shape (questions, respondents), 0 where skipped."""
    answered = np.count_nonzero(levels, axis=0)
    highest = levels.max(axis=0, initial=0)
    lowest = np.where(levels == SKIPPED, np.uint8(LEVELS[-1]), levels).min(
        axis=0, initial=LEVELS[-1]
    )
    return np.asarray((answered >= _FEWEST_UNIFORM) & (highest == lowest), dtype=np.bool_)


def flags(
    answers: Mapping[str, int | None], form: Form, office: Office, how: Circumstances
) -> tuple[str, ...]:
    """The flags of one response, in a fixed order."""
    timed = [code for code, level in answers.items() if level is not None and code in how.dwell_ms]
    seconds = sum(how.dwell_ms[code] for code in timed) / 1000
    words = sum(form.question(code).words for code in timed)
    opening, closing = office.hours
    raised = {
        UNIFORM: is_uniform(answers),
        TOO_FAST: bool(timed) and seconds < words / _WORDS_A_SECOND,
        BURST: how.seconds_since_last is not None and how.seconds_since_last < _BURST_SECONDS,
        OUTSIDE_HOURS: not office.works_on(how.finished.date())
        or not opening <= how.finished.time() <= closing,
        CLOCK_JUMPED: how.clock_jumped,
    }
    return tuple(name for name, is_raised in raised.items() if is_raised)
