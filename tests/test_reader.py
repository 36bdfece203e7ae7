"""Another reader of texts: what it proposes is judged as a stranger's, and nothing that it answers leaves an archive with errors.

The texts are made up.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import types
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.check import check
from sitegen.cli import main
from sitegen.importer import import_seeds, read_text
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.report import record_of
from sitegen.model.todo import Todo, proposed
from sitegen.program import NoAnswer, answer_of
from tests.conftest import Archive, asked, command, examples

Make = Callable[[str], Archive]
Asking = Callable[..., tuple[Archive, Result]]
MILL = """The Mill

At night the wheel turned 7 times, said the owl, and 1,220 sacks of flour stood in the yard of the mill at Weir.

Who Turned It

The wheel turned again on Monday. The miller has two sons; a third of the flour was wet. 40% of the sacks were torn.
"""


@pytest.fixture
def asking(archive: Make, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Imports the text by a reader that gives an answer, or raises it."""

    def asked_for(answer: object, text: str = MILL) -> tuple[Archive, Result]:
        site = archive("-- seeds/a.txt --\n" + text)

        def read(*_: str) -> object:
            if isinstance(answer, BaseException):
                raise answer
            return answer

        module = types.ModuleType("made_up_reader")
        monkeypatch.setattr(module, "read", read, raising=False)
        monkeypatch.setitem(sys.modules, "made_up_reader", module)
        command = ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root), "--reader", "made_up_reader:read"]
        return site, CliRunner().invoke(main, command)

    return asked_for


GOOD: dict[str, Any] = {
    "sources": [{"name": "The Owl", "mention": "the owl", "kind": "other", "sure": "sure", "why": "“said” stands before it"}],
    "places": [{"name": "Weir", "mentions": ["Weir"], "kind": "village", "lat": 1.5, "lon": 2.5, "sure": "likely"}],
    "claims": [
        {
            "text": "the wheel turned 7 times",
            "source": "The Owl",
            "quantities": [{"value": 7, "unit": "times"}],
            "id": "seven-times",
            "when": {"date": "1911-05", "rule": "editor"},
        },
        {"text": "a third of the flour was wet", "quantities": [{"value": 0.333, "unit": "share of the flour", "share": "1/3"}]},
        {"text": "40% of the sacks were torn", "quantities": [{"value": 40, "unit": "percent of the sacks"}]},
    ],
    "topics": [{"name": "miller", "kind": "person"}],
}


def test_what_a_reader_proposes_says_why_and_who_proposes_it(asking: Asking) -> None:
    site, result = asking(GOOD)
    assert (result.exit_code, result.stderr) == (0, "")
    notes = (site.root / "content/articles/the-mill.notes.yaml").read_text()
    assert '{id: seven-times, quote: "the wheel turned 7 times", source: the-owl, when: {date: "1911-05", rule: editor}' in notes
    assert 'todo: "doubtful: no reason was given (by made_up_reader:read)"' in notes
    assert '{share: "1/3", unit: "of the flour"}' in notes
    assert '{share: "40%", unit: "of the sacks"}' in notes
    assert 'todo: "sure: “said” stands before it (by made_up_reader:read)"' in (site.root / "content/sources/the-owl.md").read_text()
    assert site.build().problems == ()


def test_nothing_of_it_is_public_until_an_editor_has_judged_it(asking: Asking) -> None:
    site, _ = asking(GOOD)
    site.build()
    shown = [path for path in site.bytes_of_output() if path.startswith(("places/", "sources/", "topics/", "claims/"))]
    assert not [path for path in shown if "weir" in path or "owl" in path or "miller" in path]
    assert "seven-times" not in site.html("articles/the-mill/")


