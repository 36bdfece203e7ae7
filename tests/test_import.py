"""Import: the seed's words, the date that it counts, and an editor's work that stays."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import main
from tests.conftest import REPOSITORY, Archive

Make = Callable[[str], Archive]
SEED = """A Bridge Falls

(The bridge, seen from the east)

The bridge over the river fell today, after 80 days of fighting, as of Sunday morning.

What Happened Next

2022. It was _so_ & the council said <nothing> of it.

Photo: The mayor, by night
"""


def run(site: Archive, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments, "--source", str(site.root)])


def seed(site: Archive, text: str | bytes = SEED, name: str = "bridge.txt") -> str:
    site.write(f"seeds/{name}", text)
    return str(site.root / "seeds" / name)


def test_a_seed_becomes_a_page(archive: Make) -> None:
    site = archive("")
    result = run(site, seed(site))
    assert result.exit_code == 0, result.output
    assert "made content/articles/2022-05-15-a-bridge-falls.md" in result.output
    page = (site.root / "content/articles/2022-05-15-a-bridge-falls.md").read_text()
    assert "day: 80\ncalendar: war\n" in page
    assert '{quote: "after 80 days of fighting", rule: day-count, todo: "sure: a day count under the calendar war"}' in page
    assert '{quote: "as of Sunday morning", rule: weekday, todo: "likely: a day of the week that agrees with the count"}' in page
    assert 'caption: "The mayor, by night"\n    printed: "Photo: The mayor, by night"' in page
    assert "## What Happened Next\n" in page
    assert site.build().problems == ()
    assert "Word for word" in site.html("articles/2022-05-15-a-bridge-falls/")


def test_the_real_seed_from_nothing(archive: Make) -> None:
    site = archive("")
    name = "000_ccd5037595051223.txt"
    result = run(site, seed(site, (REPOSITORY / "seeds" / name).read_bytes(), name))
    assert "2022-05-15-russia-loses-second-huge-battle.md" in result.output
    # the import has made a group of the list, and the build has added it up
    assert [problem.code for problem in site.build().problems] == ["group-sum"]


def test_importing_again_changes_nothing(archive: Make) -> None:
    site = archive("")
    path = seed(site)
    run(site, path)
    page = site.root / "content/articles/2022-05-15-a-bridge-falls.md"
    before = page.read_bytes(), page.stat().st_mtime_ns
    assert "up to date" in run(site, path).output
    assert (page.read_bytes(), page.stat().st_mtime_ns) == before


def test_an_editors_work_stays(archive: Make) -> None:
    site = archive("")
    path = seed(site)
    run(site, path)
    page = site.root / "content/articles/2022-05-15-a-bridge-falls.md"
    edited = page.with_name("the-bridge.md")
    edited.write_text(page.read_text().replace("state: imported", "state: checked") + "<!-- mine -->\n")
    page.unlink()
    result = run(site, path)
    assert "the-bridge.md was edited since its import, and is kept as it is" in result.output
    assert not page.exists()
    assert edited.read_text().endswith("<!-- mine -->\n")


def test_a_changed_seed_is_refused(archive: Make) -> None:
    site = archive("")
    run(site, seed(site))
    result = run(site, seed(site, SEED.replace("today", "yesterday")))
    assert result.exit_code == 1
    assert "seed-changed" in result.output


def test_a_seed_from_elsewhere_is_kept_byte_for_byte(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    data = "\ufeffTitle\r\n\r\nA text.\r\n".encode()
    (tmp_path / "there.txt").write_bytes(data)
    assert run(site, str(tmp_path / "there.txt")).exit_code == 0
    assert (site.root / "seeds/there.txt").read_bytes() == data
    assert site.build().problems == ()
    (tmp_path / "more").mkdir()
    (tmp_path / "more/there.txt").write_text("Another\n\nText.\n")
    assert run(site, str(tmp_path / "more/there.txt")).exit_code == 1
    assert (site.root / "seeds/there.txt").read_bytes() == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-seed"),
        (b" \n\n ", "empty-seed"),
        (b"\x00\x01\x02\xff", "not-text"),
        (b"x" * 5_000_000, "too-large"),
    ],
)
def test_what_cannot_be_imported_is_named_and_the_rest_goes_on(data: bytes, code: str, archive: Make) -> None:
    site = archive("")
    bad, good = seed(site, data, "bad.txt"), seed(site)
    result = run(site, bad, good)
    assert result.exit_code == 1
    assert f"bad.txt: error[{code}]" in result.output
    assert (site.root / "content/articles/2022-05-15-a-bridge-falls.md").is_file()


def test_two_seeds_with_one_title(archive: Make) -> None:
    site = archive("")
    first, second = seed(site), seed(site, SEED + "\nMore.\n", "other.txt")
    assert run(site, first, second).exit_code == 0
    assert {path.name for path in (site.root / "content/articles").glob("*.md")} == {
        "2022-05-15-a-bridge-falls.md", "2022-05-15-a-bridge-falls-2.md",
    }  # fmt: skip
    assert "is up to date" in run(site, second).output
    assert not site.build().failed


def test_an_article_that_came_from_no_seed_is_not_overwritten(archive: Make) -> None:
    site = archive("")
    mine = site.root / "content/articles/2022-05-15-a-bridge-falls.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("---\ntitle: Mine\ndate: 2022-05-15\n---\nMy words.\n")
    result = run(site, seed(site))
    assert result.exit_code == 1
    assert "address-taken" in result.output
    assert "My words" in mine.read_text()


def test_a_seed_that_is_a_link_out_of_the_archive_is_refused(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    (tmp_path / "secret.txt").write_text(SEED)
    (site.root / "seeds").mkdir(parents=True, exist_ok=True)
    (site.root / "seeds/a.txt").symlink_to(tmp_path / "secret.txt")
    result = run(site, str(site.root / "seeds/a.txt"))
    assert result.exit_code == 1
    assert "outside-archive" in result.output
    assert not (site.root / "content").exists()


def test_a_dry_run_writes_nothing(archive: Make) -> None:
    site = archive("")
    result = run(site, seed(site), "--dry-run", "--json")
    (record,) = json.loads(result.stdout)
    assert record["title"] == "A Bridge Falls"
    assert record["date"] == "2022-05-15"
    assert record["headings"] == ["What Happened Next"]
    assert record["captions"] == ["The bridge, seen from the east", "The mayor, by night"]
    assert not (site.root / "content").exists()


def test_without_evidence_there_is_no_date(archive: Make) -> None:
    site = archive("")
    run(site, seed(site, "A Title\n\nThe bridge fell last year.\n"))
    assert "date: null\n" in (site.root / "content/articles/a-title.md").read_text()
    assert site.build().problems == ()
    assert "undated" in site.html("articles/a-title/")


def test_a_seed_of_another_archive_is_refused(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    other = tmp_path / "other"
    (other / "seeds").mkdir(parents=True)
    (other / "sitegen.yaml").write_text("title: Other\n")
    (other / "seeds/a.txt").write_text(SEED)
    result = run(site, str(other / "seeds/a.txt"))
    assert result.exit_code == 1
    assert f"--source {other}" in result.output
    assert not (site.root / "seeds").exists()


def test_import_tells_what_it_read(archive: Make) -> None:
    site = archive("")
    output = run(site, seed(site)).output
    assert (
        "read: title, 1 heading, 2 captions, 0 sources, 0 places, 0 topics, 2 claims; date 2022-05-15 from “after 80 days of fighting” (day-count)"
        in output
    )


MARKDOWN = """---
title: The Flood Took the Mill
date: 1911-07-03
author: [Ada Brook, Tom Weir]
canonical_url: https://valley.example/flood
---
# The Flood Took the Mill

