"""Where those who speak stand in a sentence: before a verb, behind it, in apposition, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from sitegen.importer.adverbs import without_adverbs
from sitegen.importer.language import Language, alternatives, of_language
from sitegen.importer.speaker import UNNAMED, Referent, Speaker
from sitegen.importer.speakers import Speakers
from sitegen.importer.tokens import CAPITAL, NAME, SMALL, SMALLS

_NAMED = re.compile(rf"(?<!^)«({CAPITAL}[^«».!?,]{{1,60}})»")
_BRACKETS = re.compile(r"\s*\([^()]*\)(?=,?\s*\Z)")
_BRACKETED = re.compile(r"\s\([^()]{1,40}\)")
"""What explains a name in brackets behind it."""
_DATELINE = re.compile(rf"^[^{SMALLS}]{{3,40}}(?:,[^–—]{{0,40}})?\s(?:\([^)]*\)\s)?[–—-]\s")
_WORDS = re.compile(r"\w+")
_CLAUSES = re.compile(r"[,;:—–()“”\"«»„]\s*")


NEAR = 60
"""Signs before the subject of a clause, at most."""
SHORTER = 3
"""Words of a phrase that tells more behind them, at most."""


class Subjects:
    """The seeking of those who speak in the sentences of one text."""

    def __init__(self, language: Language, speakers: Speakers) -> None:
        self.language = language
        self.speakers = speakers

    def behind(self, after: str) -> Referent | None:
        """Who speaks, of the words behind a verb: the first of them up to a pause."""
        after = self.to_whom.sub("", _BRACKETED.sub("", after), count=1)
        there = self._there.match(after)
        if there is not None:
            who = self._one_of(self.stop.split(after[there.end() :].rstrip(". "), maxsplit=1)[0])
            if who is not None:
                return who
        first, *more = self.stop.split(after.strip(), maxsplit=2)
        named = more[0] if more and "," in after[: len(first) + 2] else None
        phrase = self.speakers.phrases.of(first) if named is not None and re.search(CAPITAL, first) else None
        is_role = phrase is not None and self.speakers.people.is_title(phrase.noun)  # "el concejal de Cultura"
        if named is not None and (is_role or self.speakers.is_title(first) or not re.search(CAPITAL, first)):
            apposed = self.apposed(named)
            if apposed is not None:
                return apposed
        tells_more = named is not None and self._relative.match(named) is not None
        who = self.speakers.referent(first) or (self.speakers.referent(named) if named and not tells_more else None)
        return (self._shorter(first) or who) if who is None or who.speaker is UNNAMED else who

    def _shorter(self, words: str) -> Referent | None:
        """A document or a body at the beginning of words behind a verb that tell more of it: "le bilan social remis aux élus"."""
        parts = words.split()
        for count in range(min(len(parts) - 1, SHORTER), 1, -1) if self.language.flag("head_first") else ():
            phrase = self.speakers.phrases.of(" ".join(parts[:count]))
            is_known = phrase is not None and (
                self.speakers.phrases.is_document(phrase) or self.language.kind_of_body(phrase.noun) is not None
            )
            if is_known and phrase is not None and phrase.article and parts[count - 1].lower() not in self.speakers.people.function_words:
                return self.speakers.referent(" ".join(parts[:count]))
        return None

    def _one_of(self, where: str) -> Referent | None:
        """Who speaks where "one" does; without such a word, which every place may have before a verb, a body that is known as one."""
        phrase = self.speakers.phrases.of(where)
        is_told = phrase is not None and (self.speakers.phrases.is_document(phrase) or self.language.kind_of_body(phrase.noun) is not None)
        is_sure = bool(self.language.words("one")) or (is_told and not self.language.flag("names_inflected"))
        return self.speakers.referent(where) or self.speakers.nameless.somebody(where, is_sure=is_sure, is_known=not is_sure)

    @of_language
    def _at(self) -> re.Pattern[str]:
        """Where it is said, in the place of who says it: "à la mairie, on", "На комбинате"."""
        one = self.language.any_of("one")
        who = rf"(?:{self.language.any_of('at_bodies')})\s(?P<who>[^,.;:]{{3,80}}?)"
        return re.compile(rf"{who},?\s(?:{one})" if self.language.words("one") else who, re.I)

    @of_language
    def to_whom(self) -> re.Pattern[str]:
        """To whom it is said, before who says it: "explicó a EFE la química", "a déclaré à l'ADP la présidente"."""
        the = alternatives(self.language.words("definite") | self.language.words("articles"))
        to = rf"\s(?:{self.language.any_of('to_whom')})(?:\s|(?<=['’]))"
        return re.compile(rf"^{to}(?:(?:{SMALL}+\s){{0,2}}?{NAME.pattern}|{SMALL}{{3,}})(?=\s(?:{the})(?:\s|(?<=['’])))")

    @of_language
    def _there(self) -> re.Pattern[str]:
        """The same behind the verb: "dit-on à la mairie", "повідомили в штабі"."""
        one, at = self.language.any_of("one"), self.language.any_of("at_bodies")
        return re.compile(rf"(?:-t)?-(?:{one})\s(?:{at})\s" if self.language.words("one") else rf"\s(?:{at})\s", re.I)

    def apposed(self, words: str) -> Referent | None:
        """The person whose name stands behind what he or she is: "the mayor, Ann Lee"."""
        words = self._form_of_address.sub("", self._described.sub("", words, count=1))
        name = NAME.match(words)
        who = self.speakers.referent(name.group()) if name is not None and self.speakers.people.person(name.group()) else None
        return who if who is not None and who.speaker.kind == "person" else None

    def left_out(self, after: str) -> Referent | None:
        """The last person, where a language leaves out who speaks and nobody is named behind the verb: "«…», dijo a la salida"."""
        if not self.language.flag("drops_subject") or re.match(rf"\s*(?:{self.language.any_of('definite')}|{CAPITAL})", after):
            return None
        person = self.speakers.discourse.person_of("")
        return Referent(person, "a verb without a subject") if person is not None else None

    def begins(self, before: str, after: str) -> Referent | None:
        """The last person, where a sentence begins with the verb: "Recordó que …", "Además, sostuvo que …"."""
        is_first = self.language.flag("drops_subject") and not self.speakers.without_asides(before).strip(" ,")
        if not is_first or not re.match(rf"\s+(?:{self.language.any_of('that')})\s", after, re.I):
            return None
        person = self.speakers.discourse.person_of("")
        return Referent(person, "a verb without a subject") if person is not None else None

    def before(self, segment: str) -> Referent | None:
        """Who speaks, of the words before a verb: the last of them up to a pause, or those before an apposition."""
        rest = without_adverbs(self.clitic.sub("", _BRACKETS.sub("", _DATELINE.sub("", segment)).rstrip()), self.language).rstrip()
        rest = self._dated.sub("", self._where_said.sub("", rest, count=1))
        pronoun = self._pronoun_behind.search(rest)
        at = self._at.fullmatch(self._told_more.sub("", rest))
        clauses = [one for one in _CLAUSES.split(rest) if one]
        who = self.speakers.referent(pronoun["who"]) if pronoun is not None else None
        who = who or (self._one_of(at["who"]) if at is not None else None)
        who = who or (self.speakers.whole(clauses[-1]) if clauses else None)
        if who is None and segment.rstrip().rpartition(" ")[2].lower() in self.language.words("joining"):
            who = self._begun(_DATELINE.sub("", segment))
        return who or self._of_parts(rest)

    def _of_parts(self, rest: str) -> Referent | None:
        """Who speaks, of the parts between pauses that stand before a verb."""
        whole = _NAMED.sub(r"❬\1❭", rest)  # a name in quotation marks is no pause
        parts = [part.strip().replace("❬", "«").replace("❭", "»") for part in self.pause.split(whole) if part.strip()]
        if not parts:
            return None
        if len(parts) > 1 and rest.endswith(",") and parts[-1].partition(" ")[0] in self.language.words("speech"):
            parts.pop()  # "The clips, said to be from Gao, show"
        who = self._before_apposition(parts) if rest.endswith((",", "—", "–", " -")) else None
        if who is not None:
            return who
        if parts[-1].partition(" ")[0].lower() in self.language.words("oblique"):  # "Den Schaden" is an object
            return None
        return self.speakers.referent(parts[-1]) or self._joined(parts)

    def _before_apposition(self, parts: Sequence[str]) -> Referent | None:
        """Who is named before what is said of that one: "Ann Lee, the mayor, said"."""
        are_nouns = self.language.flag("nouns_capitalised")
        for number in range(len(parts) - 2, max(-1, len(parts) - 5), -1):
            is_role = are_nouns and self.speakers.people.is_title(parts[number + 1].partition(" ")[0])
            if not is_role and not self._apposition.match(parts[number + 1]):
                return None
            who = self.speakers.referent(parts[number]) or self._told_by_name(parts[number], parts[number + 1])
            if who is not None:
                return who
        return None

    def _joined(self, parts: Sequence[str]) -> Referent | None:
        """Who is told first, where another verb goes on: "The operator, Greenline, apologised and said"."""
        is_joined = parts[-1].rpartition(" ")[2].lower() in self.language.words("joining") and not re.search(CAPITAL, parts[-1][1:])
        if len(parts) < 2 or not is_joined:
            return None
        if len(parts) < 3 or re.search(CAPITAL, parts[0][1:]) or NAME.fullmatch(parts[1]) is None:
            return self.speakers.referent(parts[0])
        return self._told_by_name(parts[1], parts[0]) or self.speakers.referent(parts[1])

    def _begun(self, rest: str) -> Referent | None:
        """Who is named first in a clause of which another verb goes on: "In Gao, the Relief Council asked for $8 million and"."""
        firm = self.speakers.people.firm
        people = ((start, end, Speaker(name, name, "person")) for start, end, name in self.speakers.people.within(rest) if name in firm)
        start, end, who = min((*people, *self.speakers.bodies.full(rest)), default=(NEAR + 1, 0, UNNAMED))
        before = _WORDS.findall(rest[:start].lower()) if start <= NEAR else []
        is_subject = start <= NEAR and rest[end : end + 1] in (" ", ",") and not (before and before[-1] in self._no_subjects)
        return Referent(self.speakers.discourse.speaks(who)) if is_subject else None

    @cached_property
    def _no_subjects(self) -> frozenset[str]:
        """Words behind which no subject stands."""
        return frozenset().union(*(self.language.words(name) for name in ("locatives", "of", "with", "to_whom", "agents")))

    def _told_by_name(self, name: str, what: str) -> Referent | None:
        """A body by its name, beside which stands what it is: "Greenline, the ferry operator"."""
        noun = self.speakers.phrases.of(what) if NAME.fullmatch(name) is not None and not re.search(CAPITAL, what[1:]) else None
        body = self.speakers.discourse.told_of(noun.noun, name) if noun is not None else None
        return Referent(self.speakers.discourse.speaks(body)) if body is not None else None

    @of_language
    def _where_said(self) -> re.Pattern[str]:
        """What a sentence may begin with before its subject: "In a statement on Monday", "In his report", "On 16 January"."""
        names = ("in_statements", "on_days", "weekdays", "months", "of")
        within, on, days, months, of = (self.language.any_of(name) for name in names)
        a = alternatives(self.language.words("articles") | self.language.words("determiners"))
        date = rf"\d{{1,2}}\.?\s(?:(?:{of})\s)?(?:{months})|(?:{months})\s\d{{1,2}}"
        day = rf"(?:(?:{on})\s(?:{days}|{date})(?:,?\s\d{{4}})?,?\s)"
        return re.compile(rf"^(?:(?:{within})\s(?:{a})\s[\w-]+,?\s{day}?|{day})(?=\S)", re.I)

    @of_language
    def _dated(self) -> re.Pattern[str]:
        """Of when a paper or a report is, behind it: "the minutes of 3 May 1911"."""
        of, months = self.language.any_of("of"), self.language.any_of("months")
        return re.compile(rf"\s(?:{of})\s(?:(?:\d{{1,2}}\.?\s(?:(?:{of})\s)?)?(?:{months})(?:\s(?:(?:{of})\s)?\d{{4}})?|\d{{4}})\Z", re.I)

    @of_language
    def clitic(self) -> re.Pattern[str]:
        """Small words that belong to the verb behind them: "n'en" croit, "se" plaint."""
        return re.compile(rf"(?:\s(?:{self.language.any_of('clitics')})\w{{0,3}})+\Z", re.I)

    @of_language
    def _described(self) -> re.Pattern[str]:
        """What is said of one before the name: "el argentino", "the historian"."""
        return re.compile(rf"^(?i:{self.language.any_of('definite')})\s(?:{SMALL}[\w-]*\s){{1,2}}(?={CAPITAL})")

    @of_language
    def _form_of_address(self) -> re.Pattern[str]:
        """What stands before the name of one who is spoken of politely: "the Rev. ", "M. "."""
        return re.compile(rf"^(?:(?i:{self.language.any_of('definite')})\s)?(?:{CAPITAL}\w{{0,4}}\.\s(?={CAPITAL}\w\w)){{1,2}}")

    @of_language
    def part_of_verb(self) -> re.Pattern[str]:
        """What belongs to a verb and stands behind its subject: "mit", of "teilte das Amt mit"."""
        return re.compile(rf"\s(?:{self.language.any_of('back_ends')})\Z", re.I)

    @of_language
    def stop(self) -> re.Pattern[str]:
        """Where the name of one who speaks ends, behind a verb."""
        names = "".join(rf"(?<!\b{re.escape(word.capitalize())})" for word in sorted(self.language.words("before_names")))
        return re.compile(rf"[,;:]\s?|(?<!{CAPITAL}){names}\.(?=\s|\Z)|\s(?:{self.language.any_of('stops')})\s")

    @of_language
    def pause(self) -> re.Pattern[str]:
        """What parts a subject from the words before it."""
        words = self.language.any_of("pauses")
        return re.compile(rf"[,;:—–()]|\s-\s|[“”\"«»„]|''|\s(?:{words})\s|^(?:{words})\s", re.I)

    @of_language
    def _relative(self) -> re.Pattern[str]:
        """The beginning of a clause about one who is named before it: "who grew up"."""
        return re.compile(rf"\s?(?:{self.language.any_of('relatives')})\s", re.I)

    @of_language
    def _pronoun_behind(self) -> re.Pattern[str]:
        """A pronoun behind where something is said: "At the meeting of the board he"."""
        words = alternatives(word for name in ("he", "she") for word in self.language.words(name) if " " not in word)
        return re.compile(rf"\s(?P<who>{words})\Z", re.I)

    @of_language
    def _told_more(self) -> re.Pattern[str]:
        """A clause about one who is named before it, up to the verb: ", which quarries the sand,"."""
        return re.compile(rf",\s(?:{self.language.any_of('relatives')})\s[^,]{{3,80}},\Z", re.I)

    @of_language
    def _apposition(self) -> re.Pattern[str]:
        """The beginning of what says who somebody is."""
        begun = "|".join(self.language.any_of(name) for name in ("articles", "relatives", "of"))
        return re.compile(rf"(?:{begun})(?!\w)|[{SMALLS}\d]")
