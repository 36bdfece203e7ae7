"""Bad input: each gives a problem with file, line, code and hint; the earlier output stays untouched; the exit code is 1."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.conftest import CONFIG, Archive, files_of

Make = Callable[[str], Archive]

GOOD = """-- content/articles/good.md --
---
title: A good one
date: 2022-05-15
---
Some 7,000 units were lost near Kyiv. They lost 1,220 tanks and 13 ships. They lost it.
-- content/places/kyiv.md --
---
name: Kyiv
kind: city
---
-- content/sources/mod.md --
---
name: The Ministry
kind: government
---
"""


def article(front: str, body: str = "The army lost 1,220 tanks near Kyiv on Sunday. It lost ground.") -> str:
    return f"-- content/articles/bad.md --\n---\n{front}---\n{body}\n"


Case = tuple[str, str, int]
"""The files, the code of the problem, and its line."""
CASES: dict[str, Case] = {
    "unknown key": (article("title: A\ntitel: B\n"), "unknown-key", 3),
    "unknown key deep down": (article("title: A\nclaims:\n- quote: lost ground\n  figures:\n  - {value: 1, unt: x}\n"), "unknown-key", 6),
    "wrong type: a list": (article("title: [A]\n"), "wrong-type", 2),
    "wrong type: a number": (article("title: A\nday: soon\n"), "wrong-type", 3),
    "wrong type: no guess": (article("title: A\ndraft: no\n"), "wrong-type", 3),
    "wrong choice": (article("title: A\nreview: {state: done}\n"), "wrong-choice", 3),
    "duplicate key": (article("title: A\ntitle: B\n"), "duplicate-key", 3),
    "comma ended a quote": (article("title: A\nclaims:\n- {quote: 1,220 tanks}\n"), "comma-ended-quote", 4),
    "missing title": (article("date: 2022-05-15\n"), "missing-title", 2),
    "impossible date": (article("title: A\ndate: 2022-02-30\n"), "wrong-type", 3),
    "day disagrees": (article("title: A\ndate: 2022-05-15\nday: 81\ncalendar: war\n"), "day-disagrees", 4),
    "day without date": (article("title: A\ndate: 2022-05\nday: 81\ncalendar: war\n"), "day-without-date", 4),
    "unknown calendar": (article("title: A\ndate: 2022-05-15\nday: 80\ncalendar: peace\n"), "unknown-calendar", 5),
    "basis disagrees": (article("title: A\ndate: 2022-05-16\ndate_basis:\n- {quote: on Sunday, rule: weekday}\n"), "date-disagrees", 5),
    "basis not in the text": (
        article("title: A\ndate: 2022-05-15\ndate_basis:\n- {quote: on Monday, rule: weekday}\n"),
        "quote-not-found",
        5,
    ),
    "a comment cut the text": (article("title: Arrests #37 and more\nlang: en # this one is fine\n"), "comment-ended-text", 2),
    "another hedge": (
        article(
            'title: A\nclaims:\n- {quote: "1,220 tanks", figures: [{value: 1220, hedge: about}]}\n', "They lost more than 1,220 tanks."
        ),
        "hedge-disagrees",
        4,
    ),
    "relative with a weekday": (
        article("title: A\ndate: 2022-05-15\ndate_basis:\n- {quote: on Sunday, rule: relative}\n"),
        "date-disagrees",
        5,
    ),
    "notes under a wrong name": (article("title: A\n") + "-- content/articles/bad.notes.yml --\nclaims: []\n", "bad-file-name", 0),
    "evidence of nothing": (
        article("title: A\nannotations:\n- {quote: lost ground, kind: context, note: x, evidence: [{date: 2022}]}\n"),
        "missing-title",
        4,
    ),
    "basis without words": (article("title: A\ndate: 2022-05-15\ndate_basis:\n- {rule: weekday}\n"), "missing-quote", 5),
    "unknown source": (article("title: A\nclaims:\n- {quote: lost ground, source: mid}\n"), "unknown-id", 4),
    "unknown claim": (article("title: A\nclaims:\n- {quote: lost ground, claim: ground}\n"), "unknown-id", 4),
    "unknown place": (article("title: A\nclaims:\n- {quote: lost ground, places: [kiev]}\n"), "unknown-id", 4),
    "unknown image": (article("title: A\n", "![](image:tank)\n\nText."), "unknown-image", 4),
    "image in a line": (article("title: A\nimages:\n- {id: tank, caption: T}\n", "See ![](image:tank) here."), "image-in-text", 6),
    "quote not found": (article("title: A\nclaims:\n- {quote: won ground}\n"), "quote-not-found", 4),
    "quote across blocks": (article("title: A\nclaims:\n- quote: One. Two.\n", "One.\n\nTwo."), "quote-not-found", 4),
    "quote found twice": (article("title: A\nclaims:\n- {quote: lost}\n"), "quote-ambiguous", 4),
    "quote cuts a word": (article("title: A\nclaims:\n- {quote: army los}\n"), "quote-cuts", 4),
    "quote cuts a number": (article("title: A\nclaims:\n- {quote: 220 tanks}\n"), "quote-cuts", 4),
    "figure not in its quote": (
        article('title: A\nclaims:\n- {quote: "1,220 tanks", figures: [{value: 1228}]}\n'),
        "figure-not-in-quote",
        4,
    ),
    "gloss differs": (
        article('title: A\nclaims:\n- {quote: It lost ground, gloss: "It [the army] lost the ground"}\n'),
        "gloss-differs",
        4,
    ),
    "hedge not there": (article("title: A\nclaims:\n- {quote: lost ground, hedge: perhaps}\n"), "hedge-not-found", 4),
    "empty note": (article("title: A\nannotations:\n- {quote: lost ground, kind: context}\n"), "empty-note", 4),
    "duplicate id": (article("title: A\nclaims:\n- {id: c-1, quote: lost ground}\n- {id: c-1, quote: The army}\n"), "duplicate-id", 5),
    "two pages, one address": (
        "-- content/claims/a.md --\n---\ntitle: A\nkind: event\n---\n-- content/claims/more/a.md --\n---\ntitle: A\nkind: event\n---\n",
        "address-taken",
        0,
    ),
    "a page in the program's place": ("-- content/pages/places.md --\n---\ntitle: A\n---\n", "address-taken", 0),
    "bad file name": ("-- content/articles/Bad Name.md --\n---\ntitle: A\n---\n", "bad-file-name", 0),
    "a source of a reserved name": ("-- content/sources/unnamed.md --\n---\nname: Unnamed\nkind: other\n---\n", "bad-file-name", 0),
    "a citation of a reserved name": (article("title: A\nsources: [{id: article, source: b}]\n"), "duplicate-id", 3),
    "reserved file name": ("-- content/places/page.md --\n---\nname: A\nkind: city\n---\n", "bad-file-name", 0),
    "missing seed": (article(f"title: A\nseed: {{path: seeds/gone.txt, sha256: {'0' * 64}}}\n"), "missing-seed", 3),
    "changed seed": ("-- seeds/s.txt --\nA\n" + article(f"title: A\nseed: {{path: seeds/s.txt, sha256: {'0' * 64}}}\n"), "seed-changed", 3),
    "body departs from its seed": (
        "-- seeds/s.txt --\nA\n\nThe army won.\n"
        + article(
            "title: A\nseed: {path: seeds/s.txt, sha256: f0b4e8c2a1}\n".replace(
                "f0b4e8c2a1", __import__("hashlib").sha256(b"A\n\nThe army won.\n").hexdigest()
            ),
            "The army lost.",
        ),
        "departs-from-seed",
        5,
    ),
    "broken YAML": (article('title: "A\n'), "yaml-syntax", 2),
    "YAML too deep": (article("title: A\nextra: " + "[" * 20 + "]" * 20 + "\n"), "yaml-too-deep", 3),
    "YAML anchor": (article("title: &a A\n"), "yaml-anchor", 2),
    "YAML alias": (article("title: *a\n"), "yaml-anchor", 2),
    "YAML tag": (article("title: !!str A\n"), "yaml-tag", 2),
    "second document": (article("title: A\n--- x\n"), "yaml-second-document", 3),
    "no front matter": ("-- content/articles/bad.md --\nJust text.\n", "no-front-matter", 1),
    "front matter without end": ("-- content/articles/bad.md --\n---\ntitle: A\n", "no-front-matter", 1),
    "raw HTML": (article("title: A\n", "A <b>bold</b> word."), "raw-html", 4),
    "raw HTML block": (article("title: A\n", "<script>alert(1)</script>"), "raw-html", 4),
    "javascript link": (article("title: A\n", "[x](javascript:alert(1))"), "unsafe-link", 4),
    "javascript link, disguised": (article("title: A\n", "[x](JaVa&#x73;cript&colon;alert(1))"), "unsafe-link", 4),
    "data link": (article("title: A\n", "[x](data:text/html,x)"), "unsafe-link", 4),
    "seed outside": (article(f"title: A\nseed: {{path: ../s.txt, sha256: {'0' * 64}}}\n"), "wrong-type", 3),
    "image outside": (article("title: A\nimages:\n- {id: t, caption: T, file: ../../t.png}\n"), "wrong-type", 4),
    "id outside": (article("title: A\nclaims:\n- {quote: lost ground, claim: ../x}\n"), "wrong-type", 4),
    "ambiguous place name": (
        "-- content/places/kyiv-two.md --\n---\nname: Kyiv II\naliases: [Kyiv]\nkind: town\n---\n" + article("title: A\n"),
        "ambiguous-name",
        4,
    ),
    "link to nothing": (article("title: A\n", "[x](/places/nowhere/)"), "broken-link", 4),
    "reference to nothing": ("-- content/pages/p.md --\n---\ntitle: A\n---\nSee [[nowhere]].\n", "unknown-id", 4),
    "ambiguous reference": (
        "-- content/claims/kyiv.md --\n---\ntitle: A\nkind: event\n---\n-- content/pages/p.md --\n---\ntitle: A\n---\nSee [[kyiv]].\n",
        "ambiguous-id",
        4,
    ),
    "relative link": (article("title: A\n", "[x](../places/kyiv/)"), "relative-link", 4),
    "anchor to nothing": (article("title: A\n", "[x](#nowhere)"), "broken-link", 4),
    "notes without article": ("-- content/articles/lost.notes.yaml --\nclaims: []\n", "notes-without-article", 0),
    "key in both files": (
        article("title: A\nannotations: []\n") + "-- content/articles/bad.notes.yaml --\nannotations: []\n",
        "key-in-both",
        1,
    ),
    "front matter key in the notes": (article("title: A\n") + "-- content/articles/bad.notes.yaml --\nlang: en\n", "unknown-key", 1),
    "missing picture": (article("title: A\nimages:\n- {id: t, caption: T, file: t.png}\n", "![](image:t)"), "missing-image", 4),
    "no picture": (
        article("title: A\nimages:\n- {id: t, caption: T, file: t.png}\n", "![](image:t)") + "-- content/images/t.png --\n<svg/>\n",
        "bad-image",
        0,
    ),
    "unknown theme": ("-- sitegen.yaml --\ntitle: A\nbase_url: https://x.org/\ntheme: baroque\n", "unknown-theme", 3),
    "theme that extends none": (
        "-- sitegen.yaml --\ntitle: A\nbase_url: https://x.org/\ntheme: mine\n-- themes/mine/theme.yaml --\n# mine\nextends: plian\n",
        "unknown-theme",
        2,
    ),
    "misspelt key of a theme": (
        "-- sitegen.yaml --\ntitle: A\nbase_url: https://x.org/\ntheme: mine\n-- themes/mine/theme.yaml --\nname: Mine\nextend: plain\n",
        "unknown-key",
        2,
    ),
    "shape of a place": ("-- content/places/marn.md --\n---\nname: Marn\nkind: city\nshape: shapes/marn.json\n---\n", "bad-shape", 4),
    "bad base_url": ("-- sitegen.yaml --\ntitle: A\nbase_url: x.org\n", "wrong-type", 2),
    "broken template": ("-- themes/plain/templates/page.html --\n{% if %}\n", "template-syntax", 1),
    "template that asks for more": ("-- themes/plain/templates/page.html --\n{{ archive.secret }}\n", "template-variable", 1),
    "template with an unknown filter": ("-- themes/plain/templates/page.html --\n\n{{ page.title|loud }}\n", "template-syntax", 2),
    "template that fails": ("-- themes/plain/templates/404.html --\n\n{{ page.nothing }}\n", "template-failed", 2),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A good archive that was built."""
    site = Archive(tmp_path_factory.mktemp("good"))
    for path, text in {"sitegen.yaml": CONFIG, **files_of(GOOD)}.items():
        site.write(path, text)
    assert not site.build().failed
    return site


