"""The reviewer's sheet of a check: findings, checklist of 53/2014, coverage of 88/2021."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from lkip.check_text import count_text
from lkip.coverage import Counts, coverage, sheet
from lkip.findings import Finding
from skm.document.blocks import Align, Cell, Column, Document, Paragraph, Row, bold
from skm.document.builder import Builder, row
from skm.document.register import Register
from skm.errors import refuse

FORMATS = ("html", "docx")
_LEFT_TO_THE_REVIEWER = ""


def review_document(
    subject: str,
    office: str,
    day: date,
    findings: Sequence[Finding],
    counts: Counts,
    checked: Collection[str],
) -> Document:
    """The sheet of one check.

    Args:
        subject: what was checked, such as ``Rencana Tahun 2020``.
        office: whose report it is.
        day: of the report; the sheet takes no date from the clock.
        counts: what the report covers.
        checked: the codes of the checks that were made; what none of them looks at is not
            answered.
    """
    build = Builder(Register())
    build.section("tinjauan", landscape=True)
    build.heading("judul", "LEMBAR TINJAUAN LAPORAN KINERJA", numbered=False)
    build.add(Paragraph("pokok", f"{office}: {subject}. {count_text(findings)}", Align.LEFT))
    build.heading("temuan", "Temuan pemeriksaan", 2, numbered=False)
    if findings:
        _findings(build, findings)
    else:
        build.add(Paragraph("tanpa-temuan", "Pemeriksaan tidak menemukan pertentangan."))
    build.heading("reviu", "Formulir checklist reviu (PermenPANRB 53/2014)", 2, numbered=False)
    _checklist(build, findings, checked)
    build.heading("cakupan", "Cakupan kriteria evaluasi (PermenPANRB 88/2021)", 2, numbered=False)
    _coverage(build, counts)
    title = f"Tinjauan {subject}"
    return build.document(title, office, "Tinjauan Laporan Kinerja", day)


def write_review(
    document: Document, name: str, formats: Iterable[str], folder: Path
) -> tuple[Path, ...]:
    """Write the sheet; a file that is there is replaced whole or left as it is.

    Raises:
        SkmError: a file cannot be written.
    """
    return tuple(
        _written(folder / f"{name}.{form}", sheet_file(document, form)) for form in formats
    )


def sheet_file(document: Document, form: str) -> bytes:
    """The sheet as a file of one of ``FORMATS``."""
    return _WRITERS[form](document)


def _findings(build: Builder, findings: Sequence[Finding]) -> None:
    columns = [
        Column(0.5, Align.CENTER),
        Column(1.2),
        Column(4),
        Column(3.2),
        Column(2.2),
        Column(2.4),
    ]
    head = row("No.", "Bobot", "Temuan", "Tempat", "Tertulis", "Seharusnya atau saran")
    file = _only_file(findings)
    body = [
        row(
            str(number),
            finding.severity.word,
            f"{finding.message}\n[{finding.code}]",
            "\n".join(place.removeprefix(file) for place in finding.where if place) or "–",
            finding.found or "–",
            "\n".join(filter(None, (finding.expected, finding.suggestion))) or "–",
        )
        for number, finding in enumerate(findings, start=1)
    ]
    build.table("tabel-temuan", columns, [_heavy(head)], body)


def _only_file(findings: Sequence[Finding]) -> str:
    """What every place begins with, where all stand in one file; else nothing."""
    files = {place.partition(", ")[0] for finding in findings for place in finding.where if place}
    only = files.pop() if len(files) == 1 else ""
    return f"{only}, " if Path(only).suffix else ""


def _checklist(build: Builder, findings: Sequence[Finding], checked: Collection[str]) -> None:
    columns = [Column(0.5, Align.CENTER), Column(6), Column(1.2, Align.CENTER), Column(4)]
    body: list[Row] = []
    for part in sheet()["part"]:
        body.append(Row((Cell(bold(part["title"]), columns=4, align=Align.LEFT),)))
        for number, item in enumerate(part["items"], start=1):
            answer, reason = _answer(set(item.get("no_if", ())) & set(checked), findings)
            body.append(row(str(number), item["text"], answer, reason))
    build.table(
        "tabel-reviu",
        columns,
        [_heavy(row("No.", "Pernyataan", "Check list", "Dasar jawaban"))],
        body,
        source="Jawaban yang kosong tidak dapat diturunkan dari data dan diisi oleh peninjau.",
    )


def _coverage(build: Builder, counts: Counts) -> None:
    columns = [
        Column(0.5, Align.CENTER),
        Column(6),
        Column(2.4, Align.CENTER),
        Column(1.2, Align.CENTER),
    ]
    body = [
        row(
            str(number),
            each.text,
            f"{each.part} dari {each.whole}" if each.whole else _LEFT_TO_THE_REVIEWER,
            each.letter,
        )
        for number, each in enumerate(coverage(counts), start=1)
    ]
    build.table(
        "tabel-cakupan", columns, [_heavy(row("No.", "Kriteria", "Terpenuhi", "Huruf"))], body
    )


def _answer(codes: Collection[str], findings: Sequence[Finding]) -> tuple[str, str]:
    """The pre-filled answer and what it rests on; both empty where nothing can be derived."""
    if not codes:
        return _LEFT_TO_THE_REVIEWER, "diisi oleh peninjau"
    found = [str(n) for n, one in enumerate(findings, start=1) if one.code in codes]
    if not found:
        return "Ya", "tidak ada temuan"
    return "Tidak", f"temuan nomor {', '.join(found)}"


def _heavy(head: Row) -> Row:
    return Row(tuple(Cell(bold(str(cell.text))) for cell in head.cells))


def _docx(document: Document) -> bytes:
    from skm.document import docx, pdf

    return docx.write(document, pdf.page_labels(document))


def _html(document: Document) -> bytes:
    from skm.document import html

    return html.write(document).encode()


_WRITERS: Mapping[str, Callable[[Document], bytes]] = {"html": _html, "docx": _docx}


def _written(file: Path, content: bytes) -> Path:
    temporary: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as opened:
            temporary = Path(opened.name)
            opened.write(content)
        temporary.chmod(0o644)
        temporary.replace(file)
    except OSError as error:
        raise refuse(
            "Lembar tinjauan tidak dapat ditulis",
            file=file,
            found=error.strerror,
            todo="Tutup berkas lama di program lain, dan periksa ruang serta izin foldernya.",
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return file
