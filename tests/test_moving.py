"""What pages are called changes everywhere, and nothing beside it does."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen import editor, moving
from sitegen.content import front, uses
from sitegen.content.nodes import nodes
from sitegen.content.writer import quoted
from sitegen.model.problem import Fault
from tests.conftest import Archive, asked
from tests.conftest import command as run

Make = Callable[[str], Archive]

SITE = """-- content/places/kiev.md --
---
# the capital
name:   'Kyiv'   # as the archive has it
aliases: [ "Kiev" ]  # and so on
kind: city
within: "ukraine"
---
See `[[kiev]]`, [[place:kiev]] and [[place:kiev|here]].

    [[kiev]]
-- content/places/ukraine.md --
---
name: Ukraine
kind: country
---
[It](/places/kiev/#p-x) and [this][k].

[k]: /places/kiev/
-- content/sources/kiev.md --
---
name: Kiev Post
kind: media
---
-- content/articles/a.md --
---
title: Kiev
date: 2022-05-15
sources:
  - {id: post, source: kiev}
places: {as: {"the city": kiev}}
---
In the city [[kiev]] fell. Kyiv.
-- content/articles/a.notes.yaml --
claims:
  # one
  - quote: "Kyiv"
    in: null
    source: [post,   kiev]
    places:
      - kiev   # the city
annotations:
  - {quote: fell, kind: context, note: "See [[place:kiev]]."}
"""


def texts(site: Archive) -> dict[str, str]:
    return {
        path.relative_to(site.root).as_posix(): path.read_bytes().decode()
        for path in sorted((site.root / "content").rglob("*"))
        if path.is_file()
    }


def test_a_page_is_renamed_in_every_file_that_names_it(archive: Make) -> None:
    site = archive(SITE)
    before = texts(site)
    result = run(site, "rename", "places/kiev", "places/kyiv")
    assert (result.exit_code, result.output) == (0, "5 files changed; `git diff` shows how.\n")
    after = texts(site)
    expected = {path: text for path, text in before.items() if path != "content/places/kiev.md"}
    expected["content/places/ukraine.md"] = before["content/places/ukraine.md"].replace("kiev", "kyiv")
    expected["content/articles/a.md"] = before["content/articles/a.md"].replace('"the city": kiev', '"the city": kyiv')
    notes = before["content/articles/a.notes.yaml"]
    expected["content/articles/a.notes.yaml"] = notes.replace("- kiev ", "- kyiv ").replace("place:kiev", "place:kyiv")
    place = before["content/places/kiev.md"].replace("place:kiev", "place:kyiv")
    expected["content/places/kyiv.md"] = place.replace('"ukraine"\n', '"ukraine"\nredirect_from: [places/kiev]\n')
    assert after == dict(sorted(expected.items()))
    assert site.build().problems == ()
    assert "/places/kyiv/" in site.html("places/kiev/")


def test_there_and_back_leaves_one_old_address_and_nothing_else(archive: Make) -> None:
    site = archive(SITE.replace("\n", "\r\n").replace(" --\r\n", " --\n"))
    before = texts(site)
    assert "\r\n" in before["content/places/kiev.md"]
    for old, new in (("kiev", "kyiv"), ("kyiv", "kiev")):
        result = run(site, "rename", f"places/{old}", new)
        assert result.exit_code == 0, result.output
    own = before["content/places/kiev.md"].replace('"ukraine"\r\n', '"ukraine"\r\nredirect_from: [places/kyiv]\r\n')
    assert texts(site) == {**before, "content/places/kiev.md": own}


def test_an_old_address_is_known_however_it_is_written(archive: Make) -> None:
    site = archive(SITE.replace("kind: city\n", "kind: city\nredirect_from: [/places/kyiv/]\n"))
    assert run(site, "rename", "places/kiev", "kyiv").exit_code == 0
    assert "redirect_from: [places/kiev]\n" in texts(site)["content/places/kyiv.md"]


def test_line_ends_and_the_mark_of_a_file_stay(archive: Make) -> None:
    site = archive(SITE)
    place = site.root / "content/places/ukraine.md"
    place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n"))
    before = place.read_bytes()
    assert run(site, "rename", "places/kiev", "kyiv").exit_code == 0
    assert place.read_bytes() == before.replace(b"kiev", b"kyiv")


def test_a_dry_run_shows_a_diff_that_git_applies(archive: Make) -> None:
    site = archive(SITE)
    before = texts(site)
    result = run(site, "rename", "places/kiev", "kyiv", "--dry-run")
    assert result.exit_code == 0
    assert "-      - kiev   # the city\n+      - kyiv   # the city\n" in result.output
    assert texts(site) == before
    moved = moving.rename(site.root, "places/kiev", "kyiv", asked(), dry_run=True)
    done = subprocess.run(
        ["git", "apply", "-"],
        input=("\n".join(editor.diff(moved.changes)) + "\n").encode(),
        cwd=site.root,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    applied = texts(site)
    for path, text in before.items():
        site.write(path, text)
    (site.root / "content/places/kyiv.md").unlink()
    run(site, "rename", "places/kiev", "kyiv")
    assert applied == texts(site)


def test_an_article_takes_its_notes_along(archive: Make) -> None:
    site = archive(SITE)
    assert run(site, "rename", "articles/a", "b").exit_code == 0
    assert {"content/articles/b.md", "content/articles/b.notes.yaml"} <= texts(site).keys()
    assert "content/articles/a.md" not in texts(site)
    assert site.build().problems == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rename", "places/lviv", "x"), "there is no page 'places/lviv'"),
        (("rename", "kiev", "kyiv"), "'kiev' may be several pages: places/kiev, sources/kiev"),
        (("rename", "places/kiev", "Kyiv"), "'Kyiv' cannot be an id of the kind places"),
        (("rename", "places/kiev", "ukraine"), "there is a page places/ukraine already"),
        (("merge", "places/kiev", "sources/kiev"), "cannot be one page"),
        (("merge", "places/kiev", "places/kiev"), "cannot be one page"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(arguments: tuple[str, ...], message: str, archive: Make) -> None:
    site = archive(SITE)
    before = texts(site)
    result = run(site, *arguments)
    assert result.exit_code == 4
    assert message in result.output
    assert texts(site) == before


def test_nothing_is_written_where_the_archive_would_have_errors(archive: Make) -> None:
    text = "-- content/places/b.md --\n---\nname: B\nkind: city\nredirect_from: [places/c]\n---\n"
    site = archive(SITE + text)
    before = texts(site)
    result = run(site, "rename", "places/kiev", "c")
    assert result.exit_code == 1
    assert "address-taken" in result.output
    assert "Nothing was written" in result.output
    assert texts(site) == before


def test_a_file_that_changed_meanwhile_is_not_written_over(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SITE)
    real = editor.written

    def late(root: Path, changes: Iterable[editor.Change]) -> None:
        site.write("content/places/ukraine.md", "---\nname: Ukraine\nkind: country\n---\nSomebody wrote this.\n")
        real(root, changes)

    monkeypatch.setattr(moving, "written", late)
    with pytest.raises(Fault, match="changed meanwhile"):
        moving.rename(site.root, "places/kiev", "kyiv", asked())
    assert "Somebody wrote this." in texts(site)["content/places/ukraine.md"]
    assert "content/places/kyiv.md" not in texts(site)


MERGED = """-- content/sources/isw-2.md --
---
name: ISW
aliases:
- "The Institute"  # its short form
- {form: I.S.W., status: short}
kind: thinktank
url: https://understandingwar.org/
side: none
redirect_from: [sources/old]
---
It publishes daily.
-- content/sources/isw.md --
---
name: "Institute for the Study of War"
aliases: [ISW]
kind: ngo
---
A research organisation.
-- content/articles/a.md --
---
title: T
date: 2022-05-15
claims: [{quote: It fell, source: [isw-2, isw]}]
---
It fell.
"""


def test_of_two_pages_one_is_made_and_nothing_that_they_say_is_lost(archive: Make) -> None:
    site = archive(MERGED)
    result = run(site, "merge", "sources/isw-2", "isw")
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "`kind` is not the same in both: kept is ngo, gone is thinktank",
            "the words of content/sources/isw-2.md stand now below those of content/sources/isw.md; make one text of them",
            "3 files changed; `git diff` shows how.",
        ],
    )
    after = texts(site)
    assert "content/sources/isw-2.md" not in after
    assert after["content/sources/isw.md"] == (
        '---\nname: "Institute for the Study of War"\naliases: [ISW, "The Institute", {form: "I.S.W.", status: "short"}]\nkind: ngo\n'
        "url: https://understandingwar.org/\nside: none\nredirect_from: [sources/isw-2, sources/old]\n---\n"
        "A research organisation.\n\nIt publishes daily.\n"
    )
    assert "source: [isw, isw]" in after["content/articles/a.md"]
    assert site.build().problems == ()
    assert "/sources/isw/" in site.html("sources/old/")


def test_where_a_page_is_named(archive: Make) -> None:
    site = archive(SITE)
    result = run(site, "where", "places/kiev")
    assert result.output.splitlines() == [
        "content/articles/a.md:6", "content/articles/a.notes.yaml:7", "content/articles/a.notes.yaml:9", "content/places/kiev.md:8",
        "content/places/kiev.md:8", "content/places/ukraine.md:5", "content/places/ukraine.md:7",
    ]  # fmt: skip


# one edit, and every other sign as it was

WORD = st.sampled_from(["a", "two words", "1/3", "x: y", "#", "'", "é", "it's", "[a]", "- b", "", "null"])
LIST = st.sampled_from(
    [
        "[]",
        "[ ]",
        "[a]",
        "[ a , b ]  # c",
        "\n- a\n-  b # c",
        "\n  - a\n\n  # d\n  - {form: b,\n     lang: uk}",
        "",
        "  # none",
        "\n  -\n    form: a\n    lang: uk",
    ]
)
OTHERS = st.sampled_from(
    ["name: A", "kind:  city # c", "\n# alone\nkind: city", "within: [u]", "note: >-\n  some\n  words", "extra: {a: [b]}"]
)


def said(text: str) -> dict[str, object]:
    start, end, _ = uses.fences(text, "a.md")
    mapping, problems = nodes(text[start:end].replace("\r\n", "\n"), "a.md", 2)
    assert problems == []
    return {name.text: front._value(value) for name, value in mapping.items}


@given(
    st.lists(OTHERS, unique_by=lambda one: one.split(":")[0].split("\n")[-1], max_size=3),
    LIST,
    st.integers(0, 3),
    WORD,
    st.sampled_from(["\n", "\r\n"]),
)
@example([], "\n- a\n- b", 0, "c", "\n")
def test_a_list_gets_an_entry_and_every_other_sign_stays(rows: list[str], value: str, at: int, word: str, end: str) -> None:
    lines = [*rows[:at], f"aliases:{'' if value.startswith(chr(10)) or not value else ' '}{value}", *rows[at:]]
    text = f"---\n{chr(10).join(lines)}\n---\nWords [[a]].\n".replace("\n", end)
    before = said(text)
    after = front.with_entry(text, "a.md", "aliases", quoted(word))
    expected = before["aliases"] or []
    assert isinstance(expected, list)
    assert said(after) == {**before, "aliases": [*expected, word]}
    rest = iter(after)
    assert all(sign in rest for sign in text.replace("[ ]", "[]")), "what was there is there, in its order"


FREE = """-- sitegen.yaml --
title: Notices
base_url: https://example.org/
policies: {corrections: "about/mistakes", verification: about/us}  # who we are
-- content/pages/about/mistakes.md --
---
title: Corrections
---
[Us](/about/us/), [here](/about/mistakes/#how) and [there][t].

## How

[t]: </about/mistakes>
-- content/pages/about/us.md --
---
title: Us
---
See [what we correct](/about/mistakes/?x#how), not `[x](/about/mistakes/)`.
"""


def test_a_free_page_is_renamed_in_links_and_policies(archive: Make) -> None:
    site = archive(FREE)
    assert site.build().problems == ()
    before, settings = texts(site), (site.root / "sitegen.yaml").read_text()
    assert run(site, "where", "pages/about/mistakes").output.splitlines() == [
        "content/pages/about/mistakes.md:4", "content/pages/about/mistakes.md:8", "content/pages/about/us.md:4", "sitegen.yaml:3",
    ]  # fmt: skip
    assert run(site, "rename", "pages/about/mistakes", "corrections").exit_code == 0
    after = texts(site)
    assert (site.root / "sitegen.yaml").read_text() == settings.replace("about/mistakes", "corrections")
    assert after["content/pages/about/us.md"] == before["content/pages/about/us.md"].replace("mistakes/?x", "X").replace(
        "/about/X", "/corrections/?x"
    )
    assert "[here](/corrections/#how)" in after["content/pages/corrections.md"]
    assert "[t]: </corrections>" in after["content/pages/corrections.md"]
    assert site.build().problems == ()
