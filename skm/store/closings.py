"""Closing periods, and what came after: editions, late responses, corrections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlite_utils import Database

from skm.assessment import Method, scale_of_period
from skm.closing import Closing, Replaced
from skm.closing_text import checksum, from_json, to_json
from skm.disclosure import SMALLEST_SHOWN
from skm.errors import refuse
from skm.form import Form, find_form
from skm.freezing import Decision, Surroundings, freeze, named_services
from skm.instance import Instance
from skm.numerals import long_date, number
from skm.period import Period
from skm.responses import ResponseTable
from skm.scoring import weights_for
from skm.store.closed_since import changes_of, since, untouched
from skm.store.connection import Store
from skm.store.rows import comments, forms_in, read_table
from skm.store.schema import is_used
from skm.store.served import population, served_in
from skm.typed_text import printable

_EDITIONS = "SELECT content, checksum FROM closing WHERE period = ? ORDER BY edition DESC"
_NEWEST = f"{_EDITIONS} LIMIT 1"
_NAMED = "SELECT content, checksum FROM closing WHERE period = ? AND edition = ?"
_ALL = "SELECT content, checksum FROM closing ORDER BY period, edition"
_LAST_RECEIVED = """
    SELECT max(received) FROM receipt
    WHERE form = ? AND substr(finished, 1, 7) BETWEEN ? AND ?
    AND state IN ('stored', 'corrected')"""
_MEMBERS = """
    INSERT INTO closing_member (period, edition, id)
    SELECT ?, ?, id FROM {table} WHERE month BETWEEN ? AND ?"""


@dataclass(frozen=True)
class ClosingOrder:
    """What an office asks for when it closes a period.

    Attributes:
        today: the day at the office.
        document: number of the document that lays the result down, with its date.
        new_edition: whether a period that is closed already gets a new edition.
        reason: why there is a new edition.
        seen: the edition that was in force when the order was given, 0 for none; another one
            now refuses it. None takes it as it comes.
    """

    today: date
    document: str | None = None
    document_date: date | None = None
    new_edition: bool = False
    reason: str | None = None
    seen: int | None = None


@dataclass(frozen=True)
class Closed:
    """A period that was closed, and what the officer must know of it."""

    closing: Closing
    checksum: str
    warnings: tuple[str, ...]


def close(
    store: Store,
    instance: Instance,
    period: Period,
    order: ClosingOrder,
    form_id: str | None = None,
) -> Closed:
    """Freeze the result of a period, as the first edition or as a numbered new one.

    With ``form_id`` only the responses to that form are counted; those to others are named.

    Raises:
        SkmError: the period is not over, has no responses or responses to several forms and
            none is named, is closed already, or a new edition has nothing to replace or gives
            no reason. Nothing is stored then.
    """
    with store.writing() as db:
        closing, form = _frozen(store, instance, period, order, form_id)
        _insert(db, closing, form)
    return Closed(closing, checksum(closing), warnings_of(store, instance, closing))


def preview(
    store: Store,
    instance: Instance,
    period: Period,
    order: ClosingOrder,
    form_id: str | None = None,
) -> Closed:
    """What :func:`close` would lay down now; nothing is stored.

    Raises:
        SkmError: as :func:`close`.
    """
    closing, _ = _frozen(store, instance, period, order, form_id)
    return Closed(closing, checksum(closing), warnings_of(store, instance, closing))


def newest_closing(store: Store, period: Period) -> Closing | None:
    """The closing of a period that is in force; None while it is not closed.

    Raises:
        SkmError: it does not match its checksum.
    """
    return _read(store, _NEWEST, str(period))


def find_closing(store: Store, period: Period, edition: int | None = None) -> Closing | None:
    """One edition of a period's closing, the newest unless one is named; None without it."""
    if edition is None:
        return newest_closing(store, period)
    return _read(store, _NAMED, str(period), edition)


def editions_of(store: Store, period: Period) -> tuple[Closing, ...]:
    """Every edition of a period's closing, the newest first."""
    rows = store.reader.execute(_EDITIONS, (str(period),)).fetchall()
    return tuple(from_json(content, checked) for content, checked in rows)


def closed_periods(store: Store) -> frozenset[Period]:
    """The periods that are closed."""
    rows = store.reader.execute("SELECT DISTINCT period FROM closing")
    return frozenset(Period.parse(period) for (period,) in rows)


def all_closings(store: Store) -> tuple[Closing, ...]:
    """Every edition of every period."""
    rows = store.reader.execute(_ALL).fetchall()
    return tuple(from_json(content, checked) for content, checked in rows)


def warnings_of(store: Store, instance: Instance, closing: Closing) -> tuple[str, ...]:
    """What an officer must know of a closing, as things stand now."""
    said = [
        f"{number(n)} jawaban formulir {form} pada periode ini tidak ikut ditutup."
        for form, n in closing.left_out.items()
    ]
    if closing.simulated:
        said.append(
            f"DATA SIMULASI: {number(closing.simulated)} dari {number(closing.respondents)} "
            "jawaban disimulasikan; laporan kinerja menolak penutupan ini."
        )
    if closing.respondents < SMALLEST_SHOWN:
        said.append(
            f"Hanya {number(closing.respondents)} responden: sebarannya menunjukkan jawaban orang "
            "per orang, jadi jangan diterbitkan."
        )
    if closing.index is None:
        said.append("Indeks belum lengkap: ada unsur tanpa jawaban.")
    for row in store.reader.execute("SELECT DISTINCT period FROM closing").fetchall():
        inner = Period.parse(row[0])
        if inner != closing.period and set(inner.months) < set(closing.period.months):
            said += _difference(store, instance, inner)
    return tuple(said)


