"""Words that take sides: what style guides of news agencies ask writers to leave to those whom they quote.

A list is an opinion, so this one is short, and the check that reads it (`loaded-word`) is off where nobody asks for it. Words within
quotation marks are quoted, and are nobody's of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_WORDS = {
    "en": (
        "barbaric", "brutal", "bandits", "bandit", "butchered", "cowardly", "evil", "fanatics", "heroic", "heroically", "hordes",
        "liberated", "liberators", "martyr", "martyrs", "notorious", "puppet", "regime", "ruthless", "savages", "slaughtered", "so-called",
        "terrorist", "terrorists", "thugs", "treacherous", "vicious",
    ),
    "de": (
        "Banditen", "barbarisch", "barbarische", "barbarischen", "brutal", "brutale", "brutalen", "feige", "Fanatiker", "heldenhaft",
        "heldenhafte", "heldenhaften", "Horden", "Märtyrer", "Regime", "Regimes", "sogenannte", "sogenannten", "sogenannter", "Terrorist",
        "Terroristen", "befreit", "befreiten", "Befreier", "abgeschlachtet", "Schergen", "heimtückisch", "heimtückische",
    ),
    "uk": (
        "бандити", "варварський", "варварська", "варварське", "героїчний", "героїчно", "жорстокий", "звірства", "кати", "маріонетковий",
        "мученик", "мученики", "орди", "підступний", "режим", "режиму", "так званий", "так звана", "так зване", "терорист", "терористи",
        "фанатики", "визволили", "визволителі",
    ),
}  # fmt: skip
_QUOTED = re.compile(r"“[^“”]*+”|„[^“”„]*+[“”]|«[^«»]*+»|\"[^\"]*+\"|‘[^‘’]*+’(?!\w)")


def loaded(text: str, lang: str) -> Iterator[str]:
    """The words of ours in a text that take sides, as they stand there; none where there is no list for the language.

    >>> list(loaded("The regime called it “heroic”.", "en"))
    ['regime']
    """
    pattern = _pattern(lang.partition("-")[0])
    if pattern is not None:
        yield from pattern.findall(_QUOTED.sub(" ", text))


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    words = _WORDS.get(language)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.I) if words else None
