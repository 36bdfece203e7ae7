"""Who was named in a text so far, each under one name, and who is in focus: what "he", "the board" and a surname can mean at a place."""

from __future__ import annotations

import re
from functools import cache

from sitegen.importer.entities import Entities
from sitegen.importer.gazetteer import first_names
from sitegen.importer.language import alternatives, of_language
from sitegen.importer.phrases import Phrases, abbreviated
from sitegen.importer.speaker import Speaker
from sitegen.importer.tokens import NAME, SMALL

CASE = 4
"""Letters that a noun may have more in another case."""
KNOWN = 300
"""Speakers with whom a new name is compared; an article has some ten."""


class Discourse:
    """The persons and bodies of one text, as they are named one after the other."""

    def __init__(self, entities: Entities) -> None:
        self.language = language = entities.language
        self.is_place = entities.is_place
        self.people, self.bodies = entities.people, entities.bodies
        blocks = [entities.blocks[number] for number in entities.told]
        self.phrases = Phrases(language)
        self.full_names = {short: name for block in blocks for short, name in abbreviated(block)}
        """Abbreviations that the text explains -> what they stand for."""
        self.located = frozenset(found[1] for block in blocks for found in self._located.finditer(block))
        """Names before which a word stands that stands before places: "at Cow Green"."""
        self.known: list[Speaker] = []
        self.met: list[Speaker] = []
        """The bodies that were named so far, whether they speak or not."""
        self.last: Speaker | None = None
        self.last_body: Speaker | None = None
        self.told_as: dict[str, Speaker] = {}
        """What a body is said to be beside its name -> that body: "the operator, Greenline"."""
        self.here: Speaker | None = None
        """Who was credited last in the block that is read."""
        self.subject: Speaker | None = None
        """The body whose name begins the sentence that is read."""
        self._last_of_sex: dict[str, Speaker] = {}
        self._by_capitals: dict[str, Speaker] = {}
        self._by_letters: dict[str, list[Speaker]] = {}
        """The bodies among the known, by the first letters of the words that have a capital, and of all their words."""
        self._by_word: dict[str, list[int]] = {}
        """The numbers of the known, by each word of their names."""
        self._small = language.words("articles") | language.words("body_links")
        self._words = cache(self._words_of)  # a name is compared with each that comes after it

    # who is meant

    def person_of(self, sex: str) -> Speaker | None:
        """The last person who was heard of; `sex` is "m" or "f", or empty for either."""
        return self._last_of_sex.get(sex)

    def by_pronoun(self, sex: str) -> Speaker | None:
        """Whom "he" or "she" mean: the last person; or a body that spoke in the same block, where bodies are called so too."""
        here, may_be_body = self.here, self.language.flag("bodies_have_gender")
        if may_be_body and here is not None and here.kind not in ("person", "document"):
            return here
        return self.person_of(sex) or self.person_of("") or (self.last_body if may_be_body else None)

    def by_role(self, title: str) -> Speaker | None:
        """The person who was told of by that title or occupation: "the mayor", of "Mayor Ann Lee"."""
        full = self.people.roles.get(title)
        return self.person(full) if full else None

    def person(self, full: str) -> Speaker:
        """The person of that full name."""
        return next((one for one in self.known if one.name == full), None) or Speaker(full, full, "person")

    def by_noun(self, noun: str, *, among_all: bool = False) -> Speaker | None:
        """The last body whose name has a noun, in whatever case; `among_all`: or of all speakers."""
        if noun in self.told_as:
            return self.told_as[noun]
        stem = noun[: max(4, len(noun) - 2)]
        named = [*self.met, *self.known] if among_all else self.met
        ending = noun if self.language.flag("nouns_capitalised") else "\0"  # "die Regierung" is the Landesregierung

        def is_of(word: str) -> bool:
            return (word.startswith(stem) and len(word) - len(noun) <= CASE) or word.endswith(ending)

        return next((one for one in reversed(named) if any(map(is_of, one.name.lower().split()))), None)

    def by_part(self, segment: str) -> Speaker | None:
        """A body that was named in full before, by a part of its name."""
        found = NAME.search(segment)
        words = set(found.group().lower().split()) if found else set()
        bodies = (one for one in self.known if one.kind != "person" and not words.isdisjoint(one.name.lower().split()[:1]))
        return next((one for one in bodies if words <= set(one.name.lower().split())), None) if words else None

    def same(self, speaker: Speaker) -> Speaker | None:
        """The speaker under the name that was used first: of two names of which one has all words of the other."""
        mine = self._words(speaker.name)
        if speaker.name.isupper() and speaker.kind != "person":  # "FT" is the Financial Times
            full = self._by_capitals.get(speaker.name)
            if full is not None:
                return full
        if speaker.kind != "person" and " " in speaker.name:  # "Lib Dems"
            short = (one for one in self._by_letters.get(_letters(speaker.name), ()) if _is_short_for(speaker.name, one.name))
            full = next(short, None)
            if full is not None:
                return full
        alike = sorted({number for word in mine for number in self._by_word.get(word, ())})
        theirs = ((self.known[number], self._words(self.known[number].name)) for number in alike)
        return next((one for one, words in theirs if mine <= words or words <= mine), None)

    def _words_of(self, name: str) -> set[str]:
        """The words of a name by which it is compared; of German ones without the endings of cases."""
        words = set(re.findall(r"\w+", name.lower())) - self._small
        return {re.sub(r"e[rsmn]?\Z", "", word) for word in words} if self.language.flag("nouns_capitalised") else words

    # who was named

    def told_of(self, noun: str, name: str) -> Speaker | None:
        """Takes note of a body that is told by what it is beside its name; None where the name is that of a person or a place."""
        kind = self.language.kind_of_body(noun)
        may_be_person = kind is None and name.partition(" ")[0] in first_names()
        is_person = name in self.people.firm or may_be_person or self.people.is_title(noun)
        if is_person or self.is_place(name) or self.people.is_small(name.partition(" ")[0]):
            return None
        speaker = Speaker(name, name, kind or "other")
        return self.told_as.setdefault(noun.lower(), self.same(speaker) or speaker)

    def speaks(self, speaker: Speaker, *, in_focus: bool = True) -> Speaker:
        """Takes note of one who speaks; gives the speaker under the name that was used first. `in_focus`: "it" may mean that one from now
        on."""
        known = self.same(speaker)
        if known is None and len(self.known) < KNOWN:
            for word in self._words(speaker.name):
                self._by_word.setdefault(word, []).append(len(self.known))
            self.known.append(speaker)
            if speaker.kind != "person":
                self._by_capitals.setdefault(_initials(speaker.name), speaker)
                self._by_letters.setdefault(_letters(speaker.name), []).append(speaker)
        speaker = known or speaker
        self.last = speaker
        if speaker.kind == "person":
            self.meets(speaker)
        elif in_focus:
            self.last_body = speaker
        return speaker

    def meets(self, person: Speaker) -> None:
        """A person is the one whom "he" or "she" points back to."""
        if person.kind != "person":
            return
        sex = self.people.sex(person.name)
        for one in ("m", "f") if not sex else (sex,):
            self._last_of_sex[one] = person
        self._last_of_sex[""] = person

    def names(self, sentence: str) -> None:
        """Takes note of the bodies that a sentence names."""
        may_be = ", " in sentence and not self.language.flag("nouns_capitalised")
        for found in self._apposed.finditer(sentence) if may_be else ():
            self.told_of(found["noun"], found["name"])
        if len(self.met) < KNOWN:
            self.met += [self.same(one) or one for one in self.bodies.within(sentence)]

    @of_language
    def _apposed(self) -> re.Pattern[str]:
        """What a body is, before its name: "the operator, Greenline,"."""
        the = self.language.any_of("definite")
        return re.compile(rf"(?<!\w)(?i:{the})\s(?:[\w-]+\s)?(?P<noun>{SMALL}[\w-]{{3,}}),\s(?P<name>{NAME.pattern})(?=[,.]\s)")

    @of_language
    def _subject_before(self) -> re.Pattern[str]:
        """What stands before the subject of a sentence: nothing, a word that joins it, what somebody is."""
        asides, the = self.language.any_of("asides"), self.language.any_of("definite")
        return re.compile(rf"(?:^|[.;]\s|^(?:{asides})\s|(?:{the})\s[\w\s’'-]{{3,40}},\s)\Z", re.I)

    @of_language
    def _clause_end(self) -> re.Pattern[str]:
        return re.compile(rf",\s|\s(?:{self.language.any_of('clause_ends')})\s")

    def begins(self, sentence: str) -> None:
        """Takes note of the person whose name begins a sentence, whom "she" means in what follows: "Lee accepted the first; the second, she
        said, was"; and of the body, for which a spokeswoman without a name speaks."""
        name = NAME.match(sentence)
        first = next(self.people.within(name.group()), None) if name is not None else None
        self.subject = next((body for start, _, body in self.bodies.full(sentence) if self._opens.fullmatch(sentence, 0, start)), None)
        if first is not None and first[0] == 0 and first[2] in self.people.firm and sentence[first[1] : first[1] + 1] in (" ", ","):
            self.meets(self.person(first[2]))

    @of_language
    def _opens(self) -> re.Pattern[str]:
        """What may stand before the name that begins a sentence."""
        return re.compile(rf"(?:(?:{self.language.any_of('definite')})(?:\s|(?<=['’])))?", re.I)

    def tells(self, sentence: str) -> None:
        """Takes note of who is in focus in a sentence that credits nobody."""
        clause = self._clause_end.split(sentence, maxsplit=1)[0]
        people = [(found.start(), self.people.person(found.group())) for found in NAME.finditer(sentence)]
        named = any(start < len(clause) and person in self.people.firm for start, person in people)
        if not named and clause.partition(" ")[0].lower() not in self.language.words("locatives"):
            body = self.bodies.named(clause)
            body = body if body is not None and " " in body.name else self._subject(sentence) or self._told_more_of(sentence)
            self.last_body = (self.same(body) or body) if body is not None else self.last_body
        for start, person in people:
            full = self.people.by_surname.get(person.rsplit(" ", 1)[-1]) if person else None
            if full is None:
                continue
            is_subject = self._subject_before.search(sentence, max(0, start - 60), start) is not None
            if full in self.people.firm or is_subject or not self._last_of_sex:
                self.meets(self.person(full))

    def _subject(self, sentence: str) -> Speaker | None:
        """The body that a sentence begins with, if it does: "Greenline expects", "The mining company has"."""
        if self.language.flag("nouns_capitalised") or sentence.isupper():
            return None
        found = self._first_name.match(sentence)
        if found is not None and found["name"].lower() in self.language.words("generic"):  # "Police had"
            return Speaker(found["name"], found["name"], self.language.kind_of_body(found["name"]) or "other")
        if found is not None and (" " in found["name"] or found["name"] in self.people.single):
            name = found["name"]
            is_other = (
                self.people.is_small(name.split()[0])
                or self.is_place(name)
                or self.people.full(name.rpartition(" ")[2]) in self.people.firm
            )
            return None if is_other else Speaker(name, name, "other")
        found = self._first_body.match(sentence)
        if found is None:
            return None
        if found["noun"].lower() in self.told_as:
            return self.told_as[found["noun"].lower()]
        name = found["name"]
        return Speaker(name[:1].upper() + name[1:], name, self.language.kind_of_body(found["noun"]) or "other")

    def _told_more_of(self, sentence: str) -> Speaker | None:
        """The body of which a sentence goes on to tell: "The barge belongs to Istros Shipping, which"."""
        if self.language.flag("nouns_capitalised"):
            return None
        found = next((one for one in NAME.finditer(sentence) if self._which.match(sentence, one.end())), None)
        name = found.group() if found is not None else ""
        is_body = " " in name and not self.people.person(name) and not self.is_place(name) and name not in self.located
        return Speaker(name, name, "other") if is_body else None

    @of_language
    def _located(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?i:{self.language.any_of('at_places')})\s((?:{NAME.pattern}))")

    @of_language
    def _which(self) -> re.Pattern[str]:
        return re.compile(rf",\s(?:{self.language.any_of('relatives')})\s")

    @of_language
    def _first_name(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?:{self.language.any_of('definite')})\s)?(?P<name>(?-i:{NAME.pattern}))(?=,?\s(?-i:{SMALL}))", re.I)

    @of_language
    def _first_body(self) -> re.Pattern[str]:
        nouns = alternatives(self.language.organisation_kinds)
        return re.compile(rf"(?:{self.language.any_of('definite')})\s(?P<name>(?:[^\W\d_][\w-]*\s){{0,2}}?(?P<noun>{nouns}))(?!\w)", re.I)


def _initials(name: str) -> str:
    """The first letters of the words of a name that have a capital."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _letters(name: str) -> str:
    """The first letters of the words of a name."""
    return "".join(word[0] for word in name.lower().split())


def _is_short_for(name: str, full: str) -> bool:
    """Whether each word of a name begins the word at its place in another: "Lib Dems", "Liberal Democrats"."""
    words, others = name.lower().split(), full.lower().split()
    return len(words) == len(others) and all(
        len(one) > 2 and other.startswith(one.rstrip("s")) for one, other in zip(words, others, strict=True)
    )
