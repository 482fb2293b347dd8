"""A plan for the next year, made of last year's: words stay, figures are to be filled in again.

What was realised becomes history beside the new year, the targets of the Renstra stay, and the
comments of the file with them. Keys whose figures are emptied are left as comments in their
place, so that an officer sees where to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from tomlkit import TOMLDocument

from lkip.plan.values import RENSTRA

_Table = MutableMapping[str, Any]

_AMOUNTS = ("initial", "revised", "realised", "sumber")
_EMPTIED = {  # by the last part of a table's header
    "line": _AMOUNTS,
    "outside": _AMOUNTS,
    "kind": ("revised", "realised", "sumber"),
    "quarter": ("target", "realised", "sumber"),
    "signing": ("date",),
}
_EMPTIED_OF_RKT = {"programme": ("target",), "activity": ("budget", "sumber")}
_OF_ONE_YEAR = ("accepted", "recommendation", "follow_up")
_YEARLY = ("rkt", "pk", "pk_perubahan")  # documents that every year has anew
_LASTING_ANNEXES = ("renstra", "iku")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-]+)\s*\]\]?")
_KEY = re.compile(r"(\s*)([\w\-]+)\s*=")


@dataclass(frozen=True)
class NewPlan:
    """The plan of a new year.

    Attributes:
        text: of its file.
        to_fill: what an officer has to fill in or look at again, a line each.
    """

    text: str
    to_fill: tuple[str, ...]


def carried_forward(text: str, year: int) -> NewPlan:
    """The plan of ``year``, from the text of an earlier one that was read without a fault."""
    emptied, amounts = _without_figures(text)
    plan = tomlkit.parse(emptied)
    old = int(plan["year"])
    plan["year"] = year
    plan["cut_off"] = date(year, 12, 31)
    renamed = _documents(plan, old, year)
    for indicator in _tables(plan, "indicator"):
        _indicator(indicator, old, year, renamed)
    _names(plan, renamed)
    _activities(plan)
    _coming_year(plan, year)
    _annexes(plan, old, year)
    return NewPlan(tomlkit.dumps(plan), tuple(_to_fill(plan, year, amounts)))


def _without_figures(text: str) -> tuple[str, int]:
    """The text with yearly figures turned into empty comments, and how many amounts those were."""
    lines: list[str] = []
    keys: tuple[str, ...] = ()
    amounts, dropped = 0, False
    for line in text.splitlines(keepends=True):
        if header := _HEADER.match(line):
            path = header[1].split(".")
            keys, dropped = _emptied(path), path[0] in _OF_ONE_YEAR
        if dropped and line.strip() and not line.lstrip().startswith("#"):
            continue
        found = _KEY.match(line)
        if found and found[2] in keys:
            if found[2] == "sumber":
                continue
            amounts += found[2] == "revised"
            line = f"{found[1]}# {found[2]} =\n"
        lines.append(line)
    return "".join(lines), amounts


def _emptied(path: list[str]) -> tuple[str, ...]:
    if path[0] == "rkt":
        return _EMPTIED_OF_RKT.get(path[-1], ())
    return _EMPTIED.get(path[-1], ())


def _tables(table: _Table, *path: str) -> Iterator[Any]:
    """The tables at a path, whether written with headers or inline."""
    for found in table.get(path[0], ()):
        if len(path) == 1:
            yield found
        else:
            yield from _tables(found, *path[1:])


def _documents(plan: TOMLDocument, old: int, year: int) -> dict[str, str]:
    """Give the yearly documents new entries; the old ones get another id, by which they go on.

    Returns:
        the old id of a document and its new one.
    """
    documents: Any = plan["documents"]
    renamed = {}
    for name in _YEARLY:
        if name not in documents:
            continue
        covers = old + 1 if name == "rkt" else old
        renamed[name] = f"{name}_{covers}"
        kept = tomlkit.table()
        for key, value in documents[name].items():
            kept.add(key, value)
        documents[renamed[name]] = kept
        title = _of_year(str(documents[name]["title"]), covers, covers + year - old)
        if name == "pk_perubahan":  # there is none before the year's first change
            del documents[name]
            continue
        for key in ("number", "date", "month", "sumber"):
            documents[name].pop(key, None)
        documents[name]["title"] = title
    return renamed


def _of_year(title: str, old: int, new: int) -> str:
    return re.sub(rf"(?<!\d){old}(?!\d)", str(new), title)


def _indicator(indicator: Any, old: int, year: int, renamed: dict[str, str]) -> None:
    """Keep the Renstra, what was measured before, and what is promised for the new year."""
    targets = indicator.get("target", [])

    def stays(target: Any) -> bool:
        kept = (target["document"] == RENSTRA, target.get("measured"), target["year"] >= year)
        return any(kept)

    _keep(targets, stays)
    for target in targets:
        target["document"] = renamed.get(target["document"], target["document"])
    for target in targets:  # until the agreement is signed, the Renstra is what is promised
        if target["document"] == RENSTRA and target["year"] == year:
            target["measured"] = True
    for realisation in indicator.get("realisation", []):
        if realisation.get("document") in renamed:
            realisation["document"] = renamed[realisation["document"]]


def _keep(items: Any, stays: Callable[[Any], bool]) -> None:
    for place in reversed(range(len(items))):
        if not stays(items[place]):
            del items[place]


def _names(plan: TOMLDocument, renamed: dict[str, str]) -> None:
    """The wording of a document that is no more goes with it."""
    for kind in ("tujuan", "sasaran", "indicator"):
        for thing in _tables(plan, kind):
            names = thing.get("names", {})
            latest = names.pop("pk_perubahan", None) if "pk_perubahan" in renamed else None
            if latest is not None:
                names["pk"] = latest
            if "names" in thing and not names:
                del thing["names"]


def _activities(plan: TOMLDocument) -> None:
    """Inputs and outputs keep their names and units."""
    for activity in _every_activity(plan):
        for part in (*activity.get("inputs", ()), *activity.get("outputs", ())):
            for key in ("target", "realised", "sumber"):
                part.pop(key, None)


def _every_activity(table: _Table) -> Iterator[Any]:
    for inner in _tables(table, "urusan"):
        yield from _every_activity(inner)
    for found in (*_tables(table, "programme", "activity"), *_tables(table, "sub_activity")):
        yield found
        yield from _every_activity(found)


def _coming_year(plan: TOMLDocument, year: int) -> None:
    rkt: Any = plan.get("rkt")
    if rkt is None:
        return
    rkt["year"] = year + 1
    for activity in _tables(rkt, "programme", "activity"):
        for target in activity.get("targets", ()):
            target.pop("value", None)


def _annexes(plan: TOMLDocument, old: int, year: int) -> None:
    kinds = [annex["kind"] for annex in _tables(plan, "annex")]
    for annex in _tables(plan, "annex"):
        if annex["kind"] in _LASTING_ANNEXES:
            continue
        covers = old + 1 if annex["kind"] == "rkt" else old
        annex["title"] = _of_year(str(annex["title"]), covers, covers + year - old)
        for key in ("number", "date", "month"):
            annex.pop(key, None)
        if annex["kind"] == "pk_perubahan" and "pk" not in kinds:
            annex["kind"] = "pk"
            annex["title"] = str(annex["title"]).replace(" Perubahan", "")
    _keep(plan.get("annex", []), lambda annex: annex["kind"] != "pk_perubahan")


def _to_fill(plan: TOMLDocument, year: int, amounts: int) -> Iterator[str]:
    """What to fill in, in the order of the work of a year."""
    documents: Any = plan["documents"]
    indicators = list(_tables(plan, "indicator"))
    unpromised = [
        str(each["id"])
        for each in indicators
        if not any(
            target["year"] == year and target.get("measured") for target in each.get("target", ())
        )
    ]
    last = documents.get(RENSTRA, {}).get("last_year", year)
    if last < year:
        yield f"documents.renstra: Renstra berakhir {last}; isi Renstra yang baru"
    yield f"documents.pk: nomor, tanggal, dan target Perjanjian Kinerja {year}"
    if unpromised:
        yield f"target {year} yang diukur (measured = true): indikator {', '.join(unpromised)}"
    yield (
        f"target lain untuk sementara diambil dari Renstra; pindahkan measured = true ke target "
        f"Perjanjian Kinerja {year}"
    )
    named = ", ".join(str(each["id"]) for each in indicators)
    yield f"realisasi {year}: indikator {named}"
    if amounts:
        yield f"anggaran dan realisasinya: {amounts} baris (initial, revised, realised)"
    yield "masukan dan keluaran kegiatan: target dan realised"
    if "rkt" in plan:
        yield f"rkt: target dan anggaran Rencana Kinerja {year + 1}"
    yield "signing.date: tanggal pengesahan laporan"
    yield "follow_up dan recommendation: tindak lanjut survei dan hasil evaluasi yang baru"
    yield "naskah yang dibawa dari tahun lalu: faktor, isu, hambatan, langkah, narrative"
