"""What is done about a result: the plan, and what became of the plan of the period before.

The lines that officers wrote on the pages of the office stand here. Where there are none for a
period, those of its ``laporan-<period>.toml`` do, else blanks to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.charts import Picture
from skm.comparison import lowest
from skm.document.blocks import Align, Column, Row
from skm.document.builder import row
from skm.export.follow_up_lines import FollowUpLine
from skm.export.skm_report.analysis import element_name
from skm.export.skm_report.draft import Draft

_PLAN_COLUMNS = (
    *(Column(10, Align.CENTER), Column(42), Column(60)),
    *(Column(25, Align.CENTER), Column(28)),
)
_BEFORE_COLUMNS = (
    *(Column(9, Align.CENTER), Column(36), Column(16, Align.RIGHT), Column(48)),
    *(Column(20, Align.CENTER), Column(36)),
)


@dataclass(frozen=True)
class _Outcome:
    """What became of a line, ready to be printed."""

    element: str
    score: str
    action: str
    finished: bool
    said: str


def source(line: FollowUpLine) -> str:
    """Where a line comes from, as the register names it."""
    return f"tindak lanjut nomor {line.item.number}"


def plan(draft: Draft) -> None:
    """Rencana tindak lanjut: the office's lines, else the priorities with blanks."""
    said, show = draft.said, draft.show
    if said.forum:
        draft.say_with_blanks(
            "rencana.fkp",
            tanggal=show.day(said.forum.date, "laporan: fkp.tanggal"),
            tempat=show.quote(said.forum.place or draft.blank, "laporan: fkp.tempat"),
            peserta=show.quote(said.forum.attended or draft.blank, "laporan: fkp.peserta"),
        )
    else:
        draft.say_with_blanks("rencana.fkp_kosong")
    draft.lead("rencana.awal")
    draft.build.table(
        "rencana.tabel",
        _PLAN_COLUMNS,
        [row(*draft.columns("no", "prioritas", "program", "triwulan", "penanggung_jawab"))],
        [
            row(show.number(place, "nomor urut"), *cells)
            for place, cells in enumerate(_planned(draft), 1)
        ],
        caption=draft.words("rencana.judul"),
    )


def _planned(draft: Draft) -> Iterator[tuple[str, str, str, str]]:
    said, show = draft.said, draft.show
    nothing = draft.plain_words("kosong.angka")
    for line in draft.material.plan:
        item = line.item
        yield (
            *(show.quote(line.element, source(line)), show.quote(item.action, source(line))),
            show.quote(item.quarter.label, source(line)),
            show.quote(item.owner, source(line)),
        )
    if draft.material.plan:
        return
    for each in said.plan:
        yield (
            element_name(draft, each.element),
            show.quote(each.activity, "laporan: rtl"),
            show.quote(each.when or nothing, "laporan: rtl"),
            show.quote(each.owner or draft.blank, "laporan: rtl"),
        )
    if said.plan:
        return
    for element in lowest(draft.figures.card.elements, draft.material.outline.ranked):
        name = show.quote(element.name, f"unsur {element.code}")
        yield name, f"{draft.blank}\n{draft.blank}", nothing, nothing


def follow_up_before(draft: Draft) -> None:
    """What became of the plan of the period before."""
    follow_up_table(draft, "sebelumnya")


def follow_up_table(draft: Draft, at: str) -> None:
    """The follow-up of the period before, with its pictures."""
    show = draft.show
    before = draft.figures.period.previous
    earlier = draft.plain_words(
        "tindak_lanjut.periode", sebelumnya=show.quote(before.label, "periode sebelumnya")
    )
    outcomes = list(_outcomes(draft))
    if outcomes:
        finished = sum(each.finished for each in outcomes)
        draft.lead(
            "tindak_lanjut.hasil",
            at=at,
            sebelumnya=earlier,
            **shares(draft, finished, len(outcomes), f"tindak lanjut {before}"),
        )
    else:
        draft.lead("tindak_lanjut.kosong", at=at, sebelumnya=earlier)
    draft.build.table(
        f"tindak_lanjut.tabel@{at}",
        _BEFORE_COLUMNS,
        [row(*draft.columns("no", "unsur", "ikm", "rtl", "status", "keterangan"))],
        [*_outcome_rows(draft, outcomes)] or _blank_rows(draft),
        caption=draft.words("tindak_lanjut.judul", sebelumnya=earlier),
    )
    photographs(draft, draft.material.before, at)


