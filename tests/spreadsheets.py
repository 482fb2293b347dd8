"""Workbooks as an independent reader sees them, and as LibreOffice recalculates them."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from openpyxl import Workbook

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def formulas(file: Path) -> dict[tuple[str, str], str]:
    """Every formula of a workbook by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in openpyxl.load_workbook(file)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(file: Path) -> Workbook:
    """A workbook with the values that stand in the file."""
    return openpyxl.load_workbook(file, data_only=True)


def recalculated(files: Iterable[Path], folder: Path) -> dict[str, Path]:
    """Workbooks opened in LibreOffice, every formula computed anew, and saved, by file name."""
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_ALWAYS_RECALCULATE)
    names = [str(file) for file in files]
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *names),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {file.name: file for file in folder.glob("*.xlsx")}


def parts(file: Path) -> dict[str, str]:
    """The XML files inside a workbook."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def with_part(file: Path, target: Path, name: str, content: str) -> Path:
    """A copy of a workbook in which one XML file is another."""
    with zipfile.ZipFile(target, "w") as archive:
        for part, text in parts(file).items():
            archive.writestr(part, content if part == name else text)
    return target
