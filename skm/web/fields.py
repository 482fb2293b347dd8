"""WTForms in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import Form

_SAID: Mapping[str, str] = {
    "Not a valid date value.": "Bukan tanggal.",
    "Not a valid integer value.": "Bukan bilangan bulat.",
    "Not a valid choice.": "Pilihan ini tidak ada.",
}


class _Indonesian:
    """What WTForms itself says, in Indonesian."""

    def gettext(self, string: str) -> str:
        """One sentence."""
        return _SAID.get(string, string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Indonesian knows no plural form."""
        return _SAID.get(singular, singular)


class IndonesianFields(Form):
    """Fields whose complaints are in Indonesian."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Form) -> _Indonesian:
            """The words of every field."""
            return _Indonesian()
