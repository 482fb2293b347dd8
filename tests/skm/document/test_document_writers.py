"""The three writers print the same words, and no writer passes over a block."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import cast, get_args

import pytest
from document_readers import Reading, first_difference, read_model
from document_samples import HOSTILE, one_of_each, report_of_full_length
from docx_reader import read_docx
from html_reader import read_html
from pdf_reader import read_pdf

from skm.document import blocks, docx, html, pdf
from skm.document.blocks import Block, Document, Section, Typeface, UnknownBlockError
from skm.document.parts import parts

Writer = Callable[[Document], bytes]


def write_docx(document: Document) -> bytes:
    return docx.write(document, pdf.page_labels(document))


def write_html(document: Document) -> bytes:
    return html.write(document).encode()


WRITERS: dict[str, tuple[Writer, Callable[[bytes], Reading]]] = {
    "docx": (write_docx, read_docx),
    "pdf": (pdf.write, read_pdf),
    "html": (write_html, lambda data: read_html(data.decode())),
}


@cache
def reading(name: str) -> Reading:
    write, read = WRITERS[name]
    return read(write(one_of_each()))


@dataclass(frozen=True)
class Stranger:
    id: str = "asing"


@pytest.fixture(params=WRITERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_sample_has_a_block_of_every_kind() -> None:
    kinds = {type(block) for block in one_of_each().blocks}
    assert kinds == set(get_args(Block))


def test_words_stand_in_the_same_order_as_in_the_model(name: str) -> None:
    assert first_difference(read_model(one_of_each()).words, reading(name).words) is None


def test_list_markers_are_those_of_the_model(name: str) -> None:
    assert reading(name).markers == read_model(one_of_each()).markers


def test_pictures_are_read_out_by_their_alternative_texts(name: str) -> None:
    assert reading(name).alts == read_model(one_of_each()).alts


def test_contents_list_every_heading_and_caption_in_order(name: str) -> None:
    listed = [entry for entry, _ in reading(name).entries]
    assert listed == [entry for entry, _ in read_model(one_of_each()).entries]


def test_text_that_looks_like_markup_or_code_prints_as_it_is(name: str) -> None:
    assert sum(HOSTILE in text for text in reading(name).texts) == 2


@pytest.mark.parametrize("name", WRITERS)
def test_a_report_of_full_length_has_the_same_words_in_order(name: str) -> None:
    document = report_of_full_length()
    write, read = WRITERS[name]
    assert first_difference(read_model(document).words, read(write(document)).words) is None


def test_an_unknown_block_is_refused(name: str) -> None:
    document = one_of_each()
    document = replace(document, blocks=(*document.blocks, cast(Block, Stranger())))
    with pytest.raises(UnknownBlockError, match="Stranger"):
        WRITERS[name][0](document)


def test_an_unknown_block_is_not_read_over() -> None:
    stranger = replace(one_of_each(), blocks=(cast(Block, Stranger()),))
    with pytest.raises(UnknownBlockError):
        list(parts(stranger))


def test_equal_documents_give_equal_bytes(name: str) -> None:
    write = WRITERS[name][0]
    assert write(one_of_each()) == write(one_of_each())


def test_one_changed_digit_in_a_cell_is_found_at_its_place() -> None:
    document = one_of_each()
    forged = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(write_docx(document)))
    with old, zipfile.ZipFile(forged, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry).replace(b"1.700", b"1.701"))
    difference = first_difference(read_model(document).words, read_docx(forged.getvalue()).words)
    assert difference is not None
    assert "KTP = 1.700 KK" in difference
    assert "KTP = 1.701 KK" in difference


def test_writers_hold_no_sentence() -> None:
    """What they print is in the model: a document without words comes out without words."""
    empty = replace(one_of_each(), blocks=(Section("s", numbers=blocks.PageNumbers.NONE),
                                           blocks.Paragraph("p", "kata")))  # fmt: skip
    for write, read in WRITERS.values():
        assert read(write(empty)).words == ["kata"]


@pytest.mark.parametrize("face", Typeface)
def test_both_typefaces_print_the_same_words(face: Typeface) -> None:
    document = one_of_each(blocks.PageSetup(typeface=face))
    assert read_pdf(pdf.write(document)).words == read_model(document).words
