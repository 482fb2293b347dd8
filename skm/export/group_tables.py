"""Results by service and by profile, and the recap for the kabupaten.

What must not be shown, since too few people stand behind it, is here already ``HIDDEN``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.assessment import NO_GROUP, Group
from skm.comparison import OfficialNine, lowest, official_nine
from skm.disclosure import SMALLEST_SHOWN
from skm.export.table import GRADE, PLACE, Cell, Column, Kind, Row, Table, grade_cells
from skm.follow_up import FollowUp, share_finished
from skm.form import Form, ProfileQuestion
from skm.instance import Office
from skm.numerals import number
from skm.period import Period
from skm.regulation import regulation_in_force
from skm.scoring import Scorecard
from skm.uncertainty import split_sample

HIDDEN = "*"
HIDDEN_NOTE = (
    f"{HIDDEN} Kelompok dengan kurang dari {SMALLEST_SHOWN} orang, bersama kelompok terkecil "
    "berikutnya, tidak ditampilkan (UU 27/2022)."
)
CHANNEL_NAMES = {"kiosk": "Kios", "phone": "Ponsel", "paper": "Kertas", "import": "Impor"}
NOT_GIVEN = "Tidak diisi"
_RECORDED = (
    "RTL dan % TL menurut catatan tindak lanjut kantor saat berkas ini dibuat; keduanya di luar "
    "hasil yang ditutup."
)


@dataclass(frozen=True)
class Sample:
    """What the people served ask of a survey; None and empty where it is not known."""

    served: Mapping[str, int]
    needed: int | None

    @property
    def by_service(self) -> dict[str, int]:
        """The needed respondents, split over the services."""
        return {} if self.needed is None else split_sample(self.needed, self.served)


def services_table(
    office: Office, card: Scorecard, groups: Sequence[Group], sample: Sample
) -> Table:
    """One service a row: served, needed, answered, each element's score, index, class."""
    ordered = in_office_order(office, groups, sample.served)
    needed = sample.by_service
    rows = tuple(
        (
            *(place, service_name(office, group.name), sample.served.get(group.name)),
            *(needed.get(group.name), HIDDEN if group.hidden else group.n),
            *_result(card, group),
        )
        for place, group in enumerate(ordered, 1)
    )
    served = sum(sample.served.values()) if sample.served else None
    return Table(
        "Indeks per jenis layanan",
        (
            *(PLACE, Column("Jenis layanan", Kind.TEXT), Column("Dilayani", Kind.COUNT)),
            *(Column("Sampel perlu", Kind.COUNT), Column("Responden", Kind.COUNT)),
            *(Column(element.name, Kind.SCORE) for element in card.elements),
            *(Column("IKM", Kind.SCORE), *GRADE),
        ),
        rows,
        (None, "Semua layanan", served, sample.needed, card.respondents, *_scores(card)),
        notes=_hidden_note(ordered),
    )


def profile_table(question: ProfileQuestion, groups: Sequence[Group], total: int) -> Table:
    """Respondents by their answer to one profile question, with the index of each group."""
    rows: list[Row] = []
    for place, group in enumerate(in_form_order(question, groups), 1):
        name = choice_name(question, group.name)
        if group.hidden or group.n is None or group.card is None:
            rows.append((place, name, *(HIDDEN,) * 5))
            continue
        rows.append(
            (
                *(place, name, group.n, Fraction(100 * group.n, total), group.card.index),
                *grade_cells(group.card.band),
            )
        )
    return Table(
        question.text,
        (
            *(PLACE, Column(question.text, Kind.TEXT), Column("Jumlah", Kind.COUNT)),
            *(Column("Persen", Kind.PERCENT), Column("IKM", Kind.SCORE), *GRADE),
        ),
        tuple(rows),
        (None, "Jumlah", total, Fraction(100) if total else None, None, None, None),
        notes=_hidden_note(groups),
    )


def profile_totals_table(
    question: ProfileQuestion, totals: Sequence[tuple[str, int | None]], respondents: int
) -> Table:
    """Respondents by their answer to one profile question, as a closing keeps them."""
    rows: list[Row] = [
        (place, choice_name(question, code), HIDDEN, HIDDEN)
        if n is None
        else (place, choice_name(question, code), n, Fraction(100 * n, respondents))
        for place, (code, n) in enumerate(totals, 1)
    ]
    return Table(
        question.text,
        (
            *(PLACE, Column(question.text, Kind.TEXT), Column("Jumlah", Kind.COUNT)),
            Column("Persen", Kind.PERCENT),
        ),
        tuple(rows),
        (None, "Jumlah", respondents, Fraction(100)),
        notes=(HIDDEN_NOTE,) if any(HIDDEN in row for row in rows) else (),
    )


def element_by_profile(
    question: ProfileQuestion, card: Scorecard, groups: Sequence[Group]
) -> Table:
    """Each element's score by the answers to one profile question.

    A score that fewer than five of a group made is hidden too.
    """
    ordered = in_form_order(question, groups)
    rows = tuple(
        (
            *(place, element.name),
            *(_part_score(group, element.code) for group in ordered),
            element.score,
        )
        for place, element in enumerate(card.elements, 1)
    )
    return Table(
        f"Nilai unsur menurut {question.text[:1].lower()}{question.text[1:]}",
        (
            *(PLACE, Column("Unsur", Kind.TEXT)),
            *(Column(choice_name(question, group.name), Kind.SCORE) for group in ordered),
            Column("Semua", Kind.SCORE),
        ),
        rows,
        notes=(HIDDEN_NOTE,) if any(HIDDEN in row for row in rows) else (),
    )


