"""``skm backup``, ``skm restore`` and ``skm verify``: that nothing received is ever lost."""

from __future__ import annotations

from pathlib import Path

import click

from skm.cli.command import Command, instance_option


@click.command(cls=Command)
@instance_option
def backup(folder: Path | None) -> None:
    """Buat cadangan sekarang; kios boleh tetap berjalan."""
    from datetime import UTC, datetime

    from skm.instance import open_instance
    from skm.numerals import number
    from skm.store.backup import back_up

    made = back_up(open_instance(folder), datetime.now(UTC))
    click.echo(f"Cadangan dibuat: {made.file} ({number(made.manifest.responses)} jawaban)")
    if made.second:
        click.echo(f"Salinan kedua: {made.second}")
    if made.warning:
        click.echo(f"Peringatan: {made.warning}", err=True)


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="BERKAS")
@instance_option
def restore(file: Path, folder: Path | None) -> None:
    """Pulihkan cadangan; basis data yang ada disimpan di sampingnya."""
    from datetime import UTC, datetime

    from skm.instance import locate
    from skm.numerals import long_date, number
    from skm.store.restore import restore as put_back

    done = put_back(locate(folder), file, datetime.now(UTC))
    made = done.manifest
    source = f"{made.office}, {long_date(made.made.date())}" if made else str(file)
    click.echo(f"Cadangan dipulihkan ({source}): {number(done.responses)} jawaban.")
    if done.forgotten:
        click.echo(
            f"{number(done.forgotten)} jawaban yang sudah dihapus atau dimusnahkan "
            "tidak ikut kembali."
        )
    if done.files:
        click.echo(f"Berkas yang belum ada ikut kembali: {', '.join(done.files)}")
    if done.aside:
        click.echo(f"Basis data sebelumnya disimpan di {done.aside}")
    click.echo(
        "Jawaban tablet sesudah cadangan itu dikirim ulang oleh tablet sendiri setelah "
        "«skm serve» berjalan; ketikan dari kertas, koreksi, dan penutupan sesudahnya perlu "
        "dibuat lagi."
    )


@click.command(cls=Command)
@instance_option
def verify(folder: Path | None) -> int:
    """Periksa basis data, tanda terima, penghapusan, dan semua cadangan."""
    from skm.instance import open_instance
    from skm.store.verify import verify as look

    verdicts = look(open_instance(folder))
    for verdict in verdicts:
        click.echo(f"{'salah' if verdict.faults else 'baik':6} {verdict.subject}")
        for fault in verdict.faults:
            click.echo(f"       - {fault}")
    wrong = sum(len(verdict.faults) for verdict in verdicts)
    click.echo(f"{wrong} kesalahan ditemukan." if wrong else "Semua baik.")
    return 1 if wrong else 0
