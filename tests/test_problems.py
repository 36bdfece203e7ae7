"""What is said of an archive follows from its files alone: not from what was there before, nor from how the articles are boxed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.archive import boxes
from sitegen.build import Report
from sitegen.model.problem import Problem
from tests.conftest import CONFIG, Archive

Make = Callable[[str], Archive]
SEED = "A\n\nKyiv held.\n"


def article(front: str = "", body: str = "Kyiv held.") -> str:
    return f"---\ntitle: A\n{front}---\n{body}\n"


def seeded(path: str) -> str:
    return article(f"seed: {{path: {path}, sha256: {hashlib.sha256(SEED.encode()).hexdigest()}}}\n")


def entry(front: str = "", body: str = "") -> str:
    return f"---\nname: Kyiv\nkind: city\n{front}---\n{body}\n"


FILES = [
    # one stem in several folders, and what each of them asks for
    *((f"content/articles/{folder}{stem}.md", article()) for folder in ("", "x/", "y/") for stem in "ab"),
    ("content/articles/x/a.md", article("redirect_from: [old/one]\n", "## Here\n\nKyiv held.")),
    ("content/articles/y/a.md", article("redirect_from: [old/one, kept/y]\n")),
    # old addresses of several files, in several cases, of pages that are there, of files, and one in the other's way
    ("content/articles/c.md", article("redirect_from: [old/one, articles/a]\n")),
    ("content/articles/z/d.md", article("redirect_from: [Old/One, kept/x, x.html]\n")),
    ("content/articles/z/e.md", article("redirect_from: [Articles/A, X.html, x.html/y]\n")),
    ("content/articles/f.md", article("draft: true\nredirect_from: [old/one]\n")),
    ("content/places/kyiv.md", entry("redirect_from: [old/one, old/two]\n")),
    ("content/places/x/kyiv.md", entry("redirect_from: [old/two, feed.xml]\n")),
    ("content/places/y/kyiv.md", entry("withdrawn: {date: 2022-01-01, reason: r}\nredirect_from: [old/two]\n")),
    ("content/places/kiev.md", entry("aliases: [Kiew]\n")),
    ("content/places/odesa.md", entry("draft: true\nredirect_from: [old/two]\n")),
    ("content/pages/old/one.md", "---\ntitle: One\n---\nSee [[kyiv]].\n"),
    ("content/claims/kyiv.md", "---\ntitle: T\nkind: event\n---\n"),
    # seeds that would be published under one name
    ("seeds/s", SEED),
    ("seeds/s.txt", SEED),
    ("content/articles/g.md", seeded("seeds/s")),
    ("content/articles/h.md", seeded("seeds/s.txt")),
    ("content/articles/x/i.md", seeded("seeds/s")),
    # what leads nowhere, and what is nearly so called
    ("content/articles/j.md", article("claims: [{quote: held, claim: kyiw, source: kiev}]\n", "Kyiv held [b](/articles/bb/).")),
    ("content/articles/k.md", article("", "Kyiv held [there](/articles/a/#here) and [here](#there).")),
    ("content/articles/l.md", article("images: [{id: t, caption: T, file: t.png}]\n", "![](image:t)")),
    ("content/articles/m.md", article("images: [{id: t, caption: T, file: t.png}]\n", "![](image:t)")),
    ("content/images/t.png", "no picture"),
    ("content/articles/n.txt", "stray"),
    ("content/articles/o.md", "no front matter"),
    ("content/articles/a.md", "---\ntitle: [A]\n---\n"),
]  # fmt: skip


@contextmanager
def boxes_of(size: int) -> Iterator[None]:
    before = boxes.BOX
    boxes.BOX = size
    try:
        yield
    finally:
        boxes.BOX = before


def said(report: Report) -> tuple[object, ...]:
    return report.problems, report.held, report.hidden


def clean(site: Archive, folder: Path, *, size: int = boxes.BOX, drafts: bool = False) -> Report:
    """A build of the same files that knows of no other."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site.root, folder, ignore=shutil.ignore_patterns("public", ".sitegen"))
    with boxes_of(size):
        return Archive(folder).build(drafts=drafts)


STEP = st.tuples(st.sampled_from(["write", "write", "write", "remove", "rename"]), st.integers(0, 99), st.integers(0, 99))


