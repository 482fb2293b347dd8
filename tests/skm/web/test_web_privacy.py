"""Fewer than five people tell officers nothing: neither by a page nor by a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from answering import delivery, response
from disclosed import computable
from flask import Flask
from flask.testing import FlaskClient
from visiting import NAMES, PLACES, add_officers, officer

from skm import instance
from skm.disclosure import SMALLEST_SHOWN
from skm.period import Period
from skm.responses import Response
from skm.store import open_store
from skm.store.comment_handling import received_comments
from skm.web import access
from skm.web.app import create_app
from skm.web.officer_pages.comments import handle_of
from skm.web.officer_pages.downloads import KINDS
from skm.web.site import Site, site_of

MONTH = Period.parse("2026-10")
PERIODS = ("2026-10", "2026")
GOOD, BAD = 4, 1
WORDS = {GOOD: "Pelayanan bagus sekali", BAD: "Antrean lama sekali"}


@dataclass(frozen=True)
class Seen:
    """What an address answered, without what differs at every look."""

    status: int
    body: bytes


def people(site: Site, level: int, count: int) -> list[Response]:
    """People who are alike but for what they think, who they are, and how they answered."""
    who = {"usia": "17_25" if level == GOOD else "46_55"}
    flags = ("seragam", "terlalu_cepat") if level == GOOD else ("beruntun",)
    said: dict[str, object] = {"service": "kk", "profile": who, "flags": flags}
    first = response(site.form, level, comment=WORDS[level], **said)
    return [first, *(response(site.form, level, **said) for _ in range(count - 1))]


def arrive(site: Site, made: Sequence[Response], days_ago: int) -> None:
    day = site.now().date() - timedelta(days=days_ago)
    site.intake.receive_many(site.form, [delivery(each, received=day) for each in made])


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[dict[int, Flask]]:
    """Two offices that differ in nothing but in what their people think."""
    made = {}
    for level in (GOOD, BAD):
        office = instance.init(tmp_path / f"kantor-{level}")
        made[level] = create_app(office, store=open_store(office))
        add_officers(site_of(made[level]).store)
    yield made
    for app in made.values():
        site_of(app).store.close()


def addresses_of(
    app: Flask, made: Sequence[Response], kinds: Sequence[str] = tuple(KINDS)
) -> Iterator[str]:
    """Every page and file of officers, with all that an officer could know to ask for."""
    site = site_of(app)
    with app.app_context():
        today = site.now().date() + timedelta(days=400)  # their handles, as if all were released
        found = received_comments(site.store, site.form, MONTH, today)
        handles = [handle_of(each) for each in found]
    places = {"<response_id>": [made[0].id], "<comment>": handles or ["0" * 32]}
    for rule in app.url_map.iter_rules():
        if access.ROWS[rule.rule] not in access.ADMITTED or "GET" not in (rule.methods or ()):
            continue
        wanted: dict[str, Sequence[str]] = {
            **{place: [value] for place, value in PLACES.items()},
            **places,
            "<period>": PERIODS,
            "<kind>": kinds,
            "<width>": ("lebar", "sempit"),
        }
        inside = [place for place in wanted if place in rule.rule]
        for values in product(*(wanted[place] for place in inside)):
            path = rule.rule
            for place, value in zip(inside, values, strict=True):
                path = path.replace(place, value)
            assert "<" not in path, path
            yield path
            if not inside:
                yield from (f"{path}?periode={period}" for period in PERIODS)


def seen_by(client: FlaskClient, path: str) -> Seen:
    reply = client.get(path)
    body = re.sub(rb"[0-9a-f]{12,}", b"#", reply.data)  # tokens, versions
    return Seen(reply.status_code, re.sub(rb"kantor-\d", b"kantor", body))


@pytest.mark.parametrize("count", [1, SMALLEST_SHOWN - 1])
def test_what_fewer_than_five_people_said_changes_nothing_that_any_officer_can_see(
    offices: Mapping[int, Flask], count: int
) -> None:
    made = {level: people(site_of(app), level, count) for level, app in offices.items()}
    for level, app in offices.items():
        arrive(site_of(app), made[level], days_ago=3)
    paths = {level: list(addresses_of(app, made[level])) for level, app in offices.items()}
    assert len(paths[GOOD]) == len(paths[BAD]) > 50
    for role in NAMES:
        clients = {level: officer(app, role) for level, app in offices.items()}
        for good, bad in zip(paths[GOOD], paths[BAD], strict=True):
            seen = seen_by(clients[GOOD], good)
            assert seen == seen_by(clients[BAD], bad), (role, good)
            assert WORDS[GOOD].encode() not in seen.body
            assert made[GOOD][0].id[:8].encode() not in seen.body
            assert seen.status != 500


def test_with_a_fifth_the_same_addresses_tell_officers_what_they_may_know(
    offices: Mapping[int, Flask],
) -> None:
    app = offices[GOOD]
    made = people(site_of(app), GOOD, 5)
    arrive(site_of(app), made, days_ago=3)
    told = {}
    for role in NAMES:
        client = officer(app, role)
        paths = addresses_of(app, made, ("xlsx", "csv", "json"))
        bodies = [seen_by(client, path).body for path in paths]
        told[role] = b"".join(bodies)
        assert WORDS[GOOD].encode() in told[role], role
        assert b"100,00" in told[role], role
    assert made[0].id[:8].encode() in told["admin"]


def test_what_came_today_is_no_page_although_there_are_many(offices: Mapping[int, Flask]) -> None:
    app = offices[BAD]
    made = people(site_of(app), BAD, 9)
    arrive(site_of(app), made, days_ago=0)
    for role in NAMES:
        client = officer(app, role)
        for path in addresses_of(app, made, ["csv"]):
            body = client.get(path).data
            assert WORDS[BAD].encode() not in body, (role, path)
            assert made[0].id[:8].encode() not in body, (role, path)


def test_no_service_of_fewer_than_five_is_computed_back_from_what_a_file_shows(
    offices: Mapping[int, Flask],
) -> None:
    app = offices[GOOD]
    site = site_of(app)
    client = officer(app, "perencana")
    services = [service.code for service in site.instance.office.services[:3]]
    months = iter(Period(year, month, 1) for year in range(1990, 2026) for month in range(1, 13))
    for counts in combinations_with_replacement((0, 1, 4, 5, 9), 3):
        month = next(months)
        sizes = dict(zip(services, counts, strict=True))
        made = [
            replace(response(site.form, 3), day=month.first_day, service=code)
            for code, n in sizes.items()
            for _ in range(n)
        ]
        arrive(site, made, days_ago=2)
        reply = client.get(f"/petugas/ekspor/{month}/json")
        if sum(counts) < SMALLEST_SHOWN:
            assert reply.status_code == 422, counts
            continue
        document = reply.get_json()
        shown = {
            group["name"]: group["n"]
            for group in document["groups"]
            if group["n"] is not None and not group["hidden"]
        }
        assert document["respondents"] == sum(counts)
        assert all(shown[name] == sizes[name] for name in shown if name in sizes)
        for known in computable(sizes, set(shown) & set(sizes)):
            together = sum(sizes[name] for name in known)
            assert together == 0 or together >= SMALLEST_SHOWN, (sizes, shown, known)