def shares(draft: Draft, finished: int, planned: int, origin: str) -> dict[str, str]:
    """What was finished of what was planned, as the wording names it."""
    share = Fraction(100 * finished, planned)
    return {
        "selesai": draft.show.number(finished, origin),
        "semua": draft.show.number(planned, origin),
        "persen": draft.show.percent(share, f"hitung: {origin}", 2),
    }


def photographs(draft: Draft, lines: Sequence[FollowUpLine], at: str) -> None:
    """The pictures of what was done, each under the name of its element."""
    for line in lines:
        element = draft.show.quote(line.element, source(line))
        for place, picture in enumerate(line.photographs, 1):
            several = len(line.photographs) > 1
            caption = draft.words(
                "tindak_lanjut.foto_ke" if several else "tindak_lanjut.foto",
                unsur=element,
                nomor=draft.show.number(place, "nomor urut"),
            )
            alt = draft.plain_words(
                "tindak_lanjut.foto_alt",
                kegiatan=draft.show.quote(" ".join(line.item.action.split()), source(line)),
            )
            draft.build.figure(
                f"tindak_lanjut.foto@{at}.{line.item.number}.{place}",
                Picture(None, None, alt, jpeg=picture.content),
                caption,
                picture.printed_width,
            )


def _outcomes(draft: Draft) -> Iterator[_Outcome]:
    show = draft.show
    for line in draft.material.before:
        yield _Outcome(
            show.quote(line.element, source(line)),
            "" if line.score is None else draft.score(line.score, f"hasil {line.item.period}"),
            show.quote(line.item.action, source(line)),
            line.item.done is not None,
            outcome(draft, line),
        )
    if draft.material.before:
        return
    for each in draft.said.before:
        yield _Outcome(
            element_name(draft, each.element),
            _score_before(draft, each.element),
            show.quote(each.activity, "laporan: tindak_lanjut"),
            each.finished,
            show.quote(each.result or draft.blank, "laporan: tindak_lanjut"),
        )


def outcome(draft: Draft, line: FollowUpLine) -> str:
    """What was done and when; by when it is to be done, while it is not."""
    show, item = draft.show, line.item
    if item.done is None or item.result is None:
        return draft.plain_words("tindak_lanjut.tenggat", tenggat=show.day(item.due, source(line)))
    return draft.plain_words(
        "tindak_lanjut.selesai",
        hasil=show.quote(item.result.rstrip("."), source(line)),
        tanggal=show.day(item.done, source(line)),
    )


def _outcome_rows(draft: Draft, outcomes: Sequence[_Outcome]) -> Iterator[Row]:
    for place, each in enumerate(outcomes, 1):
        yield row(
            *(draft.show.number(place, "nomor urut"), each.element, each.score, each.action),
            draft.words(f"tindak_lanjut.{'sudah' if each.finished else 'belum'}"),
            each.said,
        )


def _blank_rows(draft: Draft) -> list[Row]:
    return [
        row(
            *(draft.show.number(place, "nomor urut"), draft.blank, "", draft.blank, ""),
            draft.blank,
        )
        for place in range(1, draft.material.outline.ranked + 1)
    ]


def _score_before(draft: Draft, code: str) -> str:
    """The element's score in the period before, where that answered the same form."""
    before = draft.figures.period.previous
    for point in draft.material.trend:
        if point.period == before and point.card.form == draft.figures.form.id:
            return draft.score(point.card.element(code).score, f"hasil {before}")
    return ""
