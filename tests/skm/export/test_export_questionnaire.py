"""The printed form asks what the kiosk asks, in its order and words, on one sheet."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pdfplumber
import pytest
from document_readers import words
from monthly import own_form
from pdf_reader import conformance_faults, read_pdf
from qr_reader import read_codes

from skm.errors import SkmError
from skm.export.questionnaire import Paper, questionnaire_images, write_questionnaire
from skm.form import Form, find_form, shipped_forms
from skm.instance import Instance, Office, Service, read_office
from skm.language import all_languages, load_language, translated
from skm.resources import folder

DAY = date(2026, 10, 5)
ADDRESS = "http://192.168.1.20:8000/isi"
FORMS = [form.id for form in shipped_forms()]
LANGUAGES = [language.code for language in all_languages()]

_SAMPLE = read_office(folder("instance") / "office.toml")


def office_with(**changes: object) -> Office:
    return replace(_SAMPLE, **changes)  # type: ignore[arg-type]


def paper_of(
    form: str, sheet: str = "F4", language: str = "id", address: str | None = None
) -> Paper:
    chosen = load_language(language)
    return Paper(office_with(paper=sheet), translated(find_form(form), chosen), chosen, address)


@cache
def printed(
    form: str, sheet: str = "F4", language: str = "id", address: str | None = None
) -> bytes:
    return write_questionnaire(paper_of(form, sheet, language, address), DAY)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(read_pdf(data).texts).split())


def said(text: str) -> str:
    """A text with every run of blanks as one."""
    return " ".join(text.split())


@pytest.mark.parametrize("sheet", ["A4", "F4"])
@pytest.mark.parametrize("form", FORMS)
def test_passes_pdf_a_2a_and_pdf_ua_1(form: str, sheet: str) -> None:
    assert conformance_faults(printed(form, sheet, address=ADDRESS)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", ["A4", "F4"])
@pytest.mark.parametrize("form", FORMS)
def test_nine_questions_stand_on_one_page_and_more_on_one_sheet(
    form: str, sheet: str, language: str
) -> None:
    few = len(find_form(form).asked_by(online=False)) <= 10
    with pdfplumber.open(io.BytesIO(printed(form, sheet, language))) as opened:
        assert len(opened.pages) == (1 if few else 2)
        size = {"A4": (210, 297), "F4": (215, 330)}[sheet]
        for page in opened.pages:
            assert (round(page.width * 25.4 / 72), round(page.height * 25.4 / 72)) == size
            assert all(
                char["x0"] > 0 and char["x1"] < page.width and char["bottom"] < page.height
                for char in page.chars
            ), "nothing runs off the sheet"


@pytest.mark.parametrize(("sheet", "least"), [("A4", 9.0), ("F4", 9.5)])
def test_the_official_nine_are_printed_in_letters_that_can_be_read(
    sheet: str, least: float
) -> None:
    with pdfplumber.open(io.BytesIO(printed("permenpanrb-14-2017", sheet))) as opened:
        sizes = Counter(round(char["size"], 1) for char in opened.pages[0].chars)
    assert sizes.most_common(1)[0][0] >= least


@pytest.mark.parametrize("form", FORMS)
def test_every_official_sentence_stands_whole_with_its_four_labels_in_the_order_asked(
    form: str,
) -> None:
    text = text_of(printed(form))
    place = 0
    for number, question in enumerate(find_form(form).asked_by(online=False), start=1):
        for wanted in (f"{number}. {question.official}", question.text, question.help or ""):
            place = text.index(said(wanted), place) if wanted != question.text else place
            assert said(wanted) in text
        for level, label in enumerate(question.labels, start=1):
            place = text.index(f"{level} {'abcd'[level - 1]}. {said(label)}", place)


def test_every_profile_choice_has_the_digit_that_is_typed_for_it() -> None:
    text = text_of(printed("kecamatan-14"))
    for question in find_form("kecamatan-14").profile:
        choices = [f"{n} {choice.label}" for n, choice in enumerate(question.choices, start=1)]
        assert (said(" ".join(choices)) in text) == question.asked, question.code


def test_the_head_names_office_date_and_the_two_half_days() -> None:
    text = text_of(printed("permenpanrb-14-2017"))
    for wanted in (
        "PEMERINTAH KABUPATEN JEMBER KECAMATAN PAKUSARI Jalan Sarangan Nomor 05",
        "KUESIONER SURVEI KEPUASAN MASYARAKAT (SKM) PADA UNIT LAYANAN KECAMATAN PAKUSARI",
        "Tanggal survei:",
        "1 08.00–12.00 2 13.00–17.00",
        "1 KTP-el 2 Kartu Keluarga 3 Akta Kelahiran",
    ):
        assert wanted in text


def test_the_guidance_says_that_nobody_is_named_and_never_that_answers_are_open() -> None:
    text = text_of(printed("kepmenpan-25-2004"))
    assert "Tanpa nama." in text
    assert "Survei ini tidak ada hubungannya dengan pajak ataupun politik." in text
    assert "17 tahun ke atas" in text
    assert "terbuka" not in text
    assert "NIK" in text, "in the line that says what not to write"


def test_the_officer_numbers_the_sheet_on_both_sides() -> None:
    text = text_of(printed("kecamatan-14"))
    assert "DIISI PETUGAS Nomor lembar:" in text
    assert "Diisi dengan bantuan petugas" in text
    with pdfplumber.open(io.BytesIO(printed("kecamatan-14"))) as opened:
        feet = [page.extract_text().splitlines()[-1] for page in opened.pages]
    for number, foot in enumerate(feet, start=1):
        assert foot.startswith("Formulir kecamatan-14 (KEP/25/M.PAN/2/2004)")
        assert "Nomor lembar: ......" in foot
        assert foot.endswith(f"Halaman {number} dari 2")


@pytest.mark.parametrize("form", ["permenpanrb-14-2017", "kecamatan-14"])
def test_a_phone_reads_the_code_off_the_page(form: str) -> None:
    paper = paper_of(form, "A4", address=ADDRESS)
    first, *others = questionnaire_images(paper, DAY, 150)
    assert read_codes(first) == [ADDRESS]
    assert [read_codes(page) for page in others] == [[]] * len(others)
    assert read_pdf(printed(form, address=ADDRESS)).alts == [f"Kode QR menuju {ADDRESS}"]


def test_without_an_address_there_is_no_code() -> None:
    (page,) = questionnaire_images(paper_of("permenpanrb-14-2017"), DAY, 150)
    assert read_codes(page) == []
    assert read_pdf(printed("permenpanrb-14-2017")).alts == []


def test_in_another_language_the_translation_leads_and_the_official_sentence_follows() -> None:
    text = text_of(printed("permenpanrb-14-2017", language="en"))
    nine = translated(find_form("permenpanrb-14-2017"), load_language("en"))
    for question in nine.questions:
        assert said(f"{question.text} {question.official}") in text
        assert said(f"1 a. {question.labels[0]}") in text
    assert "SERVICE SATISFACTION SURVEY" in text
    assert "1 ID card" in text
    assert "DIISI PETUGAS" in text, "officers read Indonesian"


def test_an_office_whose_services_are_all_online_asks_the_online_variants() -> None:
    services = tuple(replace(service, online=True) for service in _SAMPLE.services)
    form = find_form("pernyataan-16-a")
    language = load_language("id")
    online = text_of(
        write_questionnaire(Paper(office_with(services=services), form, language), DAY)
    )
    for question in form.questions:
        wanted = said(question.official) in online
        assert wanted == (question.service != "offline"), question.code


def test_text_of_an_office_is_never_markup() -> None:
    hostile = '#panic("x") $y$ *z* _w_ & {k} @ref // \\'
    office = office_with(
        name=hostile, services=(Service("a", hostile, True, False), *_SAMPLE.services)
    )
    paper = Paper(office, find_form("permenpanrb-14-2017"), load_language("id"))
    found = words(text_of(write_questionnaire(paper, DAY)))
    for word in words(hostile):
        assert word in found, word


def test_a_letter_that_no_font_has_is_named() -> None:
    paper = Paper(office_with(name="Kantor 👍"), find_form("kecamatan-14"), load_language("id"))
    with pytest.raises(SkmError, match="👍"):
        write_questionnaire(paper, DAY)


def test_a_form_without_profile_and_comment_is_printed_too(office: Instance) -> None:
    nine = find_form("permenpanrb-14-2017")
    bare: Form = replace(nine, profile=(), comment=None)
    data = write_questionnaire(Paper(office.office, bare, load_language("id")), DAY)
    assert conformance_faults(data) == []
    assert "Ada saran" not in text_of(data)


def test_a_long_form_of_the_office_itself_takes_as_many_pages_as_it_needs(
    office: Instance,
) -> None:
    asked = {f"unsur_{n}": f"Apakah bagian {n} dari pelayanan ini baik" for n in range(60)}
    form = own_form(office, "panjang", asked)
    data = write_questionnaire(Paper(office.office, form, load_language("id")), DAY)
    assert conformance_faults(data) == []
    text = text_of(data)
    assert all(said(f"{each}?") in text for each in asked.values())
    assert "1. Apakah bagian 0" in text
    assert "60. Apakah bagian 59" in text


def test_the_same_day_gives_the_same_file() -> None:
    paper = paper_of("kecamatan-14", address=ADDRESS)
    assert write_questionnaire(paper, DAY) == write_questionnaire(paper, DAY)
