"""Whom a stretch of words refers to as the one who speaks: an ordered table of rules over what the text has told so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from sitegen.importer.bodies import goes_on
from sitegen.importer.discourse import Discourse
from sitegen.importer.entities import Entities
from sitegen.importer.language import alternatives, of_language
from sitegen.importer.offices import Offices
from sitegen.importer.phrases import SUBJECT, Phrase
from sitegen.importer.speaker import UNNAMED, Referent, Speaker
from sitegen.importer.tokens import CAPITAL, NAME, SMALL

_CAMEL = re.compile(rf"{CAPITAL}{SMALL}+{CAPITAL}{SMALL}")
"""A name that is no word, by its capitals: "GreenLine"."""
_LAST_WORD = re.compile(r"\w+(?=\W*\Z)")


class Speakers:
    """The speakers of one text. `discourse`: who was named so far."""

    def __init__(self, entities: Entities) -> None:
        self.language = language = entities.language
        self.discourse = Discourse(entities)
        self.people, self.bodies, self.phrases = self.discourse.people, self.discourse.bodies, self.discourse.phrases
        self.offices = Offices(language)
        self.titles = language.words("titles")
        self.unnamed = language.words("unnamed")

    def referent(self, segment: str) -> Referent | None:
        """Whom a stretch of words refers to as the one who speaks; None where it refers to nobody."""
        segment = self._relative.split(segment, maxsplit=1)[0]
        by_title = self._by_title(segment)
        if by_title is not None:
            return by_title
        segment = self._long_titles.sub("", self._bearers.sub("", self.without_asides(segment))).strip(" ,;:–—-“”\"'")
        if not segment or len(segment) > SUBJECT or self._clause_end.search(segment):
            return None
        return next((found for rule in self.rules if (found := rule(segment)) is not None), None)

    def whole(self, segment: str) -> Referent | None:
        """The same of words that a pause would part: "doctors at the hospital", "Voice on the Ward"."""
        words = self.without_asides(segment).strip()
        if len(words) > SUBJECT:
            return None
        is_plain = NAME.fullmatch(words) is not None or self.language.organisation.search(words) is not None
        return self._group(words) or (self._bare_name(words) if self._is_long_name(words) and not is_plain else None)

    @property
    def rules(self) -> tuple[Callable[[str], Referent | None], ...]:
        """What a segment may be, in the order in which it is asked; the first that holds decides."""
        return (
            self._pronoun, self._abbreviation, self._document, self._person, self._body, self._body_by_noun, self._body_in_focus,
            self._office, self._surname, self._group, self._qualified, self._unnamed, self._bare_name, self.somebody,
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
        return _pointed(self.discourse.by_role(words.lower().rpartition(" ")[2]) or (None if is_another else person), words)

    def _pronoun(self, segment: str) -> Referent | None:
        """Whom "he", "she", "it" mean, and what stands for them: "the agency"."""
        plain = segment.lower()
        is_he, is_she, is_it = (plain in self.language.words(name) for name in ("he", "she", "it"))
        if is_he or is_she:
            return _pointed(self.discourse.by_pronoun("m" if is_he and not is_she else "f" if is_she and not is_he else ""), segment)
        if not is_it:
            return None
        kind, last = self.language.kind_of_body(plain.rpartition(" ")[2]), self.discourse.last_body or self.discourse.last
        return self._body_by_noun(segment) or _pointed(last if kind is None or self._may_be(last, kind) else None, segment)

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
        return _pointed(self.discourse.by_noun(words[-1]), segment)

    def _body_in_focus(self, segment: str) -> Referent | None:
        """The body that was named last, by a noun that may be said of it: "the station"."""
        found = self.language.organisation.fullmatch(self.phrases.without_article(segment))
        last = self.discourse.last_body
        if found is None or last is None or self.bodies.kind_of(found) != last.kind or not self._may_be(last, last.kind):
            return None
        return _pointed(last, segment) if self.phrases.definite.match(segment) and not self.offices.office(segment) else None

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
        if phrase is not None and self.is_document(phrase) and self.phrases.by.match(phrase.name, len(phrase.noun)):
            return self._named(_told_of(phrase.name, "document"))
        return self._named(self.offices.document(segment))

    def is_document(self, phrase: Phrase) -> bool:
        return phrase.noun in self.language.words("documents") or phrase.noun in self.language.words("records")

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

    # without a name

    def _group(self, segment: str) -> Referent | None:
        """Several people without a name, by what they are: "Officials", "the traders in Kratie". Not "some officials", of whom nobody knows
        which."""
        found = self._of_several.fullmatch(segment)
        if found is None or found["who"].partition(" ")[0].lower() in self.unnamed - self.language.words("groups"):
            return None
        kind = self.language.kind_of_body(found["noun"]) or "other"
        return Referent(self.discourse.speaks(_told_of(found["who"], kind)))

    @of_language
    def _of_several(self) -> re.Pattern[str]:
        articles, groups, where, the = (self.language.any_of(name) for name in ("articles", "groups", "locatives", "definite"))
        name = rf"(?:(?:{the})\s)?(?-i:{CAPITAL})[\w’'-]*(?:\s(?-i:{CAPITAL})[\w’'-]*){{0,3}}"
        place = rf"\s(?:{where})\s(?:{name}|(?:{articles})\s[\w’'-]+(?:\s[\w’'-]+)?)"
        return re.compile(rf"(?:(?:{articles})\s)?(?P<who>(?:[\w’'-]+\s){{0,2}}(?P<noun>{groups})(?:{place})?)", re.I)

    def _qualified(self, segment: str) -> Referent | None:
        """Those who are told by what they know or where they stand: "two people close to the talks", "une source proche du dossier"."""
        found = self._of_some.fullmatch(segment)
        if found is None:
            return None
        return Referent(self.discourse.speaks(_told_of(found["who"], "other"), in_focus=False))

    @of_language
    def _of_some(self) -> re.Pattern[str]:
        names = ("articles", "qualifying", "unnamed", "groups")
        articles, qualifying, unnamed, groups = (self.language.any_of(name) for name in names)
        return re.compile(
            rf"(?:(?:{articles})\s)?(?P<who>(?:[\w’'-]+\s){{0,2}}(?:{unnamed}|{groups})\s(?:{qualifying})(?!\w).{{3,80}})", re.I
        )

    def _unnamed(self, segment: str) -> Referent | None:
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
        begins = segment[:1].isupper() and not phrase.name.isupper()
        if not (phrase.article or is_sure or is_known or (begins and self._are_people(phrase))):
            return None
        is_new = self.phrases.is_new(phrase) and not is_known
        if not is_new:
            before = self.discourse.by_role(phrase.noun) or self.discourse.by_noun(phrase.noun, among_all=True)
            if before is not None or is_known:
                return _pointed(before, segment)
        first = phrase.name.partition(" ")[0].lower()
        is_named_by = re.search(CAPITAL, phrase.name[1:]) is not None  # "figures from the Landings Register"
        if (
            self.is_document(phrase)
            and not is_sure
            and not is_named_by
            and (first == phrase.noun or first in self.language.words("no_qualifiers"))
        ):  # whose?
            whose = self.discourse.last_body or self.discourse.last
            if is_new or whose is not None:
                return None if is_new else _pointed(whose, segment)
        kind = self.language.kind_of_body(phrase.noun) or ("person" if self.people.is_title(phrase.noun) else "")
        if not kind and not is_new and not is_sure and " " not in phrase.name and phrase.noun in self.language.words("amounts"):
            return None  # "the figure"
        is_document, is_named = self.is_document(phrase), bool(kind) or re.search(CAPITAL, phrase.name[1:]) is not None
        speaker = self.discourse.speaks(_told_of(phrase.name, "document" if is_document else kind or "other"), in_focus=is_named)
        return Referent(speaker, is_bare=not is_document)

    def _are_people(self, phrase: Phrase) -> bool:
        """Whether a phrase without an article is about people: by its ending, or, in languages without articles, by its noun."""
        is_known = self.people.is_title(phrase.noun) or phrase.noun in self.language.words("groups")
        return is_known or (" " in phrase.name and self.phrases.has_articles and self.phrases.is_several(phrase))

    def _may_tell(self, phrase: Phrase) -> bool:
        """Whether words may be those for one who tells something, and are no sentence, time or number."""
        first, *_ = words = phrase.name.lower().split()
        is_vague = first in self.no_tellers or (
            first in self.language.words("no_qualifiers") and phrase.article not in self.phrases.indefinite
        )
        return phrase.noun not in self.no_tellers and not is_vague and self.language.words("auxiliaries").isdisjoint(words)

    @cached_property
    def no_tellers(self) -> frozenset[str]:
        """Nouns of what tells nothing: times, and numbers."""
        lists = ("months_words", "weekdays", "numbers", "days", "units_end", "questions", "unnamed", "amounts")
        words = frozenset().union(self.people.function_words, self.people.no_names, *(self.language.words(name) for name in lists))
        return words - frozenset().union(*(self.language.words(name) for name in ("groups", "place_words", "documents", "records")))

    # the words around

    def is_title(self, segment: str) -> bool:
        """Whether a segment tells somebody by what he or she is: "the mayor"."""
        words = segment.strip()
        return self._titled.fullmatch(words) is not None and words.lower().rpartition(" ")[2] not in self.several

    @cached_property
    def several(self) -> frozenset[str]:
        """Words for several people, of whom none is meant alone; where there are no articles, anybody may be meant by what he or she is."""
        return self.language.words("collectives") | (self.unnamed if self.phrases.has_articles else frozenset())

    def without_asides(self, segment: str) -> str:
        """Words without those that may stand before a subject: "But", "Meanwhile"."""
        return self._aside.sub("", segment)

    @of_language
    def _titled(self) -> re.Pattern[str]:
        """A person by what he or she is: "the prime minister", or "мер" where there are no articles."""
        elided = {word for word in self.language.words("articles") if word.endswith(("'", "’"))}  # "l'élu"
        the = rf"(?:(?:{self.language.any_of('definite')})\s|(?:{alternatives(elided)}))" if self.phrases.has_articles else ""
        return re.compile(rf"{the}(?:{alternatives(self.titles)})", re.I)

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
    def _long_titles(self) -> re.Pattern[str]:
        """Titles of several words, which would be taken for names."""
        return re.compile(rf"(?<!\w)(?:{alternatives(title for title in self.titles if ' ' in title)})(?!\w)\s*", re.I)

    @of_language
    def _bearers(self) -> re.Pattern[str]:
        """What bears the words of another: "a report by"."""
        the = alternatives(self.language.words("articles") | self.language.words("definite"))
        return re.compile(rf"^\s*(?:(?:{the})(?:\s|(?<=['’])))?(?:{self.language.any_of('bearers')})(?!\w)\s*", re.I)


def _told_of(name: str, kind: str) -> Speaker:
    """One who is told by what he, she or it is, and is called so in the archive."""
    return Speaker(name[:1].upper() + name[1:], name, kind)


def _pointed(speaker: Speaker | None, words: str) -> Referent | None:
    """Who is meant by words that point back, if there is anybody to point to."""
    return Referent(speaker, words) if speaker is not None else None
