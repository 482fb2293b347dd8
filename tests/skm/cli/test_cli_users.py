"""``skm user``, the first start, and the demo's ready account, as they are typed."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT, skm
from serving import running

from skm.instance import Instance, open_instance
from skm.store import officers, open_store, tablets

PASSWORD = "sapi makan rumput"
COMMAND = [sys.executable, "-c", "from skm.cli import main; main()"]


def user(office: Instance, *words: str, typed: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "user", *words, "--instance", str(office.root)],
        cwd=ROOT,
        input=f"{typed}\n",
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_users_are_added_listed_and_removed(office: Instance) -> None:
    added = user(office, "add", "Kepala", "--role", "admin", "--password-stdin")
    assert added.stdout == "Pengguna «kepala» ditambahkan sebagai admin.\n"
    assert user(office, "add", "loket", "--password-stdin").returncode == 0
    listed = user(office, "list").stdout.split()
    assert listed[:2] == ["kepala", "admin"]
    assert "petugas" in listed
    assert user(office, "remove", "loket").returncode == 0
    assert "dihapus" in user(office, "list").stdout
    last = user(office, "remove", "kepala")
    assert (last.returncode, "Admin terakhir" in last.stderr) == (2, True)


def test_a_password_is_changed_and_never_stands_on_the_command_line(office: Instance) -> None:
    user(office, "add", "kepala", "--role", "admin", "--password-stdin")
    changed = user(office, "password", "kepala", "--password-stdin", typed="kerbau di sawah")
    assert changed.returncode == 0
    with open_store(office) as store:
        assert officers.log_in(store, "kepala", "kerbau di sawah") is not None
    assert skm("user", "add", "lain", PASSWORD, "--instance", office.root).status == 2
    short = user(office, "password", "kepala", "--password-stdin", typed="gajah")
    assert (short.returncode, "gajah" in short.stderr) == (2, False)


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal to type into")
@pytest.mark.parametrize(
    ("second", "status"), [(PASSWORD, 0), ("sapi makan jerami", 2)], ids=["same", "different"]
)
def test_a_password_is_asked_twice_and_not_shown(
    office: Instance, second: str, status: int
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "user", "add", "kepala", "--role", "admin", "--instance", str(office.root)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        start_new_session=True,
    ) as asking:
        os.close(theirs)
        shown = ""
        for prompt, typed in (("Kata sandi: ", PASSWORD), ("Ulangi kata sandi: ", second)):
            while prompt not in shown:
                shown += os.read(ours, 1000).decode()
            os.write(ours, f"{typed}\n".encode())
        assert asking.wait(30) == status
        shown += os.read(ours, 10_000).decode()
    os.close(ours)
    assert PASSWORD not in shown
    assert ("ditambahkan sebagai admin" in shown) == (status == 0)


def printed(office: Instance, *options: str) -> list[str]:
    """What ``skm serve`` prints before it waits."""
    with running(office, *options) as server:
        assert server.process.stdout is not None
        lines = []
        while "Hentikan" not in (line := server.process.stdout.readline()):
            assert line, "the server ended"
            lines.append(line.rstrip())
        return lines


def test_a_new_office_is_told_a_link_for_its_first_admin(office: Instance) -> None:
    *_, link = printed(office)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/petugas/mulai/[\w-]{22}", link)
    with open_store(office) as store:
        officers.add(store, "kepala", officers.ADMIN, PASSWORD)
    (told,) = printed(office)
    assert re.fullmatch(r"Petugas masuk di http://127\.0\.0\.1:\d+/petugas", told)


def test_the_first_tablet_is_paired_from_the_terminal(office: Instance) -> None:
    with open_store(office) as store:
        officers.add(store, "kepala", officers.ADMIN, PASSWORD)
    lines = printed(office, "--lan")
    drawn = [line for line in lines if set(line) <= set("█▀▄ ") and line]
    if any("Pindai dengan tablet" in line for line in lines):  # there is a network
        assert len(drawn) >= 20
        assert len({len(line) for line in drawn}) == 1
    with open_store(office) as store:
        tablets.add(store, "Loket 2")
    assert not any("Pindai" in line for line in printed(office, "--lan"))


def test_the_demo_has_a_ready_account_with_a_new_password_each_time(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    said = [skm("demo", demo, "--no-serve", "--until", "2026-10").out for _ in range(2)]
    passwords = [re.findall(r"nama «demo», kata sandi «([a-z-]{19})»", text) for text in said]
    assert passwords[0] != passwords[1]
    with open_store(open_instance(demo)) as store:
        assert officers.log_in(store, "demo", passwords[0][0]) is None
        account = officers.log_in(store, "demo", passwords[1][0])
    assert account is not None
    assert account.role == "admin"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps permissions otherwise")
def test_what_is_secret_is_for_the_owner_of_the_folder_alone(office: Instance) -> None:
    printed(office)
    assert office.secret_key.stat().st_mode & 0o077 == 0
