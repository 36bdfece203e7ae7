"""What the kinds of faults have in common: the moments at which they strike, and the work that they meet."""

from __future__ import annotations

import math
from random import Random

from tests.torture.history import History
from tests.torture.spec import Does, Moment

FILES = (
    "open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.scandir", "os.listdir", "shutil.rmtree", "sqlite3.connect", "os.fork",
)  # fmt: skip
"""The audit events of what a build does to files and with processes."""
FAILING = tuple(event for event in FILES if event not in ("sqlite3.connect", "os.fork", "shutil.rmtree"))
"""What a machine can refuse: `shutil.rmtree` is no operation but a name for many."""
_MOST = 250
"""About as many of them as a build has that makes everything."""


def moment(chance: Random, does: Does) -> Moment:
    """Some moment of a build: early ones as often as late ones, or among the renamings."""
    if chance.random() < 0.3:
        return Moment(does, chance.randint(1, 40), ("os.rename",))
    return Moment(does, int(math.exp(chance.uniform(0, math.log(_MOST)))), FILES)


def prepare(run: History) -> None:
    """Mostly there is something to do."""
    if run.chance.random() < 0.5:
        run.reconfigure()
    elif run.chance.random() < 0.8:
        run.edit()
