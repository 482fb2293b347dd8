"""``skm close`` and ``skm purge``: the official result of a period, and the end of its rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skm.cli.command import Command, instance_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from skm.store.closings import Closed
    from skm.store.purge import Purged


@click.command(cls=Command)
@click.argument("period", metavar="PERIODE")
@click.option("--form", "form_id", metavar="ID", help="Formulir, bila periode berisi beberapa.")
@click.option("--document", metavar="NOMOR", help="Nomor dokumen yang menetapkan hasilnya.")
@click.option("--date", "day", metavar="TANGGAL", help="Tanggal dokumen itu, mis. 2026-11-03.")
@click.option("--edition", is_flag=True, help="Ganti penutupan yang sudah ada dengan edisi baru.")
@click.option("--reason", metavar="ALASAN", help="Mengapa ada edisi baru.")
@instance_option
def close(
    period: str,
    form_id: str | None,
    document: str | None,
    day: str | None,
    edition: bool,
    reason: str | None,
    folder: Path | None,
) -> None:
    """Tutup satu periode: hasilnya menjadi resmi dan tidak berubah lagi."""
    from datetime import datetime

    from skm.errors import refuse
    from skm.instance import open_instance
    from skm.period import Period
    from skm.store import open_store
    from skm.store.closings import ClosingOrder
    from skm.store.closings import close as freeze

    if reason and not edition:
        raise refuse("--reason hanya berlaku untuk edisi baru", todo="Tambahkan --edition.")
    office = open_instance(folder)
    order = ClosingOrder(
        today=datetime.now(office.office.timezone).date(),
        document=document,
        document_date=_day(day),
        new_edition=edition,
        reason=reason,
    )
    with open_store(office) as store:
        closed = freeze(store, office, Period.parse(period), order, form_id)
    for line in _closed_lines(closed):
        click.echo(line)
    for warning in closed.warnings:
        click.echo(f"Peringatan: {warning}", err=True)


@click.command(cls=Command)
@click.option(
    "--before",
    type=int,
    required=True,
    metavar="TAHUN",
    help="Tahun pertama yang jawabannya tetap disimpan.",
)
@instance_option
def purge(before: int, folder: Path | None) -> None:
    """Musnahkan jawaban dan saran tahun-tahun lalu; hasil yang ditutup tetap ada."""
    from datetime import UTC, datetime

    from skm.instance import open_instance
    from skm.store import open_store
    from skm.store.backup import back_up
    from skm.store.purge import purge as destroy

    office = open_instance(folder)
    now = datetime.now(UTC)
    with open_store(office) as store:
        purged = destroy(office, store, before, now)
    for line in _purged_lines(purged):
        click.echo(line)
    for each in purged.destroyed.copies:
        if each.fault is not None:
            click.echo(f"Peringatan: {each.file} belum dimusnahkan: {each.fault}", err=True)
    # the closings are now all that is left of those years
    click.echo(f"Cadangan baru dengan semua penutupan: {back_up(office, now).file}")


def _closed_lines(closed: Closed) -> Iterator[str]:
    from skm.closing import differences
    from skm.numerals import number
    from skm.regulation import scale

    closing = closed.closing
    on = scale(closing.scale)
    yield f"Ditutup: {closing.label}, {number(closing.respondents)} responden."
    if closing.index is not None:
        band = on.band(closing.index)
        shown = number(closing.index, 2)
        yield f"Indeks resmi {shown}  {band.grade} ({band.predicate}) · {on.name}"
    yield from differences(closing)
    yield f"Sidik jari {closed.checksum}"


def _purged_lines(purged: Purged) -> Iterator[str]:
    from skm.numerals import long_date, number

    done = purged.destroyed
    yield (
        f"Dimusnahkan sampai {long_date(done.until)}: {number(sum(done.responses.values()))} "
        f"jawaban, {number(done.comments)} saran, {number(done.changes)} catatan koreksi."
    )
    yield f"Penutupan yang tetap disimpan: {number(len(done.closings))}."
    for period, n in done.late.items():
        yield f"{number(n)} jawaban {period} tidak masuk penutupannya dan ikut dimusnahkan."
    cleaned = [each for each in done.copies if each.fault is None]
    if cleaned:
        yield f"Salinan yang ikut dimusnahkan isinya: {number(len(cleaned))}."
    for folder in done.out_of_reach:
        yield f"Cadangan di {folder} tidak terjangkau; dimusnahkan begitu terlihat lagi."
    if done.exports:
        yield (
            f"Berkas ekspor yang masih dapat memuat jawaban: {number(len(done.exports))}, "
            "lihat catatannya."
        )
    yield f"Catatan pemusnahan: {purged.records[0]}"


def _day(text: str | None) -> date | None:
    from datetime import date

    from skm.errors import refuse

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(
            "Tanggal tidak dapat dibaca", field="--date", found=text, expected="2026-11-03"
        ) from None
