"""Who is told by what they are, without a name of their own: "the hospital in Gao", "county officials", "a Labour spokesperson", "a study
in …"."""

from __future__ import annotations

import re

from sitegen.importer.bodies import before_name
from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.speaker import Speaker
from sitegen.importer.tokens import CAPITAL, NAME, SMALL

FOLLOWING = 5
"""Words behind a head noun that tell of what it is."""


class Offices:
    """What speaks without a name of its own, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def spoken_for(self, segment: str) -> Speaker | None:
        """The body for which somebody without a name speaks: "a Labour spokesperson"."""
        found = self._spokesman.fullmatch(segment)
        if found is None or found[1].lower() in self.language.words("demonyms"):
            return None
        return Speaker(found[1], found[1], "other")

    @of_language
    def _spokesman(self) -> re.Pattern[str]:
        articles, spokesmen = self.language.any_of("articles"), self.language.any_of("spokesmen")
        return re.compile(rf"(?:(?i:{articles})\s)?({NAME.pattern})\s(?i:{spokesmen})")

    def document(self, segment: str) -> Speaker | None:
        """A study or report that is told by where it appeared or who made it: "a study published in …"."""
        found = self._document.match(segment)
        name = NAME.match(segment[found.end() :]) if found else None
        if found is None or name is None:
            return None
        return Speaker(f"{found[1].capitalize()} in {name.group()}", name.group(), "document")

    @of_language
    def _document(self) -> re.Pattern[str]:
        article, documents, of = (self.language.any_of(name) for name in ("articles", "documents", "in_documents"))
        definite = self.language.any_of("definite")
        return re.compile(
            rf"(?:{article})\s(?:[\w-]+\s)?({documents})\s(?:[\w\s]{{0,40}}\s)?(?:{of})\s(?:(?:{definite})\s)?(?-i:{SMALL}+\s)?", re.I
        )

    def office(self, segment: str) -> Speaker | None:
        """A body that is told by what it is: "the public works ministry", "the hospital in Gao", "county
        officials", "prosecutors"."""
        words = before_name(self.language).sub("", segment)
        if self.language.flag("head_first"):
            return self._office_first(words)
        name = self._office_ends.split(words, maxsplit=1)[0].strip()
        where = self._office_of.search(name)
        head = name[: where.start()] if where else name
        *before, noun = head.split() or [""]
        if len(before) > 3 or any(word.lower() in self.language.words("no_qualifiers") for word in before[:1]):
            return None
        kind = self.language.kind_of_body(noun)
        if noun.lower() in self.language.words("collectives"):
            kind = "government"
        elif kind not in ("government", "military") and not (where and kind == "other"):
            return None
        if kind is None or not (before or where or noun.lower() in self.language.words("generic")):
            return None
        return Speaker(name[:1].upper() + name[1:], name, kind)

    @of_language
    def _office_ends(self) -> re.Pattern[str]:
        return re.compile(rf",\s|\s(?:{alternatives(self.language.words('joining') | self.language.words('relatives'))})\s")

    @of_language
    def _office_of(self) -> re.Pattern[str]:
        """Of what an office is, behind its noun: "in Gao"."""
        at, the = self.language.any_of("office_at"), self.language.any_of("definite")
        return re.compile(rf"\s(?:{at})\s(?:(?:{the})\s)?{CAPITAL}[\w’'-]*(?:\s{CAPITAL}[\w’'-]*)*\Z")

    def _office_first(self, words: str) -> Speaker | None:
        """The same where the noun comes before what it is of: "chambre des épices", "обласне управління інфраструктури"."""
        noun = words.rpartition(" ")[2].lower()
        if noun in self.language.words("collectives"):
            return Speaker(words[:1].upper() + words[1:], words, self.language.kind_of_body(noun) or "government")
        found = self.language.organisation.search(words)
        before = words[: found.start()].split() if found is not None else []
        if found is None or len(before) > 2 or any(sign in words for sign in ",;:()"):
            return None
        after = self._follows.match(words, found.end())
        name = words[: after.end()] if after is not None else words
        if name.lower() == found.group().lower() and name.lower() not in self.language.words("generic"):
            return None
        return Speaker(name[:1].upper() + name[1:], name, self.language.kind_of_body(found.group()) or "other")

    @of_language
    def _follows(self) -> re.Pattern[str]:
        """What a body is of: words behind links, or, in languages without such, all of them."""
        links = self.language.any_of("name_links")
        if not self.language.words("name_links"):
            return re.compile(rf"(?:\s[^\W\d_][\w’'-]*){{0,{FOLLOWING}}}+")
        return re.compile(rf"(?:(?:\s(?:{links})|\s[dl]['’](?=\w))++\s?[\w’'-]+|\s{CAPITAL}[\w’'-]*){{0,{FOLLOWING}}}+")
