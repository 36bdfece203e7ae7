"""What `sitegen format` lays out alike, and what it leaves as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.content.fields import fields
from sitegen.content.layout import laid_out
from sitegen.content.node import Mapping, Node, Scalar
from sitegen.content.nodes import nodes_in_full
from sitegen.model import records
from tests.conftest import Archive
from tests.conftest import command as run

ROOT = Path(__file__).parent.parent
Make = Callable[[str], Archive]
ORDER = [field.key for field in fields(records.Place)]


def laid(text: str) -> str:
    after, problems = laid_out(text, "a.md", ORDER)
    assert not problems
    return after


PAIRS = {
    "keys come in the order of the table, each with the comments above it and beside it": (
        "kind: city  # a town once\n# by whom\nname: Marn\n",
        "# by whom\nname: Marn\nkind: city  # a town once\n",
    ),
    "a comment that an empty line parts from the first key heads the file": (
        "# of the valley\n\nkind: city\nname: Marn\n",
        "# of the valley\n\nname: Marn\nkind: city\n",
    ),
    "a comment behind the last key stays there": (
        "kind: city\nname: Marn\n# more to come\n",
        "name: Marn\nkind: city\n# more to come\n",
    ),
    "one space after a colon, and none within brackets": (
        "name:    Marn\naliases: [ \"Old Marn\",'M' ,N ]\nlocation: { lat: 1,   lon: 2 }\n",
        "name: Marn\naliases: [\"Old Marn\", 'M', N]\nlocation: {lat: 1, lon: 2}\n",
    ),
    "what is quoted stays as it is": (
        'name:  "Marn:  the  [ town ]"\n',
        'name: "Marn:  the  [ town ]"\n',
    ),
    "no blanks at line ends, at most one empty line, none at the end": (
        "name: Marn  \n\n \n\nkind: city\t\n\n",
        "name: Marn\n\nkind: city\n",
    ),
    "text of several lines keeps every sign": (
        "todo: |\n  one  \n\n\n  two\nname: Marn\n",
        "name: Marn\ntodo: |\n  one  \n\n\n  two\n",
    ),
    "lists of lines stay such, and so do those that nobody closed on one line": (
        "aliases:\n  -  Old   # one\n  - {form:  M, lang: de}\nname: Marn\nlinks: [\n  a,\n  b ]\n",
        "name: Marn\naliases:\n  -  Old   # one\n  - {form: M, lang: de}\nlinks: [\n  a,\n  b ]\n",
    ),
    "a list in brackets over several lines goes as a whole": (
        "name: Marn\nkind: city\naliases: [\n  A,\n]\n",
        "name: Marn\naliases: [\n  A,\n]\nkind: city\n",
    ),
    "a key without a value has none": ("kind: city\nwithin:\nname: Marn\n", "name: Marn\nkind: city\nwithin:\n"),
    "keys that no table knows come last": ("other: 1\nname: Marn\n", "name: Marn\nother: 1\n"),
    "the last line gets its end": ("name: Marn", "name: Marn\n"),
    "line ends stay what they are": ("kind: city\r\nname:  Marn \r\n", "name: Marn\r\nkind: city\r\n"),
}


@pytest.mark.parametrize(("before", "after"), PAIRS.values(), ids=PAIRS)
def test_pairs(before: str, after: str) -> None:
    assert laid(before) == after
    assert laid(after) == after


def said(node: Node) -> object:
    """What a file says, whatever the order of its keys."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Mapping):
        return {key.text: said(value) for key, value in node.items}
    return [said(one) for one in node.items]


def keeps(before: str, after: str) -> None:
    """The same is said in the same signs, and nothing is left to be laid out."""
    old, new = (nodes_in_full(text, "a.md", 1) for text in (before, after))
    assert said(new[0]) == said(old[0])
    assert not new[1]
    assert Counter(re.sub(r"[\s,]", "", after)) == Counter(re.sub(r"[\s,]", "", before))
    assert laid(after) == after


