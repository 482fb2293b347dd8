"""A real database of a real office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skm.form import Form
from skm.instance import Instance
from skm.store import Store, open_store


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        yield opened


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()
