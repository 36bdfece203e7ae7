"""Who is credited with what: the speakers of a text, and the statements that are theirs.

A statement is credited by a verb of speech with its subject before or after it ("X said", "said X"), by words such as "according
to", or by a name and a colon. The word lists are the language's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.content.text import sentences
from sitegen.importer.language import Language, alternatives
from sitegen.importer.people import CAPITAL, NAME, People

_QUOTES = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|„[^“”]*(?:[“”]|\Z)|«[^»]*(?:»|\Z)|(?<!\w)‘[^’]*’(?!\w)")
SUBJECT = 170
"""Signs that a subject has at most; a longer stretch before a verb is no subject."""


class Speaker(NamedTuple):
    """Somebody who is credited: `name` for the archive, `mention` as printed, `kind` as the archive's sources have it.

    `name` is empty of those who are not named ("officials").
    """

    name: str
    mention: str
    kind: str


class Statement(NamedTuple):
    """What a speaker is credited with: `block` of the text and the stretch `start:end` in it; the sentence it stands in. `inferred`: a
    pronoun, or a body without its name, was taken to mean the speaker."""

    block: int
    start: int
    end: int
    speaker: Speaker | None
    sentence: tuple[int, int]
    inferred: bool = False


UNNAMED = Speaker("", "", "")


class Speakers:
    """The reading of one text's attributions; remembers who was named, for surnames and pronouns that point back."""

    def __init__(self, language: Language, blocks: Sequence[str]) -> None:
        self.language = language
        self.speech = language.words("speech")
        self.weak = language.words("weak")
        self.titles = language.words("titles")
        self.unnamed = language.words("unnamed")
        self.verb = language.pattern("speech")
        self.passive = language.pattern("passive")
        self.people = People(language, blocks)
        self.known: list[Speaker] = []
        self.credited: dict[Speaker, None] = {}
        self.last_person: Speaker | None = None
        self.last: Speaker | None = None
        self.last_body: Speaker | None = None
        self.is_inferred = False

    # who

    def speaker(self, segment: str) -> Speaker | None:
        """Who a stretch of words names as the one who speaks; None where it names nobody."""
        segment = self._long_titles.sub("", self._bearers.sub("", segment)).strip(" ,;:–—-“”\"'")
        if not segment or len(segment) > SUBJECT:
            return None
        lower = segment.lower()
        plain = re.sub(
            rf"^(?:{'|'.join(map(re.escape, sorted(self.language.words('asides'), key=len, reverse=True))) or '(?!)'})\b[\s,]*", "", lower
        )
        self.is_inferred = plain in self.language.words("he") | self.language.words("it")
        if plain in self.language.words("he"):
            return self.last_person
        if plain in self.language.words("it"):
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
        return None

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
            has_title = bool(before) and (self.people.is_title(before[-1]) or " ".join(before[-2:]) in self.titles)
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
            if not re.search(
                CAPITAL, re.sub(r"^(?:The|A|An|Die|Der|Das)\s+", "", words)
            ) and found.group().lower() not in self.language.words("generic"):
                continue
            kind = self.language.organisation_kinds[re.sub(r"\s+", " ", found.group().lower())]
            if best is None or end - start > best[1] - best[0]:
                best = (start, end, kind)
        if best is not None:
            name = self._nominative(segment[best[0] : best[1]], segment[: best[0]])
            return Speaker(name, name, best[2])
        for found in re.finditer(r"(?<!\w)[A-Z][A-Z-]{2,}(?:-[A-Z]+)?(?!\w)|[“\"‘]([A-Z][^”\"’]{4,60})[”\"’]", segment):
            name = found[1] or found.group()
            return Speaker(name, name, "other")
        return None

    def _nominative(self, words: str, before: str) -> str:
        """A name without its article, as it stands in a list: "der Deutsche Wetterdienst" is "Deutscher Wetterdienst"."""
        article = re.search(r"(?:^|\s)(der|das)\s*\Z", before, re.I) or re.match(r"(der|das)\s", words, re.I)
        name = re.sub(r"^(?:The|the|Die|die|Der|der|Das|das|des|dem|den)\s+", "", words)
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
        left = re.search(rf"(?:(?:{CAPITAL}[\w’'ʼ.&-]*|of|for|the|and)\s+)*(?:[a-z-]+\s+)?\Z", segment[:start])
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
        mine = set(re.findall(r"\w+", speaker.name.lower())) - _SMALL
        theirs = ((one, set(re.findall(r"\w+", one.name.lower())) - _SMALL) for one in self.known)
        return next((one for one, words in theirs if mine and words and (mine <= words or words <= mine)), None)

    def _remember(self, speaker: Speaker) -> Speaker:
        """The speaker under the name that was used first, who is now the last that was heard."""
        known = self._known(speaker)
        if known is None:
            self.known.append(speaker)
        speaker = known or speaker
        self.last = speaker
        if speaker.kind == "person":
            self.last_person = speaker
        else:
            self.last_body = speaker
        return speaker

    # what

    def statements(self, number: int, text: str) -> list[Statement]:
        """The statements of a block, one a sentence at most; those whose speaker is not named have UNNAMED."""
        out: list[Statement] = []
        before: tuple[int, int] | None = None
        for start, end in sentences(text):
            back = self._pointing_back(text, before, start, end) if before is not None else None
            if back is not None and before is not None:
                out = [one for one in out if one.sentence != before]
                out.append(Statement(number, *_trimmed(text, back[0], back[1]), back[2], before))
                self.credited[back[2]] = None
                before = None
                continue
            before = (start, end)
            self.is_inferred = False
            found = self._statement(text[start:end])
            if found is None or found[2].kind != "person":
                self._heard(text[start:end])
            if found is not None:
                a, b, speaker = found
                a, b = _trimmed(text, start + a, start + b)
                if b > a:
                    self.credited[speaker] = None
                    out.append(Statement(number, a, b, speaker, (start, end), self.is_inferred))
        return out

    def listing(self, block: str) -> Speaker | None:
        """Who gives the list that a block announces: "The committee gave these figures:"."""
        found = re.match(rf"(.+?)(?<!\w)(?:{self.language.any_of('listing')})(?!\w).*:\Z", block.strip(), re.I)
        speaker = self.speaker(_subject(found[1])) if found else None
        if speaker is not None and speaker is not UNNAMED:
            self.credited[speaker] = None
        return speaker

    def _pointing_back(self, text: str, before: tuple[int, int], start: int, end: int) -> tuple[int, int, Speaker] | None:
        """Who is credited with the sentence before by one that says no more than that: "Про це повідомив …"."""
        found = re.match(
            rf"\W*(?:{self.language.any_of('back')})(?!\w).*?(?:{self.language.any_of('speech')})(?!\w)", text[start:end], re.I
        )
        speaker = self.speaker(text[start + found.end() : end].rstrip(".")) if found else None
        return (*before, speaker) if speaker is not None else None

    def _heard(self, sentence: str) -> None:
        """The last person named is the one whom "he" or "she" points back to."""
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
            if full is not None and (full in self.people.firm or is_subject or self.last_person is None):
                known = next((one for one in self.known if one.name == full), None)
                self.last_person = known or Speaker(full, full, "person")

    def _statement(self, sentence: str) -> tuple[int, int, Speaker] | None:
        return self._by_words(sentence) or self._by_verb(sentence) or self._by_colon(sentence)

    def _by_words(self, sentence: str) -> tuple[int, int, Speaker] | None:
        """According to X, …; …, according to X."""
        for found in self.passive.finditer(sentence):
            if any(a.start() < found.start() < a.end() for a in _QUOTES.finditer(sentence)):
                continue
            rest = sentence[found.end() :]
            if found.group().lower() in self.language.words("by_him"):
                if self.last_person is not None and found.start() > 20:
                    return 0, found.start(), self.last_person
                if self.last_person is not None:
                    return found.end() + len(rest) - len(rest.lstrip(" ,")), len(sentence), self.last_person
                continue
            stop = re.search(r"[,;]\s|[.!?]?\Z|\s[–—-]\s", rest)
            segment = rest[: stop.start()] if stop else rest
            if self.language.words("reported"):  # German: the verb follows, without a comma
                named = re.match(rf"\s*(?:(?:{self.language.any_of('links')})\s|{CAPITAL}[\w’'-]*(?:\s|\Z))+", rest)
                segment = named.group() if named else segment
            speaker = self.speaker(segment)
            if speaker is None and stop:
                longer = re.search(r"[,;]\s", rest[stop.end() :])
                speaker = self.speaker(rest[: stop.end() + longer.start()]) if longer else None
            if speaker is None:
                continue
            if found.start() <= 3 and stop and stop.end() < len(rest):
                return found.end() + self._past_asides(rest, stop.end()), len(sentence), speaker
            if found.start() > 20:
                return 0, found.start(), speaker
            return 0, len(sentence), speaker
        return None

    def _past_asides(self, rest: str, at: int) -> int:
        """Past what stands in apposition to a name: ", a think-tank based in Washington, DC,"."""
        apposition = re.match(r"(?:an?|the)\s[^,]*(?:,\s(?:[A-Z]{2}|D\.C\.))?,\s", rest[at:])
        return at + (apposition.end() if apposition else 0)

    def _by_verb(self, sentence: str) -> tuple[int, int, Speaker] | None:
        quoted = [found.span() for found in _QUOTES.finditer(sentence)]
        for found in self.verb.finditer(sentence):
            if any(a < found.start() < b for a, b in quoted):
                continue
            is_weak = found.group().lower() in self.weak
            if found.group().lower() in self.language.words("counting") and not re.search(r"\d", sentence[found.end() :]):
                continue
            before, after = sentence[: found.start()], sentence[found.end() :]
            inner = max((b for _, b in quoted if b <= found.start()), default=0)
            is_inverted = re.search(r"[”\"“’»],?\s*\Z", before) or (before.endswith(", ") and len(after) < max(60, min(90, len(before))))
            if is_inverted:  # "…," said X
                first, *more = _STOP.split(after.strip(), maxsplit=2)
                speaker = self.speaker(first) or (self.speaker(more[0]) if more and "," in after[: len(first) + 2] else None)
                if speaker is not None and not is_weak:
                    return 0, found.start(), speaker
            opening = max(inner, _clause(before, len(after)))
            segment = before[opening:]
            speaker = self.speaker(_subject(segment))
            if speaker is None or (is_weak and speaker is UNNAMED):
                continue
            if inner > 20 and sentence[:inner].lstrip()[:1] in '“"„«‘':  # "…," X said in an address
                return 0, inner, speaker
            rest = re.sub(r"^\s*(?:\(.*?\)\s*)?", "", after)
            if (len(re.findall(r"\w+", rest)) >= 4 and opening <= max(inner, 3) + len(before) - len(before.lstrip())) or (
                len(rest) > len(before)
            ):
                if len(re.findall(r"\w+", rest)) < 3 and opening > 20:
                    return 0, opening, speaker
                return found.end() + _join(after), len(sentence), speaker
            if opening > 15:
                return 0, opening, speaker
            if len(re.findall(r"\w+", rest)) >= 3:
                return found.end() + _join(after), len(sentence), speaker
        return None

    def _by_colon(self, sentence: str) -> tuple[int, int, Speaker] | None:
        head, colon, rest = sentence.partition(": ")
        if not colon or len(head) > 70 or len(rest) < 20 or len(head.split()) > 8:
            return None
        speaker = self.speaker(head)
        if speaker is None or speaker is UNNAMED or (rest[0].islower() and speaker.kind == "person"):
            return None
        return len(head) + 2, len(sentence), speaker


