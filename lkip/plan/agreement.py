"""What the records of a plan must agree on between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from lkip.plan.framing import Document, Signing
from lkip.plan.performance import AchievementClass, Indicator, Sasaran, Success, Tujuan
from lkip.plan.phrasing import not_filled
from lkip.plan.problems import problems
from lkip.plan.reading import Reader
from lkip.plan.spending import Activity, Line, Programme
from lkip.plan.values import RENSTRA
from skm.period import Period


def note_disagreements(reader: Reader) -> None:
    """Note in ``reader`` everything that its records disagree on."""
    for place, record in reader.built:
        for problem in problems(record):
            reader.fault(
                f"{place}.{problem.key}" if place else problem.key,
                problem.message,
                found=problem.found,
                expected=problem.expected,
                todo=problem.todo,
            )
    reader.fault_references()
    if (year := reader.root.get("year")) is not None:
        _note_year(reader, year)
        _note_signing(reader, year)
        _note_documents(reader, year)
    _note_renstra(reader)
    _note_targets(reader)
    _note_classes(reader)
    _note_empty_parents(reader)
    _note_weights(reader)
    _note_groups(reader)


def _note_year(reader: Reader, year: int) -> None:
    if reader.file.stem.isdigit() and reader.file.stem != str(year):
        reader.fault(
            "year",
            "Tahun berbeda dari nama berkas",
            found=year,
            expected=reader.file.stem,
            todo="Betulkan tahun, atau beri berkas nama lain.",
        )
    for place, indicator in reader.records(Indicator):
        for position, realisation in enumerate(indicator.realisations, start=1):
            if realisation.year > year:
                _outside(
                    reader,
                    f"{place}.realisation[{position}].year",
                    realisation.year,
                    f"tahun {year} atau sebelumnya",
                )


def _note_signing(reader: Reader, year: int) -> None:
    cut_off = reader.root.get("cut_off")
    counted_until = date(year, 1, 1)
    if cut_off is not None and cut_off.year == year:
        counted_until = cut_off
    elif cut_off is not None:
        _outside(reader, "cut_off", cut_off, f"tanggal dalam tahun {year}")
    for place, signing in reader.records(Signing):
        if signing.dated < counted_until or signing.dated.year > year + 1:
            _outside(
                reader,
                f"{place}.date",
                signing.dated,
                f"sesudah cut_off, paling lambat 31 Desember {year + 1}",
            )


def _note_documents(reader: Reader, year: int) -> None:
    # a PK may be signed in the December before its year, but never after it
    allowed = {"documents.pk": (year - 1, year), "documents.pk_perubahan": (year,)}
    for place, document in reader.records(Document):
        made = document.dated.year if document.dated else None
        if document.month:
            made = Period.parse(document.month).year
        if made is not None and made not in allowed.get(place, (made,)):
            _outside(
                reader,
                f"{place}.{'date' if document.dated else 'month'}",
                document.dated or document.month,
                " atau ".join(f"tahun {value}" for value in allowed[place]),
            )


def _outside(reader: Reader, place: str, found: object, expected: str) -> None:
    reader.fault(
        place,
        "Tanggal atau tahun di luar yang dilaporkan",
        found=found,
        expected=expected,
        todo="Betulkan tanggalnya.",
    )


def _note_renstra(reader: Reader) -> None:
    """Progress is measured against the end of the Renstra, so its years must be known."""
    renstra = next(
        (found for place, found in reader.records(Document) if place == f"documents.{RENSTRA}"),
        None,
    )
    if renstra is None:
        return
    first, last = renstra.first_year, renstra.last_year
    for key, year in (("first_year", first), ("last_year", last)):
        if year is None:
            reader.fault(
                f"documents.{RENSTRA}.{key}",
                not_filled(),
                expected="tahun, misalnya 2021",
                todo="Tambahkan tahun awal dan akhir Renstra.",
            )
    if first is None or last is None or first > last:
        return
    for place, indicator in reader.records(Indicator):
        for position, target in enumerate(indicator.targets, start=1):
            if target.document == RENSTRA and not first <= target.year <= last:
                _outside(
                    reader,
                    f"{place}.target[{position}].year",
                    target.year,
                    f"tahun {first} sampai {last}",
                )


def _note_targets(reader: Reader) -> None:
    """One target a year is measured; for the year of the report it must be marked."""
    year = reader.root.get("year")
    for place, indicator in reader.records(Indicator):
        marked = Counter(target.year for target in indicator.targets if target.measured)
        for other, count in marked.items():
            if count > 1:
                _not_one_measured(reader, place, other, count)
        if year is not None and marked[year] == 0:
            _not_one_measured(reader, place, year, 0)


def _not_one_measured(reader: Reader, place: str, year: int, count: int) -> None:
    reader.fault(
        f"{place}.target",
        f"Target yang diukur untuk tahun {year} harus tepat satu",
        found=f"{count} target dengan measured = true",
        expected="satu target dengan measured = true",
        todo="Tandai satu target saja, yaitu yang dipakai menghitung capaian.",
    )


def _note_classes(reader: Reader) -> None:
    classes = reader.records(AchievementClass)
    names = [category.name for _, category in classes]
    for position, (place, category) in enumerate(classes):
        if category.name in names[:position]:
            reader.fault(
                f"{place}.name",
                "Tertulis dua kali",
                found=category.name,
                expected="nama kelas yang belum dipakai",
                todo="Beri nama lain.",
            )
        better = classes[position - 1][1] if position else None
        lowest = position == len(classes) - 1
        if (category.bound is None) != lowest:
            reader.fault(
                place,
                "Batas bawah kelas tidak lengkap",
                found=category.name,
                expected="from atau above di setiap kelas, kecuali kelas terakhir",
                todo="Urutkan kelas dari yang terbaik; kelas terakhir menampung sisanya.",
            )
        elif better is not None and not _is_lower(category, better):
            reader.fault(
                place,
                "Batas kelas tidak menurun",
                found=category.bound,
                expected=f"di bawah batas kelas {better.name}, yaitu {better.bound}",
                todo="Urutkan kelas dari yang terbaik.",
            )
    for place, success in reader.records(Success):
        if names and success.class_name not in names:
            reader.fault(
                f"{place}.class",
                "Kelas tidak dikenal",
                found=success.class_name,
                expected=" / ".join(names),
                todo="Pakai salah satu nama [[class]].",
            )


def _is_lower(category: AchievementClass, better: AchievementClass) -> bool:
    if category.bound is None or better.bound is None:
        return True
    # from 100 may follow above 100, which leaves 100 itself to it
    return (category.bound, category.above is not None) < (better.bound, better.above is not None)


def _note_empty_parents(reader: Reader) -> None:
    """A sasaran without indicator has no achievement, a tujuan without sasaran none either."""
    if not {"tujuan", "sasaran", "indicators"} <= reader.root.keys() or reader.dangling:
        return  # what is missing here may stand there, unreadable or under another name
    served = {indicator.sasaran for _, indicator in reader.records(Indicator)}
    for place, sasaran in reader.records(Sasaran):
        if sasaran.id not in served:
            _without(reader, place, "Sasaran", sasaran.id, "indicator")
    followed = {sasaran.tujuan for _, sasaran in reader.records(Sasaran)}
    for place, tujuan in reader.records(Tujuan):
        if tujuan.id not in followed:
            _without(reader, place, "Tujuan", tujuan.id, "sasaran")


def _without(reader: Reader, place: str, parent: str, found: str, child: str) -> None:
    reader.fault(
        place,
        f"{parent} tanpa {child}",
        found=found,
        expected=f"sedikitnya satu [[{child}]] dengan {parent.lower()} ini",
        todo=f"Tambahkan, atau hapus {parent.lower()} ini.",
    )


def _note_weights(reader: Reader) -> None:
    for place, sasaran in reader.records(Sasaran):
        own = [found for _, found in reader.records(Indicator) if found.sasaran == sasaran.id]
        unweighted = [indicator.id for indicator in own if indicator.weight is None]
        if unweighted and len(unweighted) < len(own):
            reader.fault(
                place,
                "Bobot hanya ada pada sebagian indikator",
                found=f"tanpa weight: {', '.join(unweighted)}",
                expected="weight pada semua indikator sasaran ini, atau tidak satu pun",
                todo="Lengkapi atau hapus weight.",
            )


def _note_groups(reader: Reader) -> None:
    """Where there are groups, all money belongs to one of them."""
    if reader.root.get("budget") is None:
        return
    for place, programme in reader.records(Programme):
        for position, activity in enumerate(programme.activities, start=1):
            ends = _ends(activity, f"{place}.activity[{position}]", programme.group)
            for end, group in ends:
                if group is None:
                    reader.fault(
                        f"{end}.group",
                        "Belanja tanpa kelompok",
                        expected="salah satu id dari [[budget.group]]",
                        todo="Isi group di baris ini, kegiatannya, atau programnya.",
                    )


def _ends(
    node: Activity | Line, place: str, inherited: str | None
) -> Iterator[tuple[str, str | None]]:
    """The lines at the ends of the tree, with their places and the group that holds there."""
    group = node.group or inherited
    below: dict[str, tuple[Activity | Line, ...]] = {"line": node.lines}
    if isinstance(node, Activity):
        below["sub_activity"] = node.sub_activities
    if not any(below.values()):
        yield place, group
    for key, parts in below.items():
        for position, part in enumerate(parts, start=1):
            yield from _ends(part, f"{place}.{key}[{position}]", group)
