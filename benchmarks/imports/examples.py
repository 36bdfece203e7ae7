"""What an import proposes of labelled articles, each proposal with its features and whether the labels have it: what `tools/fit.py` fits to
and what `benchmarks/sureness.py` measures.

Pairs are those of the scorer. Sentences are taken all, also those that an import would not propose, so that none is left out of the fit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.imports.score import claim_score, greedy, plain, read, words
from sitegen.archive.verbatim import decode
from sitegen.importer.attribution import Attribution
from sitegen.importer.claims import Claim, claims
from sitegen.importer.formats import extracted
from sitegen.importer.language import guessed, language
from sitegen.importer.speakers import Speakers
from sitegen.importer.structure import structure


class Example(NamedTuple):
    """A proposal: of which article, its features, and whether it is right."""

    article: str
    features: frozenset[str]
    is_right: bool


def labelled(folder: Path) -> list[tuple[str, Path, dict[str, Any]]]:
    """The articles of a folder, each with its stem, its file and its labels."""
    out = []
    for gold in sorted(folder.glob("[0-9][0-9]-*.gold.yaml")):
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


def _all(article: Path) -> list[Claim]:
    """Every sentence of an article as if it were a claim."""
    data = article.read_bytes()
    made = extracted(data, article.name, "en")
    text = made.text if made is not None else decode(data) or ""
    rules = language(guessed(text, "en"))
    read = made.structure if made is not None else structure(text, rules)
    blocks = [(number, piece.text) for number, piece in enumerate(read.pieces) if piece.kind in ("paragraph", "item")]
    return claims(rules, blocks, Attribution(rules, Speakers(rules, [piece.text for piece in read.pieces])), 0.0)
