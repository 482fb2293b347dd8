"""Keyed wording: what an office may write, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_samples import DAY

from skm.document.blocks import Column, Paragraph, Run, plain, reference
from skm.document.builder import Builder, row
from skm.document.register import Register
from skm.document.wording import Wording, parse
from skm.errors import SkmError

DEFAULT = """
[ikhtisar]
belanja = "Realisasi **{realisasi}** atau {persen} dari _pagu_ tahun 2020."
sambungan = '''
Kalimat pertama
    pada dua baris.'''
[penutup]
langkah = ["Bimtek tahun {tahun}", "Sarana"]
"""


@pytest.fixture
def default(tmp_path: Path) -> Path:
    file = tmp_path / "laporan.toml"
    file.write_text(DEFAULT, encoding="utf-8")
    return file


def own(default: Path, text: str) -> Path:
    file = default.with_name("kantor.toml")
    file.write_text(text, encoding="utf-8")
    return file


def marks(text: str) -> list[tuple[str, bool, bool]]:
    pieces = parse(text, "kunci", Path("naskah.toml")).pieces
    return [(run.text or f"{{{run.placeholder}}}", run.bold, run.italic) for run in pieces]


def test_values_are_put_in_and_each_remembers_its_placeholder(default: Path) -> None:
    values = {"realisasi": "Rp1.000", "persen": "94,65 %"}
    text = Wording.load(default).render("ikhtisar.belanja", values)
    assert plain(text) == "Realisasi Rp1.000 atau 94,65 % dari pagu tahun 2020."
    assert [(run.text, run.placeholder, run.bold) for run in text if run.placeholder] == [
        ("Rp1.000", "realisasi", True), ("94,65 %", "persen", False),
    ]  # fmt: skip
    assert Run("pagu", italic=True) in text


def test_a_value_is_never_read_as_marks(default: Path) -> None:
    hostile = "**x** _y_ {realisasi} \\"
    text = Wording.load(default).render("ikhtisar.belanja", {"realisasi": "1", "persen": hostile})
    assert Run(hostile, placeholder="persen") in text


def test_literal_numbers_are_registered_under_their_key(default: Path) -> None:
    register = Register()
    values = {"realisasi": "Rp1.000", "persen": "94,65 %"}
    Wording.load(default).render("ikhtisar.belanja", values, register)
    assert [(entry.text, entry.source) for entry in register.entries] == [
        ("2020", "naskah ikhtisar.belanja")
    ]


def test_an_office_changes_a_text_key_by_key(default: Path) -> None:
    file = own(default, 'ikhtisar.belanja = "Terserap {persen}."')
    wording = Wording.load(default, file)
    assert plain(wording.render("ikhtisar.belanja", {"persen": "94 %"})) == "Terserap 94 %."
    assert plain(wording.render("ikhtisar.sambungan", {})) == "Kalimat pertama pada dua baris."


def test_an_office_without_wording_of_its_own_has_the_default(default: Path) -> None:
    assert Wording.load(default, default.with_name("tidak-ada.toml")).texts


def test_an_office_may_have_a_list_of_another_length(default: Path) -> None:
    wording = Wording.load(default, own(default, '[penutup]\nlangkah = ["a", "b", "c"]'))
    keys = wording.listed("penutup.langkah")
    assert keys == ("penutup.langkah.1", "penutup.langkah.2", "penutup.langkah.3")
    shorter = Wording.load(default, own(default, '[penutup]\nlangkah = ["a"]'))
    assert shorter.listed("penutup.langkah") == ("penutup.langkah.1",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('ikhtisar.belanj = "x"', ["kantor.toml", "ikhtisar.belanj", "ikhtisar.belanja"]),
        ('lain.kunci = "x"', ["kantor.toml", "lain.kunci", "ikhtisar.belanja"]),
        ('ikhtisar.belanja = "a {x b"', ["kantor.toml", "ikhtisar.belanja", "«{»"]),
        ('ikhtisar.belanja = "a {} b"', ["ikhtisar.belanja", "«{}»"]),
        ('ikhtisar.belanja = "a **b"', ["ikhtisar.belanja", "Tanda ** pada naskah tidak ditutup"]),
        ('ikhtisar.belanja = "a _b"', ["ikhtisar.belanja", "Tanda _ pada naskah tidak ditutup"]),
        ("ikhtisar.belanja = 5", ["kantor.toml", "ikhtisar.belanja", "Bukan naskah"]),
        ("ikhtisar.belanja = ", ["kantor.toml", "TOML"]),
    ],
)
def test_wording_that_cannot_be_taken_is_refused_with_its_place(
    default: Path, text: str, named: list[str]
) -> None:
    with pytest.raises(SkmError) as refused:
        Wording.load(default, own(default, text))
    for word in named:
        assert word in str(refused.value)


def test_all_faults_of_a_file_are_told_at_once(default: Path) -> None:
    with pytest.raises(SkmError) as refused:
        Wording.load(default, own(default, '[ikhtisar]\nbelanja = "{"\nx = "y"'))
    assert len(refused.value.faults) == 2


def test_an_unknown_placeholder_names_file_key_and_those_allowed(default: Path) -> None:
    wording = Wording.load(default, own(default, 'ikhtisar.belanja = "{realisas}"'))
    with pytest.raises(SkmError) as refused:
        wording.render("ikhtisar.belanja", {"realisasi": "1", "persen": "2"})
    for word in ("kantor.toml", "ikhtisar.belanja", "{realisas}", "{persen}, {realisasi}"):
        assert word in str(refused.value)


def test_a_value_that_is_missing_is_refused(default: Path) -> None:
    with pytest.raises(SkmError, match=r"Nilai untuk \{persen\} belum ada"):
        Wording.load(default).render("ikhtisar.belanja", {"realisasi": "1", "persen": None})


def test_an_unknown_key_is_refused(default: Path) -> None:
    with pytest.raises(SkmError, match=r"ikhtisar\.tiada.*ikhtisar\.belanja"):
        Wording.load(default).render("ikhtisar.tiada", {})


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**a** b", [("a", True, False), (" b", False, False)]),
        ("_a b_, c", [("a b", False, True), (", c", False, False)]),
        ("**_a_**", [("a", True, True)]),
        ("_{x}_", [("{x}", False, True)]),
        ("(_a_)", [("(", False, False), ("a", False, True), (")", False, False)]),
        ("alur_petugas_baru", [("alur_petugas_baru", False, False)]),
        ("2 * 3 _ 4", [("2 * 3 _ 4", False, False)]),
        (r"\*\*a\*\* \_b\_ \{c\} \\", [(r"**a** _b_ {c} \ ".rstrip(), False, False)]),
        ("[a] (b) <c> & #d", [("[a] (b) <c> & #d", False, False)]),
    ],
)
def test_marks_make_words_bold_or_italic(text: str, runs: list[tuple[str, bool, bool]]) -> None:
    assert marks(text) == runs


def test_a_keyed_paragraph_has_the_key_as_its_id(default: Path) -> None:
    build = Builder(Register(), Wording.load(default))
    build.say("penutup.langkah.1", {"tahun": "2021"}, at="s1")
    build.say("penutup.langkah.1", {"tahun": "2022"}, at="s2")
    build.say("ikhtisar.sambungan")
    names = [block.id for block in build.document("", "", "", DAY).blocks]
    assert names == ["penutup.langkah.1@s1", "penutup.langkah.1@s2", "ikhtisar.sambungan"]


def test_a_placeholder_can_stand_for_a_reference(default: Path) -> None:
    build = Builder(Register(), Wording.load(default))
    build.say("penutup.langkah.1", {"tahun": reference("nilai")})
    build.table("nilai", (Column(),), [], [row("x")], caption="Nilai")
    (paragraph, _) = build.document("", "", "", DAY).blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.text) == "Bimtek tahun Tabel 1"


def test_a_builder_without_wording_says_so() -> None:
    with pytest.raises(SkmError, match="tidak memiliki naskah"):
        Builder(Register()).say("kunci")
