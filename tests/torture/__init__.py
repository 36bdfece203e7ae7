"""The torture of rebuilds: random histories in which the store, the output and the machine fail, and the law that holds after each.

It knows of the program what its users know: the command line, that its state lies under `.sitegen/` in SQLite files, and that the
output bears `.sitegen-output`; and three of its numbers, which make a small archive behave as a large one (`child.small`). `python -m tests.torture 1000` runs a thousand histories and prints what they found.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.torture.builds import Builds
from tests.torture.history import STEPS, History, Tally, Workshop


def torture(seeds: Iterable[int], folder: Path, steps: int | None = None, only: str = "") -> Tally:
    """Runs the histories of some seeds below a folder."""
    from tests.torture import machine_faults, output_faults, store_faults

    kinds = store_faults.KINDS | machine_faults.KINDS | output_faults.KINDS
    folder.mkdir(parents=True, exist_ok=True)
    total = Tally()
    with Builds() as builds:
        shop = Workshop(builds, folder.resolve())
        for seed in seeds:
            total.add(History(seed, shop).run({name: step for name, step in kinds.items() if only in name}, steps or STEPS))
    return total
