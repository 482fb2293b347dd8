"""What a tablet's message becomes in the store, whichever way it came."""

from __future__ import annotations

import hashlib
from datetime import date

from skm import quality, responses
from skm.instance import Office
from skm.quality import Circumstances
from skm.store.intake import Delivery
from skm.web.message import Message


def delivery_of(
    message: Message, body: bytes, office: Office, how: Circumstances, received: date
) -> Delivery:
    """The delivery of a message.

    Args:
        body: the message as it was serialised at the finish; its hash tells copies apart.
    """
    day, half_day = office.day_and_half(how.finished)
    response = responses.Response(
        id=message.id,
        form=message.form.id,
        day=day,
        half_day=half_day,
        channel="kiosk",
        answers=message.answers,
        service=message.service,
        language=message.language,
        helped=message.helped,
        flags=quality.flags(message.answers, message.form, office, how),
        profile=message.profile,
        comment=message.comment,
    )
    digest = hashlib.sha256(body).hexdigest()
    return Delivery(response, digest, received, message.device, message.seq)
