"""The officers' menu: links under headings, each for those who may follow it."""

from __future__ import annotations

import pytest

from skm.web import access
from skm.web.navigation import LINKS, Group, Link, links_for, menu

EVERYBODY = Link("/petugas/a", "A", "", Group.HASIL)
PLUGIN = Link("/petugas/b", "B", "", Group.HASIL)
FIRST = Link("/petugas", "Beranda", "", None)
ADMINS = Link("/petugas/c", "C", "", Group.KANTOR)
ROWS = {
    FIRST.address: access.OFFICER,
    EVERYBODY.address: access.OFFICER,
    PLUGIN.address: access.PERENCANA,
    ADMINS.address: access.ADMIN,
}


def test_every_link_leads_to_an_address_that_only_officers_reach() -> None:
    assert {access.ROWS[link.address] for link in LINKS} <= set(access.ADMITTED)
    assert len({link.address for link in LINKS}) == len({link.label for link in LINKS})


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("admin", ((None, "Beranda"), ("Hasil", "A B"), ("Kantor", "C"))),
        ("perencana", ((None, "Beranda"), ("Hasil", "A B"))),
        ("petugas", ((None, "Beranda"), ("Hasil", "A"))),
        (None, ()),
    ],
)
def test_links_stand_under_their_headings_and_no_heading_stands_empty(
    role: str | None, seen: tuple[tuple[str | None, str], ...]
) -> None:
    links = links_for(role, [EVERYBODY, ADMINS, FIRST, PLUGIN], ROWS)
    found = tuple(
        (heading and heading.value, " ".join(link.label for link in under))
        for heading, under in menu(links)
    )
    assert found == seen
