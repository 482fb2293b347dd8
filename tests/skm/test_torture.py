"""The fault machine finds no loss here, and finds it in servers that are broken on purpose."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import broken_server
import pytest
from commands import skm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skm import torture
from skm.instance import Instance
from skm.torture import run_schedule
from skm.torture.proxy import Proxy, read_message
from skm.torture.schedule import Deed, Mishap, Schedule, random_schedule
from skm.torture.server import Command
from skm.torture.verdict import Verdict

SURVEYS = 300
FEW = 40
SLOW = {Mishap.SILENCE, Mishap.SERVER_KILLED}
"""Seconds each; where every second request meets one, a run takes minutes."""
REQUEST = b"POST /api/jawaban HTTP/1.1\r\nContent-Length: 4\r\n\r\nisi!"
REPLY = b"HTTP/1.1 201 CREATED\r\nContent-Length: 2\r\n\r\n{}"


def test_nothing_is_lost_doubled_changed_or_brought_back_by_all_that_can_go_wrong(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    steps: list[tuple[int, int]] = []
    verdict = torture.run(
        SURVEYS,
        seed=11,
        say=said.append,
        progress=lambda *step: steps.append(step),
        where=tmp_path,
    )
    assert verdict.passed, "\n".join(said)
    assert set(verdict.deeds) == set(Deed)
    assert set(verdict.mishaps) == set(Mishap)
    assert verdict.finished >= SURVEYS
    assert verdict.receipts == verdict.finished
    assert verdict.findings.stored + verdict.findings.deleted == verdict.finished
    assert verdict.findings.deleted > 0
    assert (said[0], said[-1].partition(":")[0]) == ("Benih acak: 11", "LULUS")
    assert steps[SURVEYS - 1] == (SURVEYS, SURVEYS)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(st.sampled_from(Deed), max_size=6),
    mishaps=st.lists(st.sampled_from(sorted(set(Mishap) - SLOW, key=str))).map(
        lambda chosen: [*chosen, Mishap.NONE]
    ),
    seed=st.integers(0, 999),
)
def test_no_order_of_trouble_loses_anything(
    tmp_path: Path, deeds: Sequence[Deed], mishaps: Sequence[Mishap], seed: int
) -> None:
    after = [(FEW * turn // (len(deeds) + 1), deed) for turn, deed in enumerate(deeds, 1)]
    verdict = run_schedule(Schedule(FEW, after, mishaps, seed), where=tmp_path)
    assert verdict.passed, "\n".join(verdict.lines())


def broken(fault: str) -> Command:
    """How a server with a fault is started."""

    def command(office: Instance, port: int) -> Sequence[str]:
        return (sys.executable, "-P", broken_server.__file__, fault, str(office.root), str(port))

    return command


def tortured(fault: str, deeds: Sequence[tuple[int, Deed]], where: Path) -> Verdict:
    mishaps = (Mishap.NONE, Mishap.TWICE, Mishap.NONE, Mishap.REPLY_LOST)
    schedule = Schedule(FEW, deeds, mishaps, seed=5, patience=3)
    return run_schedule(schedule, broken(fault), where=where)


@pytest.mark.parametrize(
    ("fault", "deeds", "finding"),
    [
        ("reply_before_commit", [(15, Deed.KILL_SERVER), (30, Deed.KILL_SERVER)], "broken"),
        ("store_copies", [], "doubled"),
        ("forget_deletions", [(30, Deed.DELETE), (35, Deed.RESTORE)], "returned"),
        ("store_other_answers", [], "altered"),
        ("drop_every_tenth", [], "lost_acknowledged"),
        ("drop_every_tenth", [], "missing"),
    ],
)
def test_a_server_that_is_broken_on_purpose_is_found_out(
    fault: str, deeds: Sequence[tuple[int, Deed]], finding: str, tmp_path: Path
) -> None:
    verdict = tortured(fault, deeds, tmp_path)
    assert getattr(verdict.findings, finding)
    assert not verdict.passed
    told = list(verdict.lines())
    assert told[-1].startswith("GAGAL")
    assert str(verdict.kept) in told[-1]
    assert (tmp_path / str(verdict.kept) / "kantor" / "skm.db").exists()


def test_skm_doctor_tortures_an_office_of_its_own_and_tells_the_numbers(office: Instance) -> None:
    before = sorted(office.root.iterdir())
    command = ("doctor", "--torture", "30", "--seed", "8", "--instance", office.root)
    told, counted = skm(*command), skm(*command, "--json")
    assert (told.status, counted.status) == (0, 0), told.out + told.err
    assert told.out.splitlines()[0] == "Benih acak: 8"
    assert told.out.splitlines()[-1].startswith("LULUS")
    numbers = counted.document
    assert numbers["passed"] is True
    assert numbers["stored"] + numbers["deleted"] == numbers["finished"] >= 30
    assert sorted(office.root.iterdir()) == before


def test_the_same_seed_makes_the_same_trouble() -> None:
    assert random_schedule(500, 3) == random_schedule(500, 3)
    assert random_schedule(500, 3) != random_schedule(500, 4)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server that takes any message and acknowledges it; its port and what it got."""
    got: list[bytes] = []

    def answer(server: socket.socket) -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                if message := read_message(line):
                    got.append(message)
                    line.sendall(REPLY)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server,), daemon=True).start()
        yield server.getsockname()[1], got


@pytest.mark.parametrize(
    ("mishap", "arrives", "comes_back"),
    [
        (Mishap.NONE, 1, REPLY),
        (Mishap.CUT_BEFORE, 0, None),
        (Mishap.CUT_BODY, 0, None),
        (Mishap.REPLY_LOST, 1, None),
        (Mishap.TWICE, 2, REPLY),
        (Mishap.DELAYED, 1, REPLY),
        (Mishap.SERVER_KILLED, 1, REPLY),
    ],
)
def test_the_proxy_does_to_a_request_what_its_mishap_says(
    listener: tuple[int, list[bytes]], mishap: Mishap, arrives: int, comes_back: bytes | None
) -> None:
    port, got = listener
    killed: list[bool] = []
    with closing(Proxy(port, [mishap], lambda: killed.append(True), seed=2)) as proxy:
        with socket.create_connection(proxy.address, timeout=5) as client:
            client.sendall(REQUEST)
            assert read_message(client) == comes_back
        assert [message for message in got if message == REQUEST] == [REQUEST] * arrives
        assert bool(killed) is (mishap is Mishap.SERVER_KILLED)
        assert proxy.befell == {mishap: 1}
        proxy.make_peace()
        with socket.create_connection(proxy.address, timeout=5) as client:
            client.sendall(REQUEST)
            assert read_message(client) == REPLY


def test_a_reply_is_torn_and_a_portal_answers_in_the_server_s_place(
    listener: tuple[int, list[bytes]],
) -> None:
    port, got = listener
    with closing(Proxy(port, [Mishap.REPLY_TORN, Mishap.PORTAL], lambda: None)) as proxy:
        replies = []
        for _ in range(2):
            with socket.create_connection(proxy.address, timeout=5) as client:
                client.sendall(REQUEST)
                replies.append(read_message(client) or b"")
    torn, portal = replies
    assert REPLY.startswith(torn)
    assert torn != REPLY
    assert portal.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302"))
    assert len(got) == 1
