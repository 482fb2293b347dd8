"""The report on a follow-up: the result, what was planned, what was done, and what shows it."""

from __future__ import annotations

from skm.document.blocks import Align, Column, Item, Marker
from skm.document.builder import row
from skm.export.skm_report.draft import Draft
from skm.export.skm_report.follow_up import outcome, photographs, shares, source
from skm.export.skm_report.results import laid_down
from skm.export.skm_report.signing import signature
from skm.follow_up import evaluation, months_needed, share_finished

_COLUMNS = (
    *(Column(9, Align.CENTER), Column(26), Column(42), Column(42)),
    *(Column(17, Align.CENTER), Column(37)),
)


def background(draft: Draft) -> None:
    """Why there is a follow-up and what this report is for."""
    for key in ("survei", "laporan"):
        draft.say(f"tl_latar.{key}")


def result(draft: Draft) -> None:
    """The index, and what it was laid down with."""
    draft.say("indeks.hasil" if draft.figures.card.index is not None else "indeks.belum_lengkap")
    laid_down(draft)


def share(draft: Draft) -> None:
    """How much was finished and how soon, by the steps of the yearly evaluation."""
    _share(draft)
    _speed(draft)
    unfinished = [line for line in draft.material.plan if line.item.done is None]
    if unfinished:
        draft.lead("tl_kemajuan.belum", jumlah=draft.show.number(len(unfinished), _origin(draft)))
        items = [
            draft.item(
                "tl_kemajuan.butir",
                at=str(line.item.number),
                kegiatan=draft.show.quote(line.item.action.rstrip("."), source(line)),
                pemangku=draft.show.quote(line.item.owner, source(line)),
                tenggat=draft.show.day(line.item.due, source(line)),
            )
            for line in unfinished
        ]
        draft.build.list("tl_kemajuan.belum.daftar", items, Marker.DIGIT)


def _share(draft: Draft) -> None:
    items, asked = [line.item for line in draft.material.plan], evaluation()
    done = sum(each.done is not None for each in items)
    found = share_finished(items)
    if found is None:
        return
    draft.say("tl_kemajuan.hasil", **shares(draft, done, len(items), _origin(draft)))
    draft.say(
        "tl_kemajuan.langkah",
        evaluasi=draft.show.quote(asked.number, "evaluasi"),
        kode=draft.show.quote(asked.share_code, "evaluasi"),
        langkah=draft.show.quote(asked.band(found), "evaluasi"),
    )


def _speed(draft: Draft) -> None:
    items, asked = [line.item for line in draft.material.plan], evaluation()
    reported = draft.material.reported
    months = months_needed(items, reported)
    if months is None:
        return
    step, show = asked.step(months), draft.show
    how = "lewat" if step is None else "waktu" if months else "segera"
    draft.say(
        f"tl_kemajuan.{how}",
        bulan=show.number(months, f"hitung: sejak {reported}"),
        tanggal=show.day(reported, "tanggal laporan SKM"),
        kode=show.quote(asked.speed_code, "evaluasi"),
        langkah=show.number(step or asked.months[-1], "evaluasi"),
    )


def account(draft: Draft) -> None:
    """What was done about each line."""
    show = draft.show
    draft.lead("tl_uraian.awal")
    draft.build.table(
        "tl_uraian.tabel",
        _COLUMNS,
        [row(*draft.columns("no", "unsur", "kendala", "rtl", "status", "keterangan"))],
        [
            row(
                show.number(place, "nomor urut"),
                show.quote(line.element, source(line)),
                show.quote(line.item.problem, source(line)),
                show.quote(line.item.action, source(line)),
                draft.words(f"tindak_lanjut.{'sudah' if line.item.done else 'belum'}"),
                outcome(draft, line),
            )
            for place, line in enumerate(draft.material.plan, 1)
        ],
        caption=draft.words("tl_uraian.judul"),
    )


def evidence(draft: Draft) -> None:
    """The pictures, and how many other files the office keeps."""
    lines = draft.material.plan
    pictures = sum(len(line.photographs) for line in lines)
    documents = sum(line.documents for line in lines)
    draft.say("tl_bukti.awal" if pictures else "tl_bukti.kosong")
    photographs(draft, lines, "bukti")
    if documents:
        draft.say("tl_bukti.berkas", jumlah=draft.show.number(documents, _origin(draft)))


def conclusion(draft: Draft) -> None:
    """What has come of the plan."""
    items = [line.item for line in draft.material.plan]
    done = sum(each.done is not None for each in items)
    said: list[Item] = [
        draft.item("tl_kesimpulan.hasil"),
        draft.item(
            "tl_kesimpulan.selesai" if done == len(items) else "tl_kesimpulan.berjalan",
            **shares(draft, done, len(items), _origin(draft)),
        ),
    ]
    draft.build.list("tl_kesimpulan.daftar", said, Marker.DIGIT)


def ending(draft: Draft) -> None:
    """Penutup, with the signature."""
    draft.say("tl_penutup.akhir")
    signature(draft, "penutup.tanda_tangan", final=True)


def _origin(draft: Draft) -> str:
    return f"tindak lanjut {draft.figures.period}"
