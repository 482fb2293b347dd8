"""Files that are dear to make and asked for by anyone: made once, and kept for the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST = 64
"""Files that are kept; a poster or picture has some 100 KB."""


class KeptFiles:
    """Contents by what they are of; those asked for longest ago go first.

    Only one is made at a time, so that a crowd at the address of a poster does not keep the
    office's computer from taking answers.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._found: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The content of a key, made where it is not kept.

        >>> files = KeptFiles(most=1)
        >>> files.get("a", lambda: b"1"), files.get("a", lambda: b"2")
        (b'1', b'1')
        >>> files.get("b", lambda: b"3"), files.get("a", lambda: b"4")
        (b'3', b'4')
        """
        with self._lock:
            if key not in self._found:
                self._found[key] = make()
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
            return self._found[key]
