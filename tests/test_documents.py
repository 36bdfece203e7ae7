"""Files of word processors and others: their words become an article, in order and whole, and their marks its structure."""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import main
from sitegen.importer.formats import format_of
from sitegen.importer.formats.document import Document, NoArticle
from tests import documents as made
from tests.conftest import Archive
from tests.zygote import ran

Make = Callable[[str], Archive]


def run(site: Archive, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments, "--source", str(site.root)])


def read(data: bytes, name: str = "file") -> tuple[list[Document], list[str]]:
    """The documents of a file, and what is told of it."""
    told: list[str] = []
    format_ = format_of(data, name)
    assert format_ is not None
    return list(format_.documents(data, "en", told.append)), told


def outline(document: Document) -> list[str]:
    return [f"{piece.kind}: {piece.text}" for piece in document.structure.pieces]


FLOOD = [
    "paragraph: By Ada Brook",
    "paragraph: The river rose by night and took the mill with it.",
    "caption: The mill, before the flood",
    "heading: What was lost",
    "item: 12 carts",
    "paragraph: Ames | 12",
    "paragraph: Nobody saw it.",
]


@pytest.mark.parametrize("name", ["ODT", "DOCX"])
def test_a_file_of_a_word_processor_is_read_by_its_marks(name: str) -> None:
    (document,), told = read(getattr(made, name))
    assert document.structure.title == "The Flood Took the Mill"
    assert document.structure.byline == "Ada Brook"
    assert outline(document) == FLOOD
    assert (document.says.author, str(document.says.made)) == ("Ada Brook", "2021-05-03")
    assert "File of Ada" not in document.text
    assert told == (["left out: the table of contents, or an index"] if name == "ODT" else [])


def test_rich_text_is_read_with_its_alphabets_and_marks() -> None:
    (document,), _ = read(made.RTF)
    assert document.structure.title == "The Flood Took the Mill"
    assert outline(document) == [
        "paragraph: By Ada Brook",
        "paragraph: The river rose by night and took the “mill” with it.",
        "caption: The mill, before the flood",
        "heading: What was lost",
        "item: 12 carts in Київ for €5",
        "paragraph: Ames | 12",
        "paragraph: More of it later.",
        "paragraph: Nobody saw it.",
    ]
    assert (document.says.author, str(document.says.made)) == ("Ada Brook", "2021-05-03")


@pytest.mark.parametrize("name", ["ODT", "DOCX", "RTF"])
def test_what_a_file_holds_decides_and_not_its_ending(name: str, archive: Make) -> None:
    site = archive("")
    site.write("seeds/flood.txt", getattr(made, name))
    result = run(site, str(site.root / "seeds/flood.txt"))
    assert result.exit_code == 0, result.output
    assert "the file says that it was made on 2021-05-03 by Ada Brook" in result.output
    page = (site.root / "content/articles/the-flood-took-the-mill.md").read_text(encoding="utf-8")
    assert "path: seeds/flood.txt.txt\n" in page
    assert 'byline: "Ada Brook"' in page
    assert "\n## What was lost\n" in page
    assert not site.build().failed
    assert "Word for word" in site.html("articles/the-flood-took-the-mill/")


@pytest.mark.parametrize(
    "data",
    [
        made.docx(
            made.p("The Flood") + made.p("Houses lost", "T"),
            styles='<w:style w:styleId="T"><w:name w:val="Table Caption"/><w:basedOn w:val="C"/></w:style><w:style w:styleId="C"><w:name w:val="caption"/></w:style>',
        ),
        made.odt('<text:p>The Flood</text:p><text:p text:style-name="Table">Houses lost</text:p>'),
        made.epub("<h1>The Flood</h1><table><caption>Houses lost</caption></table><p>Words, so that it is a chapter.</p>"),
    ],
)
def test_what_a_table_is_called_is_no_caption_of_a_picture(data: bytes) -> None:
    (document,), _ = read(data)
    assert "Houses lost" in document.text
    assert not [piece for piece in document.structure.pieces if piece.kind == "caption"]