@pytest.mark.parametrize("name", CASES)
def test_each_gives_a_problem(name: str, archive: Make, built: Archive, tmp_path: Path) -> None:
    files, code, line = CASES[name]
    shutil.copytree(built.root, tmp_path / "archive")
    site = archive(GOOD + files)
    before = built.bytes_of_output()
    result = CliRunner().invoke(main, ["build", "--json", "--source", str(site.root)])
    found = [problem for problem in json.loads(result.stdout)["problems"] if problem["code"] == code]
    assert result.exit_code == 1, result.output
    assert found, result.output
    assert found[0]["line"] == line
    assert found[0]["path"]
    assert found[0]["message"]
    assert found[0]["hint"] or code in ("wrong-type", "template-failed")
    assert site.bytes_of_output() == before, "the earlier output is untouched"


def test_all_problems_of_a_run_together(archive: Make) -> None:
    site = archive(
        article("title: A\ntitel: B\nclaims:\n- {quote: won}\n- {quote: lost, source: nobody}\n")
        + "-- content/places/x.md --\n---\nname: X\nkind: planet\n---\n-- content/pages/p.md --\n---\ntitle: P\n---\n<b>\n"
    )
    codes = [problem.code for problem in site.build().problems]
    assert set(codes) >= {"unknown-key", "quote-not-found", "quote-ambiguous", "unknown-id", "wrong-choice", "raw-html"}
    assert not site.output.exists()


