"""The command line around an office's folder."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from commands import ROOT, skm

from skm.instance import open_instance
from skm.period import Period
from skm.store import open_store
from skm.store.closings import closed_periods
from skm.store.follow_up import all_follow_ups
from skm.store.publications import shown_closings
from skm.store.served import population

HEAVY = ("flask", "numpy", "sqlite_utils", "matplotlib", "importlib.metadata")


def loaded(*command: object) -> tuple[set[str], str]:
    """The modules that a command loads, and what it prints."""
    script = (
        f"import sys; sys.argv = {['skm', *map(str, command)]!r}\n"
        "from skm.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split()), done.stdout


def test_help_loads_nothing_heavy_and_reads_no_entry_points() -> None:
    modules, out = loaded("--help")
    assert modules.isdisjoint(HEAVY)
    assert "Pemakaian: " in out


def test_a_file_is_scored_without_database_pages_and_pictures() -> None:
    table = ROOT / "instance" / "skm" / "2020.csv"
    modules, out = loaded("score", table, "--rows", "printed")
    assert modules.isdisjoint({"sqlite_utils", "flask", "matplotlib", "PIL"})
    assert "69,46" in out


def test_every_command_explains_itself_in_indonesian() -> None:
    listed = skm("--help").out.split("Perintah:")[1]
    names = re.findall(r"^  (\S+)  ", listed, re.MULTILINE)
    assert {"demo", "init", "serve", "score", "import", "export"} <= set(names)
    for name in names:
        told = skm(name, "--help")
        assert told.status == 0
        assert "Usage" not in told.out
        assert "Tampilkan bantuan ini." in told.out


def test_forms_are_listed_and_shown() -> None:
    assert "kecamatan-14" in skm("forms").out
    assert "Apakah petugas sopan dan ramah?" in skm("forms", "kecamatan-14").out


def test_a_demo_is_made_once_and_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    made = skm("demo", demo, "--no-serve", "--until", "2026-10")
    assert made.status == 0, made.err
    again = skm("demo", demo, "--no-serve")
    assert "dipakai lagi" in again.out
    scored = skm("score", "--period", "2026-10", "--instance", demo, "--json").document
    assert scored["simulated"]
    assert scored["period"] == "2026-10"
    assert (demo / "reports" / "2020" / "laporan-kinerja-2020.pdf").is_file()
    year = skm("trend", "--instance", demo, "--until", "2026-10", "--json").document["trend"]
    assert [point["period"] for point in year] == [f"2025-{m}" for m in (11, 12)] + [
        f"2026-{m:02}" for m in range(1, 11)
    ]
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / "surat.txt").write_text("x")
    refused = skm("demo", tmp_path / "lain", "--no-serve")
    assert refused.status == 2
    assert "bukan demo" in refused.err


def test_the_demo_is_an_office_on_the_first_of_the_month(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    skm("demo", demo, "--no-serve", "--until", "2026-10")
    with open_store(open_instance(demo)) as store:
        months = [f"2025-{m}" for m in (11, 12)] + [f"2026-{m:02}" for m in range(1, 10)]
        ended = {*months, "2025-S2", "2026-S1"}
        assert {str(period) for period in closed_periods(store)} == ended
        assert {str(closing.period) for closing in shown_closings(store)} == ended
        assert all(closing.simulated for closing in shown_closings(store))
        assert (population(store, Period.parse("2026-10")) or 0) > 0
        planned = all_follow_ups(store)
        assert {str(line.period) for line in planned} == {"2026-S1", *months[-3:]}
        assert {str(line.period) for line in planned if line.done is None} == {months[-1]}


def test_two_periods_are_compared_element_by_element_as_printed(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    skm("demo", demo, "--no-serve", "--until", "2026-10")
    compared = skm("compare", "2026-09", "2026-10", "--instance", demo, "--json").document
    before = skm("score", "--period", "2026-09", "--instance", demo, "--json").document
    assert len(compared["changes"]) == 15
    first = compared["changes"][0]
    assert first["before"] == round(before["index"] + 1e-9, 2)
    assert abs(first["after"] - first["before"] - first["difference"]) < 1e-9


def test_an_import_adds_only_what_is_new(tmp_path: Path) -> None:
    office = tmp_path / "kantor"
    skm("init", office)
    file = tmp_path / "kertas.csv"
    head = "tanggal;" + ";".join(f"U{number}" for number in range(1, 15))
    rows = [f"0{day}/10/2026;" + ";".join("34343434343434"[:14]) for day in (1, 1, 2)]
    file.write_text("\n".join([head, *rows]))
    options = ("--instance", office, "--form", "kecamatan-14", "--json")
    assert skm("import", file, *options, "--dry-run").document["responses"] == 3
    assert skm("import", file, *options).document["stored"] == 3
    file.write_text("\n".join([head, *rows, "03/10/2026;" + ";".join("4" * 14)]))
    grown = skm("import", file, *options).document
    assert (grown["stored"], grown["known"]) == (1, 3)
    assert skm("score", "--period", "2026-10", *options[:2], "--json").document["respondents"] == 4
