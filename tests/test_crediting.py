"""Who is credited with what: a text, and whose each of its statements is. The people and bodies are made up."""

from __future__ import annotations

import pytest

from sitegen.content.text import sentences
from sitegen.importer.attribution import Attribution
from sitegen.importer.claims import claims
from sitegen.importer.entities import Entities
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
    # verbs and phrases of other languages
    ("de", "Der Kurverein Seebrück weist jede Schuld von sich.", ["Kurverein Seebrück"]),
    ("de", "Die Wehr half. Aus Kreisen der Hafenverwaltung verlautete, dass 40 Pfähle faul seien.", ["", "Hafenverwaltung"]),
    ("de", "Gemeindepräsidentin Ruth Amman begrüsst den Bau.", ["Ruth Amman"]),
    ("fr", "« Le quai s’enfonce de deux centimètres par an », objecte la passeuse Aline Morvan.", ["Aline Morvan"]),
    ("es", "Fuentes portuarias cifran en 40 las barcas hundidas.", ["Fuentes portuarias"]),
    ("es", "“Remamos seis horas”, contó Ramona Ibarra.", ["Ramona Ibarra"]),
    ("uk", "Про міст говорили довго. «Дощок бракує», – визнав інженер Тарас Гайовий.", ["", "Тарас Гайовий"]),
    ("ru", "Местные жители говорят, что паром не ходит.", ["Местные жители"]),
    # a label is nobody
    ("en", "CORRECTION: an earlier version gave 34 as the number of boats.", [""]),
]  # fmt: skip


def credited(tag: str, text: str) -> list[str]:
    """Whose each sentence is; empty where it is nobody's."""
    rules = language(tag)
    said = {one.sentence: one.speaker for one in Attribution(rules, Speakers(Entities(rules, [text]))).statements(0, text)}
    whose = [said.get(place) for place in sentences(text)]
    return [one.name if one is not None else "" for one in whose]


@pytest.mark.parametrize(("tag", "text", "whose"), PAIRS, ids=[text[:40] for _, text, _ in PAIRS])
def test_each_statement_is_its_speakers(tag: str, text: str, whose: list[str]) -> None:
    found = credited(tag, text)
    assert [one for one in found if one] == [one for one in whose if one]


CARRIED = [
    ("de", "Der Hafen sei voll, sagte Kapitän Jens Prahl. Dort lägen 40 Boote.", "Jens Prahl"),
    ("de", "Der Hafen sei voll, sagte Kapitän Jens Prahl. Dort liegen 40 Boote.", ""),
    ("uk", "За даними Портової служби, затонуло 12 барж. Половина з них везла зерно.", "Портової служби"),
    ("ru", "По данным Портовой службы, затонуло 12 барж. Ещё пять сели на мель.", "Портовой службы"),
    ("ru", "По данным Портовой службы, затонуло 12 барж. В порту живут 900 человек.", ""),
    ("es", "Según la Cofradía de San Telmo, se hundieron 12 barcas. La mitad llevaba sal.", "Cofradía de San Telmo"),
]


@pytest.mark.parametrize(("tag", "text", "whose"), CARRIED, ids=[f"{tag}-{number}" for number, (tag, *_) in enumerate(CARRIED)])
def test_what_goes_on_is_of_the_same_speaker(tag: str, text: str, whose: str) -> None:
    rules = language(tag)
    last = claims(rules, [(0, text)], Attribution(rules, Speakers(Entities(rules, [text]))), least=0)[-1]
    assert (last.speaker.name if last.speaker is not None else "") == whose
