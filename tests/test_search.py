"""The index that readers search: what it holds, what stays out of it, and how little of it an edit makes anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pytest

from sitegen.finding.index import Shape
from sitegen.finding.terms import terms
from tests.conftest import Archive, command

Make = Callable[[str], Archive]
HARBOUR = """-- content/places/marn.md --
---
name: Marn
kind: city
aliases: [Марн, {form: Old Marn, status: historic}]
---
A harbour of this fiction.
-- content/sources/board.md --
---
name: Harbour Board
kind: government
aliases: [the board]
---
-- content/claims/barges.md --
---
title: Barges lost
kind: quantity
---
"""
LOST = """-- content/articles/lost.md --
---
title: Barges lost at Marn
date: 2022-05-15
sources: [{source: board}]
claims: [{quote: "27,400 barges", source: board, claim: barges, figures: [{value: 27400}]}]
---
The Harbour Board counted 27,400 barges. Nobody asked the skippers.
"""


def index(site: Archive) -> dict[str, list[str]]:
    """The keys of the whole index, each with the pages that it leads to."""
    folder = site.output / "search"
    manifest = json.loads((folder / "manifest.json").read_bytes())
    documents: dict[int, str] = {}
    files = {name: json.loads((folder / f"{name}.{digest}.json").read_bytes()) for name, digest in manifest["files"].items()}
    groups = [group for name, file in files.items() if name.startswith("documents") for group in file]
    kinds = [kind for kind, count in manifest["groups"] for _ in range(count)]
    for number, (kind, stems) in enumerate(zip(kinds, groups, strict=True)):
        documents |= {number * manifest["shape"]["width"] + place: f"{kind}/{stem}" for place, stem in enumerate(stems)}
    out: dict[str, list[str]] = {}
    for name, file in files.items():
        if not name.startswith(("documents", "days")):
            out |= {key: [documents[number] for number in accumulate(gaps)] for key, gaps in file.items()}
    return out


def words(site: Archive, address: str) -> Any:
    return json.loads((site.output / address / "words.json").read_bytes())


def test_words_names_titles_and_numbers_lead_to_pages(archive: Make) -> None:
    site = archive(HARBOUR + LOST)
    site.build()
    found = index(site)
    assert found["skipper"] == ["articles/lost"]
    assert found["27400"] == ["articles/lost"]
    assert found["^barg"] == ["articles/lost", "claims/barges"]
    assert found["=old marn"] == found["=марн"] == ["places/marn"]
    assert found["places/marn"] == found["sources/board"] == ["articles/lost"]
    assert found["~arn"] == found["~mrn"] == ["places/marn"]


def test_beside_a_page_stand_its_words_and_who_says_them(archive: Make) -> None:
    site = archive(HARBOUR + LOST)
    site.build()
    article = words(site, "articles/lost")
    (title, passage) = article["passages"]
    assert (article["title"], article["date"], title) == ("Barges lost at Marn", "15 May 2022", ["", "Barges lost at Marn", []])
    id, text, [[start, end, anchor, speakers]] = passage
    assert (text[start:end], speakers) == ("27,400 barges", ["Harbour Board"])
    assert f'id="{anchor}"' in site.html("articles/lost")
    assert id.startswith("w-")
    assert words(site, "places/marn") == {
        "title": "Marn", "kind": "city", "names": ["Марн", "Old Marn"], "about": "A harbour of this fiction.", "articles": 1
    }  # fmt: skip


@pytest.mark.parametrize("front", ["draft: true", "publish_from: 2999-01-01", "withdrawn: {date: 2024-01-01, reason: Wrong}"])
def test_what_readers_may_not_see_is_not_found(front: str, archive: Make) -> None:
    site = archive(HARBOUR + LOST.replace("date: 2022-05-15", f"date: 2022-05-15\n{front}"))
    site.build()
    assert not (site.output / "articles/lost/words.json").exists()
    found = index(site)
    assert "skipper" not in found
    assert all("articles/lost" not in pages for pages in found.values())


def test_of_an_article_of_which_only_metadata_may_be_shown_the_title_is_found(archive: Make) -> None:
    site = archive(HARBOUR + LOST.replace("date: 2022-05-15", "date: 2022-05-15\ndisplay: metadata"))
    site.build()
    found = index(site)
    assert found["^barg"] == ["articles/lost", "claims/barges"]
    assert "skipper" not in found
    assert words(site, "articles/lost")["passages"] == []


def test_what_a_machine_proposed_is_found_by_its_words_alone(archive: Make) -> None:
    site = archive(HARBOUR + LOST.replace("date: 2022-05-15", "date: 2022-05-15\nreview: {state: imported}"))
    site.build()
    assert index(site)["skipper"] == ["articles/lost"]
    assert "sources/board" not in index(site)
    assert [stated for _, _, stated in words(site, "articles/lost")["passages"]] == [[], []]


def test_what_has_no_public_page_is_no_key_and_who_speaks_is_called_as_on_the_page(archive: Make) -> None:
    """An article may name what is a draft still; its own page says the id of a source in words, and of a place nothing."""
    hidden = "-- content/places/hidden-town.md --\n---\nname: Hidden Town\nkind: city\ndraft: true\n---\n"
    informant = "-- content/sources/quiet-informant.md --\n---\nname: Quiet Informant\nkind: person\ndraft: true\n---\n"
    article = LOST.replace(
        "source: board, claim: barges,", "source: [quiet-informant, board, unnamed], places: [hidden-town], claim: barges,"
    )
    site = archive(HARBOUR + hidden + informant + article)
    site.build()
    assert "quiet informant" in site.html("articles/lost")
    ((_, _, [[_, _, _, speakers]]),) = words(site, "articles/lost")["passages"][1:]
    assert speakers == ["quiet informant", "Harbour Board", ""]
    assert {key for key in index(site) if "/" in key} == {"places/marn", "sources/board"}
    assert not [path for path in site.output.rglob("*.*") if re.search(rb"hidden.town", path.read_bytes(), re.I)]


def test_what_nobody_has_judged_yet_is_not_the_article_s_own_voice(archive: Make) -> None:
    both = '[{quote: "27,400 barges", claim: barges}, {quote: "Nobody asked", source: article, claim: barges}]'
    site = archive(HARBOUR + LOST.replace(LOST[LOST.index("[{quote") : LOST.index("\n---\nThe")], both))
    site.build()
    ((_, _, stated),) = words(site, "articles/lost")["passages"][1:]
    assert [speakers for *_, speakers in stated] == [None, []]


def test_places_in_words_are_counted_as_browsers_do(archive: Make) -> None:
    site = archive(HARBOUR + LOST.replace("The Harbour", "🔥🔥 The Harbour"))
    site.build()
    ((_, text, [[start, end, _, _]]),) = words(site, "articles/lost")["passages"][1:]
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "27,400 barges"


def test_names_are_told_as_a_question_is(archive: Make) -> None:
    place = "-- content/places/{0}.md --\n---\nname: {1}\nkind: city\n---\n"
    site = archive(
        HARBOUR + place.format("laquila", "L’Aquila") + place.format("ayn", "ʼAyn Dar") + place.format("square", "1,000 Days Square")
    )
    site.build()
    assert {"=laquila", "=ayn dar", "=1000 days square"} <= index(site).keys()


def test_the_newest_is_known_to_the_day(archive: Make) -> None:
    articles = "".join(LOST.replace("articles/lost", f"articles/day-{n}").replace("05-15", f"05-{n:02}") for n in (2, 30, 11))
    site = archive(HARBOUR + articles)
    site.build()
    manifest = json.loads((site.output / "search/manifest.json").read_bytes())
    days = json.loads((site.output / f"search/days.{manifest['files']['days']}.json").read_bytes())
    found = list(accumulate(days[0]))
    assert [day - min(found) for day in found] == [9, 0, 28]
    assert {day // manifest["year"] for day in found} == {2022}


def test_free_pages_are_found_with_the_heading_above_the_words(archive: Make) -> None:
    page = "---\ntitle: How we work\n{}---\nEvery barge is counted.\n\n## Zebras\n\nA quagga too.\n"
    site = archive(
        f"-- content/pages/notes/method.md --\n{page.format('')}-- content/pages/index.md --\n---\ntitle: Home\n---\nAn okapi lives here.\n"
    )
    assert not site.build().failed
    assert index(site)["quagga"] == ["pages/notes/method"]
    assert "okapi" not in index(site), "the home page is where one searches from"
    words = json.loads(site.html("notes/method/words.json"))
    assert words == {
        "title": "How we work",
        "passages": [
            ["", "How we work", []],
            ["", "Every barge is counted.", []],
            ["zebras", "Zebras", []],
            ["zebras", "A quagga too.", []],
        ],
    }
    for hidden in ("draft: true\n", "publish_from: 2999-01-01\n", "withdrawn: {date: 2022-05-15, reason: Wrong.}\n"):
        site.write("content/pages/notes/method.md", page.format(hidden))
        assert not site.build().failed
        assert "quagga" not in index(site), hidden
        assert not (site.output / "notes/method/words.json").exists(), hidden


def test_an_archive_may_do_without(archive: Make) -> None:
    site = archive(HARBOUR + LOST)
    site.build()
    assert '<a href="/search/">Search</a>' in site.html("")
    result = command(site, "build", "--no-search")
    assert result.exit_code == 0
    left = [path for path in site.bytes_of_output() if "search" in path or path.endswith("words.json") or "find" in path]
    assert left == []
    assert "Search" not in site.html("")


def test_an_edit_makes_few_files_anew(archive: Make) -> None:
    many = "".join(LOST.replace("articles/lost", f"articles/lost-{n}").replace("skippers", f"skippers of pier{n}") for n in range(250))
    site = archive(HARBOUR + many)
    site.build()
    before = site.bytes_of_output()
    site.write("content/articles/lost-7.md", (site.root / "content/articles/lost-7.md").read_text().replace("Nobody", "Scarcely anybody"))
    site.build()
    after = site.bytes_of_output()
    changed = [path for path in after if before.get(path) != after[path]]
    files = [path for path in after if path.startswith("search/terms")]
    assert len(files) == 4
    assert sum(path.startswith("search/terms") for path in changed) <= 2
    assert {path for path in changed if not path.startswith(("search/", "data/"))} == {
        ".sitegen-output", "articles/lost-7/index.html", "articles/lost-7/index.json", "articles/lost-7/words.json"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Łódź and Kharkiv’s bridges", "en", {"lodz", "and", "kharkiv", "bridg"}),
        ("27,400 or 27 400 or 27.400", "en", {"27400", "27", "400", "or"}),
        ("1,2345 and 12345,678", "en", {"1", "2345", "and", "12345", "678"}),
        ("Häuser der Städte", "de", {"haus", "der", "stadt"}),
        ("Міста, місто, містами", "uk", {"міст"}),
        ("п’ять п'ять", "uk", {"пят"}),
        ("L’Aquila", "it", {"laquila", "aquila"}),
        ("villes", "fr", {"villes"}),
        ("In 1941 600,000 men", "fr", {"in", "1941", "600000", "600", "000", "men"}),
        ("مُحَمَّد, שָׁלוֹם, हिन्दी", "und", {"محمد", "שלום", "हिनदी"}),
        ("soft\u00adware, zero\u200bwidth", "fr", {"software", "zerowidth"}),
        ("", "en", set()),
    ],
)
def test_terms(text: str, lang: str, found: set[str]) -> None:
    assert terms(text, lang) == found


def test_the_parts_of_an_index_stay_when_an_archive_grows_a_little() -> None:
    shape = Shape.of([18, 22, 31], 4_000)
    assert shape == Shape.of([18, 23, 32], 4_050)
    assert shape.file("^kharkiv") == shape.file("khaki") == shape.file("=kharkiv oblast") == shape.file("~kharkiv")
