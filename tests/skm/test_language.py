"""Languages: words change, questions and answers never do."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from skm import resources
from skm.errors import SkmError
from skm.form import Form, find_form, shipped_forms
from skm.language import (
    INDONESIAN,
    Language,
    all_languages,
    load_language,
    load_question_texts,
    translated,
)

LANGUAGES = {language.code: language for language in all_languages()}
FORMS = {form.id: form for form in shipped_forms()}
PLACEHOLDERS = {"{n}", "{i}", "{s}", "{kantor}", "{retensi}", "{alamat}"}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{.*?\}", text))


def test_indonesian_comes_first_and_javanese_is_a_draft() -> None:
    assert [(code, language.draft) for code, language in LANGUAGES.items()] == [
        ("id", False),
        ("en", False),
        ("jv", True),
    ]
    assert load_question_texts(FORMS["permenpanrb-14-2017"], "jv").draft


def test_the_screens_know_these_placeholders_only() -> None:
    used = {name for text in LANGUAGES["id"].screen.values() for name in placeholders(text)}
    assert used == PLACEHOLDERS


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_has_every_word_of_the_screens(language: Language) -> None:
    indonesian = LANGUAGES["id"].screen
    assert list(language.screen) == list(indonesian)
    for key, text in language.screen.items():
        assert placeholders(text) <= placeholders(indonesian[key]), key


def test_a_word_that_javanese_lacks_is_shown_in_indonesian() -> None:
    assert LANGUAGES["jv"].screen["not_paired"] == LANGUAGES["id"].screen["not_paired"]
    assert LANGUAGES["jv"].screen["start"] == "Miwiti"


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_language_changes_questions_answers_or_their_order(
    form: Form, language: Language
) -> None:
    other = translated(form, language)
    assert other.asked == form.asked
    for question, original in zip(other.questions, form.questions, strict=True):
        assert len(set(question.labels)) == 4
        kept = replace(question, text=original.text, labels=original.labels, help=original.help)
        assert kept == original
    for asked, original_asked in zip(other.profile, form.profile, strict=True):
        assert [(choice.code, choice.official) for choice in asked.choices] == [
            (choice.code, choice.official) for choice in original_asked.choices
        ]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_in_english_nothing_of_a_form_stays_indonesian_but_official_names(form: Form) -> None:
    english = translated(form, LANGUAGES["en"])
    texts = load_question_texts(form, "en").questions
    assert set(texts) == {question.code for question in form.questions}
    assert all(words.text and words.labels for words in texts.values())
    for question in form.questions:
        assert bool(texts[question.code].help) == bool(question.help)
    for asked in english.profile:
        words = LANGUAGES["en"].profile[asked.code].choices
        assert set(words) >= {choice.code for choice in asked.choices}
    assert english.comment == LANGUAGES["en"].comment


def test_every_profile_word_of_a_language_belongs_to_a_shipped_form() -> None:
    known = {
        (question.code, choice.code)
        for form in FORMS.values()
        for question in form.profile
        for choice in question.choices
    }
    for language in LANGUAGES.values():
        for question, words in language.profile.items():
            assert {(question, choice) for choice in words.choices} <= known


def test_8_and_9_keep_their_elements_in_every_language() -> None:
    for language in LANGUAGES.values():
        asked = translated(FORMS["permenpanrb-14-2017"], language).asked_by(online=False)
        assert [question.element for question in asked[7:]] == ["sarpras", "pengaduan"]


def test_the_official_sentence_stays_that_of_the_regulation() -> None:
    english = translated(FORMS["permenpanrb-14-2017"], LANGUAGES["en"])
    assert english.question("waktu").official.startswith("Bagaimana pendapat Saudara")


def test_a_form_without_a_pack_stays_indonesian() -> None:
    javanese = translated(FORMS["kecamatan-14"], LANGUAGES["jv"])
    assert javanese.questions == FORMS["kecamatan-14"].questions


def test_an_unknown_language_is_answered_with_those_there_are() -> None:
    with pytest.raises(SkmError, match=r"Bahasa tidak dikenal.*«xx».*en atau id atau jv"):
        load_language("xx")


def own_pack(folder: Path, name: str, text: str) -> Path:
    file = folder / "languages" / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


LOCAL = 'code = "xx"\nname = "Bahasa daerah"\n[screen]\nlength = "{n} pitakon"\n'


def test_an_office_adds_a_language_of_its_own(tmp_path: Path) -> None:
    own_pack(tmp_path, "xx", LOCAL)
    own_pack(
        tmp_path,
        "permenpanrb-14-2017.xx",
        'form = "permenpanrb-14-2017"\nlanguage = "xx"\n[question.waktu]\ntext = "Rikat?"\n',
    )
    local = load_language("xx", tmp_path)
    assert local.screen["length"] == "{n} pitakon"
    assert local.screen["start"] == "Mulai"
    form = translated(find_form("permenpanrb-14-2017"), local, tmp_path)
    assert form.question("waktu").text == "Rikat?"
    assert form.question("waktu").labels[0] == "Tidak cepat"
    assert [language.code for language in all_languages(tmp_path)] == ["id", "en", "jv", "xx"]


def test_an_office_changes_a_word_of_the_indonesian_screens(tmp_path: Path) -> None:
    text = 'code = "id"\nname = "Bahasa Indonesia"\n[screen]\nstart = "Ayo mulai"\n'
    own_pack(tmp_path, INDONESIAN, text)
    own = load_language(INDONESIAN, tmp_path).screen
    assert own == {**LANGUAGES["id"].screen, "start": "Ayo mulai"}


BROKEN_SCREENS = {
    "an unknown word": ("length =", "lenght =", r"screen\.lenght: Kata layar tidak dikenal"),
    "an unknown placeholder": ("{n}", "{m}", r"screen\.length.*Isian.*\{m\}.*seharusnya: \{n\}"),
    "a placeholder of another word": ("length =", "start =", r"screen\.start: Isian"),
    "a brace left open": ("{n}", "{n", r"screen\.length: Isian"),
    "an empty word": ("{n} pitakon", "", r"screen\.length: Teks masih kosong"),
    "another code than the file's": ('"xx"', '"daerah"', r"code: Berbeda dari nama berkas"),
    "an unknown key": ("[screen]", "dialek = 1\n[screen]", r"dialek: Kunci tidak dikenal"),
}


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_SCREENS.values(), ids=BROKEN_SCREENS)
def test_a_broken_language_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in LOCAL
    file = own_pack(tmp_path, "xx", LOCAL.replace(old, new, 1))
    with pytest.raises(SkmError, match=said) as refused:
        load_language("xx", tmp_path)
    assert all(fault.file == file for fault in refused.value.faults)


BROKEN_PACKS = {
    "an unknown question": (
        "[question.waktu]",
        "[question.cepat]",
        r"question\.cepat: Bukan pertanyaan formulir permenpanrb-14-2017",
    ),
    "three labels": ('"Fast", ', "", r"question\.waktu\.labels: Jumlah label salah.*«3»"),
    "an empty label": ('"Fast"', '""', r"question\.waktu\.labels\[3\]: Teks masih kosong"),
    "an unknown key": (
        "[question.waktu]",
        "[question.waktu]\ncounts = false",
        r"question\.waktu\.counts: Kunci tidak dikenal",
    ),
    "another form": (
        'form = "permenpanrb-14-2017"',
        'form = "kecamatan-14"',
        r"form: Berbeda dari nama berkas",
    ),
    "another language": (
        'language = "en"',
        'language = "jv"',
        r"language: Berbeda dari nama berkas",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_PACKS.values(), ids=BROKEN_PACKS)
def test_a_broken_question_pack_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    name = "permenpanrb-14-2017.en"
    (tmp_path / "languages").mkdir()
    file = tmp_path / "languages" / f"{name}.toml"
    shutil.copy(resources.folder("survey_forms") / "languages" / f"{name}.toml", file)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SkmError, match=said) as refused:
        translated(FORMS["permenpanrb-14-2017"], LANGUAGES["en"], tmp_path)
    assert all(fault.file == file for fault in refused.value.faults)
