"""A language that the program does not have, added by a file of word lists in the archive alone. Lists and texts are made up for it."""

from __future__ import annotations

import ast
import datetime
import json
import re
from collections.abc import Callable, Iterator

import pytest

from sitegen.importer.daycounts import counted
from sitegen.importer.language import guessed, known, language, languages_of
from sitegen.model.records import Calendar
from tests.conftest import REPOSITORY, Archive, command

Make = Callable[[str], Archive]
ITALIAN = """# Italiano
common: [il, lo, la, le, gli, di, che, è, e, a, un, una, per, in, con, del, della, dei, delle, al, alla, nel, nella, sono, ha, hanno, non, si, dal, da]
months: {gennaio: 1, febbraio: 2, marzo: 3, aprile: 4, maggio: 5, giugno: 6, luglio: 7, agosto: 8, settembre: 9, ottobre: 10, novembre: 11, dicembre: 12}
weekdays: {lunedì: 0, martedì: 1, mercoledì: 2, giovedì: 3, venerdì: 4, sabato: 5, domenica: 6}
relative: {oggi: 0, ieri: -1, domani: 1}
day_before_month: true
head_first: true
numbers: {uno: 1, due: 2, tre: 3, quattro: 4, cinque: 5, sei: 6, sette: 7, otto: 8, nove: 9, dieci: 10, dodici: 12, no: 0}
scales: {mila: 1000, milioni: 1000000, milioni di: 1000000}
parts: {un terzo: 3, terzo: 3, metà: 2}
percent: [per cento]
approx: [circa, quasi, più di]
speech: [ha detto, ha dichiarato, ha annunciato, hanno detto]
passive: [secondo]
that: [che]
articles: [il, lo, la, i, gli, le]
titles: [sindaco, sindaca, ministro, ministra]
organisations: {government: [ministero, comune, prefettura], media: [giornale]}
name_links: [di, della, del, dei]
photo: [foto, nella foto]
credits: [per gentile concessione di]
locatives: [a, in, da, presso]
units_end: [che, e, in, a, nel, nella, per, con, su, no, on, sono, è, fino, senza]
by: [di]
dated: [pubblicato il, aggiornato il]
behind_names: [di, del, della, ha, hanno]
finite: [è, sono]
ends: [fine]
"""
TEXT = """Il ponte di Valcerta è caduto

3 maggio 2021

(Il ponte, visto dalla riva est)

Il vecchio ponte di Valcerta è caduto nella notte dopo dieci giorni di pioggia. La sindaca Ada Brunetti ha detto che 1.250 case sono senza acqua.

“Abbiamo perso dodici barche e circa 3,5 milioni di lire”, ha dichiarato Ada Brunetti. Secondo il Ministero dei Ponti, il 40 per cento delle strade è chiuso.

Che cosa succede adesso

Il comune ha annunciato che due scuole sono chiuse fino a domani e che nessuno è rimasto ferito nella notte della piena del fiume.

Foto: il mercato di Valcerta, di notte
"""


def test_a_language_is_added_by_a_file_alone(archive: Make) -> None:
    site = archive(f"-- languages/it.yaml --\n{ITALIAN}-- seeds/ponte.txt --\n{TEXT}")
    result = command(site, "import", str(site.root / "seeds/ponte.txt"), "--dry-run", "--json")
    assert result.exit_code == 0, result.output
    (record,) = json.loads(result.stdout)
    assert record["date"] == "2021-05-03"
    assert record["captions"] == ["Il ponte, visto dalla riva est", "Foto: il mercato di Valcerta, di notte"]
    assert record["headings"] == ["Che cosa succede adesso"]
    assert {"Ada Brunetti", "Ministero dei Ponti"} <= {one["name"] for one in record["sources"]}
    said = {one["text"]: one for one in record["claims"]}
    told = {text: (one["source"], [(found["value"], found["unit"]) for found in one["quantities"]]) for text, one in said.items()}
    assert told == {
        "Il vecchio ponte di Valcerta è caduto nella notte dopo dieci giorni di pioggia.": (None, [(10, "giorni di pioggia")]),
        "1.250 case sono senza acqua": ("Ada Brunetti", [(1250, "case")]),
        "Abbiamo perso dodici barche e circa 3,5 milioni di lire": ("Ada Brunetti", [(12, "barche"), (3_500_000, "lire")]),
        "il 40 per cento delle strade è chiuso": ("Ministero dei Ponti", [(40, "percent delle strade")]),
        "due scuole sono chiuse fino a domani e che nessuno è rimasto ferito nella notte della piena del fiume": (
            "comune",
            [(2, "scuole")],
        ),
    }


