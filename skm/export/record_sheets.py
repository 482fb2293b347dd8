"""The sheets Saran and Kelengkapan: what people wrote, and whether everything came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from skm.export.group_tables import CHANNEL_NAMES
from skm.export.month import MonthExport
from skm.export.sheet import Sheet
from skm.export.table import PLACE, Column, Kind, Table
from skm.numerals import number
from skm.quality import MEANINGS
from skm.store.comment_handling import Handling, topics
from skm.store.completeness import TabletCount
from skm.store.run_counts import Runs

_COUNT = Column("Jumlah", Kind.COUNT)


def fill_comments(sheet: Sheet, month: MonthExport) -> None:
    """Fill Saran: in an order that tells nothing, without service or profile.

    Where the office has cleaned a comment, its clean words stand for it.
    """
    sheet.letterhead("Saran dan masukan", month.period.label)
    if month.official and month.destroyed:
        there_were = number(month.official.closing.comments)
        sheet.note(f"{there_were} saran periode ini sudah dimusnahkan menurut aturan retensi.")
        return
    sheet.note(
        f"{number(len(month.comments))} saran, urutannya diacak, tanpa layanan dan profil. "
        "Periksa nama orang dan nomor sebelum dibagikan; yang sudah dibersihkan petugas "
        "tertulis bersih."
    )
    if month.comments_waiting:
        sheet.note(f"{number(month.comments_waiting)} saran terbaru belum boleh ditampilkan.")
    if not month.comments:
        return
    head = sheet.row
    topic_names = topics(month.form)
    rows = tuple(
        (place, each.words, *_handled(each.handling, topic_names))
        for place, each in enumerate(month.comments, 1)
    )
    texts = ("Saran", "Topik", "Jawaban kantor")
    sheet.table(
        Table("Saran", (PLACE, *(Column(title, Kind.TEXT) for title in texts)), rows),
        heading=False,
        free_text=True,
    )
    sheet.freeze(head + 1)
    sheet.repeat(head, head)


def _handled(handling: Handling | None, topic_names: Mapping[str, str]) -> tuple[str, str]:
    if handling is None:
        return "", ""
    return topic_names.get(handling.topic or "", ""), handling.answer or ""


def fill_completeness(sheet: Sheet, month: MonthExport) -> None:
    """Fill Kelengkapan: the receipts of each tablet, and where the rest came from."""
    found = month.completeness
    sheet.letterhead("Tanda terima kelengkapan", month.period.label)
    if found.tablets:
        for tablet in found.tablets:
            sheet.note(_receipt(tablet))
        sheet.gap()
        sheet.table(_tablets(found.tablets))
    else:
        sheet.note("Tidak ada jawaban bernomor dari tablet pada periode ini.")
    if found.runs:
        sheet.gap()
        sheet.table(_runs(found.runs))
    sheet.gap()
    channels = [(CHANNEL_NAMES[code], found.channels.get(code, 0)) for code in CHANNEL_NAMES]
    stored = sum(found.channels.values())
    sheet.table(
        Table(
            "Jawaban tersimpan menurut kanal",
            (Column("Kanal", Kind.TEXT), _COUNT),
            tuple(channels),
            ("Jumlah", stored),
        ),
        totals={1: "=SUM(B{first}:B{last})"},
    )
    sheet.gap()
    states = found.states
    sheet.table(
        Table(
            "Yang tidak biasa",
            (Column("Keadaan", Kind.TEXT), _COUNT),
            (
                ("Semua pertanyaan dilewati", stored - month.answered),
                ("Diperbaiki admin", states.get("corrected", 0)),
                ("Dihapus admin", states.get("deleted", 0)),
                ("Dimusnahkan menurut retensi", states.get("purged", 0)),
                ("Bentrok, disimpan terpisah", found.conflicts),
            ),
        )
    )
    sheet.gap()
    raised = (
        Counter(month.official.closing.flags)
        if month.official
        else Counter(flag for flags in month.everyone.columns["flags"] for flag in flags)
    )
    sheet.table(
        Table(
            "Jawaban bertanda (tetap dihitung)",
            (Column("Tanda", Kind.TEXT), _COUNT),
            tuple((meaning, raised[flag]) for flag, meaning in MEANINGS.items()),
            notes=("Satu jawaban dapat memiliki beberapa tanda.",),
        )
    )


def _receipt(tablet: TabletCount) -> str:
    return (
        f"{tablet.name}: nomor {tablet.first}–{tablet.last}, selesai {number(tablet.finished)}, "
        f"diterima {number(tablet.received)}, kurang {number(tablet.lacking)}."
    )


def _tablets(tablets: tuple[TabletCount, ...]) -> Table:
    return Table(
        "Menurut tablet",
        (
            *(Column("Tablet", Kind.TEXT), Column("Nomor", Kind.TEXT)),
            *(Column("Selesai", Kind.COUNT), Column("Diterima", Kind.COUNT)),
            *(Column("Kurang", Kind.COUNT), Column("Nomor yang belum diterima", Kind.TEXT)),
        ),
        tuple(
            (
                *(tablet.name, f"{tablet.first}–{tablet.last}", tablet.finished),
                *(tablet.received, tablet.lacking, _numbers(tablet.missing)),
            )
            for tablet in tablets
        ),
        notes=("Nomor yang kurang masih ada di tablet; nyalakan tabletnya di jaringan kantor.",)
        if any(tablet.missing for tablet in tablets)
        else (),
    )


def _runs(runs: tuple[tuple[str, Runs], ...]) -> Table:
    return Table(
        "Pengisian yang dimulai",
        (
            Column("Tablet", Kind.TEXT),
            *(Column("Dimulai", Kind.COUNT), Column("Ditinggalkan", Kind.COUNT)),
        ),
        tuple((name, told.started, told.abandoned) for name, told in runs),
        notes=(
            "Menurut laporan tablet sampai kontak terakhirnya dalam periode ini. Jawaban yang "
            "ditinggalkan sebelum selesai tidak disimpan.",
        ),
    )


def _numbers(gaps: tuple[tuple[int, int], ...]) -> str:
    """The missing numbers, as people write them.

    >>> _numbers(((3, 3), (6, 8)))
    '3, 6–8'
    """
    return ", ".join(f"{low}" if low == high else f"{low}–{high}" for low, high in gaps)
