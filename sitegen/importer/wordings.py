"""Statements that are credited by words beside a name: "according to X", "X zufolge", "for X", "by his own account", "was put at 41 by X",
a dash, a colon."""

from __future__ import annotations

import re

from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.speaker import UNNAMED, Referent, Speaker
from sitegen.importer.speakers import Speakers
from sitegen.importer.stretch import QUOTED, Sentence, Stretch
from sitegen.importer.subjects import Subjects
from sitegen.importer.tokens import CAPITAL

_DASHED = re.compile(r"[”\"“’»']\s*[—–-]{1,2}\s(?P<who>[^—–]{4,160})\Z")
"""A name behind a quotation and a dash."""
_WORDS = re.compile(r"\w+")
BARE = 4
"""Words before a colon that are one who speaks, if no name is among them; more are a sentence."""
VERB = 3
"""Words of a verb behind its subject, at most."""


class Wordings:
    """The crediting of the sentences of one text by such words."""

    def __init__(self, language: Language, speakers: Speakers, subjects: Subjects) -> None:
        self.language = language
        self.speakers, self.discourse, self.subjects = speakers, speakers.discourse, subjects

    def by_dash(self, sentence: Sentence) -> Stretch | None:
        """“…” – X, the mayor."""
        text = sentence.text
        found = _DASHED.search(text)
        who = self.subjects.apposed(found["who"]) if found is not None else None
        return Stretch(0, found.start(), who, "–") if found is not None and who is not None else None

    def by_own_words(self, sentence: Sentence) -> Stretch | None:
        """X rows, by his own account, …: what somebody says of himself, or a body of itself."""
        text = sentence.text
        found = next((one for one in self.language.finditer("own_words", text) if not sentence.is_quoted(one.start())), None)
        who = self._of_oneself(text, found.start()) if found is not None else None
        return Stretch(0, len(text), who, found.group()) if found is not None and who is not None else None

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

    def by_words(self, sentence: Sentence) -> Stretch | None:
        """According to X, …; …, according to X."""
        text = sentence.text
        for found in self.language.finditer("passive", text):
            if sentence.is_quoted(found.start()):
                continue
            if found.group().lower() in self.language.words("trailing") and not text.endswith(", ", 0, found.start()):
                continue
            rest = text[found.end() :]
            if rest.startswith("-"):  # "d'après-midi"
                continue
            if found.group().lower() in self.language.words("by_him"):
                person = self.discourse.by_pronoun("")
                if person is None:
                    continue
                who = Referent(person, found.group())
                if found.start() > 20:
                    ends = len(_WORDS.findall(rest)) < 3 or QUOTED.search(text, 0, found.start()) is not None
                    return Stretch(0, found.start() if ends else len(text), who, found.group())
                return Stretch(found.end() + len(rest) - len(rest.lstrip(" ,")), len(text), who, found.group())
            stop = re.search(r"[,;]\s|[.!?]?\Z|\s[–—-]\s", rest)
            segment = rest[: stop.start()] if stop else rest
            if self.language.flag("nouns_capitalised"):  # the verb follows, without a comma
                name = re.match(rf"\s*(?:(?:{self.language.any_of('links')})\s|{CAPITAL}[\w’'-]*(?:\.?(?:\s|\Z)))+", rest)
                segment = self._from.sub("", name.group() if name else segment)
            segment = self._verbs.split(segment, maxsplit=1)[0] or self._of_cue(found.group().lower())
            named = (
                self.subjects.apposed(rest[stop.end() :]) if stop and not re.search(CAPITAL, segment) else None
            ) or self.speakers.referent(segment)
            if named is None and stop:
                longer = re.search(r"[,;]\s", rest[stop.end() :])
                named = self.speakers.referent(rest[: stop.end() + longer.start()]) if longer else None
            named = named or self.speakers.nameless.somebody(segment, is_sure=True)
            if named is None:
                continue
            if found.start() <= 3 and stop and stop.end() < len(rest):
                return Stretch(found.end() + self._past_asides(rest, stop.end()), len(text), named, found.group())
            if QUOTED.search(text, 0, found.start()) is not None and found.start() > 3:
                return Stretch(0, found.start(), named, found.group())
            behind = len(rest) - len(segment)  # where most of a text stands behind its credit, all of it is the statement
            goes_on = behind > (3 if self.language.flag("nouns_capitalised") else max(found.start(), 20))
            return Stretch(0, len(text) if goes_on or found.start() <= 20 else found.start(), named, found.group())
        return None

    def _of_cue(self, cue: str) -> str:
        """The document in words that credit and are followed by nobody: of "according to the report" the report."""
        shorter = [word for word in self.language.words("passive") if cue.startswith(f"{word} ")]
        return cue[len(max(shorter, key=len)) :].strip() if shorter else ""

    @of_language
    def _from(self) -> re.Pattern[str]:
        """What stands before the one of whom words are: "Auskunft aus dem Rathaus"."""
        return re.compile(rf"^\s*(?:{self.language.any_of('at_bodies')})\s", re.I)

    @of_language
    def _verbs(self) -> re.Pattern[str]:
        """What follows the name of one according to whom something is: "figures by the ministry are"."""
        verbs = self.language.words("counting") - self.language.words("documents") - self.language.words("records")
        said = rf"(?:{alternatives(verbs)})(?=[.!?]?\Z)"  # "…, figures by the ministry show"
        return re.compile(rf"\s(?:(?:{self.language.any_of('auxiliaries')})(?!\w)|{said})", re.I)

    def by_postposition(self, sentence: Sentence) -> Stretch | None:
        """X zufolge …; …, X zufolge."""
        text = sentence.text
        for found in self.language.finditer("postpositions", text):
            if sentence.is_quoted(found.start()):
                continue
            start = text.rfind(", ", 0, found.start()) + 2 if ", " in text[: found.start()] else 0
            words = text[start : found.start()].strip()
            who = self.speakers.referent(words) or self.speakers.nameless.somebody(words, is_sure=True)
            if who is not None and who.speaker is not UNNAMED:
                return Stretch(0, len(text) if not start else start - 2, who, found.group())
        return None

    def by_view(self, sentence: Sentence) -> Stretch | None:
        """For X, the mayor, …"""
        text = sentence.text
        found = self.language.leading("view_of", r"\s(?P<who>[^,.;:]{3,80}),\s").match(text)
        who = self.speakers.referent(found["who"]) if found is not None and re.search(CAPITAL, found["who"]) else None
        if found is None or who is None or who.speaker.kind != "person" or who.speaker.name not in self.speakers.people.firm:
            return None
        return Stretch(self._past_asides(text, found.end()), len(text), who, found.group().partition(" ")[0])

    def _past_asides(self, rest: str, at: int) -> int:
        """Past what stands in apposition to a name: ", a think-tank based in Washington, DC,"."""
        apposition = self._apposition.match(rest, at)
        if apposition is not None:
            return apposition.end()
        role, comma, _ = rest[at:].partition(", ")
        return at + len(role) + 2 if comma and self._tells_role(role) else at

    @of_language
    def _apposition(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.language.any_of('bare_articles')})\s[^,]*(?:,\s(?:[A-Z]{{2}}|D\.C\.))?,\s")

    def by_colon(self, sentence: Sentence) -> Stretch | None:
        """X: …"""
        text = sentence.text
        head, colon, rest = text.partition(": ")
        if not colon or len(head) > 70 or len(rest) < 20 or len(head.split()) > 8 or not self._begins_name.match(head):
            return None
        who = self.speakers.referent(head) if not head.isupper() or text.isupper() else None  # "CORRECTION: "
        is_aside = head.partition(" ")[0].lower() in self.language.words("locatives")  # "Zum Vergleich: "
        if (
            who is None
            or is_aside
            or who.speaker is UNNAMED
            or rest[0] == "("
            or rest[0].isdigit()
            or ((who.is_bare or who.pointing) and len(head.split()) > BARE)
            or (rest[0].islower() and who.speaker.kind == "person" and not self._has_title(head))
        ):
            return None
        return Stretch(len(head) + 2, len(text), who, ":")

    def _tells_role(self, words: str) -> bool:
        """Whether words say what somebody is whose name stands before them: "harbour master of Kaslo"."""
        phrase = self.speakers.phrases.of(words) if words[:1].islower() else None
        noun = phrase.noun if phrase is not None else ""
        return bool(noun) and (self.speakers.people.is_title(noun) or any(title.endswith(f" {noun}") for title in self.speakers.titles))

    def _has_title(self, head: str) -> bool:
        """Whether words say what somebody is, beside the name: "Fire chief Ann Lee"."""
        return any(map(self.speakers.people.is_title, head.split()))

    @of_language
    def _begins_name(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?i:{self.language.any_of('definite')})\s)?{CAPITAL}")

    def by_agent(self, sentence: Sentence) -> Stretch | None:
        """… was put at 41 by X; it was alleged by X that …"""
        text = sentence.text
        may_be = all(self.language.may_have(name, text) for name in ("passive_be", "speech", "agents"))
        for found in self._passively.finditer(text) if may_be else ():
            if sentence.is_quoted(found.start()):
                continue
            rest = text[found.end() :]
            agent = self.subjects.pause.split(self._clause.split(rest, maxsplit=1)[0], maxsplit=1)[0].rstrip(". ")
            who = self.speakers.referent(agent) or self.speakers.nameless.somebody(agent, is_sure=True)
            if who is None or who.speaker is UNNAMED:
                continue
            that = re.match(rf"\s(?:{self.language.any_of('that')})\s", rest[len(agent) :], re.I)
            start = found.end() + len(agent) + that.end() if that is not None else 0
            return Stretch(start, len(text), who, found["cue"])
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
