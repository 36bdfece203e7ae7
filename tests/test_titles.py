"""Which line of a head is the title: by evidence that has names, and weights that are fitted. All texts are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importer import weights
from sitegen.importer.blocks import blocks_of
from sitegen.importer.language import language
from sitegen.importer.structure import structure
from sitegen.importer.titles import candidates, title_of
from tests.conftest import Archive, command
from tools.choice import Choice, fitted, held_out
from tools.pages import DATA, learned, packed

Make = Callable[[str], Archive]

TEXT = "The ferry went back into service on Tuesday after a late thaw, and the first lorry over it carried hay for eleven farms on the upper shore."

HEADS = {
    "the title first": ("{}\n\nBy Ada Brook\n\n14 June 2022", "The ferry is back on the lake"),
    "below a kicker": ("The thaw\n\n{}\n\nBy Ada Brook", "Ferry carries hay to eleven farms again"),
    "below a page's way and its own words": ("Skip to content\n\nHome\n\nNews\n\nThe lake\n\n{}\n\nShare", "Ferry carries hay to eleven farms again"),
    "below a paper, its number and its day": ("THE LAKE STAR\nNo. 412\n14 June 2022\n\n{}", "Ferry carries hay to eleven farms again"),
    "over two lines": ("THE FERRY CARRIES HAY TO\nELEVEN FARMS AGAIN\n\nBy Ada Brook", "THE FERRY CARRIES HAY TO ELEVEN FARMS AGAIN"),
    "below a caption": ("The landing stage at dusk. Photo: Ada Brook\n\n{}", "Ferry carries hay to eleven farms again"),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_the_title_is_told_by_what_stands_around_it(name: str) -> None:
    head, title = HEADS[name]
    read = structure(f"{head.format(title)}\n\n{TEXT}\n\n{TEXT}\n\n{TEXT}\n", language("en"))
    assert read.title == title


@pytest.mark.parametrize(
    "text", [f"{TEXT}\n\n{TEXT}\n", f"14 June 2022\n\n{TEXT}\n\n{TEXT}\n", f"Photo: Ada Brook / Lake Press\n\n{TEXT}\n"]
)
def test_a_text_may_have_none(text: str) -> None:
    assert structure(text, language("en")).title is None


def test_what_speaks_for_a_line_has_names() -> None:
    """So that it can be told why a line was taken."""
    found = candidates(blocks_of(f"The thaw\n\nIs the ferry back?\n\n{TEXT}\n"), language("en"))
    kicker, title, both, none = found
    assert {"2 words", "first", "apart below"} <= kicker.evidence
    assert {"question", "above text"} <= title.evidence
    assert "two apart" in both.evidence
    assert "none" in none.evidence


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=12))
def test_whatever_the_lines_are_the_title_is_some_of_them(lines: list[str]) -> None:
    blocks = blocks_of("\n".join(lines))
    for code in ("en", "uk"):
        title = title_of(blocks, language(code))
        assert title is None or (0 <= title.start < title.end <= min(len(blocks), title.start + 2) and 0 < title.probability <= 1)


def tossed(right: int, wrong: int) -> list[Choice]:
    """Choices between one that is marked and one that is not, the marked one right so often."""
    options = (frozenset(["marked"]), frozenset(["plain"]))
    return [Choice(f"{number:02}", options, int(number >= right)) for number in range(right + wrong)]


def test_the_fit_is_the_share_of_those_that_were_right() -> None:
    model = fitted(tossed(9, 3), 1e-6)
    first, second = weights.softmax([model["marked"], model["plain"]])
    assert first == pytest.approx(0.75, abs=0.001)
    assert second == pytest.approx(0.25, abs=0.001)


def test_strength_holds_weights_back_and_a_text_of_weight_counts_as_many() -> None:
    assert 0 < fitted(tossed(9, 3), 4.0)["marked"] < fitted(tossed(9, 3), 0.5)["marked"]
    heavy = [one._replace(weight=2.0) for one in tossed(9, 3)]
    assert fitted(heavy, 0.5) == fitted(tossed(9, 3) * 2, 0.5)


def test_a_choice_is_never_judged_by_itself() -> None:
    only = Choice("01", (frozenset(["rare"]), frozenset(["plain"])), 0)
    others = [Choice(f"{number:02}", (frozenset(["other"]), frozenset(["plain"])), 1) for number in range(2, 12)]
    told = {one.article: guess for one, guess, _ in held_out([only, *others], 0.5)}
    assert told["01"] == 1  # that what is rare is right was told by its own text alone
    first, second = weights.shares(fitted([only, *others], 0.5), only.options)
    assert first > second


DOUBTFUL = "Kaslo harbour board\n\nThe ferry"


def test_an_article_with_a_doubtful_title_is_a_draft_that_says_what_else_it_may_be(archive: Make) -> None:
    site = archive(f"-- seeds/a.txt --\n{DOUBTFUL}\n\n{TEXT}\n\n{TEXT}\n")
    told = command(site, "import", str(site.root / "seeds/a.txt")).stdout
    page = next((site.root / "content/articles").glob("*.md")).read_text()
    assert "read: title (doubtful, so it is a draft), 0 headings" in told
    assert 'title: "The ferry"\n' in page
    reason = (
        "the title was chosen among the lines above the text; “Kaslo harbour board” may be it; correct or keep it, and take out `draft`"
    )
    assert f'draft: true\ntodo: "doubtful: {reason}"\n' in page
    assert site.build().problems == ()
    assert not list((site.root / "public/articles").glob("*/index.html"))


def test_the_evidence_of_pages_is_kept_as_it_is_read() -> None:
    pages = learned(1.0)
    assert all(0 <= one.right < len(one.options) for one in pages)
    assert packed(pages) == DATA.read_text(encoding="utf-8")
