"""The record of destruction: what was destroyed, where, and what could not be reached."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from skm.errors import refuse
from skm.instance import Instance
from skm.numerals import long_date, number
from skm.period import Period
from skm.store.old_copies import Cleaned

FOLDER = "pemusnahan"


@dataclass(frozen=True)
class Destroyed:
    """What a purge did; counts, no id and no answer.

    Attributes:
        until: the last day whose responses are gone.
        responses: by month, all forms together.
        comments: how many.
        changes: lines of the log of corrections.
        aside: contents that had been kept apart, since their id was there with other answers.
        closings: the results that are kept: period, edition and checksum.
        late: by closed period, responses destroyed that its closing does not count.
        copies: backups and older databases that were purged, or could not be.
        out_of_reach: folders of backups that were not there.
        exports: files in the reports that may still hold single responses.
        who: the officer who did it in the browser; None for the command line.
    """

    day: date
    until: date
    responses: Mapping[str, int]
    comments: int
    changes: int
    aside: int
    closings: Sequence[tuple[str, int, str]]
    late: Mapping[str, int]
    copies: Sequence[Cleaned]
    out_of_reach: Sequence[Path]
    exports: Sequence[Path]
    who: str | None = None


@dataclass(frozen=True)
class Record:
    """A record as it lies in the reports.

    Attributes:
        name: of its file, without the ending.
        responses: how many were destroyed; of a later one, in copies alone.
        who: the officer who did it in the browser; None for the command line.
        undone: copies that could not be purged, and folders that were out of reach.
    """

    name: str
    day: date
    until: date
    responses: int
    who: str | None
    undone: Sequence[str]


def write_record(instance: Instance, destroyed: Destroyed) -> tuple[Path, Path]:
    """Write the record as text and as JSON into the office's reports; none is overwritten.

    Raises:
        SkmError: it cannot be written.
    """
    name = f"pemusnahan-{destroyed.until.isoformat()}"
    document = _document(instance, destroyed)
    return _write(instance, name, "\n".join(_lines(instance, destroyed)) + "\n", document)


def write_late_record(
    instance: Instance, day: date, until: date, copies: Sequence[Cleaned]
) -> tuple[Path, Path]:
    """Write down that copies which were out of reach at the purge were purged later."""
    document = {
        "kantor": instance.office.name,
        "tanggal": day.isoformat(),
        "dimusnahkan_sampai": until.isoformat(),
        "salinan": [_copy(each) for each in copies],
    }
    lines = [
        "CATATAN PEMUSNAHAN SUSULAN",
        instance.office.name,
        "",
        f"Pada {long_date(day)} jawaban sampai {long_date(until)} dimusnahkan juga dari salinan "
        "yang saat pemusnahan belum terjangkau:",
        *_copy_lines(copies),
    ]
    name = f"pemusnahan-{until.isoformat()}-susulan"
    return _write(instance, name, "\n".join(lines) + "\n", document)


def read_records(instance: Instance) -> tuple[Record, ...]:
    """The records in the reports, oldest first; a file that is none of ours is passed over."""
    found = []
    for file in sorted(instance.reports(FOLDER).glob("*.json")):
        try:
            said = json.loads(file.read_text("utf-8"))
            found.append(_record(file.stem, said))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return tuple(sorted(found, key=lambda record: (record.day, record.name)))


def record_text(instance: Instance, name: str) -> str | None:
    """The text of a record in the reports; None where there is none of that name."""
    if name not in {record.name for record in read_records(instance)}:
        return None
    try:
        return (instance.reports(FOLDER) / f"{name}.txt").read_text("utf-8")
    except OSError:
        return None


def _record(name: str, said: Mapping[str, Any]) -> Record:
    copies = said["salinan"]
    gone = sum(said["jawaban"].values()) if "jawaban" in said else 0
    return Record(
        name=name,
        day=date.fromisoformat(said["tanggal"]),
        until=date.fromisoformat(said["dimusnahkan_sampai"]),
        responses=int(gone or sum(each["jawaban"] for each in copies)),
        who=said.get("oleh"),
        undone=(
            *(str(each["berkas"]) for each in copies if each["kendala"] is not None),
            *map(str, said.get("tidak_terjangkau", ())),
        ),
    )


def _document(instance: Instance, destroyed: Destroyed) -> dict[str, Any]:
    return {
        "kantor": instance.office.name,
        "tanggal": destroyed.day.isoformat(),
        "oleh": destroyed.who,
        "dimusnahkan_sampai": destroyed.until.isoformat(),
        "jawaban": dict(destroyed.responses),
        "saran": destroyed.comments,
        "log_koreksi": destroyed.changes,
        "bentrok": destroyed.aside,
        "penutupan": [
            {"periode": period, "edisi": edition, "sidik_jari": checksum}
            for period, edition, checksum in destroyed.closings
        ],
        "di_luar_penutupan": dict(destroyed.late),
        "salinan": [_copy(each) for each in destroyed.copies],
        "tidak_terjangkau": [str(folder) for folder in destroyed.out_of_reach],
        "ekspor": [str(file) for file in destroyed.exports],
    }


def _copy(each: Cleaned) -> dict[str, Any]:
    return {"berkas": str(each.file), "jawaban": each.forgotten, "kendala": each.fault}


def _lines(instance: Instance, destroyed: Destroyed) -> list[str]:
    months = [
        f"- {Period.parse(month).label}: {number(n)} jawaban"
        for month, n in sorted(destroyed.responses.items())
    ]
    lines = [
        "CATATAN PEMUSNAHAN DATA SURVEI KEPUASAN MASYARAKAT",
        instance.office.name,
        "",
        f"Pada {long_date(destroyed.day)} dimusnahkan{_by(destroyed)} semua jawaban satuan sampai "
        f"{long_date(destroyed.until)}:",
        *(months or ["- tidak ada jawaban lagi"]),
        f"- {number(destroyed.comments)} saran beserta tanggapannya",
        f"- {number(destroyed.changes)} catatan koreksi, {number(destroyed.aside)} isian bentrok",
        "",
        "Hasil resmi yang tetap disimpan:",
    ]
    lines += [
        f"- {Period.parse(period).label}, edisi {edition}, sidik jari {checksum}"
        for period, edition, checksum in destroyed.closings
    ] or ["- tidak ada"]
    for period, n in destroyed.late.items():
        lines.append(
            f"- {number(n)} jawaban {Period.parse(period).label} tidak masuk penutupannya"
        )
    lines += ["", "Salinan yang ikut dimusnahkan isinya:"]
    lines += _copy_lines(destroyed.copies) or ["- tidak ada salinan yang memuatnya"]
    if destroyed.out_of_reach:
        lines += [
            "",
            "Cadangan yang tidak terjangkau, dan dimusnahkan begitu terlihat lagi saat "
            "«skm backup», «skm purge», atau «skm verify»:",
            *(f"- {folder}" for folder in destroyed.out_of_reach),
        ]
    if destroyed.exports:
        lines += [
            "",
            "Berkas ekspor yang masih dapat memuat jawaban atau saran; hapus sendiri bila tidak "
            "diperlukan lagi:",
            *(f"- {file}" for file in destroyed.exports),
        ]
    return lines


def _by(destroyed: Destroyed) -> str:
    return f" oleh pengguna «{destroyed.who}»" if destroyed.who else ""


def _copy_lines(copies: Sequence[Cleaned]) -> list[str]:
    return [
        f"- {each.file}: {number(each.forgotten)} jawaban"
        if each.fault is None
        else f"- {each.file}: BELUM dimusnahkan, {each.fault}"
        for each in copies
    ]


def _write(
    instance: Instance, name: str, text: str, document: Mapping[str, Any]
) -> tuple[Path, Path]:
    folder = instance.reports(FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number, stem = 1, name
        while any((folder / f"{stem}.{kind}").exists() for kind in ("txt", "json")):
            number += 1
            stem = f"{name}-{number}"
        written = folder / f"{stem}.txt", folder / f"{stem}.json"
        written[0].write_text(text, "utf-8")
        written[1].write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise refuse(
            "Catatan pemusnahan tidak dapat ditulis",
            file=folder,
            found=error.strerror,
            todo="Perbaiki foldernya, lalu ulangi perintahnya: catatannya dibuat lagi.",
        ) from error
    return written