The *river* rose by night and took the mill and [both](https://valley.example/wheels) of its wheels with it.

![A mill](mill.jpg "The mill, before the flood")

## What was lost

- 12 carts
- 9 barges
"""


def test_a_markdown_seed_is_read_by_its_markup(archive: Make) -> None:
    site = archive("")
    result = run(site, seed(site, MARKDOWN, "flood.md"))
    assert result.exit_code == 0, result.output
    page = (site.root / "content/articles/1911-07-03-the-flood-took-the-mill.md").read_text()
    for line in (
        "  - {rule: markup, todo: ", 'byline: "Ada Brook, Tom Weir"', 'url: "https://valley.example/flood"', "path: seeds/flood.md\n",
        "path: seeds/flood.md.txt\n", 'caption: "The mill, before the flood"', "\n## What was lost\n", "\nThe river rose by night",
    ):  # fmt: skip
        assert line in page
    assert (site.root / "seeds/flood.md.txt").read_text() == (
        "The Flood Took the Mill\n\nThe river rose by night and took the mill and both of its wheels with it.\n\n"
        "The mill, before the flood\n\nWhat was lost\n\n12 carts\n\n9 barges\n"
    )
    assert not site.build().failed


def test_markdown_without_front_matter_has_its_first_heading_for_a_title(archive: Make) -> None:
    site = archive("")
    assert run(site, seed(site, "# A Title\n\nThe bridge fell.\n", "a.md")).exit_code == 0
    assert 'title: "A Title"' in (site.root / "content/articles/a-title.md").read_text()


def test_markdown_whose_front_matter_cannot_be_read_is_refused(archive: Make) -> None:
    site = archive("")
    result = run(site, seed(site, "---\ntitle: [\n---\nThe bridge fell.\n", "a.md"))
    assert result.exit_code == 1
    assert "front matter" in result.output
    assert not (site.root / "content").exists()


HTML = """<!doctype html><html lang="en"><head><title>The Flood Took the Mill | The Valley Post</title>
<meta property="og:site_name" content="The Valley Post"><link rel="canonical" href="https://valley.example/flood">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "The Flood Took the Mill", "datePublished": "1911-07-03T08:00:00Z",
"author": [{"@type": "Person", "name": "Ada Brook"}]}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">All the news</a></nav><article><h1>The Flood Took the Mill</h1>
<figure><img src="mill.jpg"><figcaption>The mill, before the flood</figcaption></figure>
<p>The river rose by night and took the mill and both of its wheels with it, the River Authority said on Monday; nobody knew how.</p>
<h2>What was lost</h2><p>Among the losses were 12 carts and 9 barges, which had stood on the quay since the spring of the year before.</p>
<script>alert("never")</script></article><footer>All rights reserved by nobody</footer></body></html>"""


def test_a_saved_web_page_becomes_an_article(archive: Make) -> None:
    site = archive("")
    result = run(site, seed(site, HTML, "flood.html"))
    assert result.exit_code == 0, result.output
    page = (site.root / "content/articles/1911-07-03-the-flood-took-the-mill.md").read_text()
    for line in (
        'title: "The Flood Took the Mill"', "  - {rule: markup, todo: ", 'byline: "Ada Brook"', 'publisher: "The Valley Post"', "path: seeds/flood.html\n",
        "path: seeds/flood.html.txt\n", "tool: trafilatura", 'caption: "The mill, before the flood"', "## What was lost\n",
    ):  # fmt: skip
        assert line in page
    text = (site.root / "seeds/flood.html.txt").read_text()
    assert text.index("before the flood") < text.index("The river rose") < text.index("What was lost")
    assert "never" not in text
    assert "All the news" not in text
    assert not site.build().failed
    html = site.html("articles/1911-07-03-the-flood-took-the-mill/")
    assert "Word for word" in html
    assert "/seeds/flood.html.txt" in html
    assert "up to date" in run(site, str(site.root / "seeds/flood.html")).output
    site.write("seeds/flood.html.txt", text.replace("12 carts", "13 carts"))
    assert [problem.code for problem in site.build().problems if problem.severity == "error"] == ["seed-changed"]


def test_what_was_extracted_is_no_seed(archive: Make) -> None:
    """Whoever imports `seeds/*` once more means the seeds."""
    site = archive("")
    flood = seed(site, HTML, "flood.html")
    assert run(site, flood).exit_code == 0
    again = run(site, flood, f"{flood}.txt")
    assert again.exit_code == 0
    assert "seeds/flood.html.txt: the text of seeds/flood.html" in again.output
    assert len(list((site.root / "content/articles").glob("*.md"))) == 1


@pytest.mark.parametrize("content", ["<script>1</script>", '<nav><a href="/">Home</a></nav>', "<h1>T</h1><p>Home</p>"])
def test_a_page_without_an_article_is_refused(archive: Make, content: str) -> None:
    site = archive("")
    result = run(site, seed(site, f"<!doctype html><html><head><title>T</title></head><body>{content}</body></html>", "none.html"))
    assert result.exit_code == 1
    assert "none.html: error[no-article]" in result.output
    assert not (site.root / "content/articles").exists()


def test_a_page_that_names_no_encoding_is_read_as_utf_8_where_it_is_written_in_it(archive: Make) -> None:
    site = archive("")
    words = "<article><h1>Überfall in Łódź</h1><p>Вийшли “слова” — and enough of them to be an article, said Ann.</p></article>"
    plain = seed(site, f"<html><body>{words}</body></html>", "plain.html")
    assert "uberfall-in-lodz.md" in run(site, plain).output
    assert "Вийшли “слова” — and enough" in (site.root / "seeds/plain.html.txt").read_text()


def test_a_word_file_becomes_an_article(archive: Make, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("The Flood Took the Mill", 0)
    document.add_paragraph("The river rose by night and took the mill with it.")
    document.add_heading("What was lost", 1)
    document.add_paragraph("Among the losses were 12 carts.")
    document.save(str(tmp_path / "flood.docx"))
    site = archive("")
    result = run(site, seed(site, (tmp_path / "flood.docx").read_bytes(), "flood.docx"))
    assert result.exit_code == 0, result.output
    assert "## What was lost\n" in (site.root / "content/articles/the-flood-took-the-mill.md").read_text()
    assert not site.build().failed
    assert "Word for word" in site.html("articles/the-flood-took-the-mill/")


def test_a_seed_without_a_title_becomes_a_draft(archive: Make) -> None:
    site = archive("")
    text = "The river rose by night. It took the mill and both of its wheels with it, and nobody in the village wrote down how.\n\nMore.\n"
    result = run(site, seed(site, text))
    assert "no title, so it is a draft" in result.output
    page = site.root / "content/articles/the-river-rose-by-night-it-took.md"
    assert 'title: "[The river rose by night. It took …]"\n' in page.read_text()
    assert site.build().hidden == ("content/articles/the-river-rose-by-night-it-took.md",)
    site.build(drafts=True)
    assert "Word for word" in site.html("articles/the-river-rose-by-night-it-took/")


FIGURES = "The Market\n\nAda Brook said that 1,220 carts had come to the market on Monday. It rained.\n"


def test_an_import_outlives_another_language_of_the_site(archive: Make) -> None:
    """What the page says is read in the language in which it was proposed: in German, 1,220 would be another number."""
    site = archive("")
    assert run(site, seed(site, FIGURES)).exit_code == 0
    assert "\nlang: en\n" in (site.root / "content/articles/the-market.md").read_text()
    assert "value: 1220" in (site.root / "content/articles/the-market.notes.yaml").read_text()
    for lang in ("de", "uk", "ar"):
        site.write("sitegen.yaml", f"title: T\nbase_url: https://x.org/\ntheme: plain\nlang: {lang}\n")
        assert site.build().problems == ()


def test_notes_name_the_schema_that_the_archive_has(archive: Make) -> None:
    site = archive("-- schema/notes.schema.json --\n{}\n")
    run(site, seed(site, FIGURES))
    notes = (site.root / "content/articles/the-market.notes.yaml").read_text()
    assert notes.startswith("# yaml-language-server: $schema=../../schema/notes.schema.json\n# Proposed by")
    assert "up to date" in run(site, seed(site, FIGURES)).output
    assert site.build().problems == ()


def test_a_file_that_is_refused_is_named_with_its_folder(archive: Make, tmp_path: Path) -> None:
    site = archive("-- seeds/1911/empty.txt --\n\n")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/empty.txt").write_text("")
    result = run(site, str(site.root / "seeds/1911/empty.txt"), str(tmp_path / "inbox/empty.txt"), str(tmp_path / "inbox/none.txt"))
    assert "seeds/1911/empty.txt: error[empty-seed]" in result.stderr
    assert f"{tmp_path}/inbox/empty.txt: error[empty-seed]" in result.stderr
    assert f"{tmp_path}/inbox/none.txt: error[unreadable]" in result.stderr


def test_a_missing_library_does_not_keep_the_others(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)  # as where it is not installed
    site = archive("")
    result = run(site, seed(site, b"%PDF-1.7\n", "a.pdf"), seed(site))
    assert result.exit_code == 1
    assert "seeds/a.pdf: error[no-article]: PDF files need the library pypdfium2" in result.stderr
    assert "install it and import this file again" in result.stderr
    assert "made content/articles/2022-05-15-a-bridge-falls.md" in result.output
