"""An edited paragraph becomes wording again; an edited value is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.document.blocks import Run, Text, plain, runs
from skm.document.rewording import reworded
from skm.document.wording import KeyedText, parse
from skm.errors import SkmError

VALUES = {"n": "3", "realisasi": "Rp378.590.950,00", "persen": "94,65 %", "target": "85"}


def keyed(text: str) -> KeyedText:
    return parse(text, "kunci", Path("naskah.toml"))


def read_back(text: str, edited: Text | str) -> str:
    wording = keyed(text)
    return reworded(wording, wording.filled(VALUES), runs(edited))


@pytest.mark.parametrize(
    "text",
    [
        "Tanpa isian.",
        "Sebesar {realisasi} atau {persen}.",
        "**{realisasi}** (_{persen}_) dari **pagu {n} tahun**",
        r"Tanda \* dan \_ dan \{kurung\} \\",
        "{n}{persen}",
    ],
)
def test_what_was_not_edited_comes_back_as_it_was(text: str) -> None:
    assert read_back(text, keyed(text).filled(VALUES)) == text


def test_words_round_the_values_can_be_changed() -> None:
    edited = "Belanja langsung terserap Rp378.590.950,00, yaitu 94,65 % dari pagu."
    wanted = "Belanja langsung terserap {realisasi}, yaitu {persen} dari pagu."
    assert read_back("Sebesar {realisasi} atau {persen}.", edited) == wanted


def test_bold_and_italics_made_in_word_become_marks() -> None:
    edited = (Run("Capaian "), Run("94,65 % ", bold=True), Run("baik", italic=True), Run("."))
    assert read_back("Capaian {persen} baik.", edited) == "Capaian **{persen}** _baik_."


def test_of_equal_texts_the_one_in_the_surroundings_of_the_value_is_taken() -> None:
    edited = "Ada 3 sasaran, dengan 3 indikator tercapai."
    assert read_back("Ada tiga sasaran, dengan {n} indikator tercapai.", edited) == (
        "Ada 3 sasaran, dengan {n} indikator tercapai."
    )


@pytest.mark.parametrize(
    "edited",
    [
        "Target 86 tercapai.",
        "Target 850 tercapai.",
        "Target 85,5 tercapai.",
        "Target 1.85 tercapai.",
        "Target tercapai.",
    ],
)
def test_a_value_changed_by_hand_is_refused_and_named(edited: str) -> None:
    with pytest.raises(SkmError) as refused:
        read_back("Target {target} tercapai.", edited)
    for word in ("naskah.toml", "kunci", "{target}", "«" + edited, "85"):
        assert word in str(refused.value)


def test_values_in_another_order_are_refused() -> None:
    with pytest.raises(SkmError, match="Urutan isian"):
        read_back("{realisasi} atau {persen}", "94,65 % atau Rp378.590.950,00")


def test_half_a_word_in_italics_is_refused_since_wording_cannot_say_it() -> None:
    with pytest.raises(SkmError, match="tidak dapat ditulis"):
        read_back("Mengunggah.", (Run("Meng"), Run("unggah", italic=True), Run(".")))


def test_text_that_looks_like_marks_comes_back_as_text() -> None:
    written = read_back("Biasa {n}", "2 * 4 {x} _y_ **z** 3")
    assert plain(keyed(written).filled(VALUES)) == "2 * 4 {x} _y_ **z** 3"
