"""The law of rebuilds under torture: whatever happens to the store, the output and the machine, a build that says it is fine has made the
site that a clean build makes, one that does not has left the old site whole, and the next one completes.

A failure prints its seed and its steps; `SITEGEN_TORTURE=SEED` runs that one history again. `python -m tests.torture` runs many.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.torture import torture

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the machine is made to fail by ways of Linux's own")

AGAIN = os.environ.get("SITEGEN_TORTURE")
SHORT = [range(1)]
MEMORY = Path("/dev/shm")
"""A disk in memory, on which a history takes two thirds of the time; the long form is on a real one, where numbers of files come again."""
EACH = 50 if os.environ.get("SITEGEN_SOAK") else 1
LONG = [range(start * EACH + 1000, (start + 1) * EACH + 1000) for start in range(20)]
SHOWN = 10
"""Failures that are told in full."""


def named(seeds: Sequence[int]) -> str:
    return f"seeds {seeds[0]} to {seeds[-1]}"


def keep_the_law(seeds: Sequence[int], folder: Path) -> None:
    tally = torture(seeds, folder)
    print(tally)
    if tally.failures:
        told = map(str, tally.failures[:SHOWN])
        pytest.fail(
            "\n".join([f"{len(tally.failures)} findings in {len(seeds)} histories; SITEGEN_TORTURE=SEED runs one again:", *told]),
            pytrace=False,
        )


@pytest.mark.parametrize("seeds", [[int(AGAIN)]] if AGAIN else SHORT, ids=named)
def test_histories(seeds: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="sitegen-torture-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        keep_the_law(seeds, Path(folder))


@pytest.mark.soak
@pytest.mark.skipif(AGAIN is not None, reason="one history is run again")
@pytest.mark.parametrize("seeds", LONG, ids=named)
def test_many_histories(seeds: Sequence[int], tmp_path: Path) -> None:
    keep_the_law(seeds, tmp_path)
