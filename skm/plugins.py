"""What other packages add to ``skm``: found by the entry-point group ``skm.plugins``.

``skm`` never imports them; they register themselves in their package's metadata.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Protocol, cast

from skm.instance import Instance

GROUP = "skm.plugins"


class Plugin(Protocol):
    """A module that takes part in the demo.

    One that has pages also has ``register(app)`` and ``access``, which
    ``skm.web.app.create_app`` asks it for.
    """

    def demo(self, instance: Instance, say: Callable[[str], None]) -> None:
        """Make its part of the demo office, telling what it made."""


def installed_plugins() -> tuple[Plugin, ...]:
    """Every installed plugin, by name."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(cast(Plugin, point.load()) for point in found)
