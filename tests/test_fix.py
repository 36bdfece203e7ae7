"""What `sitegen check --fix` mends, and what it leaves to editors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen import editor
from sitegen.check import fixing
from sitegen.content.cutting import rewritten, root_of, said
from sitegen.content.node import Mapping, Node, Scalar
from sitegen.editor import Change, diff
from sitegen.model.problem import Fault
from tests.conftest import Archive, asked
from tests.conftest import command as run

Make = Callable[[str], Archive]

SITE = """-- sitegen.yaml --
title: Notices
base_url: https://example.org/
theme: plain
outputs: {cards: No}   # not yet
-- content/places/marn.md --
---
# a town
name:   'Marn'   # on the Aule
kind: "Town"
location: {lat: '50,1', lon: 8.2}
waive:  # of the printer
  # an old one
  - {code: broken-link, why: "The page is to be written."}   # until May
---
The town on the river.
-- content/articles/flood.md --
---
title: "The flood"
date: 3 July 1911   # of the paper
lang: English
places:
  ignore:
    - 'Marn Street' # no street
    - "Marn"
  as: {"the lower town": marn}
---
The Board’s carts were lost at Marn, and “so were” the horses.
-- content/articles/flood.notes.yaml --
claims:
- quote: "The Board's carts"   # two of them
  source: article
annotations:
  - {kind: context, quote: 'and "so were" the', note: "n"}