WRONG = [
    ({"claims": 7}, "claims: expected a list, found 7"),
    ({"claims": ["x"]}, "claims[0]: expected an object, found 'x'"),
    ({"claims": [{}]}, "claims[0].text: is missing"),
    ({"claims": [{"text": 1}]}, "claims[0].text: expected text, found 1"),
    ({"claims": [{"text": "no such words"}]}, "claims[0].text: no paragraph, item or heading of the text has the words “no such words”"),
    ({"claims": [{"text": "220 sacks of flour"}]}, "claims[0]: “220 sacks of flour” cuts a word or a number of the text"),
    ({"claims": [{"text": "wheel turned"}]}, "claims[0]: “wheel turned” stands"),
    ({"claims": [{"text": "7 times", "quantities": [{"value": 8}]}]}, "claims[0].quantities[0].value: 8 cannot be read in “7 times”"),
    ({"claims": [{"text": "7 times", "quantities": [{"value": float("inf")}]}]}, "claims[0].quantities[0].value: inf is no number"),
    ({"claims": [{"text": "7 times", "quantities": [{"value": True}]}]}, "claims[0].quantities[0].value: expected a number, found true"),
    ({"claims": [{"text": "7 times", "id": "No Stem"}]}, "claims[0].id: 'No Stem' is no id"),
    ({"claims": [{"text": "7 times", "claim": "no-page"}]}, "claims[0].claim: the archive has no claim 'no-page'"),
    ({"claims": [{"text": "7 times", "as_of": {"date": "1911-02-30"}}]}, "claims[0].as_of.date: '1911-02-30': expected a date"),
    ({"claims": [{"text": "7 times", "when": {"date": "1911", "rule": "guess"}}]}, "claims[0].when.rule: 'guess' is none of explicit"),
    ({"claims": [{"text": "7 times", "when": {"date": "1911", "quote": "in May"}}]}, "claims[0].when.quote: “in May” does not stand"),
    ({"claims": [{"text": "7 times", "source": "The Owl"}]}, "claims[0].source: `sources` has no “The Owl”"),
    ({"claims": [{"text": "7 times", "sure": "very"}]}, "claims[0].sure: 'very' is none of sure, likely, doubtful"),
    ({"claims": [{"text": "7 times", "qantities": []}]}, "claims[0]: unknown key 'qantities'; did you mean `quantities`?"),
    ({"places": [{"name": "Weir", "kind": "planet"}]}, "places[0].kind: 'planet' is none of country"),
    ({"places": [{"name": "Weir", "lat": 91, "lon": 0}]}, "places[0].lat: 91 does not lie between -90 and 90"),
    ({"places": [{"name": "Delft"}]}, "places[0]: neither “Delft” nor one of its mentions stands in the text"),
    ({"places": [{"name": "Weir"}, {"name": "Weir"}]}, "places[1].name: another page is called “Weir”"),
    ({"places": [{"name": "x" * 201}]}, "places[0].name: 201 signs are too many; at most 200"),
    ({"places": [{"name": "We\x07ir"}]}, "places[0].name: signs that no text has"),
    ({"sources": [{"name": "Owl"}, {"name": "Owl"}]}, "sources[1].name: “Owl” is there already"),
    ({"sources": [{"name": object()}]}, "sources[0].name: expected text, found a value of the type object"),
    ({"topics": [{"name": "…"}]}, "topics[0].name: expected some words"),
    ({"sources": [{}] * 201}, "sources: 201 are too many: the first 200 are read"),
    ({"sorces": []}, "the answer: unknown key 'sorces'; did you mean `sources`?"),
]


@pytest.mark.parametrize(("wrong", "told"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_value_is_told_and_the_rest_goes_on(wrong: dict[str, Any], told: str, asking: Asking) -> None:
    good = {"claims": [{"text": "a third of the flour was wet"}]}
    answer = {"sources": [], "places": [], **wrong}
    answer["claims"] = [*wrong["claims"], *good["claims"]] if isinstance(wrong.get("claims"), list) else wrong.get("claims", good["claims"])
    site, result = asking(answer)
    assert result.exit_code == 0, result.output
    assert [line for line in result.stderr.splitlines() if line.startswith(f"seeds/a.txt: warning[bad-proposal]: {told}")], result.stderr
    if isinstance(answer["claims"], list):
        assert "a third of the flour was wet" in (site.root / "content/articles/the-mill.notes.yaml").read_text()
    assert site.build().problems == ()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (ValueError("no model\nis loaded"), "the function failed: ValueError: no model is loaded"),
        (None, "expected an object with `sources`, `places` and `claims`, found null"),
        ([], "found a list"),
        ({"claim": []}, "the answer has none of"),
    ],
)
def test_without_an_answer_nothing_is_made(answer: object, told: str, asking: Asking) -> None:
    site, result = asking(answer)
    assert result.exit_code == 1
    assert "error[reader-failed]" in result.stderr
    assert told in result.stderr
    assert not (site.root / "content/articles").exists()


def test_each_wrong_line_is_told_as_its_own_where_notes_name_their_schema(archive: Make, asking: Asking) -> None:
    archive("-- schema/notes.schema.json --\n{}\n")
    claims = [{"text": text} for text in ("7 times", "220 sacks of flour", "40% of the sacks were torn")]
    site, result = asking({"sources": [], "places": [], "claims": claims})
    assert "claims[1]: “220 sacks of flour” cuts a word" in result.stderr
    notes = (site.root / "content/articles/the-mill.notes.yaml").read_text()
    assert re.findall(r'quote: "([^"]*)"', notes) == ["7 times", "40% of the sacks were torn"]


