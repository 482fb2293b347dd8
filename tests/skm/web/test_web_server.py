"""A real server process keeps what it acknowledged, whoever sends and however it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.request import urlopen

import pytest
from answering import message
from serving import Server, running

from skm.errors import SkmError
from skm.instance import Instance
from skm.store import open_store, tablets
from skm.store.rows import distribution
from skm.web.server import addresses, serve

IDS = 200
CONFLICTS = 10


def add_tablet(office: Instance) -> str:
    with open_store(office) as store:
        return tablets.add(store, "Loket 1")


def test_eight_senders_that_repeat_themselves_store_each_response_once(office: Instance) -> None:
    """200 responses four times each by 8 threads; ten of them a fifth time with other answers."""
    token = add_tablet(office)
    form = office.questionnaire()
    messages = [message(form, seq) for seq in range(1, IDS + 1)]
    others = [{**each, "helped": True} for each in messages[:CONFLICTS]]
    with running(office) as server, ThreadPoolExecutor(8) as threads:
        first = list(threads.map(lambda each: server.deliver(token, each), messages * 4))
        second = list(threads.map(lambda each: server.deliver(token, each), others))
        _, last = server.deliver(token, messages[-1])
    assert Counter(status for status, _ in first) == {201: IDS, 200: 3 * IDS}
    assert Counter(status for status, _ in second) == {409: CONFLICTS}
    assert (last["have"], last["missing"]) == (IDS, [])
    with open_store(office) as store:
        assert distribution(store, form).respondents == IDS
        assert distribution(store, form).row("prosedur") == (0, 0, IDS, 0)
        assert store.reader["receipt"].count == IDS
        assert store.reader["conflict"].count == CONFLICTS


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_sending(
    office: Instance,
) -> None:
    token = add_tablet(office)
    form = office.questionnaire()
    acknowledged = []

    def send(server: Server, seq: int) -> None:
        sent = message(form, seq)
        try:
            status, _ = server.deliver(token, sent)
        except (OSError, HTTPException):
            return
        if status == 201:
            acknowledged.append(sent["id"])
        if len(acknowledged) >= 50:
            server.process.send_signal(signal.SIGKILL)

    with running(office) as server, ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda seq: send(server, seq), range(1, 121)))
        server.process.wait(5)
    assert len(acknowledged) >= 50
    with open_store(office) as store:
        stored = {row["id"] for row in store.reader[form.table].rows}
        assert stored == {row["id"] for row in store.reader["receipt"].rows}
        assert set(acknowledged) <= stored
        assert store.reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_command_beside_the_server_writes_too(office: Instance) -> None:
    with running(office) as server:
        token = add_tablet(office)
        status, reply = server.deliver(token, message(office.questionnaire()))
        assert (status, reply["state"]) == (201, "stored")


def test_the_command_prints_the_token_alone_on_its_last_line(office: Instance) -> None:
    command = [sys.executable, "-c", "from skm.cli import main; main()", "tablet", "add", "Loket"]
    printed = subprocess.run(
        [*command, "--instance", str(office.root)], capture_output=True, text=True, check=True
    )
    token = printed.stdout.splitlines()[-1]
    with running(office) as server:
        assert server.deliver(token, message(office.questionnaire()))[0] == 201


def test_a_taken_port_is_told_with_the_option_to_change(office: Instance) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SkmError, match=rf"--port.*«{port}».*misalnya --port {port + 1}"):
            serve(office, port=port)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        pytest.param("192.0.2.1", 0, "--host: Alamat bukan milik komputer ini", id="elsewhere"),
        pytest.param("tidak.ada.invalid", 0, "--host: Alamat bukan", id="no such name"),
        pytest.param("127.0.0.1", 70_000, "--port: Port tidak ada", id="no such port"),
    ],
)
def test_a_place_that_cannot_be_listened_on_is_told(
    office: Instance, host: str, port: int, said: str
) -> None:
    with pytest.raises(SkmError, match=said):
        serve(office, host=host, port=port)


def test_the_addresses_to_type_are_told() -> None:
    assert addresses("127.0.0.1", 8000) == ["http://127.0.0.1:8000"]
    assert addresses("::1", 8000) == ["http://[::1]:8000"]
    everywhere = addresses("0.0.0.0", 8000)
    assert everywhere[0] == "http://127.0.0.1:8000"
    assert all(address.endswith(":8000") for address in everywhere)


def test_a_server_on_the_office_network_answers_there(office: Instance) -> None:
    with running(office, "--lan") as server:
        for address in {server.url, *addresses("0.0.0.0", int(server.url.rpartition(":")[2]))}:
            with urlopen(f"{address}/", timeout=10) as page:
                assert page.status == 200
                assert "waitress" not in str(page.headers).lower()
