"""The command line: exit codes, help, and an archive from an empty folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sitegen import build as build_room
from sitegen import cli
from sitegen.cli import shell
from tests.conftest import Archive
from tests.serving import serving
from tests.zygote import ran, shown

Make = Callable[[str], Archive]


def test_from_an_empty_folder(tmp_path: Path) -> None:
    root = str(tmp_path / "my archive")
    runner = CliRunner()
    assert runner.invoke(cli.main, ["init", root]).exit_code == 0
    (tmp_path / "my archive/seeds/a.txt").write_text("A Title\n\nSome words.\n")
    assert runner.invoke(cli.main, ["import", f"{root}/seeds/a.txt", "--source", root]).exit_code == 0
    result = runner.invoke(cli.main, ["build", "--source", root])
    assert result.exit_code == 0, result.output
    assert "files written" in result.output
    assert "A Title" in (tmp_path / "my archive/public/index.html").read_text()
    assert runner.invoke(cli.main, ["init", root]).exit_code == 0, "what is there stays"
    assert "A Title" in (tmp_path / "my archive/seeds/a.txt").read_text()


def test_where_there_is_no_archive(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.main, ["build", "--source", str(tmp_path)])
    assert result.exit_code == shell.USAGE
    assert "sitegen init" in result.stderr
    assert "--source" in result.stderr


def test_exit_codes(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive("")
    run = CliRunner().invoke
    source = ["--source", str(site.root)]
    assert run(cli.main, ["build", *source]).exit_code == shell.FINE
    assert run(cli.main, ["check", *source]).exit_code == shell.FINE
    assert run(cli.main, ["build", "--colour"]).exit_code == shell.USAGE
    assert run(cli.main, ["build", "--base-url", "x.org", *source]).exit_code == shell.USAGE
    assert run(cli.main, ["build", "--source", str(site.root / "nowhere")]).exit_code == shell.USAGE
    assert run(cli.main, ["build", "--output", str(site.root), *source]).exit_code == shell.MACHINE

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(build_room, "build", fault)
    result = run(cli.main, ["build", *source])
    assert result.exit_code == shell.OURS
    assert "a fault of ours" in result.stderr


def test_a_read_only_output_is_said_to_be_so(archive: Make) -> None:
    site = archive("")
    site.output.write_text("a file stands here")
    result = CliRunner().invoke(cli.main, ["build", "--source", str(site.root)])
    assert result.exit_code == shell.MACHINE
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_problems_as_json_and_for_github(archive: Make) -> None:
    site = archive("-- content/places/x.md --\n---\nname: X\nkind: planet\n---\n")
    source = ["--source", str(site.root)]
    result = CliRunner().invoke(cli.main, ["check", "--format", "json", *source])
    assert result.exit_code == shell.PROBLEMS
    (problem,) = json.loads(result.stdout)
    assert list(problem) == ["path", "line", "code", "severity", "message", "hint"]
    assert (problem["path"], problem["line"], problem["code"]) == ("content/places/x.md", 3, "wrong-choice")
    github = CliRunner().invoke(cli.main, ["check", "--format", "github", *source]).stdout
    assert github.startswith("::error file=content/places/x.md,line=3,title=wrong-choice::")


@pytest.mark.parametrize("error", [MemoryError(), ImportError("x.so: failed to map segment from shared object: Cannot allocate memory")])
def test_too_little_memory_is_told_as_such(error: Exception, archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("sitegen.check.check", fails)
    result = CliRunner().invoke(cli.main, ["check", "--source", str(archive("").root)])
    assert (result.exit_code, result.output) == (
        shell.MACHINE,
        "sitegen: the machine has too little memory for this; `--jobs 1` takes less\n",
    )


def test_every_command_has_help() -> None:
    for name, command in cli.main.commands.items():
        result = CliRunner().invoke(cli.main, [name, "--help"])
        assert result.exit_code == 0
        assert command.help
        assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


# what is printed: names and words from files may hold anything

WILD = "Ки\x1b]0;title\x07\x1b[31m\u202eїв\x9b2J\nerror: all is lost\u2028"
"""A name that would rename a terminal's window, colour it, turn the order of its words, clear it, and write a line of its own."""
TAME = r"Ки\x1b]0;title\x07\x1b[31m\u202eїв\x9b2J\nerror: all is lost\u2028"
IMPORTED = "---\ntitle: A\nreview: {state: imported}\n---\nWords.\n"
DRAFT = "---\ntitle: B\ndraft: true\n---\nWords.\n"


