"""``skm score``, ``skm compare`` and ``skm trend``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from skm.cli.command import Command, instance_option

if TYPE_CHECKING:
    from skm.file_scores import Choices, Values
    from skm.reading.score_table import Rows


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[BERKAS]")
@instance_option
@click.option("--period", metavar="PERIODE", help="Nilai jawaban tersimpan: 2026-10, 2026-TW3, …")
@click.option("--form", "form_id", metavar="ID", help="Formulir; tanpa ini dikenali dari berkas.")
@click.option(
    "--values",
    type=click.Choice(["auto", "raw", "count", "percent"]),
    default="auto",
    help="Isi sel berkas.",
)
@click.option(
    "--rows",
    type=click.Choice(["strict", "printed", "normalise"]),
    default="strict",
    help="Untuk baris yang tidak dapat dihitung: tolak, pakai skor tercetak, normalkan.",
)
@click.option("--weights", metavar="BOBOT", help="exact, 0.111, 0.11, 0.071, atau desimal lain.")
@click.option("--scale", type=click.Choice(["2004", "2017"]), help="Skala mutu.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Peta kolom dari --dry-run.",
)
@click.option("--dry-run", is_flag=True, help="Tunjukkan bagaimana berkas dipahami, tanpa nilai.")
@click.option("--service", metavar="KODE", help="Hanya satu layanan.")
@click.option(
    "--by", metavar="PROFIL", help="Rinci menurut profil (usia, pendidikan) atau service."
)
@click.option(
    "--join",
    type=click.Choice(["pooled", "respondents", "plain"]),
    default="pooled",
    help="Cara menggabungkan layanan.",
)
@click.option("--without-flagged", is_flag=True, help="Tanpa jawaban yang ditandai.")
@click.option("--json", "as_json", is_flag=True, help="Satu dokumen JSON.")
def score(
    file: Path | None,
    folder: Path | None,
    period: str | None,
    form_id: str | None,
    values: str,
    rows: str,
    weights: str | None,
    scale: str | None,
    map_file: Path | None,
    dry_run: bool,
    service: str | None,
    by: str | None,
    join: str,
    without_flagged: bool,
    as_json: bool,
) -> None:
    """Hitung skor unsur dan indeks dari berkas atau dari satu periode."""
    from skm.cli.score_text import official_lines, score_lines
    from skm.export.score_document import closing_document, score_document

    official = None
    if (file is None) == (period is None):
        raise click.UsageError("")
    if file is not None:
        _refuse_options("--period", service=service, by=by, without_flagged=without_flagged)
        from skm.file_scores import describe_file, score_file

        choices = _choices(folder, form_id, values, rows, weights, scale, map_file)
        if dry_run:
            lines, document = describe_file(file, choices)
            click.echo(json.dumps(document, ensure_ascii=False) if as_json else "\n".join(lines))
            return
        assessment, origin = score_file(file, choices)
    else:
        _refuse_options("BERKAS", map=map_file, dry_run=dry_run)
        from skm.instance import open_instance
        from skm.period import Period
        from skm.period_scores import Selection, official_of, score_period
        from skm.store import open_store

        selection = Selection(
            Period.parse(period or ""), service, by, join, weights, scale, without_flagged
        )
        office = open_instance(folder)
        with open_store(office) as store:
            assessment, origin = score_period(store, office, selection, form_id)
            official = official_of(store, office, selection.period)
    if as_json:
        document = score_document(assessment, origin)
        if official is not None:
            document["closing"] = closing_document(official)
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for line in score_lines(assessment, origin):
        click.echo(line)
    if official is not None:
        for line in official_lines(official):
            click.echo(line)


@click.command(cls=Command)
@click.argument("before", metavar="PERIODE1")
@click.argument("after", metavar="PERIODE2")
@instance_option
@click.option("--form", "form_id", metavar="ID", help="Formulir.")
@click.option("--json", "as_json", is_flag=True, help="Satu dokumen JSON.")
def compare(
    before: str, after: str, folder: Path | None, form_id: str | None, as_json: bool
) -> None:
    """Bandingkan dua periode, unsur demi unsur, pada satu skala."""
    from skm.instance import open_instance
    from skm.numerals import number, signed
    from skm.period import Period
    from skm.period_scores import compare_periods
    from skm.store import open_store

    office = open_instance(folder)
    with open_store(office) as store:
        comparison = compare_periods(
            store, office, Period.parse(before), Period.parse(after), form_id
        )
    if as_json:
        rows = [
            {
                "code": change.code,
                "name": change.name,
                "before": float(change.before),
                "after": float(change.after),
                "difference": float(change.difference),
            }
            for change in comparison.changes
        ]
        document = {"before": before, "after": after, "scale": comparison.scale.id}
        click.echo(json.dumps(document | {"changes": rows}, ensure_ascii=False))
        return
    click.echo(f"{comparison.scale.name}\n{'':48} {before:>9} {after:>9}   Selisih")
    for change in comparison.changes:
        figures = f"{number(change.before, 2):>9} {number(change.after, 2):>9}"
        click.echo(f"{change.name[:48]:48} {figures} {signed(change.difference):>9}")


@click.command(cls=Command)
@instance_option
@click.option("--form", "form_id", metavar="ID", help="Formulir.")
@click.option("--until", metavar="PERIODE", help="Bulan atau tahun terakhir; tanpa ini: kini.")
@click.option("--json", "as_json", is_flag=True, help="Satu dokumen JSON.")
def trend(folder: Path | None, form_id: str | None, until: str | None, as_json: bool) -> None:
    """Tampilkan indeks dari periode ke periode: dua belas bulan, atau lima tahun."""
    from datetime import datetime

    from skm.instance import open_instance
    from skm.numerals import number
    from skm.period import Period
    from skm.period_scores import trend_until
    from skm.store import open_store

    office = open_instance(folder)
    today = datetime.now(office.office.timezone).date()
    last = Period.parse(until) if until else Period.month_of(today)
    with open_store(office) as store:
        points = trend_until(store, office, last, form_id)
    if as_json:
        rows = [
            {
                "period": str(point.period),
                "form": point.card.form,
                "scale": point.card.scale.id,
                "respondents": point.card.respondents,
                "index": None if point.card.index is None else float(point.card.index),
                "grade": point.card.band.grade if point.card.band else None,
                "breaks": point.breaks,
                "edition": point.edition,
            }
            for point in points
        ]
        click.echo(json.dumps({"trend": rows}, ensure_ascii=False))
        return
    if not points:
        click.echo(f"Belum ada hasil untuk tren sampai {last.label}.")
    for point in points:
        card = point.card
        index = "-" if card.index is None else number(card.index, 2)
        mark = f"  resmi, edisi {point.edition}" if point.edition else ""
        mark += "  (formulir atau skala berganti)" if point.breaks else ""
        grade = card.band.grade if card.band else "-"
        n = number(card.respondents or 0)
        click.echo(f"{point.period.label:28} n {n:>6} {index:>7} {grade}{mark}")


def _refuse_options(beside: str, **options: object) -> None:
    """Options that say nothing beside another are refused, not ignored."""
    from skm.errors import refuse

    for name, value in options.items():
        if value:
            option = "--" + name.replace("_", "-")
            raise refuse(f"{option} tidak berlaku tanpa {beside}", todo="Hapus salah satunya.")


def _choices(
    folder: Path | None,
    form_id: str | None,
    values: str,
    rows: str,
    weights: str | None,
    scale: str | None,
    map_file: Path | None,
) -> Choices:
    from skm.file_scores import Choices
    from skm.form import all_forms, find_form
    from skm.instance import locate
    from skm.reading.column_map import NO_MAP, load_column_map

    own = locate(folder) / "forms"
    form = find_form(form_id, own) if form_id else None
    return Choices(
        forms=(form,) if form else all_forms(own),
        form=form,
        values=cast("Values", values),
        rows=cast("Rows", rows),
        weights=weights,
        scale=scale,
        column_map=load_column_map(map_file) if map_file else NO_MAP,
    )
