"""Statements that are credited by verbs, of speech or of judging: before their subject, behind it, amid what is said, in the passive."""

from __future__ import annotations

import re
from functools import cached_property

from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.speaker import UNNAMED, Referent
from sitegen.importer.speakers import Speakers
from sitegen.importer.stretch import Sentence, Stretch
from sitegen.importer.subjects import Subjects
from sitegen.importer.tokens import CAPITAL, NAME

_OPENING = "“\"„«‘'"
_QUOTED = re.compile(r"[”\"“’»'],?\s*(?:[—–-]\s+)?\Z")
_INVERTED = re.compile(r",\s(?:[—–-]\s)?\Z")
"""What stands between words and a verb that says whose they were: a comma, a dash behind it in many languages."""
_PAUSE = re.compile(r".*(?:,|\s[—–])\s", re.S)
_NEXT = re.compile(r"\s(?P<who>[^,;:—–]{2,90}?)(?:,|\s[—–])\s")
_ENDS = re.compile(r"\s[^,;:.!?()]{3,60}[.!?]\W*")
"""The rest of a sentence without a pause."""
_COMMA = re.compile(r",\s")
_ASIDE = re.compile(r"^\s*(?:\(.*?\)\s*)?")
_WORDS = re.compile(r"\w+")
SAID = 3
"""Words that may stand behind a verb at the end without being what is said."""
FAR = 8
"""Signs between a quotation and the verb behind it."""
TAIL, ADJUNCT = 45, 5
"""Signs behind a verb that stands at the end of its sentence, and words before a subject that say where or when, at most."""


