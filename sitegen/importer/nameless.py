"""Those who speak without a name: several, or one, by what they are, by what they know, or of whom nobody knows which."""

from __future__ import annotations

import re
from functools import cached_property

from sitegen.importer.discourse import Discourse
from sitegen.importer.language import of_language
from sitegen.importer.phrases import Phrase
from sitegen.importer.speaker import UNNAMED, Referent, pointed, told_of
from sitegen.importer.tokens import CAPITAL

_LAST_WORD = re.compile(r"\w+(?=\W*\Z)")


class Nameless:
    """Those of one text who speak without a name."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse, self.language = discourse, discourse.language
        self.people, self.phrases = discourse.people, discourse.phrases
        self.unnamed = self.language.words("unnamed")

    def group(self, segment: str) -> Referent | None:
        """Several people without a name, by what they are: "Officials", "the traders in Kratie". Not "some officials", of whom nobody knows
        which."""
        found = self._of_several.fullmatch(segment)
        if found is None or found["who"].partition(" ")[0].lower() in self.unnamed - self.language.words("groups"):
            return None
        kind = self.language.kind_of_body(found["noun"]) or "other"
        return Referent(self.discourse.speaks(told_of(found["who"], kind)))

    @of_language
    def _of_several(self) -> re.Pattern[str]:
        articles, groups, where, the = (self.language.any_of(name) for name in ("articles", "groups", "locatives", "definite"))
        name = rf"(?:(?:{the})\s)?(?-i:{CAPITAL})[\w’'-]*(?:\s(?-i:{CAPITAL})[\w’'-]*){{0,3}}"
        place = rf"\s(?:{where})\s(?:{name}|(?:{articles})\s[\w’'-]+(?:\s[\w’'-]+)?)"
        return re.compile(rf"(?:(?:{articles})\s)?(?P<who>(?:[\w’'-]+\s){{0,2}}(?P<noun>{groups})(?:{place})?)", re.I)

    def qualified(self, segment: str) -> Referent | None:
        """Those who are told by what they know or where they stand: "two people close to the talks", "une source proche du dossier"."""
        found = self._of_some.fullmatch(segment)
        if found is None:
            return None
        return Referent(self.discourse.speaks(told_of(found["who"], "other"), in_focus=False))

    @of_language
    def _of_some(self) -> re.Pattern[str]:
        names = ("articles", "qualifying", "unnamed", "groups")
        articles, qualifying, unnamed, groups = (self.language.any_of(name) for name in names)
        return re.compile(
            rf"(?:(?:{articles})\s)?(?P<who>(?:[\w’'-]+\s){{0,2}}(?:{unnamed}|{groups})\s(?:{qualifying})(?!\w).{{3,80}})", re.I
        )

    def unknown(self, segment: str) -> Referent | None:
        """Those of whom nobody knows which: "some", "people there"."""
        plain = segment.lower()
        last = _LAST_WORD.search(plain)
        return Referent(UNNAMED) if plain in self.unnamed or (last is not None and last.group() in self.unnamed) else None

    def somebody(self, segment: str, *, is_sure: bool = False, is_known: bool = False) -> Referent | None:
        """One who is told by what he, she or it is, and by no name: "a senior officer", "the waste team of the council", "la mairie".
        `is_sure`: the words around it say that it tells something ("according to utility bills"), so that any noun will do; `is_known`:
        none but one that the text has named before."""
        phrase = self.phrases.of(segment)
        if phrase is None or not self._may_tell(phrase):
            return None
        begins = segment[:1].isupper() and not segment.partition(" ")[0].isupper()  # "IV quarter"
        if not (phrase.article or is_sure or is_known or (begins and self._are_people(phrase))):
            return None
        is_new = self.phrases.is_new(phrase) and not is_known
        if not is_new:
            before = self.discourse.by_role(phrase.noun) or self.discourse.by_noun(phrase.noun, among_all=True)
            if before is not None or is_known:
                return pointed(before, segment)
        first = phrase.name.partition(" ")[0].lower()
        is_named_by = re.search(CAPITAL, phrase.name[1:]) is not None  # "figures from the Landings Register"
        if (
            self.phrases.is_document(phrase)
            and not is_sure
            and not is_named_by
            and (first == phrase.noun or first in self.language.words("no_qualifiers"))
        ):  # whose?
            whose = self.discourse.last_body or self.discourse.last
            if is_new or whose is not None:
                return None if is_new else pointed(whose, segment)
        kind = self.language.kind_of_body(phrase.noun) or ("person" if self.people.is_title(phrase.noun) else "")
        if not kind and not is_new and not is_sure and " " not in phrase.name and phrase.noun in self.language.words("amounts"):
            return None  # "the figure"
        is_document, is_named = self.phrases.is_document(phrase), bool(kind) or re.search(CAPITAL, phrase.name[1:]) is not None
        speaker = self.discourse.speaks(told_of(phrase.name, "document" if is_document else kind or "other"), in_focus=is_named)
        return Referent(speaker, is_bare=not is_document)

    def _are_people(self, phrase: Phrase) -> bool:
        """Whether a phrase without an article is about people: by its ending, or, in languages without articles, by its noun."""
        is_known = self.people.is_title(phrase.noun) or phrase.noun in self.language.words("groups")
        return is_known or (" " in phrase.name and self.phrases.has_articles and self.phrases.is_several(phrase))

    def _may_tell(self, phrase: Phrase) -> bool:
        """Whether words may be those for one who tells something, and are no sentence, time or number."""
        first, *_ = words = phrase.name.lower().split()
        is_vague = first in self._no_tellers or (
            first in self.language.words("no_qualifiers") and phrase.article not in self.phrases.indefinite
        )
        return phrase.noun not in self._no_tellers and not is_vague and self.language.words("auxiliaries").isdisjoint(words)

    @cached_property
    def _no_tellers(self) -> frozenset[str]:
        """Nouns of what tells nothing: times, and numbers."""
        lists = ("months_words", "weekdays", "numbers", "days", "units_end", "questions", "unnamed", "amounts")
        words = frozenset().union(self.people.function_words, self.people.no_names, *(self.language.words(name) for name in lists))
        return words - frozenset().union(*(self.language.words(name) for name in ("groups", "place_words", "documents", "records")))
