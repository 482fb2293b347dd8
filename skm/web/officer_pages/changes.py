"""What was done to the office's data, for an admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flask import Blueprint, render_template, request

from skm.export.group_tables import service_name
from skm.form import Form, find_form
from skm.instance import Office
from skm.numerals import long_date
from skm.period import Period
from skm.store.history import CLOSED, CORRECTED, DELETED, DESTROYED, Event, history
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

changes = Blueprint("changes", __name__, url_prefix=f"{OFFICERS}/perubahan")

KINDS = {
    CORRECTED: "Jawaban diperbaiki",
    DELETED: "Jawaban dihapus",
    CLOSED: "Periode ditutup",
    DESTROYED: "Data dimusnahkan",
}

_PLAIN = {
    "date": "Tanggal",
    "half_day": "Waktu",
    "service": "Layanan",
    "helped": "Dibantu petugas",
}


@changes.get("")
def show() -> str:
    """Show an admin what was done in a month, or ever."""
    site = current_site()
    events = history(site.store, site.instance)
    months = sorted({Period.month_of(event.day) for event in events}, reverse=True)
    asked, kind = request.args.get("bulan", ""), request.args.get("jenis", "")
    shown = [
        (event, told(site, event))
        for event in events
        if asked in ("", str(Period.month_of(event.day))) and kind in ("", event.kind)
    ]
    return render_template(
        "officer_changes.html",
        events=shown,
        months={str(month): month.label for month in months},
        kinds=KINDS,
        asked=asked,
        kind=kind,
    )


def told(site: Site, event: Event) -> Sequence[str]:
    """What a correction changed, a line each; nothing for anything else."""
    if event.form is None or not event.cells:
        return ()
    form = find_form(event.form, site.instance.own_forms)
    return tuple(_lines(form, site.instance.office, event.cells))


def _lines(
    form: Form, office: Office, cells: Mapping[str, tuple[object, object]]
) -> Iterator[str]:
    for column, values in cells.items():
        kind, _, code = column.partition("_")
        if column in _PLAIN:
            name, shown = _PLAIN[column], [_plain(office, column, value) for value in values]
        elif kind == "q":
            name = next((each.text for each in form.questions if each.code == code), code)
            shown = ["dilewati" if value is None else str(value) for value in values]
        else:
            asked = next((each for each in form.profile if each.code == code), None)
            labels = {each.code: each.label for each in asked.choices} if asked else {}
            name = asked.text if asked else code
            shown = [
                "tidak diisi" if value is None else labels.get(str(value), str(value))
                for value in values
            ]
        yield f"{name.rstrip('?')}: {shown[0]} → {shown[1]}"


def _plain(office: Office, column: str, value: object) -> str:
    match column:
        case "service":
            return service_name(office, None if value is None else str(value))
        case "date":
            return long_date(date.fromisoformat(str(value)))
        case "helped":
            return "ya" if value else "tidak"
    return str(value)