def test_too_many_wrong_values_are_counted(asking: Asking) -> None:
    _, result = asking({"sources": [], "places": [], "claims": [{"text": 1}] * 100})
    assert result.stderr.count("bad-proposal") == 31
    assert "and 70 more" in result.stderr


# any answer

WORDS = [
    "Weir", "the mill", "The Mill", "the owl", "wheel turned", "The wheel turned again on Monday.", "7 times", "1,220 sacks", "220 sacks", "two sons",
    "Who Turned It", "article", "unnamed", "on Monday", "A: b # c", "\ud800", "\x00", "e\u0301", "- x", "'\"\\", "x" * 300, "", "…", "mill", "Mill",
    "1911", "1911-05-03", "seven", "miller", "percent", "[[mill]]", "<b>Weir</b>", "a third of the flour was wet",
]  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from(WORDS), st.none(), st.booleans(), st.sampled_from([7, 2, 40, 1220, -1, 0, 10**30, 0.333, 1e-9, float("nan"), 91.5, -179.9]), st.text(max_size=5),
)  # fmt: skip
KEYS = ["name", "mention", "mentions", "kind", "lat", "lon", "text", "source", "quantities", "value", "unit", "share", "approx", "id", "claim", "nth",
        "as_of", "when", "date", "quote", "rule", "sure", "why", "todo"]  # fmt: skip
MEMBERS = st.sampled_from(["city", "village", "person", "event", "media", "sure", "doubtful", "weekday", "editor", "1/3", "40%"])
VALUES = st.recursive(
    SCALARS | MEMBERS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4), max_leaves=8
)


def an_object(*needed: str, **keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object in which a key is mostly as it should be, and else anything or, where it is not `needed`, missing."""
    mostly = {key: st.integers(0, 9).flatmap(partial(_mostly, good)) for key, good in keys.items()}
    return st.fixed_dictionaries({key: mostly.pop(key) for key in needed}, optional=mostly)


def _mostly(good: st.SearchStrategy[Any], number: int) -> st.SearchStrategy[Any]:
    return VALUES if number == 9 else good


def some(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A list of several, and now and then anything."""
    return st.integers(0, 9).flatmap(partial(_mostly, st.lists(one, min_size=2, max_size=8)))


NAMES = st.sampled_from(
    ["Weir", "the mill", "The Mill", "the owl", "miller", "Mill", "article", "mill", "Monday", "The  Owl", "two sons", "sacks"]
)
TEXTS = st.sampled_from([word for word in WORDS if len(word) > 5 and word.isprintable()])
DATES = an_object("date", date=st.sampled_from(["1911", "1911-05-03", "1911-05~", "x"]), quote=TEXTS, rule=MEMBERS)
JUDGED = {"sure": st.sampled_from(["sure", "likely", "doubtful"]), "why": st.text(max_size=20)}
DEGREES = st.sampled_from([0, -0.0, 1e-7, 50.45, 12, -90, 89.99999, 91, 1e300]) | st.floats(-91, 91)
SOURCE = an_object("name", name=NAMES, mention=NAMES, kind=MEMBERS, **JUDGED)
PLACE = an_object("name", "lat", "lon", name=NAMES, mentions=st.lists(NAMES, max_size=3), kind=MEMBERS, lat=DEGREES, lon=DEGREES, **JUDGED)
TOPIC = an_object("name", name=NAMES, kind=MEMBERS, **JUDGED)
CLAIM = an_object(
    "text",
    text=TEXTS,
    source=NAMES,
    quantities=st.lists(an_object("value", value=SCALARS, unit=TEXTS, share=MEMBERS), max_size=2),
    id=st.sampled_from(["a", "c-1", "p-weir-1", "image-1"]),
    nth=st.integers(0, 3),
    as_of=DATES,
    when=DATES,
    **JUDGED,
)
ANSWERS = st.fixed_dictionaries(
    {"sources": some(SOURCE), "places": some(PLACE), "topics": some(TOPIC), "claims": some(CLAIM)}, optional={"reader": SCALARS}
)


@examples(6)
@given(answer=st.integers(0, 9).flatmap(partial(_mostly, ANSWERS)))
def test_no_answer_leaves_an_archive_with_errors(answer: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Archive(tmp_path_factory.mktemp("archive"))
    site.write("sitegen.yaml", "title: T\nbase_url: https://x.org/\ntheme: plain\n")
    site.write("seeds/a.txt", MILL)
    site.write("content/topics/mill.md", '---\nname: "The Mill"\nkind: object\n---\n')
    module = types.ModuleType("any_reader")
    vars(module)["read"] = lambda *_: answer
    sys.modules["any_reader"] = module
    results = import_seeds(site.root, [site.root / "seeds/a.txt"], None, reader="any_reader:read")
    problems = [problem for result in results for problem in result.problems]
    assert all(problem.code in ("bad-proposal", "reader-failed") for problem in problems), problems
    for drafts in (False, True):  # as it is, and as an editor would see it
        found = [problem for problem in check(site.root, asked(drafts=drafts), every=drafts).problems if problem.severity == "error"]
        assert not found, found
    for path in [*site.root.glob("content/*/*.md"), *site.root.glob("content/*/*.yaml")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert (
                "todo" not in line
                or path.name == "mill.md"
                or '"sure: ' in line
                or '"likely: ' in line
                or '"doubtful: ' in line
                or "#" in line
            )


# programs


def program(folder: Path, text: str) -> str:
    """The command of a program of Python's."""
    path = folder / "reader.py"
    path.write_text(text)
    return f"'{sys.executable}' '{path}' --loud"


ECHO = """
import json, sys
asked = json.load(sys.stdin)
print("a note of the program", sys.argv[1], file=sys.stderr)
print(json.dumps({"reader": "owl 1", "sources": [], "places": [], "claims": [
    {"text": "the wheel turned 7 times", "why": "of " + asked["lang"] + " " + str("7 times" in asked["text"])}]}))
"""


def test_a_reader_may_be_any_program(archive: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    site = archive("-- seeds/a.txt --\n" + MILL)
    command = ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root), "--reader-command", program(tmp_path, ECHO)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert 'todo: "doubtful: of en True (by owl 1)"' in (site.root / "content/articles/the-mill.notes.yaml").read_text()
    assert "a note of the program --loud" in capfd.readouterr().err
    assert CliRunner().invoke(main, [*command[:-1], "no-such-program"]).exit_code == 4
    assert CliRunner().invoke(main, [*command, "--reader", "a:b"]).exit_code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("print('no JSON')", "what it printed is no JSON"),
        ("", "it printed nothing"),
        ("import sys; sys.exit(3)", "it ended with the status 3"),
        ("print('[' * 100_000)", "what it printed is no JSON"),
        ("import os; os.kill(os.getpid(), 9)", "it was ended by signal 9"),
    ],
)
def test_a_program_that_gives_no_answer(text: str, told: str, archive: Make, tmp_path: Path) -> None:
    site = archive("-- seeds/a.txt --\n" + MILL)
    command = ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root), "--reader-command", program(tmp_path, text)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert told in result.stderr
    assert not (site.root / "content/articles").exists()