class Verbs:
    """The crediting of the sentences of one text by their verbs."""

    def __init__(self, language: Language, speakers: Speakers, subjects: Subjects) -> None:
        self.language = language
        self.speakers, self.subjects = speakers, subjects
        self.weak, self.counting, self.telling = (language.words(name) for name in ("weak", "counting", "telling"))

    def by_verb(self, sentence: Sentence) -> Stretch | None:
        text = sentence.text
        for found in self.language.finditer("speech", text):
            verb = found.group().lower()
            before, after = text[: found.start()], text[found.end() :]
            is_free = self.language.flag("nouns_capitalised")  # where the verb stands second, whatever stands first
            counted = text if is_free or _INVERTED.search(before) else after  # "…, schätzt der Verein"
            is_name = found.group()[:1].isupper() and before[-2:-1].isalpha() and not text.isupper()  # "the Great States Centre"
            if is_name or sentence.is_quoted(found.start()) or (verb in self.counting and not re.search(r"\d", counted)):
                continue
            inner = max((b for _, b in sentence.quoted if b <= found.start()), default=0)
            quotes = _QUOTED.search(before) if any(b > found.start() - FAR for _, b in sentence.quoted) else None
            is_inverted = quotes or (_INVERTED.search(before) and len(after) < max(60, min(90, len(before))))
            is_inverted = is_inverted or (self._within.search(before) is not None and self._begins_phrase.match(after) is not None)
            is_cut = inner and after.startswith(",") and any(a >= found.end() for a, _ in sentence.quoted)  # “…,” X said, “…”
            if is_cut:
                who = self.subjects.before(before[inner:])
                if who is not None and who.speaker is not UNNAMED:
                    return Stretch(0, len(text), who, found.group())
            amid = None if quotes or verb in self.weak | self.telling else self._amid(before, after, found.group())
            if amid is not None:
                return amid
            if is_inverted and verb not in self.weak | self.telling and not self._goes_on(after):  # "…," said X
                who = self.subjects.behind(after) or self.subjects.left_out(after)
                if who is not None and (not who.is_bare or quotes or (_ENDS.fullmatch(after) and self._may_speak(who.speaker.mention))):
                    return Stretch(0, found.start(), who, found.group())
            ends = len(after) < TAIL and ", " in before.rstrip(" ,")  # the verb stands at the end
            who = self.subjects.before(before[inner:] if inner or ends else before) or self.subjects.begins(before, after)
            behind = self._behind_free(text, found) if is_free and not inner else None
            if behind is not None:
                return behind
            if who is None and verb in self.counting and is_free:
                who = self.subjects.behind(self._object.split(after, maxsplit=1)[0])  # "Den Schaden beziffert die Stadt auf"
                if who is not None and who.speaker is not UNNAMED:
                    return Stretch(0, len(text), who, found.group())
            if who is None or (verb in self.weak and self._is_vague(who, verb, after)):
                continue
            opening = max(inner, self._opening(before.rstrip(" ,"), who) if ends and not self._tells_it(verb, after) else 0)
            stretch = self._around(text, found, inner, opening, who)
            if stretch is not None:
                return stretch
        return None

    def _behind_free(self, text: str, verb: re.Match[str]) -> Stretch | None:
        """Where the verb stands second, who speaks behind it, if a sentence begins with where or when: "Auf Nachfrage teilte das Amt"."""
        before, after = text[: verb.start()], text[verb.end() :]
        is_adjunct = before.partition(" ")[0].lower() in self.language.words("locatives") and "," not in before
        comma = _COMMA.search(after)
        if not is_adjunct or comma is None:
            return None
        words = self._part_of_verb.sub("", after[: comma.start()])
        who = self.subjects.behind(self._object.split(words, maxsplit=1)[0])
        if who is None or who.speaker is UNNAMED:
            return None
        return Stretch(verb.end() + comma.end(), len(text), who, verb.group())

    @of_language
    def _part_of_verb(self) -> re.Pattern[str]:
        """What belongs to a verb and stands behind its subject: "mit", of "teilte das Amt mit"."""
        return re.compile(rf"\s(?:{self.language.any_of('back_ends')})\Z", re.I)

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

    def _may_speak(self, words: str) -> bool:
        """Whether words are of one who may speak: a body, a place that is governed, somebody with an office, people by what they are."""
        phrase = self.speakers.phrases.of(words)
        known = self.language.words("groups") | self.language.words("place_words")
        return phrase is not None and (self._tells_role(words) or phrase.noun in known or re.search(CAPITAL, words) is not None)

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

    def _tells_it(self, verb: str, after: str) -> bool:
        """Whether the few words behind a verb are what is said, and do not say when, where or to whom: "said 12 boats were lost"."""
        words = _WORDS.findall(after)
        return len(words) > SAID and verb not in self.telling and words[0].lower() not in self._adjuncts and not after.startswith(",")

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
        if words == 2 and re.search(r"\d", rest):  # "counted 12 boats"
            return Stretch(0, len(sentence), who, verb.group())
        return Stretch(verb.end() + self._join(after), len(sentence), who, verb.group()) if words > 2 else None

    @of_language
    def _later_that(self) -> re.Pattern[str]:
        """What stands between a verb and "that": to whom it is said, when, where, a part of the verb."""
        return re.compile(rf"\s(?P<first>[^\W\d_]+)[^,;:.\d“”\"„«»]{{0,60}}?,?\s(?:{self.language.any_of('that')})\s")

    @cached_property
    def _adjuncts(self) -> frozenset[str]:
        """Words with which begins what says when, where or to whom something is said."""
        names = ("locatives", "on_days", "weekdays", "relative", "in_statements", "to_whom", "back_ends", "asides", "adverbs")
        return frozenset().union(*(self.language.words(name) for name in names))

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
        later = self._later_that.match(after)
        if later is not None and later["first"].lower() in self._adjuncts | self.language.words("articles") | self.language.words(
            "definite"
        ):
            return later.end()
        return plain.end() if plain else 0

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

    def by_agent(self, sentence: Sentence) -> Stretch | None:
        """… was put at 41 by X; it was alleged by X that …"""
        text = sentence.text
        may_be = all(self.language.may_have(name, text) for name in ("passive_be", "speech", "agents"))
        for found in self._passively.finditer(text) if may_be else ():
            if sentence.is_quoted(found.start()):
                continue
            rest = text[found.end() :]
            agent = self.subjects.pause.split(self._clause.split(rest, maxsplit=1)[0], maxsplit=1)[0].rstrip(". ")
            who = self.speakers.referent(agent) or self.speakers.somebody(agent, is_sure=True)
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
