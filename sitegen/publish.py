"""`sitegen publish`: builds the site, writes down what was published, and puts it where a host takes it from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sitegen import addresses
from sitegen.build import Report, build
from sitegen.gitpush import Clone
from sitegen.model.problem import Fault
from sitegen.output import EARLIER, HEAD, MARKER
from sitegen.survey import Options
from sitegen.workers import Progress, silent

BRANCH = "gh-pages"
NO_JEKYLL = ".nojekyll"
"""Tells GitHub Pages to publish a branch as it is."""
Say = Callable[[str], None]


class Published(NamedTuple):
    """What came of it: the build's report; the commit that now stands on the branch, empty where nothing was pushed; whether the branch had
    all of it already; new entries of the ledger."""

    report: Report
    commit: str = ""
    is_unchanged: bool = False
    accepted: int = 0


def to_branch(
    root: Path,
    folder: Path,
    options: Options,
    *,
    remote: str = "origin",
    branch: str = BRANCH,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Published:
    """Builds the site and puts it onto a branch of a remote repository. What the site newly publishes enters the ledger first. Raises Fault
    where Git refuses, or the branch holds what sitegen has not written."""
    clone = Clone(root)
    report = build(root, folder, options, progress)
    if report.failed:
        return Published(report)
    new = addresses.compare(root, options).new
    if new and not dry_run:
        addresses.compare(root, options, accept=True)
    tree = clone.tree_of(folder, {} if (folder / NO_JEKYLL).exists() else {NO_JEKYLL: b""})
    before = clone.tip_of(remote, branch)
    if before:
        clone.fetched(remote, branch)
        marked = clone.file_at(before, MARKER)
        if not marked.startswith((HEAD.decode().strip(), EARLIER.decode().strip())):
            raise Fault(f"the branch {branch} of {remote} holds what sitegen has not written; choose another with --branch, or delete it")
        if clone.tree_at(before) == tree:
            return Published(report, before, True, len(new))
    if dry_run:
        return Published(report, "", False, len(new))
    commit = clone.commit(tree, f"Publish {report.pages} pages")
    clone.push(remote, commit, branch, before)
    return Published(report, commit, False, len(new))
