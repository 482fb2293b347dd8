"""Simulated responses for the demo and for tests: always marked as such."""

from __future__ import annotations

import hashlib
import random
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from skm.form import Form, ProfileQuestion, Question
from skm.instance import Office
from skm.period import Period
from skm.responses import LEVELS, Response

_LEVEL_WEIGHTS = ((2, 10, 58, 30), (1, 5, 44, 50), (6, 22, 56, 16), (12, 30, 48, 10))
"""Four kinds of question, from usual to weak: how often each level is chosen."""
_SKIPPED_ONE_IN = 60
_COMMENTS = (
    "Pelayanan sudah baik, mohon dipertahankan.",
    "Kursi di ruang tunggu kurang.",
    "Tolong papan alur layanan diperbesar.",
    "Petugas ramah dan cepat.",
    "Nomor antrean sebaiknya memakai pengeras suara.",
    "Mohon jam istirahat bergantian supaya loket tidak kosong.",
)


@dataclass(frozen=True)
class Simulation:
    """A made-up office life; the same seed gives the same responses.

    Attributes:
        seed: any text.
        fewest, most: respondents a month.
    """

    seed: str
    fewest: int = 45
    most: int = 75

    def month(self, month: Period, form: Form, office: Office) -> Iterator[Response]:
        """The responses of one month, in the order of their days."""
        chance = random.Random(f"{self.seed}/{form.id}/{month}")
        days = _workdays(month, office)
        services = list(office.services)
        weights = list(range(2 * len(services), 0, -2))
        kinds = _kinds(form, random.Random(f"{self.seed}/{form.id}"))
        dates = sorted(chance.choices(days, k=chance.randint(self.fewest, self.most)))
        for ordinal, day in enumerate(dates):
            service = chance.choices(services, weights)[0]
            mood = min(0.8, max(-0.6, chance.gauss(0, 0.4)))
            key = f"{self.seed}/{form.id}/{month}/{ordinal}"
            yield Response(
                id=hashlib.sha256(key.encode()).hexdigest()[:32],
                form=form.id,
                day=day,
                half_day=chance.choice(("pagi", "pagi", "siang")),
                channel="kiosk",
                service=service.code,
                helped=chance.random() < 0.08,
                simulated=True,
                answers={
                    question.code: _answer(chance, kinds[question.code], mood)
                    for question in form.asked_by(service.online)
                },
                profile={
                    question.code: chance.choice(question.choices).code
                    for question in _asked(form.profile)
                    if chance.random() < 0.9
                },
                comment=chance.choice(_COMMENTS) if chance.random() < 0.12 else None,
            )


def _kinds(form: Form, chance: random.Random) -> dict[str, tuple[int, int, int, int]]:
    def kind(question: Question) -> tuple[int, int, int, int]:
        usual = (0, 0, 0, 1, 1, 2, 2, 3)
        return _LEVEL_WEIGHTS[chance.choice(usual)]

    return {question.code: kind(question) for question in form.questions}


def _answer(chance: random.Random, weights: tuple[int, int, int, int], mood: float) -> int | None:
    if chance.randrange(_SKIPPED_ONE_IN) == 0:
        return None
    shifted = [weight * (1 + mood) ** level for level, weight in zip(LEVELS, weights, strict=True)]
    return chance.choices(LEVELS, [max(weight, 0.01) for weight in shifted])[0]


def _workdays(month: Period, office: Office) -> Sequence[date]:
    last = monthrange(month.year, month.first_month)[1]
    days = [date(month.year, month.first_month, day) for day in range(1, last + 1)]
    return list(filter(office.works_on, days)) or days


def _asked(profile: Sequence[ProfileQuestion]) -> list[ProfileQuestion]:
    return [question for question in profile if question.asked]
