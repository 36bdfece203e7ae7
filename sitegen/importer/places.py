"""Where it happened: the places of a text, found by the archive's own names, the gazetteer, and the words around a name."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sitegen.importer.entities import Entities
from sitegen.importer.gazetteer import key_of
from sitegen.importer.mentions import Mention
from sitegen.model.todo import Todo


class Place(NamedTuple):
    """A place of a text: the name for the archive, the forms as printed, and what is known of it. `known` is the stem of the archive's
    own page of it, `id` its number in the gazetteer, `country` an ISO code. `weight` and `evidence`: what speaks for it at its strongest
    mention; `namesakes`: how many places bear its name; `todo`: how sure it is, where another reader proposes it, and `where` in
    what that one answers."""

    name: str
    mentions: tuple[str, ...]
    kind: str
    lat: float | None
    lon: float | None
    country: str = ""
    id: int | None = None
    known: str | None = None
    weight: float = 0.0
    namesakes: int = 0
    evidence: frozenset[str] = frozenset()
    todo: Todo | None = None
    where: str = ""


def places(names: Entities) -> list[Place]:
    """The places of a text, in the order of their first mention."""
    decided = {(one.block, one.start, one.end) for one in names.all if one.kind == "place"}
    meant = names.meant
    found = [one for one in names.mentions if (one.block, one.start, one.end) in decided]
    place_words = names.language.words("place_words")
    out: dict[object, Place] = {}
    forms: dict[object, dict[str, None]] = {}
    strongest: dict[object, Mention] = {}
    for one in found:
        entry = meant.get(one.text)
        if entry is None and one.known is None and (one.entries or one.weight <= 0.0):
            continue
        key = one.known or (entry.id if entry else key_of(one.text))
        before = out.get(key)
        forms.setdefault(key, {}).update(dict.fromkeys(_forms(one, place_words)))
        if key not in strongest or one.weight > strongest[key].weight:
            strongest[key] = one
        if entry is not None:
            out[key] = Place(entry.name, (), entry.kind, entry.lat, entry.lon, entry.country, entry.id, one.known)
        else:
            name, kind = (before.name, before.kind) if before else (one.text, one.kind)
            out[key] = Place(name, (), kind, None, None, known=one.known)
    return [_evident(place, strongest[key])._replace(mentions=tuple(forms[key])) for key, place in out.items()]


def _evident(place: Place, mention: Mention) -> Place:
    """A place with what speaks for it at its strongest mention."""
    return place._replace(weight=mention.weight, namesakes=len(mention.entries), evidence=mention.evidence)


def _forms(one: Mention, place_words: Collection[str]) -> list[str]:
    """A name as printed, and without the word that says of what kind it is: "Mira province", "Mira"."""
    head, _, last = one.text.rpartition(" ")
    return [one.text, head] if last in place_words else [one.text]
