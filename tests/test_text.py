"""The words stay the words: writer, verbatim gate, anchoring, weaving."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import count
from typing import Any

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.archive.verbatim import page_text
from sitegen.content import article as article_room
from sitegen.content import markdown, rows
from sitegen.content.anchoring import Found, Haystack, Missing, cuts
from sitegen.content.nearest import passage
from sitegen.content.nodes import nodes_in_full
from sitegen.content.text import normal, sentences, shown, spaced
from sitegen.content.writer import body, heading, paragraph, quoted
from sitegen.importer import read_text
from sitegen.importer.articles import Setting
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.page import Known, Page, page
from sitegen.model.article import Article
from sitegen.model.text import Block, Format
from sitegen.views.weave import Mark, Name, weave
from tests.conftest import examples

GAZETTEER = Gazetteer()
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
TRICKY = st.lists(
    st.sampled_from(
        ["#", "##", "-", "+", "*", "_x_", "1.", "2022.", "5)", "&amp;", "&", "<b>", "</b>", "<!--", "`", "``", "~~~", "\\", "[a]", "(b)", "[a]: /u",
         "![", "]", "|", "---", "===", ">", "http://x.org", "<http://x.org>", "[[kyiv]]", "a", "b", "  ", "\t", "\u00a0", "\u2003", "e\u0301", "\0",
         "\u2028", "\x85", "::", "***", "__init__", "\\_", "&#35;", "    code", "{", "}", "{{ x }}", "{% x %}", ":--", "1", "#5"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


NEWS = st.lists(
    st.sampled_from(
        [",", ", ,", ".", ":", "(", ")", "“", "”", "''", '"', "«", "»", "’s", "—", "-", "said", "he said", "according to", "the mayor", "Ann Lee", "Mr. Lee",
         "Kyiv", "in Delft", "near", ", Mont.", "U.S.", "D.C.", "12", "1 1/2", "2-0", "$1.4bn", "60m", "2005", "one-third", "who", "that", "the ministry",
         "THE RIVER", "Lake", "County", "Die Polizei", "teilte mit", "sei", "Про це повідомив", "у Харкові", "області", "on Monday", "of", "and", "\n"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip
"""What reporters write, in no order."""


def text_of(source: str) -> str:
    """The words that a Markdown body shows."""
    parsed = markdown.parse(source, "a.md", 1, references=False)
    assert not parsed.problems, parsed.problems
    blocks = [block for element in parsed.elements for block in element.blocks]
    return normal(" ".join(f"{block.marker} {block.text}" for block in blocks))


@given(st.lists(ANY | TRICKY, max_size=5))
@example(["2022. It was so"])
@example(["# 5"])
@example(["AT&amp;T"])
@example(["_x_"])
@example(["a\n---\nb"])
@example(["[x]: javascript:alert(1)"])
@example(["- a\n- b", "* c", "3) d"])
@example(["a  \nb", "c\\"])
def test_the_writer_writes_any_text(texts: list[str]) -> None:
    assert text_of(body(paragraph(text) for text in texts)) == normal(" ".join(texts))


@given(ANY | TRICKY)
@example("Ends in #")
@example("C# ##")
@example("#")
def test_headings_keep_their_words(text: str) -> None:
    if normal(text):
        assert text_of(heading(text) + "\n") == normal(text)


PLAIN = st.lists(
    st.sampled_from(
        ["Words here.", "two\nlines", "## A heading", "### Another", "#### C #", "![](image:tank)", "2022 was", "2022. So", "“Said”", "(A b)", "a\\_b", "a & b",
         "1) x", "c  \nd", "e\\\nf", "!x", "![y", "a | b", "|-|", "  indented", "x\n  y", "x\n- y", "x\n===", "x\n1. y", "x\n2. y", "", "\n", "\t", "é\u00a0ü", "a\n\n\nb",
         "\\# no", "\\1. a", "x\\", "http://x.org/a_b", "#nospace", "## ", "# One", "[x]: y", "x\n[x]: y", "'q'", "a b ", " lead", "x\n## y", "x\n> y", "~~~", "x\n```",
         "x \ny", "\x0b", "a\x0bb", "a\rb", "*", "a\tb", "٣. x", "1٣. x"]
    ),
    max_size=6,
)  # fmt: skip


@given(PLAIN | st.lists(ANY | TRICKY, max_size=4), st.sampled_from(["\n\n", "\n\n\n", "\n"]), st.sampled_from(["", "\n", "\n\n"]))
@examples(60)
def test_the_short_way_is_the_full_way(pieces: list[str], between: str, end: str) -> None:
    body_ = (between.join(pieces) + end).replace("\r", "\n")
    assert markdown.parse(body_, "a.md", 3, references=False) == markdown.parse_in_full(body_, "a.md", 3, references=False)


@given(PLAIN.map(" ".join) | ANY | TRICKY)
@example("two\nlines")
@example("two  \rlines")
@example("e\u0301 \u00a0 ")
def test_the_short_way_through_a_note_is_the_full_way(text: str) -> None:
    assert markdown.parse_inline(text, "a.md", 3) == markdown.parse_inline_in_full(text, "a.md", 3)


VALUES = st.sampled_from(
    ["b", "two words", "a, b", "it's", "x  y", "-5", "1/3", "33%", "~", "null", '"q"', '""', '"a: {b} [c], d"', '"x \\"y\\""', "“q”", "é\u00a0ü", "{}", "[]", "[a, b]",
     "{a: b, c: d}", "[{a: 1, b: [c]}, d]", '{"a b": c, a: "a"}', ">-\n      some words\n      # and: more"]
)  # fmt: skip
ODD = st.sampled_from(
    [" ", "  ", "\n", "\n\n", "\n   \n", "\n# a comment\n", "\n  # a: b\n", "\n- ", " #", "#", ":", ": ", ",", ", ", "-", "- ", '"', "'", "\\", "{", "}", "[", "]", "&a ", "*a ", "!t ", "?", "? ", "|",
     ">", "@", "`", "%", "~", "\t", "\u2028", "\x85", "\ufeff", "\0", "---", "\n--- ", "\n...\n", "<<: ", "null", '"a": b', "\na: b\na: c\n", '"a #b"', "{a: 1, a: 2}", '{a: 1, "a": 2}', "[" * 14 + "]" * 14]
)  # fmt: skip


def with_rows_below(parts: tuple[str, list[str]]) -> list[str]:
    return ["§:", *(parts[0] + row for row in parts[1])]


def entries_of(entries: list[list[str]]) -> list[str]:
    return [("  " if number else "- ") + row for rows_ in entries for number, row in enumerate(rows_)]


ROWS = st.recursive(
    VALUES.map(lambda value: [f"§: {value}"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: [row for part in parts for row in part]),
        st.tuples(st.sampled_from(["  ", " "]), inner).map(with_rows_below),
        st.tuples(st.sampled_from(["", "  "]), st.lists(inner | VALUES.map(lambda value: [value]), max_size=3).map(entries_of)).map(
            with_rows_below
        ),
    ),
    max_leaves=6,
)
"""The rows of YAML as most of it is written; each `§` is a key of its own."""


@given(ROWS, st.lists(st.tuples(st.integers(0, 120), ODD), max_size=1), st.sampled_from(["\n", "", "\n\n"]))
@examples(120)
@example(["§: >-", "  words", "", "  # words too", "a: b"], [], "\n")
@example(["§: >-", "  words", "   ", "a: b"], [], "\n")
@example(["a: b", '"a": c'], [], "\n")
@example(['a: {b: "c #d", e: c}'], [], "\n")
@example(['"a #b": a'], [], "\n")
@example(['a: {b: c, "b": d}'], [], "\n")
@example(["a: - 5"], [], "\n")
@example(["- a: b", "   c: d"], [], "\n")
@example(["a: " + "[" * 14 + "]" * 14], [], "\n")
@example([" " * level + "a:" for level in range(14)] + [" " * 14 + "b: c"], [], "\n")
@example(['a: "\u2028"', "b: c"], [], "\n")
def test_the_short_way_through_yaml_is_the_full_way(lines: list[str], odd: list[tuple[int, str]], end: str) -> None:
    text = "\n".join(lines) + end
    for at, piece in odd:
        text = text[:at] + piece + text[at:]
    numbers = count()
    text = re.sub("§", lambda _: f"k{next(numbers)}", text)
    short = rows.mapping(text, "a.md", 2)
    assert short is None or (short, []) == nodes_in_full(text, "a.md", 2)


@pytest.mark.parametrize(
    "text",
    [
        "title: A battle, and what came of it\ndate: 2022-05-15\nlang: null\n",
        'title: "A: b"\nseed:\n  path: seeds/a.txt\n\n# the pictures\nimages:\n  - id: tank\n    alt: "It \\"burns\\""\n  - {id: ship, caption: S}\n',
        'claims:\n- {quote: "1,220 tanks", source: [a, b], figures: [{value: 1220, unit: tanks}]}\n- total: {quote: Q}\n  items: []\n',
        'annotations:\n  - quote: "hordes"\n    note: >-\n      Some words: of *weight*,\n      and more # of them.\n    evidence: []\nplaces:\n  as: {"the region": kyiv}\n',
    ],
)
def test_what_is_mostly_written_takes_the_short_way(text: str) -> None:
    assert (rows.mapping(text, "a.md", 2), []) == nodes_in_full(text, "a.md", 2)


@given(st.lists(ANY | TRICKY | NEWS, min_size=1, max_size=6))
@examples(60)
@example(["Title", "(A caption)", "A Heading", "A paragraph that ends."])
@example(["A: b", '"quoted"', "- item", "key: {a, b}"])
def test_any_text_imports_and_passes_the_gate(texts: list[str]) -> None:
    seed = "\n\n".join(texts)
    found = read_text(seed, "a.txt", gazetteer=GAZETTEER)
    if found.structure.title is None and not found.structure.pieces:
        return  # there are no words
    made = page(found, Setting("seeds/a.txt", "0" * 64, "en", None, {}), Known({}, {}, {}, {}, set()), "content/articles/a.md", seed)
    assert isinstance(made, Page), made


@given(ANY)
def test_yaml_quoting_keeps_any_text(text: str) -> None:
    front = f"---\ntitle: A\nannotations:\n- kind: sic\n  read: x\n  quote: {quoted('q' + text)}\n---\n"
    parsed = article_room.parse("a.md", front.encode())
    message = next(p.message for p in parsed.problems if p.code == "quote-not-found")
    assert normal("q" + text)[:100] in message


@given(ANY)
def test_normal_forms(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert len(spaced(shown(text))) == len(shown(text))
    assert normal(shown(text)) == normal(text) or "\0" in text
    assert unicodedata.is_normalized("NFC", shown(text))


@given(st.text("ab .!?«»“”A1", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    text = shown(text).strip()
    spans = sentences(text)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert all(a < b for a, b in spans)


SENTENCES = [
    ("It fell. They left.", ["It fell.", "They left."]),
    ("Lt. Col. Gray of the U.S. Army spoke at 5 p.m. on Sunday. He left.", ["Lt. Col. Gray of the U.S. Army spoke at 5 p.m. on Sunday.", "He left."]),
    ("“It fell.” They left.", ["“It fell.”", "They left."]),
    ("About 1,220.5 tanks? No. 5 was lost!", ["About 1,220.5 tanks?", "No. 5 was lost!"]),
    ("Er kam z.B. im Mai. Dann ging er.", ["Er kam z.B. im Mai.", "Dann ging er."]),
    ("Хлеб стоит 68 руб. 40 коп. Рыба дороже на 5 руб. Вот и всё.", ["Хлеб стоит 68 руб. 40 коп.", "Рыба дороже на 5 руб.", "Вот и всё."]),
    ("no end", ["no end"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


# anchoring

BLOCKS = [
    "The title",
    "They lost 1,220 tanks. They lost it, at 12:30, for 2.5% or 1/3.",
    "They lost it again: Ukraine’s\u00a0army, “Kyiv”.",
]


@pytest.mark.parametrize(
    ("quote", "options", "expected"),
    [
        ("1,220 tanks", {}, Found(1, 10, 21)),
        ("They lost it", {"nth": 2}, Found(2, 0, 12)),
        ("They lost it", {"suffix": "again"}, Found(2, 0, 12)),
        ("They lost it", {"prefix": "tanks."}, Found(1, 23, 35)),
        ("Ukraine’s army", {}, Found(2, 20, 34)),
        ("Ukraine", {}, Found(2, 20, 27)),
        ("  They   lost\n1,220 ", {}, Found(1, 0, 15)),
        ("They lost it", {}, "quote-ambiguous"),
        ("They lost it", {"nth": 3}, "quote-not-found"),
        ("They lost it", {"prefix": "ships."}, "quote-not-found"),
        ("220 tanks", {}, "quote-cuts"),
        ("1,228 tanks", {}, "quote-not-found"),
        ("tank", {}, "quote-cuts"),
        ("12", {}, "quote-cuts"),
        ("2", {}, "quote-cuts"),
        ("2.5", {}, "quote-cuts"),
        ("it again", {}, Found(2, 10, 18)),
        ("1/3. They lost it", {}, "quote-not-found"),
        ("", {}, "quote-not-found"),
    ],
)
def test_a_quote_stands_once_and_whole(quote: str, options: dict[str, Any], expected: Found | str) -> None:
    found = Haystack(BLOCKS).find(quote, within=[1, 2], **options)
    assert (found.code if isinstance(found, Missing) else found) == expected


def test_a_near_match_is_proposed_and_never_applied() -> None:
    found = Haystack(["they have killed more than 27,700 Russian troops"]).find("killed more than 27,400 Russian troops", within=[0])
    assert isinstance(found, Missing)
    assert "27,700" in found.hint


@given(st.text("ab1 ,.", min_size=1, max_size=40), st.data())
def test_what_is_found_is_the_quote(text: str, data: st.DataObject) -> None:
    text = normal(text)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = normal(text[start:end])
    found = Haystack([text]).find(quote, within=[0])
    if isinstance(found, Found):
        assert text[found.start : found.end] == quote
        assert text.count(quote) >= 1
        assert not cuts(text + "\n", found.start, found.end)


# weaving

SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=5)


@given(st.text("ab<&\"'> ", min_size=1, max_size=24), SPANS, SPANS, SPANS)
def test_weaving_keeps_the_words_and_gives_each_id_once(
    text: str, formats: list[tuple[int, int]], names: list[tuple[int, int]], marks: list[tuple[int, int]]
) -> None:
    def clip(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(a, min(a + n, len(text))) for a, n in spans if a < len(text)]

    apart: list[tuple[int, int]] = []
    for a, b in sorted(clip(names)):
        if not apart or a >= apart[-1][1]:
            apart.append((a, b))
    nested = [(a, b) for i, (a, b) in enumerate(clip(formats)) if i == 0][:1]
    block = Block("paragraph", text, tuple(Format(a, b, "em") for a, b in nested))
    highlights = [Mark(a, b, f"m{i}", "claim", i % 3) for i, (a, b) in enumerate(clip(marks))]
    places = [Name(a, b, f"p{i}", "/p/" if i % 2 else "", "T") for i, (a, b) in enumerate(apart)]
    html = weave(block, highlights, places)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == len(clip(marks)) + len(apart)
    spans = [*nested, *apart, *clip(marks)]
    crossing = [(one, other) for one in spans for other in spans if one[0] < other[0] < one[1] < other[1]]
    assert html.count(" rest") <= len(crossing), "what does not cross is one element"
    tree = html5lib.HTMLParser(strict=True).parseFragment(f"<p>{html}</p>")
    assert not tree.findall(".//{*}a//{*}button"), "a numeral stands before a link, not in it"
    assert len(re.findall('<a class="k"', html)) == sum(mark.number > 0 for mark in highlights)


@pytest.mark.parametrize(
    ("marks", "names", "expected"),
    [
        ([(0, 11, "c-1"), (4, 7, "n-1")], [], "<c-1>abc <n-1>def</n-1> ghi</c-1>"),
        ([(0, 3, "c-1"), (0, 7, "c-2")], [], "<c-2><c-1>abc</c-1> def</c-2> ghi"),
        ([(0, 7, "c-1"), (4, 11, "c-2")], [], "<c-1>abc <c-2>def</c-2></c-1><c-2…> ghi</c-2…>"),
        ([(4, 7, "c-1")], [(4, 7)], "abc <c-1><a>def</a></c-1> ghi"),
        ([(5, 11, "c-1")], [(4, 7)], "abc <a>d<c-1>ef</c-1></a><c-1…> ghi</c-1…>"),
        ([(4, 7, "n-1"), (4, 7, "n-2")], [], "abc <n-1><n-2>def</n-2></n-1> ghi"),
    ],
)  # fmt: skip
def test_highlights_lie_in_one_another_and_are_cut_only_where_they_cross(
    marks: list[tuple[int, int, str]], names: list[tuple[int, int]], expected: str
) -> None:
    places = [Name(a, b, f"p-{a}", "/p/", "") for a, b in names]
    html = weave(Block("paragraph", "abc def ghi"), [Mark(a, b, id, id) for a, b, id in marks], places)
    stack: list[str] = []

    def short(tag: re.Match[str]) -> str:
        if tag.group() in ("</mark>", "</a>"):
            return f"</{stack.pop()}>"
        kind = re.search('class="([^"]*)"', tag.group())
        assert kind
        stack.append("a" if tag.group().startswith("<a") else kind[1].replace(" rest", "…"))
        return f"<{stack[-1]}>"

    assert re.sub("<[^>]*>", short, html) == expected


def test_the_numeral_of_a_note_is_no_text_and_stands_outside_of_links() -> None:
    block = Block("paragraph", "abc def ghi", (Format(4, 7, "link", "/x/"),))
    html = weave(block, [Mark(0, 11, "n-1", "note", 1, "Note 1"), Mark(5, 7, "n-2", "note", 2, "Note 2")])
    numeral = '<a class="k" data-n="{0}" aria-label="Note {0}" href="#note_{0}"></a>'
    assert html == (
        f'{numeral.format(1)}<mark class="note" id="n-1">abc {numeral.format(2)}'
        '<a href="/x/">d<mark class="note" id="n-2">ef</mark></a> ghi</mark>'
    )


def test_list_markers_are_text_and_images_stand_for_what_is_printed() -> None:
    front = "---\ntitle: T\nimages:\n- {id: a, caption: A tank, printed: (A tank)}\n---\n"
    parsed = article_room.parse("a.md", (front + "1. one\n2. two\n\n- three\n\n![](image:a)\n\n| a | b |\n|---|---|\n| c | d |\n").encode())
    assert isinstance(parsed.value, Article)
    assert " ".join(text for text, _ in page_text(parsed.value)) == "T 1. one 2. two - three (A tank) a b c d"


@pytest.mark.parametrize(
    "quote",
    ["400 troops", "lost 27", "seven men", "lost 2.5", "lost 5", "hundred men", "we can", "combatants", "half of it", "soft"],
)
def test_no_part_of_a_number_or_word_can_be_quoted(quote: str) -> None:
    blocks = [
        "They lost 27\u202f400 troops, and twenty-seven men.", "He lost 2.5 million.", "She lost 5 percent.", "Of two hundred men.", "So we can’t.",
        "All non-combatants.", "One and a half of it.", "A micro\u00adsoft thing.",
    ]  # fmt: skip
    found = Haystack(blocks).find(quote, within=range(len(blocks)))
    assert isinstance(found, Missing), found
    assert found.code == "quote-cuts"


def test_whole_numbers_and_words_can() -> None:
    haystack = Haystack(["They lost 27\u202f400 troops of Ukraine’s army: counter-attack, 80 days, on May 15 300 died."])
    for quote in ("27 400 troops", "Ukraine", "counter-attack", "80 days", "300 died", "army"):
        assert isinstance(haystack.find(quote, within=[0]), Found), quote


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("The mayor sayd it would rain", "The mayor said it would rain"),
        ("“The mayor sayd it would rain, ”", "“The mayor said it would rain,”"),
        ("it wuold rain,” he added", "it would rain,” he added"),
    ],
)
def test_a_passage_that_is_proposed_has_no_stray_quotation_mark(quote: str, hint: str) -> None:
    assert passage(quote, "“The mayor said it would rain,” he added.") == hint


def test_quotes_that_stand_in_too_many_places_are_sought_no_more() -> None:
    """As in the example of the rule, which has a million places and is in the soak."""
    haystack = Haystack(["ha " * 50])
    haystack.looks = 120
    assert haystack.find("ha", nth=50, within=range(1)) == Found(0, 147, 149)
    told = [haystack.find("ha", suffix=suffix, within=range(1)) for suffix in ("o", "oo")]
    assert [one.code for one in told if isinstance(one, Missing)] == ["quote-not-found", "quotes-too-common"]
