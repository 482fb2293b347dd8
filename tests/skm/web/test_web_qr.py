"""The sheets with a QR code: a page to print, PDF files, or what is missing for them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from offices import changed
from visiting import add_officers, officer

from skm import qr
from skm.instance import Instance, Office
from skm.store import Store
from skm.store.remembered import ADDRESS, remember
from skm.web.app import create_app

LAN = "192.168.1.20:8000"


def words(text: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())


@pytest.fixture
def app(open_office: Instance, store: Store) -> Flask:
    add_officers(store)
    return create_app(open_office, store=store, lan=LAN)


def addresses(office: Office) -> list[str]:
    return [f"http://{LAN}/isi", *(f"http://{LAN}/isi/{each.code}" for each in office.services)]


def test_the_page_has_a_sheet_for_all_services_and_one_for_each(
    app: Flask, open_office: Instance
) -> None:
    page = officer(app, "petugas").get("/petugas/qr").text
    wanted = addresses(open_office.office)
    assert re.findall(r'aria-label="Kode QR menuju ([^"]+)"', page) == wanted
    for address in wanted:
        assert qr.svg(address, "q").decode() in page
        assert app.test_client().get(address).status_code == 200


def test_one_sheet_or_all_are_downloaded_as_pdf(app: Flask, open_office: Instance) -> None:
    client = officer(app, "petugas")
    page = client.get("/petugas/qr").text
    links = re.findall(r'href="(/petugas/qr/[^"]+\.pdf)"', page)
    assert len(links) == 2 + len(open_office.office.services)
    for link, name in ((links[0], "semua"), (links[1], "umum"), (links[-1], "lainnya")):
        reply = client.get(link)
        assert reply.data.startswith(b"%PDF")
        assert f"filename=qr-{name}.pdf" in reply.headers["Content-Disposition"]
    assert client.get("/petugas/qr/layanan/paspor.pdf").status_code == 404


def test_the_address_that_tablets_use_goes_before_the_present_one(
    app: Flask, store: Store
) -> None:
    remember(store, ADDRESS, "10.0.0.7:8000")
    assert "http://10.0.0.7:8000/isi/kk" in officer(app, "petugas").get("/petugas/qr").text


def test_where_nobody_can_reach_the_computer_no_code_is_shown(
    open_office: Instance, store: Store
) -> None:
    add_officers(store)
    client = officer(create_app(open_office, store=store), "petugas")
    page = client.get("/petugas/qr").text
    assert "skm serve --lan" in words(page)
    assert "<svg" not in page
    assert client.get("/petugas/qr/semua.pdf").status_code == 404
    cookie = client.get("/petugas/qr").request.headers["Cookie"]
    elsewhere = client.application.test_client(use_cookies=False)
    through_lan = elsewhere.get("/petugas/qr", headers={"Host": LAN, "Cookie": cookie}).text
    assert f"http://{LAN}/isi/kk" in through_lan


def test_while_the_survey_for_phones_is_closed_it_says_how_to_open_it(
    open_office: Instance, store: Store
) -> None:
    add_officers(store)
    shut = changed(open_office, "isi = true", "isi = false")
    client = officer(create_app(shut, store=store, lan=LAN), "petugas")
    page = client.get("/petugas/qr").text
    assert "Untuk membukanya tulis isi = true di office.toml" in words(page)
    assert "<svg" not in page
    assert client.get("/petugas/qr/umum.pdf").status_code == 404
