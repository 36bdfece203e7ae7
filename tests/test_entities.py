"""Names and what each is: golden pairs, a text and every name in it, in order. A name that is none of all has no line."""

from __future__ import annotations

import pytest

from sitegen.importer.entities import Entities, Entity, settled
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import language

GAZETTEER = Gazetteer()
PAIRS = [
    ("en", "Mayor Ann Lee met the Harbour Board in Quimper. Lee left.",
     ["person Ann Lee", "body Harbour Board", "place Quimper", "person Ann Lee"]),
    ("en", "The ferry went from Geneva to Lausanne.", ["place Geneva", "place Lausanne"]),
    ("en", "The Bank of Geneva lent the money.", ["body Bank of Geneva"]),
    ("en", "Ada Brook swam across Lake Charles in June.", ["person Ada Brook", "place Lake Charles"]),
    ("en", "Dr Charlotte Brook spoke in Charlotte, North Carolina.", ["person Charlotte Brook", "place Charlotte", "place North Carolina"]),
    ("fr", "La Chambre de commerce de Quimper a reçu Jean Le Goff.", ["place Quimper", "person Jean Le Goff"]),
    ("en", "The Committee on Coasts met on Monday.", ["body Committee on Coasts"]),
    ("en", "The High Court in London ruled.", ["body High Court", "place London"]),
    ("de", "Bürgermeisterin Erika Holt sprach in Bremen.", ["person Erika Holt", "place Bremen"]),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "names"), PAIRS)
def test_each_name_is_decided_once(tag: str, text: str, names: list[str]) -> None:
    found = Entities(language(tag), [text], GAZETTEER).all
    assert [f"{one.kind} {one.name}" for one in found] == names


def test_of_names_that_share_words_the_longest_stands() -> None:
    person, street = Entity("person", 0, 0, 7, "Ann Lee", 3.0), Entity("place", 0, 0, 14, "Ann Lee Street", 0.5)
    assert settled([person, street]) == [street]
    assert settled([person, street._replace(weight=-0.5)]) == [person]


def test_of_the_same_words_stands_what_more_speaks_for() -> None:
    person, town = Entity("person", 0, 0, 7, "Ann Lee", 3.0), Entity("place", 0, 0, 7, "Ann Lee", 0.5)
    assert settled([town, person]) == settled([person, town]) == [person]
    assert settled([town._replace(weight=4.0), person]) == [town._replace(weight=4.0)]
