"""Who is credited: the persons and bodies of a text that speak, under one name each, and those whom pronouns point back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.importer.language import Language, alternatives
from sitegen.importer.people import CAPITAL, NAME, People

SUBJECT = 170
"""Signs that a subject has at most; a longer stretch is no subject."""


class Speaker(NamedTuple):
    """Somebody who is credited: `name` for the archive, `mention` as printed, `kind` as the archive's sources have it.

    `name` is empty of those who are not named ("officials").
    """

    name: str
    mention: str
    kind: str


UNNAMED = Speaker("", "", "")


_GOES_ON = re.compile(
    r"\s(?!(?:of|who|and|in|from|at|for|with|also|later|has|had|have|then|on|told|as|a|an|the|der|die|das|von|aus|im|am)\b)[a-zà-ÿ]"
)
_SHORT_OR_QUOTED = re.compile(
    rf"(?<!\w)[A-Z][A-Z-]{{2,}}(?:-[A-Z]+)?(?!\w)|[“\"‘]((?:[A-Z][\w-]*\s?){{1,6}})[”\"’]|«({CAPITAL}[^«».!?]{{2,60}})»"
)
"""An organisation by its initials ("NATO"), or by a name in quotation marks."""
_LEFT = re.compile(rf"(?:(?:{CAPITAL}[\w’'ʼ.&-]*|of|for|the|and)\s+)*(?:[a-z-]+\s+)?\Z")
"""The words of a body's name before its head noun."""
_SMALL = frozenset(["the", "of", "a", "for"])
_CLAUSE_END = re.compile(r",\s|\s(?:that|which|who|said|has|had|have|was|were|is|are|in|on|at|to|for)\s")
_SUBJECT_BEFORE = re.compile(r"(?:^|[.;]\s|^(?:But|And)\s|[Tt]he\s[\w\s’'-]{3,40},\s)\Z")


