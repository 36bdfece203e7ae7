"""Addresses for years: `urls.lock` holds what was published, and nothing of it is lost in silence."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive import ledger
from sitegen.cli import main, shell
from tests.conftest import Archive, command

Make = Callable[[str], Archive]
ARCHIVE = """\
-- content/articles/one.md --
---
title: The bridge
date: 1911-07-03
---
The Board counted 900 carts at Marn.

## At the bridge

No boat passed.
-- content/articles/one.notes.yaml --
claims:
- {id: c-carts, quote: "counted 900 carts", source: board, claim: carts, figures: [{value: 900, unit: carts}]}
-- content/places/marn.md --
---
name: Marn
kind: town
---
-- content/sources/board.md --
---
name: the Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts counted
kind: quantity
---
-- static/files/plan.txt --
A plan.
"""
CODES = ("address-gone", "anchor-gone")


def urls(site: Archive, *more: str) -> Result:
    return command(site, "urls", *more)


@pytest.fixture
def published(archive: Make) -> Archive:
    site = archive(ARCHIVE)
    assert urls(site, "--accept").exit_code == 0
    return site


def gone(site: Archive) -> list[str]:
    """What a build says would be lost."""
    return [problem.message.split()[0] for problem in site.build().problems if problem.code in CODES]


def test_what_is_published_is_written_down(archive: Make) -> None:
    site = archive(ARCHIVE)
    assert not (site.root / "urls.lock").exists(), "nobody has asked for it"
    assert site.build().unlisted == 0
    seen = urls(site)
    assert "+ /articles/one/#c-carts" in seen.stdout
    assert not (site.root / "urls.lock").exists()
    assert urls(site, "--accept").exit_code == 0
    lines = (site.root / "urls.lock").read_text().splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert {"/", "/articles/one/", "/articles/one/#c-carts", "/articles/one/#at-the-bridge", "/places/marn/", "/files/plan.txt"} <= {*lines}
    assert not [line for line in lines if "assets/" in line or "/page/" in line or "search" in line]
    assert urls(site).stdout == "The archive is as urls.lock says.\n"
    assert site.build().unlisted == 0


def test_a_new_page_is_told_of_until_it_is_accepted(published: Archive) -> None:
    published.write("content/places/neudorf.md", "---\nname: Neudorf\nkind: town\n---\n")
    assert published.build().unlisted == 1
    told = command(published, "build").stdout
    assert "1 address is not in urls.lock yet" in told
    assert "+ /places/neudorf/" in urls(published, "--accept").stdout
    assert published.build().unlisted == 0


def test_a_page_that_goes_stops_the_build(published: Archive) -> None:
    published.build()
    before = published.bytes_of_output()
    (published.root / "content/claims/carts.md").unlink()
    published.write("content/articles/one.notes.yaml", 'claims:\n- {id: c-carts, quote: "counted 900 carts", source: board}\n')
    assert gone(published) == ["/claims/carts/"]
    done = command(published, "build")
    assert done.exit_code == shell.PROBLEMS
    assert "redirect_from: [claims/carts]" in done.stderr
    assert published.bytes_of_output() == before, "the earlier site stays"
    line = next(n for n, text in enumerate((published.root / "urls.lock").read_text().splitlines(), 1) if text == "/claims/carts/")
    assert f"urls.lock:{line}: error[address-gone]" in done.stderr


WAYS_OUT = {
    "another page takes its place": (
        "content/claims/wagons.md",
        "---\ntitle: Wagons\nkind: quantity\nredirect_from: [claims/carts]\n---\n",
    ),
    "it was withdrawn": (
        "content/claims/carts.md",
        '---\ntitle: Carts counted\nkind: quantity\nwithdrawn: {date: 1911-08-01, reason: "It was no count."}\n---\n',
    ),
    "a file lies there": ("static/claims/carts/index.html", "<p>gone</p>"),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_ways_out(way: str, published: Archive) -> None:
    (published.root / "content/claims/carts.md").unlink()
    published.write("content/articles/one.notes.yaml", 'claims:\n- {id: c-carts, quote: "counted 900 carts", source: board}\n')
    published.write(*WAYS_OUT[way])
    report = published.build()
    assert not report.failed, report.problems
    assert (published.output / "claims/carts/index.html").is_file()


def test_it_can_be_let_go(published: Archive) -> None:
    (published.root / "content/claims/carts.md").unlink()
    published.write("content/articles/one.notes.yaml", 'claims:\n- {id: c-carts, quote: "counted 900 carts", source: board}\n')
    assert urls(published).exit_code == shell.PROBLEMS
    assert "- /claims/carts/" in urls(published, "--accept").stdout
    assert not published.build().failed


def test_a_place_in_a_page_is_kept_too(published: Archive) -> None:
    notes = (published.root / "content/articles/one.notes.yaml").read_text()
    published.write("content/articles/one.notes.yaml", notes.replace("id: c-carts", "id: c-wagons"))
    assert gone(published) == ["/articles/one/#c-carts"]
    published.write("content/articles/one.notes.yaml", notes)
    assert gone(published) == []


def test_rename_and_merge_keep_addresses(published: Archive) -> None:
    published.write("content/places/marn-2.md", "---\nname: Marn on the Aule\nkind: town\n---\n")
    urls(published, "--accept")
    assert command(published, "rename", "articles/one", "articles/the-bridge").exit_code == 0
    assert gone(published) == [], "an anchor is sought where the page leads"
    assert command(published, "merge", "places/marn-2", "places/marn").exit_code == 0
    assert gone(published) == []
    assert not published.build().failed
    redirects = (published.output / "_redirects").read_text()
    assert "/articles/one/* /articles/the-bridge/:splat 301!\n" in redirects
    assert "/places/marn-2/* /places/marn/:splat 301!\n" in redirects
    urls(published, "--accept")
    assert "/articles/one/#c-carts\n" in (published.root / "urls.lock").read_text(), "what was published stays written down"
    notes = (published.root / "content/articles/the-bridge.notes.yaml").read_text()
    published.write("content/articles/the-bridge.notes.yaml", notes.replace("id: c-carts", "id: c-wagons"))
    assert gone(published) == ["/articles/one/#c-carts", "/articles/the-bridge/#c-carts"]


def test_a_page_that_becomes_a_draft_is_missed(published: Archive) -> None:
    published.write("content/places/marn.md", "---\nname: Marn\nkind: town\ndraft: true\n---\n")
    assert gone(published) == ["/places/marn/"]


def test_a_page_that_cannot_be_read_is_not_gone(published: Archive) -> None:
    published.write("content/articles/one.md", "---\ntitle: The bridge\ndate: someday\n---\nWords.\n")
    report = published.build()
    assert report.failed
    assert not [one for one in report.problems if one.code in CODES]


def test_a_line_that_is_none_is_told(published: Archive) -> None:
    text = (published.root / "urls.lock").read_text()
    published.write("urls.lock", text + "<<<<<<< ours\n/../../etc/passwd\n")
    problems = [one for one in published.build().problems if one.code == "ledger-line"]
    assert len(problems) == 2
    assert "ledger-line" not in urls(published, "--accept").output
    assert (published.root / "urls.lock").read_text() == text


def test_both_sides_of_two_lists_are_kept_and_read(published: Archive, tmp_path: Path) -> None:
    """As the attributes say that `init` writes, by Git's own way of putting lines together."""
    CliRunner().invoke(main, ["init", str(published.root)])
    assert "urls.lock merge=union" in (published.root / ".gitattributes").read_text().splitlines()
    base = (published.root / "urls.lock").read_text()
    names = ("ours", "base", "theirs")
    for name, more in zip(names, ("/places/aldorf/\n", "", "/places/alheim/\n"), strict=True):
        (tmp_path / name).write_text(base + more)
    merged = subprocess.run(["git", "merge-file", "-p", "--union", *names], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    found, _, wrong = ledger.read(merged)
    assert wrong == []
    assert {"/places/aldorf/", "/places/alheim/"} <= {f"/{one.strip('/')}/" for one in found}


@pytest.mark.soak
def test_git_merges_two_lists(published: Archive) -> None:
    """As `init` has Git told: both sides' addresses stay, and order does not matter to who reads them."""
    CliRunner().invoke(main, ["init", str(published.root)])
    run = ("git", "-c", "user.name=A", "-c", "user.email=a@x.org", "-c", "init.defaultBranch=main")

    def git(*arguments: str) -> None:
        subprocess.run([*run, *arguments], cwd=published.root, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "begin")
    for branch, place in (("one", "aldorf"), ("two", "alheim")):
        git("checkout", "-qb", branch, "main")
        published.write(f"content/places/{place}.md", f"---\nname: {place.title()}\nkind: town\n---\n")
        urls(published, "--accept")
        git("add", ".")
        git("commit", "-qm", branch)
    git("merge", "-q", "--no-edit", "one")
    lock = (published.root / "urls.lock").read_text()
    assert "/places/aldorf/\n" in lock
    assert "/places/alheim/\n" in lock
    assert not published.build().failed
    assert published.build().unlisted == 0


@given(
    st.dictionaries(
        st.lists(st.text("abcä #%é-.", min_size=1, max_size=8).filter(lambda part: part.strip(" .") == part), min_size=1, max_size=3).map(
            "/".join
        ),
        st.frozensets(st.text("abc-", min_size=1, max_size=4), max_size=3),
        max_size=6,
    )
)
def test_what_is_written_is_read(entries: dict[str, frozenset[str]]) -> None:
    text = ledger.written(entries)
    found, lines, wrong = ledger.read(text)
    assert (found, wrong) == (entries, [])
    assert len(lines) == sum(1 + len(anchors) for anchors in entries.values())
    assert ledger.written(found) == text
