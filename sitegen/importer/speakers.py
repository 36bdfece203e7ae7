"""Who is credited: the persons and bodies of a text that speak, under one name each, and those whom pronouns point back to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property

from sitegen.importer.bodies import GOES_ON, Bodies
from sitegen.importer.language import Language, alternatives
from sitegen.importer.people import CAPITAL, NAME, People
from sitegen.importer.speaker import UNNAMED, Referent, Speaker

KNOWN = 300
"""Speakers with whom a new name is compared; an article has some ten."""
SUBJECT = 170
"""Signs that a subject has at most; a longer stretch is no subject."""


_SMALL = frozenset(["the", "of", "a", "for"])
_CLAUSE_END = re.compile(r",\s|\s(?:that|which|who|said|has|had|have|was|were|is|are|in|on|at|to|for)\s")
_SUBJECT_BEFORE = re.compile(r"(?:^|[.;]\s|^(?:But|And)\s|[Tt]he\s[\w\s’'-]{3,40},\s)\Z")


class Speakers:
    """The speakers of one text; remembers who was named, for surnames and pronouns that point back. `is_place`: whether a name is that of a
    place that speaks for nobody, a river or a village."""

    def __init__(self, language: Language, blocks: Sequence[str], is_place: Callable[[str], bool] | None = None) -> None:
        self.is_place = is_place
        self.language = language
        self.titles = language.words("titles")
        self.unnamed = language.words("unnamed")
        self.people = People(language, blocks)
        self.bodies = Bodies(language)
        self.known: list[Speaker] = []
        self.met: list[Speaker] = []
        """The bodies that were named so far, whether they speak or not."""
        self.by_capitals: dict[str, Speaker] = {}
        self.by_letters: dict[str, list[Speaker]] = {}
        """The bodies among the known, by the first letters of the words that have a capital, and of all their words."""
        self.last: Speaker | None = None
        self.last_body: Speaker | None = None
        self.last_of_sex: dict[str, Speaker] = {}
        self._words = cache(self._words_of)  # a name is compared with each that comes after it

    def referent(self, segment: str) -> Referent | None:
        """Whom a stretch of words refers to as the one who speaks; None where it refers to nobody."""
        segment = self._relative.split(segment, maxsplit=1)[0]
        if self.is_title(segment) and self.last_of_sex:
            return _pointed(self.person_of(""), segment.strip())
        segment = self._long_titles.sub("", self._bearers.sub("", self.without_asides(segment))).strip(" ,;:–—-“”\"'")
        if not segment or len(segment) > SUBJECT or self._clause_end.search(segment):
            return None
        lower = plain = segment.lower()
        is_he, is_she, is_it = (plain in self.language.words(name) for name in ("he", "she", "it"))
        if is_he or is_she:
            return _pointed(self.person_of("m" if is_he and not is_she else "f" if is_she and not is_he else ""), segment)
        if is_it:
            return self._by_noun(segment) or _pointed(self.last_body or self.last, segment)
        named = self.bodies.document(segment) or self._named_person(segment) or self.bodies.named(segment)
        if named is not None:
            return Referent(self._remember(named))
        by_noun = self._by_noun(segment)
        if by_noun is not None:
            return by_noun
        found = self.language.organisation.search(segment)
        is_known = found is not None and self.last_body is not None and self.bodies.kind_of(found) in ("other", self.last_body.kind)
        if is_known and self._definite.match(lower) and not self.bodies.office(segment):
            return _pointed(self.last_body, segment)
        office = self.bodies.spoken_for(segment) or self.bodies.office(segment) or self._short_name(segment)
        if office is not None:
            return Referent(self._remember(office))
        for word in re.findall(r"[^\W\d_][\w’'-]*", segment)[::-1]:
            full = self.people.full(re.sub(r"[’']s$", "", word))
            if full:
                return Referent(self._remember(Speaker(full, full, "person")))
        group = self._group(segment)
        if group is not None:
            return Referent(self._remember(group), is_bare=True)
        if any(word in self.unnamed for word in re.findall(r"\w+", plain)[-1:]) or plain in self.unnamed:
            return Referent(UNNAMED)
        return self._by_one_name(segment)

    def _group(self, segment: str) -> Speaker | None:
        """Several people without a name, by what they are: "Officials", "the traders in Kratie". Not "some officials", of whom nobody knows
        which."""
        found = self._of_several.fullmatch(segment)
        if found is None or found["who"].partition(" ")[0].lower() in self.unnamed - self.language.words("groups"):
            return None
        name = found["who"]
        return Speaker(name[:1].upper() + name[1:], name, self.language.kind_of_body(found["noun"]) or "other")

    @cached_property
    def _of_several(self) -> re.Pattern[str]:
        articles, groups, where = (self.language.any_of(name) for name in ("articles", "groups", "locatives"))
        place = rf"\s(?:{where})\s(?:the\s)?(?-i:{CAPITAL})[\w’'-]*(?:\s(?-i:{CAPITAL})[\w’'-]*){{0,3}}"
        return re.compile(rf"(?:(?:{articles})\s)?(?P<who>(?:[\w’'-]+\s){{0,2}}(?P<noun>{groups})(?:{place})?)", re.I)

    def _by_noun(self, segment: str) -> Referent | None:
        """The body that was named before and is told by what it is now: "the board", of the Harbour Board."""
        words = self._definite.sub("", segment.lower()).split()
        if not words or len(words) > 2 or self.language.kind_of_body(words[-1]) is None:
            return None
        if self._has_articles and len(words) == len(segment.split()):
            return None
        stem = words[-1][: max(4, len(words[-1]) - 2)]
        met = (one for one in reversed(self.met) if any(word.startswith(stem) for word in one.name.lower().split()))
        return _pointed(next(met, None), segment)

    @cached_property
    def _has_articles(self) -> bool:
        return bool(self.language.words("definite"))

    @cached_property
    def _definite(self) -> re.Pattern[str]:
        """What stands before a body that is known already."""
        return re.compile(rf"(?:{self.language.any_of('definite')}|its|their|this)(?:\s|(?<=['’]))", re.I)

    def _by_one_name(self, segment: str) -> Referent | None:
        """Somebody of whom the text says nothing but a name: "Facebook said", "South Korea's Hyundai Motor said"."""
        name = re.sub(rf"^.*[’']s\s|^(?:{self.language.any_of('articles')})\s|[’']s?$", "", segment, flags=re.I)
        words = name.split()
        if not NAME.fullmatch(name) or len(words) > 4 or words[0].lower() in self.people.function_words:
            return None
        if len(words) == 1 and (name not in self.people.single or self.people.is_small(name)):
            return None
        known = next((one for one in self.known if one.name == name), None)
        if known is None and self.is_place is not None and self.is_place(name):
            return None
        return Referent(self._remember(known or Speaker(name, name, "person" if len(words) == 1 else "other")), is_bare=True)

    def is_title(self, segment: str) -> bool:
        """Whether a segment tells somebody by what he or she is: "the mayor"."""
        words = segment.strip()
        return self._by_title.fullmatch(words) is not None and words.lower().rpartition(" ")[2] not in self.several

    @cached_property
    def several(self) -> frozenset[str]:
        """Words for several people, of whom none is meant alone."""
        return self.language.words("collectives") | self.unnamed

    def person_of(self, sex: str) -> Speaker | None:
        """The last person who was heard of; `sex` is "m" or "f", or empty for either."""
        return self.last_of_sex.get(sex)

    def without_asides(self, segment: str) -> str:
        """Words without those that may stand before a subject: "But", "Meanwhile"."""
        return self._aside.sub("", segment)

    @cached_property
    def _by_title(self) -> re.Pattern[str]:
        """A person by what he or she is: "the prime minister"."""
        return re.compile(rf"(?:{self.language.any_of('definite')})\s(?:{alternatives(self.titles)})", re.I)

    @cached_property
    def _aside(self) -> re.Pattern[str]:
        """What stands before a subject and is no part of it: "But", "Meanwhile"."""
        return re.compile(rf"^\s*(?:(?:{self.language.any_of('asides')})(?!\w)[\s,]*)+", re.I)

    @cached_property
    def _clause_end(self) -> re.Pattern[str]:
        """The end of what is no subject: "the man who"."""
        return re.compile(rf"(?<!\w)(?:{self.language.any_of('relatives')})\Z", re.I)

    @cached_property
    def _relative(self) -> re.Pattern[str]:
        """Where a clause about a subject begins: "the man who saw it"."""
        return re.compile(
            rf"\s(?:{alternatives(self.language.words('relatives') - self.language.words('pauses') - {'to', 'not'})})\s", re.I
        )

    @cached_property
    def _long_titles(self) -> re.Pattern[str]:
        """Titles of several words, which would be taken for names."""
        return re.compile(rf"(?<!\w)(?:{alternatives(title for title in self.titles if ' ' in title)})(?!\w)\s*", re.I)

    @cached_property
    def _bearers(self) -> re.Pattern[str]:
        """What bears the words of another: "a report by"."""
        return re.compile(rf"^\s*(?:{self.language.any_of('bearers')})(?!\w)\s*", re.I)

    def _named_person(self, segment: str) -> Speaker | None:
        for found in NAME.finditer(segment):
            before = re.findall(r"[\w-]+", segment[: found.start()].lower())
            person = self.people.person(found.group())
            first = found.group().partition(" ")[0]
            has_title = (bool(before) and (self.people.is_title(before[-1]) or " ".join(before[-2:]) in self.titles)) or (
                bool(person) and " " not in person and self.people.is_title(first)
            )
            if not person and has_title and not self.language.organisation.search(found.group()):
                person = re.sub(r"[’']s$", "", found.group())
            if not person or GOES_ON.match(segment, found.end()):
                continue
            surname = person.rsplit(" ", 1)[-1]
            full = self.people.by_surname.get(surname, person) if " " not in person else person
            is_noun = self.language.flag("nouns_capitalised") and full not in self.people.firm  # two nouns look like a name
            if has_title or (" " in full and not is_noun):
                return Speaker(full, person if person in segment else full, "person")
        return None

    def _short_name(self, segment: str) -> Speaker | None:
        """A body that was named in full before, by a part of its name."""
        found = NAME.search(segment)
        words = set(found.group().lower().split()) if found else set()
        bodies = (one for one in self.known if one.kind != "person" and not words.isdisjoint(one.name.lower().split()[:1]))
        return next((one for one in bodies if words <= set(one.name.lower().split())), None) if words else None

    def _known(self, speaker: Speaker) -> Speaker | None:
        """The speaker under the name that was used first: of two names of which one has all words of the other."""
        mine = self._words(speaker.name)
        if speaker.name.isupper() and speaker.kind != "person":  # "FT" is the Financial Times
            full = self.by_capitals.get(speaker.name)
            if full is not None:
                return full
        if speaker.kind != "person" and " " in speaker.name:  # "Lib Dems"
            short = (one for one in self.by_letters.get(_letters(speaker.name), ()) if _is_short_for(speaker.name, one.name))
            full = next(short, None)
            if full is not None:
                return full
        theirs = ((one, self._words(one.name)) for one in self.known)
        return next((one for one, words in theirs if mine and words and (mine <= words or words <= mine)), None)

    def _words_of(self, name: str) -> set[str]:
        """The words of a name by which it is compared; of German ones without the endings of cases."""
        words = set(re.findall(r"\w+", name.lower())) - _SMALL
        return {re.sub(r"e[rsmn]?\Z", "", word) for word in words} if self.language.flag("nouns_capitalised") else words

    def _remember(self, speaker: Speaker) -> Speaker:
        """The speaker under the name that was used first, who is now the last that was heard."""
        known = self._known(speaker)
        if known is None and len(self.known) < KNOWN:
            self.known.append(speaker)
            if speaker.kind != "person":
                self.by_capitals.setdefault(_initials(speaker.name), speaker)
                self.by_letters.setdefault(_letters(speaker.name), []).append(speaker)
        speaker = known or speaker
        self.last = speaker
        if speaker.kind == "person":
            self._meet(speaker)
        else:
            self.last_body = speaker
        return speaker

    def _meet(self, person: Speaker) -> None:
        """A person is the one whom "he" or "she" points back to."""
        sex = self.people.sex(person.name)
        for one in ("m", "f") if not sex else (sex,):
            self.last_of_sex[one] = person
        self.last_of_sex[""] = person

    def meet(self, sentence: str) -> None:
        """Takes note of the bodies that a sentence names."""
        if len(self.met) < KNOWN:
            self.met += [self._known(one) or one for one in self.bodies.within(sentence)]

    def heard(self, sentence: str) -> None:
        """Takes note of the persons who are named in a sentence that credits nobody."""
        clause = _CLAUSE_END.split(sentence, maxsplit=1)[0]
        named = any(self.people.person(run.group()) for run in NAME.finditer(clause))
        first = clause.partition(" ")[0].lower()
        body = None if named or first in self.language.words("locatives") else self.bodies.named(clause)
        if body is not None and " " in body.name:
            self.last_body = self._known(body) or body
        for found in NAME.finditer(sentence):
            person = self.people.person(found.group())
            full = self.people.by_surname.get(person.rsplit(" ", 1)[-1]) if person else None
            is_subject = _SUBJECT_BEFORE.search(sentence, max(0, found.start() - 60), found.start()) is not None
            if full is not None and (full in self.people.firm or is_subject or not self.last_of_sex):
                self._meet(next((one for one in self.known if one.name == full), None) or Speaker(full, full, "person"))


def _pointed(speaker: Speaker | None, words: str) -> Referent | None:
    """Who is meant by words that point back, if there is anybody to point to."""
    return Referent(speaker, words) if speaker is not None else None


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
