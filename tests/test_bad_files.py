"""Files that are none, or that may not be read: each is a problem, and nothing waits for one or ends in a fault of ours."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.conftest import CONFIG, Archive
from tests.test_bad_input import GOOD
from tests.zygote import ran

Make = Callable[[str], Archive]


def test_a_name_that_is_not_utf8(archive: Make) -> None:
    site = archive(GOOD)
    try:
        (Path(os.fsencode(site.root).decode()) / "content/articles").mkdir(exist_ok=True)
        with open(os.fsencode(site.root) + b"/content/articles/\xff.md", "wb") as file:
            file.write(b"---\ntitle: A\n---\n")
    except OSError:
        pytest.skip("this file system only takes UTF-8 names")
    assert [p.code for p in site.build().problems] == ["bad-file-name"]


def test_links_out_of_the_archive_are_refused(archive: Make, tmp_path: Path) -> None:
    site = archive(GOOD)
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n")
    (tmp_path / "archive-sibling").mkdir()
    (site.root / "content/articles/leak.md").symlink_to(tmp_path / "secret.md")
    (site.root / "content/pages").mkdir()
    (site.root / "content/pages/dir").symlink_to(tmp_path / "archive-sibling")
    report = site.build()
    assert [(p.path, p.code) for p in report.problems] == [
        ("content/articles/leak.md", "outside-archive"),
        ("content/pages/dir", "outside-archive"),
    ]


def test_a_loop_of_links_ends(archive: Make) -> None:
    site = archive(GOOD)
    (site.root / "content/articles/loop").symlink_to(site.root / "content/articles")
    (site.root / "content/sources/all").symlink_to(site.root)
    report = site.build()
    assert [(p.path, p.code) for p in report.problems] == [
        ("content/articles/loop", "outside-archive"),
        ("content/sources/all", "outside-archive"),
    ]


def test_links_that_lead_to_one_another_end(archive: Make) -> None:
    """Each folder of a chain links to the next one twice: of twenty, a million paths lead to the last."""
    site = archive(GOOD)
    for number in range(20):
        folder = site.root / f"content/pages/f-{number}"
        folder.mkdir(parents=True)
        for name in "ab":
            (folder / name).symlink_to(site.root / f"content/pages/f-{(number + 1) % 20}")
    problems = site.build().problems
    assert {problem.code for problem in problems} == {"outside-archive", "too-deep"}
    assert len(problems) < 2000


def test_a_folder_may_be_linked_to_by_several(archive: Make) -> None:
    site = archive(GOOD + "-- shared/style.css --\np {}\n")
    for theme in ("one", "two"):
        site.write(f"themes/{theme}/theme.yaml", "extends: plain\n")
        (site.root / f"themes/{theme}/assets").symlink_to(site.root / "shared")
    site.write("sitegen.yaml", CONFIG.replace("plain", "two"))
    assert site.build().problems == ()
    assert any(path.startswith("assets/style.") for path in site.bytes_of_output())


def run(site: Archive, command: str, *, bound: bool = False) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, which must end; `bound`: by the permissions of files, as root is not."""
    if not bound:
        return ran([command, "--source", site.root])
    prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*prefix, sys.executable, "-m", "sitegen", command, "--source", str(site.root)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def made_pipe(place: Path) -> None:
    os.mkfifo(place)


def made_socket(place: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(os.path.relpath(place))  # which may have 108 bytes at most
    listening.close()


def linked_to_nothing(place: Path) -> None:
    place.symlink_to("nowhere.md")


def linked_to_itself(place: Path) -> None:
    place.symlink_to(place.name)


def buried(place: Path) -> None:
    (place / "/".join("d" * 30)).mkdir(parents=True)


ODD: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a pipe": (made_pipe, "unreadable", "a pipe, a socket or a device"),
    "a socket": (made_socket, "unreadable", "a pipe, a socket or a device"),
    "a link to nothing": (linked_to_nothing, "unreadable", "leads to nothing"),
    "a link to itself": (linked_to_itself, "unreadable", "symbolic links"),
    "folders in folders": (buried, "too-deep", "more than 20 folders deep"),
}
"""How it is made, the code of the problem, and words of its message."""


PLACES = ["content/articles/odd.md", "content/images/odd.png", "seeds/odd.txt", "themes/plain/odd", "content/odd"]