class Speakers:
    """The speakers of one text; remembers who was named, for surnames and pronouns that point back."""

    def __init__(self, language: Language, blocks: Sequence[str]) -> None:
        self.language = language
        self.titles = language.words("titles")
        self.unnamed = language.words("unnamed")
        self.people = People(language, blocks)
        self.known: list[Speaker] = []
        self.last: Speaker | None = None
        self.last_body: Speaker | None = None
        self.last_of_sex: dict[str, Speaker] = {}
        self.is_inferred = False
        """Whether the last speaker asked for was told by a pronoun or the like."""
        self.is_bare = False
        """Whether of the last speaker asked for the text had no more than a name."""

    def speaker(self, segment: str) -> Speaker | None:
        """Who a stretch of words names as the one who speaks; None where it names nobody."""
        segment = self._relative.split(segment, maxsplit=1)[0]
        if self.is_title(segment) and self.last_of_sex:
            self.is_inferred = True
            return self.person_of("")
        segment = self._long_titles.sub("", self._bearers.sub("", self._aside.sub("", segment))).strip(" ,;:–—-“”\"'")
        if not segment or len(segment) > SUBJECT or self._clause_end.search(segment):
            return None
        lower = plain = segment.lower()
        is_he, is_she, is_it = (plain in self.language.words(name) for name in ("he", "she", "it"))
        self.is_bare = False
        self.is_inferred = is_he or is_she or is_it
        if is_he or is_she:
            return self.person_of("m" if is_he and not is_she else "f" if is_she and not is_he else "")
        if is_it:
            return self.last_body or self.last
        person = self._document(segment) or self._named_person(segment)
        if person is not None:
            return self._remember(person)
        organisation = self._organisation(segment)
        if organisation is not None:
            return self._remember(organisation)
        if (
            self.language.organisation.search(segment)
            and re.match(r"(?:the|die|der|das|its|their)\s", lower)
            and self.last_body
            and not self._office(segment)
        ):
            self.is_inferred = True
            return self.last_body
        office = self._office(segment) or self._short_name(segment)
        if office is not None:
            return self._remember(office)
        for word in re.findall(r"[^\W\d_][\w’'-]*", segment)[::-1]:
            surname = re.sub(r"[’']s$", "", word)
            if surname in self.people.by_surname and surname[0].isupper():
                full = self.people.by_surname[surname]
                return self._remember(Speaker(full, full, "person"))
        if any(word in self.unnamed for word in re.findall(r"\w+", plain)[-1:]) or plain in self.unnamed:
            return UNNAMED
        return self._by_one_name(segment)

    def _by_one_name(self, segment: str) -> Speaker | None:
        """Somebody of whom the text says nothing but a name: "Facebook said", "South Korea's Hyundai Motor said"."""
        name = re.sub(rf"^.*[’']s\s|^(?:{self.language.any_of('articles')})\s|[’']s?$", "", segment, flags=re.I)
        words = name.split()
        if not NAME.fullmatch(name) or len(words) > 4 or words[0].lower() in self.people.function_words:
            return None
        if len(words) == 1 and (name not in self.people.single or self.people.is_small(name)):
            return None
        self.is_bare = True
        known = next((one for one in self.known if one.name == name), None)
        return self._remember(known or Speaker(name, name, "person" if len(words) == 1 else "other"))

    def is_title(self, segment: str) -> bool:
        """Whether a segment tells somebody by what he or she is: "the mayor"."""
        return self._by_title.fullmatch(segment.strip()) is not None

    def person_of(self, sex: str) -> Speaker | None:
        """The last person who was heard of; `sex` is "m" or "f", or empty for either."""
        return self.last_of_sex.get(sex)

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
            if not person or _GOES_ON.match(segment, found.end()):
                continue
            surname = person.rsplit(" ", 1)[-1]
            full = self.people.by_surname.get(surname, person) if " " not in person else person
            if " " in full or has_title:
                return Speaker(full, person if person in segment else full, "person")
        return None

    def _organisation(self, segment: str) -> Speaker | None:
        """The organisation named by a head noun ("ministry") and the words around it."""
        best: tuple[int, int, str] | None = None
        for found in self.language.organisation.finditer(segment):
            start, end = self._widened(segment, found.start(), found.end())
            words = segment[start:end]
            if self._is_followed(segment, end):
                continue
            bearer = re.match(rf"\s({NAME.pattern})", segment[found.end() :]) if found.group().islower() else None
            if bearer is not None:  # "the statistics firm Mira"
                kind = self.language.organisation_kinds[found.group().lower()]
                return Speaker(bearer[1], bearer[1], kind)
            if not re.search(
                CAPITAL, re.sub(r"^(?:The|A|An|Die|Der|Das)\s+", "", words)
            ) and found.group().lower() not in self.language.words("generic"):
                continue
            if words.partition(" ")[0].lower() in self.language.words("locatives"):
                continue  # "In office since 2012"
            is_generic = found.group().lower() in self.language.words("generic")
            others = words.replace(found.group(), " ", 1).split()
            is_body = self.language.organisation_kinds[re.sub(r"\s+", " ", found.group().lower())] not in ("government", "military")
            if found.group().islower() and is_body and not is_generic and not any(self._is_own(word) for word in others):
                continue  # "a US firm"
            kind = self.language.organisation_kinds[re.sub(r"\s+", " ", found.group().lower())]
            if best is None or end - start > best[1] - best[0]:
                best = (start, end, kind)
        if best is not None:
            name = self._nominative(segment[best[0] : best[1]], segment[: best[0]])
            return Speaker(name, name, best[2])
        for found in () if segment.isupper() and " " in segment else _SHORT_OR_QUOTED.finditer(segment):
            name = found[1] or found[2] or found.group()
            return Speaker(name.strip(), name.strip(), "media" if found[2] else "other")
        return None

    def _is_own(self, word: str) -> bool:
        """Whether a word before "firm" or "ministry" names one, and does not only say of which country it is."""
        lower = word.lower()
        is_place = lower in self.language.words("demonyms") or lower.endswith("-based") or (word.isupper() and len(word) < 3)
        return bool(re.match(CAPITAL, word)) and not is_place and lower not in self.language.words("articles")

    def _is_followed(self, segment: str, end: int) -> bool:
        """Whether a body is followed by a verb other than that of speech, so that it is no subject of the latter."""
        return not self.language.words("reported") and _GOES_ON.match(segment, end) is not None and not self._of_body.match(segment, end)

    @cached_property
    def _of_body(self) -> re.Pattern[str]:
        """What belongs to a body and speaks for it: "Labor Department figures"."""
        words = alternatives(self.language.words("documents") | self.language.words("unnamed") | self.titles | self.language.words("data"))
        return re.compile(rf"\s(?:{words})(?!\w)", re.I)

    def _nominative(self, words: str, before: str) -> str:
        """A name without its article, as it stands in a list: "der Deutsche Wetterdienst" is "Deutscher Wetterdienst"."""
        article = re.search(r"(?:^|\s)(der|das)\s*\Z", before, re.I) or re.match(r"(der|das)\s", words, re.I)
        name = re.sub(r"^(?:A|An|The|the|Die|die|Der|der|Das|das|des|dem|den)\s+", "", words)
        if self.language.words("reported"):
            adjective = re.match(r"([A-ZÄÖÜ]\w+)e(?=\s[A-ZÄÖÜ])", name)
            if article and adjective:
                name = adjective[1] + ("er" if article[1].lower() == "der" else "es") + name[adjective.end() :]
            first, space, rest = name.partition(" ")
            bare = next(
                (first[:-n] for n in (2, 1) if first.endswith("s") and first[:-n].lower() in self.language.organisation_kinds), first
            )
            name = f"{bare}{space}{rest}"
        return name

    def _short_name(self, segment: str) -> Speaker | None:
        """A body that was named in full before, by a part of its name."""
        found = NAME.search(segment)
        words = set(found.group().lower().split()) if found else set()
        bodies = (one for one in self.known if one.kind != "person" and not words.isdisjoint(one.name.lower().split()[:1]))
        return next((one for one in bodies if words <= set(one.name.lower().split())), None) if words else None

    def _document(self, segment: str) -> Speaker | None:
        """A study or report that is told by where it appeared or who made it: "a study published in …"."""
        documents = self.language.any_of("documents")
        found = re.match(
            rf"(?:an?|the|another)\s(?:[\w-]+\s)?({documents})\s(?:[\w\s]{{0,40}}\s)?(?:in|by|from|of)\s(?:the\s)?(?-i:[a-z]+\s)?",
            segment,
            re.I,
        )
        name = NAME.match(segment[found.end() :]) if found else None
        if found is None or name is None:
            return None
        return Speaker(f"{found[1].capitalize()} in {name.group()}", name.group(), "document")

    def _office(self, segment: str) -> Speaker | None:
        """A body that is told by what it is, without a name of its own: "the public works ministry", "the hospital in Gao", "county
        officials", "prosecutors"."""
        words = re.sub(rf"^(?:{self.language.any_of('articles')})\s+", "", segment, flags=re.I)
        name = re.split(r",\s|\s(?:and|who|which)\s", words, maxsplit=1)[0].strip()
        where = re.search(rf"\s(?:in|of|at|for|from)\s(?:the\s)?{CAPITAL}[\w’'-]*(?:\s{CAPITAL}[\w’'-]*)*\Z", name)
        head = name[: where.start()] if where else name
        *before, noun = head.split() or [""]
        if len(before) > 3 or any(word.lower() in self.language.words("no_qualifiers") for word in before[:1]):
            return None
        kind = self.language.organisation_kinds.get(noun.lower())
        if noun.lower() in self.language.words("collectives"):
            kind = "government"
        elif kind not in ("government", "military") and not (where and kind == "other"):
            return None
        if kind is None or not (before or where or noun.lower() in self.language.words("generic")):
            return None
        return Speaker(name[:1].upper() + name[1:], name, kind)

    def _widened(self, segment: str, start: int, end: int) -> tuple[int, int]:
        """A head noun with the capitalised words before it and the "of …" behind it."""
        left = _LEFT.search(segment[:start])
        if left and re.search(CAPITAL, left.group()):
            skip = re.search(CAPITAL, left.group())
            assert skip is not None
            start = left.start() + skip.start()
        link = r"\s+(?:the\s+)?" if re.search(r"\s(?:for|of)\Z", segment[:end]) else r"\s+(?:of|for|on)\s+(?:the\s+)?"
        right = re.match(
            rf"{link}{CAPITAL}[\w’'ʼ-]*(?:\s+(?:of\s+|for\s+|and\s+|the\s+)*{CAPITAL}[\w’'ʼ-]*)*(?:\s+(?:military|army|government|police))?",
            segment[end:],
        )
        return start, end + (right.end() if right else 0)

    def _known(self, speaker: Speaker) -> Speaker | None:
        """The speaker under the name that was used first: of two names of which one has all words of the other."""
        mine = self._words(speaker.name)
        if speaker.name.isupper() and speaker.kind != "person":  # "FT" is the Financial Times
            short = (one for one in self.known if one.kind != "person" and _initials(one.name) == speaker.name)
            full = next(short, None)
            if full is not None:
                return full
        theirs = ((one, self._words(one.name)) for one in self.known)
        return next((one for one, words in theirs if mine and words and (mine <= words or words <= mine)), None)

    def _words(self, name: str) -> set[str]:
        """The words of a name by which it is compared; of German ones without the endings of cases."""
        words = set(re.findall(r"\w+", name.lower())) - _SMALL
        return {re.sub(r"e[rsmn]?\Z", "", word) for word in words} if self.language.words("reported") else words

    def _remember(self, speaker: Speaker) -> Speaker:
        """The speaker under the name that was used first, who is now the last that was heard."""
        known = self._known(speaker)
        if known is None:
            self.known.append(speaker)
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

    def heard(self, sentence: str) -> None:
        """Takes note of who is named in a sentence that credits nobody."""
        clause = _CLAUSE_END.split(sentence, maxsplit=1)[0]
        named = any(self.people.person(run.group()) for run in NAME.finditer(clause))
        first = clause.partition(" ")[0].lower()
        body = None if named or first in self.language.words("locatives") else self._organisation(clause)
        if body is not None and " " in body.name:
            self.last_body = self._known(body) or body
        for found in NAME.finditer(sentence):
            person = self.people.person(found.group())
            full = self.people.by_surname.get(person.rsplit(" ", 1)[-1]) if person else None
            is_subject = _SUBJECT_BEFORE.search(sentence[: found.start()]) is not None
            if full is not None and (full in self.people.firm or is_subject or not self.last_of_sex):
                self._meet(next((one for one in self.known if one.name == full), None) or Speaker(full, full, "person"))


def _initials(name: str) -> str:
    """The first letters of the words of a name that have a capital."""
    return "".join(word[0] for word in name.split() if word[0].isupper())
