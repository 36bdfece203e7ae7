"""How commands end that change files, or show what they would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.cli.shell import FINE, PROBLEMS
from sitegen.editor import Change, diff
from sitegen.model.problem import Problem
from sitegen.terminal import changed, say, tell


def shown_changes(changes: Iterable[Change]) -> None:
    """Prints changes as a diff."""
    for line in diff(changes):
        say(line.removesuffix("\r"))


def ended(changes: Sequence[Change], problems: Sequence[Problem], told: Iterable[str], *, dry_run: bool) -> int:
    """Tells what was changed, or would be, and what an editor should know of it; where the archive would then have errors, only those.
    Gives the exit code."""
    if problems:
        tell(problems)
        say("Nothing was written, for the archive would have these errors.")
        return PROBLEMS
    if dry_run:
        shown_changes(changes)
    for line in told:
        say(line)
    say(changed(len({change.path for change in changes}), is_written=not dry_run))
    return FINE
