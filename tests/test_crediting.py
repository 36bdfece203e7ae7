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
    # who is meant by a pronoun, a noun, a part of a name
    ("en", "The pilot board said 3 boats sank. The operator, Corvane Line, apologised and said 9 people swam. It denied that more sank.",
     ["Pilot board", "Corvane Line", "Corvane Line"]),
    ("en", "Police had closed the road. They said on Tuesday that the driver, 34, was treated.", ["Police"]),
    ("en", "I met Hasan Demir, 71, who paints boats. He said that he had sold 3 nets.", ["Hasan Demir"]),
    ("en", "Mayor Ann Lee said 3 boats sank.\nThe judge said 9 people swam.", ["Ann Lee", "Judge"]),
    ("en", "The tribunal found that the track is public. The club said 300 fans came. The firm announced that 12 jobs would go.",
     ["Tribunal", "Club", "Firm"]),
    ("en", "The city says 31,000 people came. The town said 12 houses burnt.", ["City", "Town"]),
    ("en", "Two people close to the talks said it owes $4 million. Some said that it owes more.", ["Two people close to the talks", ""]),
    ("en", "Effie Grant died on Monday. By her own reckoning she crossed the sound 19,000 times.", ["Effie Grant"]),
    ("en", '"They took eleven spans. That is no boy with a hacksaw," said Ann Lee, the harbour master.', ["Ann Lee"]),
    ("de", "Es stecken 17 Lastwagen fest. Das sagte ein Sprecher der Straßenmeisterei Gera auf Anfrage.", ["Straßenmeisterei Gera"]),
    ("de", "Die Schleusen verzögern sich um zwei Jahre. Das geht aus einem Bericht der Stadt Gera hervor.", ["Bericht der Stadt Gera"]),
    ("de", "Bäcker Jörn Wulf rudert nach eigenen Worten 240 Brötchen ans Ufer.", ["Jörn Wulf"]),
    ("de", "Er habe nichts, sagte Verteidiger Karl Moser. „Reich wird er nicht.“ Dem widersprach Staatsanwältin Eva Kroll: Es seien 280 Euro gekommen.",
     ["Karl Moser", "Eva Kroll"]),
    ("fr", "Les 3 ponts sont fermés, indique la préfecture de la Loire. Ils rouvriront le 4 mai, ajoute-t-elle.",
     ["préfecture de la Loire", "préfecture de la Loire"]),
    ("es", "Hay 0,19 miligramos, explicó a EFE la química Nadia Vaca. Son 6 muestras, dijo.", ["Nadia Vaca", "Nadia Vaca"]),
    ("uk", "Мер Остап Білий сказав, що міст відкрито. Грошей ще немає, визнав мер.", ["Остап Білий", "Остап Білий"]),
    ("uk", "Речниця рятувальників Оксана Дібрівна: за добу витягли 143 автівки.", ["Оксана Дібрівна"]),
    ("ru", "Газета «Озёрный голос» сообщала, что сгорело 12 лодок.", ["Газета «Озёрный голос»"]),
    # what looks like a credit and is none
    ("en", "The two clips, said to be from Ed Dueim, show 3 boats.", []),
    ("de", "Zum Vergleich: In Halle sind es minus elf Grad.", []),
    ("fr", "Le procureur n'en croit rien.", ["Procureur"]),
    # what goes on, in each language; what stands first
    ("de", "Das Hafenamt Gera meldete 12 Schäden. Es rechnet mit Kosten von 3 Millionen Euro.", ["Hafenamt Gera", "Hafenamt Gera"]),
    ("de", "Der Verband der Fischer warnt vor 12 Schäden. Dessen Vorsitzender Karl Moser sagte, es seien sogar 14.",
     ["Verband der Fischer", "Karl Moser"]),
    ("de", "Karl Moser, Vorsitzender des Verbands, hält 12 Boote für zu viel.", ["Karl Moser"]),
    ("de", "Im Gespräch mit der Zeitung sagte Karl Moser, 12 Boote reichten.", ["Karl Moser"]),
    ("de", "Auf Nachfrage teilte das Amt mit, 12 Boote seien bestellt.", ["Amt"]),
    ("fr", "La mairie de Brest a recensé 12 dégâts. Elle évalue le coût à 3 millions d'euros.", ["mairie de Brest", "mairie de Brest"]),
    ("fr", "Interrogé par Ouest-Info, le maire a répondu que 12 bateaux suffisaient.", ["Maire"]),
    ("fr", "Du côté de la direction, on évoque 12 bateaux.", ["Direction"]),
    ("es", "El alcalde, Juan Roa, dijo que hay 12 barcos. Añadió que llegarán 3 más.", ["Juan Roa", "Juan Roa"]),
    ("es", "En declaraciones a EFE, Ana Ruiz afirmó que hay 12 barcos.", ["Ana Ruiz"]),
    ("uk", "Служба порятунку повідомила про 12 човнів. Вона очікує ще 3.", ["Служба порятунку", "Служба порятунку"]),
    ("uk", "Директорка школи Олена Лук переконана: 12 човнів досить.", ["Олена Лук"]),
    ("ru", "В свою очередь мэрия уверяет, что есть 12 лодок.", ["мэрия"]),
    ("en", "The minutes of 3 May 1911 say that 12 boats sank.", ["Minutes"]),
    ("en", "Neither side would comment, but the union's lawyer, Tom Reed, called the figure of 12 absurd.", ["Tom Reed"]),
    ("en", "A person, who did not want to be named, said 12 boats sank.", ["Person"]),
    # who begins a sentence is meant in it, and by a verb that goes on
    ("en", "“We will see,” said the goalkeeper, Ann Lee. Harbour Leisure, which owns the ground, is owed £23,500. It has no plans, it said, to evict 14 people.",
     ["Ann Lee", "", "Harbour Leisure"]),
    ("en", "Mayor Ann Lee said 3 boats sank. Engineer Ida Moss came late. Moss accepted the first point; the second, she said, was mended by 12 men.",
     ["Ann Lee", "", "Ida Moss"]),
    ("en", "In Gao, the Lake Relief Council asked for $28 million and said 12 boats were lost.", ["Lake Relief Council"]),
    ("en", "The chairwoman, Ida Moss, climbed on a chair and told members that 12 boats were lost.", ["Ida Moss"]),
    ("en", "Mayor Ann Lee said 3 boats sank. At the meeting of the lake board she said 12 more were old.", ["Ann Lee", "Ann Lee"]),
    ("en", "The Harbour Jobs Bureau has had notice of 14 layoffs, a spokeswoman confirmed.", ["Harbour Jobs Bureau"]),
    ("fr", "Cars Valbelle va remplacer sa flotte. Douze bateaux partiront en juin, annonce l'entreprise.", ["", "Cars Valbelle"]),
    ("es", "Según la alcaldesa, Ana Roa, hay 14 barcas. Nuria Prado, hidróloga, apunta al lago: sobran 12 barcas, sostiene.", ["Ana Roa", "Nuria Prado"]),
    ("de", "Die Finanzierung erläuterte Kämmerin Doris Ehrwald. Ihr zufolge fehlen 12 Boote.", ["Doris Ehrwald", "Doris Ehrwald"]),
    ("ru", "Депутат Артём Озеров выступил. На заседании комитета он заявил, что потеряно 12 лодок.", ["", "Артём Озеров"]),
    # a label is nobody
    ("en", "CORRECTION: an earlier version gave 34 as the number of boats.", [""]),
]  # fmt: skip