def test_a_broken_list_rule_is_a_warning(archive: Make) -> None:
    front = 'title: A\nclaims:\n- total: {quote: "Some 7,000 units"}\n  list: partial\n  items:\n'
    items = '  - {quote: "5,000 tanks"}\n  - {quote: "2,897 ships"}\n'
    report = archive(article(front + items, "Some 7,000 units. That includes 5,000 tanks and 2,897 ships.")).build()
    assert [(problem.code, problem.severity) for problem in report.problems] == [("group-sum", "warning")]
    assert not report.failed
    assert "7,897" in report.problems[0].message
    assert "7,499" in report.problems[0].message


def test_invalid_utf8_names_the_line(archive: Make) -> None:
    site = archive("")
    site.write("content/articles/a.md", b"---\ntitle: A\n---\n\nnot \xff utf-8\n")
    assert [(p.code, p.line) for p in site.build().problems] == [("invalid-utf8", 5)]


def test_signs_that_only_yaml_takes_for_line_breaks_are_no_fault(archive: Make) -> None:
    assert archive(article('title: "A\u2028\u2028B"\nlang: en # of the reprint\n')).build().problems == ()


def test_nearest_names_are_proposed(archive: Make) -> None:
    site = archive(GOOD + article("title: A\ndraf: true\nclaims:\n- {quote: lost the ground, source: mood}\n"))
    hints = {problem.code: problem.hint for problem in site.build().problems}
    assert "`draft`" in hints["unknown-key"]
    assert "`mod`" in hints["unknown-id"]
    assert "lost ground" in hints["quote-not-found"]


