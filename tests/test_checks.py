"""Checks are switched by the archive's settings, and waived where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from sitegen.archive.claimchecks import Stated, Told, of_claim
from sitegen.cli import main
from sitegen.model.rules import CHECKS, RULES
from sitegen.survey import planning
from tests.conftest import CONFIG, Archive, files_of

Make = Callable[[str], Archive]
SITE = """-- content/articles/a.md --
---
title: Losses
date: 1911-07-03
images: [{id: mill, caption: The mill}]
---
10 carts: 4 hay carts, 5 dung carts. [More](/places/marm/).
-- content/articles/a.notes.yaml --
claims:
  - total: {quote: "10 carts"}
    items: [{quote: "4 hay carts"}, {quote: "5 dung carts"}]
"""


def told(site: Archive) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in site.build().problems]


def test_without_settings_each_check_is_as_its_rule_has_it(archive: Make) -> None:
    site = archive(SITE)
    assert sorted(told(site)) == [("broken-link", "error"), ("group-sum", "warning"), ("image-not-placed", "warning")]
    assert {RULES[code].severity for code in CHECKS} == {"error", "warning"}


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ("{group-sum: error, broken-link: warning}", [("broken-link", "warning"), ("group-sum", "error"), ("image-not-placed", "warning")]),
        ("{group-sum: off, broken-link: off, image-not-placed: off}", []),
    ],
)
def test_checks_are_switched(checks: str, expected: list[tuple[str, str]], archive: Make) -> None:
    site = archive(SITE)
    site.write("sitegen.yaml", f"{CONFIG}checks: {checks}\n")
    assert sorted(told(site)) == expected


def test_a_check_that_is_an_error_fails_the_build_and_a_warning_does_not(archive: Make) -> None:
    site = archive(SITE)
    assert site.build().failed
    site.write("sitegen.yaml", f"{CONFIG}checks: {{broken-link: warning}}\n")
    assert not site.build().failed
    assert (site.output / "articles/a/index.html").is_file()


@pytest.mark.parametrize(
    ("setting", "hint"),
    [("{group-sums: off}", "did you mean `group-sum`?"), ("{group-sum: on}", "one of: off, warning, error"), ("{yaml-syntax: off}", "")],
)
def test_what_is_no_check_is_not_switched(setting: str, hint: str, archive: Make) -> None:
    site = archive(SITE)
    site.write("sitegen.yaml", f"{CONFIG}checks: {setting}\n")
    (problem,) = [one for one in site.build().problems if one.path == "sitegen.yaml"]
    assert problem.code == "wrong-choice"
    assert hint in problem.hint


WAIVE = 'waive: [{code: %s, why: "It is so in the paper."}]'


def test_a_check_is_waived_where_it_stands(archive: Make) -> None:
    site = archive(SITE)
    files = files_of(SITE)
    group = files["content/articles/a.notes.yaml"] + f"    {WAIVE % 'group-sum'}\n"
    site.write("content/articles/a.notes.yaml", group)
    page = files["content/articles/a.md"].replace(
        "images:", 'waive:\n- {code: image-not-placed, why: "It is lost."}\n- {code: broken-link, why: "It comes."}\nimages:'
    )
    site.write("content/articles/a.md", page)
    assert told(site) == []
    result = CliRunner().invoke(main, ["check", "--source", str(site.root)])
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "0 errors, 0 warnings.",
            "content/articles/a.md:5: waived[image-not-placed]: It is lost.",
            "content/articles/a.md:6: waived[broken-link]: It comes.",
            "content/articles/a.notes.yaml:4: waived[group-sum]: It is so in the paper.",
        ],
    )
    page = re.sub(r"<[^>]*>", "", site.html("checks/"))
    assert page.count("Losses · 3 July 1911: ") == 3
    assert "Waived: It is lost." in page
    assert "Waived: It is so in the paper." in page


def test_a_waiver_that_nothing_needs_is_told(archive: Make) -> None:
    site = archive(
        "-- content/articles/a.md --\n---\ntitle: T\n"
        + WAIVE % "group-sum"
        + "\nclaims: [{quote: Words, source: article, "
        + WAIVE % "gloss-differs"
        + "}]\n---\nWords.\n"
    )
    assert [(one.line, one.code, one.severity) for one in site.build().problems] == [
        (3, "unused-waiver", "warning"),
        (4, "unused-waiver", "warning"),
    ]


def test_a_waiver_needs_a_reason(archive: Make) -> None:
    site = archive("-- content/places/a.md --\n---\nname: A\nkind: city\nwaive: [{code: broken-link}]\n---\n")
    assert [one.code for one in site.build().problems] == ["missing-why"]


def test_after_one_edit_what_is_waived_elsewhere_stays_so(archive: Make) -> None:
    site = archive(SITE)
    site.write("content/articles/a.md", files_of(SITE)["content/articles/a.md"].replace("images:", f"{WAIVE % 'broken-link'}\nimages:"))
    before = told(site)
    site.write("content/places/harn.md", "---\nname: Harn\nkind: city\n---\n")
    assert told(site) == before
    site.write("content/places/marm.md", "---\nname: Marm\nkind: city\n---\n")
    assert ("unused-waiver", "warning") in told(site)


def test_readers_are_told_of_what_is_waived_and_of_nothing_that_is_not(archive: Make) -> None:
    site = archive(BOTH)
    site.build()
    assert not (site.output / "checks").exists()
    assert 'href="/checks/"' not in site.html("")
    claim = files_of(BOTH)["content/claims/fall.md"]
    both = 'waive:\n- {code: says-both, why: "So it is."}\n- {code: broken-link, why: "Not so."}\n'
    site.write("content/claims/fall.md", claim.replace("kind:", f"{both}kind:"))
    site.write("content/claims/other.md", claim.replace("kind:", 'draft: true\nwaive: [{code: broken-link, why: "A secret."}]\nkind:'))
    assert sorted(told(site)) == [("unused-waiver", "warning")] * 2
    page = site.html("checks/")
    assert "So it is." in page
    assert "Not so." not in page, "nothing of the kind is wrong there"
    assert "A secret." not in page, "a draft is not told of"
    assert '<a href="/checks/">Checks</a>' in site.html("")
    assert "checks/" not in site.html("sitemap.xml")


# checks of more than one article

BOTH = """-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: It fell, source: board, claim: fall, stance: asserts, as_of: {date: 1911-07-03}}]
---
It fell.
-- content/articles/two.md --
---
title: Two
date: 1911-07-04
claims: [{quote: It did not fall, source: board, claim: fall, stance: denies, as_of: {date: 1911-07-03}}]
---
It did not fall.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/fall.md --
---
title: Whether the mill fell
kind: event
---
-- content/claims/other.md --
---
title: Another
kind: event
---
"""


def test_a_source_that_asserts_and_denies_is_told_at_the_claim(archive: Make) -> None:
    site = archive(BOTH)
    (problem,) = site.build().problems
    assert (problem.path, problem.code, problem.severity) == ("content/claims/fall.md", "says-both", "warning")
    assert problem.message.startswith("'board' asserts this as of 1911-07-03 (/articles/one/#c-")
    site.write("content/claims/fall.md", files_of(BOTH)["content/claims/fall.md"].replace("kind:", f"{WAIVE % 'says-both'}\nkind:"))
    assert told(site) == []
    site.write(
        "content/articles/two.md",
        files_of(BOTH)["content/articles/two.md"].replace("as_of: {date: 1911-07-03}", "as_of: {date: 1911-07-05}"),
    )
    assert told(site) == [("unused-waiver", "warning")]


def test_after_an_edit_only_the_claims_that_it_touches_are_checked_again(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(BOTH)
    site.build(jobs=1)
    asked = 0

    def counted(of: Stated) -> tuple[Told, ...]:
        nonlocal asked
        asked += 1
        return of_claim(of)

    monkeypatch.setattr(planning, "of_claim", counted)
    site.write("content/sources/board.md", "---\nname: The Board\nkind: government\n---\n")
    assert told(site) == [("says-both", "warning")]
    assert asked == 0, "what is told of a claim is remembered"
    text = files_of(BOTH)["content/articles/two.md"]
    site.write("content/articles/two.md", text.replace("stance: denies", "stance: doubts"))
    assert told(site) == []
    assert asked == 1


def test_unused_pages_are_told_where_the_archive_asks(archive: Make) -> None:
    site = archive(BOTH)
    site.write("sitegen.yaml", f"{CONFIG}checks: {{unused-page: warning, says-both: off}}\n")
    assert [(one.path, one.code) for one in site.build().problems] == [("content/claims/other.md", "unused-page")]
    site.write("content/pages/about.md", "---\ntitle: About\n---\nSee [[claim:other]].\n")
    assert told(site) == []
