"""Statements that are credited by verbs, of speech or of judging: before their subject, behind it, amid what is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from sitegen.importer.extent import Extent
from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.speaker import UNNAMED, Referent
from sitegen.importer.speakers import Speakers
from sitegen.importer.stretch import QUOTED, Cue, Sentence, Stretch
from sitegen.importer.subjects import Subjects
from sitegen.importer.tokens import CAPITAL, NAME

_INVERTED = re.compile(r",\s(?:[—–-]\s)?\Z")
"""What stands between words and a verb that says whose they were: a comma, a dash behind it in many languages."""
_PAUSE = re.compile(r".*(?:,|\s[—–])\s", re.S)
_NEXT = re.compile(r"\s(?P<who>[^,;:—–]{2,90}?)(?:,|\s[—–])\s")
_FIRST = re.compile(r"[,;:]\s")
_COMMA = re.compile(r",\s")
_WORDS = re.compile(r"\w+")
SOME = 2
"""Words behind a verb at the end of a sentence, at most, that may belong to it."""
NEAR = 60
"""Signs between a verb and a colon behind its subject, at most."""
FAR = 8
"""Signs between a quotation and the verb behind it."""


class Verbs:
    """The crediting of the sentences of one text by their verbs."""

    def __init__(self, language: Language, speakers: Speakers, subjects: Subjects) -> None:
        self.language = language
        self.speakers, self.subjects, self.extent = speakers, subjects, Extent(language, speakers, subjects)
        self.weak, self.counting, self.telling = (language.words(name) for name in ("weak", "counting", "telling"))
        self.is_free = language.flag("nouns_capitalised")
        """Whether the verb stands second, whatever stands first."""

    def by_verb(self, sentence: Sentence) -> Stretch | None:
        """X says that …; …, says X."""
        silent = [one.span() for one in self.language.finditer("no_speech", sentence.text)]
        for found in self.language.finditer("speech", sentence.text):
            is_silent = any(start < found.end() and found.start() < end for start, end in silent)
            cue = self._cue(sentence, found) if not is_silent else None
            stretch = next((one for place in self.places if (one := place(cue)) is not None), None) if cue is not None else None
            if stretch is not None:
                return stretch
        return None

    @property
    def places(self) -> tuple[Callable[[Cue], Stretch | None], ...]:
        """Where one may stand who speaks, seen from the verb, in the order in which it is asked; the first that holds decides."""
        return self._between_quotations, self._amid, self._behind, self._behind_second, self._behind_object, self._before

    def _cue(self, sentence: Sentence, found: re.Match[str]) -> Cue | None:
        """A verb with what stands around it; None where it is part of a name, is quoted, or has not the figure that it needs."""
        text, verb = sentence.text, found.group().lower()
        before, after = text[: found.start()], text[found.end() :]
        clitic = self.subjects.clitic.search(before.rstrip())  # of "«…», se quejó Ana" the quotation ends before "se"
        start = clitic.start() + 1 if clitic is not None and QUOTED.search(before[: clitic.start() + 1]) else found.start()
        before = text[:start]
        if found.group()[:1].isupper() and before[-2:-1].isalpha() and not text.isupper():  # "the Great States Centre"
            return None
        is_last = len(_WORDS.findall(after)) < SOME
        counted = text if self.is_free or is_last or _INVERTED.search(before) else after  # "…, schätzt der Verein", "…, figures show"
        if sentence.is_quoted(found.start()) or (verb in self.counting and not self._has_figure(counted)):
            return None
        inner = max((end for _, end in sentence.quoted if end <= start), default=0)
        is_near = any(end > start - FAR for _, end in sentence.quoted)
        is_resumed = inner > 0 and after.startswith(",") and any(start >= found.end() for start, _ in sentence.quoted)
        closes = is_near and QUOTED.search(before) is not None
        return Cue(text, found.group(), verb, start, found.end(), inner, closes=closes, is_resumed=is_resumed)

    def _has_figure(self, words: str) -> bool:
        return re.search(r"\d", words) is not None or any(self.language.finditer("scales", words))

    def _between_quotations(self, cue: Cue) -> Stretch | None:
        """“…,” X said, “…”"""
        who = self.subjects.before(cue.before[cue.inner :]) if cue.is_resumed else None
        return Stretch(0, len(cue.text), who, cue.shown) if who is not None and who.speaker is not UNNAMED else None

    def _behind(self, cue: Cue) -> Stretch | None:
        """…, said X."""
        before, after = cue.before, cue.after
        is_short = _INVERTED.search(before) is not None and len(_FIRST.split(after, maxsplit=1)[0]) < max(60, min(90, len(before)))
        is_within = self._within.search(before) is not None and self._begins_phrase.match(after) is not None
        if not (cue.closes or is_short or is_within) or cue.verb in self.telling or self._goes_on(after):
            return None
        who = self.subjects.behind(after) or self.subjects.left_out(after)
        if who is None or (cue.verb in self.weak and (who.is_bare or who.speaker is UNNAMED)):
            return None
        if who.is_bare and not cue.closes and not (self._ends.match(after) and self._may_speak(who.speaker.mention)):
            return None
        colon = after.find(": ")
        if len(after) - colon > len(before) and 0 < colon < NEAR:  # "…, argues the mayor: …"
            return Stretch(cue.end + colon + 2, len(cue.text), who, cue.shown)
        return Stretch(0, cue.start, who, cue.shown)

    def _behind_second(self, cue: Cue) -> Stretch | None:
        """Where the verb stands second, behind where or when: "Auf Nachfrage teilte das Amt mit, …"."""
        comma = _COMMA.search(cue.after) if self.is_free and not cue.inner else None
        is_adjunct = cue.before.partition(" ")[0].lower() in self.language.words("locatives") and "," not in cue.before
        if not is_adjunct or comma is None:
            return None
        words = self.subjects.part_of_verb.sub("", cue.after[: comma.start()])
        who = self.subjects.behind(self._object.split(words, maxsplit=1)[0])
        return Stretch(cue.end + comma.end(), len(cue.text), who, cue.shown) if who is not None and who.speaker is not UNNAMED else None

    def _behind_object(self, cue: Cue) -> Stretch | None:
        """Where the verb stands second, behind its object: "Den Schaden beziffert die Stadt auf …"."""
        subject = self._subject(cue) if self.is_free else None
        if not self.is_free or (subject is not None and not self._may_be_object(subject)):
            return None
        who = self.subjects.behind(self._object.split(cue.after, maxsplit=1)[0])
        is_person = who is not None and who.speaker.name in self.speakers.people.firm
        if cue.verb not in self.counting and not is_person:  # "Die Finanzierung erläuterte Kämmerin Doris Ehret"
            return None
        return Stretch(0, len(cue.text), who, cue.shown) if who is not None and who.speaker is not UNNAMED else None

    def _may_be_object(self, who: Referent) -> bool:
        """Whether what is told by a noun alone need not be who speaks: "Die Finanzierung", no office, body or document."""
        noun = who.speaker.mention.rpartition(" ")[2]
        return who.is_bare and not self.speakers.people.is_title(noun) and self.language.kind_of_body(noun) is None

    def _before(self, cue: Cue) -> Stretch | None:
        """X says that …; …, X says."""
        who = self._subject(cue)
        if who is None or (cue.verb in self.weak and self._is_vague(who, cue.verb, cue.after)):
            return None
        return self.extent.of(cue, who)

    def _subject(self, cue: Cue) -> Referent | None:
        """Who speaks, of the words before a verb."""
        words = cue.before[cue.inner :] if cue.inner or cue.is_last else cue.before
        return self.subjects.before(words) or self.subjects.begins(cue.before, cue.after)

    @of_language
    def _ends(self) -> re.Pattern[str]:
        """The rest of a sentence, or of its part, without a pause; what more is told of one who is named may follow."""
        words = alternatives(self.language.words("articles") | self.language.words("indefinite") | self.language.words("relatives"))
        return re.compile(rf"\s[^,;:.!?()]{{3,60}}(?:[.!?]\W*\Z|;\s|,\s(?:{words})\s)", re.I)

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
        return re.compile(rf"(?<=\w)\s(?=(?:{self.language.any_of('objects')}|{self.language.any_of('stops')})\s|\d)", re.I)

    @of_language
    def _says_that(self) -> re.Pattern[str]:
        """By what a verb that may be another is one of speech: "found that"."""
        return re.compile(rf",?\s(?:{self.language.any_of('that')})[\s:]", re.I)

    def _amid(self, cue: Cue) -> Stretch | None:
        """Between two pauses within what is said: "The price, he says, was", "Auf 2.000 Muscheln, schätzt die Forscherin Eva Lind, kam"."""
        pause = _PAUSE.search(cue.before) if not cue.closes and cue.verb not in self.weak | self.telling else None
        if pause is None:
            return None
        subject, after = cue.before[pause.end() :].strip(), cue.after
        behind = None if subject else _NEXT.match(after)
        words = behind["who"] if behind is not None else subject if after.startswith((",", " —", " –")) else ""
        if not subject and after.startswith(",") and len(_WORDS.findall(after)) > 2:  # "En ese tiempo, sostiene, se capturaron"
            here = self.speakers.discourse.here if self.language.flag("drops_subject") else None
            return Stretch(0, len(cue.text), Referent(here, "a verb without a subject"), cue.shown) if here is not None else None
        rest = after[behind.end() if behind is not None else 0 :]
        if not words or len(_WORDS.findall(rest)) < 2 or (behind is not None and self._tells_of(words, rest)):
            return None
        who = self.speakers.referent(words)
        is_named = who is not None and not who.is_bare and who.speaker is not UNNAMED
        return Stretch(0, len(cue.text), who, cue.shown) if who is not None and is_named else None

    def _tells_of(self, words: str, rest: str) -> bool:
        """Whether the words behind a verb are not those of one who speaks, or what stands behind them says more of that one: "said to be in
        Gao", "said Ann Lee, the mayor"."""
        first, then = words.partition(" ")[0].lower(), rest.partition(" ")[0].lower()
        is_none = first in self._no_subjects or NAME.match(rest) is not None
        return is_none or then in self._tells_more or self._begins_phrase.match(f" {rest}") is not None

    def _may_speak(self, words: str) -> bool:
        """Whether words are of one who may speak: a body, a place that is governed, somebody with an office, people by what they are."""
        phrase = self.speakers.phrases.of(words)
        known = self.language.words("groups") | self.language.words("place_words")
        return phrase is not None and (self.speakers.tells_role(words) or phrase.noun in known or re.search(CAPITAL, words) is not None)

    def _goes_on(self, after: str) -> bool:
        """Whether what stands behind a verb is not the one who speaks, but what is said: "insists that", "said to be in Gao"."""
        return self._says_that.match(after) is not None or self._to_be.match(after) is not None

    @of_language
    def _to_be(self) -> re.Pattern[str]:
        return re.compile(rf"\s(?:{self.language.any_of('to_be')})(?!\w)", re.I)

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

    def by_judgement(self, sentence: Sentence) -> Stretch | None:
        """X rejected the claim: that somebody judged something is stated as a whole."""
        text = sentence.text
        for found in self._judging.finditer(text) if self.language.may_have("judging", text) else ():
            if sentence.is_quoted(found.start()):
                continue
            who = self.subjects.before(text[: found.start()])
            if who is not None and who.speaker is not UNNAMED and not (who.is_bare and who.speaker.kind in ("other", "person")):
                return Stretch(0, len(text), who, found["cue"])
        return None

    @of_language
    def _judging(self) -> re.Pattern[str]:
        """Verbs by which somebody takes a position; of such as "wies … zurück" both parts."""
        two = [word.split(" … ") for word in self.language.words("judging") if " … " in word]
        parts = [rf"{re.escape(first)}(?!\w)(?=.{{1,160}}?(?<!\w){re.escape(last)}(?!\w))" for first, last in two]
        one = alternatives(word for word in self.language.words("judging") if " … " not in word)
        return re.compile(rf"(?<!\w)(?P<cue>{'|'.join([*parts, f'(?:{one})(?!{chr(92)}w)'])})", re.I)
