"""Beside the printed report of 2020: nothing of it is missing, every difference is explained."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from reports import model

from skm import instance
from skm.document.blocks import Document, Figure, Table, plain
from skm.document.parts import ids, parts

_FILE = Path(__file__).with_name("original_2020.toml")
ORIGINAL = tomllib.loads(_FILE.read_text(encoding="utf-8"))["part"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return model(instance.init(tmp_path_factory.mktemp("kantor") / "pakusari"), 2020)


@pytest.fixture(scope="module")
def texts(report: Document) -> dict[str, str]:
    """What each block of the report of 2020 says, in one line."""
    said = {name: "" for block in report.blocks for name in ids(block)}
    for part in parts(report):
        said[part.id] = f"{said.get(part.id, '')} {plain(part.text)}"
    for block in report.blocks:
        if isinstance(block, Figure):
            said[block.id] += f" {block.picture.alt}"
        owned = [said[name] for name in ids(block) if name != block.id]
        said[block.id] = " ".join((said[block.id], *owned))
    return {name: " ".join(text.split()) for name, text in said.items()}


def named(part: dict[str, Any]) -> str:
    name = part["original"]
    assert isinstance(name, str)
    return name


def stands_in(figure: str, text: str) -> bool:
    """Whether a figure stands in a text as a whole, not as a part of another."""
    return re.search(rf"(?<![\w.,])(?:Rp)?{re.escape(figure)}(?![\w]|[.,]\d)", text) is not None


@pytest.mark.parametrize("part", ORIGINAL, ids=named)
def test_each_part_of_the_original_has_its_place(
    texts: dict[str, str], part: dict[str, Any]
) -> None:
    assert part["blocks"]
    assert [block for block in part["blocks"] if not texts.get(block)] == []


@pytest.mark.parametrize("part", ORIGINAL, ids=named)
def test_each_figure_of_the_original_is_taken_over_or_explained(
    texts: dict[str, str], part: dict[str, Any]
) -> None:
    shown = " ".join(texts[block] for block in part["blocks"])
    assert [figure for figure in part["figures"] if not stands_in(figure, shown)] == []
    explained = part.get("explained", {})
    assert [figure for figure in explained if stands_in(figure, shown)] == []
    assert all(len(reason) > 20 for reason in explained.values())


def test_no_table_or_picture_of_ours_stands_outside_the_comparison(report: Document) -> None:
    placed = {block for part in ORIGINAL for block in part["blocks"]}
    new = {  # what the printed report does not have
        "survei.gambar@skm", "survei.resmi_tabel@skm", "keuangan.sasaran.gambar",
        "keuangan.efisiensi.tabel", "lampiran.pengolahan.tabel@skm", "lampiran.rtl.tabel",
        "lampiran.evaluasi.tabel",
    }  # fmt: skip
    support = {f"kegiatan.tabel@penunjang.{n}" for n in ("1.1", "2.1", "2.2", "3.1")}
    ours = {block.id for block in report.blocks if isinstance(block, Table | Figure)}
    assert new | support <= ours
    assert ours - placed - new - support == set()