def test_a_program_has_limits() -> None:
    python = [sys.executable, "-c"]
    with pytest.raises(NoAnswer, match=r"within 0\.5 seconds"):
        answer_of([*python, "import time; time.sleep(60)"], b"", seconds=0.5)
    with pytest.raises(NoAnswer, match="more than 1,000 bytes"):
        answer_of([*python, "while True: print('x' * 100)"], b"", limit=1000)
    big = b"x" * 1_000_000  # more than a pipe holds, and never read
    assert answer_of([*python, "print('done')"], big).strip() == b"done"


MUCH = " ".join(f"The owl counted {number} sacks." for number in range(1_000))


@pytest.mark.soak
def test_more_than_notes_can_hold_is_left_out_and_told(asking: Asking) -> None:
    """Where the notes as a whole are too long, no line of them is the wrong one."""
    figures = [{"value": 7, "unit": "sacks " * 33}] * 25
    claims = [
        {"text": f"The owl counted {number} sacks", "why": "x" * 200, "quantities": [{**one, "value": number} for one in figures]}
        for number in range(1_000)
    ]
    site, result = asking({"sources": [], "places": [], "claims": claims}, f"The Mill\n\n{MUCH}\n")
    assert result.exit_code == 0, result.output
    assert "warning[bad-proposal]: claims[500]: left out, for there are too many" in result.stderr
    notes = (site.root / "content/articles/the-mill.notes.yaml").read_text()
    assert notes.count("- {id:") == 500


# any value in the place of another

