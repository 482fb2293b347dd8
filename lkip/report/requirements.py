"""What a plan must hold before a report can be made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lkip import budget
from lkip.figure import State
from lkip.plan import Document, Plan
from lkip.plan.values import RENSTRA
from lkip.report.annexes import KINDS
from lkip.report.ground import Ground
from lkip.results import Results
from skm.errors import Fault, SkmError

_AGREEMENTS = ("pk_perubahan", "pk")  # the one that holds first
_MOST_SIGNATORIES = 2


def ground(results: Results, file: Path) -> Ground:
    """What the report stands on.

    Raises:
        SkmError: everything that the plan lacks, each with its key and what to do.
    """
    plan = results.plan
    lacking = [*_framework(plan), *_annexes(plan), *_figures(results), *_money(plan)]
    signing, renstra, held = plan.signing, plan.documents.get(RENSTRA), _agreement(plan)
    if lacking or signing is None or renstra is None or held is None:
        raise SkmError(*(_fault(file, key, message) for key, message in lacking))
    return Ground(
        signing=signing,
        superior=signing.superior or "",
        agreement_id=held[0],
        agreement=held[1],
        renstra=renstra,
        first_year=renstra.first_year or 0,  # the plan is refused where its years are missing
        last_year=renstra.last_year or 0,
    )


def _agreement(plan: Plan) -> tuple[str, Document] | None:
    """The agreement that holds: a revised one only where it sets a target itself."""
    promising = {
        target.document
        for indicator in plan.indicators
        for target in indicator.targets_of(plan.year)
    }
    known = plan.documents
    held = (
        (name, known[name])
        for name in _AGREEMENTS
        if name in known and (name in promising or name == _AGREEMENTS[-1])
    )
    return next(held, None)


def _framework(plan: Plan) -> Iterator[tuple[str, str]]:
    if plan.signing is None:
        yield "signing", "Tempat, tanggal, dan jabatan penanda tangan belum ada"
    elif plan.signing.superior is None:
        yield "signing.superior", "Atasan penanda tangan belum ada"
    if RENSTRA not in plan.documents:
        yield f"documents.{RENSTRA}", "Renstra belum ada"
    if _agreement(plan) is None:
        yield f"documents.{_AGREEMENTS[-1]}", "Perjanjian Kinerja belum ada"


def _annexes(plan: Plan) -> Iterator[tuple[str, str]]:
    for position, annex in enumerate(plan.annexes, start=1):
        if annex.kind not in KINDS:
            known = ", ".join(KINDS)
            yield f"annex[{position}].kind", f"Lampiran {annex.kind} tidak ada bentuknya ({known})"
        if len(annex.signatories) > _MOST_SIGNATORIES:
            yield f"annex[{position}].signatory", "Penanda tangan lampiran lebih dari dua"
        if annex.letterhead and plan.letterhead is None:
            yield "letterhead", f"Kop surat untuk lampiran {annex.kind} belum ada"


def _figures(results: Results) -> Iterator[tuple[str, str]]:
    for result in results.indicators:
        of, year = f"indikator {result.indicator.id}", result.achievement.year
        if result.achievement.target is None:
            yield of, f"Target tahun {year} yang diukur belum ada"
        if result.realised.figure.state is State.NOT_FILLED:
            yield of, f"Realisasi tahun {year} belum diisi"


def _money(plan: Plan) -> Iterator[tuple[str, str]]:
    if plan.budget is None or not plan.every_programme:
        yield "budget", "Anggaran belum ada: kelompok belanja dan program"
    for top in (*budget.outside(plan), *budget.tree(plan)):
        for end in top.ends:
            if end.money.realised is None:
                yield f"anggaran {end.name}", "Realisasi belum diisi"


def _fault(file: Path, key: str, message: str) -> Fault:
    return Fault(message, file=file, field=key, todo="Lengkapi rencana; laporan memerlukannya.")
