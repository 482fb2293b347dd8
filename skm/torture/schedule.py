"""What goes wrong, and when: a value, so that a run can be repeated with the same trouble."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Mishap(Enum):
    """What befalls one request on its way; the value is how a person is told of it."""

    NONE = "dilewatkan"
    CUT_BEFORE = "putus sebelum dikirim"
    CUT_BODY = "putus di tengah kiriman"
    REPLY_LOST = "tersimpan, balasan hilang"
    REPLY_TORN = "putus di tengah balasan"
    SILENCE = "tersimpan, tanpa balasan sampai tablet menyerah"
    TWICE = "kiriman digandakan"
    AGAIN_LATER = "kiriman terulang belakangan"
    DELAYED = "tertunda dan tersusul"
    PORTAL = "halaman login Wi-Fi menjawab"
    FOREIGN_RECEIPT = "balasan milik kiriman lain"
    SERVER_KILLED = "peladen dimatikan paksa saat menyimpan"


class Deed(Enum):
    """What happens at the office between two surveys."""

    KILL_SERVER = "peladen dimatikan paksa"
    OUTAGE = "peladen mati selama survei berjalan"
    FULL_DISK = "cakram penuh"
    BACK_UP = "cadangan dibuat"
    RESTORE = "cadangan lama dipulihkan"
    DELETE = "jawaban dihapus admin"
    PAIR_AGAIN = "tablet dipasangkan lagi"
    REVOKE = "kunci tablet dicabut"
    KILL_TABLET = "tablet dimatikan paksa"
    JUMP_CLOCK = "jam tablet melompat"


_CHANCES = {
    Mishap.NONE: 700,
    Mishap.CUT_BEFORE: 40,
    Mishap.CUT_BODY: 40,
    Mishap.REPLY_LOST: 50,
    Mishap.REPLY_TORN: 40,
    Mishap.SILENCE: 3,
    Mishap.TWICE: 40,
    Mishap.AGAIN_LATER: 30,
    Mishap.DELAYED: 30,
    Mishap.PORTAL: 20,
    Mishap.FOREIGN_RECEIPT: 10,
    Mishap.SERVER_KILLED: 2,
}
"""How often each befalls a request, of about a thousand."""
_SURVEYS_A_DEED = 60
_MISHAPS = 997


@dataclass(frozen=True)
class Schedule:
    """A run's trouble.

    Attributes:
        surveys: how many are finished on the tablets.
        deeds: what happens at the office, each after so many surveys, in rising order.
        mishaps: what befalls the requests one after another, from the start again at its end.
        seed: of the answers given and of places and waits inside a mishap.
        patience: seconds that the tablets may need, in peace, to deliver what waits.
    """

    surveys: int
    deeds: Sequence[tuple[int, Deed]]
    mishaps: Sequence[Mishap]
    seed: int
    patience: float = 60.0


def random_schedule(surveys: int, seed: int) -> Schedule:
    """Trouble of every kind spread over a run; the same seed gives the same schedule.

    >>> schedule = random_schedule(100, seed=7)
    >>> {deed for _, deed in schedule.deeds} == set(Deed)
    True
    >>> set(schedule.mishaps) == set(Mishap)
    True
    """
    chance = random.Random(seed)
    deeds = list(Deed)
    deeds += chance.choices(deeds, k=max(0, surveys // _SURVEYS_A_DEED - len(deeds)))
    chance.shuffle(deeds)
    moments = sorted(chance.randrange(surveys) for _ in deeds) if surveys else []
    mishaps = list(Mishap)
    mishaps += chance.choices(
        mishaps, [_CHANCES[each] for each in mishaps], k=_MISHAPS - len(mishaps)
    )
    chance.shuffle(mishaps)
    return Schedule(surveys, tuple(zip(moments, deeds, strict=False)), tuple(mishaps), seed)
