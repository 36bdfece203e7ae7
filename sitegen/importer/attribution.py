"""What each speaker is credited with: the statements of a text, by verbs of speech and of judging, "according to", a passive, a name
behind a dash or before a colon."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from sitegen.content.text import sentences
from sitegen.importer.adverbs import without_adverbs
from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.quotations import quotations
from sitegen.importer.speaker import UNNAMED, Referent, Speaker
from sitegen.importer.speakers import Speakers
from sitegen.importer.subjects import Subjects
from sitegen.importer.tokens import CAPITAL, NAME

_OPENING, _CLOSING = "“\"„«‘'", "”\"“’»'"
_QUOTED = re.compile(rf"[{_CLOSING}],?\s*(?:[—–-]\s+)?\Z")
_INVERTED = re.compile(r",\s(?:[—–-]\s)?\Z")
"""What stands between words and a verb that says whose they were: a comma, a dash behind it in many languages."""
_PAUSE = re.compile(r".*(?:,|\s[—–])\s", re.S)
_NEXT = re.compile(r"\s(?P<who>[^,;:—–]{2,90}?)(?:,|\s[—–])\s")
_ENDS = re.compile(r"\s[^,;:.!?()]{3,60}[.!?]\W*")
"""The rest of a sentence without a pause."""
_COMMA = re.compile(r",\s")
_ASIDE = re.compile(r"^\s*(?:\(.*?\)\s*)?")
_NAMED = re.compile(rf"\w\s[{_OPENING}]{CAPITAL}[^,.!?…:;\s]*(?:\s[^,.!?…:;\s]+){{0,5}}[{_CLOSING}]\s")
"""A name in quotation marks, which stands within a sentence: "the paper «Lake Voice» said"."""
_DASHED = re.compile(rf"[{_CLOSING}]\s*[—–-]{{1,2}}\s(?P<who>[^—–]{{4,160}})\Z")
"""A name behind a quotation and a dash."""
_DASH = re.compile(rf"[—–-]{{1,2}}\s(?={CAPITAL}[^.?!]{{3,160}}\Z)")
_WORDS = re.compile(r"\w+")


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


class Stretch(NamedTuple):
    """A stretch of a sentence, whose words it has, and the words by which these are credited."""

    start: int
    end: int
    who: Referent
    cue: str


class Attribution:
    """The crediting of statements in one text. `credited`: those who have one, by their names, in order; `cues`: the words by which each
    was credited first, and those, if any, that were taken to mean it."""

    def __init__(self, language: Language, speakers: Speakers) -> None:
        self.language = language
        self.speakers, self.discourse = speakers, speakers.discourse
        self.subjects = Subjects(language, speakers)
        self.credited: dict[str, Speaker] = {}
        self.cues: dict[str, tuple[str, str]] = {}
        self.weak, self.counting, self.telling = (language.words(name) for name in ("weak", "counting", "telling"))

    def statements(self, number: int, text: str) -> list[Statement]:
        """The statements of a block, one a sentence at most; those whose speaker is not named have UNNAMED."""
        out: list[Statement] = []
        before: tuple[int, int] | None = None
        self.discourse.here = None
        quoted = [(a, b) for a, b in quotations(text) if not _NAMED.match(text, max(0, a - 2), b + 1)]
        for start, end in sentences(text):
            back = self.pointing_back(text[start:end])
            if back is not None and before is None:
                continue  # it is said of the paragraph before
            if back is not None and before is not None:
                if out and out[-1].sentence == before:
                    out.pop()
                out.append(Statement(number, *_trimmed(text, *before), back, before, self.cue_back(text[start:end])))
                self.credit(back, out[-1].cue)
                before = None
                continue
            before = (start, end)
            found = self._statement(
                text[start:end], [(max(a, start) - start, min(b, end) - start) for a, b in quoted if a < end and b > start]
            )
            if found is None or found.who.speaker.kind != "person":
                self.discourse.tells(text[start:end])
            if found is not None:
                a, b = _trimmed(text, start + found.start, start + found.end)
                if b > a:
                    self.credit(found.who.speaker, found.cue, found.who.pointing)
                    out.append(Statement(number, a, b, found.who.speaker, (start, end), found.cue, found.who.pointing))
            self.discourse.names(text[start:end])
        return out

    def credit(self, speaker: Speaker, cue: str, pointing: str = "") -> None:
        """Takes note of one who is credited."""
        self.discourse.here = speaker
        self.credited.setdefault(speaker.name, speaker)
        self.cues.setdefault(speaker.name, (cue, pointing))

    def listing(self, block: str) -> Speaker | None:
        """Who gives the list that a block announces: "The committee gave these figures:"."""
        found = re.match(rf"(.+?)(?<!\w)(?:{self.language.any_of('listing')})(?!\w).*:\Z", block.strip(), re.I)
        who = self.subjects.before(found[1]) if found else None
        if who is None:
            return None
        if who.speaker is not UNNAMED:
            self.credit(who.speaker, "")
        return who.speaker

    def source_line(self, block: str) -> Speaker | None:
        """Who a line below a table names as its source: "Source: Harbour Board"."""
        found = self.language.leading("source_lines", r"\s*:\s*(?P<who>.{3,120})\Z").match(block)
        who = self.speakers.referent(re.split(r",\s", found["who"], maxsplit=1)[0].rstrip(". ")) if found else None
        if found is None or who is None or who.speaker is UNNAMED:
            return None
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
        words = self._back_ends.sub("", re.sub(r"\s\([^()]{1,40}\)", "", sentence[found.end() :]).rstrip(" ."))
        words = words if found["from"] is None else self.subjects.stop.split(words.strip(), maxsplit=1)[0]
        who = self.speakers.referent(words) or self.speakers.referent(without_adverbs(words, self.language))
        who = who or (self.speakers.somebody(words, is_sure=True) if found["from"] else None)
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

    @of_language
    def _back_ends(self) -> re.Pattern[str]:
        """What stands at the end of such a sentence and belongs to its verb: "hervor"."""
        return re.compile(rf"\s(?:{self.language.any_of('back_ends')})\Z", re.I)

    def _statement(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        """What a sentence credits somebody with. `quoted`: the stretches of it that stand in quotation marks, which may begin before it."""
        return next((found for rule in self.rules if (found := rule(sentence, quoted)) is not None), None)

    @property
    def rules(self) -> tuple[Callable[[str, list[tuple[int, int]]], Stretch | None], ...]:
        """By what a sentence credits somebody, in the order in which it is asked; the first that holds decides."""
        return (
            self._by_dash, self._by_own_words, self._by_words, self._by_postposition, self._by_view, self._by_agent, self._by_verb,
            self._by_colon, self._by_judgement,
        )  # fmt: skip

    def _by_dash(self, sentence: str, _quoted: list[tuple[int, int]]) -> Stretch | None:
        """“…” – X, the mayor."""
        found = _DASHED.search(sentence)
        who = self.subjects.apposed(found["who"]) if found is not None else None
        return Stretch(0, found.start(), who, "–") if found is not None and who is not None else None

    def _by_agent(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        """… was put at 41 by X; it was alleged by X that …"""
        may_be = all(self.language.may_have(name, sentence) for name in ("passive_be", "speech", "agents"))
        for found in self._passively.finditer(sentence) if may_be else ():
            if any(a < found.start() < b for a, b in quoted):
                continue
            rest = sentence[found.end() :]
            agent = self.subjects.pause.split(self._clause.split(rest, maxsplit=1)[0], maxsplit=1)[0].rstrip(". ")
            who = self.speakers.referent(agent) or self.speakers.somebody(agent, is_sure=True)
            if who is None or who.speaker is UNNAMED:
                continue
            that = re.match(rf"\s(?:{self.language.any_of('that')})\s", rest[len(agent) :], re.I)
            start = found.end() + len(agent) + that.end() if that is not None else 0
            return Stretch(start, len(sentence), who, found["cue"])
        return None

    @of_language
    def _passively(self) -> re.Pattern[str]:
        """A verb of speech in the passive, up to the one who speaks."""
        be, by, speech, the = (self.language.any_of(name) for name in ("passive_be", "agents", "speech", "definite"))
        said = rf"(?P<cue>{speech})(?!\w)[^.;:“”\"]{{0,60}}?"
        return re.compile(rf"(?<!\w)(?:{be})\s(?:\w+\s)?{said}\s(?:{by})\s(?:(?:{the})\s)?", re.I)

    @of_language
    def _clause(self) -> re.Pattern[str]:
        """Where the name of one by whom something is said ends."""
        words = alternatives(self.language.words("that") | self.language.words("relatives") | self.language.words("clauses"))
        return re.compile(rf"\s(?:{words})\s", re.I)

    def _by_judgement(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        """X rejected the claim: that somebody judged something is stated as a whole."""
        for found in self._judging.finditer(sentence) if self.language.may_have("judging", sentence) else ():
            if any(a < found.start() < b for a, b in quoted):
                continue
            who = self.subjects.before(sentence[: found.start()])
            if who is not None and who.speaker is not UNNAMED and not (who.is_bare and who.speaker.kind in ("other", "person")):
                return Stretch(0, len(sentence), who, found["cue"])
        return None

    @of_language
    def _judging(self) -> re.Pattern[str]:
        """Verbs by which somebody takes a position; of such as "wies … zurück" both parts."""
        two = [word.split(" … ") for word in self.language.words("judging") if " … " in word]
        parts = [rf"{re.escape(first)}(?!\w)(?=.{{1,160}}?(?<!\w){re.escape(last)}(?!\w))" for first, last in two]
        one = alternatives(word for word in self.language.words("judging") if " … " not in word)
        return re.compile(rf"(?<!\w)(?P<cue>{'|'.join([*parts, f'(?:{one})(?!{chr(92)}w)'])})", re.I)

    def _by_words(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        """According to X, …; …, according to X."""
        for found in self.language.finditer("passive", sentence):
            if any(a < found.start() < b for a, b in quoted):
                continue
            if found.group().lower() in self.language.words("trailing") and not sentence.endswith(", ", 0, found.start()):
                continue
            rest = sentence[found.end() :]
            if found.group().lower() in self.language.words("by_him"):
                person = self.discourse.by_pronoun("")
                if person is None:
                    continue
                who = Referent(person, found.group())
                if found.start() > 20:
                    ends = len(_WORDS.findall(rest)) < 3 or _QUOTED.search(sentence, 0, found.start()) is not None
                    return Stretch(0, found.start() if ends else len(sentence), who, found.group())
                return Stretch(found.end() + len(rest) - len(rest.lstrip(" ,")), len(sentence), who, found.group())
            stop = re.search(r"[,;]\s|[.!?]?\Z|\s[–—-]\s", rest)
            segment = rest[: stop.start()] if stop else rest
            if self.language.flag("nouns_capitalised"):  # the verb follows, without a comma
                name = re.match(rf"\s*(?:(?:{self.language.any_of('links')})\s|{CAPITAL}[\w’'-]*(?:\.?\s|\Z))+", rest)
                segment = self._from.sub("", name.group() if name else segment)
            segment = self._verbs.split(segment, maxsplit=1)[0] or self._of_cue(found.group().lower())
            named = (
                self.subjects.apposed(rest[stop.end() :]) if stop and not re.search(CAPITAL, segment) else None
            ) or self.speakers.referent(segment)
            if named is None and stop:
                longer = re.search(r"[,;]\s", rest[stop.end() :])
                named = self.speakers.referent(rest[: stop.end() + longer.start()]) if longer else None
            named = named or self.speakers.somebody(segment, is_sure=True)
            if named is None:
                continue
            if found.start() <= 3 and stop and stop.end() < len(rest):
                return Stretch(found.end() + self._past_asides(rest, stop.end()), len(sentence), named, found.group())
            behind = len(rest) - len(segment)  # where most of a sentence stands behind its credit, all of it is the statement
            goes_on = behind > (3 if self.language.flag("nouns_capitalised") else max(found.start(), 20))
            return Stretch(0, len(sentence) if goes_on or found.start() <= 20 else found.start(), named, found.group())
        return None

    def _of_cue(self, cue: str) -> str:
        """The document in words that credit and are followed by nobody: of "according to the report" the report."""
        shorter = [word for word in self.language.words("passive") if cue.startswith(f"{word} ")]
        return cue[len(max(shorter, key=len)) :].strip() if shorter else ""

    def _by_view(self, sentence: str, _quoted: list[tuple[int, int]]) -> Stretch | None:
        """For X, the mayor, …"""
        found = self.language.leading("view_of", r"\s(?P<who>[^,.;:]{3,80}),\s").match(sentence)
        who = self.speakers.referent(found["who"]) if found is not None and re.search(CAPITAL, found["who"]) else None
        if found is None or who is None or who.speaker.kind != "person" or who.speaker.name not in self.speakers.people.firm:
            return None
        return Stretch(self._past_asides(sentence, found.end()), len(sentence), who, found.group().partition(" ")[0])

    def _by_postposition(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        """X zufolge …; …, X zufolge."""
        for found in self.language.finditer("postpositions", sentence):
            if any(a < found.start() < b for a, b in quoted):
                continue
            start = sentence.rfind(", ", 0, found.start()) + 2 if ", " in sentence[: found.start()] else 0
            words = sentence[start : found.start()].strip()
            who = self.speakers.referent(words) or self.speakers.somebody(words, is_sure=True)
            if who is not None and who.speaker is not UNNAMED:
                return Stretch(0, len(sentence) if not start else start - 2, who, found.group())
        return None

    def _by_own_words(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        """X rows, by his own account, …: what somebody says of himself, or a body of itself."""
        found = next(
            (one for one in self.language.finditer("own_words", sentence) if not any(a < one.start() < b for a, b in quoted)), None
        )
        who = self._of_oneself(sentence, found.start()) if found is not None else None
        return Stretch(0, len(sentence), who, found.group()) if found is not None and who is not None else None

    def _of_oneself(self, sentence: str, at: int) -> Referent | None:
        """Of whom a sentence tells, with what that one says of himself at a place: the person that it names, or its subject."""
        people = sorted(self.speakers.people.within(sentence), key=lambda one: abs(one[0] - at))
        if people:
            return Referent(self.discourse.speaks(Speaker(people[0][2], people[0][2], "person")))
        words = sentence[:at].rstrip(" ,").split()
        counts = (*range(len(words) - 1, max(0, len(words) - VERB), -1), len(words))  # the last word is the verb
        prefixes = (" ".join(words[:count]) for count in counts)
        who = next((found for words in prefixes if (found := self.speakers.referent(words)) is not None), None)
        if who is not None:
            return who
        pronouns = self.language.words("he") | self.language.words("she") | self.language.words("it")
        said = next((word for word in _WORDS.findall(sentence) if word.lower() in pronouns), None)
        return self.speakers.referent(said) if said is not None else None

    def _by_verb(self, sentence: str, quoted: list[tuple[int, int]]) -> Stretch | None:
        for found in self.language.finditer("speech", sentence):
            verb = found.group().lower()
            before, after = sentence[: found.start()], sentence[found.end() :]
            is_free = self.language.flag("nouns_capitalised")  # where the verb stands second, whatever stands first
            counted = sentence if is_free or _INVERTED.search(before) else after  # "…, schätzt der Verein"
            if any(a < found.start() < b for a, b in quoted) or (verb in self.counting and not re.search(r"\d", counted)):
                continue
            inner = max((b for _, b in quoted if b <= found.start()), default=0)
            quotes = _QUOTED.search(before) if any(b > found.start() - FAR for _, b in quoted) else None
            is_inverted = quotes or (_INVERTED.search(before) and len(after) < max(60, min(90, len(before))))
            is_inverted = is_inverted or (self._within.search(before) is not None and self._begins_phrase.match(after) is not None)
            amid = None if quotes or verb in self.weak | self.telling else self._amid(before, after, found.group())
            if amid is not None:
                return amid
            if is_inverted and verb not in self.weak | self.telling:  # "…," said X
                who = self.subjects.behind(after) or self.subjects.left_out(after)
                if who is not None and (not who.is_bare or quotes or _ENDS.fullmatch(after)):
                    return Stretch(0, found.start(), who, found.group())
            ends = len(after) < TAIL and ", " in before.rstrip(" ,")  # the verb stands at the end
            who = self.subjects.before(before[inner:] if inner or ends else before) or self.subjects.begins(before, after)
            if who is None and verb in self.counting and is_free:
                who = self.subjects.behind(self._object.split(after, maxsplit=1)[0])  # "Den Schaden beziffert die Stadt auf"
                if who is not None and who.speaker is not UNNAMED:
                    return Stretch(0, len(sentence), who, found.group())
            if who is None or (verb in self.weak and self._is_vague(who, verb, after)):
                continue
            opening = max(inner, self._opening(before.rstrip(" ,"), who) if ends else 0)
            stretch = self._around(sentence, found, inner, opening, who)
            if stretch is not None:
                return stretch
        return None

    def _is_vague(self, who: Referent, verb: str, after: str) -> bool:
        """Whether somebody is told too vaguely to be credited by a verb that need not be one of speech: no name, no "that" behind it, no
        figure that a body gives."""
        if who.speaker is UNNAMED:
            return True
        gives = verb in self.counting and self.language.organisation.search(who.speaker.mention) is not None
        return who.is_bare and not gives and self._says_that.match(after) is None

    @of_language
    def _object(self) -> re.Pattern[str]:
        """Where the object of a verb begins, behind its subject."""
        return re.compile(rf"(?<=\w)\s(?=(?:{self.language.any_of('objects')})\s|\d)", re.I)

    @of_language
    def _says_that(self) -> re.Pattern[str]:
        """By what a verb that may be another is one of speech: "found that"."""
        return re.compile(rf",?\s(?:{self.language.any_of('that')})[\s:]", re.I)

    def _amid(self, before: str, after: str, cue: str) -> Stretch | None:
        """The whole of a sentence within which stands whose it is, between two pauses: "The price, he says, was", "Auf 2.000 Muscheln,
        schätzt die Forscherin Eva Lind, kam"."""
        pause = _PAUSE.search(before)
        if pause is None:
            return None
        subject = before[pause.end() :].strip()
        behind = None if subject else _NEXT.match(after)
        words = behind["who"] if behind is not None else subject if after.startswith((",", " —", " –")) else ""
        rest = after[behind.end() if behind is not None else 0 :]
        if not words or len(_WORDS.findall(rest)) < 2 or (behind is not None and self._tells_of(words, rest)):
            return None
        who = self.speakers.referent(words)
        if who is None or who.is_bare or who.speaker is UNNAMED:
            return None
        return Stretch(0, len(before) + len(cue) + len(after), who, cue)

    def _tells_of(self, words: str, rest: str) -> bool:
        """Whether the words behind a verb are not those of one who speaks, or what stands behind them says more of that one: "said to be in
        Gao", "said Ann Lee, the mayor"."""
        first, then = words.partition(" ")[0].lower(), rest.partition(" ")[0].lower()
        is_none = first in self._no_subjects or NAME.match(rest) is not None
        return is_none or then in self._tells_more or self._begins_phrase.match(f" {rest}") is not None

    @cached_property
    def _no_subjects(self) -> frozenset[str]:
        """Words with which no subject begins."""
        pronouns = frozenset().union(*(self.language.words(name) for name in ("he", "she", "it", "articles", "definite")))
        return (self.language.words("units_end") | self.language.words("locatives")) - pronouns

    @cached_property
    def _tells_more(self) -> frozenset[str]:
        """Words with which begins what is said of somebody behind the name."""
        return frozenset().union(*(self.language.words(name) for name in ("relatives", "of", "name_links", "with")))

    @of_language
    def _within(self) -> re.Pattern[str]:
        """The comma before a verb that says, within a sentence, whose it is: "Los médicos, explicó su coordinadora, fueron". Where
        adjectives stand before nouns, a subject may stand there in apposition as well."""
        return re.compile(r",\s\Z" if self.language.flag("head_first") else r"(?!)")

    @of_language
    def _begins_phrase(self) -> re.Pattern[str]:
        words = alternatives(self.language.words("articles") | self.language.words("definite"))
        return re.compile(rf"\s(?:{words})(?:\s|(?<=['’]))", re.I)

    def _opening(self, before: str, who: Referent) -> int:
        """Where the clause of the one who speaks begins, of the words before a verb at the end: behind the last comma from which on they
        name that one, or that before it where what somebody is stands before the name."""
        starts = [0, *(comma.end() for comma in _COMMA.finditer(before))]
        for number in range(len(starts) - 1, 0, -1):
            found = self.subjects.before(before[starts[number] :])
            if found is None or found.speaker != who.speaker:
                continue
            role, is_named = before[starts[number - 1] : starts[number]].strip(" ,"), found.speaker.name in before[starts[number] :]
            at = starts[number - 1 if is_named and self._tells_role(role) else number]
            words = before[:at].split()
            is_adjunct = 0 < len(words) <= ADJUNCT and words[0].lower() in self.language.words("locatives")
            return 0 if is_adjunct else at  # "In a statement, Ann Lee confirmed"
        return 0

    def _tells_role(self, words: str) -> bool:
        """Whether words say what somebody is whose name follows: "its regional manager", "the operator"."""
        phrase = self.speakers.phrases.of(words)
        noun = phrase.noun if phrase is not None else ""
        return bool(noun) and (self.speakers.people.is_title(noun) or self.language.kind_of_body(noun) is not None)

    def _around(self, sentence: str, verb: re.Match[str], inner: int, opening: int, who: Referent) -> Stretch | None:
        """What the subject of a verb says: what stands behind the verb, or before its subject. `inner`: where the last quotation before the
        verb ends; `opening`: where the subject's clause begins."""
        if inner > 20 and sentence[:inner].lstrip()[:1] in _OPENING:  # "…," X said in an address
            return Stretch(0, inner, who, verb.group())
        before, after = sentence[: verb.start()], sentence[verb.end() :]
        rest = _ASIDE.sub("", after)
        words = len(_WORDS.findall(rest))
        if (words >= 4 and opening <= max(inner, 3) + len(before) - len(before.lstrip())) or len(rest) > len(before):
            if words < 3 and opening > 20:
                return Stretch(0, opening, who, verb.group())
            return Stretch(verb.end() + self._join(after), len(sentence), who, verb.group())
        if opening > 15:
            return Stretch(0, opening, who, verb.group())
        return Stretch(verb.end() + self._join(after), len(sentence), who, verb.group()) if words >= 3 else None

    @of_language
    def _from(self) -> re.Pattern[str]:
        """What stands before the one of whom words are: "Auskunft aus dem Rathaus"."""
        return re.compile(rf"^\s*(?:{self.language.any_of('at_bodies')})\s", re.I)

    @of_language
    def _verbs(self) -> re.Pattern[str]:
        """What follows the name of one according to whom something is: "figures by the ministry are"."""
        return re.compile(rf"\s(?:{self.language.any_of('auxiliaries')})(?!\w)", re.I)

    @of_language
    def _that(self) -> re.Pattern[str]:
        return re.compile(rf"\s*[,:]?\s*(?:(?:{self.language.any_of('that')})\s+)?")

    def _join(self, after: str) -> int:
        """How far behind a verb the statement begins: after "that", "in a statement that", a colon, a day."""
        found = self._joint.match(after)
        plain = self._that.match(after)
        if found and any(found.group("day", "then", "colon", "that", "estimate")):
            is_subject = found["who"] and not found["estimate"]
            return found.start("who") if is_subject else found.end()
        return plain.end() if plain else 0

    def _past_asides(self, rest: str, at: int) -> int:
        """Past what stands in apposition to a name: ", a think-tank based in Washington, DC,"."""
        apposition = self._apposition.match(rest, at)
        return apposition.end() if apposition else at

    @of_language
    def _apposition(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.language.any_of('bare_articles')})\s[^,]*(?:,\s(?:[A-Z]{{2}}|D\.C\.))?,\s")

    @of_language
    def _joint(self) -> re.Pattern[str]:
        """What may stand between a verb of speech and what is said: "on Monday in a statement that it estimates"."""
        any_of = self.language.any_of
        day = rf"(?:{any_of('on_days')})\s+(?i:{any_of('weekdays')})"
        who = f"{any_of('he')}|{any_of('she')}|{any_of('it')}"
        return re.compile(
            rf"\s*(?P<day>{day})?(?:\s*(?:{any_of('in_statements')})\s(?:{any_of('articles')})\s[\w\s]{{3,40}}?"
            rf"(?=\s+(?:{any_of('that')})(?!\w)|,|:))?(?P<then>\s*{day})?(?:,|(?P<colon>:))?\s*(?P<that>(?:{any_of('that')})\s+)?"
            rf"(?P<who>(?:{who})(?!\w))?\s*(?P<estimate>(?:{any_of('estimating')})(?!\w))?\s*"
        )

    @of_language
    def _begins_name(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?i:{self.language.any_of('definite')})\s)?{CAPITAL}")

    def _by_colon(self, sentence: str, _quoted: list[tuple[int, int]]) -> Stretch | None:
        head, colon, rest = sentence.partition(": ")
        if not colon or len(head) > 70 or len(rest) < 20 or len(head.split()) > 8 or not self._begins_name.match(head):
            return None
        who = self.speakers.referent(head) if not head.isupper() or sentence.isupper() else None  # "CORRECTION: "
        is_aside = head.partition(" ")[0].lower() in self.language.words("locatives")  # "Zum Vergleich: "
        if (
            who is None
            or is_aside
            or who.speaker is UNNAMED
            or rest[0] == "("
            or (rest[0].islower() and who.speaker.kind == "person" and not self._has_title(head))
        ):
            return None
        return Stretch(len(head) + 2, len(sentence), who, ":")

    def _has_title(self, head: str) -> bool:
        """Whether words say what somebody is, beside the name: "Fire chief Ann Lee"."""
        return any(map(self.speakers.people.is_title, head.split()))


VERB = 3
"""Words of a verb behind its subject, at most."""
FAR = 8
"""Signs between a quotation and the verb behind it."""
TAIL, ADJUNCT = 45, 5
"""Signs behind a verb that stands at the end of its sentence, and words before a subject that say where or when, at most."""


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