@settings(max_examples=400 if os.environ.get("SITEGEN_SOAK") else 3, deadline=None)
@given(st.permutations(FILES), st.lists(STEP, max_size=6), st.booleans())
def test_after_any_history_the_same_is_said_as_of_a_clean_build(
    files: list[tuple[str, str]], steps: list[tuple[str, int, int]], drafts: bool
) -> None:
    with tempfile.TemporaryDirectory(prefix="sitegen-problems-") as folder, boxes_of(2):  # so that a few articles have several boxes
        site = Archive(Path(folder) / "site")
        site.write("sitegen.yaml", CONFIG + "keep: [kept]\n")
        for number, (path, text) in enumerate(files):
            site.write(path, text)
            if number % 12 == 0:
                site.build(drafts=drafts)
        for what, which, other in steps:
            there = sorted(path for path in (site.root / "content").rglob("*") if path.is_file())
            if what == "write":
                site.write(*FILES[which % len(FILES)])
            elif what == "remove":
                there[which % len(there)].unlink()
            else:
                there[which % len(there)].rename(there[other % len(there)])
            site.build(drafts=drafts)
        report = site.build(drafts=drafts)
        for size in (1, 2, 80):
            assert said(report) == said(clean(site, Path(folder) / "clean", size=size, drafts=drafts))


def taken(site: Archive, folder: Path, size: int) -> list[Problem]:
    return [problem for problem in clean(site, folder, size=size).problems if problem.code == "address-taken"]


@pytest.mark.parametrize("size", [1, 2, 80])
def test_of_files_that_ask_for_one_address_the_first_is_named_and_the_others_beside_it(size: int, archive: Make, tmp_path: Path) -> None:
    site = archive("")
    for name in ("d", "b", "c", "a"):
        site.write(f"content/articles/{name}.md", article("redirect_from: [old/one]\n"))
    (problem,) = taken(site, tmp_path / "copy", size)
    assert problem.path == "content/articles/a.md"
    for name in "bcd":
        assert f"content/articles/{name}.md asks for it too" in problem.hint


@pytest.mark.parametrize("size", [1, 2, 80])
def test_an_old_address_is_in_the_way_of_a_page_and_not_the_page_in_its(size: int, archive: Make, tmp_path: Path) -> None:
    site = archive("")
    site.write("content/articles/a.md", article())
    site.write("content/articles/b.md", article("redirect_from: [Articles/A]\n"))
    site.write("content/articles/c.md", article("redirect_from: [ARTICLES/a]\n"))
    found = taken(site, tmp_path / "copy", size)
    assert [(problem.path, problem.message) for problem in found] == [
        ("content/articles/b.md", "/Articles/A/ and /ARTICLES/a/ would lie in one place"),
        ("content/articles/c.md", "/ARTICLES/a/ and /articles/a/ would lie in one place"),
    ]


def test_what_is_not_published_is_in_nobodys_way(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    site.write("content/places/a.md", entry("draft: true\nredirect_from: [articles/c]\n"))
    site.write("content/places/b.md", entry("redirect_from: [articles/c]\n"))
    site.write("content/articles/c.md", article())
    (problem,) = taken(site, tmp_path / "copy", 80)
    assert problem.path == "content/places/b.md"
    assert "content/places/a.md" not in problem.hint


@pytest.mark.parametrize("size", [1, 2, 80])
def test_of_seeds_that_would_have_one_address_the_first_articles_keeps_it(size: int, archive: Make, tmp_path: Path) -> None:
    site = archive("")
    for name, seed in (("c", "seeds/s"), ("b", "seeds/s.txt"), ("a", "seeds/s")):
        site.write(seed, SEED)
        site.write(f"content/articles/{name}.md", seeded(seed))
    (problem,) = taken(site, tmp_path / "copy", size)
    assert problem.path == "content/articles/b.md"
    assert problem.message.startswith("the seeds 'seeds/s.txt' and 'seeds/s' would both")


def test_a_link_is_held_against_the_first_of_two_files_with_one_address(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    site.write("content/articles/x/a.md", article("", "## Here\n\nKyiv held."))
    site.write("content/articles/y/a.md", article("", "## There\n\nKyiv held."))
    site.write("content/articles/b.md", article("", "[x](/articles/a/#here) and [y](/articles/a/#there)."))
    for size in (1, 2, 80):
        found = clean(site, tmp_path / "copy", size=size).problems
        assert [problem.message for problem in found if problem.code == "broken-link"] == [
            "the page has no anchor for '/articles/a/#there'"
        ]


@pytest.mark.soak
def test_the_same_is_said_under_any_hash_seed(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    for path, text in FILES:
        site.write(path, text)
    command = [sys.executable, "-m", "sitegen", "check", "--format", "json", "--source"]
    out = []
    for seed in ("1", "2", "3"):
        copy = shutil.copytree(site.root, tmp_path / seed, ignore=shutil.ignore_patterns(".sitegen"))
        found = subprocess.run([*command, str(copy)], capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed})
        assert found.returncode == 1
        out.append(found.stdout)
    assert out[0] == out[1] == out[2]
