"""`sitegen explain`: from what a page is made, and which of it has changed."""

from __future__ import annotations

import json
import os
import pty
import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from sitegen import cli
from sitegen.cli import shell
from sitegen.explain import explain
from sitegen.model.problem import Fault
from tests.conftest import REPOSITORY, Archive, asked
from tests.test_build import SITE

Make = Callable[[str], Archive]
FIRST = "content/articles/2022-05-14-first.md"


def changed(site: Archive, page: str) -> set[str] | None:
    found = explain(site.root, page, asked()).changed
    return None if found is None else set(found)


EDITS: dict[str, tuple[str, str, str, dict[str, set[str]]]] = {
    "a body": (
        FIRST,
        "Kyiv held.",
        "Kyiv fell.",
        {
            "articles/2022-05-14-first/": {"the text or the notes of its own file"},
            "places/kyiv/": {f"what is said in {FIRST}"},
            "places/odesa/": set(),
        },
    ),
    "a title": (
        FIRST,
        "title: First",
        "title: The first",
        {
            "articles/2022-05-14-first/": {"the text or the notes of its own file"},
            "articles/2022-05-15-second/": {f"the card of {FIRST}"},
            "claims/tanks/": {f"the card of {FIRST}"},
            "sources/": set(),
        },
    ),
    "a place's name": (
        "content/places/ukraine.md",
        "name: Ukraine",
        "name: Ukraina",
        {"places/kyiv/": {"the card of content/places/ukraine.md"}, "sources/mod/": set()},
    ),
    "a mention that goes": (
        FIRST,
        "and Odesa",
        "and the sea",
        {
            "places/odesa/": {
                f"no longer leads here: {FIRST}",
                "how many articles lead to it",
                "by which names articles mention it",
                "of which months the articles are",
            },
            "articles/2022-05-14-first/": {"the text or the notes of its own file", "the places that it mentions", "which pages it names"},
        },
    ),
    "the settings": (
        "sitegen.yaml",
        "Test archive",
        "Best archive",
        {"404.html": {"the site: title"}, "places/odesa/": {"the site: title"}},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_changed_is_told_before_the_build_and_after_it(name: str, archive: Make) -> None:
    path, before, after, expected = EDITS[name]
    site = archive(SITE)
    site.build()
    text = (site.root / path).read_text()
    assert before in text
    site.write(path, text.replace(before, after))
    assert {page: changed(site, page) for page in expected} == expected
    site.build()
    found = {page: explain(site.root, page, asked()) for page in expected}
    assert {page: set(one.changed or ()) for page, one in found.items()} == expected
    assert {one.since for one in found.values()} == {"the build before the last"}


def test_a_template_is_told_to_the_pages_that_reach_it(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    site.write("themes/plain/templates/claim.html", "{% extends 'base.html' %}")
    assert changed(site, "claims/tanks/") == {"the template claim.html"}
    assert changed(site, "places/kyiv/") == set()


@pytest.mark.parametrize(
    "page",
    ["places/kyiv/", "/places/kyiv", "content/places/kyiv.md", "public/places/kyiv/index.html", "https://x.org/places/kyiv/#p-1"],
)
def test_a_page_is_named_as_people_name_it(page: str, archive: Make) -> None:
    site = archive(SITE)
    found = explain(site.root, page, asked())
    assert found.address == "places/kyiv/"
    assert ("its own file", "content/places/kyiv.md") in found.made_from
    assert ("the card of", "content/places/ukraine.md") in found.made_from
    assert ("what is said there", FIRST) in found.made_from
    assert ("what is said there", "content/articles/2022-05-15-second.md") not in found.made_from


def test_what_has_no_page(archive: Make) -> None:
    site = archive(SITE.replace("name: Odesa\n", "name: Odesa\ndraft: true\n"))
    with pytest.raises(Fault, match="is a draft"):
        explain(site.root, "content/places/odesa.md", asked())
    with pytest.raises(Fault, match="there is no page 'nowhere'"):
        explain(site.root, "nowhere", asked())


def test_before_the_first_build_there_is_nothing_to_compare(archive: Make) -> None:
    site = archive(SITE)
    assert changed(site, "places/kyiv/") is None
    site.build()
    assert changed(site, "places/kyiv/") == set()
    site.write("content/places/lviv.md", "---\nname: Lviv\nkind: city\n---\n")
    assert changed(site, "places/lviv/") is None


def test_the_command(archive: Make) -> None:
    site = archive(SITE)
    source = ["--source", str(site.root)]
    CliRunner().invoke(cli.main, ["build", *source])
    site.write("content/places/ukraine.md", "---\nname: Ukraina\nkind: country\n---\n")
    told = CliRunner().invoke(cli.main, ["explain", "places/kyiv/", *source])
    assert told.exit_code == shell.FINE
    assert (
        "The next build renders it anew. Since the last build these have changed:\n  the card of content/places/ukraine.md\n" in told.output
    )
    as_json = json.loads(CliRunner().invoke(cli.main, ["explain", "places/kyiv/", "--json", *source]).output)
    assert as_json["changed"] == ["the card of content/places/ukraine.md"]
    assert CliRunner().invoke(cli.main, ["explain", "nowhere", *source]).exit_code == shell.MACHINE


def test_a_long_build_shows_on_a_terminal_how_far_it_is(archive: Make) -> None:
    site = archive(SITE)
    program = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from sitegen import cli, terminal; terminal.PATIENCE = 0.0; cli.main()"
    shown = bytearray()

    def read(terminal: int) -> bytes:
        data = os.read(terminal, 1024)
        shown.extend(data)
        return data

    command = [sys.executable, "-c", program, "build", "--source", str(site.root)]
    assert pty.spawn(command, read) == 0
    text = shown.decode()
    for what in ("Reading articles", "Rendering pages", "Writing"):
        assert what in text
    assert text.index("0/2") < text.index("2/2")
