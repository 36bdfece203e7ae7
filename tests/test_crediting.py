"""Who is credited with what: a text, and whose each of its statements is. The people and bodies are made up."""

from __future__ import annotations

import pytest

from sitegen.content.text import sentences
from sitegen.importer.attribution import Attribution
from sitegen.importer.language import language
from sitegen.importer.speakers import Speakers

PAIRS = [
    # a noun phrase is as good as a name
    ("en", "The drivers' union warned that rosters were short by 22 people.", ["Drivers' union"]),
    ("en", "A senior officer said on Monday that the line was cut.", ["Senior officer"]),
    ("en", "Grain exporters said each day of delay cost them 90,000 euros.", ["Grain exporters"]),
    ("en", "Doctors at the hospital say 29 of them are patients.", ["Doctors at the hospital"]),
    ("en", "Foxes took a quarter of all eggs, according to trail cameras.", ["Trail cameras"]),
    ("en", "Figures obtained by the Sound Post show that buses passed by 87 times.", ["Figures obtained by the Sound Post"]),
    ("fr", "La digue tiendra dix ans, selon un rapport interne.", ["Rapport interne"]),
    ("es", "La obra costó 4 millones, de acuerdo con un documento interno.", ["Documento interno"]),
    ("en", "The figure said it all about the state of the two roads.", [""]),
    # a name with small words in it, one that stands in apposition
    ("en", "But a patient group, Voice on the Ward, says hospitals test far fewer people than they used to in all of the winters before.", ["Voice on the Ward"]),
    ("en", "“The chains were new,” said the ferryman, Walter Benns.", ["Walter Benns"]),
    ("en", "“It does us no favours.” – Cathal Boyne, secretary", ["Cathal Boyne"]),
    ("fr", "À Haybes, 14 bulletins étaient nuls, d'après le président du bureau, Jean Ponsart.", ["Jean Ponsart"]),
    # whom words point back to
    ("en", "Mayor Ann Lee met Doctor Tom Reed. The mayor said that 40 beds are free.", ["", "Ann Lee"]),
    ("en", "The night bus is that of Greenline. Greenline has 640 riders. It said the fare would stay.", ["", "", "Greenline"]),
    ("en", "Boats of the Camel Pilots’ Association (CPA) sank. The CPA added that a fifth was insured.", ["", "Camel Pilots’ Association"]),
    ("uk", "Штаб відкрито. Обласний рятувальний штаб (ОРШ) працює. За даними ОРШ, пошкоджено 46 будинків.", ["", "", "Обласний рятувальний штаб"]),
    # nobody stands before the verb
    ("en", "The toll was put at 41 on Wednesday by the Relief Authority.", ["Relief Authority"]),
    ("en", "It was alleged by Mr. John Tooley that complaint had been made four times.", ["John Tooley"]),
    ("fr", "À l’hôtel de ville, on affirme que le quai a été inspecté deux fois.", ["Hôtel de ville"]),
    ("uk", "Видавництво «Лелечий дім» надіслало книжки. У видавництві повідомили, що готують ще 90.", ["", "Видавництво «Лелечий дім»"]),
    # a label is nobody
    ("en", "CORRECTION: an earlier version gave 34 as the number of boats.", [""]),
]  # fmt: skip


def credited(tag: str, text: str) -> list[str]:
    """Whose each sentence is; empty where it is nobody's."""
    rules = language(tag)
    said = {one.sentence: one.speaker for one in Attribution(rules, Speakers(rules, [text])).statements(0, text)}
    whose = [said.get(place) for place in sentences(text)]
    return [one.name if one is not None else "" for one in whose]


@pytest.mark.parametrize(("tag", "text", "whose"), PAIRS, ids=[text[:40] for _, text, _ in PAIRS])
def test_each_statement_is_its_speakers(tag: str, text: str, whose: list[str]) -> None:
    found = credited(tag, text)
    assert [one for one in found if one] == [one for one in whose if one]
