"""The pages of plans and reports show what the commands print, and never break over a plan."""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html import unescape

import pytest
from closed_offices import closed_period, people_of, receive
from commands import lkip
from complete_plan import complete_plan
from flask import Flask
from flask.testing import FlaskClient
from visiting import add_officers, csrf_of, officer, post
from werkzeug.test import TestResponse

from lkip.carry_forward import carried_forward
from lkip.plugin import access
from skm import instance
from skm.instance import Instance
from skm.plugins import installed_plugins
from skm.store import Store, open_store
from skm.web.app import create_app
from skm.web.security import is_officers

YEAR = "/petugas/lkip/2020"
TABLE = (
    'source = "table"\nyear = 2026\nfile = "skm/2020.csv"\nrows = "printed"\n'
    'reason = "Sebaran dua unsur tidak tercetak"'
)
BROKEN = {
    "no TOML": b"[[bukan",
    "empty": b"",
    "not UTF-8": b"\xff\xfe\x00",
    "brackets without end": b"a = " + b"[" * 5_000,
    "another year": b"year = 2019\n",
    "wrong kinds": b'year = "x"\nsasaran = 3\nindicator = [1, {}]\nnarrative = []\n',
}


def shown(reply: TestResponse) -> str:
    """The words of a page, one space between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reply.text)).split())


def edit(office: Instance, old: str, new: str) -> None:
    """Change the plan of 2020."""
    plan = office.plan(2020)
    text = plan.read_text(encoding="utf-8")
    assert old in text, old
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_pages_are_for_perencana_and_admin_alone(app: Flask, planner: FlaskClient) -> None:
    clients = {role: officer(app, role) for role in ("petugas", "admin")}
    for rule in access:
        assert is_officers(rule)
        path = rule.replace("<int:year>", "2020").replace("<kind>", "html")
        for method in ("GET", "POST"):
            sent = {"csrf_token": csrf_of(clients["petugas"])}
            refused = clients["petugas"].open(path, method=method, data=sent)
            assert refused.status_code in (403, 405), (method, path)
            assert app.test_client().open(path, method=method).status_code in (302, 401, 405)
        assert planner.get(path).status_code in (200, 404, 405), path
        assert clients["admin"].get(path).status_code in (200, 404, 405), path
    assert ">LKIP</a>" in planner.get("/petugas/lkip").text
    assert ">LKIP</a>" not in clients["petugas"].get("/petugas").text


def test_a_report_is_built_by_a_button_and_the_page_has_the_figures_of_its_register(
    office: Instance, planner: FlaskClient
) -> None:
    assert "Laporan belum disusun" in planner.get(YEAR).text
    reply = post(planner, f"{YEAR}/susun")
    assert (reply.status_code, reply.location) == (303, YEAR)
    page = shown(planner.get(YEAR))
    assert "Laporan Kinerja 2020 selesai disusun." in page
    register = json.loads(planner.get(f"{YEAR}/laporan/register").data)
    wanted = [
        entry["text"].removeprefix("Rp")
        for entry in register
        if re.match(
            r"dihitung: capaian \w+:|rencana: indikator \w+, target tabel_3_1 2020"
            r"|indikator \w+, realisasi 2020|rencana: indikator \w+, realisasi 2020"
            r"|dihitung: (serapan|jumlah) seluruh|dihitung: Belanja Langsung, (real|serapan)",
            entry["source"],
        )
    ]
    assert {"81,72 %", "69,46", "85", "90,78 %", "94,65 %", "378.590.950,00"} <= set(wanted)
    assert [text for text in wanted if text not in page] == []
    assert "69,46 tabel skm/2020.csv mutu B pada Skala 2004" in page
    assert "target B belum tercapai pada Skala 2017" in page
    assert "69,46 (tabel skm/2020.csv)" in shown(planner.get("/petugas/lkip"))
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = planner.get(f"{YEAR}/laporan/{kind}")
        assert file.data.startswith(start)
        assert file.headers["Content-Disposition"].endswith(f"laporan-kinerja-2020.{kind}")
        assert file.data == (office.reports(2020) / f"laporan-kinerja-2020.{kind}").read_bytes()
    assert "rencana berubah sesudahnya" not in page
    later = office.plan(2020).stat().st_mtime + 3600
    os.utime(office.plan(2020), (later, later))
    assert "rencana berubah sesudahnya; susun lagi" in shown(planner.get(YEAR))


def test_the_report_is_read_in_the_browser_with_its_own_style_and_no_rights(
    office: Instance, planner: FlaskClient
) -> None:
    office.reports(2020).mkdir(parents=True)
    style = b"p { color: red }"
    page = b"<html><style>" + style + b"</style><script>alert(1)</script><p>Laporan</p></html>"
    (office.reports(2020) / "laporan-kinerja-2020.html").write_bytes(page)
    reply = planner.get(f"{YEAR}/laporan/html")
    (policy,) = reply.headers.getlist("Content-Security-Policy")
    digest = sha256(style).digest()
    assert f"style-src 'sha256-{b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert policy.endswith("; sandbox")
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_two_officers_who_build_at_once_both_get_the_whole_report(
    app: Flask, office: Instance
) -> None:
    clients = [officer(app, role) for role in ("perencana", "admin")]
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda client: post(client, f"{YEAR}/susun"), clients))
    assert [reply.status_code for reply in replies] == [303, 303]
    assert len(list(office.reports(2020).iterdir())) == 4


def test_the_findings_are_those_of_the_command(office: Instance, planner: FlaskClient) -> None:
    found = lkip("check", 2020, "--json", "--instance", office.root).document["findings"]
    page = shown(planner.get(YEAR))
    assert len(found) > 20
    for finding in found:
        assert " ".join(finding["message"].split()) in page
        for key in ("found", "expected", "suggestion"):
            assert " ".join((finding[key] or "").split()) in page
    warnings = sum(finding["severity"] == "warning" for finding in found)
    assert f"0 kesalahan, {warnings} perhatian" in shown(planner.get("/petugas/lkip"))


def test_the_reviewer_s_sheet_is_saved(planner: FlaskClient) -> None:
    for kind, start in (("html", b"<!DOCTYPE html>"), ("docx", b"PK")):
        reply = planner.get(f"{YEAR}/tinjauan/{kind}")
        assert reply.data.startswith(start)
        assert reply.headers["Content-Disposition"] == f"attachment; filename=tinjauan-2020.{kind}"


def test_what_is_not_filled_in_and_what_has_no_result_are_told_apart(
    office: Instance, planner: FlaskClient
) -> None:
    text = complete_plan().replace("realised = 900\n", "")
    office.plan(2026).write_text(text, encoding="utf-8")
    page = shown(planner.get("/petugas/lkip/2026"))
    assert "Yang masih harus diisi" in page
    assert "belum diisi realisasi anggaran belum lengkap" in page
    assert "tidak dapat dihitung target berupa mutu atau predikat (B)" in page
    assert " 0,00 %" not in page
    button = '<button class="go" type="submit" disabled'
    assert button in planner.get("/petugas/lkip/2026").text
    assert post(planner, "/petugas/lkip/2026/susun").status_code == 422
    assert not office.reports(2026).exists()


def test_a_broken_plan_is_told_and_breaks_no_page(office: Instance, planner: FlaskClient) -> None:
    for kind, content in BROKEN.items():
        office.plan(2020).write_bytes(content)
        years, year = planner.get("/petugas/lkip"), planner.get(YEAR)
        assert (years.status_code, year.status_code) == (200, 200), kind
        assert "rencana belum dapat dipakai" in years.text, kind
        assert "Yang harus dibereskan dulu" in year.text, kind
        refused = post(planner, f"{YEAR}/susun")
        assert refused.status_code == 422, kind
        assert 'role="alert"' in refused.text, kind
        assert planner.get(f"{YEAR}/tinjauan/html").status_code == 404, kind
        assert post(planner, "/petugas/lkip/2021/rencana").status_code == 422, kind
    assert [file.name for file in office.plan(2020).parent.iterdir()] == ["2020.toml"]


def test_a_fault_is_shown_with_its_line_and_without_folders_of_the_computer(
    office: Instance, planner: FlaskClient
) -> None:
    edit(office, "year = 2020, value = 85, measured", "year = 2020, value = 0, measured")
    lines = office.plan(2020).read_text(encoding="utf-8").splitlines()
    (number,) = [at for at, line in enumerate(lines, start=1) if "value = 0, measured" in line]
    page = planner.get(YEAR).text
    assert f'<td data-name="lkip/2020.toml, baris">{number}</td>' in page
    refused = post(planner, f"{YEAR}/susun")
    complaint = re.search(r'role="alert">(.*?)</p>', refused.text)
    assert complaint is not None
    assert "lkip/2020.toml" in complaint[1]
    assert str(office.root) not in complaint[1]


def test_simulated_answers_are_refused(
    office: Instance, store: Store, planner: FlaskClient
) -> None:
    receive(store, office.questionnaire(), people_of(office, "2026-10", simulated=True))
    closed_period(store, office, "2026")
    office.plan(2026).write_text(
        complete_plan().replace(TABLE, 'source = "closing"\nyear = 2026\nperiod = "2026"'),
        encoding="utf-8",
    )
    assert "berisi DATA SIMULASI, dan laporan kinerja menolaknya" in shown(
        planner.get("/petugas/lkip/2026")
    )
    refused = post(planner, "/petugas/lkip/2026/susun")
    assert refused.status_code == 422
    assert "DATA SIMULASI" in refused.text
    assert not office.reports(2026).exists()


def test_a_new_plan_says_what_is_to_be_filled_in_and_where(
    office: Instance, planner: FlaskClient
) -> None:
    told = carried_forward(office.plan(2020).read_text(encoding="utf-8"), 2021).to_fill
    reply = post(planner, "/petugas/lkip/2021/rencana")
    assert (reply.status_code, reply.location) == (303, "/petugas/lkip/2021")
    made = office.plan(2021).read_text(encoding="utf-8")
    page = shown(planner.get("/petugas/lkip/2021"))
    assert [line for line in told if " ".join(line.split()) not in page] == []
    assert "Rencana 2021 dibuat dari rencana 2020" in page
    again = post(planner, "/petugas/lkip/2021/rencana")
    assert again.status_code == 422
    assert "sudah ada dan tidak ditimpa" in again.text
    assert office.plan(2021).read_text(encoding="utf-8") == made
    assert post(planner, "/petugas/lkip/2023/rencana").status_code == 422


def test_a_year_that_cannot_be_meant_is_no_page(planner: FlaskClient) -> None:
    for year in ("0", "1989", "2101", "9" * 200):
        for path in ("", "/laporan/pdf", "/tinjauan/html", "/sunting"):
            assert planner.get(f"/petugas/lkip/{year}{path}").status_code == 404
        for path in ("/susun", "/rencana", "/sunting", "/sunting/terima"):
            assert post(planner, f"/petugas/lkip/{year}{path}").status_code == 404


def test_words_of_a_plan_are_shown_as_text(office: Instance, planner: FlaskClient) -> None:
    edit(office, 'name = "Meningkatnya Kualitas Pelayanan"', 'name = "<script>alert(1)</script>"')
    page = planner.get(YEAR).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_an_office_without_a_plan_is_told_how_to_begin(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    new = instance.init(tmp_path_factory.mktemp("baru") / "k", new=True)
    with open_store(new) as store:
        add_officers(store)
        client = officer(create_app(new, store=store, plugins=installed_plugins()), "perencana")
        page = client.get("/petugas/lkip")
        assert "Belum ada rencana" in page.text
        assert str(new.root / "lkip") in page.text
        (link,) = re.findall(r'href="([^"]+)" download', page.text)
        new.plan(2020).parent.mkdir()
        new.plan(2020).write_bytes(client.get(link).data)
        assert "Meningkatnya Kualitas Pelayanan" not in shown(client.get(YEAR))
        assert "skm/2020.csv" in shown(client.get(YEAR))
