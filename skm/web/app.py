"""The application: every page of an office in one place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import Flask

from skm.instance import Instance
from skm.store import Store, open_store
from skm.web import access, security
from skm.web.intake import door
from skm.web.pages import answer_errors
from skm.web.phone import phone
from skm.web.public import public
from skm.web.site import open_site


def create_app(
    instance: Instance,
    *,
    plugins: Sequence[object] = (),
    hosts: Collection[str] = (),
    store: Store | None = None,
) -> Flask:
    """The pages of an office.

    Args:
        plugins: may have ``register(app)``, which adds blueprints, and ``access``, a mapping
            from each address so added to the role that may reach it (see ``skm.web.access``).
        hosts: names the server is reached by, beside the office's own network.
        store: an open store to work with; without it the office's is opened.

    Raises:
        SkmError: the office, its form or its database has faults, or an address has no row.
    """
    site = open_site(instance, store or open_store(instance))
    app = Flask(__name__)
    app.secret_key = security.secret_key(instance.secret_key)
    app.extensions["skm"] = site
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    security.protect(app, hosts)
    answer_errors(app)
    for blueprint in (public, phone, door):
        app.register_blueprint(blueprint)
    rows: dict[str, str] = dict(access.ROWS)
    for plugin in plugins:
        if (register := getattr(plugin, "register", None)) is not None:
            register(app)
        rows |= getattr(plugin, "access", {})
    access.guard(app, rows)
    app.context_processor(lambda: {"office": site.instance.office, "version": site.version})
    return app
