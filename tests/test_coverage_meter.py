"""`sitegen coverage`: how many sentences bear a claim, and where those stand that bear none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sitegen.coverage import Count, Sentence, Share, counted, holds_number, total
from tests.conftest import REPOSITORY, Archive
from tests.conftest import command as run

Make = Callable[[str], Archive]
RIVER = """-- content/articles/river.md --
---
title: 40 carts are lost
date: 1911-07-03
images: [{id: mill, caption: "The mill. It lost 12 carts."}]
claims:
- {quote: 40 carts, source: board}
- {quote: it had rained, source: board}
- {quote: Nobody rang the bell, source: article}
---
## 7 carts are found

The River Board said on 3 July 1911 that 40 carts
were lost. *Its* clerk, Ann Lee, added that
it had rained. Nobody rang the bell. According to
Ann Lee,
it took 6 hours.

![](image:mill)

- A bridge
  fell. Route 6 was shut at 10:30.
- The 2nd bridge stood.

| Carts | Lost |
|---|---|
| 30 | 20 |
"""
BOARD = "-- content/sources/board.md --\n---\nname: The River Board\nkind: government\n---\n"


def shares(site: Archive, *arguments: str) -> dict[str, Any]:
    result = run(site, "coverage", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def of(claimed: int, count: int, percent: int | None) -> dict[str, int | None]:
    return {"count": count, "claimed": claimed, "percent": percent}


def test_what_counts_can_be_counted_by_hand(archive: Make) -> None:
    """Nine sentences: four of the paragraph, two of the caption, three of the list. Title, heading and table are none."""
    (river,) = shares(archive(RIVER + BOARD))["articles"]
    assert river == {
        "path": "content/articles/river.md",
        "lang": "en",
        "sentences": of(3, 9, 33),
        "numbers": of(1, 3, 33),
        "attributions": of(2, 3, 66),
        "undecided": 0,
    }


def test_what_bears_no_claim_is_told_with_its_line(archive: Make) -> None:
    site = archive(RIVER + BOARD)
    path = "content/articles/river.md"
    lines = run(site, "coverage", path).output.splitlines()
    assert lines[2:-1] == [
        f"{path}:14: [number, who says it] According to Ann Lee, it took 6 hours.",
        f"{path}:18: The mill.",
        f"{path}:18: [number] It lost 12 carts.",
        f"{path}:20: A bridge fell.",
        f"{path}:21: Route 6 was shut at 10:30.",
        f"{path}:22: The 2nd bridge stood.",
    ]
    written = (site.root / path).read_text().split("\n")
    assert [written[number - 1] for number in (14, 20, 21)] == [
        "it had rained. Nobody rang the bell. According to", "- A bridge", "  fell. Route 6 was shut at 10:30.",
    ]  # fmt: skip


def test_the_text_is_a_table_with_totals_last(archive: Make) -> None:
    site = archive(RIVER + BOARD + "-- content/articles/empty.md --\n---\ntitle: Nothing\n---\n")
    assert run(site, "coverage").output.splitlines() == [
        "With a claim, of:          all sentences  with a number  telling who says it",
        "content/articles/empty.md   0 of 0     –   0 of 0     –         0 of 0     –",
        "content/articles/river.md   3 of 9   33%   1 of 3   33%         2 of 3   66%",
        "2 articles                  3 of 9   33%   1 of 3   33%         2 of 3   66%",
    ]


def test_german_is_read_by_its_own_words(archive: Make) -> None:
    site = archive("""-- content/articles/fluss.md --
---
title: Der Fluss
lang: de
claims: [{quote: 40 Karren, source: article}]
---
Am 3. Juli 1911 stieg der Fluss. Der Krieg von 1914 begann. So war es. Nach Angaben der Polizei gingen 40 Karren verloren.

