"""The office's responses in SQLite: received once, never lost, never brought back."""
