"""The HTML: one file, for eyes, keyboards and screen readers."""

from __future__ import annotations

import re
from base64 import b64decode
from functools import cache

from document_samples import one_of_each
from html_reader import html_ids

from skm.document import html
from skm.document.parts import ids


@cache
def sample() -> str:
    return html.write(one_of_each(notice="DATA SIMULASI"))


def test_it_needs_no_other_file() -> None:
    assert not re.findall(r"<link|<script|src=\"(?!data:)|url\(|@import", sample())


def test_charts_are_pictures_inside_with_their_text_as_text() -> None:
    drawings = [b64decode(data) for data in re.findall(r"svg\+xml;base64,([^\"]+)", sample())]
    assert any(b"Kemudahan prosedur" in drawing for drawing in drawings)


def test_it_says_its_language_and_title() -> None:
    assert '<html lang="id">' in sample()
    assert "<title>Laporan Kinerja Kecamatan Contoh Tahun 2020</title>" in sample()


def test_heads_of_columns_say_what_they_head() -> None:
    heads = re.findall(r"<th\b[^>]*>", sample())
    assert heads
    assert all('scope="col' in head for head in heads)
    assert '<th colspan="2" scope="colgroup">REALISASI</th>' in sample()


def test_every_block_has_its_id_once() -> None:
    wanted = [name for block in one_of_each().blocks for name in ids(block)]
    assert html_ids(sample()) == wanted


def test_links_lead_to_ids_that_are_there() -> None:
    targets = set(re.findall(r'href="#([^"]+)"', sample()))
    assert targets
    assert targets <= set(html_ids(sample()))


def test_the_notice_stands_on_top() -> None:
    assert '<p class="notice">DATA SIMULASI</p>' in sample()


def test_a_policy_can_name_its_style_by_hash_since_no_element_carries_style() -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", sample(), re.DOTALL)
    assert style.strip()
    assert sample().count("<style") == 1
    assert " style=" not in sample()