_GOES_ON = re.compile(
    r"\s(?!(?:of|who|and|in|from|at|for|with|also|later|has|had|have|then|on|told|as|a|an|the|der|die|das|von|aus|im|am)\b)[a-zà-ÿ]"
)
_DATELINE = re.compile(r"^[^a-z]{3,40}(?:,[^–—]{0,40})?\s(?:\([^)]*\)\s)?[–—-]\s")
_SMALL = frozenset(["the", "of", "a", "for"])
_CLAUSE_END = re.compile(r",\s|\s(?:that|which|who|said|has|had|have|was|were|is|are|in|on|at|to|for)\s")
_SUBJECT_BEFORE = re.compile(r"(?:^|[.;]\s|^(?:But|And)\s|[Tt]he\s[\w\s’'-]{3,40},\s)\Z")
_STOP = re.compile(r"[,;:]\s?|(?<![A-Z])(?<!\bSt)(?<!\b[DM]r)(?<!\bMs)(?<!\bMrs)(?<!\bGen)(?<!\bLt)(?<!\bCol)(?<!\bSgt)\.(?=\s|\Z)"
                   r"|\s(?:in|on|at|after|as|while|who|during|when)\s")  # fmt: skip
"""Where the name of one who speaks ends."""


def _clause(before: str, rest: int) -> int:
    """Where the clause of a subject begins: after the last comma where the verb stands at the end, else at the start."""
    if rest < 45 and ", " in before:
        return before.rindex(", ") + 2
    return 0


