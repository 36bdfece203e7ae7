"""What happens to the output, to the whole archive, and to the clock.

Each kind is one step of a history, and ends with a build that nothing disturbs.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec

from tests.torture import damage, law
from tests.torture.archive import DAYS, resized
from tests.torture.faults import prepare
from tests.torture.history import History, Step
from tests.torture.spec import Mount


def full_disk_of_the_output(run: History) -> None:
    prepare(run)
    mount = Mount("public", 4096 * run.chance.randint(0, 60))
    run.say(f"{mount.room} bytes are left for the output")
    run.disturbed(msgspec.structs.replace(run.spec(), watched=True, mount=mount), {law.MACHINE})
    run.build()


def read_only_output(run: History) -> None:
    prepare(run)
    run.say("the output is read-only")
    run.disturbed(msgspec.structs.replace(run.spec(), watched=True, mount=Mount("public", read_only=True)), {law.MACHINE})
    run.build()


def harmed_output(run: History) -> None:
    """Files of the output are damaged, go, or are joined by others. What somebody else has put there no build removes or replaces: it says so,
    and is whole once that is gone."""
    chance, output = run.chance, run.root / "public"
    theirs: list[Path] = []
    for _ in range(chance.randint(1, 3)):
        files = sorted(path for path in output.rglob("*") if path.is_file() and not path.is_symlink() and path.name != law.MARKER)
        if not files:
            break
        place = chance.choice(files)
        how = chance.choice(["damaged", "damaged, its times restored", "removed", "made a folder", "made a link", "joined by others"])
        run.say(f"{place.relative_to(output)} is {how}")
        status = place.stat()
        match how:
            case "damaged" | "damaged, its times restored":
                damage.flip(chance, place)
                if how != "damaged":
                    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
            case "joined by others":
                place.with_name("left-over.html").write_text("x")
                theirs.append(place.with_name("left-over.html"))
                place.with_name("left-over").mkdir(exist_ok=True)
            case _:
                place.unlink()
                if how == "made a folder":
                    place.mkdir()
                    (place / "inside").write_text("x")
                    theirs.append(place / "inside")
                elif how == "made a link":
                    place.symlink_to(run.root / "sitegen.yaml")
    if theirs:
        run.disturbed(run.spec(), {law.MACHINE})
        for path in theirs:
            if path.is_dir():  # what was left over was made a folder
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    if chance.random() < 0.3:
        (output / law.MARKER).write_bytes(b"x")
        run.say("what the output says of itself is damaged")
        if run.disturbed(run.spec(), {law.MACHINE}).code == law.MACHINE:  # of files that nobody remembers it cannot know whose they are
            shutil.rmtree(output)
    if chance.random() < 0.5:
        run.edit()
    run.build()


def left_over_stage(run: History) -> None:
    chance, output = run.chance, run.root / "public"
    name = chance.choice([law.STAGE, law.STAGE, f"{law.STAGE}-{chance.randrange(99999)}"])
    stage = output / name
    (stage / chance.choice(["", "deeper"])).mkdir(parents=True)
    for path in chance.choices(sorted(path for path in output.rglob("*") if path.is_file()), k=3):
        (stage / chance.choice([path.name, chance.randbytes(20).hex()])).write_bytes(path.read_bytes()[:100])
    run.say(f"{name} is left over")
    prepare(run)
    run.build()


def earlier_output(run: History) -> None:
    """The output of an earlier moment is put in place again, with its times, as from a backup."""
    backup = run.root.with_name(f"{run.root.name}-backup")
    if not (run.root / "public").exists():  # taken away before, and not built again since
        run.build()
        return
    shutil.copytree(run.root / "public", backup, symlinks=True)
    prepare(run)
    run.build()
    shutil.rmtree(run.root / "public")
    backup.rename(run.root / "public")
    run.say("puts the output of an earlier moment in place")
    if run.chance.random() < 0.3:
        run.edit()
    run.build()


def removed_output(run: History) -> None:
    shutil.rmtree(run.root / "public")
    run.say("removes the output")
    run.build()


def moved_or_copied(run: History) -> None:
    """With its store and its output, as a hosting service does."""
    old, new = run.root, run.root.with_name(f"{run.root.name}-moved")
    how = run.chance.choice(["moved", "copied", "copied with its times"])
    run.say(f"the archive is {how}")
    if how == "moved":
        old.rename(new)
    else:
        shutil.copytree(old, new, symlinks=True, copy_function=shutil.copy2 if how != "copied" else shutil.copyfile)
        shutil.rmtree(old)
    if run.chance.random() < 0.5:
        run.root = new
    else:
        new.rename(old)
    if run.chance.random() < 0.5:
        run.edit()
    run.build()


def another_day(run: History) -> None:
    for _ in range(run.chance.randint(1, 2)):
        run.day = next(day for day in DAYS if day != run.day)
        run.say(f"it is {run.day}")
        if run.chance.random() < 0.3:
            run.edit()
        run.build()


def times_of_files(run: History) -> None:
    """A file is changed that keeps its size and gets its old time again, or one of the future."""
    chance = run.chance
    if chance.random() < 0.5:  # so that a stamp of the future is known
        path = chance.choice(sorted(run.state))
        os.utime(run.root / path, (4102444800, 4102444800))
        run.say(f"{path} is of the year 2100")
        run.build()
    path, state = resized(chance, run.state)
    status = (run.root / path).stat()
    run.turn_to(state, f"changes {path}, not its size")
    times = chance.choice([status.st_mtime_ns, 4102444800 * 10**9, 0])
    os.utime(run.root / path, ns=(times, times))
    run.build()


KINDS: dict[str, Step] = {
    "output: full disk": full_disk_of_the_output,
    "output: read-only": read_only_output,
    "output: harmed": harmed_output,
    "output: stage left over": left_over_stage,
    "output: earlier": earlier_output,
    "output: removed": removed_output,
    "archive: moved or copied": moved_or_copied,
    "clock: another day": another_day,
    "clock: times of files": times_of_files,
}
