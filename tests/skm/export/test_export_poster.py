"""The publication sheet says what the regulation asks, and nothing that would name a person."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pytest
import zxingcpp
from announcing import closed, surveyed
from commands import skm
from monthly import AFTER, OCTOBER
from offices import changed
from pdf_reader import conformance_faults, read_pdf
from PIL import Image

from skm import instance
from skm.closing_text import checksum
from skm.errors import SkmError
from skm.export.group_tables import HIDDEN
from skm.export.month import gather
from skm.export.poster import SHEETS
from skm.export.publications import make_poster
from skm.export.published import Totals, official_totals, published
from skm.instance import Instance
from skm.period import Period
from skm.store import open_store

SERVER = "http://192.168.1.20:8000"


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An office that closed October."""
    office = instance.init(tmp_path_factory.mktemp("kantor") / "pakusari")
    surveyed(office)
    closed(office)
    return office


def poster(office: Instance, out: Path, **options: str) -> bytes:
    """The poster of October."""
    file = make_poster(office, OCTOBER, AFTER, out=out / "poster", base=SERVER, **options)
    return file.read_bytes()


def text(data: bytes) -> str:
    return " ".join(read_pdf(data).words)


def test_it_has_the_lines_of_the_official_sheet(announced: Instance, tmp_path: Path) -> None:
    shown = text(poster(announced, tmp_path))
    for line in (
        "INDEKS KEPUASAN MASYARAKAT (IKM) KECAMATAN PAKUSARI PEMERINTAH KABUPATEN JEMBER "
        "OKTOBER 2026",
        "NILAI IKM",
        "NAMA LAYANAN KTP el Kartu Keluarga",
        "RESPONDEN Jumlah =",
        "JENIS KELAMIN L =",
        "PENDIDIKAN SD =",
        "PERIODE SURVEI 1 Oktober 2026 s d 31 Oktober 2026",
        "TERIMA KASIH ATAS PENILAIAN YANG TELAH ANDA BERIKAN. MASUKAN ANDA SANGAT BERMANFAAT "
        "UNTUK KEMAJUAN UNIT KAMI AGAR TERUS MEMPERBAIKI DAN MENINGKATKAN KUALITAS PELAYANAN "
        "BAGI MASYARAKAT.",
    ):
        assert line in shown


def test_its_figures_are_those_of_skm_score(announced: Instance, tmp_path: Path) -> None:
    scored = skm("score", "--period", OCTOBER, "--json", "--instance", announced.root).document
    shown = text(poster(announced, tmp_path))
    assert f"NILAI IKM {scored['index']:.2f}".replace(".", ",") in shown
    assert f"Jumlah = {scored['respondents']} orang" in shown
    assert f"{scored['grade']} {scored['predicate']}" in shown.replace(" · ", " ")


def test_its_code_leads_to_the_closing(announced: Instance, tmp_path: Path) -> None:
    with open_store(announced) as store:
        official = gather(store, announced, OCTOBER, AFTER).official
    assert official is not None
    for sheet in SHEETS:
        picture = poster(announced, tmp_path, format="png", sheet=sheet)
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        assert found.text == f"{SERVER}/publik/{checksum(official.closing)[:16]}"


def test_a_period_that_is_not_closed_is_marked_and_has_no_code(
    office: Instance, tmp_path: Path
) -> None:
    surveyed(office)
    shown = text(poster(office, tmp_path))
    assert "BELUM DITUTUP" in shown
    assert "publik" not in shown
    assert "DATA SIMULASI" not in shown


def test_a_closed_period_is_not_marked_as_open(announced: Instance, tmp_path: Path) -> None:
    shown = text(poster(announced, tmp_path))
    assert "BELUM DITUTUP" not in shown
    assert "Edisi 1 Nomor 400.8 15 2026 6 November 2026" in shown


