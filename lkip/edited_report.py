"""An edited DOCX of a report, and the accepted part of it in the plan's ``[narrative]``."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import tomlkit
from lxml import etree

from lkip.build import plan_of
from lkip.plan import Plan
from lkip.read_back import Change, ReadBack, read_back
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from lkip.texts import NARRATIVE, wording
from skm.document.blocks import Document
from skm.document.docx_reading import read_edited
from skm.document.register import Register
from skm.errors import refuse
from skm.instance import Instance

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def compared(instance: Instance, file: Path, year: int | None = None) -> tuple[int, ReadBack]:
    """What is different in an edited file of the report of a year, and that year.

    Args:
        year: without it, the year in the title or the name of the file.

    Raises:
        SkmError: the file cannot be read, its year is not known, or the report of that year
            cannot be built.
    """
    edited = read_edited(file)
    wanted = year or _year(file)
    plan = plan_of(instance, wanted)
    texts = wording(plan.narrative, instance.plan(wanted))
    return wanted, read_back(_report(instance, plan), texts, edited)


def accept(instance: Instance, year: int, changes: Iterable[Change]) -> None:
    """Write changes into the plan; nothing is written if the report cannot be built with them.

    Raises:
        SkmError: a wording that cannot be used, or a plan that cannot be written.
    """
    file = instance.plan(year)
    own = {change.key: change.text for change in changes}
    plan = plan_of(instance, year)
    _report(instance, replace(plan, narrative={**plan.narrative, **own}))
    written = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    if NARRATIVE not in written:
        written[NARRATIVE] = tomlkit.table()
    written[NARRATIVE].update(own)
    scratch = file.with_suffix(".baru")
    try:
        scratch.write_text(tomlkit.dumps(written), encoding="utf-8", newline="\n")
        os.replace(scratch, file)  # noqa: PTH105
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise refuse("Rencana tidak dapat ditulis", file=file, found=error.strerror) from error


def _report(instance: Instance, plan: Plan) -> Document:
    outcome = results(plan, realise(plan, instance))
    return build_report(outcome, instance.office, Register(), instance.plan(plan.year))


def _year(file: Path) -> int:
    for text in (_title(file), file.stem):
        if years := _YEAR.findall(text):
            return int(years[-1])
    raise refuse(
        "Tahun laporan tidak diketahui dari judul maupun nama berkas",
        file=file,
        todo="Sebutkan dengan --year TAHUN.",
    )


def _title(file: Path) -> str:
    """The title in the properties of a DOCX, empty where it has none."""
    try:
        with zipfile.ZipFile(file) as archive:
            core = etree.fromstring(
                archive.read("docProps/core.xml"),
                etree.XMLParser(resolve_entities=False, no_network=True),
            )
    except (KeyError, etree.XMLSyntaxError):
        return ""
    return core.findtext(_TITLE) or ""
