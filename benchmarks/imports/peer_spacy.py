"""What spaCy's small English model finds in texts: run by `benchmarks.imports.peers` with the Python of an environment of its own.

Read from the standard input: a JSON list of texts, and verbs of speech; printed: for each text its places and those who are credited, then
seconds of CPU for all of them after loading, and the most memory used.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from typing import Any

PLACES = ("GPE", "LOC", "FAC")
CREDITED = ("PERSON", "ORG", "NORP")


def main() -> None:
    asked = json.load(sys.stdin)
    speech = frozenset(asked["speech"])
    model: Any = importlib.import_module(sys.argv[1]).load()
    model("A text that warms it up.")
    began = time.process_time()
    found = [_found(model(text), speech) for text in asked["texts"]]
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"found": found, "seconds": seconds, "MiB": peak}, sys.stdout)


def _found(text: Any, speech: frozenset[str]) -> dict[str, list[str]]:
    """The names of a text: of places, and of those who are the subject of a verb of speech or stand behind "according to"."""
    places = dict.fromkeys(_bare(one.text) for one in text.ents if one.label_ in PLACES)
    credited = dict.fromkeys(_bare(one.text) for one in text.ents if one.label_ in CREDITED and _is_credited(one.root, speech))
    return {"places": list(places), "sources": list(credited)}


def _bare(name: str) -> str:
    """A name without the article that the model counts to it."""
    return name.removeprefix("the ").removeprefix("The ")


def _is_credited(root: Any, speech: frozenset[str]) -> bool:
    while root.dep_ in ("appos", "conj", "compound"):
        root = root.head
    if root.dep_ == "nsubj":
        return not speech.isdisjoint((root.head.lower_, root.head.lemma_))
    return (root.dep_, root.head.lower_, root.head.head.lower_) == ("pobj", "to", "according")


if __name__ == "__main__":
    main()
