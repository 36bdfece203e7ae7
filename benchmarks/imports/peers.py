"""The importer beside spaCy's small English model, on the same English articles: `make import-peers`.

    python -m benchmarks.imports.peers PYTHON MODEL [FOLDER …]

PYTHON is that of an environment with spaCy and the package MODEL. Compared are the names of places, and of those who are credited; spaCy
knows no crediting, so that of its persons and bodies those count who are the subject of a verb of speech, by its own parser and our list, or
stand behind "according to". Speed is that of reading alone, by the time of the processor, without starting; memory that of the whole process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.imports.examples import document_of, labelled
from benchmarks.imports.score import Tally, most, place_score, source_forms, source_score
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import guessed, language
from sitegen.importer.proposal import Proposal, proposal
from sitegen.importer.structure import Structure, structure

SHOWN = Path(__file__).parent / "shown"
TIMES = 5
"""So often the articles are read, for the speed."""


class Reading(NamedTuple):
    """An article: its labels, and what stands in it."""

    gold: dict[str, Any]
    read: Structure

    @property
    def text(self) -> str:
        return "\n\n".join([self.read.title or "", *(piece.text for piece in self.read.pieces)])


def english(folder: Path) -> Iterator[Reading]:
    """The English articles of a folder."""
    for _, article, gold in labelled(folder):
        made, text = document_of(article)
        if guessed(text, "en") == "en":
            yield Reading(gold, made.structure if made is not None else structure(text, language("en")))


def row(name: str, golds: Sequence[dict[str, Any]], found: Sequence[dict[str, list[str]]], seconds: float, peak: float) -> str:
    """A line of the table."""
    places, sources = Tally(), Tally()
    for gold, one in zip(golds, found, strict=True):
        met = [{"name": name, "mentions": [name]} for name in one["places"]]
        places += Tally(len(most(gold["places"], met, place_score)), len(gold["places"]), len(met))
        wanted, credited = source_forms(gold), [(name, name) for name in one["sources"]]
        sources += Tally(len(most(wanted, credited, source_score)), len(wanted), len(credited))
    cells = [f"{rate:.2f}" for tally in (places, sources) for rate in tally.figures("places").values() if rate is not None]
    return f"| {name} | {' | '.join(cells)} | {TIMES * len(golds) / seconds:.0f} | {peak:.0f} |"


def ours(read: Sequence[Reading]) -> tuple[list[dict[str, list[str]]], float, float]:
    """What the rules propose, in how many seconds, and with how much memory."""
    gazetteer = Gazetteer()
    proposal(read[0].read, "en", gazetteer, {})
    began = time.process_time()
    made: list[Proposal] = []
    for _ in range(TIMES):
        made = [proposal(one.read, "en", gazetteer, {}) for one in read]
    seconds = time.process_time() - began
    found = [
        {"places": [place.mentions[0] for place in one.places], "sources": [source.speaker.name for source in one.sources]} for one in made
    ]
    return found, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def theirs(read: Sequence[Reading], python: str, model: str) -> tuple[list[dict[str, list[str]]], float, float]:
    """The same of spaCy."""
    asked = {"texts": [one.text for one in read] * TIMES, "speech": sorted(language("en").words("speech"))}
    command = [python, str(Path(__file__).with_name("peer_spacy.py")), model]
    answer = json.loads(subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout)
    return answer["found"][: len(read)], answer["seconds"], answer["MiB"]


def main() -> None:
    python, model, *folders = sys.argv[1:]
    for folder in [Path(one) for one in folders] or [SHOWN]:
        read = list(english(folder))
        golds = [one.gold for one in read]
        print(f"{len(read)} English articles of {folder.name}")
        print("| | places P | R | F1 | sources P | R | F1 | articles a second | MiB |\n|---|---|---|---|---|---|---|---|---|")
        print(row("sitegen's rules", golds, *ours(read)))
        print(row(f"spaCy, {model}", golds, *theirs(read, python, model)))


if __name__ == "__main__":
    main()
