"""What each speaker is credited with: the statements of a text, sentence by sentence, by the first rule that knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sitegen.content.text import sentences
from sitegen.importer.adverbs import without_adverbs
from sitegen.importer.language import Language, of_language
from sitegen.importer.quotations import quotations
from sitegen.importer.speaker import UNNAMED, Referent, Speaker
from sitegen.importer.speakers import Speakers
from sitegen.importer.stretch import Sentence, Stretch
from sitegen.importer.subjects import Subjects
from sitegen.importer.tokens import CAPITAL
from sitegen.importer.verbs import Verbs
from sitegen.importer.wordings import Wordings

_DASH = re.compile(rf"[—–-]{{1,2}}\s(?={CAPITAL}[^.?!]{{3,160}}\Z)")


SOURCE = 8
"""Words that a line below a table has for its source, if no list knows it."""


class Statement(NamedTuple):
    """What a speaker is credited with: `block` of the text and the stretch `start:end` in it; the sentence it stands in. `cue`: the words
    that credit ("said"). `pointing`: the words, a pronoun or a body without its name, that were taken to mean the speaker, if it is so."""

    block: int
    start: int
    end: int
    speaker: Speaker | None
    sentence: tuple[int, int]
    cue: str
    pointing: str = ""


class Attribution:
    """The crediting of statements in one text. `credited`: those who have one, by their names, in order; `cues`: the words by which each
    was credited first, and those, if any, that were taken to mean it."""

    def __init__(self, language: Language, speakers: Speakers) -> None:
        self.language = language
        self.speakers, self.discourse = speakers, speakers.discourse
        self.subjects = Subjects(language, speakers)
        self.credited: dict[str, Speaker] = {}
        self.cues: dict[str, tuple[str, str]] = {}
        words, verbs = Wordings(language, speakers, self.subjects), Verbs(language, speakers, self.subjects)
        self.rules: tuple[Callable[[Sentence], Stretch | None], ...] = (
            words.by_dash, words.by_own_words, words.by_words, words.by_postposition, words.by_view, words.by_agent, verbs.by_verb,
            words.by_colon, verbs.by_judgement,
        )  # fmt: skip
        """By what a sentence credits somebody, in the order in which it is asked; the first that holds decides."""

    def statements(self, number: int, text: str) -> list[Statement]:
        """The statements of a block, one a sentence at most; those whose speaker is not named have UNNAMED."""
        out: list[Statement] = []
        before: tuple[int, int] | None = None
        self.discourse.here = None
        quoted = [(a, b) for a, b in quotations(text) if not self._named.match(text, max(0, a - 2))]
        for start, end in sentences(text):
            words = text[start:end]
            back = self.pointing_back(words)
            if back is not None and before is None:
                continue  # it is said of the paragraph before
            if back is not None and before is not None:
                if out and out[-1].sentence == before:
                    out.pop()
                out.append(Statement(number, *_trimmed(text, *before), back, before, self.cue_back(words)))
                self.credit(back, out[-1].cue)
                before = None
                continue
            before = (start, end)
            sentence = Sentence(words, [(max(a, start) - start, min(b, end) - start) for a, b in quoted if a < end and b > start])
            self.discourse.begins(words)
            found = next((one for rule in self.rules if (one := rule(sentence)) is not None), None)
            if found is None or found.who.speaker.kind != "person":
                self.discourse.tells(words)
            if found is not None:
                a, b = _trimmed(text, start + found.start, start + found.end)
                if b > a:
                    self.credit(found.who.speaker, found.cue, found.who.pointing)
                    self.discourse.meets(found.who.speaker)
                    out.append(Statement(number, a, b, found.who.speaker, (start, end), found.cue, found.who.pointing))
            self.discourse.names(words)
        return out

    @of_language
    def _named(self) -> re.Pattern[str]:
        """A name in quotation marks, which stands within a sentence: "the paper «Lake Voice» said"."""
        name = rf"[“\"„«‘']{CAPITAL}[^,.!?…:;\s“”\"„«»‘’]*(?:\s[^,.!?…:;\s“”\"„«»‘’]+){{0,5}}[”\"“’»']"
        return re.compile(rf"\w\s{name}(?:\s|,\s(?:{self.language.any_of('relatives')})\s)")

    def credit(self, speaker: Speaker, cue: str, pointing: str = "") -> None:
        """Takes note of one who is credited."""
        self.discourse.here = speaker
        self.credited.setdefault(speaker.name, speaker)
        self.cues.setdefault(speaker.name, (cue, pointing))

    def listing(self, block: str) -> Speaker | None:
        """Who gives the list that a block announces: "The committee gave these figures:"."""
        found = re.match(rf"(.+?)(?<!\w)(?:{self.language.any_of('listing')})(?!\w).*:\Z", block.strip(), re.I)
        found = found or self._announced.fullmatch(block.strip())
        who = self.subjects.before(found[1]) if found else None
        if who is None:
            return None
        if who.speaker is not UNNAMED:
            self.credit(who.speaker, "")
        return who.speaker

    @of_language
    def _announced(self) -> re.Pattern[str]:
        """A line that announces what somebody says: "The tribunal found that:"."""
        said, that = self.language.any_of("speech"), self.language.any_of("that")
        return re.compile(rf"([^.:;]{{3,100}}?)(?<!\w)(?:{said})(?:\s(?:{that}))?\s?:", re.I)

    def source_line(self, block: str) -> Speaker | None:
        """Who a line below a table names as its source: "Source: Harbour Board"."""
        found = self.language.leading("source_lines", r"\s*:\s*(?P<who>.{3,120})\Z").match(block)
        if found is None:
            return None
        words = re.split(r",\s", found["who"], maxsplit=1)[0].rstrip(". ")
        who = self.speakers.referent(words)
        if who is not None and who.speaker is UNNAMED:
            return None
        if who is None and (not re.match(CAPITAL, words) or len(words.split()) > SOURCE):
            return None
        who = who or Referent(self.discourse.speaks(Speaker(words, words, "other")))
        self.credit(who.speaker, found.group()[: found.start("who")].strip())
        return who.speaker

    def pointing_back(self, sentence: str) -> Speaker | None:
        """Who is credited with the sentence before by one that says no more than that: "Про це повідомив …"."""
        dashed = _DASH.match(sentence)
        if dashed is not None:
            apposed = self.subjects.apposed(sentence[dashed.end() :])
            return apposed.speaker if apposed is not None else None
        may_be = any(self.language.may_have(name, sentence) for name in ("back", "back_from", "back_beside"))
        found = self._back.match(sentence) if may_be else None
        if found is None:
            return None
        words = self.subjects.part_of_verb.sub("", re.sub(r"\s\([^()]{1,40}\)", "", sentence[found.end() :]).rstrip(" ."))
        words = words if found["from"] is None else self.subjects.stop.split(words.strip(), maxsplit=1)[0]
        who = self.speakers.referent(words) or self.speakers.referent(without_adverbs(words, self.language))
        who = who or (self.speakers.nameless.somebody(words, is_sure=True) if found["from"] else None)
        return who.speaker if who is not None else None

    def cue_back(self, sentence: str) -> str:
        """The words by which a sentence credits the one before it: "Про це повідомив"."""
        found = _DASH.match(sentence) or self._back.match(sentence)
        return found.group().strip() if found else ""

    @of_language
    def _back(self) -> re.Pattern[str]:
        """What credits the sentence before: "Про це сьогодні повідомив", "Das sagte", "Das geht aus"."""
        back, beside, behind, speech = (self.language.any_of(name) for name in ("back", "back_beside", "back_from", "speech"))
        said = rf"(?:{back})(?!\w).*?(?:{speech})|(?:{beside})\s(?:{speech})"
        return re.compile(rf"\W*(?:{said}|(?P<from>{behind}))(?!\w)", re.I)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the quotation marks and commas around it."""
    doubled = True
    while doubled:
        while start < end and text[start] in ' ,:;“"„«–—':
            start += 1
        while end > start and text[end - 1] in ' ,;”"“»–—':
            end -= 1
        opens, closes = text.startswith("''", start, end), text.endswith("''", start, end)
        start, end = start + 2 * opens, end - 2 * closes
        doubled = opens or closes
    if text.endswith(".", start, end) and not text[start : start + 1].isupper():
        end -= 1
    return start, end