def is_tame(text: str) -> bool:
    """Whether a terminal does nothing with a text but show it."""
    return not {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs")} - {"\n"}


@pytest.fixture
def wild(archive: Make) -> Archive:
    """An archive whose files and folders have wild names: a held article, a draft, and a file that is no page."""
    site = archive("")
    for path, text in {f"articles/{WILD}/a.md": IMPORTED, f"articles/{WILD}/b.md": DRAFT, f"places/{WILD}.txt": "stray"}.items():
        site.write(f"content/{path}", text)
    return site


def printed(*arguments: str) -> str:
    """What a command prints; no line of it is begun by a name."""
    result = CliRunner().invoke(cli.main, arguments)
    assert is_tame(result.output), ascii(result.output)
    assert "\nerror" not in result.output
    return result.output


def test_names_from_files_do_not_steer_the_terminal(wild: Archive) -> None:
    source = ["--source", str(wild.root)]
    stray = f"content/places/{TAME}.txt: warning[stray-file]"
    shown = printed("check", *source)
    assert stray in shown
    assert "\n  hint: rename it to" in shown
    shown = printed("build", *source)
    assert stray in shown
    assert (
        f"claims and sources are held back until an editor has checked them (`review: {{state: checked}}`): content/articles/{TAME}/a.md"
        in shown
    )
    assert (
        f"not published: a draft, not yet due, expired, not checked yet, or proposed and not judged (its `todo`): content/articles/{TAME}/b.md"
        in shown
    )
    assert f"content/articles/{TAME}/a.md" in printed("explain", "articles/a/", *source)
    wild.write(f"content/articles/{WILD}/a.md", "---\ntitle: A\nimages: [{id: t, caption: T, file: t.png}]\n---\n![](image:t)\n")
    assert f"content/articles/{TAME}/a.md:3: error[missing-image]" in printed("build", *source)
    assert TAME in printed("build", "--source", str(wild.root / WILD))
    assert TAME in printed("init", str(wild.root / f"{WILD} two"))


def test_words_from_files_do_not_steer_the_terminal(archive: Make) -> None:
    site = archive("")
    site.write(
        "content/articles/a.md",
        "---\ntitle: A\nclaims: [{quote: all ships of the fleet were lost}]\n---\nAll ships of the \x9bfleet were\u202e lost.\n",
    )
    shown = printed("check", "--source", str(site.root))
    assert "error[quote-not-found]" in shown
    assert r"ships of the \x9bfleet were\u202e lost" in shown


def test_an_import_does_not_steer_the_terminal(archive: Make) -> None:
    site = archive("")
    seed = site.root / "Ки\x1b[31m\u202eїв\x9b2J.txt"
    name = r"Ки\x1b[31m\u202eїв\x9b2J.txt"
    seed.write_text("A Title\n\nMayor Ada Brook said 7 ships \x1b[31mwere sunk near Kyiv.\n", encoding="utf-8")
    source = ["--source", str(site.root)]
    shown = printed("import", str(seed), *source)
    assert f"seeds/{name}: made content/articles/a-title.md\n  read: title" in shown
    (site.root / "content/articles/a-title.notes.yaml").unlink()
    page = site.root / "content/articles/a-title.md"
    page.write_text(re.sub(r"  proposed: .*\n", "", page.read_text()))  # else it was dropped
    shown = printed("import", str(seed), *source)
    assert "was edited since its import, and is kept as it is\n  it proposes what is not there: 1 claim, the first “" in shown
    assert r"\x1b[31m" in shown
    seed.write_text("Another text.\n")
    assert f"seeds/{name}: error[seed-changed]" in printed("import", str(seed), *source)
    assert f"{TAME}.txt: error[unreadable]" in printed("import", str(site.root / f"{WILD}.txt"), *source)


def test_serving_does_not_steer_the_terminal(wild: Archive) -> None:
    with serving(wild.root) as server:
        assert f"content/places/{TAME}.txt: warning[stray-file]" in "".join(server.said)
        wild.write(f"content/places/{WILD}.md.txt", "another")
        server.settled(1)
        server.wait(lambda: f"content/places/{TAME}.md.txt: shown" in "".join(server.said), "the change is not said")
        server.wait(lambda: f"content/places/{TAME}.md.txt: warning" in "".join(server.said), "the problem is not said")
    assert is_tame("".join(server.said))


def test_json_and_what_github_reads_have_the_names_as_they_are(wild: Archive) -> None:
    source = ["--source", str(wild.root)]
    problems = json.loads(CliRunner().invoke(cli.main, ["check", "--format", "json", *source]).stdout)
    assert [problem["path"] for problem in problems] == [f"content/places/{WILD}.txt"]
    assert WILD in json.loads(CliRunner().invoke(cli.main, ["build", "--json", *source]).stdout)["held"][0]
    github = CliRunner().invoke(cli.main, ["check", "--format", "github", *source]).stdout
    path = click.unstyle(WILD).replace("\n", "%0A").replace(":", "%3A")
    assert github.startswith(f"::warning file=content/places/{path}.txt,line=1,title=stray-file::")


def test_a_fault_does_not_steer_the_terminal(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError(WILD)

    monkeypatch.setattr(build_room, "build", fault)
    result = CliRunner().invoke(cli.main, ["build", "--source", str(archive("").root)])
    assert is_tame(result.output)
    assert r"ZeroDivisionError: Ки\x1b]0;title\x07" in result.output


def test_a_terminal_that_cannot_show_a_letter_is_given_its_number(wild: Archive) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "sitegen", "build", "--source", str(wild.root)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert found.returncode == 0
    assert r"\u041a\u0438\x1b]0;title" in found.stderr


# where one stands, and what one sees


def test_a_subfolder_is_part_of_its_archive(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive("-- content/places/kyiv.md --\n---\nname: Kyiv\nkind: city\n---\n")
    monkeypatch.chdir(site.root / "content/places")
    run = CliRunner().invoke
    assert run(cli.main, ["build"]).exit_code == 0
    assert (site.output / "places/kyiv/index.html").is_file()
    assert not (site.root / "content/places/public").exists()
    assert "places/kyiv" in run(cli.main, ["explain", "kyiv"]).stdout
    monkeypatch.chdir(site.root.parent)
    for arguments in (["build"], ["check"], ["serve"], ["list", "places"], ["where", "kyiv"], ["import", "a.txt"], ["urls"], ["vendor"]):
        done = run(cli.main, arguments)
        assert done.exit_code == shell.USAGE, arguments
        assert "there is no archive here" in done.stderr


def test_a_page_is_explained_by_its_id_alone(archive: Make) -> None:
    text = "-- content/places/mosul.md --\n---\nname: Mosul\nkind: city\n---\n-- content/topics/battle.md --\n---\nname: The battle\nkind: event\n---\n"
    site = archive(f"{text}-- content/places/battle.md --\n---\nname: Battle\nkind: town\n---\n")
    run = CliRunner().invoke
    assert run(cli.main, ["explain", "mosul", "--source", str(site.root)]).stdout.startswith("/places/mosul/ is made from")
    several = run(cli.main, ["explain", "battle", "--source", str(site.root)])
    assert several.exit_code == shell.MACHINE
    assert "places/battle or topics/battle" in several.stderr


def test_problems_are_what_check_prints(archive: Make) -> None:
    """To standard output, so that `sitegen check > problems.txt` holds them."""
    site = archive("-- content/places/x.md --\n---\nname: X\nkind: planet\n---\n")
    done = CliRunner().invoke(cli.main, ["check", "--source", str(site.root)])
    assert "error[wrong-choice]" in done.stdout
    assert not done.stderr


def test_colours_are_for_terminals_and_for_those_who_want_them(archive: Make) -> None:
    site = archive("-- content/places/x.md --\n---\nname: X\nkind: planet\n---\n")
    command = ["check", "--source", str(site.root)]
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    for env, is_coloured in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        said = shown(command, plain | env)
        assert "wrong-choice" in said, env
        assert ("\x1b[" in said) == is_coloured, env
    piped = ran(command, plain | {"TERM": "xterm"})
    assert "error[wrong-choice]" in piped.stdout
    assert "\x1b[" not in piped.stdout


@pytest.mark.soak
def test_who_has_read_enough_is_not_bothered(archive: Make) -> None:
    site = archive("".join(f"-- content/places/p{n}.md --\n---\nname: {'P' * 190}{n}\nkind: town\n---\n" for n in range(400)))
    reader = f'"{sys.executable}" -c "import os; os.read(0, 10)"'
    script = f'"{sys.executable}" -m sitegen list places --format json --source "{site.root}" | {reader}; echo "${{PIPESTATUS[0]}}"'
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}  # Python then loses what a pipe does not take
    done = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout == f"{shell.CLOSED}\n"


def test_the_version_tells_the_commit() -> None:
    said = CliRunner().invoke(cli.main, ["--version"]).stdout
    assert re.fullmatch(r"sitegen \d+\.\d+\.\d+ \(commit [0-9a-f]{12}\+?\)\n", said)


def test_what_is_held_back_is_told_in_a_line(archive: Make) -> None:
    page = "---\ntitle: A{n}\ndate: 1911-07-03\nreview: {{state: imported}}\n---\nWords.\n"
    site = archive("".join(f"-- content/articles/a{n}.md --\n{page.format(n=n)}" for n in range(30)))
    run = CliRunner().invoke
    short = run(cli.main, ["build", "--source", str(site.root)]).stdout
    assert "30 files (--verbose names them)" in short
    assert len(short.splitlines()) < 5
    assert "content/articles/a7.md" in run(cli.main, ["build", "--verbose", "--source", str(site.root)]).stdout
