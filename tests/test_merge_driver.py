"""Two clones of one archive, merged by Git itself: with the driver, without it, and where the driver cannot run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import main, shell
from sitegen.content.merging import Style
from sitegen.mergedriver import Outcome, merged_files
from tests.conftest import REPOSITORY, Archive, command

Make = Callable[[str], Archive]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no Git")
NOTES, ARTICLE = "content/articles/a.notes.yaml", "content/articles/a.md"
SITE = f"""-- {ARTICLE} --
---
title: A
date: 2022-05-15  # a Sunday
---
One.

Two.

Three.
-- {NOTES} --
claims:
- {{id: c-1, quote: One}}
- {{id: c-2, quote: Two}}
"""


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = {f"GIT_{role}_{what}": "someone" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(REPOSITORY)}
    whole = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(whole, cwd=folder, env={**os.environ, **who, **clean}, capture_output=True, text=True, check=False)


def commit(site: Archive, **files: str) -> None:
    for name, text in files.items():
        site.write({"notes": NOTES, "article": ARTICLE}[name], text)
    assert git(site.root, "add", "content", ".gitattributes").returncode == 0
    assert git(site.root, "commit", "-qm", "a change").returncode == 0


@pytest.fixture
def clone(archive: Make) -> Archive:
    """An archive of which this clone asks the driver."""
    site = archive(SITE)
    git(site.root, "init", "-q")
    found = command(site, "merge-driver", "--install")
    assert found.exit_code == 0, found.output
    commit(site)
    return site


def merge(site: Archive, ours: dict[str, str], theirs: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What `git merge` says to what two have committed."""
    git(site.root, "checkout", "-qb", "other")
    commit(site, **theirs)
    git(site.root, "checkout", "-q", "main")
    commit(site, **ours)
    return git(site.root, "merge", "--no-edit", "other")


def text(site: Archive, path: str) -> str:
    return (site.root / path).read_text(encoding="utf-8")


FIRST = "claims:\n- {id: c-1, quote: One}\n- {id: c-2, quote: Two}\n"
OURS = {
    "notes": f"{FIRST}# ours\n- {{id: c-3, quote: Three}}\n",
    "article": "---\ntitle: A\ndate: 2022-05-15  # a Sunday\nlang: en\n---\nOne!\n\nTwo.\n\nThree.\n",
}
THEIRS = {
    "notes": f"{FIRST}- {{id: c-4, quote: Two. Three}}\n",
    "article": "---\ntitle: A\ndate: 2022-05-15  # a Sunday\nday: 80\n---\nOne.\n\nTwo.\n\nThree!\n",
}


def test_what_does_not_meet_is_merged(clone: Archive) -> None:
    done = merge(clone, OURS, THEIRS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert text(clone, NOTES) == f"{FIRST}# ours\n- {{id: c-3, quote: Three}}\n- {{id: c-4, quote: Two. Three}}\n"
    assert text(clone, ARTICLE) == "---\ntitle: A\ndate: 2022-05-15  # a Sunday\nlang: en\nday: 80\n---\nOne!\n\nTwo.\n\nThree!\n"
    assert git(clone.root, "status", "--porcelain", "content").stdout == ""


def test_without_the_settings_of_the_clone_git_merges_lines(clone: Archive) -> None:
    git(clone.root, "config", "--remove-section", "merge.sitegen")
    done = merge(clone, OURS, THEIRS)
    assert done.returncode == 1
    assert "<<<<<<< HEAD\n# ours\n- {id: c-3, quote: Three}\n=======\n- {id: c-4, quote: Two. Three}\n>>>>>>> other\n" in text(clone, NOTES)


@pytest.mark.parametrize(
    "program",
    ["/nowhere/python", *(pytest.param(one, marks=pytest.mark.soak) for one in ("false", "sh -c 'exit 4' --")), "sh -c 'kill -9 $$' --"],
)
def test_where_the_driver_cannot_run_lines_are_merged_and_nothing_is_lost(clone: Archive, program: str) -> None:
    """A shell says 127 of a program that is not there, Python 1 of a package that is not: neither may leave ours as if it were the merge."""
    driver = git(clone.root, "config", "merge.sitegen.driver").stdout.strip()
    git(clone.root, "config", "merge.sitegen.driver", f"{program} {driver[driver.index(' merge-driver') :]}")
    done = merge(clone, OURS, THEIRS)
    assert done.returncode == 1
    assert "{id: c-3, quote: Three}\n=======\n- {id: c-4, quote: Two. Three}\n" in text(clone, NOTES)


def test_a_conflict_is_as_small_as_it_can_be(clone: Archive) -> None:
    git(clone.root, "config", "merge.conflictStyle", "diff3")
    theirs = FIRST.replace("quote: Two", "quote: Two.")
    done = merge(
        clone, {"notes": f"# ours\n{FIRST.replace('quote: Two', 'quote: Tw')}"}, {"notes": f"{theirs}- {{id: c-9, quote: Three}}\n"}
    )
    assert done.returncode == 1
    lines = text(clone, NOTES).splitlines()
    assert lines[:4] == ["# ours", "claims:", "- {id: c-1, quote: One}", lines[3]]
    assert lines[3].startswith("<<<<<<< ")
    assert [line for line in lines[4:] if line[:7] != ">>>>>>>"] == [
        "- {id: c-2, quote: Tw}", "||||||| base", "- {id: c-2, quote: Two}", "=======", "- {id: c-2, quote: Two.}", "- {id: c-9, quote: Three}",
    ]  # fmt: skip
    assert git(clone.root, "status", "--porcelain", "content").stdout == f"UU {NOTES}\n"


def test_a_file_that_both_added(clone: Archive) -> None:
    path = "content/places/marn.md"
    git(clone.root, "checkout", "-qb", "other")
    clone.write(path, "---\nname: Marn\nkind: city\n---\nWords.\n")
    commit(clone)
    git(clone.root, "checkout", "-q", "main")
    clone.write(path, "---\nname: Marn\naliases: [Old Marn]\n---\nWords.\n")
    commit(clone)
    assert git(clone.root, "merge", "--no-edit", "other").returncode == 0
    assert text(clone, path) == "---\nname: Marn\naliases: [Old Marn]\nkind: city\n---\nWords.\n"


def test_installing_twice_changes_nothing_and_keeps_what_is_there(archive: Make) -> None:
    site = archive(f"{SITE}-- .gitattributes --\n*.png binary")
    assert command(site, "merge-driver", "--install").exit_code == shell.MACHINE, "this is no clone"
    git(site.root, "init", "-q")
    first = command(site, "merge-driver", "--install")
    assert "set merge.sitegen.driver in this clone" in first.output
    kept = text(site, ".gitattributes"), text(site, ".git/config")
    assert kept[0] == "*.png binary\ncontent/**/*.notes.yaml merge=sitegen\ncontent/**/*.md merge=sitegen\n"
    assert command(site, "merge-driver", "--install").output == "All of it is there already.\n"
    assert (text(site, ".gitattributes"), text(site, ".git/config")) == kept
    assert command(site, "merge-driver", "a", "b").exit_code == shell.USAGE


def test_a_new_archive_names_the_driver(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path / "a")])
    lines = [line for line in (tmp_path / "a/.gitattributes").read_text().splitlines() if not line.startswith("#")]
    assert lines[:3] == ["seeds/** -text", "content/**/*.notes.yaml merge=sitegen", "content/**/*.md merge=sitegen"]


