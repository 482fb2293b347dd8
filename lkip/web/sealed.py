"""Values that a page carries from one step to the next, and that nobody else can have made."""

from __future__ import annotations

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def sealed(value: Any, purpose: str) -> str:
    """The text of a hidden field; packed, since a report's findings are long."""
    text = _sealer(purpose).dumps(value)
    return text if isinstance(text, str) else text.decode()


def unsealed(text: str | None, purpose: str) -> Any:
    """The value of a hidden field; None where this office did not seal it for the purpose."""
    try:
        return _sealer(purpose).loads(text or "")
    except BadData:
        return None


def _sealer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"lkip {purpose}")