def test_it_is_written_read_and_checked(archive: Make) -> None:
    site = archive(f"-- languages/it.yaml --\n{ITALIAN}-- seeds/ponte.txt --\n{TEXT}")
    assert command(site, "import", str(site.root / "seeds/ponte.txt")).exit_code == 0
    page = (site.root / "content/articles/2021-05-03-il-ponte-di-valcerta-e-caduto.md").read_text()
    assert "\nlang: it\n" in page
    assert not [problem for problem in site.build().problems if problem.severity == "error"]


def test_without_the_file_the_program_does_not_know_it(archive: Make) -> None:
    """What is known of an archive's languages ends with its import."""
    site = archive(f"-- languages/it.yaml --\n{ITALIAN}-- seeds/ponte.txt --\n{TEXT}")
    command(site, "import", str(site.root / "seeds/ponte.txt"))
    assert "it" not in known()
    assert guessed(TEXT, "en") != "it"
    assert not language("it").lists


def test_a_file_of_the_archive_takes_the_place_of_the_programs(archive: Make) -> None:
    text = "The Fair\n\nThe old fair of the town begins in Hornung, and that is what it was for.\n\nAs of 3 Hornung 1921\n"
    english = "common: [the, of, and, in, that, is, what, it, was, for]\nmonths: {hornung: 2}\ndated: [as of]\n"
    site = archive(f"-- languages/en.yaml --\n{english}-- seeds/fair.txt --\n{text}")
    (record,) = json.loads(command(site, "import", str(site.root / "seeds/fair.txt"), "--dry-run", "--json").stdout)
    assert record["date"] == "1921-02-03"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("it.yaml", "monts: {maggio: 5}\n", "there is no list 'monts'; did you mean `months`?"),
        ("it.yaml", "months: [maggio]\n", "months: \"['maggio']\" cannot be used; write `{word: …, word: …}`"),
        ("it.yaml", "months: {maggio: 13}\n", "months: maggio: '13' cannot be used; write a number from 1 to 12"),
        ("it.yaml", "speech: ha detto\n", "speech: 'ha detto' cannot be used; write a list"),
        ("it.yaml", "head_first: si\n", "head_first: 'si' cannot be used; write `true` or `false`"),
        ("it.yaml", 'compound: "{ten}{0}"\n', "both in braces"),
        ("it.yaml", "organisations: {stadium: [stadio]}\n", "organisations: 'stadium' cannot be used; write one of government"),
        ("it.yaml", f"speech: [{'a' * 3_000}]\n", "cannot be used; write a word of 100 signs at most"),
        ("it.yaml", "speech: [ha detto\n", "it.yaml, line 2: these are no lists"),
        ("it.yaml", "", "these are no lists"),
        ("Italian.yaml", "speech: []\n", "call the file by the tag of its language"),
    ],
)
def test_what_cannot_be_used_of_a_file_is_told(name: str, text: str, told: str, archive: Make) -> None:
    site = archive(f"-- seeds/ponte.txt --\n{TEXT}")
    site.write(f"languages/{name}", text)
    result = command(site, "import", str(site.root / "seeds/ponte.txt"))
    assert result.exit_code == 4
    assert f"languages/{name}" in result.stderr
    assert told in result.stderr
    assert not (site.root / "content/articles").exists()


def test_words_of_a_language_that_rules_ask_for_are_in_its_file(archive: Make) -> None:
    """A line in capitals with a verb in it is no heading, nor is the word for the end."""
    lines = "IL PONTE È CHIUSO\n\nIl ponte è chiuso da ieri e resta chiuso fino a domani, ha detto il comune.\n\n– FINE –\n"
    text = f"{TEXT}\n{lines}"
    known_here = archive(f"-- languages/it.yaml --\n{ITALIAN}-- seeds/ponte.txt --\n{text}")
    (record,) = json.loads(command(known_here, "import", str(known_here.root / "seeds/ponte.txt"), "--dry-run", "--json").stdout)
    assert record["headings"] == ["Che cosa succede adesso"]
    lists = ITALIAN.replace("finite: [è, sono]\n", "")
    without = archive(f"-- languages/it.yaml --\n{lists}-- seeds/ponte.txt --\n{text}")
    (record,) = json.loads(command(without, "import", str(without.root / "seeds/ponte.txt"), "--dry-run", "--json").stdout)
    assert record["headings"] == ["Che cosa succede adesso", "IL PONTE È CHIUSO"]


LATER = """Le barche sono tornate

Valcerta, il 9 maggio 2022 – Il comune ha detto che le barche da 12,5m e 60kg sono tornate nel porto. Inoltre sono tornate 1.200 reti con la barca T-72.

Nel porto sono rimaste 14 barche.
"""


