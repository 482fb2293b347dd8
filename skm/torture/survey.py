"""What simulated citizens answer."""

from __future__ import annotations

import random
from typing import Any

from skm.form import Form
from skm.instance import Office
from skm.responses import LEVELS

_COMMENTS = (
    "Petugas ramah, antre sebentar saja.",
    "Kursi kurang; kipas angin mati.",
    'Tulisan "loket 2" tidak terbaca <b>dari jauh</b> & kecil.',
    "Terima kasih 🙏\nSemoga tetap baik.",
    "=1+1; DROP TABLE receipt; --",
)


def made_up(chance: random.Random, form: Form, office: Office) -> dict[str, Any]:
    """The part of a message that the citizen decides; keys are those of contracts.md."""
    service = chance.choice((None, *office.services))
    questions = form.asked_by(service is not None and service.online)
    answers = {
        question.code: None if chance.random() < 0.03 else chance.choice(LEVELS)
        for question in questions
    }
    return {
        "form": form.id,
        "layout": "uji",
        "language": chance.choice(office.languages or ("id",)),
        "service": service.code if service else None,
        "helped": chance.random() < 0.1,
        "answers": answers,
        "profile": {
            question.code: chance.choice(question.choices).code
            for question in form.profile
            if question.asked and chance.random() < 0.8
        },
        "comment": chance.choice(_COMMENTS) if chance.random() < 0.15 else None,
        "dwell_ms": {code: chance.randint(900, 20_000) for code in answers},
    }