def test_simulated_responses_are_marked(office: Instance, tmp_path: Path) -> None:
    surveyed(office, simulated=True)
    assert "DATA SIMULASI" in text(poster(office, tmp_path))


def test_small_groups_are_hidden_and_cannot_be_computed(announced: Instance) -> None:
    with open_store(announced) as store:
        figures = published(gather(store, announced, OCTOBER, AFTER))
    hidden = 0
    for question in figures.form.profile:
        totals = figures.totals(question.code)
        assert totals is not None
        shown = official_totals(question, totals)
        for each in (totals, shown):
            assert all(n is None or n == 0 or n >= 5 for _, n in each)
            rest = _rest(figures.respondents, each)
            assert rest == 0 or rest >= 5
        # what the one list shows must not open what the other hides
        merged = {choice.official or choice.label for choice in question.choices}
        for name in merged:
            parts = [
                dict(totals).get(choice.code)
                for choice in question.choices
                if (choice.official or choice.label) == name
            ]
            if None in parts:
                assert dict(shown)[name] is None
                hidden += 1
    assert hidden


def _rest(respondents: int, totals: Totals) -> int:
    return respondents - sum(n for _, n in totals if n is not None)


def test_hidden_groups_are_explained(announced: Instance, tmp_path: Path) -> None:
    shown = text(poster(announced, tmp_path))
    assert f"{HIDDEN} Kurang dari 5 orang" in shown


@pytest.mark.parametrize("sheet", SHEETS)
def test_it_is_one_archival_and_accessible_page(
    announced: Instance, tmp_path: Path, sheet: str
) -> None:
    data = poster(announced, tmp_path, sheet=sheet)
    assert conformance_faults(data) == []
    with pdfplumber.open(io.BytesIO(data)) as opened:
        (page,) = opened.pages
        size = SHEETS[sheet]
        assert (page.width, page.height) == pytest.approx(
            (size.width / 25.4 * 72, size.height / 25.4 * 72), abs=0.1
        )
        words = page.extract_words()
        assert min(word["x0"] for word in words) > 0
        assert max(word["bottom"] for word in words) < page.height


@pytest.mark.parametrize(
    ("sheet", "size"),
    [("sosial", (1080, 1350)), ("tv", (1920, 1080))],
    ids=["social media", "television"],
)
def test_pictures_have_the_size_of_their_screens(
    announced: Instance, tmp_path: Path, sheet: str, size: tuple[int, int]
) -> None:
    picture = Image.open(io.BytesIO(poster(announced, tmp_path, format="png", sheet=sheet)))
    assert picture.size == size


def test_words_of_an_office_are_never_read_as_markup(office: Instance, tmp_path: Path) -> None:
    strange = 'Kantor #panic("x") *tebal* $x$ [c]'
    renamed = changed(office, '"Kecamatan Pakusari"', f"'{strange}'")
    surveyed(renamed)
    assert strange.upper() in text(poster(renamed, tmp_path))


def test_the_command_puts_it_into_the_reports_of_the_period(announced: Instance) -> None:
    for kind in ("pdf", "png"):
        done = skm("poster", "--period", OCTOBER, "--format", kind, "--instance", announced.root)
        assert (done.status, done.err) == (0, "")
        file = announced.reports(OCTOBER) / f"poster-{OCTOBER}.{kind}"
        assert done.out == f"Ditulis: {file}\n"
        assert file.is_file()


def test_without_an_address_there_is_no_code(announced: Instance, tmp_path: Path) -> None:
    file = make_poster(announced, OCTOBER, AFTER, out=tmp_path / "poster.pdf")
    shown = text(file.read_bytes())
    assert "Pindai" not in shown
    assert "Edisi 1" in shown
    assert not re.search("https?:", shown)


def test_a_period_without_responses_is_refused(announced: Instance) -> None:
    with pytest.raises(SkmError, match="Belum ada jawaban"):
        make_poster(announced, Period.parse("2020-01"), AFTER)
