"""What is left to do, new pages, and what a shell completes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import REPOSITORY, Archive
from tests.conftest import command as run

Make = Callable[[str], Archive]
SITE = """-- content/articles/a.md --
---
title: A battle
date: 2022-05-15
claims: [{quote: It fell, source: mod, places: kyiv}]
---
It fell in Kyiv.
-- content/places/kyiv.md --
---
name: Kyiv
kind: city
within: ukraine
location: {lat: 50.45, lon: 30.52}
review: {state: imported}
todo: check it
---
-- content/places/ukraine.md --
---
name: Ukraine
kind: country
---
-- content/places/lviv.md --
---
name: Lviv
kind: city
---
-- content/sources/mod.md --
---
name: Ministry
kind: government
---
-- content/sources/isw.md --
---
name: Institute
kind: thinktank
parent: mod
---
"""


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("places", ["kyiv", "lviv", "ukraine"]),
        ("place", ["kyiv", "lviv", "ukraine"]),
        ("places --unused", ["lviv"]),
        ("places --uncited", ["lviv", "ukraine"]),
        ("places --unplaced", ["lviv", "ukraine"]),
        ("places --unplaced --unused", ["lviv"]),
        ("places --todo", ["kyiv"]),
        ("places --review imported", ["kyiv"]),
        ("sources --uncited", ["isw"]),
        ("articles", ["a"]),
        ("claims", []),
    ],
)
def test_pages_are_listed_by_what_is_left_to_do(asked: str, ids: list[str], archive: Make) -> None:
    site = archive(SITE)
    result = run(site, "list", *asked.split(), "--format", "json")
    assert result.exit_code == 0, result.output
    assert [row["id"] for row in json.loads(result.output)] == ids


def test_a_list_can_be_read_by_people_and_by_spreadsheets(archive: Make) -> None:
    site = archive(SITE)
    assert run(site, "list", "places").output.splitlines() == [
        "kyiv: Kyiv, 1 article, imported, 1 to do", "lviv: Lviv, 0 articles", "ukraine: Ukraine, 0 articles", "3 places.",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(run(site, "list", "places", "--format", "csv").output)))
    assert [(row["id"], row["articles"], row["files"], row["path"]) for row in rows] == [
        ("kyiv", "1", "1", "content/places/kyiv.md"), ("lviv", "0", "0", "content/places/lviv.md"), ("ukraine", "0", "1", "content/places/ukraine.md"),
    ]  # fmt: skip


def test_a_new_page_is_begun_and_nothing_written_over(archive: Make) -> None:
    site = archive(SITE)
    assert run(site, "new", "place", "Kharkiv: the city", "--kind", "city").exit_code == 0
    assert (site.root / "content/places/kharkiv-the-city.md").read_text() == '---\nname: "Kharkiv: the city"\nkind: city\n---\n'
    assert site.build().problems == ()
    again = run(site, "new", "place", "Kharkiv: the city")
    assert (again.exit_code, "is there already" in again.output) == (4, True)
    made = run(site, "new", "claim", "Tanks lost")
    assert "Still to be written: kind." in made.output
    (problem,) = site.build().problems
    assert (problem.code, problem.path) == ("missing-kind", "content/claims/tanks-lost.md")
    assert "is no kind of claim; one of: quantity" in run(site, "new", "claim", "Other", "--kind", "city").output
    site.write("content/places/ua/lutsk.md", "---\nname: Lutsk\nkind: city\n---\n")
    assert "content/places/ua/lutsk.md is there already" in run(site, "new", "place", "Lutsk").output
    assert run(site, "new", "page", "About us").exit_code == 0
    assert (site.root / "content/pages/about-us.md").is_file()


@pytest.mark.parametrize(
    ("shell", "words"),
    [
        ("bash", "sitegen rename places/l"),
        pytest.param("zsh", "sitegen where places/l", marks=pytest.mark.soak),
        pytest.param("fish", "sitegen merge places/l", marks=pytest.mark.soak),
    ],
)
def test_a_shell_completes_ids(shell: str, words: str, archive: Make) -> None:
    site = archive(SITE)
    env = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "_SITEGEN_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": "2" if shell != "fish" else "places/l",
    }
    code = "import sys; sys.argv = ['sitegen']; from sitegen.cli import main; main(prog_name='sitegen')"
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=site.root, capture_output=True, text=True, check=False)
    assert "places/lviv" in done.stdout, done.stderr
    assert "places/kyiv" not in done.stdout


@pytest.mark.parametrize("name", ["Unnamed", "Article"])
def test_no_source_has_an_id_that_says_that_there_is_none(name: str, archive: Make) -> None:
    site = archive("-- content/sources/board.md --\n---\nname: Board\nkind: government\n---\n")
    result = run(site, "new", "source", name, "--kind", "other")
    assert result.exit_code == 4
    assert "is reserved" in result.stderr
    assert run(site, "rename", "sources/board", name.lower()).exit_code == 4
    assert run(site, "new", "topic", name, "--kind", "other").exit_code == 0
