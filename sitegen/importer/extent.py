"""What of a sentence is said, where a verb credits somebody with it: up to the clause of the one who speaks, or from behind the verb on."""

from __future__ import annotations

import re
from functools import cached_property

from sitegen.importer.language import Language, of_language
from sitegen.importer.speaker import Referent
from sitegen.importer.speakers import Speakers
from sitegen.importer.stretch import Cue, Stretch
from sitegen.importer.subjects import Subjects

_OPENING = "“\"„«‘'"
_COMMA = re.compile(r",\s")
_ASIDE = re.compile(r"^\s*(?:\(.*?\)\s*)?")
_WORDS = re.compile(r"\w+")
SAID = 3
"""Words that may stand behind a verb at the end without being what is said."""
ADJUNCT = 5
"""Words before a subject that say where or when, at most."""


class Extent:
    """How far what is said reaches, in the sentences of one text."""

    def __init__(self, language: Language, speakers: Speakers, subjects: Subjects) -> None:
        self.language, self.speakers, self.subjects = language, speakers, subjects
        self.telling = language.words("telling")

    def of(self, cue: Cue, who: Referent) -> Stretch | None:
        """What a subject before a verb says: what stands behind the verb, or before the subject; None where neither does."""
        is_told = cue.is_last and not self._tells_it(cue.verb, cue.after)
        return self._around(cue, max(cue.inner, self._opening(cue.before.rstrip(" ,"), who) if is_told else 0), who)

    def _around(self, cue: Cue, opening: int, who: Referent) -> Stretch | None:
        """What a subject says: what stands behind the verb, or before the subject. `opening`: where the subject's clause begins."""
        text, before, inner = cue.text, cue.before, cue.inner
        if inner > 20 and text[:inner].lstrip()[:1] in _OPENING:  # "…," X said in an address
            return Stretch(0, inner, who, cue.shown)
        rest = _ASIDE.sub("", cue.after)
        words = len(_WORDS.findall(rest))
        behind = Stretch(cue.end + self._join(cue.after), len(text), who, cue.shown)
        if (words >= 4 and opening <= max(inner, 3) + len(before) - len(before.lstrip())) or len(rest) > len(before):
            return Stretch(0, opening, who, cue.shown) if words < 3 and opening > 20 else behind
        if opening > 15:
            return Stretch(0, opening, who, cue.shown)
        if words == 2 and re.search(r"\d", rest):  # "counted 12 boats"
            return Stretch(0, len(text), who, cue.shown)
        return behind if words > 2 else None

    def _opening(self, before: str, who: Referent) -> int:
        """Where the clause of the one who speaks begins, of the words before a verb at the end: behind the last comma from which on they
        name that one, or that before it where what somebody is stands before the name."""
        starts = [0, *(comma.end() for comma in _COMMA.finditer(before))]
        for number in range(len(starts) - 1, 0, -1):
            found = self.subjects.before(before[starts[number] :])
            if found is None or found.speaker != who.speaker:
                continue
            role, is_named = before[starts[number - 1] : starts[number]].strip(" ,"), found.speaker.name in before[starts[number] :]
            at = starts[number - 1 if is_named and self.speakers.tells_role(role) else number]
            words = before[:at].split()
            is_adjunct = 0 < len(words) <= ADJUNCT and words[0].lower() in self.language.words("locatives")
            return 0 if is_adjunct else at  # "In a statement, Ann Lee confirmed"
        return 0

    def _tells_it(self, verb: str, after: str) -> bool:
        """Whether the few words behind a verb are what is said, and do not say when, where or to whom: "said 12 boats were lost"."""
        words = _WORDS.findall(after)
        return len(words) > SAID and verb not in self.telling and words[0].lower() not in self._adjuncts and not after.startswith(",")

    @of_language
    def _later_that(self) -> re.Pattern[str]:
        """What stands between a verb and "that": to whom it is said, when, where, a part of the verb."""
        return re.compile(rf"\s(?P<first>[^\W\d_]+)[^,;:.\d“”\"„«»]{{0,60}}?,?\s(?:{self.language.any_of('that')})\s")

    @cached_property
    def _of_object(self) -> frozenset[str]:
        """Words with which begins what stands before "that": when, where, or to whom."""
        return self._adjuncts | self.language.words("articles") | self.language.words("definite")

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
        if later is not None and later["first"].lower() in self._of_object:
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
