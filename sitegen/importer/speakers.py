"""Whom a stretch of words refers to as the one who speaks: an ordered table of rules over what the text has told so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from sitegen.importer.bodies import goes_on
from sitegen.importer.discourse import Discourse
from sitegen.importer.entities import Entities
from sitegen.importer.language import alternatives, of_language
from sitegen.importer.nameless import Nameless
from sitegen.importer.offices import Offices
from sitegen.importer.phrases import SUBJECT
from sitegen.importer.speaker import Referent, Speaker, pointed, told_of
from sitegen.importer.tokens import CAPITAL, NAME, SMALL

_CAMEL = re.compile(rf"{CAPITAL}{SMALL}+{CAPITAL}{SMALL}")
"""A name that is no word, by its capitals: "GreenLine"."""


_ROMAN = re.compile(r"[IVX]+\s")
"""A number before what is counted by it: "IV quarter"."""
_INITIALS = re.compile(rf"{CAPITAL}{{2}}\Z")
"""The end of what is no surname, but letters of a body: "OdOO", "HTL"."""


class Speakers:
    """The speakers of one text. `discourse`: who was named so far."""

    def __init__(self, entities: Entities) -> None:
        self.language = language = entities.language
        self.discourse = Discourse(entities)
        self.people, self.bodies, self.phrases = self.discourse.people, self.discourse.bodies, self.discourse.phrases
        self.offices, self.nameless = Offices(language), Nameless(self.discourse)
        self.titles = language.words("titles")
        self.unnamed = language.words("unnamed")

    def referent(self, segment: str) -> Referent | None:
        """Whom a stretch of words refers to as the one who speaks; None where it refers to nobody."""
        segment = self._relative.split(segment, maxsplit=1)[0]
        if segment.strip().lower() not in self.language.words("it"):  # where "the same source" is
            segment = self._same.sub(r"\1 ", segment)
        by_title = self._by_title(segment)
        if by_title is not None:
            return by_title
        segment = self._long_titles.sub("", self._bearers.sub("", self.without_asides(segment))).strip(" ,;:–—-“”\"'")
        if not segment or len(segment) > SUBJECT or _ROMAN.match(segment) or self._clause_end.search(segment):
            return None
        return next((found for rule in self.rules if (found := rule(segment)) is not None), None)

    def whole(self, segment: str) -> Referent | None:
        """The same of words that a pause would part: "doctors at the hospital", "Voice on the Ward"."""
        words = self.without_asides(segment).strip()
        if len(words) > SUBJECT:
            return None
        is_plain = NAME.fullmatch(words) is not None or self.language.organisation.search(words) is not None
        return self.nameless.group(words) or (self._bare_name(words) if self._is_long_name(words) and not is_plain else None)

    @property
    def rules(self) -> tuple[Callable[[str], Referent | None], ...]:
        """What a segment may be, in the order in which it is asked; the first that holds decides."""
        nameless = self.nameless
        return (
            self._pronoun, self._abbreviation, self._document, self._person, self._body, self._body_by_noun, self._body_in_focus,
            self._office, self._surname, nameless.group, nameless.qualified, nameless.unknown, self._bare_name, nameless.somebody,
        )  # fmt: skip

    # by words that point back

    def _by_title(self, segment: str) -> Referent | None:
        """Of "the mayor" the one who was called so, or the last person who was told of."""
        if not self.is_title(segment):
            return None
        words = segment.strip()
        person = self.discourse.person_of("")
        has_role = person is not None and person.name in self.people.roles.values() and person != self.discourse.here
        is_another = person is not None and (has_role or not re.search(CAPITAL, person.mention))
        return pointed(self.discourse.by_role(words.lower().rpartition(" ")[2]) or (None if is_another else person), words)

    def _pronoun(self, segment: str) -> Referent | None:
        """Whom "he", "she", "it" mean, and what stands for them: "the agency"."""
        plain = segment.lower()
        is_he, is_she, is_it = (plain in self.language.words(name) for name in ("he", "she", "it"))
        if is_he or is_she:
            return pointed(self.discourse.by_pronoun("m" if is_he and not is_she else "f" if is_she and not is_he else ""), segment)
        if not is_it:
            return None
        noun = plain.rpartition(" ")[2]
        if self.discourse.subject is not None and noun in self.language.words("spokesmen"):
            return pointed(self.discourse.subject, segment)
        kind, last = self.language.kind_of_body(noun), self.discourse.last_body or self.discourse.last
        return self._body_by_noun(segment) or pointed(last if kind is None or self._may_be(last, kind) else None, segment)

    def _may_be(self, speaker: Speaker | None, kind: str) -> bool:
        """Whether a noun of that kind may mean a speaker who is called otherwise: one with a name, and of the same kind, if it is told."""
        if speaker is None or not re.search(CAPITAL, speaker.mention) or speaker.mention.lower() in self.language.organisation_kinds:
            return False
        return speaker.kind == kind or "other" in (speaker.kind, kind)

    def _body_by_noun(self, segment: str) -> Referent | None:
        """The body that was named before and is told by what it is now: "the board", of the Harbour Board."""
        words = self.phrases.without_article(segment.lower()).split()
        if not words or len(words) > 2 or self.language.kind_of_body(words[-1]) is None:
            return None
        if self.phrases.has_articles and len(words) == len(segment.split()):
            return None
        return pointed(self.discourse.by_noun(words[-1]), segment)

    def _body_in_focus(self, segment: str) -> Referent | None:
        """The body that was named last, by a noun that may be said of it: "the station"."""
        found = self.language.organisation.fullmatch(self.phrases.without_article(segment))
        last = self.discourse.last_body
        if found is None or last is None or self.bodies.kind_of(found) != last.kind or not self._may_be(last, last.kind):
            return None
        return pointed(last, segment) if self.phrases.definite.match(segment) and not self.offices.office(segment) else None

    def _surname(self, segment: str) -> Referent | None:
        """A person by the surname, in whatever case."""
        for word in re.findall(r"[^\W\d_][\w’'-]*", segment)[::-1]:
            full = self.people.full(re.sub(r"[’']s$", "", word))
            if full:
                return Referent(self.discourse.speaks(Speaker(full, full, "person")))
        return None

    # by names

    def _abbreviation(self, segment: str) -> Referent | None:
        """A body by an abbreviation that the text explains."""
        full = self.discourse.full_names.get(self.phrases.without_article(segment))
        if full is None:
            return None
        noun = self.language.organisation.search(full)
        return Referent(self.discourse.speaks(Speaker(full, full, self.bodies.kind_of(noun) if noun else "other")))

    def _document(self, segment: str) -> Referent | None:
        """A document by where it appeared, or by who has it: "a study in Mind", "figures obtained by the Post"."""
        phrase = self.phrases.of(segment)
        if phrase is not None and self.phrases.is_document(phrase) and self.phrases.by.match(phrase.name, len(phrase.noun)):
            return self._named(told_of(phrase.name, "document"))
        return self._named(self.offices.document(segment))

    def _body(self, segment: str) -> Referent | None:
        return self._named(self.bodies.named(segment))

    def _office(self, segment: str) -> Referent | None:
        """A body by who speaks for it, by what it is, or by a part of its name."""
        return self._named(self.offices.spoken_for(segment) or self.offices.office(segment) or self.discourse.by_part(segment))

    def _named(self, speaker: Speaker | None) -> Referent | None:
        return Referent(self.discourse.speaks(speaker)) if speaker is not None else None

    def _person(self, segment: str) -> Referent | None:
        """A person by name: with a title or in full."""
        for found in NAME.finditer(segment):
            before = re.findall(r"[\w-]+", segment[: found.start()].lower())
            person = self.people.person(found.group())
            first = found.group().partition(" ")[0]
            has_title = (bool(before) and (self.people.is_title(before[-1]) or " ".join(before[-2:]) in self.titles)) or (
                bool(person) and " " not in person and self.people.is_title(first)
            )
            if (
                not person
                and has_title
                and not self.people.is_title(found.group())
                and not _INITIALS.search(found.group())
                and not self.language.organisation.search(found.group())
            ):
                person = re.sub(r"[’']s$", "", found.group())
            if not person or goes_on(self.language).match(segment, found.end()):
                continue
            surname = person.rsplit(" ", 1)[-1]
            full = self.people.by_surname.get(surname, person) if " " not in person else person
            is_noun = self.language.flag("nouns_capitalised") and full not in self.people.firm  # two nouns look like a name
            if has_title or (" " in full and not is_noun):
                return self._named(Speaker(full, person if person in segment else full, "person"))
        return None

    def _bare_name(self, segment: str) -> Referent | None:
        """Somebody of whom the text says nothing but a name: "Facebook said", "South Korea's Hyundai Motor said"."""
        name = re.sub(rf"^.*[’']s\s|^(?:{self.language.any_of('articles')})\s|[’']s?$", "", segment, flags=re.I)
        words = name.split()
        if not (self._is_long_name(name) or (NAME.fullmatch(name) and len(words) <= 4)) or words[0].lower() in self.people.function_words:
            return None
        known = next((one for one in self.discourse.known if one.name == name), None)
        is_told = known is not None or name in self.people.single or _CAMEL.match(name) is not None
        if len(words) == 1 and (not is_told or self.people.is_small(name)):
            return None
        if known is None and (self.discourse.is_place(name) or name in self.discourse.located):
            return None
        return Referent(self.discourse.speaks(known or Speaker(name, name, "person" if len(words) == 1 else "other")), is_bare=True)

    def _is_long_name(self, words: str) -> bool:
        return not self.language.flag("nouns_capitalised") and " " in words and self._long_name.fullmatch(words) is not None

    @of_language
    def _long_name(self) -> re.Pattern[str]:
        """A name with small words in it: "Voice on the Ward", "Cubitt & Thain"."""
        links = self.language.words("of") | self.language.words("locatives") | self.language.words("definite") | {"&"}
        links |= self.language.words("body_links")
        small = alternatives(links - self.language.words("joining"))
        word = rf"(?-i:{CAPITAL})[\w’'-]*"
        return re.compile(rf"{word}(?:\s(?:(?:{small})\s){{0,2}}{word}){{1,6}}", re.I)

    # the words around

    def is_title(self, segment: str) -> bool:
        """Whether a segment tells somebody by what he or she is: "the mayor"."""
        words = segment.strip()
        return self._titled.fullmatch(words) is not None and words.lower().rpartition(" ")[2] not in self.several

    def tells_role(self, words: str) -> bool:
        """Whether words say what somebody is whose name follows: "its regional manager", "the operator"."""
        phrase = self.phrases.of(words)
        noun = phrase.noun if phrase is not None else ""
        return bool(noun) and (self.people.is_title(noun) or self.language.kind_of_body(noun) is not None)

    @cached_property
    def several(self) -> frozenset[str]:
        """Words for several people, of whom none is meant alone; where there are no articles, anybody may be meant by what he or she is."""
        return self.language.words("collectives") | (self.unnamed if self.phrases.has_articles else frozenset())

    def without_asides(self, segment: str) -> str:
        """Words without those that may stand before a subject: "But", "Meanwhile"."""
        return self._aside.sub("", segment)

    @of_language
    def _titled(self) -> re.Pattern[str]:
        """A person by what he or she is: "the prime minister", or "мер" where there are no articles; by how old: "the 44-year-old"."""
        elided = {word for word in self.language.words("articles") if word.endswith(("'", "’"))}  # "l'élu"
        the = rf"(?:(?:{self.language.any_of('definite')})\s|(?:{alternatives(elided)}))" if self.phrases.has_articles else ""
        return re.compile(rf"{the}(?:{alternatives(self.titles)}|\d{{1,3}}-(?:{self.language.any_of('aged')}))", re.I)

    @of_language
    def _aside(self) -> re.Pattern[str]:
        """What stands before a subject and is no part of it: "But", "Meanwhile"."""
        the = alternatives(self.language.words("definite") | self.language.words("articles"))
        return re.compile(
            rf"^\s*(?:(?:(?:{self.language.any_of('asides')})(?!\w)|(?:{self.language.any_of('weekdays')})(?=\s(?:{the})\s))[\s,]*)+", re.I
        )

    @of_language
    def _clause_end(self) -> re.Pattern[str]:
        """The end of what is no subject: "the man who", "the man not"."""
        words = self.language.words("relatives") | self.language.words("verb_openings")
        return re.compile(rf"(?<!\w)(?:{alternatives(words)})\Z", re.I)

    @of_language
    def _relative(self) -> re.Pattern[str]:
        """Where a clause about a subject begins: "the man who saw it"."""
        return re.compile(rf"\s(?:{alternatives(self.language.words('relatives') - self.language.words('pauses'))})\s", re.I)

    @of_language
    def _same(self) -> re.Pattern[str]:
        """What says that one was named before: "the same paper" is the paper."""
        the, same = self.language.any_of("definite"), self.language.any_of("same")
        return re.compile(rf"^\s*({the})\s?(?:{same})\s", re.I)

    @of_language
    def _long_titles(self) -> re.Pattern[str]:
        """Titles of several words, which would be taken for names."""
        return re.compile(rf"(?<!\w)(?:{alternatives(title for title in self.titles if ' ' in title)})(?!\w)\s*", re.I)

    @of_language
    def _bearers(self) -> re.Pattern[str]:
        """What bears the words of another: "a report by"."""
        the = alternatives(self.language.words("articles") | self.language.words("definite"))
        return re.compile(rf"^\s*(?:(?:{the})(?:\s|(?<=['’])))?(?:{self.language.any_of('bearers')})(?!\w)\s*", re.I)