COMMENT = st.sampled_from(["", "  # beside", "# above\n", "\n# apart\n\n", "# one\n# two\n"])
VALUE = st.sampled_from(
    [
        " Marn", "   'it''s'", ' "a: # b"', " [ a,b ]", " {a:  1, b: [ 2,3 ]}", "\n- a\n-  b  # c\n", "\n  - x:   1\n    y:  2\n",
        " |\n  some  \n\n  words", " >-\n  some\n\n\n  words\n\n", "\n  deep:   [ 1 ]\n  # within\n  more:\n    - 2", "", " ~", " [\n  a,\n\n  b ]",
        " plain  text\n  over lines", " []", " {}", ' "over\n\n\n  lines"', " {a: }", " [a, ]",
    ]
)  # fmt: skip
KEY = st.sampled_from([*ORDER[:12], "todo", "extra", "other", '"quoted"'])


@st.composite
def metadata(draw: st.DrawFn) -> str:
    rows = []
    for key in draw(st.lists(KEY, min_size=1, max_size=6, unique=True)):
        comment, value = draw(COMMENT), draw(VALUE)
        beside = comment if comment.startswith("  #") and "\n" not in value and value else ""
        above = "" if comment.startswith("  #") else comment
        rows.append(f"{above}{key}:{value}{beside}\n")
    return "".join(rows) + draw(st.sampled_from(["", "# the end\n", "\n\n", "\n# the end"]))


@given(metadata(), st.sampled_from(["\n", "\r\n"]))
@example("within: |\n  a\n\nname: b\n# the end\n", "\n")
@example("other:\n- a\n# of name\nname: b\n", "\n")
def test_whatever_is_written_says_the_same_in_the_same_signs(text: str, end: str) -> None:
    text = text.replace("\n", end)
    keeps(text, laid(text))


def test_the_archive_of_this_repository_is_laid_out() -> None:
    assert run(Archive(ROOT), "format", "--check").output == "Nothing is to be changed.\n"


SITE = """-- sitegen.yaml --
base_url: https://example.org/
title:  Notices
-- content/places/marn.md --
---
kind: city
name:   Marn
---
It has  blanks   at

the end:  two.
-- content/places/bad.md --
---
kind: [city
name: Bad
---
-- content/articles/a.md --
---
title: A
---
Words.
-- content/articles/a.notes.yaml --
annotations:
- {quote:   "Words", note: n,kind: note}
"""


def test_files_are_laid_out_and_what_cannot_be_read_is_told_and_stays(archive: Make) -> None:
    site = archive(SITE)
    bad = (site.root / "content/places/bad.md").read_text()
    result = run(site, "format")
    assert result.exit_code == 1
    assert "content/places/bad.md:2: error[yaml-syntax]" in result.output
    assert "3 files changed" in result.output
    assert (site.root / "sitegen.yaml").read_text() == "title: Notices\nbase_url: https://example.org/\n"
    assert (site.root / "content/places/marn.md").read_text() == "---\nname: Marn\nkind: city\n---\nIt has  blanks   at\n\nthe end:  two.\n"
    assert '- {quote: "Words", note: n, kind: note}' in (site.root / "content/articles/a.notes.yaml").read_text()
    assert (site.root / "content/places/bad.md").read_text() == bad


def test_a_check_writes_nothing_and_fails_where_something_would_change(archive: Make) -> None:
    site = archive(SITE)
    (site.root / "content/places/bad.md").unlink()
    before = {path: path.read_text() for path in site.root.rglob("*.*") if path.is_file()}
    result = run(site, "format", "--check")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "sitegen.yaml", "content/articles/a.notes.yaml", "content/places/marn.md", "3 files would change.",
    ]  # fmt: skip
    shown = run(site, "format", "content/places", "--dry-run")
    assert shown.exit_code == 0
    assert "+name: Marn\n kind: city\n-name:   Marn\n" in shown.output
    assert {path: path.read_text() for path in before} == before
    assert run(site, "format").exit_code == 0
    assert run(site, "format", "--check").exit_code == 0


def test_a_path_that_is_no_content_is_told(archive: Make) -> None:
    result = run(archive(SITE), "format", "content/nothing")
    assert result.exit_code == 4
    assert "content/nothing is no file of content" in result.output
