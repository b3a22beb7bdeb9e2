"""The words that computed tables print by themselves: the layout's, or the English ones where it has none.

In the settings of a layout they stand among its labels with ``computed-`` before them (``computed-total``), but for ``not-reported`` and
the names of bands (``band-light``).
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = {
    "not-reported": "Not reported",
    "total": "Total",
    "subtotal": "Subtotal",
    "others-one": "{count} other",
    "others-other": "{count} others",
    "rank": "Rank",
    "share": "Share of total",
    "count": "Number",
    "names": "Countries and areas",
    "change": "Change on {year}",
    "change-previous-year": "Change on previous year",
    "figure-for-year": "Figure for {year}.",
    "estimate-by": "Estimate: {who}.",
    "left-out-one": "The totals leave out {count} profile with no figure.",
    "left-out-other": "The totals leave out {count} profiles with no figure.",
    "limits-one": "The totals leave out {count} profile that gives a limit only, such as “at least”.",
    "limits-other": "The totals leave out {count} profiles that give a limit only, such as “at least”.",
    "inexact-one": "The totals leave out {count} profile with words in place of a figure.",
    "inexact-other": "The totals leave out {count} profiles with words in place of a figure.",
    "other-years": "The totals hold figures of other years than {year}: {years}.",
    "dash": "– There is no exact figure to compute from.",
    "band-none": "None",
    "band-residual": "Residual",
    "band-light": "Light",
    "band-medium": "Medium",
    "band-heavy": "Heavy",
    "band-very-heavy": "Very heavy",
    "band-massive": "Massive",
    "band-unknown": "Unknown",
}

BANDS = ("massive", "very heavy", "heavy", "medium", "light", "residual", "none", "unknown")
"""The bands in the order in which tables print them."""


class TableWords:
    """The words in one language."""

    def __init__(self, words: Mapping[str, str], language: str) -> None:
        own = {
            name.removeprefix("computed-"): text for name, text in words.items() if name.startswith(("computed-", "band-", "not-reported"))
        }
        self._words = {**ENGLISH, **own}
        self._given = own
        self._language = language

    def __call__(self, name: str, **parts: object) -> str:
        """A word or a sentence, with its parts put in."""
        text = self._words[name]
        for part, value in parts.items():
            text = text.replace("{" + part + "}", str(value))
        return text

    def counted(self, name: str, count: int) -> str:
        """A sentence with a number in it, in the form that the language has for this number (CLDR)."""
        form = f"{name}-{_plural(count, self._language if f'{name}-other' in self._given else 'en')}"
        return self(form if form in self._words else f"{name}-other", count=count)

    def band(self, band: str) -> str:
        """The name of a band."""
        return self._words.get(f"band-{band.replace(' ', '-')}", band)


def _plural(count: int, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-").plural_form(count))
    except (UnknownLocaleError, ValueError):
        return "other"
