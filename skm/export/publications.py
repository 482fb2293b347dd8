"""``skm poster`` and ``skm report``: what a period is announced with, as files of the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from skm.disclosure import SMALLEST_SHOWN
from skm.document.blocks import Document
from skm.document.register import Register
from skm.errors import refuse
from skm.export.follow_up_lines import lines_of
from skm.export.month import gather
from skm.export.output import finished
from skm.export.poster import SHEETS, Poster, poster_image, write_poster
from skm.export.publication_lines import publications_of
from skm.export.published import published
from skm.export.skm_report import Material, build_follow_up_report, build_skm_report
from skm.export.skm_report.outline import FOLLOW_UP_FOLDER, USUAL_FOLLOW_UP, find_outline
from skm.export.skm_report.particulars import read_particulars
from skm.instance import Instance
from skm.period import Period
from skm.period_scores import trend_until
from skm.store import open_store
from skm.store.remembered import ADDRESS, recall

REPORT_FORMATS = ("docx", "pdf", "html")
_USUAL_SHEET = {"pdf": "a4", "png": "sosial"}


def make_poster(
    instance: Instance,
    period: Period,
    today: date,
    *,
    format: str = "pdf",  # noqa: A002
    sheet: str | None = None,
    out: Path | None = None,
    base: str | None = None,
    form_id: str | None = None,
) -> Path:
    """Write the poster of a period.

    Args:
        today: the day at the office.
        format: ``pdf`` or ``png``.
        sheet: of ``SHEETS``; without it A4 to print, and a picture for social media.
        out: the file; without it ``reports/<period>/poster-<period>.<format>``.
        base: address of the server for the QR code; without it the one that tablets use.

    Raises:
        SkmError: nothing to announce, or the file cannot be written.
    """
    chosen = SHEETS[sheet or _USUAL_SHEET[format]]
    target = out or instance.reports(period) / f"poster-{period}.{format}"
    with open_store(instance) as store:
        figures = published(gather(store, instance, period, today, form_id))
        place = recall(store, ADDRESS)
    poster = Poster(figures, (base or "").rstrip("/") or (f"http://{place}" if place else None))
    content = (write_poster if format == "pdf" else poster_image)(poster, chosen)
    with finished(target) as file:
        file.write_bytes(content)
    return target


def make_report(
    instance: Instance,
    period: Period,
    today: date,
    *,
    formats: Sequence[str] = REPORT_FORMATS,
    folder: Path | None = None,
    outline: str | None = None,
    form_id: str | None = None,
) -> tuple[Path, ...]:
    """Write the SKM report of a period and the register of its figures.

    Args:
        today: the day at the office.
        formats: of ``REPORT_FORMATS``.
        folder: where the files go; without it ``reports/<period>`` of the office.
        outline: name of an outline; without it the one in ``laporan-<period>.toml``, else that
            of five chapters.

    Raises:
        SkmError: nothing to report, what the office says of the period has faults, or a file
            cannot be written.
    """
    document, register = report_document(instance, period, today, outline, form_id)
    target = folder or instance.reports(period)
    return _written(document, register, target, f"skm-{period}", formats)


def make_follow_up_report(
    instance: Instance,
    period: Period,
    today: date,
    *,
    formats: Sequence[str] = REPORT_FORMATS,
    folder: Path | None = None,
    form_id: str | None = None,
) -> tuple[Path, ...]:
    """Write the report on the follow-up of a period's result, and the register of its figures.

    Args:
        folder: where the files go; without it ``reports/<period>`` of the office.

    Raises:
        SkmError: as ``make_report``, or nothing was planned upon the result.
    """
    document, register = follow_up_document(instance, period, today, form_id)
    target = folder or instance.reports(period)
    return _written(document, register, target, f"tindak-lanjut-{period}", formats)


def _written(
    document: Document, register: Register, target: Path, name: str, formats: Sequence[str]
) -> tuple[Path, ...]:
    if target.exists() and not target.is_dir():
        raise refuse("Tempat laporan bukan folder", file=target, todo="Beri folder pada --out.")
    contents = {
        target / f"laporan-{name}.{kind}": _WRITERS[kind](document)
        for kind in REPORT_FORMATS
        if kind in formats
    }
    contents[target / f"register-{name}.json"] = register.to_json().encode()
    with ExitStack() as stack:  # no file takes its name before all of them are written
        for path, content in contents.items():
            stack.enter_context(finished(path)).write_bytes(content)
    return tuple(contents)


def report_document(
    instance: Instance,
    period: Period,
    today: date,
    outline: str | None = None,
    form_id: str | None = None,
) -> tuple[Document, Register]:
    """The SKM report of a period before it is written, and the register of its figures."""
    said = read_particulars(instance, period)
    chosen = find_outline(outline or said.outline)
    with open_store(instance) as store:
        figures = published(gather(store, instance, period, today, form_id))
        trend = trend_until(store, instance, period, figures.form.id, smallest=SMALLEST_SHOWN)
        planned = lines_of(store, instance, period)
        before = lines_of(store, instance, period.previous)
        announced = publications_of(store, period)
    register = Register()
    material = Material(
        *(figures, trend, said, chosen, _own_wording(instance), planned, before, announced)
    )
    return build_skm_report(material, register), register


def follow_up_document(
    instance: Instance, period: Period, today: date, form_id: str | None = None
) -> tuple[Document, Register]:
    """The report on a follow-up before it is written, and the register of its figures."""
    said = read_particulars(instance, period)
    outline = find_outline(USUAL_FOLLOW_UP, FOLLOW_UP_FOLDER)
    with open_store(instance) as store:
        figures = published(gather(store, instance, period, today, form_id))
        planned = lines_of(store, instance, period)
    if not planned:
        raise refuse(
            f"Belum ada rencana tindak lanjut hasil {period.label}",
            todo="Tulis rencananya pada halaman petugas «Tindak lanjut», lalu ulangi.",
        )
    register = Register()
    material = Material(
        *(figures, (), said, outline, _own_wording(instance), planned),
        written=max(line.item.changed for line in planned),
    )
    return build_follow_up_report(material, register), register


def _own_wording(instance: Instance) -> Path:
    return instance.root / "skm" / "naskah-laporan.toml"


def _docx(document: Document) -> bytes:
    from skm.document import docx, pdf

    return docx.write(document, pdf.page_labels(document))


def _pdf(document: Document) -> bytes:
    from skm.document import pdf

    return pdf.write(document)


def _html(document: Document) -> bytes:
    from skm.document import html

    return html.write(document).encode()


_WRITERS: Mapping[str, Callable[[Document], bytes]] = {"docx": _docx, "pdf": _pdf, "html": _html}
