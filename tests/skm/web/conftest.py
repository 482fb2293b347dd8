"""An office with its pages, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from offices import changed

from skm.form import Form
from skm.instance import Instance
from skm.store import Store, open_store, tablets
from skm.web.app import create_app


@pytest.fixture
def open_office(office: Instance) -> Instance:
    """The sample office with the survey for phones open."""
    return changed(office, "isi = false", "isi = true")


@pytest.fixture
def store(open_office: Instance) -> Iterator[Store]:
    with open_store(open_office) as opened:
        yield opened


@pytest.fixture
def app(open_office: Instance, store: Store) -> Flask:
    return create_app(open_office, store=store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def form(open_office: Instance) -> Form:
    return open_office.questionnaire()


@pytest.fixture
def token(store: Store) -> str:
    return tablets.add(store, "Loket 1")
