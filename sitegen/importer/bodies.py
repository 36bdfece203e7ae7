"""The bodies that a stretch of words names: organisations by their head nouns, initials, or names in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.speaker import Speaker
from sitegen.importer.tokens import CAPITAL, CAPITALS, NAME, SMALL, SMALLS, without_possessive


@lru_cache(maxsize=8)
def goes_on(language: Language) -> re.Pattern[str]:
    """What goes on behind a name, so that it is no subject of a verb of speech that follows; where names stand in cases nothing does, for
    a small word may belong to the name."""
    if language.flag("names_inflected"):
        return re.compile(r"(?!)")
    return re.compile(rf"\s(?!(?:{language.any_of('behind_names')})\b){SMALL}")


@lru_cache(maxsize=8)
def before_name(language: Language) -> re.Pattern[str]:
    """An article at the beginning of a name, which is no part of it."""
    return re.compile(rf"^(?:(?:{language.any_of('articles')})\s+|l['’])", re.I)


_SHORT_OR_QUOTED = re.compile(
    rf"(?<!\w){CAPITAL}[{CAPITALS}-]{{2,}}(?!\w)(?!\s«)|[“\"‘„]((?:{CAPITAL}[\w-]*+\s?+){{1,6}}+)[”\"’“]|«({CAPITAL}[^«».!?,\s]*(?:\s[^«».!?,\s]+){{0,5}})»"
)
"""An organisation by its initials ("NATO"), or by a name in quotation marks."""
_QUOTED_NAME = re.compile(rf"\s«{CAPITAL}[^«».!?]{{1,50}}»")
"""The name of a body behind what it is: "the society «Old Gate»"."""
WORDS = 8
"""Words of a body that is named in full."""
_OF_WHAT = re.compile(rf"(?:\s{SMALL}{{3,}}){{1,3}}\s*")
LONGEST = 170
"""Signs before a head noun that may belong to the name."""


class Bodies:
    """The naming of bodies in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def _is_set_as(self, noun: str, text: str) -> bool:
        """Whether a word is set as the name of a body: "WHO" is, "who" is not."""
        return noun.lower() not in self.language.words("capital_names") or (noun.isupper() and not text.isupper())

    def named(self, segment: str) -> Speaker | None:
        """The organisation named by a head noun ("ministry") and the words around it."""
        best: tuple[int, int, str] | None = None
        for found in self._heads(segment):
            if not self._is_set_as(found.group(), segment):
                continue
            start, end = self._widened(segment, found.start(), found.end())
            words = segment[start:end]
            if self._is_followed(segment, end):
                continue
            bearer = re.match(rf"\s({NAME.pattern})", segment[found.end() :]) if found.group().islower() else None
            if bearer is not None:  # "the statistics firm Mira"
                kind = self.kind_of(found)
                return Speaker(bearer[1], bearer[1], kind)
            if not re.search(CAPITAL, self._bare(words)) and found.group().lower() not in self.language.words("generic"):
                continue
            if words.partition(" ")[0].lower() in self.language.words("locatives"):
                continue  # "In office since 2012"
            is_generic = found.group().lower() in self.language.words("generic")
            others = words.replace(found.group(), " ", 1).split()
            is_body = self.kind_of(found) not in ("government", "military")
            if found.group().islower() and is_body and not is_generic and not any(self._is_own(word) for word in others):
                continue  # "a US firm"
            kind = self.kind_of(found)
            if best is None or end - start > best[1] - best[0]:
                best = (start, end, kind)
        if best is not None:
            name = self._nominative(segment[best[0] : best[1]], segment[: best[0]])
            return Speaker(name, name, best[2])
        for found in () if segment.isupper() and " " in segment else _SHORT_OR_QUOTED.finditer(segment):
            name = found[1] or found[2] or found.group()
            before = segment[: found.start()].split()
            noun = self.language.kind_of_body(before[-1]) if before else None  # "the society «Old Gate»"
            return Speaker(name.strip(), name.strip(), noun or "other")
        return None

    def full(self, text: str) -> Iterator[tuple[int, int, Speaker]]:
        """The bodies that a text names by several words with a capital, and what belongs to them ("of Coasts"), each with where: sure
        signs of a name."""
        if not self.language.may_name_body(text):
            return
        for run in NAME.finditer(text):
            words = [without_possessive(word) for word in run.group().split()]
            while words and words[0].lower() in self.language.words("articles"):
                words = words[1:]
            name = " ".join(words)
            head = self.language.organisation.search(name) if words and not name.isupper() else None
            if head is None:
                continue
            start = run.start() + max(0, run.group().find(words[0]))
            goes_on = run.group().endswith(words[-1]) and not self.language.flag("nouns_capitalised")
            end = self._right_end(text, run.end()) if goes_on else run.end()
            if end > run.end() and text[:end].rpartition(" ")[2].lower() in self._days:  # "the Police on Tuesday"
                end = run.end()
            name += text[run.end() : end]
            if 1 < len(name.split()) <= WORDS:
                yield start, end, Speaker(name, name, self.kind_of(head))

    @cached_property
    def _days(self) -> frozenset[str]:
        return self.language.words("weekdays") | self.language.words("months_words")

    def within(self, text: str) -> Iterator[Speaker]:
        """The bodies that a sentence names, whatever stands around them, in their order: rather one too many, for "the board" to mean."""
        end = 0
        for found in self._heads(text):
            if found.start() < end or not self._is_set_as(found.group(), text):
                continue
            start, end = self._widened(text, found.start(), found.end())
            words = text[start:end]
            if any(self._is_own(word.strip("«»")) for word in words.replace(found.group(), " ", 1).split()):
                name = self._nominative(words, text[max(0, start - 10) : start])
                yield Speaker(name, name, self.kind_of(found))
            end = max(end, found.end())

    def _heads(self, text: str) -> Iterator[re.Match[str]]:
        """The nouns of a text that organisations are called by."""
        return self.language.organisation.finditer(text) if self.language.may_name_body(text) else iter(())

    def kind_of(self, found: re.Match[str]) -> str:
        """The kind of a body by its head noun."""
        return self.language.kind_of_body(found.group()) or "other"

    def _is_own(self, word: str) -> bool:
        """Whether a word before "firm" or "ministry" names one, and does not only say of which country it is."""
        lower = word.lower()
        is_place = (
            lower in self.language.words("demonyms")
            or lower.endswith(tuple(self.language.words("based")))
            or (word.isupper() and len(word) < 3)
        )
        return bool(re.match(CAPITAL, word)) and not is_place and lower not in self.language.words("articles")

    def _is_followed(self, segment: str, end: int) -> bool:
        """Whether a body is followed by a verb other than that of speech, so that it is no subject of the latter."""
        further = goes_on(self.language).match(segment, end) if not self.language.flag("nouns_capitalised") else None
        if further is None or self._of_body.match(segment, end):
            return False
        return segment[further.start() :].split(maxsplit=1)[0].lower() not in self.language.words("name_links")

    @of_language
    def _of_body(self) -> re.Pattern[str]:
        """What belongs to a body and speaks for it: "Labor Department figures"."""
        words = alternatives(
            self.language.words("documents") | self.language.words("unnamed") | self.language.words("titles") | self.language.words("data")
        )
        return re.compile(rf"\s(?:{words})(?!\w)", re.I)

    def _nominative(self, words: str, before: str) -> str:
        """A name without its article, as it stands in a list: "der Deutsche Wetterdienst" is "Deutscher Wetterdienst"."""
        endings = self.language.lists.get("nominative", {})
        article = (self._before.search(before) or self._of_noun.match(words)) if endings else None
        name = self._bare(words)
        if self.language.flag("head_first"):
            name = before_name(self.language).sub("", name)
        if self.language.flag("nouns_capitalised"):
            adjective = re.match(rf"({CAPITAL}\w+)e(?=\s{CAPITAL})", name)
            if article and adjective:
                name = adjective[1] + endings[article[1].lower()] + name[adjective.end() :]
            first, space, rest = name.partition(" ")
            bare = next((first[:-n] for n in (2, 1) if first.endswith("s") and self.language.kind_of_body(first[:-n])), first)
            name = f"{bare}{space}{rest}"
        return name

    @of_language
    def _before(self) -> re.Pattern[str]:
        """An article that stands before a name, and says what the endings of its adjective are."""
        return re.compile(rf"(?:^|\s)({self.language.any_of('nominative')})\s*\Z", re.I)

    @of_language
    def _of_noun(self) -> re.Pattern[str]:
        """The same as the first word of it."""
        return re.compile(rf"({self.language.any_of('nominative')})\s", re.I)

    def _bare(self, words: str) -> str:
        """Words without the article before them."""
        found = self.language.leading("bare_articles", r"\s+").match(words)
        return words[found.end() :] if found else words

    @of_language
    def _left(self) -> re.Pattern[str]:
        """The words of a body's name before its head noun."""
        links = self.language.any_of("body_links")
        small = "" if self.language.flag("names_inflected") else rf"(?:[{SMALLS}-]+\s+)?"  # a noun in another case, of which the body is
        return re.compile(rf"(?:(?:{CAPITAL}[\w’'ʼ.&-]*|{links})\s+)*{small}\Z")

    @of_language
    def _right(self) -> re.Pattern[str]:
        """What belongs to a body's name behind its head noun: "of the Upper Lakes", also where the noun has its "of" already."""
        of, the, links, more = (self.language.any_of(name) for name in ("body_of", "definite", "body_links", "body_more"))
        word = rf"{CAPITAL}[\w’'ʼ-]*"
        return re.compile(rf"(?P<link>\s+(?:{of}))?\s+(?:(?:{the})\s+)?{word}(?:\s+(?:(?:{links})\s+)*{word})*(?:\s+(?:{more})(?!\w))?")

    @of_language
    def _ends_on_link(self) -> re.Pattern[str]:
        return re.compile(rf"\s(?:{self.language.any_of('body_of')})\Z")

    def _widened(self, segment: str, start: int, end: int) -> tuple[int, int]:
        """A head noun with the capitalised words before it, the "of …" and the name in quotation marks behind it."""
        start, end = self._with_words(segment, start, end)
        quoted = _QUOTED_NAME.match(segment, end)
        return start, quoted.end() if quoted is not None else end

    def _with_words(self, segment: str, start: int, end: int) -> tuple[int, int]:
        """A head noun with the capitalised words around it, without a name in quotation marks."""
        left = self._left.search(segment, max(0, start - LONGEST), start)
        if left and re.search(CAPITAL, left.group()):
            skip = re.search(CAPITAL, left.group())
            assert skip is not None
            start = left.start() + skip.start()
        right = self._right_end(segment, end)
        if right == end and self.language.flag("names_inflected") and segment[start:end][:1].isupper():
            told = _OF_WHAT.fullmatch(segment, end)  # "Центр озёрных наблюдений", before a verb
            is_name = told is not None and self._no_names.isdisjoint(told.group().lower().split())
            return start, len(segment) if is_name else end
        return start, right

    @cached_property
    def _no_names(self) -> frozenset[str]:
        """Small words that no name of a body goes on with."""
        lists = ("locatives", "adverbs", "asides", "relatives", "joining", "weekdays", "months_words", "auxiliaries", "speech")
        return frozenset().union(*(self.language.words(name) for name in lists))

    def _right_end(self, segment: str, end: int) -> int:
        """Where a name ends that goes on with "of …" behind its head noun."""
        if self.language.flag("head_first"):
            links = self.language.any_of("name_links")
            right = re.match(rf"(?:(?:\s+(?:{links})|\s+[dl]['’](?={CAPITAL}))*+\s*(?<=[\s'’]){CAPITAL}[\w’'-]*){{1,6}}", segment[end:])
            return end + (right.end() if right else 0)
        if self.language.flag("nouns_capitalised"):
            right = re.match(
                rf"(?:\s+(?:{self.language.any_of('name_links')}))*\s+{CAPITAL}[\w’'-]*(?:\s+{CAPITAL}[\w’'-]*){{0,3}}", segment[end:]
            )
            is_name = right is not None and right.group().split()[-1].lower() not in self.language.words("not_names")
            return end + (right.end() if right and is_name else 0)
        right = self._right.match(segment, end)
        return right.end() if right and (right["link"] or self._ends_on_link.search(segment, 0, end)) else end
