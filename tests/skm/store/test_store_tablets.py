"""A tablet is let in by a token that is shown once and can be revoked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from answering import TABLET

from skm.errors import SkmError
from skm.store import Store, tablets

NOW = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)


def test_a_token_lets_its_tablet_in_and_no_other(store: Store) -> None:
    token = tablets.add(store, "  Loket   1 ")
    found = tablets.find(store, token)
    assert found is not None
    assert found.name == "Loket 1"
    assert tablets.find(store, token[:-1]) is None
    assert tablets.find(store, "") is None


def test_the_token_itself_is_not_in_the_database(store: Store) -> None:
    token = tablets.add(store, "Loket 1")
    assert token not in str(list(store.reader["tablet"].rows))


def test_a_revoked_tablet_is_shut_out_and_its_name_is_free_again(store: Store) -> None:
    token = tablets.add(store, "Loket 1")
    with pytest.raises(SkmError, match="Nama tablet sudah dipakai"):
        tablets.add(store, "Loket 1")
    tablets.revoke(store, "Loket 1")
    assert tablets.find(store, token) is None
    with pytest.raises(SkmError, match="Tidak ada tablet terpasang"):
        tablets.revoke(store, "Loket 1")
    tablets.add(store, "Loket 1")
    assert [tablet.revoked is None for tablet in tablets.all_tablets(store)] == [True, False]


def test_a_code_pairs_one_tablet_once(store: Store) -> None:
    code = tablets.invite(store, "Loket 1", NOW)
    (waiting,) = tablets.all_tablets(store)
    assert not waiting.paired
    pairing = tablets.pair(store, code, None, NOW)
    assert pairing is not None
    found = tablets.find(store, pairing.token)
    assert found is not None
    assert (found.name, found.device) == ("Loket 1", pairing.device)
    assert tablets.pair(store, code, None, NOW) is None


def test_a_code_that_waited_too_long_pairs_nobody(store: Store) -> None:
    code = tablets.invite(store, "Loket 1", NOW)
    assert tablets.pair(store, code, None, NOW + timedelta(minutes=61)) is None
    again = tablets.invite(store, "Loket 1", NOW + timedelta(minutes=61))
    assert tablets.pair(store, again, None, NOW + timedelta(minutes=62)) is not None


def test_pairing_again_keeps_the_device_and_ends_the_old_token(store: Store) -> None:
    first = tablets.pair(store, tablets.invite(store, "Loket 1", NOW), TABLET, NOW)
    renamed = tablets.pair(store, tablets.invite(store, "Loket 2", NOW), TABLET, NOW)
    assert first is not None
    assert renamed is not None
    assert renamed.device == TABLET
    assert tablets.find(store, first.token) is None
    assert [tablet.name for tablet in tablets.all_tablets(store)] == ["Loket 2", "Loket 1"]


def test_the_day_of_the_last_contact_is_kept(store: Store) -> None:
    token = tablets.add(store, "Loket 1")
    tablet = tablets.find(store, token)
    assert tablet is not None
    tablets.note_contact(store, tablet, TABLET, date(2026, 10, 6))
    tablets.note_contact(store, tablet, "b" * 32, date(2026, 10, 7))
    (noted,) = tablets.all_tablets(store)
    assert (noted.last_seen, noted.device) == (date(2026, 10, 7), TABLET)