def credited(tag: str, text: str) -> list[str]:
    """Whose each sentence is, block by block; empty where it is nobody's."""
    rules, blocks = language(tag), text.split("\n")
    attribution = Attribution(rules, Speakers(Entities(rules, blocks)))
    out: list[str] = []
    for number, block in enumerate(blocks):
        said = {one.sentence: one.speaker for one in attribution.statements(number, block)}
        out += [one.name if (one := said.get(place)) is not None else "" for place in sentences(block)]
    return out


@pytest.mark.parametrize(("tag", "text", "whose"), PAIRS, ids=[text[:40] for _, text, _ in PAIRS])
def test_each_statement_is_its_speakers(tag: str, text: str, whose: list[str]) -> None:
    found = credited(tag, text)
    assert [one for one in found if one] == [one for one in whose if one]


STATEMENTS = [
    ("en", "The lake lost 12 boats, figures from the Landings Register show.", "Landings Register", "The lake lost 12 boats"),
    ("en", 'Ann Lee came first. "We lost 12 boats," said the 44-year-old.', "Ann Lee", "We lost 12 boats"),
    ("en", "The lake froze; Brannagh says its 12 boats are lost.", "Brannagh", "its 12 boats are lost"),
    ("de", "Der Kai sei gesperrt, teilte die Seebahn am Abend mit; vor Freitag fährt nichts.", "Seebahn", "Der Kai sei gesperrt"),
    ("de", "Die Boote seien alt, argumentierte das Hafenamt: Zwölf von ihnen seien 1911 gebaut worden.", "Hafenamt", "Zwölf von ihnen seien 1911 gebaut worden."),
    ("fr", "Douze bateaux ont coulé en fin d'après-midi, relève la mairie.", "mairie", "Douze bateaux ont coulé en fin d'après-midi"),
    ("fr", "Le lac a perdu 12 bateaux, indique le bilan annuel remis lundi aux élus.", "Bilan annuel", "Le lac a perdu 12 bateaux"),
    ("fr", "La mairie a fermé le port. Le même organisme note que 12 bateaux ont coulé.", "Organisme", "12 bateaux ont coulé"),
    ("es", "La alcaldesa Ana Solana Prieto llegó tarde. Solana dijo que se perdieron 12 barcas.", "Ana Solana Prieto", "se perdieron 12 barcas"),
    ("uk", "У компанії «Озеро», яка возить пісок, кажуть: втрачено 12 човнів.", "Озеро", "втрачено 12 човнів"),
    ("ru", "Потеряно 12 лодок, подсчитали в Центре озёрных наблюдений.", "Центре озёрных наблюдений", "Потеряно 12 лодок"),
    ("ru", "«Потеряно 12 лодок», — ответил коммерческий директор ОдОО «Озеро» Тимур Лодкин.", "Тимур Лодкин", "Потеряно 12 лодок"),
    ("en", "The harbour board said 12 boats were lost.", "Harbour board", "12 boats were lost"),
    ("en", "Twelve boats were lost, the harbour board said.", "Harbour board", "Twelve boats were lost"),
    ("en", "Twelve boats, said the harbour board, were lost.", "Harbour board", "Twelve boats, said the harbour board, were lost."),
    ("en", '"Twelve boats were lost," harbour master Ann Lee said on Monday.', "Ann Lee", "Twelve boats were lost"),
    ("en", '"Twelve boats were lost," said Ann Lee, the harbour master.', "Ann Lee", "Twelve boats were lost"),
    ("en", '"Twelve boats were lost," said the harbour master, Ann Lee.', "Ann Lee", "Twelve boats were lost"),
    ("en", "Ann Lee, harbour master since 2003, told the Lake Post that 12 boats were lost.", "Ann Lee", "12 boats were lost"),
    ("en", "Ann Lee, who has run the harbour since 2003, said 12 boats were lost.", "Ann Lee", "12 boats were lost"),
    ("en", "In a statement, the company said 12 boats were lost.", "Company", "12 boats were lost"),
    ("en", "In a statement on Monday the company said 12 boats were lost.", "Company", "12 boats were lost"),
    ("en", "Speaking to reporters, Ann Lee said 12 boats were lost.", "Ann Lee", "12 boats were lost"),
    ("en", "Asked about the flood, Ann Lee said 12 boats were lost.", "Ann Lee", "12 boats were lost"),
    ("en", "According to the company, 12 boats were lost.", "Company", "12 boats were lost"),
    ("en", "According to figures from the harbour board, 12 boats were lost.", "Harbour board", "12 boats were lost"),
    ("en", "According to Ann Lee, harbour master of Kaslo, 12 boats were lost.", "Ann Lee", "12 boats were lost"),
    ("en", "Twelve boats were lost, according to police.", "police", "Twelve boats were lost"),
    ("en", "Police say 12 boats were lost.", "Police", "12 boats were lost"),
    ("en", "Officials said 12 boats were lost.", "Officials", "12 boats were lost"),
    ("en", "Twelve boats were lost, officials say.", "Officials", "Twelve boats were lost"),
    ("en", "A spokesman for the harbour board said 12 boats were lost.", "Harbour board", "12 boats were lost"),
    ("en", "The report says 12 boats were lost.", "Report", "12 boats were lost"),
    ("en", "A study published in Lake Science found that 12 boats were lost.", "Study in Lake Science", "12 boats were lost"),
    ("en", "The mayor denied that 12 boats were lost.", "Mayor", "12 boats were lost"),
    ("en", "Mayor Ann Lee put the number of boats lost at 12.", "Ann Lee", "Mayor Ann Lee put the number of boats lost at 12."),
    ("en", "Twelve boats were lost, Ann Lee estimated.", "Ann Lee", "Twelve boats were lost"),
    ("en", "The harbour board estimates that 12 boats were lost.", "Harbour board", "12 boats were lost"),
    ("en", "Ann Lee added that 12 boats were lost.", "Ann Lee", "12 boats were lost"),
    ("en", "Ann Lee, however, insists that only 12 boats were lost.", "Ann Lee", "only 12 boats were lost"),
    ("en", "“Twelve boats,” Ann Lee said, “were lost.”", "Ann Lee", "Twelve boats,” Ann Lee said, “were lost."),
    ("en", "Ann Lee: “Twelve boats were lost in the night.”", "Ann Lee", "Twelve boats were lost in the night."),
    ("en", "Greenline, the ferry operator, said 12 boats were lost.", "Greenline", "12 boats were lost"),
    ("en", "The ferry operator Greenline said 12 boats were lost.", "Greenline", "12 boats were lost"),
    ("en", "Greenline's chief executive, Bob Hay, said 12 boats were lost.", "Bob Hay", "12 boats were lost"),
    ("en", "The ministry's figures show that 12 boats were lost.", "Ministry's figures", "12 boats were lost"),
    ("en", "Data from the ministry show that 12 boats were lost.", "Ministry", "12 boats were lost"),
    ("en", "One resident, who did not want to be named, said 12 boats were lost.", "Resident", "12 boats were lost"),
    ("en", "The Lake Post reported on Tuesday that 12 boats were lost.", "Lake Post", "12 boats were lost"),
    ("en", "As the harbour board put it, 12 boats were lost.", "Harbour board", "12 boats were lost"),
    ("en", "Twelve boats were lost, says Ann Lee of the harbour board.", "Ann Lee", "Twelve boats were lost"),
    ("en", "In his diary, the curate notes that 12 boats were lost.", "Curate", "12 boats were lost"),
    ("en", "The Lake Post of 3 May 1911 reported that 12 boats were lost.", "Lake Post", "12 boats were lost"),
    ("de", "Zwölf Boote seien gesunken, sagte der Hafenmeister.", "Hafenmeister", "Zwölf Boote seien gesunken"),
    ("de", "Der Hafenmeister sagte, zwölf Boote seien gesunken.", "Hafenmeister", "zwölf Boote seien gesunken"),
    ("de", "Nach Angaben der Stadt sanken 12 Boote.", "Stadt", "Nach Angaben der Stadt sanken 12 Boote."),
    ("de", "Laut Polizei sanken 12 Boote.", "Polizei", "Laut Polizei sanken 12 Boote."),
    ("de", "Wie die Polizei mitteilte, sanken 12 Boote.", "Polizei", "sanken 12 Boote"),
    ("de", "Zwölf Boote sind gesunken, teilte die Polizei am Montag mit.", "Polizei", "Zwölf Boote sind gesunken"),
    ("de", "Die Polizei teilte am Montag mit, dass 12 Boote gesunken sind.", "Polizei", "12 Boote gesunken sind"),
    ("de", "„Zwölf Boote sind gesunken“, sagte Eva Lind, die Hafenmeisterin.", "Eva Lind", "Zwölf Boote sind gesunken"),
    ("de", "„Zwölf Boote sind gesunken“, sagt Hafenmeisterin Eva Lind.", "Eva Lind", "Zwölf Boote sind gesunken"),
    ("de", "„Zwölf Boote sind gesunken“, so Eva Lind vom Hafenamt.", "Eva Lind", "Zwölf Boote sind gesunken"),
    ("de", "Eva Lind zufolge sanken 12 Boote.", "Eva Lind", "Eva Lind zufolge sanken 12 Boote."),
    ("de", "Dem Hafenamt zufolge sanken 12 Boote.", "Hafenamt", "Dem Hafenamt zufolge sanken 12 Boote."),
    ("de", "Hafenmeisterin Eva Lind erklärte, es seien 12 Boote gesunken.", "Eva Lind", "es seien 12 Boote gesunken"),
    ("de", "Die Sprecherin des Hafenamts, Eva Lind, sprach von 12 Booten.", "Eva Lind", "Die Sprecherin des Hafenamts, Eva Lind, sprach von 12 Booten."),
    ("de", "Das Hafenamt geht von 12 gesunkenen Booten aus.", "Hafenamt", "Das Hafenamt geht von 12 gesunkenen Booten aus."),
    ("de", "Das Hafenamt rechnet mit 12 gesunkenen Booten.", "Hafenamt", "12 gesunkenen Booten"),
    ("de", "Das Hafenamt erwartet 12 neue Boote.", "Hafenamt", "12 neue Boote"),
    ("de", "Das Hafenamt beziffert den Schaden auf 12 Millionen Euro.", "Hafenamt", "den Schaden auf 12 Millionen Euro"),
    ("de", "Den Schaden beziffert das Hafenamt auf 12 Millionen Euro.", "Hafenamt", "Den Schaden beziffert das Hafenamt auf 12 Millionen Euro."),
    ("de", "Den Schaden schätzt die Polizei auf 12.000 Euro.", "Polizei", "Den Schaden schätzt die Polizei auf 12.000 Euro."),
    ("de", "Auf 12.000 Euro schätzt die Polizei den Schaden.", "Polizei", "Auf 12.000 Euro schätzt die Polizei den Schaden."),
    ("de", "Eine Sprecherin der Stadt Gera sagte, 12 Boote seien gesunken.", "Stadt Gera", "12 Boote seien gesunken"),
    ("de", "Dem Bericht zufolge sanken 12 Boote.", "Bericht", "Dem Bericht zufolge sanken 12 Boote."),
    ("de", "Eva Lind kritisierte, dass 12 Boote gesunken seien.", "Eva Lind", "Eva Lind kritisierte, dass 12 Boote gesunken seien."),
    ("de", "Für Eva Lind ist klar: „Zwölf Boote sind zu viel.“", "Eva Lind", "Zwölf Boote sind zu viel."),
    ("de", "Eva Lind vom Hafenamt berichtete von 12 gesunkenen Booten.", "Eva Lind", "von 12 gesunkenen Booten"),
    ("de", "Die Stadt widerspricht: Nur 12 Boote seien gesunken.", "Stadt", "Nur 12 Boote seien gesunken."),
    ("de", "Experten schätzen, dass 12 Boote gesunken sind.", "Experten", "12 Boote gesunken sind"),
    ("fr", "Douze bateaux ont coulé, a indiqué la préfecture.", "préfecture", "Douze bateaux ont coulé"),
    ("fr", "La préfecture a indiqué que 12 bateaux avaient coulé.", "préfecture", "12 bateaux avaient coulé"),
    ("fr", "Selon la préfecture, 12 bateaux ont coulé.", "préfecture", "12 bateaux ont coulé"),
    ("fr", "D'après la police, 12 bateaux ont coulé.", "police", "12 bateaux ont coulé"),
    ("fr", "« Douze bateaux ont coulé », a déclaré Anne Roux, capitaine du port.", "Anne Roux", "Douze bateaux ont coulé"),
    ("fr", "« Douze bateaux ont coulé », a déclaré la capitaine du port, Anne Roux.", "Anne Roux", "Douze bateaux ont coulé"),
    ("fr", "« Douze bateaux ont coulé », explique Anne Roux.", "Anne Roux", "Douze bateaux ont coulé"),
    ("fr", "Pour Anne Roux, capitaine du port, 12 bateaux ont coulé.", "Anne Roux", "12 bateaux ont coulé"),
    ("fr", "Le maire affirme que 12 bateaux ont coulé.", "Maire", "12 bateaux ont coulé"),
    ("fr", "Le maire de Brest, Jean Kerjean, affirme que 12 bateaux ont coulé.", "Jean Kerjean", "12 bateaux ont coulé"),
    ("fr", "Un porte-parole de la mairie a précisé que 12 bateaux avaient coulé.", "mairie", "12 bateaux avaient coulé"),
    ("fr", "Le syndicat dénonce 12 naufrages.", "Syndicat", "Le syndicat dénonce 12 naufrages."),
    ("fr", "La direction du port table sur 12 naufrages.", "direction", "La direction du port table sur 12 naufrages."),
    ("fr", "La mairie évalue le coût à 12 millions d'euros.", "mairie", "le coût à 12 millions d'euros"),
    ("fr", "Les pompiers font état de 12 blessés.", "Pompiers", "Les pompiers font état de 12 blessés."),
    ("fr", "À en croire le maire, 12 bateaux ont coulé.", "Maire", "12 bateaux ont coulé"),
    ("fr", "« Douze bateaux », assure Anne Roux, « ont coulé ».", "Anne Roux", "Douze bateaux"),
    ("fr", "Le rapport indique que 12 bateaux ont coulé.", "Rapport", "12 bateaux ont coulé"),
    ("fr", "L'étude, publiée dans Lac et Science, montre que 12 bateaux ont coulé.", "Étude", "12 bateaux ont coulé"),
    ("fr", "Les chercheurs estiment que 12 bateaux ont coulé.", "Chercheurs", "12 bateaux ont coulé"),
    ("fr", "Comme l'a indiqué la préfecture, 12 bateaux ont coulé.", "préfecture", "12 bateaux ont coulé"),
    ("fr", "L'association Lac Vivant réclame 12 bateaux.", "Lac Vivant", "L'association Lac Vivant réclame 12 bateaux."),
    ("es", "Doce barcos se hundieron, informó el ayuntamiento.", "ayuntamiento", "Doce barcos se hundieron"),
    ("es", "El ayuntamiento informó de que 12 barcos se hundieron.", "ayuntamiento", "12 barcos se hundieron"),
    ("es", "Según la policía, 12 barcos se hundieron.", "policía", "12 barcos se hundieron"),
    ("es", "De acuerdo con la policía, 12 barcos se hundieron.", "policía", "12 barcos se hundieron"),
    ("es", '"Doce barcos se hundieron", dijo Ana Ruiz, capitana del puerto.', "Ana Ruiz", "Doce barcos se hundieron"),
    ("es", '"Doce barcos se hundieron", dijo la capitana del puerto, Ana Ruiz.', "Ana Ruiz", "Doce barcos se hundieron"),
    ("es", "La capitana del puerto, Ana Ruiz, explicó que 12 barcos se hundieron.", "Ana Ruiz", "12 barcos se hundieron"),
    ("es", "Ana Ruiz señaló que 12 barcos se hundieron.", "Ana Ruiz", "12 barcos se hundieron"),
    ("es", "El alcalde aseguró que 12 barcos se hundieron.", "Alcalde", "12 barcos se hundieron"),
    ("es", "Un portavoz del ayuntamiento confirmó que 12 barcos se hundieron.", "ayuntamiento", "12 barcos se hundieron"),
    ("es", "La empresa cifra el daño en 12 millones.", "Empresa", "el daño en 12 millones"),
    ("es", "Los bomberos hablan de 12 heridos.", "Bomberos", "Los bomberos hablan de 12 heridos."),
    ("es", "Para Ana Ruiz, 12 barcos son muchos.", "Ana Ruiz", "12 barcos son muchos"),
    ("es", "El informe señala que 12 barcos se hundieron.", "Informe", "12 barcos se hundieron"),
    ("es", "Los investigadores calculan que 12 barcos se hundieron.", "Investigadores", "12 barcos se hundieron"),
    ("es", "Como explicó Ana Ruiz, 12 barcos se hundieron.", "Ana Ruiz", "12 barcos se hundieron"),
    ("es", "A juicio de Ana Ruiz, 12 barcos son muchos.", "Ana Ruiz", "12 barcos son muchos"),
    ("uk", "У міськраді повідомили, що затонуло 12 човнів.", "міськраді", "затонуло 12 човнів"),
    ("uk", "Міська рада повідомила, що затонуло 12 човнів.", "Міська рада", "затонуло 12 човнів"),
    ("uk", "За даними поліції, затонуло 12 човнів.", "поліції", "затонуло 12 човнів"),
    ("uk", "За словами Олени Лук, затонуло 12 човнів.", "Олени Лук", "затонуло 12 човнів"),
    ("uk", "«Затонуло 12 човнів», — сказала Олена Лук, начальниця порту.", "Олена Лук", "Затонуло 12 човнів"),
    ("uk", "«Затонуло 12 човнів», — каже начальниця порту Олена Лук.", "Олена Лук", "Затонуло 12 човнів"),
    ("uk", "Начальниця порту Олена Лук розповіла, що затонуло 12 човнів.", "Олена Лук", "затонуло 12 човнів"),
    ("uk", "Затонуло 12 човнів, повідомляє поліція.", "поліція", "Затонуло 12 човнів"),
    ("uk", "Як повідомили в поліції, затонуло 12 човнів.", "поліції", "затонуло 12 човнів"),
    ("uk", "Як зазначила Олена Лук, затонуло 12 човнів.", "Олена Лук", "затонуло 12 човнів"),
    ("uk", "Підприємство «Порт» очікує 12 човнів.", "Підприємство «Порт»", "Підприємство «Порт» очікує 12 човнів."),
    ("uk", "У компанії «Порт» кажуть, що затонуло 12 човнів.", "Порт", "затонуло 12 човнів"),
    ("uk", "На думку Олени Лук, 12 човнів — це багато.", "Олени Лук", "12 човнів — це багато"),
    ("uk", "Депутат Іван Мак заявив, що затонуло 12 човнів.", "Іван Мак", "затонуло 12 човнів"),
    ("uk", "Згідно зі звітом, затонуло 12 човнів.", "Звітом", "затонуло 12 човнів"),
    ("uk", "Речник поліції Іван Мак уточнив: затонуло 12 човнів.", "Іван Мак", "затонуло 12 човнів"),
    ("uk", "Мешканці скаржаться, що затонуло 12 човнів.", "Мешканці", "затонуло 12 човнів"),
    ("ru", "В мэрии сообщили, что затонуло 12 лодок.", "мэрии", "затонуло 12 лодок"),
    ("ru", "Мэрия сообщила, что затонуло 12 лодок.", "Мэрия", "затонуло 12 лодок"),
    ("ru", "По данным полиции, затонуло 12 лодок.", "полиции", "затонуло 12 лодок"),
    ("ru", "По словам Елены Лук, затонуло 12 лодок.", "Елены Лук", "затонуло 12 лодок"),
    ("ru", "«Затонуло 12 лодок», — сказала Елена Лук, начальник порта.", "Елена Лук", "Затонуло 12 лодок"),
    ("ru", "«Затонуло 12 лодок», — говорит начальник порта Елена Лук.", "Елена Лук", "Затонуло 12 лодок"),
    ("ru", "Начальник порта Елена Лук рассказала, что затонуло 12 лодок.", "Елена Лук", "затонуло 12 лодок"),
    ("ru", "Затонуло 12 лодок, сообщает полиция.", "полиция", "Затонуло 12 лодок"),
    ("ru", "Как сообщили в полиции, затонуло 12 лодок.", "полиции", "затонуло 12 лодок"),
    ("ru", "Как отметила Елена Лук, затонуло 12 лодок.", "Елена Лук", "затонуло 12 лодок"),
    ("ru", "Компания «Порт» ожидает 12 лодок.", "Компания «Порт»", "Компания «Порт» ожидает 12 лодок."),
    ("ru", "В компании «Порт» говорят, что затонуло 12 лодок.", "Порт", "затонуло 12 лодок"),
    ("ru", "По мнению Елены Лук, 12 лодок — это много.", "Елены Лук", "12 лодок — это много"),
    ("ru", "Согласно отчёту, затонуло 12 лодок.", "Отчёту", "затонуло 12 лодок"),
    ("ru", "Эксперты считают, что затонуло 12 лодок.", "Эксперты", "затонуло 12 лодок"),
    ("ru", "Глава района Иван Мак заявил, что затонуло 12 лодок.", "Иван Мак", "затонуло 12 лодок"),
    ("fr", "À l’usine, le gérant m’a dit que 14 barques partaient.", "Gérant", "14 barques partaient"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "sentence", "speaker", "statement"), STATEMENTS)
def test_a_sentence_credits_one_with_what_it_says(tag: str, sentence: str, speaker: str, statement: str) -> None:
    rules = language(tag)
    (found,) = Attribution(rules, Speakers(Entities(rules, [sentence]))).statements(0, sentence)
    assert found.speaker is not None
    assert (found.speaker.name, sentence[found.start : found.end]) == (speaker, statement)


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("fr", "Un incendie s'est déclaré vers 11 heures dans un hangar de 12 bateaux."),
        ("es", "Se declaró un incendio en un almacén de 12 barcas."),
    ],
)
def test_a_verb_of_speech_may_say_nothing(tag: str, sentence: str) -> None:
    rules = language(tag)
    assert Attribution(rules, Speakers(Entities(rules, [sentence]))).statements(0, sentence) == []


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
