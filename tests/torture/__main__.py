"""Runs many histories and prints what they found: `python -m tests.torture [HISTORIES] [--seed FIRST] [--only WORDS]`.

A seed's history is another one where only some kinds of faults are made.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.torture import torture
from tests.torture.history import STEPS, Failure, Tally

_AT_ONCE = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("histories", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--only", default="", help="only kinds of faults whose names have these words")
    asked = parser.parse_args()
    started = time.monotonic()
    total = Tally()
    seeds = range(asked.seed, asked.seed + asked.histories)
    parts = [seeds[start : start + _AT_ONCE] for start in range(0, len(seeds), _AT_ONCE)]
    with tempfile.TemporaryDirectory(prefix="sitegen-torture-") as folder, ProcessPoolExecutor(asked.jobs) as pool:
        broken = []  # a fault of this very program, which must not cost what the others find
        for part, done in [(part, pool.submit(torture, part, Path(folder, str(part.start)), asked.steps, asked.only)) for part in parts]:
            if fault := done.exception():
                broken.append(f"seeds {part.start} to {part.stop - 1} were not run: {fault!r}")
            else:
                total.add(done.result())
            print(".", end="", flush=True, file=sys.stderr)
    print(f"\n{total}\n{asked.histories} histories in {time.monotonic() - started:.0f} s\n")
    print(*broken, sep="\n")
    distinct: dict[str, list[Failure]] = defaultdict(list)
    for failure in total.failures:
        distinct[f"{failure.finding.what}: {_alike(failure.finding.detail)}"].append(failure)
    for name, failures in sorted(distinct.items(), key=lambda one: -len(one[1])):
        kinds = sorted({failure.kind for failure in failures})
        print(f"{len(failures)} x {name}\n    by {', '.join(kinds)}\n    e.g. {min(failures, key=lambda one: len(str(one)))}")
    return 1 if total.failures or broken else 0


def _alike(detail: str) -> str:
    """A finding without what differs from one time to the next."""
    return re.sub(r"\d+ files: .*", "files", re.sub(r"[0-9a-f]{16,}", "…", re.sub(r"/\S+/", "", detail)))


if __name__ == "__main__":
    sys.exit(main())
