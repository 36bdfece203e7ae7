"""One history: an archive that is edited, harmed and built, step by step, as its seed has it; and the table of what many found."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple, get_args

from tests.torture import archive, law
from tests.torture.archive import DAYS, State, edited, first, lay
from tests.torture.builds import Builds
from tests.torture.damage import Moment, Store
from tests.torture.law import Clean, Expected, Finding, What
from tests.torture.spec import Outcome, Spec

STEPS = 8
MOMENTS = 6
"""Earlier stores that are kept to be put in place again."""


class Failure(NamedTuple):
    """A finding, and how it came about: the steps since all was well."""

    seed: int
    kind: str
    finding: Finding
    steps: tuple[str, ...]

    def __str__(self) -> str:
        what, detail = self.finding
        return f"{self.kind}: {what}: {detail}\n    seed {self.seed}: {' | '.join(self.steps)}"


class Tally:
    """Per kind of fault: how often it was made, the builds with it and after it, and what they found. Left out: there was nothing that it
    could strike, or the machine does not let it be made. Struck: builds that it disturbed, and that ended otherwise than a clean one."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.failures: list[Failure] = []

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.failures += other.failures

    def __str__(self) -> str:
        columns = ["steps", "left out", "builds", "struck", *get_args(What)]
        kinds = sorted({kind for kind, _ in self.counts})
        width = max(map(len, kinds), default=0)
        rows = [(kind, [self.counts[kind, column] for column in columns]) for kind in kinds]
        rows.append(("all", [sum(row[1][n] for row in rows) for n in range(len(columns))]))
        lines = [f"{'':{width}} " + " ".join(f"{column:>8}" for column in columns)]
        lines += [f"{kind:{width}} " + " ".join(f"{count or '.':>8}" for count in counts) for kind, counts in rows]
        return "\n".join(lines)


class Workshop:
    """What histories share: the process that forks builds, clean builds, and another archive's store."""

    def __init__(self, builds: Builds, folder: Path) -> None:
        self.builds = builds
        self.folder = folder
        self.clean = Clean(builds, folder)
        self.other = self._other()

    def _other(self) -> Moment:
        """The store of an archive with the same files' names and other words."""
        root = self.folder / "other"
        state, chance = first(), Random(1)
        for _ in range(20):
            state = edited(chance, state)[1]
        lay(root, {}, state)
        self.builds.run(Spec(str(root), day=next(iter(DAYS.values()))))
        moment = Store(root / ".sitegen", [], {}).moment()
        shutil.rmtree(root)
        return moment