Zwölf Häuser brannten, sagte Anna Klein. Die Lage sei ruhig, heißt es.
""")
    (river,) = shares(site)["articles"]
    assert (river["sentences"], river["numbers"], river["attributions"]) == (of(1, 6, 16), of(1, 2, 50), of(1, 3, 33))


def test_of_a_language_without_a_list_it_is_not_known_who_says_it(archive: Make) -> None:
    italian = "-- content/articles/{}.md --\n---\ntitle: Il fiume\nlang: it\n---\nIl sindaco ha detto il 3 maggio 1924 che 12 case bruciano. Ha torto.\n"
    site = archive(italian.format("a"))
    (river,) = shares(site, "--which")["articles"]
    assert (river["numbers"], river["attributions"]) == (of(0, 1, 0), None)
    assert river["without"] == [
        {"line": 5, "text": "Il sindaco ha detto il 3 maggio 1924 che 12 case bruciano.", "number": True, "attribution": None},
        {"line": 5, "text": "Ha torto.", "number": False, "attribution": None},
    ]
    assert shares(site)["total"]["attributions"] is None
    assert run(site, "coverage").output.splitlines()[1].endswith("unknown")
    site = archive(italian.format("a") + RIVER + BOARD)
    assert shares(site)["total"]["attributions"] == of(2, 3, 66)
    assert "unknown: no word list of it tells who says something" in run(site, "coverage").output


def test_an_article_without_numbers_has_no_share_of_them(archive: Make) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitle: A\n---\nOn Monday it rained. It was a Tuesday in May 1911.\n")
    found = shares(site)["total"]
    assert (found["sentences"], found["numbers"], found["attributions"]) == (of(0, 2, 0), of(0, 0, None), of(0, 0, None))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Officials said the dam held.", True),
        ("The dam held, it was reported.", True),
        ("The town found a boat.", False),
        ("The Harbour Authority found a leak of oil in the tank.", True),
        ("It cost an estimated sum.", False),
        ("The “dam has said no” poem is old.", False),
    ],
)
def test_who_says_it_is_told_by_words(text: str, says: bool, archive: Make) -> None:
    found = shares(archive(f"-- content/articles/a.md --\n---\ntitle: A\n---\n{text}\n"))["total"]["attributions"]
    assert found["count"] == says


def test_a_sentence_that_only_says_who_said_the_one_before_is_counted_with_it(archive: Make) -> None:
    text = "Річка піднялася на 3 метри. Про це повідомив начальник служби Остап Кременецький."
    found = shares(archive(f"-- content/articles/a.md --\n---\ntitle: A\nlang: uk\n---\n{text}\n"), "--which")
    assert [one["attribution"] for one in found["articles"][0]["without"]] == [True, False]


@pytest.mark.parametrize(
    ("lang", "text", "holds"),
    [
        ("en", "It lasted three days.", True),
        ("en", "No one came on May 3, 1924, at 10:30.", False),
        ("en", "From 1914 to 1918 the second bridge on Highway 6 was shut.", False),
        ("de", "1914 wurde am 3. Juni um 14.30 Uhr gewählt.", False),
        ("de", "Ein Drittel ist fort.", True),
        ("uk", "3 травня 1924 року", False),
        ("uk", "двоє людей", True),
        ("fr", "27 400 soldats", True),
        ("fr", "le F-16, le A4, de 1914-1918 et le 12/05/1924", False),
        ("es", "el 30 de abril de 2024", False),
    ],
)
def test_dates_and_names_are_no_numbers(lang: str, text: str, holds: bool) -> None:
    assert holds_number(text, lang) is holds


def test_articles_are_named_by_file_or_folder(archive: Make) -> None:
    site = archive(RIVER + BOARD + "-- content/articles/old/a.md --\n---\ntitle: A\n---\nIt rained.\n")
    assert [one["path"] for one in shares(site, "content/articles/old/")["articles"]] == ["content/articles/old/a.md"]
    assert ["without" in one for one in shares(site, "content/articles", "./content/articles/old/a.md")["articles"]] == [True, False]
    assert all("without" in one for one in shares(site, "--which")["articles"])
    result = run(site, "coverage", "content/sources/board.md")
    assert (result.exit_code, result.output) == (4, "sitegen: content/sources/board.md is no article, and no folder with articles\n")


def test_an_archive_without_articles_or_with_errors_says_so(archive: Make) -> None:
    site = archive(BOARD)
    assert (run(site, "coverage").output, run(site, "coverage").exit_code) == ("There is no article.\n", 0)
    assert shares(site)["total"] == {"articles": 0, "sentences": of(0, 0, None), "numbers": of(0, 0, None), "attributions": of(0, 0, None)}
    site.write("content/articles/a.md", "---\ntitle: A\nclaims: [{quote: Not there, source: article}]\n---\nWords.\n")
    result = run(site, "coverage")
    assert (result.exit_code, "the archive has errors" in result.output) == (1, True)


def test_all_means_all() -> None:
    some = [Sentence(1, "It rained.", number > 0, False, None) for number in range(200)]
    assert counted(some) == Count(Share(199, 200), Share(0, 0), None)
    assert [Share(199, 200).percent, Share(200, 200).percent, Share(0, 0).percent] == [99, 100, None]
    assert total([counted(some), counted([])]).every == Share(199, 200)


def test_the_first_article_of_the_archive_is_covered_whole() -> None:
    (one,) = shares(Archive(REPOSITORY))["articles"]
    assert (one["sentences"], one["numbers"], one["attributions"]) == (of(25, 25, 100), of(6, 6, 100), of(5, 5, 100))
