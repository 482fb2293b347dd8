"""``lkip init``: a new year begins with the words of the last one and none of its figures."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from commands import lkip
from complete_plan import complete_plan
from reports import built

from lkip.carry_forward import carried_forward
from lkip.new_year import new_year
from lkip.plan import load_plan
from skm.errors import SkmError
from skm.instance import Instance


@pytest.fixture
def begun(office: Instance) -> dict[str, Any]:
    """The plan of 2021 as it is begun, read by the standard library."""
    return tomllib.loads(new_year(office, 2021).file.read_text(encoding="utf-8"))


def test_the_command_writes_the_plan_and_lists_what_is_to_be_filled(office: Instance) -> None:
    done = lkip("init", 2021, "--instance", office.root)
    assert done.status == 0
    first, _, *to_fill = done.out.splitlines()
    assert Path(first) == office.plan(2021)
    told = "\n".join(to_fill)
    for wanted in ("Perjanjian Kinerja 2021", "realisasi 2021: indikator skm", "anggaran",
                   "Rencana Kinerja 2022", "signing.date"):  # fmt: skip
        assert wanted in told


def test_a_plan_that_is_there_is_not_overwritten(office: Instance) -> None:
    office.plan(2021).write_text("milik kantor")
    done = lkip("init", 2021, "--instance", office.root)
    assert done.status == 2
    assert "sudah ada dan tidak ditimpa" in done.err
    assert office.plan(2021).read_text() == "milik kantor"


def test_an_office_without_a_plan_is_told_where_its_first_one_comes_from(office: Instance) -> None:
    office.plan(2020).unlink()
    with pytest.raises(SkmError, match=r"Unduh rencana contoh.*2026\.toml"):
        new_year(office, 2026)


def test_there_must_be_a_sound_plan_to_begin_from(office: Instance) -> None:
    with pytest.raises(SkmError, match="Rencana tahun 2024 belum ada"):
        new_year(office, 2025)
    office.plan(2020).write_text("year = 2020\n")
    with pytest.raises(SkmError, match="Kunci wajib belum diisi"):
        new_year(office, 2021)
    assert not office.plan(2021).exists()


def test_every_text_and_comment_goes_on(office: Instance, begun: dict[str, Any]) -> None:
    old = tomllib.loads(office.plan(2020).read_text(encoding="utf-8"))
    for key in ("tujuan", "class", "success", "rpjmd", "organisation", "issue", "obstacles"):
        if key != "tujuan":
            assert begun[key] == old[key]
    names = [programme["name"] for programme in begun["programme"]]
    assert names == [programme["name"] for programme in old["programme"]]
    text = office.plan(2021).read_text(encoding="utf-8")
    comments = re.findall(r"^# .{30,}", office.plan(2020).read_text(encoding="utf-8"), re.M)
    assert len(comments) > 20
    assert [comment for comment in comments if comment not in text] == []


def test_no_figure_of_the_old_year_is_left_in_the_budget(begun: dict[str, Any]) -> None:
    lines = [
        line
        for programme in begun["programme"]
        for activity in programme["activity"]
        for line in activity["line"]
    ]
    assert len(lines) == 21
    assert all(set(line) == {"name"} for line in lines)
    for programme in begun["programme"]:
        for activity in programme["activity"]:
            for part in (*activity["inputs"], *activity["outputs"]):
                assert not {"target", "realised"} & set(part)
    assert begun["budget"]["outside"] == [
        {"name": "Belanja Tidak Langsung", "group": "tidak_langsung"}
    ]
    assert "date" not in begun["signing"]


def test_the_targets_of_the_renstra_stay_and_are_measured_until_there_is_an_agreement(
    begun: dict[str, Any],
) -> None:
    for indicator in begun["indicator"]:
        renstra = {
            target["year"]: target
            for target in indicator["target"]
            if target["document"] == "renstra"
        }
        assert sorted(renstra) == [2016, 2017, 2018, 2019, 2020, 2021]
        assert [year for year, target in renstra.items() if target.get("measured")] == [2021]


def test_what_was_realised_becomes_history(begun: dict[str, Any]) -> None:
    skm = begun["indicator"][0]
    assert [found["year"] for found in skm["realisation"]] == [2019, 2020]
    measured = [t for t in skm["target"] if t.get("measured") and t["year"] == 2020]
    assert [target["value"] for target in measured] == [85]


def test_documents_of_a_year_are_begun_anew_and_the_old_ones_keep_their_figures(
    begun: dict[str, Any],
) -> None:
    documents = begun["documents"]
    assert documents["pk"] == {"title": "Perjanjian Kinerja Tahun 2021"}
    assert documents["pk_perubahan_2020"]["month"] == "2020-09"
    assert "pk_perubahan" not in documents
    assert documents["rkt"]["title"].endswith("Tahun 2022")
    assert [annex["kind"] for annex in begun["annex"]][:4] == ["renstra", "rkt", "pk", "iku"]


def test_only_what_is_to_be_filled_in_is_missing(office: Instance) -> None:
    new_year(office, 2021)
    with pytest.raises(SkmError) as refused:
        load_plan(office.plan(2021))
    faults = {(fault.message.partition(" pada «")[0], (fault.field or "").rpartition(".")[2])
              for fault in refused.value.faults}  # fmt: skip
    assert {message for message, _ in faults} == {"Kunci wajib belum diisi"}
    assert {key for _, key in faults} == {
        "initial", "revised", "target", "value", "budget", "date",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["build", "check"])
def test_every_key_to_be_filled_in_is_named_in_one_go_and_whose_it_is(
    office: Instance, command: str
) -> None:
    new_year(office, 2021)
    done = lkip(command, 2021, "--instance", office.root)
    assert done.status == 2
    lines = done.err.strip().splitlines()
    assert all("belum diisi" in line for line in lines)
    for wanted in (
        "budget.outside[1].initial: Kunci wajib belum diisi pada «Belanja Tidak Langsung»",
        "budget.outside[1].realised: Kunci wajib belum diisi pada «Belanja Tidak Langsung»",
        "line[6].initial: Kunci wajib belum diisi pada «Penyediaan ATK»",
        "line[6].revised: Kunci wajib belum diisi pada «Penyediaan ATK»",
        "line[6].realised: Kunci wajib belum diisi pada «Penyediaan ATK»",
        "indicator[1].realisation: Realisasi tahun 2021 belum diisi pada «Hasil Survei",
        "signing.date: Kunci wajib belum diisi",
    ):
        assert sum(wanted in line for line in lines) == 1, wanted
    assert not office.reports(2021).exists()


def filled(plan: tomlkit.TOMLDocument) -> str:
    """The plan of 2021 with all that was emptied filled in."""
    for programme in plan["programme"]:
        for activity in programme["activity"]:
            for line in activity["line"]:
                line.update({"initial": 1000, "revised": 1000, "realised": 900})
            for part in activity["inputs"]:
                part.update({} if part["unit"] == "rupiah" else {"target": 100})
    for programme in plan["rkt"]["programme"]:
        programme["target"] = 100
        for activity in programme["activity"]:
            activity["budget"] = 1000
            for target in activity["targets"]:
                target["value"] = 7
    budget: Any = plan["budget"]
    budget["outside"][0].update({"initial": 1000, "revised": 1000, "realised": 900})
    for kind in budget["kind"]:
        kind["revised"] = 1000
    plan["signing"]["date"] = date(2022, 1, 17)
    text = tomlkit.dumps(plan)
    history = "[[indicator.realisation]]\nyear = 2020\n"
    now = history.replace("2020", "2021") + 'source = "stated"\nvalue = 80\ndocument = "pk"\n\n'
    assert text.count(history) == 3
    return text.replace(history, now + history)


def test_a_plan_that_is_filled_in_gives_a_report_beside_last_year(
    office: Instance, tmp_path: Path
) -> None:
    file = new_year(office, 2021).file
    text = filled(tomlkit.parse(file.read_text(encoding="utf-8")))
    file.write_text(text, encoding="utf-8")
    words = " ".join(built(office, 2021, tmp_path).reading("html").words)
    assert "dari 69,46 pada tahun 2020 menjadi 80,00 pada tahun 2021" in words
    assert "Perjanjian Kinerja Tahun 2021" in words


def test_the_deeper_tree_and_targets_with_headers_are_carried_too() -> None:
    made = tomllib.loads(carried_forward(complete_plan(), 2027).text)
    (urusan,) = made["urusan"]
    (sub,) = urusan["programme"][0]["activity"][0]["sub_activity"]
    assert [set(line) for line in sub["line"][0]["line"]] == [{"name"}, {"name", "group"}]
    complaints = next(found for found in made["indicator"] if found["id"] == "aduan")
    assert complaints["quarter"] == [{"quarter": 1}]
    assert [found["year"] for found in complaints["realisation"]] == [2026, 2025]
