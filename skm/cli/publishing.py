"""``skm poster`` and ``skm report``: a period made known."""

from __future__ import annotations

from pathlib import Path

import click

from skm.cli.command import Command, instance_option

_REPORT_FORMATS = ("docx", "pdf", "html")
_period_option = click.option(
    "--period", required=True, metavar="PERIODE", help="2026-10, 2026-TW3, 2026-S1, 2026."
)
_form_option = click.option(
    "--form", "form_id", metavar="ID", help="Formulir, bila periode berisi beberapa."
)


@click.command(cls=Command)
@_period_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["pdf", "png"]),
    default="pdf",
    show_default=True,
    help="Berkas untuk dicetak, atau gambar untuk layar.",
)
@click.option(
    "--sheet",
    type=click.Choice(["a4", "a3", "sosial", "tv"]),
    help="Ukuran; tanpa opsi ini a4 untuk pdf dan sosial (1080 x 1350) untuk png.",
)
@click.option(
    "--address",
    metavar="ALAMAT",
    help="Alamat peladen pada kode QR, mis. http://192.168.1.20:8000; "
    "tanpa opsi ini alamat yang dipakai tablet.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="BERKAS", help="Berkas hasil.")
@_form_option
@instance_option
def poster(
    period: str,
    file_format: str,
    sheet: str | None,
    address: str | None,
    out: Path | None,
    form_id: str | None,
    folder: Path | None,
) -> None:
    """Buat lembar pengumuman indeks satu periode."""
    from datetime import datetime

    from skm import instance
    from skm.export.publications import make_poster
    from skm.period import Period

    opened = instance.open_instance(folder)
    today = datetime.now(opened.office.timezone).date()
    written = make_poster(
        opened,
        Period.parse(period),
        today,
        format=file_format,
        sheet=sheet,
        out=out,
        base=address,
        form_id=form_id,
    )
    click.echo(f"Ditulis: {written}")


@click.command(cls=Command)
@_period_option
@click.option(
    "--format",
    "formats",
    metavar="FORMAT",
    help="Format berkas, dipisah koma; tanpa opsi ini: docx, pdf, dan html.",
)
@click.option(
    "--outline",
    metavar="NAMA",
    help="Susunan bab: lima-bab atau empat-bab; tanpa opsi ini yang ditulis kantor, "
    "lalu lima-bab.",
)
@click.option(
    "--follow-up",
    is_flag=True,
    help="Laporan Tindak Lanjut: rencana atas hasil periode itu, pelaksanaan, dan fotonya.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Folder hasil.")
@_form_option
@instance_option
def report(
    period: str,
    formats: str | None,
    outline: str | None,
    follow_up: bool,
    out: Path | None,
    form_id: str | None,
    folder: Path | None,
) -> None:
    """Susun Laporan SKM satu periode, atau Laporan Tindak Lanjutnya."""
    from datetime import datetime

    from skm import instance
    from skm.errors import refuse
    from skm.export.publications import make_follow_up_report, make_report
    from skm.period import Period

    named = _formats(formats)
    opened = instance.open_instance(folder)
    wanted, today = Period.parse(period), datetime.now(opened.office.timezone).date()
    if follow_up and outline is not None:
        raise refuse("Laporan Tindak Lanjut hanya mempunyai satu susunan", field="--outline")
    if follow_up:
        written = make_follow_up_report(
            opened, wanted, today, formats=named, folder=out, form_id=form_id
        )
    else:
        written = make_report(
            opened, wanted, today, formats=named, folder=out, outline=outline, form_id=form_id
        )
    for file in written:
        click.echo(f"Ditulis: {file}")


def _formats(text: str | None) -> tuple[str, ...]:
    from skm.errors import refuse

    if text is None:
        return _REPORT_FORMATS
    named = tuple(part.strip().lower() for part in text.split(","))
    if not set(named) <= set(_REPORT_FORMATS):
        raise refuse(
            "Format tidak dikenal",
            field="--format",
            found=text,
            expected=", ".join(_REPORT_FORMATS),
        )
    return named
