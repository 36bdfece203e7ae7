"""What happens to the store: between builds, while one runs, and where it cannot be written.

Each kind is one step of a history, and ends with a build that nothing disturbs.
"""

from __future__ import annotations

import contextlib
import math
import shutil
import signal
import time

import msgspec

from tests.torture import damage, law
from tests.torture.faults import moment, prepare
from tests.torture.history import History, Step
from tests.torture.rows import THROUGH_SQL
from tests.torture.spec import Moment, Mount


def _at_rest(harm: damage.Damage) -> Step:
    def step(run: History) -> None:
        if run.chance.random() < 0.5:
            run.edit()
        said = harm(run.chance, run.store)
        run.say(said or "nothing is there to be harmed")
        if not said:
            run.leave_out()
        if run.chance.random() < 0.7:
            prepare(run)
        run.build()
        if run.chance.random() < 0.7:  # damage may lie in what only a later state asks for
            prepare(run)
            run.build()

    return step


def _in_the_way(harm: damage.Damage) -> Step:
    def step(run: History) -> None:
        prepare(run)
        run.say(harm(run.chance, run.store))
        run.disturbed(msgspec.structs.replace(run.spec(), watched=True), {law.MACHINE})
        damage.mend(run.store)
        run.build()

    return step


def log_of_a_kill(run: History) -> None:
    """A build is killed while its log is there, and the log is damaged, or what it belongs to."""
    run.reconfigure()
    run.disturbed(msgspec.structs.replace(run.spec(), moment=Moment("kill", run.chance.randint(1, 30), ("os.rename",))), {-signal.SIGKILL})
    run.remember()
    for _ in range(run.chance.randint(1, 2)):
        run.say(run.chance.choice([damage.beside, damage.beside, damage.earlier, damage.bit])(run.chance, run.store))
    run.build()
    run.edit()
    run.build()


def away_and_back(run: History) -> None:
    aside = run.root.with_name(f"{run.root.name}-aside")
    run.store.folder.rename(aside)
    run.say("moves .sitegen away")
    prepare(run)
    run.build()
    shutil.rmtree(run.store.folder)
    aside.rename(run.store.folder)
    run.say("moves it back")
    if run.chance.random() < 0.5:
        run.edit()
    run.build()


def removed(run: History) -> None:
    shutil.rmtree(run.store.folder)
    run.say("removes .sitegen")
    run.build()


def read_only_store(run: History) -> None:
    prepare(run)
    run.say(".sitegen is read-only")
    run.disturbed(msgspec.structs.replace(run.spec(), watched=True, mount=Mount(".sitegen", read_only=True)), ())
    run.build()


def full_disk_of_the_store(run: History) -> None:
    prepare(run)
    if run.chance.random() < 0.3:
        run.store.clear()
    mount = Mount(".sitegen", 4096 * int(math.exp(run.chance.uniform(0, 5))))
    run.say(f"{mount.room} bytes are left for .sitegen")
    run.disturbed(msgspec.structs.replace(run.spec(), watched=True, mount=mount), ())
    run.build()


def harmed_while_it_builds(run: History) -> None:
    prepare(run)
    chance, store = run.chance, run.store
    is_timed = chance.random() < 0.3
    after = chance.random() * run.shop.clean.takes
    spec = run.spec() if is_timed else msgspec.structs.replace(run.spec(), moment=moment(chance, "pause"))

    def during(process: int) -> None:
        if is_timed:
            time.sleep(after)
        elif not run.shop.builds.paused(process):
            return
        files = [*store.databases(), *(path for path in store.files() if path.name.endswith(damage.BESIDE))]
        for place in chance.choices(files, k=chance.randint(1, 4)) if files else []:
            harm = damage.flip if chance.random() < 0.7 else damage.overwrite
            with contextlib.suppress(FileNotFoundError, IndexError):  # by now it is gone, or has nothing in it
                run.say(harm(chance, place))
        run.remember()
        if not is_timed:
            run.shop.builds.resume(process)

    run.disturbed(msgspec.structs.replace(spec, watched=True), {law.MACHINE}, during)
    run.build()
    run.edit()
    run.build()


def removed_while_it_builds(run: History) -> None:
    prepare(run)

    def during(process: int) -> None:
        if run.shop.builds.paused(process):
            run.say("removes .sitegen while it builds")
            shutil.rmtree(run.store.folder, ignore_errors=True)
            run.shop.builds.resume(process)

    run.disturbed(msgspec.structs.replace(run.spec(), moment=moment(run.chance, "pause")), {law.MACHINE}, during)
    run.build()


KINDS: dict[str, Step] = {
    "store: log after a kill": log_of_a_kill,
    "store: away and back": away_and_back,
    "store: removed": removed,
    "store: read-only": read_only_store,
    "store: full disk": full_disk_of_the_store,
    "store: harmed while it builds": harmed_while_it_builds,
    "store: removed while it builds": removed_while_it_builds,
    **{f"store: {name}": _at_rest(harm) for name, harm in (damage.AT_REST | THROUGH_SQL).items()},
    **{f"store: {name}": _in_the_way(harm) for name, harm in damage.IN_THE_WAY.items()},
}
