"""Sheets for the counter: a large QR code that opens the survey on one's own phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from skm import qr
from skm.document import typesetting
from skm.document.paper import PageSetup
from skm.instance import Office
from skm.language import Language
from skm.toml_file import TomlFile

_TEMPLATE = Path(__file__).with_suffix(".typ")
_WORDS = Path(__file__).with_suffix(".toml")
_STRENGTH: qr.Strength = "q"  # a sheet on a counter is folded and stained


@dataclass(frozen=True)
class QrSheet:
    """One sheet: what it is for, and the address that its code opens.

    Attributes:
        service: name of the service that is chosen already; None where the survey asks.
    """

    service: str | None
    address: str

    @property
    def title(self) -> str:
        """What stands large over the code."""
        return self.service or _words()["all_services"]

    @property
    def svg(self) -> bytes:
        """The code as a picture."""
        return qr.svg(self.address, _STRENGTH)

    @property
    def needs_wifi(self) -> bool:
        """Whether only phones in the office's own network reach the address.

        >>> QrSheet(None, "http://192.168.1.20:8000/isi").needs_wifi
        True
        >>> QrSheet(None, "https://survei.jemberkab.go.id/isi").needs_wifi
        False
        """
        try:
            return ip_address(urlsplit(self.address).hostname or "").is_private
        except ValueError:
            return False


@dataclass(frozen=True)
class QrPrint:
    """What sheets are printed from.

    Attributes:
        languages: that citizens can choose from, the office's first one first.
        questions: how many the survey has.
    """

    office: Office
    languages: Sequence[Language]
    questions: int
    sheets: Sequence[QrSheet]


def qr_sheets(base: str, services: Mapping[str, str]) -> tuple[QrSheet, ...]:
    """The sheet for all services, then one for each.

    Args:
        base: address of the server, without a slash at the end.
        services: names by code.

    >>> [sheet.address for sheet in qr_sheets("http://192.168.1.20:8000", {"kk": "KK"})]
    ['http://192.168.1.20:8000/isi', 'http://192.168.1.20:8000/isi/kk']
    """
    return (
        QrSheet(None, f"{base}/isi"),
        *(QrSheet(name, f"{base}/isi/{code}") for code, name in services.items()),
    )


def write_qr_sheets(printed: QrPrint, day: date) -> bytes:
    """The sheets, a page each, as PDF/A-2a and PDF/UA-1 on the office's paper.

    Raises:
        SkmError: a name has letters that no font of ours has.
    """
    return typesetting.pdf(_TEMPLATE, _content(printed, day), day)


def _content(printed: QrPrint, day: date) -> dict[str, object]:
    office, words = printed.office, _words()
    setup = PageSetup.chosen(office.paper, office.font)
    first = printed.languages[0]
    several = len(printed.languages) > 1
    return {
        "language": first.code,
        "page": setup.paper.value,
        "font": setup.typeface.value[0],
        "date": (day.year, day.month, day.day),
        "words": words,
        "government": words["government"].format(kabupaten=office.district),
        "office": office.name,
        "address": office.address,
        "title": first.screen["welcome_title"],
        "length": first.screen["length"].format(n=printed.questions),
        "notice": [first.screen["notice_1"], first.screen["notice_2"]],
        "languages": words["languages"].format(
            bahasa=" · ".join(each.name for each in printed.languages)
        )
        if several
        else "",
        "sheets": [
            {
                "title": sheet.title,
                "address": sheet.address,
                "svg": sheet.svg.decode(),
                "alt": words["code_alt"].format(alamat=sheet.address),
                "wifi": words["wifi"] if sheet.needs_wifi else "",
            }
            for sheet in printed.sheets
        ],
    }


@cache
def _words() -> Mapping[str, str]:
    root = TomlFile(_WORDS).root
    return {key: root.text(key) for key in root.keys}
