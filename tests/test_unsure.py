"""What an import is unsure of is not public: a page with an import's own `todo` waits for an editor, wherever it would be shown or linked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import Archive, command
from tests.test_proposals import read

Make = Callable[[str], Archive]
SETTINGS = """-- sitegen.yaml --
title: The flood
base_url: https://x.org/
theme: default
publish: {unchecked: UNCHECKED}
"""
PAGES = """-- content/places/suva.md --
---
name: Suva
kind: city
location: {lat: -18.1416, lon: 178.4415}
review: {state: imported}
UNDECIDED---
-- content/topics/ada-brook.md --
---
name: Ada Brook
kind: person
review: {state: imported}
UNDECIDED---
-- content/places/werra.md --
---
name: Werra
kind: river
---
-- content/articles/flood.md --
---
title: The Werra rises
date: 1924-06-09
review: {state: imported}
---
The Werra rose, and Suva was told of it by Ada Brook.
"""
GUESSED = 'todo: "likely: a city of the gazetteer; nothing around it says so but its name"\n'


def site(archive: Make, todo: str, unchecked: str = "words") -> Archive:
    return archive((SETTINGS + PAGES).replace("UNDECIDED", todo).replace("UNCHECKED", unchecked))


def leads(made: Archive, address: str) -> bool:
    """Whether anything in the output leads to an address."""
    files = [path for path in made.output.rglob("*") if path.is_file()]
    return any(address.encode() in path.read_bytes() for path in files)


def test_a_guessed_place_is_nowhere(archive: Make) -> None:
    made = site(archive, GUESSED)
    assert made.build().problems == ()
    assert "Suva was told" in re.sub("<[^>]*>", "", made.html("articles/flood/"))  # the words are the article's own
    assert not (made.output / "places/suva").exists()
    assert not (made.output / "topics/ada-brook").exists()
    for trace in ("places/suva", "topics/ada-brook", "178.44", "-18.14"):
        assert not leads(made, trace), trace
    assert leads(made, "places/werra")


@pytest.mark.parametrize("todo", ["", 'todo: "ask the parish"\n'])
def test_a_place_that_somebody_kept_is_public(archive: Make, todo: str) -> None:
    """A note of an editor's own keeps nothing back."""
    made = site(archive, todo)
    made.build()
    assert 'href="/places/suva/' in made.html("articles/flood/")
    assert leads(made, "178.44")


def test_editors_see_it_and_an_archive_may_publish_everything(archive: Make) -> None:
    made = site(archive, GUESSED)
    made.build(drafts=True)
    assert 'href="/places/suva/' in made.html("articles/flood/")
    made.write("sitegen.yaml", SETTINGS.partition("--\n")[2].replace("UNCHECKED", "all"))
    made.build()
    assert 'href="/places/suva/' in made.html("articles/flood/")


TEXT = """The Mill Is Lost

DELFT, Netherlands, May 4, 1911 (Valley Wire) — The flood came by night.

The River Authority said that the flood had taken 12 carts in Delft. In Mobile Lee nobody was hurt.
"""


def imported(archive: Make, accept: str) -> Archive:
    made = archive("")
    made.write("sitegen.yaml", SETTINGS.partition("--\n")[2].replace("UNCHECKED", "words") + accept)
    made.write("seeds/mill.txt", TEXT)
    result = command(made, "import", str(made.root / "seeds/mill.txt"))
    assert result.exit_code == 0, result.output
    return made


def test_by_default_every_proposal_asks(archive: Make) -> None:
    made = imported(archive, "")
    for path in (made.root / "content").rglob("*.md"):
        assert "todo:" in path.read_text(encoding="utf-8"), path
    made.build()
    assert not (made.output / "places/delft").exists()


def test_what_is_as_sure_as_the_archive_asks_for_is_kept_without_a_todo(archive: Make) -> None:
    made = imported(archive, "import: {accept: 0.8}\n")
    assert "todo" not in (made.root / "content/places/delft.md").read_text(encoding="utf-8")
    notes = next((made.root / "content/articles").glob("*.notes.yaml")).read_text(encoding="utf-8")
    assert [("todo:" in line) for line in notes.splitlines() if "12 carts" in line] == [False]
    assert made.build().problems == ()
    assert (made.output / "places/delft").exists()


def test_nothing_is_as_sure_as_that(archive: Make) -> None:
    certain, asked = imported(archive, "import: {accept: 1}\n"), "todo:"
    assert all(asked in path.read_text(encoding="utf-8") for path in (certain.root / "content").rglob("*.md"))


@pytest.mark.parametrize("value", ["1.5", "-0.1", "often"])
def test_a_threshold_is_a_probability(archive: Make, value: str) -> None:
    made = archive("")
    made.write("sitegen.yaml", f"title: T\nbase_url: https://x.org/\nimport: {{accept: {value}}}\n")
    assert "expected a probability from 0 to 1" in command(made, "check").output


@pytest.mark.parametrize(
    "text",
    [
        "See https://valley.example/Delft/Paris%20in%20Suva for more of the flood.",
        "See www.valley.example/near-Odesa/in/Kyiv and valley.example/%D0%9A%D0%B8%D1%97%D0%B2/Suva for more.",
        "Write to Suva@valley.example, or to in.Paris@Delft.example, for more of the flood.",
        "The file is C3%A9-Suva%2C%20Fiji%E2%80%93Delft.html, it said.",
    ],
)
def test_no_place_is_found_within_an_address(text: str) -> None:
    assert [one.name for one in read(f"A Title\n\n{text}\n").proposal.places] == []


def test_nor_is_one_linked_there(archive: Make) -> None:
    made = archive((SETTINGS + PAGES).replace("UNDECIDED", "").replace("UNCHECKED", "words"))
    text = made.root / "content/articles/flood.md"
    made.write("content/articles/flood.md", text.read_text().replace("Suva was", "https://valley.example/Suva/a was"))
    made.build()
    assert 'href="/places/suva/' not in made.html("articles/flood/")
