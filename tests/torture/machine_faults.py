"""What happens to a build as it runs: signals, other builds, limits, operations that fail.

Each kind is one step of a history, and ends with a build that nothing disturbs.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import signal
import time
from pathlib import Path

import msgspec

from tests.torture import law
from tests.torture.builds import send
from tests.torture.faults import FAILING, FILES, moment, prepare
from tests.torture.history import History, Step
from tests.torture.spec import Does, Moment


def _signalled(what: signal.Signals, does: tuple[Does, Does | None], codes: set[int]) -> Step:
    """A signal to a build, or to it and its workers, at a moment of its own or of the clock's."""
    to_one, to_all = does

    def step(run: History) -> None:
        prepare(run)
        chance = run.chance
        jobs = chance.choice([1, 2, 3])
        every = to_all if to_all is not None and chance.random() < 0.5 else None
        if chance.random() < 0.5:
            at = moment(chance, every or to_one)
            run.say(f"{what.name} at operation {at.count} of --jobs {jobs}")
            run.disturbed(msgspec.structs.replace(run.spec(jobs), moment=at), codes)
        else:
            after = chance.random() * run.shop.clean.takes
            run.say(f"{what.name} after {after * 1000:.0f} ms of --jobs {jobs}")

            def during(process: int) -> None:
                time.sleep(after)
                send(process, what, to_all=every is not None)

            run.disturbed(msgspec.structs.replace(run.spec(jobs), watched=True), codes, during)
        if chance.random() < 0.5:
            run.remember()
        run.build()

    return step


def kill_of_a_worker(run: History) -> None:
    run.reconfigure()
    chance = run.chance
    if chance.random() < 0.3:
        run.store.clear()
    jobs = chance.choice([2, 3])
    if chance.random() < 0.7:
        at = Moment("kill", chance.randint(1, 12), FILES, of="worker")
        run.say(f"SIGKILL to a worker at its operation {at.count}, --jobs {jobs}")
        run.disturbed(msgspec.structs.replace(run.spec(jobs), moment=at), {law.MACHINE})
    else:
        after = chance.random() * run.shop.clean.takes
        run.say(f"SIGKILL to a worker after {after * 1000:.0f} ms, --jobs {jobs}")

        def during(process: int) -> None:
            time.sleep(after)
            for _ in range(20):
                with contextlib.suppress(OSError):  # the build or the worker has ended, or the system does not tell of workers
                    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()[:1]:
                        os.kill(int(child), signal.SIGKILL)
                        return
                time.sleep(0.003)

        run.disturbed(msgspec.structs.replace(run.spec(jobs), watched=True), {law.MACHINE}, during)
    run.build()


def _at_once(count: int) -> Step:
    def step(run: History) -> None:
        prepare(run)
        chance, builds = run.chance, run.shop.builds
        is_edited = chance.random() < 0.3
        killed = chance.randrange(count) if chance.random() < 0.2 and not is_edited else None
        before = law.site(run.root)
        processes = []
        for number in range(count):
            if is_edited and number == count - 1:
                run.edit()
            processes.append(builds.begin(run.spec(chance.choice([1, 2]))))
            time.sleep(chance.choice([0, 0, 0.01, 0.05]))
        run.say(f"{count} builds at once{'' if killed is None else ', of which one is killed'}")
        if killed is not None:
            send(processes[killed], signal.SIGKILL)
        outcomes = [builds.end(process) for process in processes]
        after = law.site(run.root)
        for number, outcome in enumerate(outcomes):
            if is_edited and number < count - 1:  # it may have met either state, or none that rests
                is_either = outcome.code in (law.FINE, law.PROBLEMS, law.MACHINE)
                run.judge(law.ended(outcome, run.expected()._replace(code=outcome.code if is_either else law.FINE), ()))
            elif number == killed:
                run.judge(law.ended(outcome, run.expected(), {-signal.SIGKILL}))
            elif killed is None:
                run.judge(law.undisturbed(before if run.expected().code == law.FINE else after, after, outcome, run.expected()))
            else:
                run.judge(law.ended(outcome, run.expected(), ()))
        run.build()

    return step


def _limited(name: str, least: float, most: float, codes: set[int]) -> Step:
    """A limit of the kernel's, of any magnitude between two."""

    def step(run: History) -> None:
        prepare(run)
        if run.chance.random() < 0.3:
            run.store.clear()
        limit = int(math.exp(run.chance.uniform(math.log(least), math.log(most))))
        jobs = run.chance.choice([1, 2])
        run.say(f"RLIMIT_{name} {limit}, --jobs {jobs}")
        run.disturbed(msgspec.structs.replace(run.spec(jobs), limits={name: limit}), codes)
        run.build()

    return step


def no_more_processes(run: History) -> None:
    """As where RLIMIT_NPROC is met, which does not bind root: a fork fails, or the start of a thread."""
    run.reconfigure()
    if run.chance.random() < 0.3:
        run.store.clear()
    events = run.chance.choice([("os.fork",), ("_thread.start_new_thread",), ("os.fork", "_thread.start_new_thread")])
    at = Moment("fail", run.chance.randint(1, 4), events, errno=errno.EAGAIN, lasting=run.chance.random() < 0.7)
    run.say(f"start {at.count} of {' or '.join(events)} fails{', and all that follow' if at.lasting else ''}")
    run.disturbed(msgspec.structs.replace(run.spec(3), moment=at), {law.MACHINE})
    run.build()


def an_operation_fails(run: History) -> None:
    """A disk that fails, a full one, a file that may not be touched, too many that are open."""
    prepare(run)
    chance = run.chance
    number = chance.choice([errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE])
    count = moment(chance, "fail").count
    at = Moment("fail", count, FAILING, chance.choice(["build", "build", "worker"]), number, chance.random() < 0.5)
    run.say(f"operation {count} of the {at.of} fails: {errno.errorcode[number]}{', and all that follow' if at.lasting else ''}")
    run.disturbed(msgspec.structs.replace(run.spec(1 if at.of == "build" else 2), moment=at), {law.MACHINE, law.PROBLEMS})
    run.build()


KINDS: dict[str, Step] = {
    "machine: kill -9 of a worker": kill_of_a_worker,
    "machine: no more processes": no_more_processes,
    "machine: an operation fails": an_operation_fails,
    "machine: kill -9": _signalled(signal.SIGKILL, ("kill", None), {-signal.SIGKILL}),
    "machine: kill -9 of all": _signalled(signal.SIGKILL, ("kill-all", "kill-all"), {-signal.SIGKILL}),
    "machine: SIGINT": _signalled(signal.SIGINT, ("interrupt", "interrupt-all"), {130, law.MACHINE}),
    "machine: SIGTERM": _signalled(signal.SIGTERM, ("terminate", "terminate-all"), {-signal.SIGTERM, 143, law.MACHINE}),
    "machine: two at once": _at_once(2),
    "machine: three at once": _at_once(3),
    "machine: RLIMIT_FSIZE": _limited("FSIZE", 500, 400_000, {law.MACHINE}),
    "machine: RLIMIT_NOFILE": _limited("NOFILE", 6, 40, {law.MACHINE, law.PROBLEMS}),
    "machine: RLIMIT_AS": _limited("AS", 50_000, 20_000_000, {law.MACHINE, law.PROBLEMS}),
}
