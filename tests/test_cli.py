"""The command line: exit codes, help, and an archive from an empty folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sitegen import build as build_room
from sitegen import cli
from tests.conftest import Archive

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
    assert result.exit_code == cli.PROBLEMS
    assert "sitegen init" in result.stderr


def test_exit_codes(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive("")
    run = CliRunner().invoke
    source = ["--source", str(site.root)]
    assert run(cli.main, ["build", *source]).exit_code == cli.FINE
    assert run(cli.main, ["check", *source]).exit_code == cli.FINE
    assert run(cli.main, ["build", "--colour"]).exit_code == cli.USAGE
    assert run(cli.main, ["build", "--base-url", "x.org", *source]).exit_code == cli.USAGE
    assert run(cli.main, ["build", "--source", str(site.root / "nowhere")]).exit_code == cli.MACHINE
    assert run(cli.main, ["build", "--output", str(site.root), *source]).exit_code == cli.MACHINE

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(build_room, "build", fault)
    result = run(cli.main, ["build", *source])
    assert result.exit_code == cli.OURS
    assert "a fault of ours" in result.stderr


def test_a_read_only_output_is_said_to_be_so(archive: Make) -> None:
    site = archive("")
    site.output.write_text("a file stands here")
    result = CliRunner().invoke(cli.main, ["build", "--source", str(site.root)])
    assert result.exit_code == cli.MACHINE
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_problems_as_json_and_for_github(archive: Make) -> None:
    site = archive("-- content/places/x.md --\n---\nname: X\nkind: planet\n---\n")
    source = ["--source", str(site.root)]
    result = CliRunner().invoke(cli.main, ["check", "--format", "json", *source])
    assert result.exit_code == cli.PROBLEMS
    (problem,) = json.loads(result.stdout)
    assert list(problem) == ["path", "line", "code", "severity", "message", "hint"]
    assert (problem["path"], problem["line"], problem["code"]) == ("content/places/x.md", 3, "wrong-choice")
    github = CliRunner().invoke(cli.main, ["check", "--format", "github", *source]).stdout
    assert github.startswith("::error file=content/places/x.md,line=3,title=wrong-choice::")


def test_every_command_has_help() -> None:
    for name, command in cli.main.commands.items():
        result = CliRunner().invoke(cli.main, [name, "--help"])
        assert result.exit_code == 0
        assert command.help
        assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))
