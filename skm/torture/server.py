"""The server of the office under test: a process that can be killed and comes back."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from skm.errors import SkmError, refuse
from skm.instance import Instance

Command = Callable[[Instance, int], Sequence[str]]
"""How a server of an office is started on a port; port 0 takes any."""

_ENTRY = "from skm.cli import main; main()"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
_ROOM = 64 * 1024


def usual_command(office: Instance, port: int) -> Sequence[str]:
    """``skm serve``, as an office starts it."""
    options = ("--instance", str(office.root), "--port", str(port))
    return (sys.executable, "-c", _ENTRY, "serve", *options)


class OfficeServer:
    """A server that is started again whenever it dies.

    Args:
        at_death: called after every death, before the next start.
        log: what it says on its standard error.

    Attributes:
        starts: how often it was started.
        failure: why it could not be started again; None as long as it could.

    Raises:
        SkmError: it does not start.
    """

    def __init__(
        self,
        office: Instance,
        command: Command,
        at_death: Callable[[], object],
        log: Path,
    ) -> None:
        self.starts = 0
        self.failure: SkmError | None = None
        self._office = office
        self._command = command
        self._at_death = at_death
        self._log = log
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self.port = 0
        self._process = self._started()
        threading.Thread(target=self._watch, daemon=True).start()

    def kill(self) -> None:
        """End it at once, without a last word."""
        self._process.kill()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """No server inside the block."""
        with self._lock:
            self._buried()
            try:
                yield
            finally:
                self._process = self._started()

    @contextmanager
    def full_disk(self, chance: random.Random) -> Iterator[bool]:
        """Let the server's files grow no more inside the block; False where that cannot be."""
        limit = self._largest_file() + chance.choice((-_ROOM, 0, _ROOM))
        possible = _limit_files(self._process.pid, max(0, limit))
        try:
            yield possible
        finally:
            if possible:
                _limit_files(self._process.pid, None)

    def close(self) -> None:
        """Kill it for good."""
        self._closing.set()
        with self._lock:
            self._buried()

    def _largest_file(self) -> int:
        names = (self._office.database, Path(f"{self._office.database}-wal"))
        return max((file.stat().st_size for file in names if file.exists()), default=0)

    def _started(self) -> subprocess.Popen[str]:
        with self._log.open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                self._command(self._office, self.port),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        assert process.stdout is not None
        for line in process.stdout:
            if address := _ADDRESS.search(line):
                self.port = int(address[1])
                self.starts += 1
                return process
        process.kill()
        raise refuse("Peladen uji tidak dapat dijalankan", file=self._log)

    def _buried(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._at_death()

    def _watch(self) -> None:
        while not self._closing.is_set():
            process = self._process
            process.wait()
            with self._lock:
                if process is self._process and not self._closing.is_set():
                    self._buried()
                    try:
                        self._process = self._started()
                    except SkmError as error:
                        self.failure = error
                        return


if sys.platform == "linux":
    import resource

    def _limit_files(process: int, size: int | None) -> bool:
        with suppress(ProcessLookupError):  # it was killed meanwhile, and its limit with it
            _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
            wanted = hard if size is None else size
            resource.prlimit(process, resource.RLIMIT_FSIZE, (wanted, hard))
        return True

else:

    def _limit_files(process: int, size: int | None) -> bool:
        return False
