"""What editors judge, and correct, stays apart from what articles say: dated, signed, and the earlier kept. How a claim stands is computed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from sitegen.build import verify
from tests.conftest import Archive, asked
from tests.test_in_short import seen
from tests.test_lists import FLOOD, text
from tests.test_series import stated

Make = Callable[[str], Archive]
DEFAULT = FLOOD.replace("theme: plain", "theme: default")
CORRECTED = (
    DEFAULT
    + stated("a", "900 barges", "1912-03-01")
    + """-- content/articles/b.md --
---
title: The mill
date: 1912-03-02
corrections:
- {date: 1912-04-01, before: "of Mira", after: "at Mira", reason: "A word was misread.", by: The editors}
- {date: 1912-05-01, reason: "The date was mended."}
---
The mill at Mira.
-- content/articles/c.md --
---
title: Taken back
date: 1912-03-03
withdrawn: {date: 1912-04-15, reason: The paper took it back.}
---
Nothing of this.
-- content/articles/d.md --
---
title: A draft
draft: true
corrections: [{date: 1912-06-01, reason: Nobody may read this.}]
---
Not yet.
-- content/places/mira.md --
---
name: Mira
kind: town
corrections: [{date: 1912-04-20, before: village, after: town, reason: It has a charter.}]
---
"""
)
STANDING = {
    "single": (stated("a", "900 barges", "1912-03-01"), "Single source. Nobody but Harbour Board is credited with it here."),
    "one-voice": (
        stated("a", "900 barges", "1912-03-01")
        + stated("b", "950 barges", "1912-03-02", "union")
        + "-- content/sources/union.md --\n---\nname: Rowers’ Union\nkind: ngo\nparent: board\n---\n",
        "Single source. Those who are credited belong to one another, or are known by way of one another: one voice.",
    ),
    "several": (
        stated("a", "900 barges", "1912-03-01") + stated("b", "950 barges", "1912-03-02", "union"),
        "Several sources. 2 voices that do not belong to one another say something of it.",
    ),
    "differing": (
        stated("a", "900 barges", "1912-03-01") + stated("b", "950 barges", "1912-03-01", "union"),
        "Differing. Of the newest day of which several voices give a figure, what they say does not meet.",
    ),
    "corrected": (
        stated("a", "900 barges", "1912-03-01") + stated("b", "950 barges", "1912-03-01"),
        "Corrected. A source has given another figure for a day of which it had told before.",
    ),
    "superseded": (
        stated("a", "900 barges", "1912-03-01")
        + "-- content/claims/craft.md --\n---\ntitle: Craft lost\nkind: quantity\nrelations: [{type: supersedes, claim: barges}]\n---\n",
        "Superseded. The editors point to another claim: Craft lost.",
    ),
    "unattributed": (
        (stated("a", "900 barges", "1912-03-01", "article") + stated("b", "950 barges", "1912-03-02", "unnamed"))
        .replace("\nsources: [{source: article}]", "")
        .replace("\nsources: [{source: unnamed}]", ""),
        "Unattributed. No source is named: articles say it in their own voice, or leave open who says it.",
    ),
}


@pytest.mark.parametrize("status", STANDING)
def test_how_a_claim_stands_is_told_in_a_sentence(status: str, archive: Make) -> None:
    articles, sentence = STANDING[status]
    site = archive(DEFAULT + articles)
    site.build()
    assert seen(site, "claims/barges")["page"]["status"]["status"] == status
    assert sentence in text(site.html("claims/barges/"))
    for path in (site.root / "content/articles").glob("*.md"):
        path.unlink()
    site.build()
    assert seen(site, "claims/barges")["page"]["status"] is None, "where nobody says anything, nothing is told"
    assert verify(site.root, site.output, asked()) == []


def test_corrections_of_any_page_stand_on_it_and_on_the_page_of_all(archive: Make) -> None:
    site = archive(CORRECTED)
    site.build()
    assert "1 April 1912 A word was misread. The editors Before: of Mira Now: at Mira" in text(site.html("articles/b/"))
    assert "20 April 1912 It has a charter. Before: village Now: town" in text(site.html("places/mira/"))
    listed = text(site.html("corrections/"))
    assert (
        "1 May 1912 The mill The date was mended. 20 April 1912 Mira It has a charter. "
        "15 April 1912 A page was withdrawn The paper took it back. 1 April 1912 The mill A word was misread. The editors" in listed
    )
    assert "Nobody may read this" not in listed
    assert "Taken back" not in listed, "its title went with it"
    assert '<a href="/corrections/">Corrections</a>' in site.html("")


def test_a_free_page_of_the_archive_tells_the_corrections_below_its_words(archive: Make) -> None:
    site = archive(CORRECTED)
    site.build()
    site.write("content/pages/mistakes.md", "---\ntitle: Our mistakes\n---\nWrite to us.\n")
    settings = (site.root / "sitegen.yaml").read_text()
    site.write("sitegen.yaml", settings + "policies: {corrections: mistakes}\n")
    site.build()
    told = text(site.html("mistakes/"))
    assert told.index("Write to us.") < told.index("The date was mended.")
    assert not (site.output / "corrections").exists()
    assert verify(site.root, site.output, asked()) == []


def test_many_corrections_are_cut_into_pages(archive: Make) -> None:
    corrections = "".join(f"- {{date: 1912-{1 + n // 28:02}-{1 + n % 28:02}, reason: Number {n}.}}\n" for n in range(60))
    site = archive(DEFAULT + f"-- content/articles/b.md --\n---\ntitle: B\ndate: 1912-03-02\ncorrections:\n{corrections}---\nWords.\n")
    site.build()
    assert "Number 59." in site.html("corrections/")
    assert "Number 9." not in site.html("corrections/")
    assert "Number 9." in site.html("corrections/page/1/")
    assert verify(site.root, site.output, asked()) == []


def test_without_a_correction_there_is_no_page_of_them(archive: Make) -> None:
    site = archive(DEFAULT + stated("a", "900 barges", "1912-03-01"))
    site.build()
    assert not (site.output / "corrections").exists()
    assert "corrections/" not in site.html("")


def test_the_feed_tells_of_corrections(archive: Make) -> None:
    site = archive(CORRECTED)
    site.build()
    feed = ElementTree.fromstring((site.output / "feed.xml").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    told = {
        one.findtext(f"{atom}title"): (
            one.findall(f"{atom}link")[0].attrib["href"],
            one.findtext(f"{atom}updated"),
            one.findtext(f"{atom}summary"),
        )
        for one in entries
    }
    assert told["Correction: Mira"] == ("https://x.org/places/mira/", "1912-04-20T00:00:00Z", "It has a charter.")
    assert told["A page was withdrawn"] == ("https://x.org/articles/c/", "1912-04-15T00:00:00Z", "The paper took it back.")
    assert len({one.findtext(f"{atom}id") for one in entries}) == len(entries)
    assert feed.findtext(f"{atom}updated") == "1912-05-01T00:00:00Z"


def test_an_editors_judgement_of_a_statement_is_told_beneath_it_and_changes_nothing_else(archive: Make) -> None:
    plain = stated("a", "900 barges", "1912-03-01")
    site = archive(DEFAULT + plain)
    site.build()
    before = seen(site, "claims/barges")["page"]
    judged = plain.replace(
        "figures:", 'credibility: {grade: doubtful, why: "It never saw the harbour.", by: A. Editor, date: 1912-06-01}, figures:'
    )
    site.write("content/articles/a.md", judged.partition("--\n")[2])
    site.build()
    told = "The editors hold this: doubtful (4/6, A. Editor, 1 June 1912 ). It never saw the harbour."
    assert told in text(site.html("claims/barges/"))
    assert told in text(site.html("articles/a/"))
    after = seen(site, "claims/barges")["page"]
    assert {key: after[key] for key in ("status", "voices", "compared", "chart")} == {
        key: before[key] for key in ("status", "voices", "compared", "chart")
    }
    assert verify(site.root, site.output, asked()) == []


def test_a_later_judgement_keeps_the_earlier(archive: Make) -> None:
    site = archive(DEFAULT + stated("a", "900 barges", "1912-03-01"))
    site.write(
        "content/sources/board.md",
        "---\nname: Harbour Board\nkind: government\nreliability:\n"
        "- {grade: B, why: It keeps a book., date: 1912-04-01}\n- {grade: D, why: The book was lost., date: 1912-07-01}\n---\n",
    )
    site.write(
        "content/claims/barges.md",
        "---\ntitle: Barges lost\nkind: quantity\nmeasure: {unit: barges}\nassessment:\n"
        "- {verdict: Unproven, by: A, date: 1912-04-01, why: No list., evidence: [{title: The book}]}\n"
        "- {verdict: Likely, by: B, date: 1912-07-01, why: A list., evidence: [{title: The list}]}\n---\n",
    )
    site.build()
    told = text(site.html("sources/board/"))
    assert "D , not usually reliable (the editors, 1 July 1912 ) The book was lost. B , usually reliable" in told
    claim = text(site.html("claims/barges/"))
    assert claim.index("Likely") < claim.index("Earlier") < claim.index("Unproven")
    assert '"reviewRating":{"@type":"Rating","alternateName":"Likely"}' in site.html("claims/barges/").replace(" ", "")


def test_one_judgement_needs_no_list(archive: Make) -> None:
    site = archive(DEFAULT + stated("a", "900 barges", "1912-03-01"))
    site.write(
        "content/sources/board.md",
        "---\nname: Harbour Board\nkind: government\nreliability: {grade: B, why: It keeps a book., date: 1912-04-01}\n---\n",
    )
    assert not site.build().failed
    assert "usually reliable" in site.html("sources/board/")
    shutil.rmtree(site.output)


def test_a_reprint_names_what_it_reprints(archive: Make) -> None:
    again = stated("b", "900 barges", "1912-03-02").replace("title: b\n", "title: b\nreprint_of: a\n")
    site = archive(DEFAULT + stated("a", "900 barges", "1912-03-01") + again)
    assert site.build().problems == ()
    assert '<dt>Reprints</dt><dd><a class="words" href="/articles/a/">a</a></dd>' in site.html("articles/b/")
    site.write("content/articles/b.md", again.replace("reprint_of: a", "reprint_of: c").partition("--\n")[2])
    assert [one.code for one in site.build().problems] == ["unknown-id"]


def test_all_that_differs_has_a_page(archive: Make) -> None:
    odd = (
        "-- content/articles/o.md --\n---\ntitle: The fair\ndate: 1912-03-09\nclaims:\n"
        '- total: {quote: "10 carts", source: board}\n  items: [{quote: "4 hay carts"}, {quote: "5 dung carts"}]\n---\n'
        "10 carts: 4 hay carts, 5 dung carts.\n"
    )
    site = archive(DEFAULT + stated("a", "900 barges", "1912-03-01") + stated("b", "950 barges", "1912-03-01", "union") + odd)
    site.build()
    told = text(site.html("differs/"))
    assert "Barges lost 950 barges Rowers’ Union , as of 1 March 1912 900 barges Harbour Board , as of 1 March 1912" in told
    assert "The fair the items come to 9, the text says “10 carts”" in told
    assert '<a href="/differs/">All that differs</a>' in site.html("")
    site.write("content/articles/b.md", stated("b", "900 barges", "1912-03-01", "union").partition("--\n")[2])
    (site.root / "content/articles/o.md").unlink()
    site.build()
    assert not (site.output / "differs").exists()
    assert "All that differs" not in site.html("")
    assert verify(site.root, site.output, asked()) == []
