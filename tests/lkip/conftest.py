"""The office's pages as a planning officer has them open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from visiting import add_officers, officer

from skm.instance import Instance
from skm.plugins import installed_plugins
from skm.store import Store, open_store
from skm.web.app import create_app


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        yield opened


@pytest.fixture
def app(office: Instance, store: Store) -> Flask:
    """All pages, with an officer of each role."""
    add_officers(store)
    return create_app(office, store=store, plugins=installed_plugins())


@pytest.fixture
def planner(app: Flask) -> FlaskClient:
    """The browser of the planning officer."""
    return officer(app, "perencana")