def files(base: bytes, ours: bytes, theirs: bytes, path: str = NOTES) -> Outcome:
    return merged_files((base, ours, theirs), path, Style())


FILES: dict[str, tuple[str, bytes, bytes, bytes, bytes]] = {
    "line ends that one changed": (NOTES, b"a: 1\nb: 1\n", b"a: 2\nb: 1\n", b"a: 1\r\nb: 2\r\n", b"a: 2\r\nb: 2\r\n"),
    "line ends of both": (ARTICLE, b"---\r\na: 1\r\n---\r\nA\r\n", b"---\r\na: 2\r\n---\r\nA\r\n", b"---\r\na: 1\r\n---\r\nB\r\n", b"---\r\na: 2\r\n---\r\nB\r\n"),
    "line ends that are mixed": (NOTES, b"a: 1\r\nb: 1\n", b"a: 2\r\nb: 1\n", b"a: 1\r\nb: 2\n", b"a: 2\r\nb: 2\n"),
    "a byte order mark, and no end of the last line": (NOTES, b"a: 1\nb: 1", b"\xef\xbb\xbfa: 2\nb: 1", b"a: 1\nb: 1\nc: 1", b"\xef\xbb\xbfa: 2\nb: 1\nc: 1"),
    "what cannot be read is merged by lines": (NOTES, b"a: [\n\nb\n\nc\n", b"a: [1\n\nb\n\nc\n", b"a: [\n\nb\n\nc]\n", b"a: [1\n\nb\n\nc]\n"),
    "and so is what is no text": (NOTES, b"\xff\n\nb\n\nc\n", b"\xff1\n\nb\n\nc\n", b"\xff\n\nb\n\nd\n", b"\xff1\n\nb\n\nd\n"),
    "and what has no metadata": (ARTICLE, b"A\n\nb\n\nc\n", b"A1\n\nb\n\nc\n", b"A\n\nb\n\nd\n", b"A1\n\nb\n\nd\n"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "base", "ours", "theirs", "after"), FILES.values(), ids=FILES)
def test_whole_files(path: str, base: bytes, ours: bytes, theirs: bytes, after: bytes) -> None:
    assert files(base, ours, theirs, path) == Outcome(after, is_clean=True)


def test_lines_that_could_be_merged_but_say_something_else_are_a_conflict() -> None:
    """One moved an entry to the front, the other to the end: by lines it stands twice. A file in brackets is not merged by its keys."""
    base, ours, theirs = (
        f"{{claims: [\n{''.join(f'  {one},' + chr(10) for one in order)}]}}\n".encode() for order in ("abcdefg", "dabcefg", "abcefgd")
    )
    found = files(base, ours, theirs)
    assert not found.is_clean
    assert b"<<<<<<< ours" in found.data
    assert found.told


def test_a_correction_that_one_took_out_is_told() -> None:
    one, two = b"corrections:\n- {date: 2024-07-01, reason: one}\n", b"- {date: 2024-07-02, reason: two}\n"
    found = files(one + two, one, one + two)
    assert found.data == one + two
    assert "the list of them only grows" in found.told[0]
