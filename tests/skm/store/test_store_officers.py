"""Accounts: slow hashes, one name once, and an office that is never left without an admin."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.errors import SkmError
from skm.store import Store, officers

PASSWORD = "sapi makan rumput"
OTHER = "kerbau di sawah"


@pytest.fixture
def admin(store: Store) -> officers.Officer:
    return officers.add(store, "kepala", officers.ADMIN, PASSWORD)


def test_name_and_password_open_an_account_and_nothing_else_does(
    store: Store, admin: officers.Officer
) -> None:
    assert officers.log_in(store, " Kepala ", PASSWORD) == admin
    for name, password in (("kepala", OTHER), ("kepala", ""), ("lain", PASSWORD), ("", "")):
        assert officers.log_in(store, name, password) is None


def test_the_password_is_kept_as_a_slow_hash_with_its_parameters(
    store: Store, admin: officers.Officer
) -> None:
    ((hashed,),) = store.reader.execute("SELECT password FROM officer").fetchall()
    assert hashed.startswith("scrypt:32768:8:3$")
    officers.add(store, "loket", officers.PETUGAS, PASSWORD)
    hashes = store.reader.execute("SELECT DISTINCT password FROM officer").fetchall()
    assert len(hashes) == 2  # each with a salt of its own
    assert PASSWORD.encode() not in Path(store.file).read_bytes()


@pytest.mark.parametrize(
    ("name", "role", "password", "said"),
    [
        pytest.param("k", "admin", PASSWORD, "Nama pengguna tidak dapat", id="short name"),
        pytest.param("<b>kepala", "admin", PASSWORD, "Nama pengguna tidak dapat", id="HTML"),
        pytest.param("loket", "camat", PASSWORD, "Peran tidak dikenal", id="no such role"),
        pytest.param("loket", "admin", "gajah", "terlalu pendek", id="short password"),
        pytest.param("loket", "admin", "x" * 201, "terlalu panjang", id="endless password"),
        pytest.param("loket", "admin", "aaaaaaaaaaaa", "mudah ditebak", id="one letter"),
        pytest.param("loket", "admin", "loketloket", "mudah ditebak", id="the name twice"),
        pytest.param("KEPALA", "admin", OTHER, "sudah dipakai", id="a name in use"),
    ],
)
def test_what_cannot_be_an_account_is_refused_without_repeating_the_password(
    store: Store, admin: officers.Officer, name: str, role: str, password: str, said: str
) -> None:
    with pytest.raises(SkmError, match=said) as refused:
        officers.add(store, name, role, password)
    assert password not in str(refused.value)
    assert officers.all_officers(store) == [admin]


def test_the_last_admin_cannot_be_removed(store: Store, admin: officers.Officer) -> None:
    officers.add(store, "loket", officers.PETUGAS, PASSWORD)
    with pytest.raises(SkmError, match="Admin terakhir"):
        officers.remove(store, "kepala")
    officers.add(store, "wakil", officers.ADMIN, OTHER)
    officers.remove(store, "kepala")
    assert officers.find(store, admin.number) is None
    with pytest.raises(SkmError, match="Admin terakhir"):
        officers.remove(store, "wakil")


def test_a_removed_account_opens_no_more_and_its_number_is_never_given_again(
    store: Store, admin: officers.Officer
) -> None:
    removed = officers.add(store, "loket", officers.PETUGAS, PASSWORD)
    officers.remove(store, "loket")
    assert officers.log_in(store, "loket", PASSWORD) is None
    again = officers.add(store, "loket", officers.PERENCANA, OTHER)
    assert again.number > removed.number
    assert [each.disabled is None for each in officers.all_officers(store)] == [True, True, False]
    with pytest.raises(SkmError, match=r"Tidak ada pengguna.*kepala / loket"):
        officers.remove(store, "tidak-ada")


def test_a_new_password_ends_the_old_one(store: Store, admin: officers.Officer) -> None:
    changed = officers.set_password(store, "kepala", OTHER)
    assert changed.version == admin.version + 1
    assert officers.log_in(store, "kepala", PASSWORD) is None
    assert officers.log_in(store, "kepala", OTHER) == changed
    with pytest.raises(SkmError, match="terlalu pendek"):
        officers.set_password(store, "kepala", "pendek")


def test_the_first_admin_is_made_once(store: Store) -> None:
    assert not officers.has_officers(store)
    assert officers.add_first(store, "kepala", PASSWORD).role == officers.ADMIN
    with pytest.raises(SkmError, match="sudah mempunyai pengguna"):
        officers.add_first(store, "lain", OTHER)
