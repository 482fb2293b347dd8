"""What a tablet posts, checked against values that are prepared once for each form.

No WTForms here: building and checking a form of fourteen fields for every post takes as long
as everything else together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from skm.errors import Fault, SkmError, refuse
from skm.form import Form
from skm.instance import Office
from skm.responses import LEVELS

LONGEST_COMMENT = 1000
"""Characters."""

_LATEST_CLOCK = 10**14  # milliseconds since 1970: the year 5138
_HIGHEST_SEQ = 2**31 - 1

Fits = Callable[[Any], bool]


@dataclass(frozen=True)
class Message:
    """The body of ``POST /api/jawaban``, checked; the keys are those of contracts.md."""

    id: str
    device: str
    seq: int
    form: Form
    language: str
    service: str | None
    helped: bool
    answers: Mapping[str, int | None]
    profile: Mapping[str, str]
    comment: str | None
    dwell_ms: Mapping[str, int]
    clock: int
    finished: int


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    Raises:
        SkmError: it is none.
    """
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise refuse("Isi kiriman bukan JSON", todo="Muat ulang halaman kios.") from error
    if not isinstance(parsed, dict):
        raise refuse("Isi kiriman bukan objek JSON", found=type(parsed).__name__)
    return parsed


def id_of(parsed: Mapping[str, Any]) -> str | None:
    """The id of a message that may have faults elsewhere."""
    found = parsed.get("id")
    return found if _is_id(found) else None


class MessageChecks:
    """The checks of one form in one office."""

    def __init__(self, form: Form, office: Office) -> None:
        self._form = form
        self._online = {service.code: service.online for service in office.services}
        self._asked = {
            online: {question.code for question in form.asked_by(online)}
            for online in (False, True)
        }
        self._choices = {
            question.code: {choice.code for choice in question.choices}
            for question in form.profile
        }
        services = " / ".join([*self._online, "null"])
        self._fields: tuple[tuple[str, Fits, str], ...] = (
            ("id", _is_id, "32 angka heksadesimal"),
            ("device", _is_id, "32 angka heksadesimal"),
            ("seq", _is_seq, f"bilangan 1 sampai {_HIGHEST_SEQ}"),
            ("layout", _is_text, "teks"),
            ("language", _is_language, "kode bahasa"),
            ("service", self._is_service, services),
            ("helped", lambda value: type(value) is bool, "true / false"),
            ("answers", lambda value: type(value) is dict, "objek"),
            ("profile", lambda value: type(value) is dict, "objek"),
            ("comment", _is_comment, f"null, atau teks sampai {LONGEST_COMMENT} huruf"),
            ("dwell_ms", _are_durations, "milidetik menurut pertanyaan"),
            ("clock", _is_clock, "milidetik sejak 1970"),
            ("finished", _is_clock, "milidetik sejak 1970"),
        )

    def check(self, parsed: Mapping[str, Any]) -> Message:
        """The message in a parsed body.

        Raises:
            SkmError: every fault of it.
        """
        faults = [
            _fault("Isi kiriman salah", key, parsed.get(key, "tidak ada"), expected)
            for key, fits, expected in self._fields
            if key not in parsed or not fits(parsed[key])
        ]
        if not faults:
            faults = [
                *self._answer_faults(parsed["answers"], parsed["service"]),
                *self._profile_faults(parsed["profile"]),
            ]
        if faults:
            raise SkmError(*faults)
        return Message(
            id=parsed["id"],
            device=parsed["device"],
            seq=parsed["seq"],
            form=self._form,
            language=parsed["language"],
            service=parsed["service"],
            helped=parsed["helped"],
            answers=parsed["answers"],
            profile=parsed["profile"],
            comment=tidy_comment(parsed["comment"]),
            dwell_ms=parsed["dwell_ms"],
            clock=parsed["clock"],
            finished=parsed["finished"],
        )

    def _is_service(self, value: object) -> bool:
        return value is None or (isinstance(value, str) and value in self._online)

    def _answer_faults(self, answers: dict[str, object], service: str | None) -> list[Fault]:
        asked = self._asked[service is not None and self._online[service]]
        faults = [
            _fault("Jawaban salah", f"answers.{code}", level, "1 / 2 / 3 / 4 / null")
            for code, level in answers.items()
            if level is not None and (type(level) is not int or level not in LEVELS)
        ]
        if answers.keys() != asked:
            faults += [
                Fault("Pertanyaan tidak ada dalam kiriman", field=f"answers.{code}")
                for code in sorted(asked - answers.keys())
            ]
            faults += [
                Fault("Pertanyaan tidak ditanyakan formulir ini", field=f"answers.{code}")
                for code in sorted(answers.keys() - asked)
            ]
        return faults

    def _profile_faults(self, profile: dict[str, object]) -> list[Fault]:
        return [
            _fault("Isian salah", f"profile.{code}", choice, "kode pilihan formulir ini")
            for code, choice in profile.items()
            if not (isinstance(choice, str) and choice in self._choices.get(code, ()))
        ]


def tidy_comment(text: str | None) -> str | None:
    """Free words without blank edges; None where nothing is left.

    Half of a character pair, which a browser that cuts at a length may leave, cannot be stored.
    """
    return (text or "").encode("utf-8", "replace").decode().strip() or None


def _fault(message: str, field: str, found: object, expected: str) -> Fault:
    shown = json.dumps(found, ensure_ascii=True)[:80]
    return Fault(message, field=field, found=shown, expected=expected)


def _matches(pattern: str) -> Fits:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


_is_id = _matches("[0-9a-f]{32}")
_is_language = _matches("[a-z]{2,8}")
_is_text = _matches(r"[\x20-\x7e]{0,100}")


def _is_seq(value: object) -> bool:
    return type(value) is int and 1 <= value <= _HIGHEST_SEQ


def _is_clock(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LATEST_CLOCK


def _is_comment(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= LONGEST_COMMENT)


def _are_durations(value: object) -> bool:
    return type(value) is dict and all(_is_clock(duration) for duration in value.values())
