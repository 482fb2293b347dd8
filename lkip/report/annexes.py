"""What is bound behind the report: planning documents, the survey's sheets, the evaluation."""

from __future__ import annotations

from collections.abc import Callable

from lkip.plan import Annex
from lkip.report.annex_agreement import agreement_annex
from lkip.report.annex_decree import decree_annex
from lkip.report.annex_evaluation import recommendations_annex, review_annex
from lkip.report.annex_follow_up import follow_up_annex
from lkip.report.annex_matrices import renstra_annex, rkt_annex
from lkip.report.annex_processing import processing_annex
from lkip.report.draft import Draft

_KINDS: dict[str, Callable[[Draft, Annex], None]] = {
    "renstra": renstra_annex,
    "rkt": rkt_annex,
    "pk": agreement_annex,
    "pk_perubahan": agreement_annex,
    "iku": decree_annex,
    "pengolahan_skm": processing_annex,
    "rtl": follow_up_annex,
    "evaluasi": recommendations_annex,
    "reviu": review_annex,
}
KINDS = tuple(_KINDS)


_TURNED = ("renstra", "rkt", "pengolahan_skm")  # tables too wide for an upright page


def annexes(draft: Draft) -> None:
    """Every annex of the plan, in its order."""
    turned = False
    for annex in draft.plan.annexes:
        if turned or annex.kind in _TURNED:
            turned = annex.kind in _TURNED
            draft.build.section(f"lampiran.{annex.kind}.bagian", landscape=turned)
        title = draft.show.quote(annex.title, f"rencana: annex {annex.kind}").upper()
        draft.build.annex(f"lampiran.{annex.kind}", title)
        _KINDS[annex.kind](draft, annex)
