"""Which questionnaire the columns of a response sheet are of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from skm.errors import Fault, SkmError, refuse
from skm.form import Form
from skm.reading.column_map import ColumnMap, Role
from skm.reading.columns import Layout, understand
from skm.reading.header import Header
from skm.reading.headings import FormNames
from skm.reading.spellings import Spellings, fold

_SHOWN_CANDIDATES = 3


def choose_layout(
    header: Header,
    forms: Sequence[Form],
    form: Form | None,
    column_map: ColumnMap,
    spellings: Spellings,
    holds_answers: Callable[[int], bool],
) -> Layout:
    """The columns as the one form understands them all.

    Args:
        form: the one that was named, else the one is looked for that fits; a form with several
            statements an element is only ever read by name.
        holds_answers: whether a column, by its index, holds nothing but answers; an unknown
            one that does is a question of another form.

    Raises:
        SkmError: no form fits or several do; the candidates are named.
    """
    if form is not None:
        layout = understand(header, FormNames(form, spellings), column_map, spellings)
        return _with_strangers(layout, holds_answers)
    names = [FormNames(each, spellings) for each in forms]
    layouts = [
        _with_strangers(understand(header, each, column_map, spellings), holds_answers)
        for each in names
        if each.is_flat
    ]
    fitting = [layout for layout in layouts if layout.fits]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise refuse(
            "Beberapa formulir cocok dengan judul kolom",
            file=header.cells.name,
            found=", ".join(layout.form.id for layout in fitting),
            todo=f"Sebut yang dipakai, misalnya --form {fitting[0].form.id}.",
        )
    raise _nothing_fits(header, layouts)


def missing_faults(layout: Layout) -> list[Fault]:
    """A fault for each question without a column, with the headers it may stand under."""
    unknown = {
        fold(column.header): column.header for column in layout.of(Role.UNKNOWN) if column.header
    }
    faults = []
    for statement in layout.missing:
        question = statement[0]
        name = layout.form.element(question.element).name
        near = [
            unknown[text]
            for wanted in (question.code, name, question.text, question.official)
            for text in get_close_matches(fold(wanted), unknown, n=2, cutoff=0.6)
        ]
        candidates = list(dict.fromkeys(near)) or list(unknown.values())[:_SHOWN_CANDIDATES]
        faults.append(
            Fault(
                f"Kolom pertanyaan «{question.code}» ({name}) tidak ada",
                file=layout.header.cells.name,
                expected=f"judul {question.code}, {name}, atau kalimat pertanyaannya",
                todo="Mungkin kolom " + " atau ".join(f"«{text}»" for text in candidates) + "?"
                if candidates
                else f"Tambahkan kolomnya, atau periksa apakah formulirnya {layout.form.id}.",
            )
        )
    return faults


def _with_strangers(layout: Layout, holds_answers: Callable[[int], bool]) -> Layout:
    """The layout with a fault for each unknown column that holds answers."""
    strangers = [
        Fault(
            "Kolom ini berisi jawaban, tetapi bukan pertanyaan formulir " + layout.form.id,
            file=layout.header.cells.name,
            field=column.place,
            todo="Pilih formulir dengan --form, atau tulis artinya atau «abaikan» di peta.",
        )
        for column in layout.of(Role.UNKNOWN)
        if holds_answers(column.index)
    ]
    return replace(layout, faults=(*layout.faults, *strangers))


def _nothing_fits(header: Header, layouts: Sequence[Layout]) -> SkmError:
    """What keeps each form from fitting, the nearest in detail."""
    ranked = sorted(layouts, key=lambda layout: len(layout.missing) + len(layout.faults))
    nearest = ranked[0]
    candidates = "; ".join(
        f"{layout.form.id}: {_obstacle(layout)}" for layout in ranked[:_SHOWN_CANDIDATES]
    )
    whole = Fault(
        "Tidak ada formulir yang cocok dengan semua kolom",
        file=header.cells.name,
        expected=candidates,
        todo="Betulkan judul kolom, sebut --form, atau buat peta kolom (--map).",
    )
    detailed = len(nearest.missing) * 2 <= len(nearest.form.questions)
    return SkmError(whole, *((*missing_faults(nearest), *nearest.faults) if detailed else ()))


def _obstacle(layout: Layout) -> str:
    """Why a form does not fit, in a few words."""
    if layout.missing:
        codes = [statement[0].code for statement in layout.missing]
        more = f" dan {len(codes) - 3} lagi" if len(codes) > 3 else ""
        return f"kurang {', '.join(codes[:3])}{more}"
    return layout.faults[0].message[:1].lower() + layout.faults[0].message[1:]
