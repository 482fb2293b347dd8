"""``lkip`` as an officer types it: files where they are looked for, one line where it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import lkip
from reports import Files

from skm.instance import Instance

NAMES = {f"laporan-kinerja-2020.{kind}" for kind in ("docx", "pdf", "html")}


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_build_writes_the_report_and_its_register_into_the_office(office: Instance) -> None:
    done = lkip("build", 2020, "--instance", office.root)
    assert done.status == 0
    folder = office.root / "reports" / "2020"
    assert names(folder) == NAMES | {"register-2020.json"}
    assert {Path(line).name for line in done.out.splitlines()} == names(folder)
    assert "81,72" in Files(folder, 2020).reading("html").words


def test_build_tells_which_rows_of_the_survey_are_not_sure(office: Instance) -> None:
    done = lkip("build", 2020, "--instance", office.root, "--format", "html")
    told = [line for line in done.err.splitlines() if line.startswith("Perhatian: skm/2020.csv")]
    assert [int(line.split("baris ")[1].split(",")[0]) for line in told] == [1, 2, 6, 7, 8, 9, 13]


def test_formats_and_folder_are_chosen(office: Instance, tmp_path: Path) -> None:
    target = tmp_path / "hasil" / "baru"
    done = lkip("build", 2020, "--format", "PDF, html", "--out", target, "--instance", office.root)
    assert done.status == 0
    wanted = {"laporan-kinerja-2020.pdf", "laporan-kinerja-2020.html", "register-2020.json"}
    assert names(target) == wanted


def test_a_second_build_takes_the_place_of_the_first(office: Instance) -> None:
    folder = office.reports(2020)
    folder.mkdir(parents=True)
    (folder / "laporan-kinerja-2020.html").write_text("lama")
    (folder / "catatan.txt").write_text("milik kantor")
    lkip("build", 2020, "--instance", office.root)
    assert (folder / "laporan-kinerja-2020.html").read_text(encoding="utf-8") != "lama"
    assert names(folder) == NAMES | {"register-2020.json", "catatan.txt"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["build"], "TAHUN"),
        (["build", "dua"], "TAHUN"),
        (["build", "2020", "--format", "docx,odt"], "Pilihannya: docx, pdf, html"),
        (["build", "2020", "--formt", "pdf"], "Opsi --formt tidak dikenal"),
        (["bangun"], "Perintah «bangun» tidak dikenal"),
        (["build", "2020", "--instance", "tidak-ada"], "bukan folder kantor"),
    ],
)
def test_wrong_use_is_one_line_in_indonesian(arguments: list[str], complaint: str) -> None:
    done = lkip(*arguments)
    assert done.status == 2
    assert complaint in done.err
    assert len(done.err.splitlines()) == 1


def test_a_year_without_a_plan_names_the_years_there_are(office: Instance) -> None:
    done = lkip("build", 2026, "--instance", office.root)
    assert done.status == 2
    assert "Rencana tahun 2026 belum ada" in done.err
    assert "2020" in done.err


def test_a_plan_that_lacks_something_leaves_the_last_report_as_it_was(office: Instance) -> None:
    lkip("build", 2020, "--instance", office.root)
    before = {file.name: file.read_bytes() for file in office.reports(2020).iterdir()}
    plan = office.plan(2020)
    plan.write_text(plan.read_text(encoding="utf-8").replace('superior = "Bupati Jember"\n', ""))
    done = lkip("build", 2020, "--instance", office.root)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert "signing.superior" in done.err
    assert {file.name: file.read_bytes() for file in office.reports(2020).iterdir()} == before


def test_a_period_that_is_not_closed_is_told(office: Instance) -> None:
    plan = office.plan(2020)
    text = plan.read_text(encoding="utf-8")
    start = text.index('source = "table"')
    end = text.index("sumber =", start)
    plan.write_text(text[:start] + 'source = "closing"\nperiod = "2020"\n' + text[end:])
    done = lkip("build", 2020, "--instance", office.root)
    assert done.status == 2
    assert "Periode 2020 belum ditutup" in done.err
    assert not office.reports(2020).exists()


def test_a_target_that_is_a_file_is_told_and_nothing_is_left_beside_it(
    office: Instance, tmp_path: Path
) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    done = lkip("build", 2020, "--instance", office.root, "--out", tmp_path / "berkas")
    assert done.status == 2
    assert "Laporan tidak dapat ditulis" in done.err
    assert (tmp_path / "berkas").read_text() == "bukan folder"


def test_a_file_that_cannot_be_replaced_leaves_all_others_as_they_were(office: Instance) -> None:
    """A folder in the place of a file refuses, as on Windows a file does that stands open."""
    folder = office.reports(2020)
    (folder / "laporan-kinerja-2020.pdf").mkdir(parents=True)
    (folder / "laporan-kinerja-2020.docx").write_text("lama")
    done = lkip("build", 2020, "--instance", office.root)
    assert done.status == 2
    assert "laporan-kinerja-2020.pdf: Laporan tidak dapat ditulis" in done.err
    assert "Tutup laporan lama" in done.err
    assert (folder / "laporan-kinerja-2020.docx").read_text() == "lama"
    assert names(folder) == {"laporan-kinerja-2020.pdf", "laporan-kinerja-2020.docx"}


def test_help_is_indonesian_and_loads_nothing_heavy() -> None:
    done = lkip("--help")
    assert "Perintah:" in done.out
    assert "build" in done.out
    heavy = "flask", "numpy", "sqlite_utils", "matplotlib", "typst", "docx", "babel"
    script = (
        "import sys, json, lkip.cli\n"
        "from skm.cli.command import run\n"
        "sys.argv[1:] = ['--help']\n"
        "run(lkip.cli.lkip)\n"
        f"print('\\n' + json.dumps([m for m in {heavy} if m in sys.modules]))"
    )
    out = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ).stdout  # fmt: skip
    assert json.loads(out.splitlines()[-1]) == []


def test_the_demo_office_has_its_report(office: Instance) -> None:
    from lkip import plugin

    said: list[str] = []
    plugin.demo(office, said.append)
    assert names(office.reports(2020)) == NAMES | {"register-2020.json"}
    assert said == [f"Laporan Kinerja 2020 dibuat di {office.reports(2020)}."]
