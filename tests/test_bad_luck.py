"""When the machine fails: a full disk, a read-only folder, a kill at the worst moment, a file that changes under the build."""

from __future__ import annotations

import multiprocessing
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.model.problem import Fault
from sitegen.tree import Changed, Tree, read_tree
from sitegen.workers import each
from tests.conftest import REPOSITORY, Archive, asked
from tests.test_build import SITE

Make = Callable[[str], Archive]
LONG = "---\ntitle: Long\n---\n" + "Kyiv held on. " + random.Random(1).randbytes(400_000).hex()
"""An article whose page has most of a megabyte, and does not become small when it is packed."""

can_mount = pytest.mark.skipif(
    shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode != 0,
    reason="needs namespaces of its own, to mount a small disk",
)


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Runs a script where it may mount; what it mounts is gone after it. `sitegen` is the program."""
    sitegen = f'sitegen() {{ {shlex.quote(sys.executable)} -m sitegen "$@"; }}\n'
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(["unshare", "-rm", "sh", "-c", sitegen + script], capture_output=True, text=True, env=env, check=False)


@pytest.mark.soak
@can_mount
def test_a_full_disk_leaves_the_old_site_whole(archive: Make) -> None:
    site = archive(SITE)
    root = shlex.quote(str(site.root))
    site.write("long.md", LONG)
    done = shell(f"""
        cd {root} && mkdir -p public && mount -t tmpfs -o size=1600k tmpfs public && sitegen build || exit 99
        find public -type f | sort | xargs sha256sum > before
        mv long.md content/articles/long.md
        sitegen build; echo "exit $?"
        find public -type f | sort | xargs sha256sum | cmp - before && echo whole
    """)
    assert "exit 4" in done.stdout, done.stdout + done.stderr
    assert "No space left" in done.stderr or "disk is full" in done.stderr
    assert "whole" in done.stdout
    assert "Traceback" not in done.stderr


@can_mount
@pytest.mark.soak
@pytest.mark.parametrize("how", ["-t tmpfs -o size=300k tmpfs", "-o ro,bind .sitegen"])
def test_a_store_that_takes_nothing_costs_time_alone(how: str, archive: Make) -> None:
    """A full disk under the store, or one that may only be read."""
    site = archive(SITE)
    site.build()
    site.write("content/articles/long.md", LONG)
    done = shell(f"""
        cd {shlex.quote(str(site.root))} && mount {how} .sitegen
        sitegen build; echo "exit $?"
        sitegen build --verify && echo right
    """)
    assert "exit 0" in done.stdout, done.stdout + done.stderr
    assert "right" in done.stdout
    assert ".sitegen/ cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@can_mount
def test_a_read_only_output_leaves_the_old_site_whole(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    site.write("content/places/odesa.md", "---\nname: Odessa\nkind: city\n---\n")
    done = shell(
        f"cd {shlex.quote(str(site.root))} && mount --bind public public && mount -o remount,ro,bind public && sitegen build; echo $?"
    )
    assert done.stdout.strip().endswith("4")
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.bytes_of_output() == before


@pytest.mark.parametrize("moment", [("Writing", 0), ("Writing", 7), ("Rendering pages", 5)])
def test_a_kill_leaves_every_file_whole_and_the_next_build_completes(moment: tuple[str, int], archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    site.write("sitegen.yaml", (site.root / "sitegen.yaml").read_text().replace("Test archive", "Another title"))

    def fall(what: str, done: int, _total: int) -> None:
        if (what, done) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        build(site.root, site.output, asked(), fall)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    between = {path: digest for path, digest in site.bytes_of_output().items() if not path.startswith(".sitegen-stage")}
    clean = Archive(site.root)
    clean.output = tmp_path / "clean"
    site.build()
    shutil.rmtree(site.root / ".sitegen")
    clean.build()
    after = site.bytes_of_output()
    assert after == clean.bytes_of_output() != before
    assert all(digest in (before.get(path), after.get(path)) for path, digest in between.items()), "each file is the old or the new one"


def test_workers_end_when_their_build_is_killed(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.survey import filling

    monkeypatch.setattr("sitegen.archive.boxes.BOX", 1)
    site = archive(SITE + "".join(f"-- content/articles/a-{n}.md --\n---\ntitle: A {n}\n---\nKyiv.\n" for n in range(12)))
    workers = site.root / "workers"
    workers.mkdir()
    real = filling.fill

    @wraps(real)
    def slow(*arguments: Any) -> object:
        (workers / str(os.getpid())).touch()
        time.sleep(60)  # far longer than they may live on
        return real(*arguments)

    monkeypatch.setattr(filling, "fill", slow)
    child = os.fork()
    if not child:
        build(site.root, site.output, asked(jobs=2))
        os._exit(0)
    while len(list(workers.iterdir())) < 2:
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    alive = [int(path.name) for path in workers.iterdir()]
    until = time.monotonic() + 20
    while alive and time.monotonic() < until:
        time.sleep(0.1)
        alive = [process for process in alive if Path(f"/proc/{process}").exists()]
    assert alive == []


def test_a_file_that_changes_while_it_is_read_is_noticed(archive: Make) -> None:
    site = archive(SITE)
    tree = read_tree(site.root, lambda *_: None, lambda *_: None)
    site.write("content/places/odesa.md", "---\nname: Odessa\nkind: city\n---\n")
    with pytest.raises(Changed, match=r"odesa\.md changed"):
        tree.read("content/places/odesa.md")
    (site.root / "content/places/odesa.md").unlink()
    with pytest.raises(Changed, match=r"odesa\.md vanished"):
        tree.read("content/places/odesa.md")


@pytest.mark.parametrize("gone", [True, False])
def test_a_build_is_of_one_state_of_the_archive(gone: bool, archive: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An article is edited, or goes, after the archive was listed and before the article is parsed."""
    from sitegen.survey import filling

    monkeypatch.setattr("sitegen.archive.boxes.BOX", 1)
    site = archive(SITE)
    second = site.root / "content/articles/2022-05-15-second.md"
    known = filling.facts
    edits = [second.unlink if gone else lambda: second.write_text("---\ntitle: Late\n---\nLate words.\n")]

    @wraps(known)
    def late(*arguments: Any) -> object:
        if edits:
            edits.pop()()
        return known(*arguments)

    monkeypatch.setattr(filling, "facts", late)
    report = site.build()
    assert not report.failed, report.problems
    clean = Archive(site.root)
    clean.output = tmp_path / "clean"
    shutil.rmtree(site.root / ".sitegen")
    clean.build()
    assert site.bytes_of_output() == clean.bytes_of_output()


def test_an_archive_that_never_rests_is_given_up_with_a_word(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SITE)
    counter = iter(range(100))
    name = "sitegen.survey.state.read_tree"
    real = read_tree

    def restless(*args: Any) -> Tree:
        tree = real(*args)
        site.write("content/places/odesa.md", f"---\nname: Odesa {next(counter)}\nkind: city\n---\n")
        return tree

    monkeypatch.setattr(name, restless)
    with pytest.raises(Fault, match=r"odesa\.md changed"):
        site.build()
    assert next(counter) == 4


def test_two_long_pieces_of_work_are_done_by_two_workers() -> None:
    begun = multiprocessing.get_context("fork").Barrier(2)

    def work(_: int) -> int:
        begun.wait(timeout=10)  # one worker alone would wait in vain
        return os.getpid()

    assert len(set(each(work, [0, 1], 2, few=2, chunk=1))) == 2
