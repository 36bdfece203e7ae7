"""Whatever a file holds, its format gives documents or says in words why there is none: no other error, and in bounded time."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.content.text import normal
from sitegen.importer.formats import FORMATS, format_of
from sitegen.importer.formats.document import Document
from tests import documents as made
from tests.conftest import IS_SOAK

PDF = made.pdf([made.lines("# A Title\n\nThe river rose by night, and took the mill with it.\n\n# Lost\n\n12 carts"), made.lines("More.")])
HTML = made.FLOOD_PAGE
MARKDOWN = b"---\ntitle: The Flood\n---\n# The Flood\n\nThe river *rose*.\n\n- 12 carts\n"
WHOLE = {
    "odt": made.ODT, "word": made.DOCX, "rtf": made.RTF, "pdf": PDF, "epub": made.EPUB, "wxr": made.WXR, "rss": made.RSS, "atom": made.ATOM,
    "warc": made.WARC, "warc-plain": made.warc(("https://valley.example/flood", "text/html", made.FLOOD_PAGE), packed=False),
    "html": HTML, "markdown": MARKDOWN, "text": b"A Title\n\nWords.\n",
}  # fmt: skip
"""Small whole files of every format."""
XML: dict[str, Callable[[str], bytes]] = {
    "odt": made.odt,
    "word": lambda xml: made.docx(xml, styles=made.STYLES),
    "epub": lambda xml: made.epub(f"<p>The river rose by night, and took it.</p>{xml}"),
    "atom": lambda xml: made.ATOM.replace(b"<p>", xml.encode("utf-8", "replace") + b"<p>"),
}  # fmt: skip
"""Files with some XML of one's own in their text: what breaks a zip would never be read so far."""