class History:
    """An archive with its store and output, and all that happens to it."""

    def __init__(self, seed: int, shop: Workshop) -> None:
        self.seed = seed
        self.shop = shop
        self.tally = Tally()
        self.root = shop.folder / f"history-{seed}"
        self.state: State = {}
        self.states: list[State] = []
        self.day = next(iter(DAYS))
        self.drafts = False
        self.jobs = 1
        self.kind = "edits alone"
        self.harmed = "edits alone"
        self.steps: list[str] = []
        self.found: list[Finding] = []
        self.chance = Random(seed)
        self.moments: list[Moment] = []

    # what steps are made of

    @property
    def store(self) -> Store:
        return Store(self.root / ".sitegen", self.moments, self.shop.other)

    def expected(self) -> Expected:
        return self.shop.clean.of(self.state, self.day, drafts=self.drafts)

    def say(self, what: str) -> None:
        self.steps.append(what)

    def turn_to(self, state: State, what: str) -> None:
        """Makes the archive another."""
        lay(self.root, self.state, state)
        self.state = state
        self.states.append(state)
        self.say(what)

    def edit(self) -> None:
        """What an editor does next: an edit, or one that is taken back. What is broken is mended."""
        if self.expected().code != law.FINE:
            good = (state for state in reversed(self.states) if self.shop.clean.of(state, self.day, drafts=self.drafts).code == law.FINE)
            self.turn_to(next(good, first()), "takes back what was wrong")
        elif len(self.states) > 1 and self.chance.random() < 0.5:
            number = self.chance.randrange(len(self.states))
            self.turn_to(self.states[number], f"goes back to state {number}")
        else:
            what, state = edited(self.chance, self.state)
            self.turn_to(state, what)

    def reconfigure(self) -> None:
        """An edit that every page shows."""
        number = self.chance.choice([n for n, text in enumerate(archive.CONFIGS) if text.encode() != self.state["sitegen.yaml"]])
        self.turn_to({**self.state, "sitegen.yaml": archive.CONFIGS[number].encode()}, f"sets configuration {number}")

    def spec(self, jobs: int | None = None) -> Spec:
        arguments = ["--jobs", str(jobs or self.jobs), *(["--drafts"] if self.drafts else [])]
        return Spec(str(self.root), tuple(arguments), DAYS[self.day])

    def judge(self, findings: Iterable[Finding]) -> None:
        """Counts a build, and what was found of it."""
        self.tally.counts[self.kind, "builds"] += 1
        for finding in findings:
            self.tally.counts[self.kind, finding.what] += 1
            self.tally.failures.append(Failure(self.seed, self.kind, finding, tuple(self.steps)))
            self.found.append(finding)

    def build(self) -> None:
        """A build that nothing disturbs."""
        self.say(f"build --jobs {self.jobs}{' --drafts' if self.drafts else ''}")
        before = law.site(self.root)
        outcome = self.shop.builds.run(self.spec())
        self.judge(law.undisturbed(before, law.site(self.root), outcome, self.expected()))

    def disturbed(self, spec: Spec, codes: Collection[int], during: Callable[[int], None] | None = None) -> Outcome:
        """A build that something disturbs, and that may end with one of `codes`."""
        before = law.site(self.root)
        process = self.shop.builds.begin(spec)
        if during is not None:
            during(process)
        outcome = self.shop.builds.end(process)
        if outcome.could_not:
            self.leave_out()
        else:
            self.say(f"(exit {outcome.code})")
            self.tally.counts[self.kind, "struck"] += outcome.code != self.expected().code
            self.judge(law.disturbed(before, law.site(self.root), outcome, self.expected(), codes))
        return outcome

    def leave_out(self) -> None:
        self.tally.counts[self.kind, "left out"] += 1

    def remember(self) -> None:
        """Keeps the store as it is, to be put in place again at a later moment."""
        self.moments.append(self.store.moment())
        del self.moments[:-MOMENTS]

    # the history

    def run(self, kinds: Mapping[str, Step], steps: int = STEPS) -> Tally:
        """Runs it. Each step has chances of its own, so that what one step found does not change the next."""
        try:
            self.turn_to(first(), "begins")
            self.build()
            self.remember()
            for number in range(steps):
                self.chance = Random(f"{self.seed}/{number}")
                self.step(kinds, dealt(list(kinds), self.seed * steps + number))
        finally:
            shutil.rmtree(self.root, ignore_errors=True)
        return self.tally

    def step(self, kinds: Mapping[str, Step], kind: str) -> None:
        if self.chance.random() < 0.2:
            self.jobs = self.chance.choice([1, 2])
            self.drafts = self.chance.random() < 0.2
        if self.chance.random() < 0.1:  # what an earlier fault left behind is its own
            self.kind = self.harmed
            self.edit()
            self.build()
        else:
            self.kind = self.harmed = kind
            self.say(f"[{self.kind}]")
            self.tally.counts[self.kind, "steps"] += 1
            kinds[self.kind](self)
        if self.found:
            self.renew()
        elif self.chance.random() < 0.4:
            self.remember()

    def renew(self) -> None:
        """Begins anew with an archive that has neither store nor output, so that a fault is found once."""
        self.found = []
        self.steps = ["all was well"]
        self.moments, self.states = [], [self.state]
        shutil.rmtree(self.root, ignore_errors=True)
        self.harmed = self.kind = "edits alone"
        lay(self.root, {}, self.state)
        self.build()
        self.remember()
        self.found = []


Step = Callable[[History], None]


def dealt(kinds: list[str], number: int) -> str:
    """A kind of fault for a step: they are dealt in turn and shuffled anew when all were, so that a few histories meet every one."""
    turn, at = divmod(number, len(kinds))
    Random(turn).shuffle(kinds)
    return kinds[at]