"""


def texts(site: Archive) -> dict[str, str]:
    files = [site.root / "sitegen.yaml", *sorted((site.root / "content").rglob("*"))]
    return {path.relative_to(site.root).as_posix(): path.read_bytes().decode() for path in files if path.is_file()}


def fixed(site: Archive, *arguments: str) -> str:
    """What a fix tells; fixing again changes nothing."""
    out = run(site, "check", "--fix", *arguments).output
    after = texts(site)
    assert "Nothing is to be changed." in run(site, "check", "--fix", *arguments).output
    assert texts(site) == after
    return out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_needs_no_judgement_is_mended_sign_for_sign(end: str, archive: Make) -> None:
    site = archive(SITE)
    for path, text in texts(site).items():
        site.write(path, text.replace("\n", end))
    out = fixed(site)
    after = texts(site)
    assert after["sitegen.yaml"].split(end)[3:] == ["outputs: {cards: false}   # not yet", ""]
    assert after["content/places/marn.md"].split(end) == [
        "---", "# a town", "name:   'Marn'   # on the Aule", 'kind: "town"', "location: {lat: '50.1', lon: 8.2}",
        "# of the printer", "# an old one", "# until May", "---", "The town on the river.", "",
    ]  # fmt: skip
    assert after["content/articles/flood.md"].split(end) == [
        "---", 'title: "The flood"', "date: 1911-07-03   # of the paper", "lang: en", "places:", "  ignore:", "    # no street",
        '    - "Marn"', "---", "The Board’s carts were lost at Marn, and “so were” the horses.", "",
    ]  # fmt: skip
    assert after["content/articles/flood.notes.yaml"].split(end) == [
        "claims:", '- quote: "The Board’s carts"   # two of them', "  source: article", "annotations:",
        "  - {kind: context, quote: 'and “so were” the', note: \"n\"}", "",
    ]  # fmt: skip
    assert site.build().problems == ()
    assert "4 files changed" in out
    assert sorted(re.findall(r"^(\S+): mended\[(\S+)\]", out, flags=re.M)) == [
        ("content/articles/flood.md:3", "wrong-type"), ("content/articles/flood.md:4", "wrong-type"),
        ("content/articles/flood.md:6", "unused-correction"), ("content/articles/flood.md:6", "unused-correction"),
        ("content/articles/flood.notes.yaml:2", "quote-not-found"), ("content/articles/flood.notes.yaml:5", "quote-not-found"),
        ("content/places/marn.md:4", "wrong-choice"), ("content/places/marn.md:5", "wrong-type"),
        ("content/places/marn.md:8", "unused-waiver"), ("sitegen.yaml:4", "wrong-type"),
    ]  # fmt: skip


def test_a_dry_run_writes_nothing_and_shows_a_diff_and_the_rest(archive: Make) -> None:
    site = archive(SITE + "-- content/places/harn.md --\n---\nname: Harn\nkind: lake\ndraft: yes\n---\n")
    before = texts(site)
    result = run(site, "check", "--fix", "--dry-run")
    assert texts(site) == before
    assert "--- a/content/articles/flood.md\n+++ b/content/articles/flood.md\n" in result.output
    assert "\n-date: 3 July 1911   # of the paper\n-lang: English\n" in result.output
    assert "content/places/harn.md:4: mended[wrong-type]: 'yes' is now 'true'" in result.output
    assert re.findall(r"^(\S+): error\[(\S+)\]", result.output, flags=re.M) == [
        ("content/places/harn.md:3", "wrong-choice"), ("content/places/marn.md:4", "wrong-choice"), ("content/places/marn.md:5", "wrong-type"),
    ], "that of Marn's waiver would be told, for an error elsewhere may hide its need"  # fmt: skip
    assert "files would change." in result.output
    assert result.exit_code == 1
    shown = list(diff(fixing.fix(site.root, asked(), dry_run=True).changes))
    assert all(line.removesuffix("\r") in result.output for line in shown)


def test_a_dry_run_of_nothing_is_refused(archive: Make) -> None:
    assert run(archive(SITE), "check", "--dry-run").exit_code == 2


def test_what_programs_read_stays_alone_on_its_stream(archive: Make) -> None:
    result = run(archive(SITE), "check", "--fix", "--format", "json")
    assert result.stdout == "[]\n"
    assert "mended[wrong-choice]" in result.stderr


def article(front: str, notes: str = "", words: str = "It’s a flood, and it’s high.", end: str = "---\n") -> str:
    beside = f"-- content/articles/a.notes.yaml --\n{notes}" if notes else ""
    return f"-- content/articles/a.md --\n---\ntitle: A\n{front}{end}{words}\n{beside}"


LEFT = {
    "a date that may be two": article("date: 11.12.2016\n"),
    "a day that there is not": article("date: 2016-02-30\n"),
    "a number with a comma, which may be one or the other": article(
        'claims: [{quote: "flood", source: article, figures: [{value: "1,220"}]}]\n'
    ),
    "a word that is like one of the list": article("display: fulll\n"),
    "an id that is like another": article("places: {as: {a flood: Marn Town}}\n"),
    "a quote with another word": article('claims: [{quote: "it\'s low", source: article}]\n'),
    "a quote that stands there twice but for its marks": article(
        'claims: [{quote: "it\'s", source: article}]\n', words="it’s and it‘s and it’s"
    ),
    "a quote over lines of its own": article("claims:\n- quote: |-\n    It's a flood\n  source: article\n"),
    "keys that differ in both files": article("claims: []\n", "claims: [{quote: flood, source: article}]\n"),
    "keys of which both have comments": article("claims: [] # ours\n", "claims: [] # theirs\n"),
    "a waiver where an error may hide its need": article(
        "claims: [{quote: it rose, source: article, waive: [{code: gloss-differs, why: so}]}]\n"
    ),
    "a waiver of what tomorrow tells": article("waive: [{code: link-dead, why: so}]\n"),
    "a waiver of what looks at public pages alone": article("draft: true\nwaive: [{code: series-falls, why: so}]\n"),
    "a waiver of a check that is off": "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\nchecks: {outside-container: off}\n"
    "-- content/places/p.md --\n---\nname: P\nkind: city\nwaive: [{code: outside-container, why: so}]\n---\n",
    "two waivers of which one may be meant": article("waive: [{code: group-sum, why: so}, {code: group-sum, why: or so}]\n"),
    "a correction of words with other capitals": article("places: {ignore: [A Flood]}\n"),
    "a correction of words with other marks": article('places: {ignore: ["it\'s high"]}\n'),
    "a correction where the page has errors": article("display: fulll\nplaces: {ignore: [Marn]}\n"),
    "a comment in brackets": article("waive: [\n  {code: group-sum, # one\n   why: so},\n  {code: broken-link, why: so}]\nx: y\n"),
    "a file that cannot be read": article("draft: Yes\ntitle: B: C\n"),
    "a file of which a key stands twice": article("draft: Yes\ntitle: B\n"),
    "a name of a file": "-- content/articles/a-notes.yaml --\nclaims: []\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_needs_judgement_is_left(text: str, archive: Make) -> None:
    site = archive(text)
    before = texts(site)
    told = [line for line in run(site, "check").output.splitlines() if "warning" in line or "error" in line]
    assert told
    after = [line for line in run(site, "check", "--fix").output.splitlines() if "warning" in line or "error" in line]
    assert texts(site) == before
    assert after == told


WAIVED = "{code: group-sum, why: so}"
CUT = {
    "the last entry, in brackets": (f"draft: true\nwaive: [{WAIVED}]  # why\nlang: en\n", "draft: true\n# why\nlang: en\n"),
    "the last entry, on lines": ("waive:\n# of\n- code: group-sum\n  why: 'so' # beside\nlang: en\n", "# of\n# beside\nlang: en\n"),
    "the last key": (f"lang: en\nwaive:\n  - {WAIVED}\n", "lang: en\n"),
    "an entry with text of several lines": (
        "waive:\n- code: group-sum\n  why: |\n    so\n\n    it is\n\n# next\nlang: en\n",
        "\n# next\nlang: en\n",
    ),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), CUT.values(), ids=CUT)
def test_a_waiver_goes_with_what_holds_nothing_else(before: str, after: str, end: str, archive: Make) -> None:
    site = archive("")
    site.write("content/articles/a.md", article(before).split(" --\n")[1].replace("\n", end))
    fixed(site)
    assert texts(site)["content/articles/a.md"] == article(after).split(" --\n")[1].replace("\n", end)


def test_a_waiver_of_a_claim_goes_and_one_that_is_needed_stays(archive: Make) -> None:
    notes = (
        'claims:\n- {quote: "It’s a flood", source: article, waive: [{code: gloss-differs, why: so}], gloss: "It’s [here] a flood"}\n'
        "- waive:\n  - {code: gloss-differs, why: needed}  # it is\n  - {code: hedge-not-found, why: so}  # it was\n"
        '  quote: "it’s high"\n  source: article\n  gloss: low\n'
    )
    site = archive(article("", notes))
    out = fixed(site)
    assert "a.notes.yaml:2: mended[unused-waiver]: the waiver of 'gloss-differs' is out: so\n" in out
    assert texts(site)["content/articles/a.notes.yaml"] == (
        'claims:\n- {quote: "It’s a flood", source: article, gloss: "It’s [here] a flood"}\n'
        "- waive:\n  - {code: gloss-differs, why: needed}  # it is\n  # it was\n"
        '  quote: "it’s high"\n  source: article\n  gloss: low\n'
    )


def test_of_a_key_in_both_files_the_copy_without_comments_goes(archive: Make) -> None:
    notes = 'claims:\n- quote: "high"\n  source: article\n'
    site = archive(article('claims: [{"quote": high, source: "article"}]\nlang: en\n', notes))
    assert "a.notes.yaml:1: mended[key-in-both]: 'claims' is out of content/articles/a.md" in fixed(site)
    assert texts(site)["content/articles/a.md"] == article("lang: en\n").split(" --\n")[1]
    site = archive(article("claims: [] # none yet\n", "claims: []\n"))
    assert "'claims' is out of content/articles/a.notes.yaml" in fixed(site)
    assert texts(site)["content/articles/a.notes.yaml"] == ""
    assert site.build().problems == ()


def test_what_an_error_hid_is_mended_after_it(archive: Make) -> None:
    site = archive(article("draft: No\nplaces: {ignore: [Marn]}\nwaive: [{code: group-sum, why: so}]\n"))
    out = fixed(site)
    assert re.findall(r"mended\[(\S+)\]", out) == ["wrong-type", "unused-correction", "unused-waiver"]
    assert texts(site)["content/articles/a.md"] == article("draft: false\n").split(" --\n")[1]


def test_a_page_that_would_then_tell_of_more_is_left_and_others_are_mended(archive: Make) -> None:
    other = "-- content/places/marn.md --\n---\nname: Marn\nkind: Town\n---\n"
    calendar = "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\ncalendars: {war: {epoch: 1911-07-01, label: 'Day {n}'}}\n"
    site = archive(calendar + article("date: 3 July 1911\nday: 9\ncalendar: war\n") + other)
    before = texts(site)
    result = run(site, "check", "--fix")
    assert "left as it is, for this would be told then: content/articles/a.md: [day-disagrees] `day` is 9" in result.output
    assert texts(site) == {**before, "content/places/marn.md": before["content/places/marn.md"].replace("Town", "town")}


def test_of_files_that_changed_meanwhile_none_is_written(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SITE)
    real = editor.written

    def late(root: Path, changes: Iterable[Change]) -> None:
        site.write("content/places/marn.md", "---\nname: Marn\nkind: town\n---\nSomebody wrote this.\n")
        real(root, changes)

    before = texts(site)
    monkeypatch.setattr("sitegen.check.fixing.written", late)
    with pytest.raises(Fault, match="changed meanwhile"):
        fixing.fix(site.root, asked())
    assert texts(site) == {**before, "content/places/marn.md": "---\nname: Marn\nkind: town\n---\nSomebody wrote this.\n"}


def test_only_what_is_asked_for_is_mended(archive: Make) -> None:
    site = archive(article("places: {ignore: [Marn]}\n"))
    assert "Nothing is to be changed." in run(site, "check", "--fix", "--group", "images").output
    assert "mended[unused-correction]" in run(site, "check", "--fix", "--group", "leftovers").output


def test_quotes_of_dates_and_captions_get_the_marks_of_the_text(archive: Make) -> None:
    front = (
        "date: 1911-07-03\ndate_basis: [{quote: '''tis 3 July 1911', rule: explicit}]\n"
        'images: [{id: mill, caption: "The mill’s wheel.", file: null}]\n'
        "annotations:\n- {in: mill, quote: The mill's wheel, kind: context, note: n}\n"
    )
    site = archive(article(front, words="’tis 3 July 1911.\n\n![](image:mill)"))
    assert fixed(site).count("mended[quote-not-found]") == 2
    after = texts(site)["content/articles/a.md"]
    assert "{quote: '’tis 3 July 1911', rule: explicit}" in after
    assert "quote: The mill’s wheel, kind" in after


def test_the_mark_of_a_file_stays(archive: Make) -> None:
    site = archive("")
    site.write("content/articles/a.md", "\ufeff" + article("draft: Yes\n").split(" --\n")[1])
    site.write("content/articles/a.notes.yaml", "\ufeffplaces: {ignore: [Marn]}\n# end\n")
    fixed(site)
    assert texts(site)["content/articles/a.md"] == "\ufeff" + article("draft: true\n").split(" --\n")[1]
    assert texts(site)["content/articles/a.notes.yaml"].endswith("# end\n")


# whatever is taken out, and nothing beside it

SCALAR = st.sampled_from(["a", '"b # c"', "'it''s'", "two words", "é“”", '""', "-1"])
BESIDE = st.sampled_from(["", "", " # beside", "  # - [x], {y: z}"])
ABOVE = st.sampled_from(["", "", "# above\n", "\n", "# a: b\n\n"])


@st.composite
def flow(draw: st.DrawFn, depth: int = 2) -> str:
    if not depth or draw(st.booleans()):
        return draw(SCALAR)
    items = draw(st.lists(flow(depth - 1), max_size=3))
    comma, blank = draw(st.sampled_from([", ", ",", " , ", ",  # within\n      ", ",\n      "])), draw(st.sampled_from(["", " "]))
    is_open = draw(st.booleans())
    last = "," if items and is_open else ""
    if draw(st.booleans()):
        return f"[{blank}{comma.join(items)}{last}{blank}]"
    return f"{{{blank}{comma.join(f'k{number}: {one}' for number, one in enumerate(items))}{last}{blank}}}"


@st.composite
def block(draw: st.DrawFn, indent: str = "", depth: int = 2) -> str:
    """Lines of a mapping or a list, which begin with an indentation."""
    out = []
    is_list = depth < 2 and draw(st.booleans())
    for number in range(draw(st.integers(1, 3))):
        head = f"{indent}- " if is_list else f"{indent}k{number}:"
        above = "".join(f"{indent if line.strip() else ''}{line}\n" for line in draw(ABOVE).splitlines())
        kind = draw(st.sampled_from(["flow", "flow", "block", "text", "none"]))
        if kind == "block" and depth:
            inner = draw(block(f"{indent}  ", depth - 1))
            if is_list and not inner.lstrip().startswith("#"):
                value = f"{head}{inner.lstrip()}"
            else:
                value = f"{head.rstrip()}{draw(BESIDE)}\n{inner}"
        elif kind == "text":
            value = f"{head} |{draw(st.sampled_from(['', '-', ' # of text']))}\n{indent}    some\n\n{indent}    words\n"
        elif kind == "none" and not is_list:
            value = f"{head}{draw(BESIDE)}\n"
        else:
            value = f"{head} {draw(flow())}{draw(BESIDE)}\n"
        out.append(above + value)
    return "".join(out)


def members(node: Node) -> list[Scalar | Node]:
    """All that can be taken out of a node: items, and keys."""
    if isinstance(node, Scalar):
        return []
    out: list[Scalar | Node] = []
    for one in node.items:
        key, value = one if isinstance(one, tuple) else (one, one)
        out += [key, *members(value)]
    return out


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    return [found for one in node.items for found in scalars(one[1] if isinstance(one, tuple) else one)]


def comments(text: str) -> list[str]:
    return re.findall(r"# (?:above|beside|within|of text|a: b|- \[x\], \{y: z\})", text)


@given(block(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "---\n"]), st.data())
def test_what_is_taken_out_is_gone_and_nothing_beside_it(text: str, end: str, fence: str, data: st.DataObject) -> None:
    path = "content/places/a.md" if fence else "a.notes.yaml"
    text = f"{fence}{text}{fence}{'Words # [a]: b' if fence else ''}".replace("\n", end)
    root = root_of(path, text)
    assert root is not None
    some = data.draw(st.lists(st.sampled_from(members(root)), max_size=3, unique_by=id))
    gone = {id(one) for one in some}
    left = [one for one in scalars(root) if not one.is_null and id(one) not in gone]
    other = {id(one): "new’s" for one in (data.draw(st.lists(st.sampled_from(left), max_size=2, unique_by=id)) if left else [])}
    after, done = rewritten(path, text, root, gone, other)
    if not done:
        assert after == text
        return
    again = root_of(path, after)
    assert again is not None
    assert said(again) == said(root, done, {one: word for one, word in other.items() if one in done})
    assert comments(after) == comments(text)
    assert after.count("\r\n") == (after.count("\n") if end == "\r\n" else 0)
    rest = iter(text)
    assert all(sign in rest for sign in after.replace("new’s", "")), "what is there was there, in its order"


@given(block(), st.data())
@example("k0:\n- a\n- |\n  b\n\n  c\nk1: a\n", None)
def test_what_stands_alone_can_be_taken_out(text: str, data: st.DataObject | None) -> None:
    """Of lines and of brackets on one line, where no comment is in the way."""
    text = re.sub(r"[ \t]*# (?:above|beside|within|of text|a: b|- \[x\], \{y: z\})", "", text)
    root = root_of("a.notes.yaml", text)
    assert root is not None
    found = members(root)
    one = data.draw(st.sampled_from(found)) if data is not None else found[2]
    after, done = rewritten("a.notes.yaml", text, root, {id(one)}, {})
    assert done == {id(one)}, text
    again = root_of("a.notes.yaml", after)
    assert isinstance(again, Mapping)
    assert said(again) == said(root, done)