ANYTHING: list[Any] = [
    None, True, False, 0, -1, 7, "7", "1,220", 1.5, -0.0, 10**19, 10**400, 1e308, 1e-320, float("nan"), float("inf"), "", [], {}, [[]], {"a": 1}, [None], "\ud800",
    "x" * 3000, "\0", "null", "~", "true", "no", "2022-02-30", "9" * 5000, "-", "#", "unnamed", "article", "stadium", {"value": "7"}, [{"value": "7"}], "١٢", "½",
    "Weir", "the owl", "\u2028", "\u202e", "1/0", "1e5", "999999999999999999999999%", "1/" + "9" * 60,
]  # fmt: skip
WHOLE: dict[str, Any] = GOOD | {
    "claims": [
        GOOD["claims"][0]
        | {"nth": 1, "claim": "carts", "as_of": {"date": "1911", "quote": "on Monday", "rule": "weekday"}, "why": "so", "sure": "sure"},
        *GOOD["claims"][1:],
    ]
}
"""An answer with every key that there is."""


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where values stand in an answer: the keys and places that lead to them."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, one in inner for deeper in paths_of(one, (*path, key)))]


def with_value(answer: Any, path: tuple[Any, ...], value: Any) -> Any:
    """An answer with another value at one place."""
    if not path:
        return value
    out = copy.copy(answer)
    out[path[0]] = with_value(answer[path[0]], path[1:], value)
    return out


PLACES_OF_IT = paths_of(WHOLE)


@examples(4)
@example(changes=[(("sources", 0, "name"), "null")])
@example(changes=[(("topics", 0, "kind"), "stadium"), (("places", 0, "kind"), "stadium")])
@example(changes=[(("claims", 0, "quantities", 0, "value"), "7")])
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES_OF_IT), st.sampled_from(ANYTHING)), min_size=1, max_size=2))
def test_no_value_ends_the_batch(changes: list[tuple[tuple[Any, ...], Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Archive(tmp_path_factory.mktemp("archive"))
    site.write("sitegen.yaml", "title: T\nbase_url: https://x.org/\ntheme: plain\n")
    site.write("seeds/a.txt", MILL)
    site.write("seeds/b.txt", MILL.replace("The Mill", "The Other Mill"))
    site.write("content/claims/carts.md", "---\ntitle: Carts\nkind: quantity\n---\n")
    answer = WHOLE
    for path, value in sorted(
        changes, key=lambda change: len(change[0]), reverse=True
    ):  # the outer ones last, for they take the inner ones with them
        answer = with_value(answer, path, value)
    site.write("answer.json", json.dumps(answer))
    telling = program(site.root, f"print(open({str(site.root / 'answer.json')!r}).read())")
    seeds = [str(site.root / name) for name in ("seeds/a.txt", "seeds/b.txt")]
    result = command(site, "import", *seeds, "--reader-command", telling, "--json")
    assert result.exit_code in (0, 1), result.output
    told = set(re.findall(r"(?:error|warning)\[([\w-]+)\]", result.stderr))
    assert told <= {"bad-proposal", "reader-failed"}, result.stderr
    assert len(json.loads(result.stdout)) == (2 if result.exit_code == 0 else 0)
    for drafts in (False, True):
        found = [problem for problem in check(site.root, asked(drafts=drafts), every=drafts).problems if problem.severity == "error"]
        assert not found, found


# the form


def test_what_a_dry_run_prints_is_an_answer(asking: Asking) -> None:
    text = MILL.replace("said the owl", "said Mayor Ada Brook")
    record = record_of("a.txt", read_text(text, "a.txt", gazetteer=Gazetteer()))
    assert record["claims"]
    site, result = asking(json.loads(json.dumps(record)), text)
    assert result.stderr == "", result.stderr
    assert (site.root / "content/articles/the-mill.notes.yaml").read_text().count("todo: ") == len(record["claims"])


@given(st.sampled_from(["sure", "likely", "doubtful"]), st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool))
def test_a_todo_reads_back(sureness: Any, reason: str) -> None:
    assert proposed(str(Todo(sureness, reason))) == Todo(sureness, reason)


@pytest.mark.parametrize("name", ["Unnamed", "Article", "Null", "Page"])
def test_no_name_collides_with_a_reserved_word(name: str, asking: Asking) -> None:
    """A band called Unnamed is a source like any other, and nobody in particular stays nobody."""
    answer = {"sources": [{"name": name, "kind": "other"}], "places": [], "claims": [{"text": "the wheel turned 7 times", "source": name}]}
    site, result = asking(answer)
    assert result.exit_code == 0, result.output
    (page,) = (site.root / "content/sources").glob("*.md")
    assert page.stem not in ("unnamed", "article", "page")
    assert re.search(rf'source: "?{page.stem}"?,', (site.root / "content/articles/the-mill.notes.yaml").read_text())
    assert not [problem for problem in check(site.root, asked()).problems if problem.severity == "error"]
