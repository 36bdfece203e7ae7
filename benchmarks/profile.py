"""Where the time of a cold build goes, room by room: `python -m benchmarks.profile [--articles 2000] [--sitegen FOLDER]`.

One process under the standard library's profiler, which makes calls dearer than work in C; so it tells shares, and no seconds to compare
with a clock. `--sitegen` is another checkout of the program, to hold an earlier state beside this one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import corpus

HERE = Path(__file__).parent.parent
_RUN = """
import cProfile, json, pstats, sys
sys.argv = ["sitegen", "build", "--jobs", "1"]
from sitegen import cli
profile = cProfile.Profile()
profile.enable()
try:
    cli.main()
except SystemExit:
    pass
profile.disable()
stats = pstats.Stats(profile)
json.dump([stats.total_calls, [[*key, value[2]] for key, value in stats.stats.items()]], open(sys.argv[0] + ".profile", "w"))
"""


def room_of(path: str, function: str) -> str:
    """The room of the program, or the library, that a function is part of."""
    parts = Path(path).parts
    if "sitegen" in parts:
        at = len(parts) - 1 - parts[::-1].index("sitegen")
        return f"sitegen/{parts[at + 1].removesuffix('.py')}"
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    if path.endswith(".html"):
        return "templates"
    for name, words in {
        "msgspec": ("msgspec",),
        "SQLite": ("sqlite3",),
        "zstd": ("zstd", "Zstd"),
        "regular expressions": ("re.Pattern", "re.Match"),
    }.items():
        if any(word in function for word in words):
            return name
    if "posix" in function or "_io." in function:
        return "operating system"
    return "Python and its library"


def profiled(folder: Path, program: Path) -> tuple[int, Counter[str]]:
    """The calls, and the seconds of each room."""
    subprocess.run(
        [sys.executable, "-c", _RUN],
        cwd=folder,
        env={"PYTHONPATH": str(program), "PATH": "/usr/bin:/bin"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    calls, rows = json.loads((folder / "sitegen.profile").read_text())
    rooms: Counter[str] = Counter()
    for path, _, function, seconds in rows:
        rooms[room_of(path, function)] += seconds
    return calls, rooms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--sitegen", type=Path, default=HERE)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.sitegen(folder, asked.articles)
        calls, rooms = profiled(folder, asked.sitegen.resolve())
    total = rooms.total()
    print(f"{asked.articles:,} articles, {calls / 1e6:.1f} million calls\n\n| room | share |\n|---|---|")
    for room, seconds in rooms.most_common(18):
        print(f"| {room} | {seconds / total:.1%} |")


if __name__ == "__main__":
    main()