def test_a_flat_opendocument_text_is_read() -> None:
    names = f'xmlns:office="{made.ODF}office:1.0" xmlns:text="{made.ODF}text:1.0"'
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    text = "<text:h>The Flood</text:h><text:p>The river rose.</text:p>"
    flat = f'<?xml version="1.0"?><office:document {names} {kind}><office:body><office:text>{text}</office:text></office:body></office:document>'
    (document,), _ = read(flat.encode())
    assert (document.structure.title, outline(document)) == ("The Flood", ["paragraph: The river rose."])


def test_a_table_that_sets_running_text_is_read_cell_by_cell() -> None:
    long = "The river rose by night and took the mill with it, and both of its wheels, and nobody in the valley wrote down how it had come to that."
    (document,), _ = read(
        made.docx(made.p("Flood") + f"<w:tbl><w:tr><w:tc>{made.p(long)}</w:tc><w:tc>{made.p('Aside')}</w:tc></w:tr></w:tbl>")
    )
    assert outline(document) == [f"paragraph: {long}", "paragraph: Aside"]


BOMB = made.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b" " * (70 * 1024 * 1024)})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (BOMB, "unpacks to more than 64 MiB", "plain text"),
        (made.docx("", **{"word/styles.xml": " " * (70 * 1024 * 1024)}), "unpacks to more than 64 MiB", "plain text"),
        (made.docx("<w:p>" * 200 + "</w:p>" * 200), "nested deeper than 120 levels", "plain text"),
        (made.DOCX[:-30], "damaged or cut short", "get it anew"),
        (made.zipped({"a.txt": "Words."}), "an archive of files (zip)", "unpack it"),
        (made.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a table (OpenDocument)", "sentences"),
        (OLE + "WordDocument".encode("utf-16-le"), "a Word file of before 2007 (.doc)", "save it as .docx or .odt"),
        (OLE + "Workbook".encode("utf-16-le"), "a table (Excel)", "sentences"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "a picture (PNG)", "OCR"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60, "a picture (JPEG)", "OCR"),
        (made.RTF[:-1], "cut short", "plain text"),
        (b"{\\rtf1 " + b"{" * 600 + b"}" * 601, "nested deeper", "plain text"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(data: bytes, reason: str, hint: str, archive: Make) -> None:
    site = archive("")
    site.write("seeds/letter", data)
    result = run(site, str(site.root / "seeds/letter"))
    assert result.exit_code == 1
    assert "letter: error[no-article]" in result.output
    assert reason in result.output
    assert hint in result.output
    assert not (site.root / "content").exists()


def test_xml_that_grows_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    content = f'<!DOCTYPE d [{entities}]><d xmlns="{made.ODF}office:1.0"><body><text>&a8;</text></body></d>'
    with pytest.raises(ValueError, match=r"content\.xml"):
        read(made.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}))


def test_xml_fetches_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("A secret.")
    content = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]><d xmlns="{made.ODF}office:1.0"><body><text>&a;</text></body></d>'
    with pytest.raises(ValueError, match="entities of its own"):
        read(made.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}))


