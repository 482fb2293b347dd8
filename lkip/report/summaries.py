"""Sums of the whole year that several parts of the report name."""

from __future__ import annotations

from lkip import budget
from lkip.budget import Share
from lkip.report.draft import Draft
from lkip.results import IndicatorResult
from skm.document.blocks import Item


def class_counts(draft: Draft) -> list[str]:
    """How many indicators are in each class; those without a percentage in their own way."""
    counts = [
        draft.plain_words(
            "rincian.kelas",
            jumlah=draft.show.count(count, f"dihitung: indikator berkategori {name}"),
            kelas=name,
        )
        for name, count in draft.results.by_class.items()
    ]
    states: dict[str, int] = {}
    for result in draft.results.indicators:
        if result.achievement.category is None:
            state = _state(draft, result)
            states[state] = states.get(state, 0) + 1
    counts += [
        draft.plain_words(
            "rincian.keadaan",
            jumlah=draft.show.count(count, f"dihitung: indikator {state}"),
            keadaan=state,
        )
        for state, count in states.items()
    ]
    return counts


def _state(draft: Draft, result: IndicatorResult) -> str:
    """Why an indicator is in no class."""
    measured = result.achievement
    if measured.is_grade_only and measured.realised.shown is not None:
        return draft.plain_words("rincian.mutu")
    return measured.counted.state.value


def group_lines(draft: Draft) -> list[Item]:
    """A line for each kelompok belanja with its budget, what was spent and the absorption."""
    shares = budget.by_group(draft.plan)
    return [
        draft.item(
            "ikhtisar.kelompok_akhir" if share is shares[-1] else "ikhtisar.kelompok",
            at=share.key,
            **group_values(draft, share),
        )
        for share in shares
    ]


def group_values(draft: Draft, share: Share) -> dict[str, str]:
    """What the texts on a kelompok belanja name."""
    source = f"dihitung: {share.name}"
    return {
        "kelompok": draft.show.quote(share.name, f"rencana: budget.group {share.key}"),
        "anggaran": draft.show.rupiah(share.money.revised, f"{source}, anggaran"),
        "realisasi": draft.show.rupiah(share.money.realised, f"{source}, realisasi"),
        "serapan": draft.show.figure(share.money.absorption, f"{source}, serapan"),
        "proporsi": draft.show.figure(share.share, f"{source}, proporsi"),
    }