def _read(store: Store, sql: str, *values: object) -> Closing | None:
    row = store.reader.execute(sql, values).fetchone()
    return None if row is None else from_json(*row)


def _frozen(
    store: Store, instance: Instance, period: Period, order: ClosingOrder, form_id: str | None
) -> tuple[Closing, Form]:
    if order.today <= period.last_day:
        raise refuse(
            f"{period.label} belum berakhir, jadi belum dapat ditutup",
            found=long_date(order.today),
            expected=f"setelah {long_date(period.last_day)}",
        )
    form = _form(store, instance, period, form_id)
    table = read_table(store, form, period).answered()
    if not len(table):
        raise refuse(f"Belum ada jawaban untuk {period.label}", todo="Periksa periodenya.")
    before = newest_closing(store, period)
    document, reason = (printable(each or "") or None for each in (order.document, order.reason))
    _check_edition(period, before, replace(order, reason=reason))
    replaced = _replaced(store, instance, before, form, table) if before else None
    method = Method(form, weights_for(form), scale_of_period(period, instance.office.scale))
    decision = Decision(
        closed=order.today,
        edition=before.edition + 1 if before else 1,
        document=document,
        document_date=order.document_date,
        reason=reason if before else None,
        replaced=replaced,
    )
    around = _surroundings(store, instance, form, period)
    return freeze(period, table, method, around, decision), form


def _form(store: Store, instance: Instance, period: Period, form_id: str | None) -> Form:
    found = forms_in(store, period)
    if form_id is None and len(found) > 1:
        raise refuse(
            f"{period.label} berisi jawaban dari beberapa formulir, jadi tidak dapat ditutup "
            "sebagai satu hasil",
            found=", ".join(found),
            todo="Tutup periode yang lebih pendek, atau sebut satu formulir dengan --form.",
        )
    named = form_id or (found[0] if found else instance.office.form)
    form = find_form(named, instance.own_forms)
    if found and form.id not in found:
        raise refuse(
            f"Tidak ada jawaban formulir itu pada {period.label}",
            field="--form",
            found=form.id,
            expected=" / ".join(found),
        )
    return form


def _check_edition(period: Period, before: Closing | None, order: ClosingOrder) -> None:
    if order.seen is not None and order.seen != (before.edition if before else 0):
        raise refuse(
            f"{period.label} sementara itu sudah ditutup oleh orang lain",
            found=before.label if before else None,
            todo="Periksa hasilnya; tutup lagi hanya bila masih perlu.",
        )
    if before is None and order.new_edition:
        raise refuse(
            f"{period.label} belum pernah ditutup, jadi belum ada edisi yang digantikan",
            field="--edition",
            todo="Tutup tanpa --edition.",
        )
    if before is not None and not order.new_edition:
        raise refuse(
            f"{period.label} sudah ditutup pada {long_date(before.closed)} "
            f"(edisi {before.edition})",
            todo="Untuk menggantinya beri --edition --reason ALASAN.",
        )
    if before is not None and not order.reason:
        raise refuse(
            "Edisi baru memerlukan alasan",
            field="--reason",
            todo="Misalnya --reason “lembar kertas menyusul dari desa”.",
        )


def _surroundings(store: Store, instance: Instance, form: Form, period: Period) -> Surroundings:
    months = (period.months[0], period.months[-1])
    ((last,),) = store.reader.execute(_LAST_RECEIVED, (form.id, *months)).fetchall()
    left_out = {}
    for other in forms_in(store, period):
        if other != form.id:
            asked = find_form(other, instance.own_forms)
            left_out[other] = len(read_table(store, asked, period).answered())
    return Surroundings(
        services=named_services([(each.code, each.name) for each in instance.office.services]),
        served=served_in(store, period),
        population=population(store, period),
        comments=len(comments(store, form, period)),
        data_until=date.fromisoformat(last),
        left_out=left_out,
    )


def _replaced(
    store: Store, instance: Instance, before: Closing, form: Form, table: ResponseTable
) -> Replaced:
    asked = form if before.form == form.id else find_form(before.form, instance.own_forms)
    changed = changes_of(store, before, asked, table)
    return Replaced(
        edition=before.edition,
        checksum=checksum(before),
        respondents=before.respondents,
        index=before.index,
        scale=before.scale,
        weights=before.weights.label,
        added=changed.late,
        removed=changed.deleted,
        corrected=changed.corrected,
    )


def _insert(db: Database, closing: Closing, form: Form) -> None:
    period, months = closing.period, closing.period.months
    content = to_json(closing)
    ((log_number,),) = db.execute("SELECT ifnull(max(number), 0) FROM change_log").fetchall()
    db.execute(
        "INSERT INTO closing (period, edition, form, checksum, content, log_number) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (str(period), closing.edition, form.id, checksum(closing), content, log_number),
    )
    db.execute(
        _MEMBERS.format(table=form.table),
        (str(period), closing.edition, months[0], months[-1]),
    )


def _difference(store: Store, instance: Instance, inner: Period) -> list[str]:
    """Where the rows of a shorter period are no longer what it was closed with."""
    closed = newest_closing(store, inner)
    if closed is None:
        return []
    form = find_form(closed.form, instance.own_forms)
    if untouched(store, closed, form):
        return []
    live = read_table(store, form, inner).distribution() if is_used(store, form) else None
    frozen = closed.distribution
    if live is not None and np.array_equal(live.counts, frozen.counts):
        return []
    now = since(store, closed, form)
    index = closed.index if closed.respondents >= SMALLEST_SHOWN else None
    was = "-" if index is None else number(index, 2)
    return [
        f"{closed.label} ditutup dengan {number(closed.respondents)} responden dan indeks {was}, "
        f"tetapi jawabannya kini lain ({now})."
    ]
