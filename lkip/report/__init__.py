"""The Laporan Kinerja of a year: its chapters in the order that offices print them.

PermenPANRB 53/2014 fixes the outline and the comparisons of Bab III; the words come from
``lkip/wording``, every figure from the plan and what was computed from it.
"""

from __future__ import annotations

from pathlib import Path

from lkip.report.analysis import analysis
from lkip.report.annexes import annexes
from lkip.report.bab_1 import bab_1
from lkip.report.bab_2 import bab_2
from lkip.report.bab_4 import bab_4
from lkip.report.draft import Draft
from lkip.report.finance import finance
from lkip.report.front import cover, lists, preface
from lkip.report.ikhtisar import ikhtisar
from lkip.report.measurement import measurement
from lkip.report.requirements import ground
from lkip.results import Results
from lkip.texts import wording
from skm.document.blocks import Document
from skm.document.paper import PageSetup
from skm.document.register import Register
from skm.instance import Office

__all__ = ["build_report"]


def build_report(results: Results, office: Office, register: Register, plan: Path) -> Document:
    """The report of a plan's results.

    Args:
        results: of the year.
        office: whose paper, font and kind of signature it takes.
        register: is given every number that the report shows.
        plan: the file of the plan, which errors name.

    Raises:
        SkmError: the plan lacks what the report needs, or words a text that there is not.
    """
    stands_on = ground(results, plan)
    texts = wording(results.plan.narrative, plan)
    draft = Draft.begin(results, stands_on, office, texts, register)
    chapters = (cover, preface, lists, ikhtisar, _body, bab_1, bab_2, bab_3, bab_4, annexes)
    for chapter in chapters:
        chapter(draft)
    return draft.build.document(
        draft.plain_words("dokumen.judul"),
        office.name,
        draft.plain_words("dokumen.pokok"),
        stands_on.signing.dated,
        page=PageSetup.chosen(office.paper, office.font, office.margins_mm),
    )


def bab_3(draft: Draft) -> None:
    """Akuntabilitas kinerja."""
    measurement(draft)
    analysis(draft)
    finance(draft)


def _body(draft: Draft) -> None:
    """From here on pages have arabic numbers."""
    draft.build.section("bagian.isi", start=1)
