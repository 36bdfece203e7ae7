"""How sure a proposal of the rules is, and why it is made: from the evidence by which they made it.

Each has a probability: of features that have names, with weights that `tools/fit.py` fitted to labelled articles. It means what it says:
of those with 0.9 about nine in ten are right (`python -m benchmarks.sureness` measures it; docs/importing.md has the table). The three
words of a `todo` follow from it (`model.todo.judged`). What another reader proposes says it itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.importer import worth
from sitegen.importer.claims import Claim
from sitegen.importer.days import Basis
from sitegen.importer.places import Place
from sitegen.importer.titles import Title
from sitegen.importer.topics import Topic
from sitegen.importer.weights import probability, weights
from sitegen.model.todo import Todo, judged, least

STEPS = (1.0, 2.5, 4.0)
"""Weights of the evidence (`evidence.py`) for a place between which the names of its features change."""
SMALL = ("town", "village", "district", "site")
"""Kinds of place of which there are many of one name."""


# claims


def of_claim(claim: Claim) -> Todo:
    """Of a claim, and of whose it is."""
    if claim.todo:
        return claim.todo
    return judged(worth.probability(claim.evidence) * attribution(claim), f"{_figures(claim)}, {_credit(claim)}")


def attribution(claim: Claim) -> float:
    """How probable it is that what is a claim is whose it is said to be."""
    return probability("attribution", attribution_evidence(claim))


def attribution_evidence(claim: Claim) -> frozenset[str]:
    """What tells whether a claim is whose it is said to be."""
    out = {"any", claim.credit.way}
    if claim.credit.words == ":":
        out.add("colon")
    if claim.quantities:
        out.add("figure")
    if claim.text.isupper():
        out.add("shouted")
    if claim.speaker is not None:
        out.add(claim.speaker.kind or "other")
    return frozenset(out)


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
    sureness = least(of_claim(claim).sureness, of_claim(before).sureness, "likely")  # that they are parts of it was never measured
    return Todo(sureness, f"{len(claim.quantities)} figures taken to be parts of the total before them; {_credit(before)}")


def unread(claim: Claim) -> Todo:
    """Of a claim whose figures its quote does not show again."""
    return Todo("doubtful", f"its figures could not be read in the quote; {of_claim(claim).reason}")


# sources, places, topics


def of_source(cue: str, pointing: str, kind: str) -> Todo:
    """Of a source, by the words of the first statement that is credited to it."""
    evidence = frozenset(["any", kind or "other", "pointed" if pointing else "colon" if cue == ":" else "named" if cue else "listed"])
    if pointing:
        return _weighed("source", evidence, f"“{_short(pointing)}” was taken to mean it")
    how = "credited by a colon" if cue == ":" else f"credited by “{_short(cue)}”" if cue else "it was taken to give a list"
    return _weighed("source", evidence, how if kind != "other" else f"{how}; what kind of source it is was not told")


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
    evidence = frozenset(["any", *_place(place)])
    if place.id is None:
        return _weighed("place", evidence, f"no gazetteer knows where it is; {cue}")
    of_many = f", one of {place.namesakes} of this name" if place.namesakes > 1 else ""
    return _weighed("place", evidence, f"a {place.kind} of the gazetteer{of_many}; {cue}")


def _place(place: Place) -> Iterator[str]:
    """What tells whether a name is a place, and the one that it is said to be."""
    if place.known is not None:
        yield "known"
    elif place.id is None:
        yield "in no gazetteer"
    else:
        yield "small" if place.kind in SMALL else place.kind
        if place.namesakes > 1:
            yield "namesakes"
    yield f"weight {sum(place.weight >= step for step in STEPS)}"
    if len(place.mentions) > 1:
        yield "several forms"
    yield next((name for name in _CUES if name in place.evidence), "no cue")


def of_topic(topic: Topic) -> Todo:
    """Of a topic. Whether it is worth a page is for editors to say."""
    what = "a person named in full" if topic.kind == "person" else "a body named in full"
    return topic.todo or Todo("likely", f"{what} and credited with nothing; is it worth a page?")


def of_unit(unit: str) -> Todo:
    """Of the claim page of a quantity that a list names."""
    return Todo("likely", f"“{_short(unit)}” is an item of a list; say of whom, and what happened to them")


# titles, dates


def of_title(title: Title) -> Todo:
    """Of the line that was taken for the title."""
    other = f"“{_short(title.other)}” may be it" if title.other else "the text may have none"
    return judged(title.probability, f"the title was chosen among the lines above the text; {other}")


_DATES: Mapping[str, str] = {
    "explicit": "a date that the article gives as its own",
    "dateline": "the dateline of the article",
    "weekday": "a day of the week that agrees with the count",
    "relative": "a count of days, and the day on which it is said to have begun",
    "file-name": "the name of the file begins with it",
    "markup": "the page’s own metadata; it may be the day of an update",
}


def of_basis(basis: Basis, calendar: str | None) -> Todo:
    """Of what is said to lead to the article's date."""
    is_count = basis.rule in ("day-count", "ordinal-day")
    reason = f"a day count under the calendar {calendar}" if is_count else _DATES[basis.rule]
    if basis.rule not in weights("date"):  # the labelled articles have none
        return Todo("sure" if is_count else "likely", reason)
    return _weighed("date", frozenset(["any", basis.rule]), reason)


def _weighed(model: str, evidence: frozenset[str], reason: str) -> Todo:
    """What is said of a proposal of which this tells whether it is right."""
    return judged(probability(model, evidence), reason)._replace(evidence=evidence)


def _short(words: str) -> str:
    """Words as they are shown in a reason."""
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:59].rstrip()}…"