def recap_table(
    office: Office,
    period: Period,
    form: Form,
    card: Scorecard,
    groups: Sequence[Group],
    channels: Iterable[str],
    follow_up: Sequence[FollowUp] = (),
    before: Sequence[FollowUp] = (),
) -> Table:
    """The lines for the kabupaten: the office's, then one a service, on the official elements.

    Follow-up (RTL) and the share of the plan before that is finished stand in the office's line,
    and are left blank where nothing is recorded yet.
    """
    official = regulation_in_force().elements
    method = ", ".join(CHANNEL_NAMES[channel] for channel in CHANNEL_NAMES if channel in channels)
    head = (office.name, period.label)
    lines: list[Row] = [(1, *head, "Semua layanan", *_recap(form, card, method))]
    for place, group in enumerate(in_office_order(office, groups, {}), 2):
        name = service_name(office, group.name)
        values = (
            (HIDDEN,) * (len(official) + 2) + (method, HIDDEN)
            if group.card is None
            else _recap(form, group.card, method)
        )
        lines.append((place, *head, name, *values))
    return Table(
        "Rekapitulasi Survei Kepuasan Masyarakat",
        (
            *(PLACE, Column("Nama OPP", Kind.TEXT), Column("Periode survei", Kind.TEXT)),
            Column("Jenis layanan", Kind.TEXT),
            *(Column(element.name, Kind.SCORE) for element in official),
            *(Column("IKM", Kind.SCORE), Column("Jumlah responden", Kind.COUNT)),
            *(Column("Metode SKM", Kind.TEXT), Column("Unsur perbaikan", Kind.TEXT)),
            *(Column("RTL", Kind.TEXT), Column("% TL periode sebelumnya", Kind.PERCENT)),
        ),
        tuple(
            (*line, *(_follow_up(follow_up, before) if place == 0 else (None, None)))
            for place, line in enumerate(lines)
        ),
        notes=(
            "Nilai unsur dan IKM pada skala 25 sampai 100.",
            *_nine_note(form, card),
            *_hidden_note(groups),
            *([_RECORDED] if follow_up or before else []),
        ),
    )


def in_office_order(
    office: Office, groups: Sequence[Group], served: Mapping[str, int]
) -> list[Group]:
    """Services as the office lists them, others after them; served ones without answers too."""
    found = {group.name: group for group in groups}
    known = [service.code for service in office.services]
    names = [name for name in known if name in found or served.get(name)]
    names += [name for name in found if name not in known]
    return [found.get(name) or Group(name, 0, False, None) for name in names]


def in_form_order(question: ProfileQuestion, groups: Sequence[Group]) -> list[Group]:
    """Groups in the order of the form's choices, those who gave no answer last."""
    order = [choice.code for choice in question.choices]
    return sorted(
        groups, key=lambda group: order.index(group.name) if group.name in order else len(order)
    )


def choice_name(question: ProfileQuestion, code: str) -> str:
    """The label of a choice; a code that the form does not have stays as it is."""
    if code == NO_GROUP:
        return NOT_GIVEN
    return next((choice.label for choice in question.choices if choice.code == code), code)


def service_name(office: Office, code: str | None) -> str:
    """The name of a service; one that the office does not list keeps its code."""
    if code in (None, "", NO_GROUP):
        return NOT_GIVEN
    service = office.service(str(code))
    return service.name if service else str(code)


def _follow_up(planned: Sequence[FollowUp], before: Sequence[FollowUp]) -> Row:
    """The plan in one cell, and what was finished of the one before in percent."""
    lines = [f"{place}) {each.action}" for place, each in enumerate(planned, 1)]
    return "\n".join(lines) or None, share_finished(before)


def _result(card: Scorecard, group: Group) -> Row:
    """Element scores, index and class of a group that may be shown."""
    width = len(card.elements) + 3
    if group.hidden:
        return (HIDDEN,) * width
    return _scores(group.card) if group.card else (None,) * width


def _scores(card: Scorecard) -> Row:
    return (*(element.score for element in card.elements), card.index, *grade_cells(card.band))


def _part_score(group: Group, code: str) -> Cell:
    if group.card is None:
        return HIDDEN
    element = group.card.element(code)
    if element.n is not None and 0 < element.n < SMALLEST_SHOWN:
        return HIDDEN
    return element.score


def _recap(form: Form, card: Scorecard, method: str) -> Row:
    regulation = regulation_in_force()
    nine = official_nine(form, card, regulation)
    scores: Row = (
        (None,) * len(regulation.elements)
        if nine is None
        else tuple(element.score for element in nine.elements)
    )
    ranked = card.elements if nine is None else nine.elements
    weakest = "; ".join(element.name for element in lowest(ranked))
    return (*scores, card.index, card.respondents, method, weakest)


def _nine_note(form: Form, card: Scorecard) -> tuple[str, ...]:
    nine = official_nine(form, card, regulation_in_force())
    if nine is None:
        return (f"Formulir {form.id} tidak memuat semua unsur resmi.",)
    if _same_elements(form, nine):
        return ()
    index = "belum lengkap" if nine.index is None else number(nine.index, 2)
    return (
        f"Unsur resmi dihitung dari {len(card.elements)} unsur formulir {form.id}. IKM "
        f"adalah indeks formulir itu; rata-rata kantor atas unsur resmi: {index}.",
    )


def _same_elements(form: Form, nine: OfficialNine) -> bool:
    return len(form.counted_elements) == len(nine.elements)


def _hidden_note(groups: Iterable[Group]) -> tuple[str, ...]:
    return (HIDDEN_NOTE,) if any(group.hidden for group in groups) else ()
