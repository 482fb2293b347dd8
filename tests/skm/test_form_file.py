"""Form files: what a file may say, and which are refused with every fault named."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.errors import SkmError
from skm.form import load_form

SMALL = """\
id = "contoh"
title = "Contoh"
regulation = "2017"
weights = "exact"
source = "Contoh."
asked = ["biaya", "waktu", "suap"]

[[element]]
code = "waktu"
name = "Waktu Penyelesaian"
maps_to = "waktu"

[[element.question]]
code = "waktu"
text = "Apakah pelayanan di sini cepat?"
labels = ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"]

[[element]]
code = "biaya"
name = "Biaya/Tarif"
maps_to = "biaya"

[[element.question]]
code = "biaya"
text = "Bagaimana biaya layanan ini?"
official = "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?"
labels = ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"]
help = "Biaya resmi saja."

[[element]]
code = "integritas"
name = "Integritas"

[[element.question]]
code = "suap"
text = "Apakah Bapak/Ibu diminta memberi imbalan?"
labels = ["Selalu", "Sering", "Pernah", "Tidak pernah"]
counts = false

[[profile]]
code = "jenis_kelamin"
text = "Jenis kelamin"
choices = [
    { code = "l", label = "Laki-laki", official = "L" },
    { code = "p", label = "Perempuan", official = "P" },
]

