"""Responses and deliveries as tests need them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from skm.form import Form
from skm.responses import Response
from skm.store.intake import Delivery

DAY = date(2026, 10, 5)
TABLET = "a" * 32


def response(form: Form, level: int | None = 4, /, **changes: object) -> Response:
    """A response that answers every question of a form with one level."""
    fields: dict[str, object] = {
        "id": uuid.uuid4().hex,
        "form": form.id,
        "day": DAY,
        "half_day": "pagi",
        "channel": "kiosk",
        "answers": {question.code: level for question in form.asked_by(online=False)},
    }
    return Response(**{**fields, **changes})  # type: ignore[arg-type]


def delivery(answered: Response, body: str = "", **changes: object) -> Delivery:
    """A response as it arrives; another body makes another hash."""
    fields: Mapping[str, object] = {
        "sha256": sha256(f"{answered.id}{body}".encode()).hexdigest(),
        "received": DAY,
    }
    return Delivery(answered, **{**fields, **changes})  # type: ignore[arg-type]


def message(form: Form, seq: int = 1, /, **changes: object) -> dict[str, object]:
    """What a tablet posts: every question answered with a 3."""
    return {
        "id": uuid.uuid4().hex,
        "device": TABLET,
        "seq": seq,
        "form": form.id,
        "layout": "uji",
        "language": "id",
        "service": "kk",
        "helped": False,
        "answers": {question.code: 3 for question in form.asked_by(online=False)},
        "profile": {"usia": "17_25"},
        "comment": None,
        "dwell_ms": {},
        "clock": 1_790_000_000_000,
        "finished": 1_790_000_000_000,
        **changes,
    }
