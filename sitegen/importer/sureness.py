"""How sure a proposal of the rules is, and why it is made: from the evidence by which they made it.

Three classes, and few limits between them, so that each says something: `python -m benchmarks.sureness` measures how often the proposals of
each are right (docs/importing.md has the table). What another reader proposes says it itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.importer.claims import Claim
from sitegen.importer.dates import Basis
from sitegen.importer.places import Place
from sitegen.importer.topics import Topic
from sitegen.model.todo import Sureness, Todo, least

FIRM, FAINT = 2.5, 1.0
"""Weights of evidence (`evidence.py`) from which on a name surely is a place, and below which it is doubtful."""
SMALL = ("town", "village", "district", "site")
"""Kinds of place of which there are many of one name."""


# claims


def of_claim(claim: Claim) -> Todo:
    """Of a claim, and of whose it is: a figure is a claim nearly always, and one beside a verb of speech is its subject's."""
    return claim.todo or Todo(_class(claim), f"{_figures(claim)}, {_credit(claim)}")


def _class(claim: Claim) -> Sureness:
    if claim.text.isupper():
        return "doubtful"  # a bulletin: tables, headings and sentences look alike
    if claim.quantities:
        return "sure" if claim.credit.way == "named" else "likely"
    return "likely" if claim.credit.way in ("named", "pointed", "back") else "doubtful"


def _figures(claim: Claim) -> str:
    if not claim.quantities:
        return "no figure"
    bare = "" if all(one.unit for one in claim.quantities) else " without a unit"
    return f"a figure{bare}" if len(claim.quantities) == 1 else f"{len(claim.quantities)} figures{', one' * bool(bare)}{bare}"


def _credit(claim: Claim) -> str:
    """How it is told whose a claim is, in words."""
    credit, name = claim.credit, _short(claim.speaker.name) if claim.speaker else ""
    match credit.way:
        case "named":
            return "credited by a colon" if credit.words == ":" else f"credited by “{_short(credit.words)}”"
        case "pointed":
            return f"“{_short(credit.pointing)}” was taken to mean {name}"
        case "back":
            return f"credited by the sentence behind it, “{_short(credit.words)}”"
        case "listed":
            return f"an item of a list that was taken to be given by {name}"
        case "quoted":
            return f"within a quotation that was taken to be of {name}"
        case "carried":
            return f"taken to go on with what {name} says before"
    return "in the article’s own voice"


def of_group(claim: Claim, before: Claim) -> Todo:
    """Of an itemised list of figures with its total, which the claim before it states."""
    sureness = least(of_claim(claim).sureness, of_claim(before).sureness)
    return Todo(sureness, f"{len(claim.quantities)} figures taken to be parts of the total before them; {_credit(before)}")


def unread(claim: Claim) -> Todo:
    """Of a claim whose figures its quote does not show again."""
    return Todo("doubtful", f"its figures could not be read in the quote; {of_claim(claim).reason}")


# sources, places, topics


def of_source(cue: str, pointing: str, kind: str) -> Todo:
    """Of a source, by the words of the first statement that is credited to it."""
    if pointing:
        return Todo("likely", f"“{_short(pointing)}” was taken to mean it")
    how = "credited by a colon" if cue == ":" else f"credited by “{_short(cue)}”" if cue else "it was taken to give a list"
    return Todo(
        "sure" if cue and kind != "other" else "likely", how if kind != "other" else f"{how}; what kind of source it is was not told"
    )


_CUES: Mapping[str, str] = {
    "dateline": "in a dateline", "held": "what it lies in stands behind it", "place word": "the words behind it say what it is",
    "settled": "the words before it are those before places", "at": "“in” or the like stands before it",
    "from": "“from” or the like stands before it", "direction": "a direction stands before it", "listed": "in a list",
}  # fmt: skip
"""What stands around a name and speaks for a place, the strongest first."""


def of_place(place: Place) -> Todo:
    """Of a place: that the name is one, and which."""
    if place.todo:
        return place.todo
    cue = next((words for name, words in _CUES.items() if name in place.evidence), "nothing around it says so but its name")
    if place.id is None:
        return Todo("doubtful", f"no gazetteer knows where it is; {cue}")
    of_many = f", one of {place.namesakes} of this name" if place.namesakes > 1 else ""
    sureness: Sureness = "doubtful" if place.weight < FAINT else "sure" if place.weight >= FIRM else "likely"
    if of_many and place.kind in SMALL:
        sureness = least(sureness, "likely")
    return Todo(sureness, f"a {place.kind} of the gazetteer{of_many}; {cue}")


def of_topic(topic: Topic) -> Todo:
    """Of a topic. Whether it is worth a page is for editors to say."""
    what = "a person named in full" if topic.kind == "person" else "a body named in full"
    return topic.todo or Todo("likely", f"{what} and credited with nothing; is it worth a page?")


def of_unit(unit: str) -> Todo:
    """Of the claim page of a quantity that a list names."""
    return Todo("likely", f"“{_short(unit)}” is an item of a list; say of whom, and what happened to them")


# dates

_DATES: Mapping[str, Todo] = {
    "explicit": Todo("likely", "a date that the article gives as its own"),
    "dateline": Todo("sure", "the dateline of the article"),
    "weekday": Todo("likely", "a day of the week that agrees with the count"),
    "relative": Todo("likely", "a count of days, and the day on which it is said to have begun"),
    "file-name": Todo("likely", "the name of the file begins with it"),
    "markup": Todo("likely", "the page’s own metadata; it may be the day of an update"),
}


def of_basis(basis: Basis, calendar: str | None) -> Todo:
    """Of what is said to lead to the article's date."""
    if basis.rule in ("day-count", "ordinal-day"):
        return Todo("sure", f"a day count under the calendar {calendar}")
    return _DATES[basis.rule]


def _short(words: str) -> str:
    """Words as they are shown in a reason."""
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:59].rstrip()}…"