[comment]
text = "Ada saran?"
"""


def written(folder: Path, text: str, name: str = "contoh") -> Path:
    file = folder / f"{name}.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_question_that_does_not_count_is_asked_but_no_element_of_the_index(
    tmp_path: Path,
) -> None:
    form = load_form(written(tmp_path, SMALL))
    assert [question.code for question in form.asked_by(online=False)] == [
        "biaya",
        "waktu",
        "suap",
    ]
    assert [element.code for element in form.counted_elements] == ["waktu", "biaya"]


def test_without_an_official_sentence_the_plain_one_stands_for_it(tmp_path: Path) -> None:
    form = load_form(written(tmp_path, SMALL))
    assert form.question("waktu").official == form.question("waktu").text
    assert form.question("biaya").official.startswith("Bagaimana pendapat Saudara")


def weighted(weights: str) -> str:
    head, tail = SMALL.replace('weights = "exact"\n', "").split("[comment]")
    return f"{head}[weights]\n{weights}\n[comment]{tail}"


@pytest.mark.parametrize("half", ['"0.5"', '"0,5"', "0.5"])
def test_weights_are_read_exactly(tmp_path: Path, half: str) -> None:
    form = load_form(written(tmp_path, weighted(f'waktu = {half}\nbiaya = "0.49"')))
    assert form.weights == {"waktu": Fraction(1, 2), "biaya": Fraction(49, 100)}


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ('waktu = "0.5"', r"weights: Belum menyebut biaya"),
        ('waktu = "0.5"\nbiaya = "0.5"\nintegritas = "0.1"', r"weights.*«integritas»"),
        ('waktu = "0.5"\nbiaya = "0.479"', r"Jumlah bobot bukan 1.*«0,979».*0,98 sampai 1,02"),
        ('waktu = "0.5"\nbiaya = "0.521"', r"Jumlah bobot bukan 1.*«1,021»"),
        ('waktu = "1"\nbiaya = "0"', r"weights\.biaya: Bobot harus lebih dari 0"),
        ('waktu = "1.5"\nbiaya = "-0.5"', r"weights\.biaya: Bobot harus lebih dari 0"),
        ('waktu = "1"\nbiaya = "sisa"', r"weights\.biaya: Bukan angka.*«sisa»"),
        ('waktu = "1"\nbiaya = nan', r"weights\.biaya: Bukan angka"),
    ],
)
def test_weights_that_do_not_name_every_element_or_sum_to_1_are_refused(
    tmp_path: Path, weights: str, said: str
) -> None:
    with pytest.raises(SkmError, match=said):
        load_form(written(tmp_path, weighted(weights)))


BROKEN = {
    "an unknown key": ('title = "Contoh"', 'titel = "Contoh"', r"titel: Kunci tidak dikenal"),
    "a missing key": ('title = "Contoh"\n', "", r"title: Kunci belum ada"),
    "an unknown key of a question": (
        "help =",
        "bantuan =",
        r"element\[2\]\.question\[1\]\.bantuan: Kunci tidak dikenal",
    ),
    "an empty title": ('title = "Contoh"', 'title = " "', r"title: Teks masih kosong"),
    "a doubled element": (
        'code = "integritas"',
        'code = "biaya"',
        r"element\[3\]\.code: Kode tertulis dua kali.*«biaya».*element\[2\]",
    ),
    "a doubled question": (
        'code = "suap"',
        'code = "waktu"',
        r"element\[3\]\.question\[1\]\.code: Kode tertulis dua kali.*«waktu»",
    ),
    "a doubled choice": (
        'code = "p"',
        'code = "l"',
        r"profile\[1\]\.choices\[2\]\.code: Kode tertulis dua kali.*«l»",
    ),
    "a code with a capital": (
        'code = "integritas"',
        'code = "Integritas"',
        r"element\[3\]\.code: Kode salah bentuk.*«Integritas»",
    ),
    "a code that begins with a digit": (
        'code = "suap"',
        'code = "1suap"',
        r"question\[1\]\.code: Kode salah bentuk",
    ),
    "a code that is SQL": (
        'code = "suap"',
        'code = "suap; drop"',
        r"question\[1\]\.code: Kode salah bentuk",
    ),
    "a missing label": (
        'labels = ["Selalu", "Sering", "Pernah", "Tidak pernah"]\n',
        "",
        r"element\[3\]\.question\[1\]\.labels: Kunci belum ada",
    ),
    "an empty label": ('"Sering"', '""', r"question\[1\]\.labels\[2\]: Teks masih kosong"),
    "three labels": ('"Sering", ', "", r"question\[1\]\.labels: Jumlah label salah.*«3».*4 label"),
    "five labels": (
        '"Sering", ',
        '"Sering", "Kadang", ',
        r"question\[1\]\.labels: Jumlah label salah.*«5»",
    ),
    "the same label twice": (
        '"Sering"',
        '"SELALU"',
        r"question\[1\]\.labels: Label tertulis dua kali",
    ),
    "a label that is a number": (
        '"Sering"',
        "2",
        r"question\[1\]\.labels\[2\]: Jenis nilai salah",
    ),
    "a question that is not asked": (', "suap"]', "]", r"asked: Belum menyebut suap"),
    "an asked question that is none": (
        '"suap"]',
        '"suap", "izin"]',
        r"asked: Bukan pertanyaan formulir ini.*«izin»",
    ),
    "a question asked twice": ('"suap"]', '"suap", "suap"]', r"asked: Tertulis dua kali.*«suap»"),
    "an unknown regulation": (
        'regulation = "2017"',
        'regulation = "2014"',
        r"regulation: Peraturan tidak dikenal.*«2014».*2004 atau 2017",
    ),
    "an unknown official element": (
        'maps_to = "biaya"',
        'maps_to = "tarif"',
        r"element\[2\]\.maps_to: Bukan unsur resmi.*«tarif».*sarpras",
    ),
    "weights by another word": (
        'weights = "exact"',
        'weights = "sama"',
        r"weights: Bobot tidak dikenal.*«sama»",
    ),
    "weights that are a number": (
        'weights = "exact"',
        "weights = 0.5",
        r"weights: Jenis nilai salah",
    ),
    "no weights": ('weights = "exact"\n', "", r"weights: Kunci belum ada"),
    "an unknown channel": (
        "counts = false",
        'service = "daring"',
        r"question\[1\]\.service.*«daring».*offline.*online",
    ),
    "counts in quotes": (
        "counts = false",
        'counts = "tidak"',
        r"question\[1\]\.counts: Jenis nilai salah.*true atau false",
    ),
    "an id that is not the file's name": (
        'id = "contoh"',
        'id = "conto"',
        r"id: Berbeda dari nama berkas.*«conto».*contoh",
    ),
    "an id in another shape": (
        'id = "contoh"',
        'id = "Contoh_1"',
        r"id: Nama formulir salah bentuk",
    ),
    "an element without questions": (
        '[[element.question]]\ncode = "suap"',
        '[[element.saran]]\ncode = "suap"',
        r"element\[3\]\.question: Kunci belum ada",
    ),
    "asked as a text": (
        'asked = ["biaya", "waktu", "suap"]',
        'asked = "biaya"',
        r"asked: Jenis nilai salah.*daftar teks",
    ),
    "a broken line": ('title = "Contoh"', 'title = "Contoh', r"baris 2: Bukan TOML yang sah"),
    "a key twice": (
        'title = "Contoh"',
        'title = "Contoh"\ntitle = "Contoh"',
        r"baris 3: Bukan TOML yang sah",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_form_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in SMALL
    file = written(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(SkmError, match=said) as refused:
        load_form(file)
    assert all(fault.file == file for fault in refused.value.faults)


def test_a_misspelt_key_is_answered_with_the_likely_one(tmp_path: Path) -> None:
    file = written(tmp_path, SMALL.replace("help =", "halp ="))
    with pytest.raises(SkmError, match=r"Mungkin maksudnya help\?"):
        load_form(file)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = SMALL.replace('"Sering", ', "").replace('maps_to = "biaya"', 'maps_to = "tarif"')
    file = written(tmp_path, text.replace("[comment]", "[komentar]"))
    with pytest.raises(SkmError) as refused:
        load_form(file)
    assert [fault.field for fault in refused.value.faults] == [
        "element[2].maps_to",
        "element[3].question[1].labels",
        "komentar",
    ]


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "contoh.toml"
    file.write_bytes(SMALL.replace("Waktu Penyelesaian", "Penyelesaian ½").encode("latin-1"))
    with pytest.raises(SkmError, match=r"baris 10: Berkas bukan teks UTF-8"):
        load_form(file)


def test_a_byte_order_mark_as_windows_writes_it_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "contoh.toml"
    file.write_bytes(SMALL.encode("utf-8-sig"))
    assert load_form(file).title == "Contoh"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SkmError, match="Berkas tidak ada"):
        load_form(tmp_path / "contoh.toml")


LINES = SMALL.splitlines(keepends=True)


@given(
    dropped=st.sets(st.integers(0, len(LINES) - 1), max_size=3),
    inserted=st.lists(st.tuples(st.integers(0, len(LINES)), st.text(max_size=12)), max_size=2),
)
def test_a_damaged_form_is_read_or_refused_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory,
    dropped: set[int],
    inserted: list[tuple[int, str]],
) -> None:
    lines = [line for place, line in enumerate(LINES) if place not in dropped]
    for place, text in inserted:
        lines.insert(place, text + "\n")
    file = tmp_path_factory.mktemp("form") / "contoh.toml"
    file.write_text("".join(lines), "utf-8", newline="")
    try:
        form = load_form(file)
    except SkmError:
        return
    assert set(form.asked) == {question.code for question in form.questions}