def read(data: bytes) -> list[Document]:
    """The documents of a file; none where it says why. Every one holds its own text, in order."""
    format_ = format_of(data, "file")
    found: list[Document] = []
    told: list[str] = []
    if format_ is not None:
        with suppress(ValueError):
            found += format_.documents(data, "en", told.append)
    for document in found:
        read, text = document.structure, document.text
        pieces = [*read.above, *([read.title] if read.title else []), *(piece.text for piece in read.pieces)]
        assert normal(text) == normal(" ".join(pieces))
        assert all(piece == normal(piece) and piece for piece in pieces), "a block without words, or with white space that is none"
        text.encode()
    assert len({document.part for document in found}) == len(found)
    assert all(line == line.strip() for line in told)
    return found


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_whole_is_read(name: str) -> None:
    assert bool(read(WHOLE[name])) == (name != "text")


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_cut_short_is_told_or_read(name: str) -> None:
    data = WHOLE[name]
    for at in range(0, len(data), max(1, len(data) // (60 if IS_SOAK else 15))):
        read(data[:at])


CALM = settings(deadline=None, suppress_health_check=list(HealthCheck))


def harmed(data: bytes, seed: int, times: int) -> bytes:
    """A file with some bytes changed, taken out, doubled or put in, and pieces of it moved."""
    chance, out = random.Random(seed), bytearray(data)
    for _ in range(times):
        at = chance.randrange(len(out) + 1)
        size = chance.choice((1, 1, 1, 2, 8, 64))
        match chance.randrange(5):
            case 0:
                out[at : at + size] = chance.randbytes(size)
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size] * chance.choice((1, 2, 50))
            case 3:
                out[at:at] = chance.choice(
                    (b"<", b">", b"{", b"}", b"\\", b"\0", b"&", b"]]>", b"endobj", b"\\u-1 ", b"\\bin9999 ", b"9999999999")
                )
            case _:
                other = chance.randrange(len(out) + 1)
                out[at:at] = out[other : other + size]
    return bytes(out)


def run_harmed(name: str, seed: int, times: int) -> None:
    read(harmed(WHOLE[name], seed, times))


@pytest.mark.parametrize("name", WHOLE)
@CALM
@given(seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_what_is_harmed_is_told_or_read(name: str, seed: int, times: int) -> None:
    run_harmed(name, seed, times)


@pytest.mark.soak
@pytest.mark.parametrize("name", WHOLE)
@settings(CALM, max_examples=5_000)
@given(seed=st.integers(0, 2**32), times=st.integers(1, 40))
def test_what_is_harmed_is_told_or_read_for_long(name: str, seed: int, times: int) -> None:
    run_harmed(name, seed, times)


TAGS = [
    "text:p", "text:h", "text:span", "text:note", "text:note-body", "text:list", "text:list-item", "table:table", "table:table-row",
    "table:table-cell", "draw:frame", "draw:text-box", "draw:image", "text:s", "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent",
    "w:footnoteReference", "w:txbxContent", "w:br", "w:pPr", "w:ins", "mc:AlternateContent", "mc:Choice", "p", "div", "ul", "li", "table", "tr", "td",
    "h1", "br", "a", "figure", "figcaption", "pre",
]  # fmt: skip


@st.composite
def xml(draw: st.DrawFn, depth: int = 4) -> str:
    """Elements of all these formats, in one another as no program would write them."""
    tag, inner = draw(st.sampled_from(TAGS)), draw(st.lists(st.sampled_from(["Words.", "12", " ", "&amp;"]), max_size=2))
    if depth:
        inner += draw(st.lists(xml(depth - 1), max_size=3))
    return f"<{tag}>{''.join(inner)}</{tag}>"


@pytest.mark.parametrize("name", XML)
@settings(CALM, max_examples=10)
@given(inner=xml())
def test_elements_in_any_order_are_read(name: str, inner: str) -> None:
    read(XML[name](inner))


@pytest.mark.soak
@pytest.mark.parametrize("name", XML)
@settings(CALM, max_examples=1_000)
@given(inner=xml())
def test_elements_in_any_order_are_read_for_long(name: str, inner: str) -> None:
    read(XML[name](inner))


@CALM
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.md", "a.html", "a.docx", "a.pdf", "a"]))
def test_any_bytes_are_read_or_told(data: bytes, name: str) -> None:
    heads = [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"{\\rtf1", b"WARC/1.0\r\n", b"\x1f\x8b", b"<rss>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    for head in heads:
        for format_ in FORMATS:
            if format_.is_one(head + data, name):
                with suppress(ValueError):
                    list(format_.documents(head + data, "en", lambda _: None))


SIZE, TIMES, GROWTH, BLINK = 1_000 if IS_SOAK else 400, 8, 24, 0.05

LONG: dict[str, Callable[[int], bytes]] = {
    "rtf groups": lambda n: b"{\\rtf1 " + b"{\\b a}" * n + b"}",
    "rtf words": lambda n: b"{\\rtf1 " + b"\\u8364?" * n + b"}",
    "rtf cells": lambda n: b"{\\rtf1 " + b"\\intbl a\\cell" * n + b"\\row}",
    "rtf paragraphs": lambda n: b"{\\rtf1 " + b"a\\par " * n + b"}",
    "odt paragraphs": lambda n: made.odt("<text:p>Words.</text:p>" * n),
    "odt spans": lambda n: made.odt(f"<text:p>{'<text:span>Words. </text:span>' * n}</text:p>"),
    "odt notes": lambda n: made.odt(
        f"<text:p>{'<text:note><text:note-body><text:p>A</text:p></text:note-body></text:note>' * n}</text:p>"
    ),
    "word paragraphs": lambda n: made.docx(made.p("Words.") * n),
    "word cells": lambda n: made.docx("<w:tbl><w:tr>" + f"<w:tc>{made.p('12')}</w:tc>" * n + "</w:tr></w:tbl>"),
    "word notes": lambda n: made.docx(
        "<w:p>" + "".join(f'<w:r><w:footnoteReference w:id="{i}"/></w:r>' for i in range(n)) + "</w:p>",
        notes="".join(f'<w:footnote w:id="{i}">{made.p("A")}</w:footnote>' for i in range(n)),
    ),
    "epub tags": lambda n: made.epub("<p>Words of it.</p>" * n),
    "epub breaks": lambda n: made.epub(f"<p>{'a<br/>' * n}</p>"),
    "feed items": lambda n: made.RSS.replace(b"</channel>", b"<item><description>The river rose.</description></item>" * n + b"</channel>"),
    "feed captions": lambda n: made.WXR.replace(b"12 carts", b"[caption] [caption [gallery" * n),
    "pdf lines": lambda n: made.pdf([made.lines("Words.\n" * 50)] * (n // 50)),
    "pdf rows": lambda n: made.pdf([[(60.0 + i % 9, 700, 11, "ab-") for i in range(n)]]),
    "pdf streams": lambda n: PDF + b"stream\nx" * n,
    "warc records": lambda n: made.warc(("https://valley.example/flood", "text/html", b"<html><p>A"), packed=False) * (n // 50),
}  # fmt: skip


SLOW = ("feed items", "warc records", "word paragraphs", "odt paragraphs", "epub tags", "pdf lines", "rtf paragraphs")


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.soak) if name in SLOW else name for name in LONG])
def test_time_grows_as_the_file(name: str) -> None:
    def taken(size: int) -> float:
        data = LONG[name](size)
        start = process_time()
        read(data)
        return process_time() - start

    few, many = taken(SIZE), taken(SIZE * TIMES)
    assert many < BLINK or many < GROWTH * max(few, BLINK / TIMES), f"{few:.3f} s, and of {TIMES} times as much {many:.3f} s"
