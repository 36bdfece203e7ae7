"""How a site speaks: the words of its language, with their plurals, and its numbers and lists; `dates` has its dates.

Words stand in the code and in templates in English, and are sought by that in gettext's catalogues (`sitegen/locale`); what is not
there is said in English. What an article itself prints, figures and all, is never put through here.
"""

from __future__ import annotations

import gettext
import io
from functools import lru_cache, partial

from sitegen.model.digest import digest, encode
from sitegen.model.speech import Cldr, Language
from sitegen.speech.cldr import cldr_of


class Speech:
    """One language, ready to be spoken. `gettext`, `ngettext` and the like are those of Python's library; `number` puts the digits of a
    number, as text, into groups.

    >>> english().number("27400"), english().gettext("Moved")
    ('27,400', 'Moved')
    """

    def __init__(self, language: Language) -> None:
        catalogue = gettext.GNUTranslations(io.BytesIO(language.messages)) if language.messages else gettext.NullTranslations()
        self.tag = language.tag
        self.cldr = language.cldr
        self.digest = digest("language", encode(language))
        # what is not in a catalogue is sought in it twice at every call
        self.gettext = lru_cache(maxsize=1024)(catalogue.gettext)
        self.pgettext = lru_cache(maxsize=1024)(catalogue.pgettext)
        self.ngettext = lru_cache(maxsize=1024)(catalogue.ngettext)
        self.npgettext = lru_cache(maxsize=1024)(catalogue.npgettext)
        self.number = lru_cache(maxsize=8192)(partial(_number, language.cldr))
        self._languages = dict(language.cldr.languages)

    def joint(self, index: int, count: int) -> str:
        """What stands behind the item number `index`, from 1, of a list of so many.

        >>> "".join(f"{item}{english().joint(index, 4)}" for index, item in enumerate("abcd", 1))
        'a, b, c and d'
        """
        two, start, middle, end = self.cldr.joints
        if index >= count:
            return ""
        if count == 2:
            return two
        return start if index == 1 else end if index == count - 1 else middle

    def language(self, tag: str) -> str:
        """The name of a language; its tag, where it has none.

        >>> english().language("crh"), english().language("uk-UA"), english().language("qqq")
        ('Crimean Tatar', 'Ukrainian', 'qqq')
        """
        return self._languages.get(tag.partition("-")[0].lower(), tag)


def _number(cldr: Cldr, text: str) -> str:
    """A number with all the decimals that it is written with.

    >>> _number(english().cldr, "2.50"), _number(english().cldr, "-1200")
    ('2.50', '-1,200')
    """
    whole, _, decimals = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    last, others = cldr.groups
    groups = [digits[-last:]]
    digits = digits[:-last]
    while digits:
        groups.insert(0, digits[-others:])
        digits = digits[:-others]
    return sign + cldr.group.join(groups) + (cldr.decimal + decimals if decimals else "")


@lru_cache(maxsize=8)
def speech_of(language: Language) -> Speech:
    """The speech of a language; one that was made is used again."""
    return Speech(language)


@lru_cache(maxsize=1)
def english() -> Speech:
    """The program's own words, without a catalogue."""
    return speech_of(Language("en", b"", cldr_of("en")))
