"""The map an officer can correct: what each column means, and what unknown spellings mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from skm.reading.moments import DateOrder
from skm.reading.spellings import fold
from skm.toml_file import Table, TomlFile

if TYPE_CHECKING:
    from tomlkit.items import Table as TomlTable

UNDECIDED = "?"
"""Stands in a written map where the officer must decide; a map that still has it is refused."""

IGNORE = "abaikan"
SKIPPED = 0

_HEAD = """\
Peta kolom untuk «skm import --map». Kiri: yang tertulis di berkas. Kanan: artinya.
Ubah sisi kanan bila keliru; ganti setiap "?" dengan pilihan Anda."""
_ABOUT = {
    "pertanyaan": "Judul kolom = kode pertanyaan (lihat «skm forms ID»).",
    "profil": "Judul kolom = pertanyaan profil.",
    "lain": "tanggal, stempel_waktu, jam, layanan, saran, nomor, pribadi, atau abaikan.",
    "jawaban": "Label jawaban yang belum dikenal = nilai 1 sampai 4, atau abaikan.",
    "nilai": "Isi yang belum dikenal = kode, atau abaikan.",
}


class Role(Enum):
    """What a column is; the values are the words of the map."""

    QUESTION = "pertanyaan"
    PROFILE = "profil"
    DATE = "tanggal"
    STAMP = "stempel_waktu"
    HALF_DAY = "jam"
    SERVICE = "layanan"
    COMMENT = "saran"
    RESPONDENT = "nomor"
    PERSONAL = "pribadi"
    IGNORED = IGNORE
    UNKNOWN = "tidak dikenal"


OTHER_ROLES = tuple(
    role.value for role in Role if role not in (Role.QUESTION, Role.PROFILE, Role.UNKNOWN)
)


@dataclass(frozen=True)
class ColumnMap:
    """What an officer decided about the columns of a file.

    Attributes:
        form: id of the questionnaire.
        sheet: name of the sheet to read.
        date_order: how 5/10/2026 is meant.
        source: tells files apart that hold equal rows of different people, such as the sheets
            of two counters; part of the identity of each row.
        questions: question code by header; a header without text or twice in the file is
            named ``kolom F``.
        profile: profile code by header.
        other: word of a role by header.
        answers: level by label, by question code; 0 for no answer, None while undecided.
        values: code by what is written, by profile code or ``layanan``; ``abaikan`` for none,
            ``?`` while undecided. A map that was read has nothing undecided.
        file: where the map was read from.
    """

    form: str | None = None
    sheet: str | None = None
    date_order: DateOrder | None = None
    source: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    profile: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: Path | None = None

    def role_of(self, *names: str) -> tuple[Role, str | None] | None:
        """Role and code that the map gives a column of one of these headers, or None."""
        wanted = {fold(name) for name in names if name}
        for role, mapping in ((Role.QUESTION, self.questions), (Role.PROFILE, self.profile)):
            for header, code in mapping.items():
                if fold(header) in wanted:
                    return role, code
        for header, word in self.other.items():
            if fold(header) in wanted:
                return Role(word), None
        return None

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that it speaks of."""
        return (*self.questions, *self.profile, *self.other)


NO_MAP = ColumnMap()


def load_column_map(path: Path) -> ColumnMap:
    """Read a map.

    Raises:
        SkmError: every fault of the file, a decision that is still open among them.
    """
    document = TomlFile(path)
    root = document.root
    order = (
        root.choice("urutan_tanggal", tuple(order.value for order in DateOrder))
        if "urutan_tanggal" in root
        else None
    )
    column_map = ColumnMap(
        form=root.optional_text("formulir"),
        sheet=root.optional_text("lembar"),
        date_order=DateOrder(order) if order else None,
        source=root.optional_text("sumber") or "",
        questions=_texts(root.optional_table("pertanyaan")),
        profile=_texts(root.optional_table("profil")),
        other=_roles(root.optional_table("lain")),
        answers=_answers(root.optional_table("jawaban")),
        values=_values(root.optional_table("nilai")),
        file=path,
    )
    document.refuse_faults()
    return column_map


def column_map_text(column_map: ColumnMap) -> str:
    """The map as the file an officer edits; reads back as the same map."""
    import tomlkit  # only a dry run writes a map

    document = tomlkit.document()
    for line in _HEAD.splitlines():
        document.add(tomlkit.comment(line))
    if column_map.form:
        document["formulir"] = column_map.form
    if column_map.sheet:
        document["lembar"] = column_map.sheet
    if column_map.date_order:
        document["urutan_tanggal"] = column_map.date_order.value
        document["urutan_tanggal"].comment("5/10/2026: hari = 5 Oktober, bulan = 10 Mei")
    if column_map.source:
        document["sumber"] = column_map.source
    sections: dict[str, Mapping[str, object]] = {
        "pertanyaan": column_map.questions,
        "profil": column_map.profile,
        "lain": column_map.other,
        "jawaban": {code: _written(labels) for code, labels in column_map.answers.items()},
        "nilai": column_map.values,
    }
    for key, values in sections.items():
        if values:
            document[key] = table = _table(values)
            table.comment(_ABOUT[key])
    return tomlkit.dumps(document)


def _table(values: Mapping[str, object]) -> TomlTable:
    import tomlkit

    table = tomlkit.table()
    for key, value in values.items():
        table.append(key, _table(value) if isinstance(value, Mapping) else value)
    return table


def _written(labels: Mapping[str, int | None]) -> dict[str, int | str]:
    return {
        label: UNDECIDED if level is None else level or IGNORE for label, level in labels.items()
    }


def _texts(table: Table | None) -> dict[str, str]:
    return {} if table is None else {key: table.text(key) for key in table.keys}


def _roles(table: Table | None) -> dict[str, str]:
    return {} if table is None else {key: table.choice(key, OTHER_ROLES) for key in table.keys}


def _answers(table: Table | None) -> dict[str, dict[str, int | None]]:
    if table is None:
        return {}
    answers: dict[str, dict[str, int | None]] = {}
    for code in table.keys:
        labels = table.table(code)
        answers[code] = {
            label: _skipped(labels, label)
            if labels.is_text(label)
            else labels.whole_between(label, 1, 4, default=1)
            for label in labels.keys
        }
    return answers


def _skipped(labels: Table, label: str) -> int:
    word = labels.text(label)
    if word != IGNORE:
        labels.fault(label, "Belum diputuskan", found=word, expected=f"1, 2, 3, 4, atau {IGNORE}")
    return SKIPPED


def _values(table: Table | None) -> dict[str, dict[str, str]]:
    if table is None:
        return {}
    values = {key: _texts(table.table(key)) for key in table.keys}
    for key, written in values.items():
        for text, code in written.items():
            if code == UNDECIDED:
                path = f"{key}.{text}"
                table.fault(path, "Belum diputuskan", found=code, expected=f"kode, atau {IGNORE}")
    return values
