"""What editors changed of a claim is told from Git: by day and by key, never by whom; and what Git tells is an input like any other."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import history
from sitegen.build import verify
from sitegen.explain import explain
from sitegen.serve.site import make
from tests.conftest import Archive, asked
from tests.test_in_short import seen
from tests.test_lists import FLOOD, text
from tests.test_series import stated

Make = Callable[[str], Archive]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no Git")
ASKED = FLOOD.replace("theme: plain", "theme: default\nrevisions: git")
BARGES = "content/claims/barges.md"
PAGE = "claims/barges/"
NAME, MAIL, MESSAGE = "Ada Secretary", "ada@private.example", "Because the mayor telephoned"


def git(folder: Path, *arguments: str, day: str = "1999-01-01") -> str:
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", NAME), ("EMAIL", MAIL))}
    when = {"GIT_AUTHOR_DATE": f"{day}T23:30:00-0200", "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z"}
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **who, **when, **clean}, capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder: Path, day: str) -> None:
    """Commits all, on that day as it is two hours west of Greenwich, half an hour before midnight: in UTC the day after it."""
    git(folder, "add", "content", "sitegen.yaml")
    git(folder, "commit", "-q", "-m", MESSAGE, day=day)


def claim(site: Archive, front: str, body: str = "") -> None:
    site.write(BARGES, f"---\n{front}\n---\n{body}")


def told(site: Archive, page: str = "claims/barges") -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The revisions on a page: day, and of each change its label and what stood and stands there."""
    return [
        (one["date"]["iso"], [(change["label"], change["before"], change["after"]) for change in one["changes"]])
        for one in seen(site, page)["page"]["revisions"]
    ]


def holds(site: Archive) -> bool:
    return verify(site.root, site.output, asked()) == []


@pytest.fixture
def repository(archive: Make) -> Archive:
    """An archive whose claim was first written on 2 January 1999."""
    site = archive(ASKED + stated("a", "900 barges", "1912-03-01"))
    git(site.root, "init", "-q")
    commit(site.root, "1999-01-01")
    return site


FIRST = ("1999-01-02", [("First written.", "", "")])


@needs_git
def test_what_changed_is_told_key_by_key_the_newest_first(repository: Archive) -> None:
    site = repository
    claim(site, "title: Barges sunk\nkind: event\nmeasure: {unit: craft, about: the port, cumulative: true}\n", "Words.\n")
    site.write("content/claims/craft.md", "---\ntitle: Craft lost\nkind: quantity\n---\n")
    commit(site.root, "1999-02-01")
    verdict = "assessment: {verdict: Unknown, by: The editors, date: 1999-03-01, why: Nobody counted.}\n"
    rest = "relations: [{type: part-of, claim: craft}]\nbreaks: [{date: 1912-03-05, source: board, why: Rafts too}]\n"
    claim(
        site, f"title: Barges sunk\nkind: event\nmeasure: {{unit: craft, about: the port, cumulative: true}}\n{rest}{verdict}", "Words.\n"
    )
    commit(site.root, "1999-03-01")
    site.build()
    assert told(site) == [
        ("1999-03-02", [
            ("Related claims", "", "part of Craft lost"), ("Breaks in counting", "", "5 March 1912: Harbour Board: Rafts too"),
            ("Assessment", "", "Unknown (The editors, 1 March 1999): Nobody counted."),
        ]),
        ("1999-02-02", [
            ("Title", "Barges lost", "Barges sunk"), ("Kind", "quantity", "event"), ("Unit", "barges", "craft"), ("About", "", "the port"),
            ("Running total", "no", "yes"), ("The text below was changed.", "", ""),
        ]),
        FIRST,
    ]  # fmt: skip
    assert "What the editors changed 2 March 1999 Related claims Now: part of Craft lost" in text(site.html(PAGE))
    assert "Title Before: Barges lost Now: Barges sunk" in text(site.html(PAGE))
    assert told(site, "claims/craft") == [("1999-02-02", [("First written.", "", "")])]
    assert holds(site)
    settings = (site.root / "sitegen.yaml").read_text()
    site.write("sitegen.yaml", settings.replace("theme: default", "theme: plain"))
    site.build()
    assert "2 February 1999 : Title Before: “Barges lost”. Now: “Barges sunk”.; Kind" in text(site.html(PAGE))


