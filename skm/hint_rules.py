"""When the officers' first page draws attention to something: thresholds, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from skm.toml_file import Table, TomlFile

_SHIPPED = Path(__file__).with_suffix(".toml")
_MOST_MINUTES, _MOST_DAYS = 24 * 60, 366


@dataclass(frozen=True)
class HintRules:
    """Thresholds of the hints; nothing official depends on them.

    Attributes:
        index_drop: points that the index may fall against the period before.
        element_drop: NRR (1 to 4) that an element may fall.
        sample_pace: share of the respondents due by now that a service must have, 0 to 1.
        sample_from: share of the period's workdays after which the pace is looked at, 0 to 1.
        silent_after: how long a tablet may say nothing while the office is open.
        close_within: how long after its end a period may stay open.
    """

    index_drop: Decimal
    element_drop: Decimal
    sample_pace: Decimal
    sample_from: Decimal
    silent_after: timedelta
    close_within: timedelta


@cache
def shipped_rules() -> HintRules:
    """The thresholds of an office that sets none.

    >>> shipped_rules().index_drop, shipped_rules().element_drop
    (Decimal('5'), Decimal('0.5'))
    """
    document = TomlFile(_SHIPPED)
    rules = _read(document.root, document.root)
    document.refuse_faults()
    return rules


def hint_rules(own: Table | None) -> HintRules:
    """The thresholds of an office: its own where it sets them, else the shipped ones.

    Faults of the table are noted in its file.
    """
    if own is None:
        return shipped_rules()
    return _read(own, TomlFile(_SHIPPED).root)


def _read(own: Table, shipped: Table) -> HintRules:
    def share(key: str) -> Decimal:
        value = amount(key)
        if value > 1:
            own.fault(key, "Di luar batas", found=value, expected="0 sampai 1")
        return value

    def amount(key: str) -> Decimal:
        value = (own if key in own else shipped).decimal(key)
        if value < 0:
            own.fault(key, "Di luar batas", found=value, expected="0 atau lebih")
        return value

    return HintRules(
        index_drop=amount("indeks_turun"),
        element_drop=amount("unsur_turun"),
        sample_pace=share("laju_sampel"),
        sample_from=share("sampel_mulai"),
        silent_after=timedelta(
            minutes=own.whole_between(
                "tablet_diam", 1, _MOST_MINUTES, default=shipped.whole("tablet_diam")
            )
        ),
        close_within=timedelta(
            days=own.whole_between(
                "tutup_dalam", 0, _MOST_DAYS, default=shipped.whole("tutup_dalam")
            )
        ),
    )
