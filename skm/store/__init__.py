"""The office's responses in SQLite: received once, never lost, never brought back."""

from skm.store.connection import Store, StoreError
from skm.store.schema import open_store

__all__ = ["Store", "StoreError", "open_store"]
