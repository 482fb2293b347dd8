"""Evidence: what was sent is kept small, says nothing but what it shows, and stays while used."""

from __future__ import annotations

import sqlite3
import zlib

import pytest
from photographs import COMMENT, OWNER, PDF, drawing, opened, photograph

from skm.errors import SkmError
from skm.store import Store
from skm.store.evidence import (
    JPEG,
    LARGEST_PDF,
    LARGEST_PICTURE,
    LONGEST_SIDE,
    drop_unused,
    evidence,
    keep,
    prepare,
)
from skm.store.evidence import PDF as PDF_TYPE


def test_a_photograph_loses_place_owner_and_comment() -> None:
    sent = photograph()
    assert opened(sent).getexif().get_ifd(0x8825)
    kept = prepare(sent)
    assert kept.mimetype == JPEG
    picture = opened(kept.content)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for told in (b"Exif", OWNER.encode(), COMMENT):
        assert told not in kept.content


def test_a_large_photograph_is_kept_at_the_size_of_a_page() -> None:
    picture = opened(prepare(photograph(4000, 3000)).content)
    assert picture.size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
    assert opened(prepare(photograph(800, 600)).content).size == (800, 600)


@pytest.mark.parametrize(
    ("turned", "size", "red"),
    [
        pytest.param(1, (800, 400), (10, 10), id="held level"),
        pytest.param(3, (800, 400), (790, 390), id="upside down"),
        pytest.param(6, (400, 800), (390, 10), id="turned right"),
        pytest.param(8, (400, 800), (10, 790), id="turned left"),
    ],
)
def test_a_photograph_stands_upright_however_the_telephone_was_held(
    turned: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    picture = opened(prepare(photograph(800, 400, turned=turned)).content)
    assert picture.size == size
    pixel = picture.getpixel(red)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 180 > 60 > pixel[1]


@pytest.mark.parametrize(
    ("file_format", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("WEBP", "RGBA"),
        ("WEBP", "RGB"),
    ],
)
def test_other_pictures_are_kept_too_and_nothing_becomes_white(
    file_format: str, mode: str
) -> None:
    picture = opened(prepare(drawing(file_format, mode)).content)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (300, 200))
    corner = picture.getpixel((5, 5))
    nothing = 255 if opened(drawing(file_format, mode)).has_transparency_data else 0
    assert isinstance(corner, tuple)
    assert all(abs(part - nothing) < 8 for part in corner)


def test_a_pdf_is_kept_as_it_is() -> None:
    assert (prepare(PDF).mimetype, prepare(PDF).content) == (PDF_TYPE, PDF)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "tidak dapat dibaca sebagai bukti", id="nothing"),
        pytest.param(b"MZ" + bytes(500), "gambar JPEG, PNG atau WebP, atau PDF", id="program"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tidak dapat", id="svg"),
        pytest.param(b"<html>", "tidak dapat", id="page"),
        pytest.param(drawing("GIF", "P"), "tidak dapat", id="gif"),
        pytest.param(photograph()[:3000], "tidak dapat", id="torn photograph"),
        pytest.param(drawing()[:100], "tidak dapat", id="torn picture"),
        pytest.param(PDF[:-20], "tidak dapat", id="torn pdf"),
        pytest.param(bytes(LARGEST_PICTURE + 1), "paling besar 12 MB", id="huge"),
        pytest.param(b"%PDF-" + bytes(LARGEST_PDF) + b"%%EOF", "paling besar 5 MB", id="huge pdf"),
    ],
)
def test_what_is_no_evidence_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SkmError, match=said):
        prepare(content)


def test_a_small_file_that_claims_many_pixels_is_refused() -> None:
    claims = bytearray(drawing())
    claims[16:24] = (60_000).to_bytes(4, "big") + (1_000).to_bytes(4, "big")
    claims[29:33] = zlib.crc32(claims[12:29]).to_bytes(4, "big")
    with pytest.raises(SkmError, match=r"60000 × 1000 piksel.*paling banyak 50 juta"):
        prepare(bytes(claims))


def test_a_file_sent_twice_is_kept_once_and_found_by_its_key(store: Store) -> None:
    kept = prepare(photograph(400, 300))
    with store.writing() as db:
        assert keep(db, kept) == keep(db, prepare(photograph(400, 300))) == kept.sha256
    assert store.reader["evidence"].count == 1
    assert evidence(store, kept.sha256) == kept
    assert evidence(store, "0" * 64) is None


def test_what_is_used_stays_and_what_is_not_is_destroyed(store: Store) -> None:
    used, unused = (prepare(photograph(400, 300, colour=colour)) for colour in ("#00f", "#0f0"))
    with store.writing() as db:
        db.execute("CREATE TABLE user (proof TEXT REFERENCES evidence (sha256)) STRICT")
        db.execute("INSERT INTO user VALUES (?), (NULL)", (keep(db, used),))
        keep(db, unused)
        drop_unused(db)
    assert evidence(store, used.sha256) == used
    assert evidence(store, unused.sha256) is None
    assert unused.content[200:400] not in store.file.read_bytes()


def test_what_is_used_cannot_be_destroyed_even_by_mistake(store: Store) -> None:
    with store.writing() as db:
        db.execute("CREATE TABLE user (proof TEXT REFERENCES evidence (sha256)) STRICT")
        db.execute("INSERT INTO user VALUES (?)", (keep(db, prepare(PDF)),))
    with pytest.raises(sqlite3.IntegrityError), store.writing() as db:
        db.execute("DELETE FROM evidence")
