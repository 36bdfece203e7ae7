"""Proves that the law's test can fail: each mutant of the program breaks one thing that keeps rebuilds right, and must be caught.

    python tests/mutants.py [WORDS]    (several minutes; `make mutants`)

A mutant that survives means a hole in `tests/test_law.py`, or a line that is not needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Mutant(NamedTuple):
    """A replacement in one file, and what it breaks."""

    what: str
    path: str
    before: str
    after: str
    test: str = "tests/test_law.py"


PLAN, FILL, PLANNING, READING = (
    "sitegen/archive/plan.py", "sitegen/survey/filling.py", "sitegen/survey/planning.py", "sitegen/survey/reading.py"
)  # fmt: skip
STAMPS = "tests/test_build.py::test_a_stamp_is_trusted_only_if_it_is_older_than_the_last_settling"
"""The clock's grain is a few milliseconds: no history meets it by chance."""
MUTANTS = [
    Mutant("nothing is pruned", "sitegen/output.py", "if path not in planned and path != MARKER", "if False and path not in planned"),
    Mutant(
        "the closure is the root template alone",
        "sitegen/theme.py",
        "pending += list(self.templates) if target is None else [target]",
        "pass",
    ),
    Mutant("the site card is left out of the key", PLAN, 'digest("render", engine, closure, site,', 'digest("render", engine, closure,'),
    Mutant("the closure is left out of the key", PLAN, 'digest("render", engine, closure, site,', 'digest("render", engine, site,'),
    Mutant("the arguments are left out of the key", PLAN, "site, page.page, page.cards)", "site, page.address, page.cards)"),
    Mutant("the cards are left out of the key", PLAN, "site, page.page, page.cards)", "site, page.page)"),
    Mutant("the neighbours are left out of the cards", PLAN, "names = (*outline.names, *beside)", "names = outline.names"),
    Mutant("names are left out of the link key", FILL, "head.value, encode(names),", "head.value,"),
    Mutant("what is held is left out of the link key", FILL, '"held" if held else ""', '""'),
    Mutant("names are left out of the box's key", FILL, '"box", self.keys[number], possible,', '"box", self.keys[number],'),
    Mutant("the date is left out of the box's key", FILL, "self.policy.drafts, turned)", "self.policy.drafts)"),
    Mutant("what drafts show is left out of the box's key", FILL, "self.policy.unchecked, self.policy.drafts,", "self.policy.unchecked,"),
    Mutant("seeds are left out of the box's key", FILL, ", encode(seeds)", ""),
    Mutant("settings are left out of the box's key", FILL, '"facts", reading.settings,', '"facts",'),
    Mutant("settings are left out of the parse key", READING, '"parse", self.settings,', '"parse",'),
    Mutant("what articles give is left out of a target's key", PLANNING, "sums.get(target.key, none).digest.digest()", 'b""'),
    Mutant("what its own file says is left out of a target's key", PLANNING, '"target", target.seen(),', '"target", target.key,'),
    Mutant("the date is left out of the build key", "sitegen/build.py", "today()", '""'),
    Mutant("the output is taken to be as it was written", "sitegen/output.py", "return known == digest", "return True"),
    Mutant("stamps are trusted whatever their age", "sitegen/cache.py", "or max(stamp.mtime, stamp.ctime) >= self.settled", "", STAMPS),
    Mutant(
        "problems are forgotten on a hit", "sitegen/build.py", "return Report(done.problems, done.pages", "return Report((), done.pages"
    ),
    Mutant("a lost value is not noticed", "sitegen/build.py", "except Lost:", "except ZeroDivisionError:"),
    Mutant(
        "two builds write at once",
        "sitegen/database.py",
        'lock.execute("begin exclusive")\n        except sqlite3.OperationalError',
        'lock.execute("select 1")\n        except sqlite3.OperationalError',
    ),
    Mutant(
        "hidden places are named",
        "sitegen/survey/__init__.py",
        'policy.status(head.card.gate) == "public")',
        'policy.status(head.card.gate) != "")',
        "tests/test_safety.py",
    ),
    Mutant("a folder in a file's place stays", "sitegen/output.py", "except IsADirectoryError:", "except ZeroDivisionError:"),
]
"""The last kinds are not caches: they show that tests look at the whole result."""


def caught(mutant: Mutant) -> bool:
    """Whether the law's test fails on the mutant."""
    with tempfile.TemporaryDirectory(prefix="sitegen-mutant-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "public", ".sitegen", ".hypothesis", "__pycache__", ".*_cache")
        )
        place = copy / mutant.path
        text = place.read_text(encoding="utf-8")
        if text.count(mutant.before) != 1:
            raise SystemExit(f"{mutant.what}: {mutant.before!r} stands {text.count(mutant.before)} times in {mutant.path}")
        place.write_text(text.replace(mutant.before, mutant.after), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.test]
        env = {**os.environ, "PYTHONPATH": str(copy), "SITEGEN_MUTANT": "1"}
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, check=False)
        return done.returncode == 1


def main() -> int:
    survivors = []
    wanted = sys.argv[1:]
    for mutant in MUTANTS:
        if wanted and not any(word in mutant.what for word in wanted):
            continue
        found = caught(mutant)
        print(f"{'caught' if found else 'SURVIVED'}: {mutant.what}", flush=True)
        if not found:
            survivors.append(mutant)
    print(f"{len(survivors)} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
