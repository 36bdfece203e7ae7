"""Words of any script in Latin letters without marks, for names of files and addresses."""

from __future__ import annotations

import re

from anyascii import anyascii

_TELLING = frozenset("іїєґІЇЄҐ")
"""Letters that tell Ukrainian from other languages in Cyrillic."""
_UKRAINIAN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "’": "", "ʼ": "", "'": "",
})  # fmt: skip
"""The official romanisation (Cabinet of Ministers, resolution 55 of 27 January 2010), but for the letters that begin a word."""
_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_FIRST = re.compile(rf"(?<![^\W\d_’ʼ'])[{''.join(_BEGINNING)}]")


def romanised(text: str) -> str:
    """A text in small Latin letters: Ukrainian as Ukraine writes its names, all else as the library AnyAscii does.

    >>> romanised("Київ"), romanised("Запоріжжя"), romanised("Згурівка"), romanised("Євпаторія"), romanised("Москва"), romanised("Łódź")
    ('kyiv', 'zaporizhzhia', 'zghurivka', 'yevpatoriia', 'moskva', 'lodz')
    """
    small = text.casefold()
    if not _TELLING.isdisjoint(small):
        small = _FIRST.sub(lambda found: _BEGINNING[found.group()], small.replace("зг", "zgh")).translate(_UKRAINIAN)
    return small if small.isascii() else anyascii(small).casefold()