_TAIL = re.compile(
    r"\s(?:has|have|had|also|later|previously|again|now|on \w+day|in (?:an? |his |her |its |the )[\w\s]{3,30}|earlier|further"
    r"|told [\w\s]+|\w+ly)\s*\Z"
)


def _subject(segment: str) -> str:
    """A subject without what stands before and behind it: "And on Saturday, X, the think tank, " -> X."""
    segment = _TAIL.sub("", _DATELINE.sub("", segment))
    parts = [part for part in re.split(r",\s|\s[–—-]\s", segment) if part.strip()]
    if len(parts) > 1 and re.match(
        r"(?:and |but )?(?:on|in|at|by|after|before|during|late|early|last|since|as|for|with|however|meanwhile)\b", parts[0].strip(), re.I
    ):
        parts = parts[1:]
    return ", ".join(parts[:2])


_JOIN = re.compile(
    r"\s*(?:(?:on|late on|early on)\s+\w+day)?(?:\s*in\s+(?:an?|its|his|her|the)\s[\w\s]{3,40}?(?=\s+that|,|:))?(?:\s*on\s+\w+day)?"
    r"[,:]?\s*(?:that\s+|dass\s+|що\s+)?(?:it|they|he|she)?\s*(?:estimates?|estimated)?\s*"
)


def _join(after: str) -> int:
    """How far behind a verb the statement begins: after "that", "in a statement that", a colon, a day."""
    found = _JOIN.match(after)
    plain = re.match(r"\s*[,:]?\s*(?:that\s+|dass\s+|що\s+)?", after)
    if found and re.search(r"that|estimate|:|day", found.group()):
        keep = re.search(r"(?:\s|^)(?:it|they|he|she)\s*\Z", found.group())
        return keep.start() if keep else found.end()
    return plain.end() if plain else 0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the quotation marks and commas around it."""
    while start < end and text[start] in ' ,:;“"„«–—':
        start += 1
    while end > start and text[end - 1] in ' ,;”"“»–—':
        end -= 1
    if text[start:end].endswith(".") and not text[start : start + 1].isupper():
        end -= 1
    return start, end
