"""The landing page, from which everyone in the office finds their way."""

from __future__ import annotations

from flask import Blueprint, render_template

from skm.store.publications import anything_shown
from skm.web.site import current_site

public = Blueprint("public", __name__)


@public.get("/")
def landing() -> str:
    """Show whoever opens the office's address where to go."""
    site = current_site()
    return render_template(
        "landing.html", language=site.language(None), results_shown=anything_shown(site.store)
    )
