"""How the answers were gathered: by whom, how, where, when, and how many were needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from skm.document.blocks import Align, Cell, Column, Formula, Item, Marker
from skm.document.builder import row
from skm.document.drafting import listed
from skm.export.method_sheet import weight_text
from skm.export.skm_report.draft import Draft
from skm.export.skm_report.introduction import decree
from skm.export.skm_report.particulars import Step
from skm.regulation import regulation_in_force
from skm.scoring import POINTS_PER_LEVEL
from skm.toml_file import TomlFile
from skm.uncertainty import needed_sample

_BLANK_LINES = 3
_PAIRS = 5  # of N and S side by side
_COLLECTING = "pengumpulan"
_STEPS = ("persiapan", _COLLECTING, "pengolahan", "pelaporan")


def team(draft: Draft) -> None:
    """Pelaksana."""
    draft.say_with_blanks("pelaksana.awal", sk=decree(draft))
    names = draft.said.team or (draft.blank,) * _BLANK_LINES
    items = [Item(draft.show.quote(name, "laporan: pelaksana")) for name in names]
    draft.build.list("pelaksana.daftar", items, Marker.DIGIT)


def method(draft: Draft) -> None:
    """Metode: the questionnaire, the channels, the scoring and the scale."""
    figures, show = draft.figures, draft.show
    if draft.said.method:
        draft.say("metode.kantor", metode=show.quote(draft.said.method, "laporan: metode"))
    draft.say("metode.kuesioner")
    if figures.channels:
        channels = [draft.plain_words(f"saluran.{each}") for each in figures.channels]
        draft.say("metode.saluran", saluran=listed(channels))
    draft.lead("metode.nilai")
    draft.build.add(
        Formula(
            "metode.nrr", *(draft.words(f"metode.{part}") for part in ("hasil", "atas", "bawah"))
        )
    )
    weights = weight_text(figures.card.weights, len(figures.card.elements))
    points = f"{POINTS_PER_LEVEL} kali nilai persepsi"
    draft.say(
        "metode.indeks",
        bobot=show.quote(weights, "bobot"),
        poin=show.number(POINTS_PER_LEVEL, points),
        gabung=draft.plain_words(f"gabung.{figures.join}"),
    )
    _scale(draft)


def _scale(draft: Draft) -> None:
    scale, show = draft.figures.card.scale, draft.show
    source = f"skala {scale.id}"
    body = [
        row(
            show.number(band.level, source),
            show.number(band.lower, source, 2),
            show.number(scale.upper(band), source, 2),
            band.grade,
            band.predicate,
        )
        for band in scale.bands
    ]
    draft.build.table(
        "metode.skala",
        (*(Column(28, Align.CENTER) for _ in range(4)), Column(45)),
        [row(*draft.columns("persepsi", "dari", "sampai", "mutu", "kinerja"))],
        body,
        caption=draft.words("metode.skala_judul"),
    )


def location(draft: Draft) -> None:
    """Lokasi."""
    said = draft.said.location
    if said:
        draft.say("lokasi.kantor", lokasi=draft.show.quote(said, "laporan: lokasi"))
    else:
        draft.say("lokasi.alamat")


def schedule(draft: Draft) -> None:
    """Waktu: the steps with their working days."""
    draft.lead("waktu.awal")
    rows = [_step(draft, place, step) for place, step in enumerate(_steps(draft), 1)]
    draft.build.table(
        "waktu.tabel",
        (Column(10, Align.CENTER), Column(65), Column(60), Column(30, Align.CENTER)),
        [row(*draft.columns("no", "kegiatan", "waktu", "hari_kerja"))],
        [row(*cells) for cells in rows],
        caption=draft.words("waktu.judul"),
    )


def _steps(draft: Draft) -> Sequence[Step | str]:
    """The office's steps, else those of the regulation, the period being known of one."""
    if draft.said.steps:
        return draft.said.steps
    office, period = draft.figures.office, draft.figures.period
    first, last = period.first_day, period.last_day
    days = office.workdays_in(first, last)
    names = {key: draft.plain_words(f"langkah.{key}") for key in _STEPS}
    return [
        Step(name, first, last, days) if key == _COLLECTING else name
        for key, name in names.items()
    ]


def _step(draft: Draft, place: int, step: Step | str) -> tuple[str, ...]:
    show, blank = draft.show, draft.blank
    if isinstance(step, str):
        return (show.number(place, "nomor urut"), step, blank, draft.plain_words("kosong.angka"))
    source = "laporan: jadwal"
    span = draft.plain_words(
        "waktu.rentang", mulai=show.day(step.first, source), selesai=show.day(step.last, source)
    )
    if step.first == step.last:
        span = show.day(step.first, source)
    return (
        show.number(place, "nomor urut"),
        show.quote(step.name, source),
        span,
        show.number(step.workdays, "hitung: hari kerja office.toml"),
    )


def sample(draft: Draft) -> None:
    """Penentuan jumlah responden, with the table that the formula gives."""
    figures, show = draft.figures, draft.show
    needed, rule = figures.assessment.sample_needed, regulation_in_force().sample
    draft.say("sampel.rumus")
    if figures.population is None or needed is None:
        draft.say("sampel.tanpa_populasi")
    else:
        enough = "cukup" if figures.respondents >= needed else "kurang"
        draft.say(
            "sampel.hasil",
            populasi=show.number(figures.population, draft.source),
            perlu=show.number(needed, "rumus Krejcie dan Morgan"),
        )
        draft.say(f"sampel.{enough}", perlu=show.number(needed, "rumus Krejcie dan Morgan"))
    table = [
        (show.number(n, "tabel Krejcie dan Morgan"), show.number(needed_sample(n, rule), "rumus"))
        for n in _populations()
    ]
    height = -(-len(table) // _PAIRS)
    pairs = [table[start : start + height] for start in range(0, len(table), height)]
    body = [
        row(*(text for pair in pairs for text in (pair[y] if y < len(pair) else ("", ""))))
        for y in range(height)
    ]
    heads = [Cell(head) for _ in pairs for head in draft.columns("populasi", "sampel")]
    draft.build.table(
        "sampel.tabel",
        [Column(16.5, Align.RIGHT) for _ in heads],
        [row(*heads)],
        body,
        caption=draft.words("sampel.tabel_judul"),
    )


@cache
def _populations() -> tuple[int, ...]:
    root = TomlFile(Path(__file__).with_name("krejcie_morgan.toml")).root
    return root.wholes("populations", 1, 10**7, default=())
