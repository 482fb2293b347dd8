"""Reports as tests build them, and what stands in them, read by the independent readers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from document_readers import Reading
from docx_reader import read_docx
from html_reader import read_html
from pdf_reader import read_pdf

from lkip.build import build
from lkip.plan import load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm.document.blocks import Document, Table, plain
from skm.document.register import Register
from skm.instance import Instance

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "html": lambda data: read_html(data.decode()),
}


@dataclass(frozen=True)
class Files:
    """The files of a report that was built."""

    folder: Path
    year: int

    def bytes(self, kind: str) -> bytes:
        """The content of one format."""
        return (self.folder / f"laporan-kinerja-{self.year}.{kind}").read_bytes()

    def reading(self, kind: str) -> Reading:
        """What a reader of one format finds."""
        return READERS[kind](self.bytes(kind))

    @property
    def register(self) -> list[dict[str, str]]:
        """The register beside the report."""
        found = json.loads((self.folder / f"register-{self.year}.json").read_bytes())
        assert isinstance(found, list)
        return found


def built(office: Instance, year: int, folder: Path) -> Files:
    """The report of a year, built into a folder."""
    build(office, year, folder=folder)
    return Files(folder, year)


def model(office: Instance, year: int) -> Document:
    """The report of a year before it is written."""
    plan = office.plan(year)
    outcome = results(load_plan(plan), realise(load_plan(plan), office))
    return build_report(outcome, office.office, Register(), plan)


def numbers(text: str) -> list[str]:
    """The numbers in a text, by an expression of the tests' own."""
    return re.findall(r"[0-9]+(?:[.,][0-9]+)*", text)


def table(document: Document, block_id: str) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    (found,) = [
        block for block in document.blocks if isinstance(block, Table) and block.id == block_id
    ]
    return [[plain(cell.text) for cell in row.cells] for row in found.body]


def captions(document: Document) -> dict[str, str]:
    """The numbered tables with their captions."""
    return {
        block.number: plain(block.caption)
        for block in document.blocks
        if isinstance(block, Table) and block.number
    }
