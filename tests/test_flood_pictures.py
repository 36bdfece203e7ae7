"""The pictures of the example of a flood are what their script draws, and say what its pages say."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageChops

from tests.conftest import REPOSITORY
from tools.flood_pictures import CLIPPING, LEVELS, OUT, PICTURES, SPOTS

CONTENT = REPOSITORY / "examples/flood/content"


@pytest.mark.soak
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_the_script_draws(name: str) -> None:
    kept = Image.open(OUT / name).convert("RGB")
    made = PICTURES[name]().convert("RGB")
    assert kept.size == made.size
    assert ImageChops.difference(kept, made).getbbox() is None, "run `make pictures`, and look at them"


def test_the_folder_holds_these_pictures_and_they_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in OUT.iterdir()}
    assert sizes.keys() == PICTURES.keys()
    assert max(sizes.values()) < 150_000


def test_the_plan_has_its_places_where_their_pages_have_them() -> None:
    told = {}
    for name in SPOTS:
        words = (CONTENT / f"places/{name.lower()}.md").read_text(encoding="utf-8")
        (spot,) = re.findall(r"location: \{lat: ([\d.]+), lon: (-[\d.]+)\}", words)
        told[name] = tuple(map(float, spot))
    assert told == SPOTS


def test_the_gauge_has_the_levels_that_articles_tell() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in sorted((CONTENT / "articles").glob("*.md")))
    told = re.findall(r"claim: river-level\W+as_of: \{date: 1924-06-0?(\d+).*?\W+figures: \[\{value: (\d+)", words)
    drawn = {re.findall(r"\d+", day)[0]: str(level) for day, level in LEVELS.items()}
    assert dict(told) == drawn


def test_the_clipping_has_the_words_of_its_article() -> None:
    words = (CONTENT / "articles/1924-06-03-the-river-is-rising.md").read_text(encoding="utf-8").split("---\n")[2]
    assert [part for part in words.strip().split("\n\n") if not part.startswith("![")] == list(CLIPPING)
