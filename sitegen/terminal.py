"""What is printed, and how: lines, problems, JSON, a progress bar."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any, Self

import click

from sitegen.model.problem import Problem
from sitegen.model.visible import visible

PATIENCE = 1.0
"""Seconds without a progress bar."""


def say(line: str, *, err: bool = False) -> None:
    """Prints one line. All but JSON and what GitHub reads passes here: names and words from files may hold anything."""
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"  # a closed one is None
    click.echo(visible(line).encode(encoding, "backslashreplace").decode(encoding), err=err)


def tell(problems: Iterable[Problem]) -> None:
    for line in (line for problem in problems for line in problem.lines()):
        say(line, err=True)


def count(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def changed(files: int, *, is_written: bool) -> str:
    """How many files a command has changed, or would change."""
    if not files:
        return "Nothing is to be changed."
    return f"{files} file{'' if files == 1 else 's'} {'changed; `git diff` shows how' if is_written else 'would change'}."


def escaped(text: str) -> str:
    """Text inside a workflow command of GitHub, where a line's end would begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def printed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


class Bar:
    """A progress bar, on a terminal, for what takes over a second."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.bar: Any = None
        self.what = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def show(self, what: str, done: int, total: int) -> None:
        """Shows how far a piece of work is."""
        if time.monotonic() - self.started < PATIENCE or sys.stderr is None or not sys.stderr.isatty():
            return
        if what != self.what:
            self.end()
            self.what = what
            steps = max(1, total // 200)
            self.bar = click.progressbar(length=total, label=f"{what:16}", file=sys.stderr, show_pos=True, update_min_steps=steps)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def end(self) -> None:
        if self.bar is not None:
            self.bar.update(self.bar.length - self.bar.pos)
            self.bar.__exit__(None, None, None)
            self.bar = None
