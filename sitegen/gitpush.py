"""Puts a folder onto a branch of a remote repository, by Git itself: one commit without a past, so that the repository stays small.

The clone's own branch, index and work tree are not touched: the tree is made in an index of its own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.git import git
from sitegen.model.problem import Fault


class Overtaken(Fault):
    """The branch is no longer what it was when it was looked at: somebody else has pushed."""


class Clone:
    """A clone in which an archive lies. Raises Fault where there is none, or Git refuses."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._folder = Path(self._asked("rev-parse", "--absolute-git-dir"))

    def tree_of(self, folder: Path, added: Mapping[str, bytes]) -> str:
        """The tree of all files in a folder, whatever `.gitignore` says, with some besides: the id of it."""
        with TemporaryDirectory(prefix="sitegen-publish-") as name:
            env = {
                **os.environ,
                "GIT_INDEX_FILE": str(Path(name) / "index"),
                "GIT_WORK_TREE": str(folder.resolve()),
                "GIT_DIR": str(self._folder),
            }
            # bytes as they are: neither the clone's settings of line ends nor files of attributes in the site change them
            plain = ("-c", "core.autocrlf=false", "-c", "core.attributesFile=/dev/null", "-c", "core.excludesFile=/dev/null")
            self._asked(*plain, "add", "--all", "--force", ".", env=env, within=folder)
            for path, data in added.items():
                blob = self._asked("hash-object", "-w", "--stdin", given=data)
                self._asked("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", env=env)
            return self._asked("write-tree", env=env)

    def tip_of(self, remote: str, branch: str) -> str:
        """The commit at which a branch of a remote stands; empty where there is none."""
        return self._asked("ls-remote", "--exit-code", "--heads", remote, f"refs/heads/{branch}", also=(2,)).partition("\t")[0]

    def fetched(self, remote: str, branch: str) -> None:
        """Gets the commit at which a branch of a remote stands, without its past."""
        self._asked("fetch", "--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head", remote, f"refs/heads/{branch}")

    def tree_at(self, commit: str) -> str:
        """The tree of a commit."""
        return self._asked("rev-parse", f"{commit}^{{tree}}")

    def file_at(self, commit: str, path: str) -> str:
        """A file of a commit; empty where it has none."""
        return self._asked("show", f"{commit}:{path}", also=(128,))

    def commit(self, tree: str, message: str) -> str:
        """A commit of a tree, without a past."""
        return self._asked("commit-tree", tree, "-m", message)

    def push(self, remote: str, commit: str, branch: str, before: str) -> None:
        """Puts a branch of a remote onto a commit. Raises Overtaken where it no longer stands at `before` (empty: where it is there)."""
        lease = f"--force-with-lease=refs/heads/{branch}:{before}"
        done = git(self.root, "push", "--porcelain", "--quiet", lease, remote, f"{commit}:refs/heads/{branch}")
        if done.returncode:
            if b"stale info" in done.stdout or b"stale info" in done.stderr:
                raise Overtaken(f"the branch {branch} of {remote} changed meanwhile: somebody else has published; look, and publish again")
            raise Fault(f"git push: {_reason(done)}")

    def _asked(
        self,
        *arguments: str,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
        within: Path | None = None,
        also: tuple[int, ...] = (),
    ) -> str:
        """What Git prints; `also`: codes besides 0 with which it may end, saying nothing."""
        done = git(within or self.root, *arguments, given=given, env=env)
        if done.returncode and done.returncode not in also:
            raise Fault(f"git {arguments[0] if arguments[0] != '-c' else 'add'}: {_reason(done)}")
        return "" if done.returncode else done.stdout.decode(errors="replace").strip()


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Why Git did not do it: what the other side said, or its first line."""
    said = [*done.stderr.decode(errors="replace").strip().splitlines(), *done.stdout.decode(errors="replace").strip().splitlines()]
    told = [line for line in said if line.startswith(("remote:", "fatal:", "error:", "!"))] or said[:1]
    return "; ".join(line.strip() for line in told[:4]) or f"exit code {done.returncode}"
