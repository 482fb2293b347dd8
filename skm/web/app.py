"""The application: every page of an office in one place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import Flask, g

from skm.instance import Instance
from skm.numerals import long_date, number
from skm.store import Store, open_store
from skm.web import access, security
from skm.web.contacts import clock_time
from skm.web.csrf import csrf_token
from skm.web.intake import door
from skm.web.kiosk import kiosk
from skm.web.log_in import log_in
from skm.web.navigation import LINKS, links_for, menu
from skm.web.officer import officer
from skm.web.officer_pages.changes import changes
from skm.web.officer_pages.closing_pages import closing_pages
from skm.web.officer_pages.comments import comments
from skm.web.officer_pages.destruction import destruction
from skm.web.officer_pages.evidence import evidence_pages
from skm.web.officer_pages.exports import exports
from skm.web.officer_pages.follow_up import follow_ups
from skm.web.officer_pages.form_pages import form_pages
from skm.web.officer_pages.paper import paper
from skm.web.officer_pages.publication_pages import publication_pages
from skm.web.officer_pages.qr_pages import qr_pages
from skm.web.officer_pages.served import served
from skm.web.officer_pages.single_responses import single_responses
from skm.web.officer_pages.tablet_pages import tablet_pages
from skm.web.officer_pages.users import users
from skm.web.pages import answer_errors
from skm.web.phone import phone
from skm.web.public import public
from skm.web.results import results
from skm.web.site import open_site

BLUEPRINTS = (
    public,
    results,
    closing_pages,
    publication_pages,
    phone,
    kiosk,
    door,
    log_in,
    officer,
    paper,
    exports,
    tablet_pages,
    users,
    follow_ups,
    evidence_pages,
    comments,
    single_responses,
    changes,
    destruction,
    served,
    form_pages,
    qr_pages,
)


def create_app(
    instance: Instance,
    *,
    plugins: Sequence[object] = (),
    hosts: Collection[str] = (),
    store: Store | None = None,
    lan: str | None = None,
) -> Flask:
    """The pages of an office.

    Args:
        plugins: may have ``register(app)``, which adds blueprints; ``access``, a mapping from
            each address so added to the role that may reach it (see ``skm.web.access``); and
            ``links``, of ``skm.web.navigation.Link``, for the officers' menu.
        hosts: names the server is reached by, beside the office's own network.
        store: an open store to work with; without it the office's is opened.
        lan: ``host:port`` under which tablets reach this computer.

    Raises:
        SkmError: the office, its form or its database has faults, or an address has no row.
    """
    site = open_site(instance, store or open_store(instance), lan)
    app = Flask(__name__)
    app.secret_key = security.secret_key(instance.secret_key)
    app.extensions["skm"] = site
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "number": number,
        "figure": lambda value: number(value, 2),
        "long_date": long_date,
        "clock": lambda moment: clock_time(moment, site.instance.office),
    }
    security.protect(app, hosts)
    answer_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    rows: dict[str, str] = dict(access.ROWS)
    links = [*LINKS]
    for plugin in plugins:
        if (register := getattr(plugin, "register", None)) is not None:
            register(app)
        rows = {**getattr(plugin, "access", {}), **rows}  # none changes a row of ours
        links += getattr(plugin, "links", ())
    access.guard(app, rows)

    @app.context_processor
    def known_to_every_page() -> dict[str, Any]:
        who = g.get("officer")
        allowed = links_for(who.role if who else None, links, rows)
        return {
            "office": site.instance.office,
            "version": site.version,
            "officer": who,
            "links": allowed,
            "menu": menu(allowed),
            "csrf_token": csrf_token,
        }

    return app
