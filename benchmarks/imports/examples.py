"""What an import proposes of labelled articles, each proposal with its features and whether the labels have it: what `tools/fit.py` fits to
and what `benchmarks/sureness.py` measures.

Pairs are those of the scorer. Sentences are taken all, also those that an import would not propose, so that none is left out of the fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.imports.score import (
    cited,
    claim_score,
    greedy,
    most,
    near,
    place_score,
    plain,
    point,
    read,
    source_forms,
    source_score,
    words,
)
from sitegen.archive.verbatim import decode
from sitegen.importer import read_text
from sitegen.importer.articles import Found
from sitegen.importer.attribution import Attribution
from sitegen.importer.blocks import blocks_of
from sitegen.importer.claims import Claim, claims
from sitegen.importer.entities import Entities
from sitegen.importer.formats import format_of
from sitegen.importer.formats.document import Document
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import guessed, language
from sitegen.importer.report import record_of
from sitegen.importer.speakers import Speakers
from sitegen.importer.structure import recorded, structure
from sitegen.importer.sureness import attribution_evidence, of_basis, of_place
from sitegen.importer.titles import candidates
from sitegen.model.records import Calendar
from tools.choice import Choice


class Example(NamedTuple):
    """A proposal: of which article, its features, and whether it is right."""

    article: str
    features: frozenset[str]
    is_right: bool


def labelled(folder: Path) -> list[tuple[str, Path, dict[str, Any]]]:
    """The articles of a folder, each with its stem, its file and its labels."""
    out = []
    for gold in sorted(folder.glob("[0-9]*-*.gold.yaml")):
        stem = gold.name.removesuffix(".gold.yaml")
        article = next(path for ending in ("txt", "html", "md") if (path := folder / f"{stem}.{ending}").is_file())
        out.append((stem, article, dict(read(gold))))
    return out


def sentences(folder: Path) -> tuple[list[Example], int]:
    """All sentences and statements of a folder's articles, as an import reads them, and how many claims the labels have."""
    out: list[Example] = []
    wanted = 0
    for stem, article, gold in labelled(folder):
        made = _all(article)
        told, said = (
            [words(plain(text)) for text in side] for side in ((one["text"] for one in gold["claims"]), (one.text for one in made))
        )
        pairs = greedy(told, said, claim_score)
        right = set(pairs.values())
        out += [Example(stem, one.evidence, number in right) for number, one in enumerate(made)]
        wanted += len(gold["claims"])
    return out, wanted


def proposals(folder: Path) -> dict[str, list[Example]]:
    """What an import proposes of a folder's articles, by what it is of, but for claims (`sentences`). Whose a claim is is judged of
    all sentences that are claims, proposed or not, so that it hangs on no other weights; a place is right where its location is, too."""
    out: dict[str, list[Example]] = {"attribution": [], "source": [], "place": [], "date": []}
    gazetteer = Gazetteer()
    for stem, article, gold in labelled(folder):
        found = _found(article, gazetteer)
        made = record_of(article.name, found)
        for what, some in _judged(gold, found, made, _all(article)).items():
            out[what] += [Example(stem, features, is_right) for features, is_right in some]
    return out


def _judged(
    gold: dict[str, Any], found: Found, made: dict[str, Any], every: Sequence[Claim]
) -> dict[str, list[tuple[frozenset[str], bool]]]:
    """Each proposal of an article, by what it is of: its features, and whether the labels have it."""
    sources, given = source_forms(gold), source_forms(made)
    told = [words(plain(one["text"])) for one in gold["claims"]]
    said = [words(plain(one.text)) for one in every]
    attributions = []
    for wanted, number in greedy(told, said, claim_score).items():
        claim = every[number]
        one, other = cited(gold["claims"][wanted], sources), cited({"source": claim.speaker.name if claim.speaker else None}, given)
        is_right = source_score(one, other) > 0 if one and other else one == other
        attributions.append((number, attribution_evidence(claim), is_right))
    credited = set(most(sources, given, source_score).values())
    places = {number: wanted for wanted, number in most(gold["places"], made["places"], place_score).items()}
    met = []
    for number, place in enumerate(found.proposal.places):
        known = point(gold["places"][places[number]]) if number in places else None
        is_there = known is None or near(known, point(made["places"][number]))
        met.append((of_place(place).evidence, number in places and is_there))
    is_dated = plain(made["date"]) == plain(gold["date"])
    return {
        "attribution": [(features, is_right) for _, features, is_right in sorted(attributions, key=lambda one: one[0])],
        "source": [(one.todo.evidence, number in credited) for number, one in enumerate(found.proposal.sources)],
        "place": met,
        "date": [(of_basis(one, None).evidence, is_dated) for one in found.dated.basis[:1]],
    }


def titles(folder: Path, weight: float) -> list[Choice]:
    """Which line of a head is the title, of the plain texts of a folder: what speaks for each, and which the labels have. Texts whose
    title is none of what an import may choose are left out. `weight`: as how many texts each counts."""
    texts = [(stem, *document_of(article), gold) for stem, article, gold in labelled(folder)]
    found = (choice_of(stem, text, gold["title"], weight) for stem, made, text, gold in texts if made is None)
    return [one for one in found if one is not None]


def choice_of(name: str, text: str, title: str | None, weight: float) -> Choice | None:
    """Which line of a text is its title; None where an import may not choose it."""
    rules = language(guessed(text, "en"))
    blocks = recorded(blocks_of(text), rules)
    some = candidates(blocks, rules)
    told = [plain(" ".join(block.text for block in blocks[one.start : one.end])) for one in some]
    return Choice(name, tuple(one.evidence for one in some), told.index(plain(title)), weight) if plain(title) in told else None


def document_of(article: Path) -> tuple[Document | None, str]:
    """What a format gives of an article, None of plain text; and its text."""
    data = article.read_bytes()
    format_ = format_of(data, article.name)
    made = next(format_.documents(data, "en", lambda _: None), None) if format_ is not None else None
    return made, made.text if made is not None else decode(data) or ""


def _found(article: Path, gazetteer: Gazetteer) -> Found:
    """All that an import tells of an article, into an archive that has but a day count."""
    made, text = document_of(article)
    return read_text(text, article.name, "en", Calendar(epoch="2022-02-24"), gazetteer, document=made)


def _all(article: Path) -> list[Claim]:
    """Every sentence of an article as if it were a claim."""
    made, text = document_of(article)
    rules = language(guessed(text, "en"))
    read = made.structure if made is not None else structure(text, rules)
    blocks = [(number, piece.text) for number, piece in enumerate(read.pieces) if piece.kind in ("paragraph", "item")]
    return claims(rules, blocks, Attribution(rules, Speakers(Entities(rules, [piece.text for piece in read.pieces]))), 0.0)
