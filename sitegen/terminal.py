"""What is printed, and how: lines, problems, JSON, a progress bar."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterable, Sequence
from typing import IO, Any, Self

import click

from sitegen.model.problem import Problem
from sitegen.model.visible import visible

PATIENCE = 1.0
"""Seconds without a progress bar."""


_PROBLEM = re.compile(r"(?P<where>\S.*?): (?P<severity>error|warning)(?P<code>\[[a-z…-]+\])(?P<rest>: .*)\Z", re.S)
_HINT = re.compile(r"( +hint:)( .*)\Z", re.S)


def say(line: str, *, err: bool = False, is_problem: bool = False) -> None:
    """Prints one line. All but JSON and what GitHub reads passes here: names and words from files may hold anything."""
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"  # a closed one is None
    shown = visible(line).encode(encoding, "backslashreplace").decode(encoding)
    click.echo(_coloured(shown) if is_problem and _has_colours(stream) else shown, err=err)


def _has_colours(stream: IO[str] | None) -> bool:
    """Whether a stream is a terminal that shows colours to somebody who wants them (no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream is not None and stream.isatty()


def _coloured(line: str) -> str:
    found = _PROBLEM.match(line)
    if found:
        mark = click.style(found["severity"], fg="red" if found["severity"] == "error" else "yellow", bold=True)
        return f"{click.style(found['where'], bold=True)}: {mark}{found['code']}{found['rest']}"
    hint = _HINT.match(line)
    return click.style(hint[1], fg="cyan") + hint[2] if hint else line


def tell(problems: Iterable[Problem]) -> None:
    for line in (line for problem in problems for line in problem.lines()):
        say(line, err=True, is_problem=True)


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