HINTS = [
    ("title: A\ndate: 14.07.1911\n", "write `1911-07-14`"),
    ("title: A\ndraft: yes\n", "write `true`"),
    ("title: A\nreview: checked\n", "write `{state: checked}`"),
    ("title: A\nclaims: [{quote: lost ground, source: The Ministry}]\n", "did you mean `the-ministry`?"),
    ("title: A\n\tlang: en\n", "indent with spaces"),
    ('title: "A "quoted" title"\n', "single quotes"),
    ("title: A: B\n", "put the value in double quotes"),
    ("title: A\nlang:en\ndate: 2022\n", "write `key: value`"),
]


@pytest.mark.parametrize(("front", "hint"), HINTS)
def test_hints_say_what_to_write(front: str, hint: str, archive: Make) -> None:
    problems = archive(article(front)).build().problems
    assert any(hint in problem.hint for problem in problems), problems


def test_a_page_with_errors_of_its_own_is_not_called_missing(archive: Make) -> None:
    site = archive(
        article("title: A\nclaims: [{quote: lost ground, claim: ground}]\n")
        + "-- content/claims/ground.md --\n---\ntitle: G\nkind: fact\n---\n"
    )
    assert [problem.code for problem in site.build().problems] == ["wrong-choice"]


def test_files_that_are_no_pages_are_named(archive: Make) -> None:
    report = archive("-- content/places/kyiv.md.txt --\nx\n").build()
    assert [(problem.code, problem.severity, problem.hint) for problem in report.problems] == [
        ("stray-file", "warning", "rename it to `kyiv.md`")
    ]


@pytest.mark.parametrize(
    ("front", "line", "told"),
    [
        ("title: @C\n", 2, "a value cannot begin with @: 'title: @C'"),
        ('title "C"\ndate: null\n', 2, "a colon is missing after the key: 'title \"C\"'"),
        (
            "title: C\nclaims:\n- quote: lost ground\n  source: article\n - quote: It\n",
            6,
            "this entry does not begin where the others of its list do",
        ),
        ("title: C\ncorrections: [{reason: x}]\n", 3, "add `date: …`. The day of it, such as `2024-06-03`."),
        (
            "title: C\nclaims: [{quote: lost ground, as_of: {rule: editor}}]\n",
            3,
            "add `date: …`. A day, a month, a year or a stretch of time",
        ),
    ],
)
def test_a_message_says_what_to_write(front: str, line: int, told: str, archive: Callable[[str], Archive]) -> None:
    """In the words of who writes an archive, and never in those of the parser."""
    problems = archive(article(front)).build().problems
    assert [problem for problem in problems if problem.line == line and told in f"{problem.message}\n{problem.hint}"], problems