@needs_git
def test_nobody_is_named_and_no_message_is_shown(repository: Archive) -> None:
    claim(repository, "title: Barges sunk\nkind: quantity\nreview: {state: checked, by: Someone}")
    commit(repository.root, "1999-02-01")
    repository.build()
    assert "Barges lost" in repository.html(PAGE)
    for path in repository.output.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(word.encode() in data for word in (NAME, "Secretary", MAIL, MESSAGE, "Someone")), path


@needs_git
def test_what_readers_do_not_see_of_a_file_is_no_revision(repository: Archive) -> None:
    claim(
        repository,
        "# in another order\nkind: quantity\ntitle: Barges lost\nmeasure:\n  unit: barges\nextra: {a: b}\nreview: {state: checked}",
    )
    commit(repository.root, "1999-02-01")
    repository.build()
    assert told(repository) == [FIRST]


@needs_git
def test_what_was_never_published_is_not_told(repository: Archive) -> None:
    site = repository
    states = (
        "title: Slander\nkind: quantity\ndraft: true",
        "title: Slander\nkind: quantity\npublish_from: 2001-01-01",
        "title: Slander\nkind: quantity\nreview: {state: imported}",
        "title: Slander\nkind: quantity\nwithdrawn: {date: 1999-03-01, reason: Untrue.}",
        "title: Barges sunk\nkind: quantity\nmeasure: {unit: barges}",
    )
    for month, front in enumerate(states, 2):
        claim(site, front)
        commit(site.root, f"1999-{month:02}-01")
    site.build()
    assert told(site) == [("1999-06-02", [("Title", "Barges lost", "Barges sunk")]), FIRST]


@needs_git
def test_the_days_are_those_of_the_author_in_utc(repository: Archive) -> None:
    repository.build()
    assert told(repository) == [FIRST], "half an hour before midnight, two hours west of Greenwich"


@needs_git
def test_a_state_that_cannot_be_read_is_told_as_changed(repository: Archive) -> None:
    for month, words in ((2, b"---\ntitle: [\n---\n"), (3, b"\xff\xfe"), (4, b"---\ntitle: Barges\nkind: quantity\n---\n")):
        repository.write(BARGES, words)
        commit(repository.root, f"1999-{month:02}-01")
    repository.build()
    changed = [("Changed.", "", "")]
    assert told(repository) == [("1999-04-02", changed), ("1999-03-02", changed), ("1999-02-02", changed), FIRST]
    assert holds(repository)


@needs_git
def test_a_renamed_file_is_followed_and_one_written_anew_is_not(repository: Archive) -> None:
    site = repository
    for old, new, month in ((BARGES, "content/claims/x.md", 2), ("content/claims/x.md", "content/claims/boats.md", 3)):
        git(site.root, "mv", old, new)
        commit(site.root, f"1999-{month:02}-01")
    (site.root / "content/articles/a.md").unlink()
    site.write("content/claims/boats.md", "---\ntitle: Boats lost\nkind: quantity\nmeasure: {unit: barges}\n---\n")
    claim(site, "title: Others\nkind: event", "Something else, at some length, so that nobody takes it for the file of this name before.\n")
    commit(site.root, "1999-04-01")
    (site.root / BARGES).unlink()
    commit(site.root, "1999-05-01")
    claim(site, "title: Again\nkind: event", "A third text.\n")
    commit(site.root, "1999-06-01")
    site.build()
    assert told(site, "claims/boats") == [("1999-04-02", [("Title", "Barges lost", "Boats lost")]), FIRST]
    assert told(site) == [("1999-06-02", [("First written.", "", "")])]
    assert holds(site)


