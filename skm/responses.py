"""The values that flow from the counter to the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

LEVELS = (1, 2, 3, 4)
SKIPPED = 0
"""Stands for an unanswered question in an array of levels."""

CHANNELS = ("kiosk", "phone", "paper", "import")
HALF_DAYS = ("pagi", "siang")


@dataclass(frozen=True)
class Response:
    """What one person answered.

    Attributes:
        id: 32 hex digits, made where the survey was finished.
        form: id of the questionnaire.
        day: day of the service; its month is the period that the response counts in.
        half_day: ``pagi`` before 12.30, else ``siang``; no exact time is kept.
        answers: level 1 to 4 by question code; None where the question was skipped.
        profile: codes of the form file by profile question; only those answered.
    """

    id: str
    form: str
    day: date
    half_day: str
    channel: str
    answers: Mapping[str, int | None]
    service: str | None = None
    language: str = "id"
    helped: bool = False
    flags: tuple[str, ...] = ()
    simulated: bool = False
    profile: Mapping[str, str] = field(default_factory=dict)
    comment: str | None = None


@dataclass(frozen=True, eq=False)
class Distribution:
    """How often each level was chosen, a question a row.

    Attributes:
        questions: question codes, in the order of the rows.
        counts: int64 array of shape (questions, 4): answers at level 1 to 4. Percentages of a
            published table stand here too, scaled to whole numbers row by row: only the
            proportions inside a row enter a mean.
        respondents: how many people answered; None where only percentages are known.
    """

    questions: tuple[str, ...]
    counts: NDArray[np.int64]
    respondents: int | None

    def __post_init__(self) -> None:
        if self.counts.shape != (len(self.questions), len(LEVELS)):
            raise ValueError(f"{self.counts.shape} does not fit {len(self.questions)} questions")

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Distribution)
            and self.questions == other.questions
            and self.respondents == other.respondents
            and bool(np.array_equal(self.counts, other.counts))
        )

    __hash__ = None  # type: ignore[assignment]

    def row(self, question: str) -> tuple[int, int, int, int]:
        """The four counts of a question; zeros where it is not in the table."""
        if question not in self.questions:
            return (0, 0, 0, 0)
        first, second, third, fourth = self.counts[self.questions.index(question)].tolist()
        return (first, second, third, fourth)

    @staticmethod
    def pooled(parts: Sequence[Distribution]) -> Distribution:
        """Several distributions over the same questions, counted as one.

        >>> one = Distribution(("a",), np.array([[0, 1, 2, 3]]), 6)
        >>> Distribution.pooled([one, one]).row("a")
        (0, 2, 4, 6)
        """
        first = parts[0]
        if any(part.questions != first.questions for part in parts):
            raise ValueError("distributions over different questions cannot be pooled")
        known = [part.respondents for part in parts if part.respondents is not None]
        return Distribution(
            first.questions,
            np.sum([part.counts for part in parts], axis=0, dtype=np.int64),
            sum(known) if len(known) == len(parts) else None,
        )


@dataclass(frozen=True, eq=False)
class ResponseTable:
    """Many responses by column, as they are counted.

    Attributes:
        questions: question codes, in the order of the rows of ``levels``.
        levels: uint8 array of shape (questions, respondents); 0 where skipped. Question-major,
            since counting reads a question at a time.
        columns: what else is known of each respondent, an array of length respondents by name:
            ``service``, ``channel``, ``helped``, ``flags``, ``day``, ``profile.usia`` and so on.
    """

    questions: tuple[str, ...]
    levels: NDArray[np.uint8]
    columns: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.levels.shape[1])

    def where(self, mask: NDArray[np.bool_]) -> ResponseTable:
        """Only the respondents that the mask keeps."""
        if mask.all():
            return self
        return ResponseTable(
            self.questions,
            np.ascontiguousarray(self.levels[:, mask]),
            {name: values[mask] for name, values in self.columns.items()},
        )

    def answered(self) -> ResponseTable:
        """Only the respondents with an answer to any question."""
        return self.where(np.asarray(self.levels.any(axis=0), dtype=np.bool_))

    def distribution(self) -> Distribution:
        """Its counts; people without any answer are no respondents.

        >>> table = ResponseTable(("a", "b"), np.array([[4, 3, 0], [4, 0, 0]], dtype=np.uint8))
        >>> table.distribution().counts.tolist(), table.distribution().respondents
        ([[0, 0, 1, 1], [0, 0, 0, 1]], 2)
        """
        # a question at a time: counting along an axis of the whole table takes five times as long
        counts = [[np.count_nonzero(row == level) for level in LEVELS] for row in self.levels]
        answered = np.count_nonzero(np.bitwise_or.reduce(self.levels, axis=0))
        return Distribution(
            self.questions,
            np.array(counts, dtype=np.int64).reshape(len(self.questions), len(LEVELS)),
            int(answered),
        )

    @staticmethod
    def of(responses: Iterable[Response], questions: Sequence[str]) -> ResponseTable:
        """Responses laid out by column."""
        rows = list(responses)
        levels = np.array(
            [[row.answers.get(code) or SKIPPED for row in rows] for code in questions],
            dtype=np.uint8,
        ).reshape(len(questions), len(rows))
        profile = sorted({key for row in rows for key in row.profile})
        columns: dict[str, Sequence[object]] = {
            "day": [row.day for row in rows],
            "service": [row.service for row in rows],
            "channel": [row.channel for row in rows],
            "helped": [row.helped for row in rows],
            "flags": [row.flags for row in rows],
            "simulated": [row.simulated for row in rows],
        }
        for key in profile:
            columns[f"profile.{key}"] = [row.profile.get(key) for row in rows]
        return ResponseTable(
            tuple(questions), levels, {name: _objects(values) for name, values in columns.items()}
        )


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    """A one-dimensional array of any values, tuples too."""
    array = np.empty(len(values), dtype=np.object_)
    for position, value in enumerate(values):
        array[position] = value
    return array