def test_a_folder_is_imported_file_by_file(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    (tmp_path / "old").mkdir()
    (tmp_path / "old/b.txt").write_text("The Ferry Is Back\n\nThe ferry runs again, after a winter on land.\n")
    (tmp_path / "old/a.odt").write_bytes(made.ODT)
    (tmp_path / "old/mill.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 60)
    (tmp_path / "old/.DS_Store").write_bytes(b"x")
    (tmp_path / "old/more").mkdir()
    result = run(site, str(tmp_path / "old"))
    assert result.exit_code == 0, result.output
    told = [line for line in result.output.splitlines() if not line.startswith("  ")]
    assert [line.rpartition("/")[2] for line in told] == [
        ".DS_Store: left out, for it is no article but a file of a program",
        "the-flood-took-the-mill.md",
        "a.odt: left out: the table of contents, or an index",
        "the-ferry-is-back.md",
        "mill.png: left out, for it is a picture (PNG)",
        "; name it too",
    ]
    again = run(site, str(site.root / "seeds"))
    assert again.exit_code == 0
    assert again.output.count("is up to date") == 2
    assert "seeds/a.odt.txt: the text of seeds/a.odt" in again.output


@pytest.mark.parametrize(("data", "name"), [(made.ODT, "odt"), (made.DOCX, "word"), (made.RTF, "rtf"), (b"Words.", None)])
def test_a_file_is_known_by_what_it_holds(data: bytes, name: str | None) -> None:
    format_ = format_of(data, "file")
    assert (format_.name if format_ else None) == name


PAGE = """
# The Flood Took the Mill

By Ada Brook

The river rose by night and took the mill and both of its wheels with it, and no-
body in the valley wrote down how. They were examined by the well-
known engineer Tom Weir, and by nobody else. The Haupt- und
Seitenkanal were examined, too.
 The second paragraph begins further right, as in books, and it goes on for a
line.

# What was lost

12 carts
"""


def printed(*texts: str) -> bytes:
    """A PDF file with a running head and a number on each page."""
    pages = [[(60, 815, 9, "The Valley Post"), *made.lines(text), (290, 30, 9, f"- {number} -")] for number, text in enumerate(texts, 7)]
    return made.pdf(pages, info="/Title(Microsoft Word - flood.doc)/Author(Ada Brook)/CreationDate(D:20210503101500Z)")


def test_the_lines_of_a_pdf_file_become_paragraphs() -> None:
    (document,), told = read(printed(PAGE, "and then of the next page. The words go on, were exam-\nined; nobody knew.\n\nThe end."))
    assert document.structure.title == "The Flood Took the Mill"
    assert document.structure.byline == "Ada Brook"
    first = "The river rose by night and took the mill and both of its wheels with it, and nobody in the valley wrote down how."
    second = "They were examined by the well-known engineer Tom Weir, and by nobody else. The Haupt- und Seitenkanal were examined, too."
    assert outline(document) == [
        "paragraph: By Ada Brook",
        f"paragraph: {first} {second}",
        "paragraph: The second paragraph begins further right, as in books, and it goes on for a line.",
        "heading: What was lost",
        "paragraph: 12 carts",
        "paragraph: and then of the next page. The words go on, were examined; nobody knew.",
        "paragraph: The end.",
    ]  # fmt: skip
    assert told == [
        "left out, for it repeats on its pages: “The Valley Post”, “- 7 -”",
        "the hyphen of a line’s end was kept, for it may be the word’s own: “well-known”",
    ]
    assert (document.says.author, str(document.says.made)) == ("Ada Brook", "2021-05-03")


def test_a_paragraph_goes_on_over_the_page() -> None:
    (document,), _ = read(printed("# The Flood\n\nThe river rose by night, and it took the mill and both of its", "wheels with it.\nMore."))
    assert outline(document)[0] == "paragraph: The river rose by night, and it took the mill and both of its wheels with it."


def test_the_last_line_of_a_page_is_not_cut() -> None:
    (document,), told = read(made.pdf([made.lines("# The Flood\n\nThe river rose by night."), made.lines("The end was near.")]))
    assert outline(document) == ["paragraph: The river rose by night.", "paragraph: The end was near."]
    assert told == []


def test_a_pdf_file_becomes_an_article(archive: Make) -> None:
    site = archive("")
    site.write("seeds/flood.pdf", printed(PAGE, "More words, of the second page."))
    result = run(site, str(site.root / "seeds/flood.pdf"))
    assert result.exit_code == 0, result.output
    assert "seeds/flood.pdf: left out, for it repeats on its pages: “The Valley Post”" in result.output
    page = (site.root / "content/articles/the-flood-took-the-mill.md").read_text(encoding="utf-8")
    assert "\n## What was lost\n" in page
    assert not site.build().failed
    assert "Word for word" in site.html("articles/the-flood-took-the-mill/")


def test_a_scan_is_told_so() -> None:
    with pytest.raises(NoArticle, match="has no text: its 2 pages are pictures") as told:
        read(made.pdf([[], []], pictures=True))
    assert "OCR" in told.value.hint
    (_,), lines = read(made.pdf([made.lines("# A Title\n\nWords of the first page."), []], pictures=True))
    assert lines == ["without text, perhaps pictures: page 2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (printed(PAGE)[:700], "damaged|no text|no pages"),
        (made.pdf([made.lines("Words.")], streams=[zlib.compress(bytes(70 * 1024 * 1024))]), "unpacks to more than 64 MiB"),
        (printed(PAGE).replace(b"/FlateDecode", b"[/FlateDecode /FlateDecode]", 1), "packed twice"),
    ],
)
def test_a_pdf_file_that_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(data)


def test_without_its_library_a_pdf_file_asks_for_it(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive("")
    site.write("seeds/flood.pdf", printed(PAGE))
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    result = run(site, str(site.root / "seeds/flood.pdf"))
    assert result.exit_code == 1
    assert "python -m pip install 'pypdfium2>=5,<6'`, then `sitegen vendor`" in result.output


def test_each_chapter_of_a_book_is_an_article() -> None:
    (flood, lost), told = read(made.EPUB)
    assert (flood.part, flood.structure.title, lost.part, lost.structure.title) == ("c1", "The Flood", "c2", "What Was Lost")
    assert outline(flood) == [
        "paragraph: The river rose by night. It took the mill & both wheels.", "caption: The mill", "item: 12 carts",
    ]  # fmt: skip
    assert (flood.origin.byline, flood.origin.publisher, str(flood.dated.date)) == ("Ada Brook", "Mill Press", "2021-05-03")
    assert told == ["left out, for they are covers, titles or contents: c 0.xhtml"]


def test_a_book_that_is_locked_is_told_so() -> None:
    with pytest.raises(NoArticle, match="locked"):
        read(made.epub("<p>The river rose by night, and took the mill.</p>", locked=True))


def test_the_posts_of_wordpress_are_articles() -> None:
    (flood, ferry), told = read(made.WXR)
    assert (flood.part, flood.structure.title) == ("https://valley.example/?p=12", "The Flood – What It Took")
    assert outline(flood) == [
        "paragraph: The river rose by night, and took the mill.", "caption: The mill, before the flood", "heading: What was lost",
        "paragraph: 12 carts",
    ]  # fmt: skip
    assert flood.origin == ("https://valley.example/flood", "The Valley Post", "Ada Brook", "")
    assert str(flood.dated.date) == "2021-05-03", "the day in the valley, where it was half past midnight"
    assert outline(ferry) == ["paragraph: The ferry runs again, said Tom Weir."]
    assert told == ["left out: 1 draft, 1 attachment, 1 post without words"]


@pytest.mark.parametrize("name", ["RSS", "ATOM"])
def test_the_items_of_a_feed_are_articles(name: str) -> None:
    (ferry,), told = read(getattr(made, name))
    assert ferry.structure.title == "The Ferry"
    assert ferry.origin == ("https://valley.example/ferry", "The Valley Post", "Ada Brook", "")
    assert str(ferry.dated.date) == "2021-05-03"
    assert outline(ferry) == ["paragraph: The ferry runs again, said Tom Weir."]
    assert ferry.part == ("urn:a:1" if name == "ATOM" else "https://valley.example/ferry")
    assert len(told) == (name == "RSS")


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_of_a_web_archive_is_an_article(packed: bool) -> None:
    answers = [
        ("https://valley.example/flood", "text/html", made.FLOOD_PAGE),
        ("https://valley.example/ferry", "text/html", made.FERRY_PAGE),
    ]
    (flood, ferry), told = read(made.warc(*answers, packed=packed))
    assert [one.part for one in (flood, ferry)] == ["https://valley.example/flood", "https://valley.example/ferry"]
    assert (flood.origin.url, flood.origin.retrieved, flood.dated.date) == ("https://valley.example/flood", "2022-01-01", None)
    assert told == []


def test_what_is_no_article_of_a_web_archive_is_counted() -> None:
    documents, told = read(made.WARC)
    assert [one.part for one in documents] == ["https://valley.example/flood", "https://valley.example/flood 2022-01-05T00:00:00Z"]
    assert told == ["left out: 1 page with the words of one before, 1 page without an article"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_is_cut_short_gives_what_is_whole(packed: bool) -> None:
    data = made.warc(
        ("https://valley.example/flood", "text/html", made.FLOOD_PAGE), ("https://valley.example/ferry", "text/html", made.FERRY_PAGE), packed=packed
    )  # fmt: skip
    (flood,), told = read(data[:-60])
    assert flood.structure.title == "The Flood Took the Mill"
    assert told == ["the web archive is cut short or damaged behind its article 1; those before it are whole"]
    with pytest.raises(ValueError, match="no page of it is whole"):
        read(data[: 200 if packed else 450])


def test_an_export_that_is_cut_short_gives_what_is_whole() -> None:
    (flood, _), told = read(made.WXR[:-100])
    assert flood.structure.title == "The Flood – What It Took"
    assert "the file is cut short or damaged behind its article 2; those before it are whole" in told
    with pytest.raises(ValueError, match="no post of it is whole"):
        read(made.WXR[:900])


def test_a_web_archive_writes_nothing_to_the_terminal(archive: Callable[[str], Archive], tmp_path: Path) -> None:
    """The library does, and what it writes may hold signs that terminals obey."""
    data = made.warc(("https://valley.example/\x1b]0;a b", "text/html", made.FLOOD_PAGE + b"\x1b[2J"), packed=False)
    size = int(re.findall(rb"Content-Length: (\d+)\r\n\r\nHTTP", data)[0])
    (tmp_path / "web.warc").write_bytes(
        data.replace(b"Content-Length: %d\r\n\r\nHTTP" % size, b"Content-Length: %d\r\n\r\nHTTP" % (size - 4)) + data
    )
    done = ran(["import", tmp_path / "web.warc", "--source", archive("").root])
    assert (done.returncode, done.stderr) == (0, "")
    assert "made content/articles/the-flood-took-the-mill.md" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_page_in_the_alphabet_that_its_server_named() -> None:
    page = made.web_page(
        "Пором знову ходить", "Пором знову ходить річкою після зими, сказав Том, який водить його вже двадцять років."
    ).decode()
    (ferry,), _ = read(made.warc(("https://valley.example/", "text/html", page.encode("cp1251")), charset="windows-1251"))
    assert ferry.structure.title == "Пором знову ходить"


def test_each_part_of_a_file_has_a_page_of_its_own(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    (tmp_path / "export.xml").write_bytes(made.WXR)
    result = run(site, str(tmp_path / "export.xml"))
    assert result.exit_code == 0, result.output
    assert "export.xml: left out: 1 draft, 1 attachment, 1 post without words" in result.output
    assert "export.xml: 2 articles; next: hold them against the file: sitegen serve --desk" in result.output
    page = site.root / "content/articles/2021-05-03-the-flood-what-it-took.md"
    front = page.read_text(encoding="utf-8")
    for line in (
        'url: "https://valley.example/flood"', "path: seeds/export.xml\n", '  part: "https://valley.example/?p=12"\n', "published: 2021-05-03\n",
        "    path: seeds/export.xml.parts/https-valley-example-p-12-",
    ):  # fmt: skip
        assert line in front
    assert (site.root / "seeds/export.xml").read_bytes() == made.WXR
    assert len(list((site.root / "seeds").iterdir())) == 2
    assert site.build().problems == ()
    html = site.html("articles/2021-05-03-the-flood-what-it-took/")
    assert "Word for word" in html
    assert "seeds/export.xml (https://valley.example/?p=12)" in html
    again = run(site, str(site.root / "seeds/export.xml"))
    assert again.output.count("is up to date") == 2
    page.write_text(front.replace("state: imported", "state: checked"))
    edited = run(site, str(tmp_path / "export.xml"))
    assert "2021-05-03-the-flood-what-it-took.md was edited since its import, and is kept as it is" in edited.output
    assert edited.output.count("is up to date") == 1
    (extract, *_) = sorted((site.root / "seeds/export.xml.parts").iterdir())
    own = run(site, str(extract), str(site.root / "seeds/export.xml.parts"))
    assert own.exit_code == 0
    assert own.output.count("it is no seed of its own") == 3


def test_a_later_export_brings_what_is_new_alone(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    (tmp_path / "may.xml").write_bytes(made.WXR)
    run(site, str(tmp_path / "may.xml"))
    before = sorted(path.name for path in (site.root / "content/articles").iterdir())
    (tmp_path / "june.xml").write_bytes(made.WXR + b"<!-- of June -->")
    same = run(site, str(tmp_path / "june.xml"))
    assert same.exit_code == 0, same.output
    assert same.output.count("has these words already, from seeds/may.xml; nothing was made") == 2
    assert not (site.root / "seeds/june.xml").exists(), "a file of which nothing was taken is not kept"
    (tmp_path / "july.xml").write_bytes(made.WXR.replace(b"12 carts", b"13 carts"))
    changed = run(site, str(tmp_path / "july.xml"))
    assert changed.output.count("has these words already") == 1
    assert "made content/articles/2021-05-03-the-flood-what-it-took-2.md" in changed.output
    told = "2021-05-03-the-flood-what-it-took.md, from seeds/may.xml, has other words: keep both, or take one out"
    assert told in changed.output
    after = sorted(path.name for path in (site.root / "content/articles").iterdir())
    assert set(after) - set(before) >= {"2021-05-03-the-flood-what-it-took-2.md"}
    assert [problem for problem in site.build().problems if problem.severity == "error"] == []
    again = run(site, str(site.root / "seeds/july.xml"))
    assert again.output.count("is up to date") == 1
    assert again.output.count("has these words already") == 1


def test_a_file_of_many_articles_that_has_changed_is_refused(archive: Make) -> None:
    site = archive("")
    site.write("seeds/export.xml", made.WXR)
    assert run(site, str(site.root / "seeds/export.xml")).exit_code == 0
    site.write("seeds/export.xml", made.WXR.replace(b"12 carts", b"13 carts"))
    result = run(site, str(site.root / "seeds/export.xml"))
    assert result.exit_code == 1
    assert "error[seed-changed]" in result.output
    assert [problem.code for problem in site.build().problems if problem.severity == "error"] == ["seed-changed"] * 2


def test_a_page_that_departs_from_its_part_is_told(archive: Make) -> None:
    site = archive("")
    site.write("seeds/export.xml", made.WXR)
    run(site, str(site.root / "seeds/export.xml"))
    page = site.root / "content/articles/2021-05-03-the-flood-what-it-took.md"
    page.write_text(page.read_text(encoding="utf-8").replace("took the mill", "took a mill"), encoding="utf-8")
    assert "departs-from-seed" in [problem.code for problem in site.build().problems]


def test_a_dry_run_tells_of_each_part(archive: Make) -> None:
    site = archive("")
    site.write("seeds/web.warc.gz", made.WARC)
    result = run(site, str(site.root / "seeds/web.warc.gz"), "--dry-run", "--json")
    records = json.loads(result.stdout)
    assert [(one["file"], one["title"]) for one in records] == [
        ("web.warc.gz", "The Flood Took the Mill"), ("web.warc.gz", "The Ferry Is Back"),
    ]  # fmt: skip
    assert len({one["part"] for one in records}) == 2
    assert not (site.root / "content").exists()


@pytest.mark.soak
def test_only_so_many_articles_of_a_file_are_read(archive: Make) -> None:
    site = archive("")
    item = "<item><title>Item {0}</title><guid>{0}</guid><description>The river rose by night, for the {0}th time.</description></item>"
    site.write("seeds/feed.xml", f"<rss><channel>{''.join(map(item.format, range(1_002)))}</channel></rss>")
    result = run(site, str(site.root / "seeds/feed.xml"), "--dry-run")
    assert result.output.count("would make") == 1_000
    assert "only its first 1,000 articles were read; split it to import the others" in result.output


def test_without_its_library_a_web_archive_asks_for_it(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive("")
    site.write("seeds/web.warc.gz", made.WARC)
    monkeypatch.setitem(sys.modules, "warcio", None)
    result = run(site, str(site.root / "seeds/web.warc.gz"))
    assert result.exit_code == 1
    assert "python -m pip install 'warcio>=1.8,<2'`, then `sitegen vendor`" in result.output


@pytest.mark.parametrize(("name", "format_"), [("EPUB", "epub"), ("WXR", "feed"), ("RSS", "feed"), ("ATOM", "feed"), ("WARC", "warc")])
def test_files_of_many_articles_are_known_by_what_they_hold(name: str, format_: str) -> None:
    found = format_of(getattr(made, name), "file.txt")
    assert found is not None
    assert found.name == format_


def test_a_page_that_was_sent_in_chunks_and_packed() -> None:
    body = gzip.compress(made.FLOOD_PAGE, mtime=0)
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n" + sent
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://valley.example/>\r\nContent-Length: %d\r\n\r\n" % len(answer)
    (flood,), told = read(head + answer + b"\r\n\r\n")
    assert (flood.part, flood.structure.title, told) == ("https://valley.example/", "The Flood Took the Mill", [])