@needs_git
def test_a_name_that_is_taken_by_another_file_has_the_past_of_the_name(repository: Archive) -> None:
    site = repository
    (site.root / "content/articles/a.md").unlink()
    site.write("content/claims/carts.md", "---\ntitle: Carts lost\nkind: quantity\nmeasure: {unit: carts}\n---\n" + "Of carts. " * 20)
    commit(site.root, "1999-02-01")
    git(site.root, "mv", "content/claims/carts.md", "content/claims/wagons.md")
    git(site.root, "mv", BARGES, "content/claims/carts.md")
    commit(site.root, "1999-03-01")
    site.build()
    assert told(site, "claims/wagons") == [("1999-03-02", [("First written.", "", "")])]
    (newest, oldest) = told(site, "claims/carts")
    assert (newest[0], newest[1][0], oldest[0]) == ("1999-03-02", ("Title", "Carts lost", "Barges lost"), "1999-02-02")
    assert holds(site)


@needs_git
def test_a_branch_is_one_change_on_the_day_when_it_was_merged(repository: Archive) -> None:
    site = repository
    git(site.root, "checkout", "-q", "-b", "side")
    for month, title in ((2, "Barges, perhaps"), (3, "Barges sunk")):
        claim(site, f"title: {title}\nkind: quantity\nmeasure: {{unit: barges}}")
        commit(site.root, f"1999-{month:02}-01")
    git(site.root, "checkout", "-q", "main")
    site.write("content/places/x.md", "---\nname: Nova\nkind: town\n---\n")
    commit(site.root, "1999-04-01")
    git(site.root, "merge", "-q", "--no-ff", "-m", MESSAGE, "side", day="1999-05-01")
    site.build()
    assert told(site) == [("1999-05-02", [("Title", "Barges lost", "Barges sunk")]), FIRST]
    assert holds(site)


@needs_git
def test_of_a_shallow_clone_the_page_says_from_when_on_it_knows(repository: Archive, tmp_path: Path) -> None:
    for month, title in ((2, "Barges, perhaps"), (3, "Barges sunk"), (4, "Barges gone")):
        claim(repository, f"title: {title}\nkind: quantity\nmeasure: {{unit: barges}}")
        commit(repository.root, f"1999-{month:02}-01")
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{repository.root}", "clone")
    site = Archive(tmp_path / "clone")
    assert site.build().problems == ()
    assert told(site) == [("1999-04-02", [("Title", "Barges sunk", "Barges gone")])]
    assert "What was changed before 2 March 1999 is not known here." in text(site.html(PAGE))
    assert holds(site)
    git(site.root, "fetch", "-q", "--unshallow")
    site.build()
    assert len(told(site)) == 4, "the commit is the same, and more of its past is there"
    assert "is not known here" not in site.html(PAGE)
    assert holds(site)


@needs_git
def test_an_archive_may_lie_in_a_folder_of_the_repository_and_be_moved(archive: Make, tmp_path: Path) -> None:
    site = archive(ASKED + stated("a", "900 barges", "1912-03-01"))
    top, moved = tmp_path, Archive(tmp_path / "ö \n[x]*/neu")
    git(top, "init", "-q")
    git(top, "add", "archive/content", "archive/sitegen.yaml")
    git(top, "commit", "-q", "-m", "1", day="1999-01-01")
    site.build()
    assert told(site) == [FIRST]
    moved.root.parent.mkdir()
    shutil.rmtree(site.output)
    git(top, "mv", "archive", "ö \n[x]*/neu")
    git(top, "commit", "-q", "-m", "2", day="1999-02-01")
    claim(moved, "title: Barges sunk\nkind: quantity\nmeasure: {unit: barges}")
    git(top, "commit", "-q", "-a", "-m", "3", day="1999-03-01")
    moved.build()
    assert told(moved) == [("1999-03-02", [("Title", "Barges lost", "Barges sunk")]), FIRST]
    assert holds(moved)


@needs_git
def test_what_is_not_committed_has_no_past(archive: Make) -> None:
    site = archive(ASKED + stated("a", "900 barges", "1912-03-01"))
    git(site.root, "init", "-q")
    assert site.build().problems == (), "nothing at all is committed"
    assert told(site) == []
    assert "What the editors changed" not in site.html(PAGE)
    git(site.root, "add", "sitegen.yaml")
    git(site.root, "commit", "-q", "-m", "1")
    assert site.build().problems == ()
    assert told(site) == []