# each kind at two places, and each place with two kinds; the soak has all of them
@pytest.mark.parametrize(
    ("odd", "place"),
    [
        pytest.param(odd, place, marks=[] if (at - number) % len(PLACES) < 2 else pytest.mark.soak)
        for number, odd in enumerate(ODD)
        for at, place in enumerate(PLACES)
    ],
)
def test_what_is_no_file_is_named(odd: str, place: str, archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(GOOD)
    assert not site.build().failed
    before = site.bytes_of_output()
    monkeypatch.chdir(site.root)
    make, code, words = ODD[odd]
    (site.root / place).parent.mkdir(parents=True, exist_ok=True)
    make(site.root / place)
    (problem,) = site.build().problems
    assert problem.path.startswith(place)
    assert problem.code == code
    assert words in problem.message
    assert problem.hint
    assert site.bytes_of_output() == before
    found = CliRunner().invoke(main, ["check", "--source", str(site.root)])
    assert found.exit_code == 1
    assert f"error[{code}]" in found.stdout + found.stderr


@pytest.mark.parametrize("command", ["build", "check"])
def test_where_the_settings_are_a_pipe_nothing_waits_for_them(command: str, archive: Make) -> None:
    site = archive(GOOD)
    (site.root / "sitegen.yaml").unlink()
    os.mkfifo(site.root / "sitegen.yaml")
    found = run(site, command)
    assert found.returncode == 1
    assert "sitegen.yaml: error[unreadable]" in found.stdout + found.stderr
    assert "error[no-archive]" in found.stdout + found.stderr


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="needs a user whom permissions bind")
@pytest.mark.parametrize("command", ["build", pytest.param("check", marks=pytest.mark.soak)])
def test_what_may_not_be_read_is_named(command: str, archive: Make) -> None:
    site = archive(GOOD)
    assert not site.build().failed
    before = site.bytes_of_output()
    shut = ["content/articles/good.md", "content/sources"]
    for path in shut:
        (site.root / path).chmod(0)
    try:
        found = run(site, command, bound=True)
    finally:
        for path in shut:
            (site.root / path).chmod(0o755)
    assert found.returncode == 1, found.stderr
    assert "content/articles/good.md: error[unreadable]: the file cannot be read: Permission denied" in found.stdout + found.stderr
    assert "content/sources: error[unreadable]: the folder cannot be read: Permission denied" in found.stdout + found.stderr
    assert "Traceback" not in found.stdout + found.stderr
    assert site.bytes_of_output() == before


def test_an_import_waits_for_no_pipe(archive: Make) -> None:
    site = archive(GOOD)
    os.mkfifo(site.root / "pipe.txt")
    found = CliRunner().invoke(main, ["import", str(site.root / "pipe.txt"), "--source", str(site.root)])
    assert found.exit_code == 1
    assert "pipe.txt: error[unreadable]: it is no file but a pipe" in found.stdout + found.stderr
    (site.root / "seeds").mkdir()
    os.mkfifo(site.root / "seeds/a.txt")
    (site.root / "a.txt").write_text("A title\n\nSome words.\n")
    found = CliRunner().invoke(main, ["import", str(site.root / "a.txt"), "--source", str(site.root)])
    assert found.exit_code == 1
    assert "seeds/a.txt: error[seed-changed]" in found.stdout + found.stderr


def test_an_import_again_beside_notes_that_are_not_utf8_is_no_fault_of_ours(archive: Make) -> None:
    site = archive(GOOD)
    (site.root / "a.txt").write_text("A title\n\nMayor Ada Brook said 7 ships were sunk near Kyiv.\n")
    command = ["import", str(site.root / "a.txt"), "--source", str(site.root)]
    assert CliRunner().invoke(main, command).exit_code == 0
    (site.root / "content/articles/a-title.notes.yaml").write_bytes(b"claims: []  # \xff\n")
    found = CliRunner().invoke(main, command)
    assert found.exit_code == 0, found.stderr
    assert "was edited since its import" in found.stdout


def test_a_seed_whose_name_is_not_utf8_is_refused(archive: Make) -> None:
    site = archive(GOOD)
    seed = os.fsencode(site.root) + b"/\xff.txt"
    try:
        with open(seed, "wb") as file:
            file.write(b"A title\n\nSome words.\n")
    except OSError:
        pytest.skip("this file system only takes UTF-8 names")
    found = CliRunner().invoke(main, ["import", os.fsdecode(seed), "--source", str(site.root)])
    assert found.exit_code == 1
    assert r"\udcff.txt: error[bad-file-name]" in found.stdout + found.stderr
