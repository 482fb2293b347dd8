"""The files that a period can be downloaded as, each made by the code of its command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skm.export.month_files import export_month
from skm.export.publications import make_follow_up_report, make_poster, make_report
from skm.instance import Instance
from skm.period import Period

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Order:
    """What is downloaded.

    Attributes:
        today: the day at the office.
        form_id: the form, where the period has responses to several.
        base: address of the server for the code on a poster, None where nobody reaches it.
    """

    instance: Instance
    period: Period
    today: date
    form_id: str | None
    base: str | None


@dataclass(frozen=True)
class Download:
    """One kind of file.

    Attributes:
        label: what the link says.
        make: writes it into a folder, and says under which name.
    """

    label: str
    mimetype: str
    make: Callable[[Order, Path], Path]


def _month(format: str) -> Callable[[Order, Path], Path]:  # noqa: A002
    def make(order: Order, folder: Path) -> Path:
        target = folder / f"skm-{order.period}.{format}"
        return export_month(
            *(order.instance, order.period, order.today),
            format=format,
            out=target,
            form_id=order.form_id,
        )

    return make


def _report(
    format: str,  # noqa: A002
    write: Callable[..., tuple[Path, ...]] = make_report,
) -> Callable[[Order, Path], Path]:
    def make(order: Order, folder: Path) -> Path:
        document, _ = write(
            *(order.instance, order.period, order.today),
            formats=(format,),
            folder=folder,
            form_id=order.form_id,
        )
        return document

    return make


def _poster(sheet: str, format: str) -> Callable[[Order, Path], Path]:  # noqa: A002
    def make(order: Order, folder: Path) -> Path:
        return make_poster(
            *(order.instance, order.period, order.today),
            format=format,
            sheet=sheet,
            out=folder / f"poster-{sheet}-{order.period}.{format}",
            base=order.base,
            form_id=order.form_id,
        )

    return make


GROUPS: Mapping[str, Mapping[str, Download]] = {
    "Data": {
        "xlsx": Download("Excel", _EXCEL, _month("xlsx")),
        "csv": Download("CSV", "text/csv", _month("csv")),
        "json": Download("JSON", "application/json", _month("json")),
    },
    "Laporan SKM": {
        "laporan-docx": Download("Word", _WORD, _report("docx")),
        "laporan-pdf": Download("PDF", "application/pdf", _report("pdf")),
        "laporan-html": Download("HTML", "text/html", _report("html")),
    },
    "Poster": {
        "poster-a4": Download("A4", "application/pdf", _poster("a4", "pdf")),
        "poster-a3": Download("A3", "application/pdf", _poster("a3", "pdf")),
        "poster-gambar": Download("Gambar", "image/png", _poster("sosial", "png")),
        "poster-tv": Download("TV", "image/png", _poster("tv", "png")),
    },
}
"""The kinds of files by what they are for; the key of a kind stands in its address."""

KINDS = {kind: each for group in GROUPS.values() for kind, each in group.items()}

FOLLOW_UP: Mapping[str, Download] = {
    "docx": Download("Word", _WORD, _report("docx", make_follow_up_report)),
    "pdf": Download("PDF", "application/pdf", _report("pdf", make_follow_up_report)),
    "html": Download("HTML", "text/html", _report("html", make_follow_up_report)),
}
"""The Laporan Tindak Lanjut, which stands beside the plan that it reports on."""