def test_without_a_repository_the_editor_is_told_why_once(archive: Make) -> None:
    site = archive(ASKED + stated("a", "900 barges", "1912-03-01"))
    (told_of,) = site.build().problems
    assert (told_of.code, told_of.severity, told_of.line) == ("no-revisions", "warning", 4)
    assert site.build().problems == (told_of,), "and again by a build that has nothing to do"
    assert told(site) == []
    assert holds(site)


@needs_git
def test_without_the_program_the_site_is_built_and_a_later_build_has_it_all(
    repository: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "nothing"))
        (told_of,) = repository.build().problems
        assert (told_of.code, "there is no program `git`" in told_of.message) == ("no-revisions", True)
        assert told(repository) == []
    assert repository.build().problems == ()
    assert told(repository) == [FIRST]


@needs_git
def test_a_repository_that_lacks_something_fails_no_build(repository: Archive) -> None:
    blob = git(repository.root, "rev-parse", f"HEAD:{BARGES}").strip()
    (repository.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    (told_of,) = repository.build().problems
    assert told_of.code == "no-revisions"
    git(repository.root, "hash-object", "-w", BARGES)
    assert repository.build().problems == ()
    assert told(repository) == [FIRST]


def test_off_starts_no_process(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(subprocess, "run", refused)
    for settings in ("", "revisions: off\n"):
        site = archive(FLOOD.replace("theme: plain\n", f"theme: plain\n{settings}") + stated("a", "900 barges", "1912-03-01"))
        assert site.build().problems == ()
        assert "What the editors changed" not in site.html(PAGE)


@needs_git
def test_nothing_that_the_repository_asks_for_is_run(repository: Archive, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho x >> {sprung}\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.md.textconv", "diff.md.command", "core.pager", "gpg.program", "core.sshCommand"):
        git(repository.root, "config", key, str(trap))
    git(repository.root, "config", "log.showSignature", "true")
    git(repository.root, "config", "log.showRoot", "false")
    repository.write(".gitattributes", "*.md diff=md\n")
    repository.build()
    assert told(repository) == [FIRST]
    assert not sprung.exists()


@needs_git
def test_a_commit_is_seen_by_a_build_that_has_nothing_else_to_do(repository: Archive) -> None:
    site = repository
    claim(site, "title: Barges sunk\nkind: quantity\nmeasure: {unit: barges}")
    site.build()
    assert told(site) == [FIRST], "the change is not committed"
    commit(site.root, "1999-02-01")
    report = site.build()
    assert told(site) == [("1999-02-02", [("Title", "Barges lost", "Barges sunk")]), FIRST]
    assert report.rendered == 1, "the page of the claim, and no other"
    assert holds(site)
    assert "what Git tells of the changes of its file" in (explain(site.root, PAGE, asked()).changed or ())
    git(site.root, "commit", "-q", "--allow-empty", "-m", "nothing")
    assert site.build().rendered == 0
    assert site.build().rendered == 0
    assert holds(site)


@needs_git
def test_a_commit_is_seen_while_the_archive_is_served(repository: Archive) -> None:
    before = make(repository.root, asked())
    assert make(repository.root, asked(), before) is None
    claim(repository, "title: Barges sunk\nkind: quantity")
    commit(repository.root, "1999-02-01")
    assert make(repository.root, asked(), before) is not None


@needs_git
def test_the_store_keeps_what_git_told(repository: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str] = []
    run = history._git

    def noted(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        asked_for.append(arguments[0])
        return run(root, *arguments, given=given)

    monkeypatch.setattr(history, "_git", noted)
    repository.build()
    assert asked_for == ["rev-parse", "log", "log", "cat-file"]
    asked_for.clear()
    repository.build()
    assert asked_for == ["rev-parse"]


@needs_git
def test_the_environment_of_a_hook_leads_nowhere_else(repository: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert repository.build().problems == ()
    assert told(repository) == [FIRST]