def test_counts_of_days_units_and_models_are_by_its_lists(archive: Make) -> None:
    lists = """days: [giorno, giorni]
days_of: [guerra]
over_days: [dopo]
of: [di, della]
ordinals: [º]
before_days: [il]
unit_signs: [m, kg]
models: [T]
carries_on: [inoltre]
"""
    site = archive(f"-- languages/it.yaml --\n{ITALIAN}{lists}-- seeds/barche.txt --\n{LATER}")
    (record,) = json.loads(command(site, "import", str(site.root / "seeds/barche.txt"), "--dry-run", "--json").stdout)
    assert [one["source"] for one in record["claims"]][:2] == ["comune", "comune"]
    figures = [[one["value"] for one in claim["quantities"]] for claim in record["claims"]]
    assert figures[:2] == [[12.5, 60], [1200]]
    assert record["date"] == "2022-05-09"
    assert not language("it").lists  # what an archive knows ends with its import
    calendar = Calendar(epoch="2022-02-24")
    with languages_of(site.root):
        own = language("it")
        assert counted(["Dopo 80 giorni di guerra"], calendar, own).date == datetime.date(2022, 5, 15)
        assert counted(["Nel 100º giorno della guerra"], calendar, own).date == datetime.date(2022, 6, 3)
        assert counted(["Nel 100º giorno della fiera"], calendar, own).date is None


def test_a_language_may_have_a_decimal_point(archive: Make) -> None:
    text = TEXT.replace("1.250 case", "1,250 case").replace("3,5 milioni", "3.5 milioni")
    site = archive(f"-- languages/it.yaml --\n{ITALIAN}decimal_point: true\n-- seeds/ponte.txt --\n{text}")
    (record,) = json.loads(command(site, "import", str(site.root / "seeds/ponte.txt"), "--dry-run", "--json").stdout)
    assert {1250, 3_500_000} <= {one["value"] for claim in record["claims"] for one in claim["quantities"]}


WORD = re.compile(r"[^\W\d_]{2,}")
NO_WORDS = re.compile(r"\(\?P?[<=]\w+[>)]?|\\[a-zA-Z]|\[[^\]]*\]|\(\?-?[a-z]+[:)]")
PATTERN = re.compile(r"[\\|\[(?*+]")
SIGNS = {
    "captions": {"https", "CC", "BY", "SA", "NC", "ND"},
    "furniture": {
        *[
            "Facebook",
            "Twitter",
            "WhatsApp",
            "Telegram",
            "LinkedIn",
            "Messenger",
            "Reddit",
            "Flipboard",
            "Instagram",
            "Pinterest",
            "BC",
            "AM",
            "PM",
        ]
    },
    "lines": {"https", "www", "pic"},
    "titles": {"https", "www"},
    "worth": {"https", "www"},
}
"""Parts of addresses, names of services and of licences, and codes of agencies, which are the same in all languages."""
ROOMS = sorted(path.stem for path in (REPOSITORY / "sitegen/importer").glob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_patterns_hold_no_words_of_a_language(room: str) -> None:
    """What a language says is in its lists. Patterns are the raw strings."""
    source = (REPOSITORY / f"sitegen/importer/{room}.py").read_text(encoding="utf-8")
    raw = [node for node in ast.walk(ast.parse(source)) if (ast.get_source_segment(source, node) or "").startswith(('r"', 'rf"'))]
    texts = [part for node in raw for part in _texts(node) if PATTERN.search(part)]
    found = {word for text in texts for word in WORD.findall(NO_WORDS.sub(" ", text))}
    assert found - SIGNS.get(room, set()) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_sets_hold_no_small_words_of_a_language(room: str) -> None:
    """Nor is a word compared with some that stand in a rule."""
    found = _compared(ast.parse((REPOSITORY / f"sitegen/importer/{room}.py").read_text(encoding="utf-8")))
    assert found & _small_words() == set()


def test_words_in_sets_would_be_seen() -> None:
    rule = 'a = word in ("to", "be"); b = words - {"who"}; c = frozenset(["der"])'
    assert _compared(ast.parse(rule)) & _small_words() == {"to", "who", "der"}


def _compared(tree: ast.Module) -> set[str]:
    """The words of sets, and of what a rule compares a word with."""
    lists: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Set):
            lists += node.elts
        elif isinstance(node, ast.Compare) and isinstance(node.comparators[0], ast.Tuple | ast.List):
            lists += node.comparators[0].elts
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "frozenset" and node.args:
            lists += node.args[0].elts if isinstance(node.args[0], ast.Tuple | ast.List) else []
    return {one.value for one in lists if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _small_words() -> frozenset[str]:
    names = ("common", "articles", "definite", "relatives", "verb_openings", "joining", "of", "locatives", "that", "he", "she", "it")
    return frozenset().union(*(language(tag).words(name) for tag in ("en", "de", "fr", "es", "uk", "ru") for name in names))


def test_words_in_patterns_would_be_seen() -> None:
    assert set(WORD.findall(NO_WORDS.sub(" ", r"(?P<n>\d+)\s(?:days|hours)[a-z]"))) == {"days", "hours"}


def _texts(node: ast.AST) -> Iterator[str]:
    """What a pattern says itself, without what is put into it."""
    if isinstance(node, ast.JoinedStr):
        yield from (str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
