"""The house of five floors: imports only go down, and the pure floors know no clock, disk or chance."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "sitegen"
FLOORS = {
    "cli": 4, "serve": 4, "__main__": 4, "clock": 4, "terminal": 4,
    "build": 3, "survey": 3, "explain": 3, "trim": 3, "importer": 3, "check": 3, "publish": 3,
    "tree": 2, "cache": 2, "output": 2, "editor": 2, "external": 2, "workers": 2,
    "config": 1, "content": 1, "archive": 1, "views": 1, "theme": 1, "exports": 1,
    "model": 0, "urls": 0,
}  # fmt: skip
WITHIN = {
    ("build", "survey"),
    ("build", "explain"),
    ("explain", "survey"),
    ("check", "survey"),
    ("trim", "build"),
    ("trim", "explain"),
    ("trim", "survey"),
    ("importer", "survey"),
    ("__main__", "cli"),
    ("cli", "serve"),
    ("cli", "clock"),
    ("cli", "terminal"),
    ("serve", "clock"),
    ("cache", "tree"),
    ("cache", "workers"),
    ("output", "cache"),
    ("output", "tree"),
    ("output", "workers"),
}
"""On floors 2 to 4 a room may be used by another of its floor only where it is named here; floors 0 and 1 are one flat each."""
IMPURE = {"os", "pathlib", "io", "time", "random", "sqlite3", "subprocess", "socket", "shutil", "tempfile", "secrets", "urllib.request"}
ALLOWED = {("exports/images.py", "io"), ("exports/colours.py", "io")}
"""A picture in memory is no disk."""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


MODULES = [path for path in sorted(ROOT.rglob("*.py")) if path != ROOT / "__init__.py" and "themes" not in path.parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_only_go_down(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        if not name.startswith("sitegen."):
            continue
        other = name.split(".")[1]
        if other not in FLOORS or other == room:
            continue
        same = FLOORS[other] == FLOORS[room]
        allowed = FLOORS[other] < FLOORS[room] or (same and (FLOORS[room] < 2 or (room, other) in WITHIN))
        assert allowed, f"{room} (floor {FLOORS[room]}) imports {other} (floor {FLOORS[other]})"


@pytest.mark.parametrize("path", [p for p in MODULES if FLOORS[room_of(p)] <= 1], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pure_floors_are_pure(path: Path) -> None:
    relative = path.relative_to(ROOT).as_posix()
    bad = {name for name in imports(path) if name in IMPURE and (relative, name) not in ALLOWED}
    assert not bad
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("open", "input", "print")
            assert not called.endswith((".today", ".now", ".utcnow"))


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in MODULES} <= set(FLOORS)
