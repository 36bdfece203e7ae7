"""The house of five floors: imports only go down, and the pure floors know no clock, disk or chance."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.model.kinds import KINDS

ROOT = Path(__file__).parent.parent / "sitegen"
FLOORS = {
    "cli": 4, "serve": 4, "__main__": 4, "clock": 4, "terminal": 4,
    "build": 3, "survey": 3, "explain": 3, "trim": 3, "moving": 3, "listing": 3, "formatting": 3, "importer": 3, "check": 3, "coverage": 3,
    "desk": 3, "mergedriver": 3, "exchange": 3, "scaffold": 3, "vendoring": 3, "upgrading": 3, "addresses": 3, "publish": 3,
    "datafiles": 3, "exporting": 3,
    "bagging": 3, "citing": 3, "offline": 3, "snapshot": 3,
    "tree": 2, "packaged": 2, "history": 2, "gitmerge": 2, "git": 2, "cache": 2, "output": 2, "editor": 2, "workers": 2, "program": 2, "installed": 2, "gitpush": 2,
    "packing": 2, "archivedb": 2, "web": 2, "manners": 2,
    "annotations": 1, "config": 1, "content": 1, "archive": 1, "cartography": 1, "speech": 1, "views": 1, "theme": 1, "exports": 1, "opendata": 1, "finding": 1,
    "model": 0, "romanising": 0, "urls": 0,
}  # fmt: skip
WITHIN = {
    ("build", "survey"),
    ("build", "explain"),
    ("history", "git"),
    ("manners", "web"),
    ("packaged", "tree"),
    ("build", "datafiles"),
    ("datafiles", "survey"),
    ("exporting", "datafiles"),
    ("exporting", "survey"),
    ("explain", "survey"),
    ("check", "survey"),
    ("trim", "build"),
    ("trim", "explain"),
    ("trim", "survey"),
    ("importer", "survey"),
    ("moving", "survey"),
    ("desk", "survey"),
    ("listing", "survey"),
    ("coverage", "survey"),
    ("coverage", "importer"),
    ("formatting", "survey"),
    ("mergedriver", "survey"),
    ("exchange", "survey"),
    ("__main__", "cli"),
    ("cli", "serve"),
    ("desk", "importer"),
    ("cli", "clock"),
    ("cli", "terminal"),
    ("serve", "clock"),
    ("vendoring", "scaffold"),
    ("addresses", "survey"),
    ("publish", "addresses"),
    ("publish", "build"),
    ("publish", "survey"),
    ("bagging", "build"),
    ("bagging", "citing"),
    ("bagging", "survey"),
    ("citing", "survey"),
    ("offline", "survey"),
    ("snapshot", "survey"),
    ("installed", "program"),
    ("gitmerge", "git"),
    ("gitpush", "git"),
    ("installed", "packaged"),
    ("cache", "tree"),
    ("cache", "workers"),
    ("editor", "cache"),
    ("packing", "tree"),
    ("output", "cache"),
    ("output", "tree"),
    ("output", "workers"),
}
"""On floors 2 to 4 a room may be used by another of its floor only where it is named here; floors 0 and 1 are one flat each."""
IMPURE = {"os", "pathlib", "io", "time", "random", "sqlite3", "subprocess", "socket", "shutil", "tempfile", "secrets", "urllib.request"}
ALLOWED = {
    ("model/prepared.py", "os"),
    ("exports/images.py", "io"),
    ("exports/scans.py", "io"),
    ("exports/faces.py", "io"),
    ("exports/typesetting.py", "io"),
    ("exports/colours.py", "io"),
    ("speech/__init__.py", "io"),
}
"""A picture in memory is no disk, nor is a catalogue."""


class Module(NamedTuple):
    """What is asked of a module. `calls`: the names of the functions that it calls, those of others with a point before them."""

    imports: set[str]
    calls: set[str]
    kinds: list[str]


@cache
def read(path: Path) -> Module:
    """A module is read once, for that takes far longer than what is asked of it."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    imported, calls = set(), set()
    for node in nodes:
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            calls.add(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            calls.add(f".{node.func.attr}")
    return Module(imported, calls, names_of_kinds(nodes))


def imports(path: Path) -> set[str]:
    return read(path).imports


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


MODULES = [path for path in sorted(ROOT.rglob("*.py")) if path != ROOT / "__init__.py" and "themes" not in path.parts]


ROOMS = sorted({room_of(path) for path in MODULES})


def modules_of(room: str) -> list[Path]:
    return [path for path in MODULES if room_of(path) == room]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_only_go_down(room: str) -> None:
    for path in modules_of(room):
        for name in imports(path):
            if not name.startswith("sitegen."):
                continue
            other = name.split(".")[1]
            if other not in FLOORS or other == room:
                continue
            same = FLOORS[other] == FLOORS[room]
            allowed = FLOORS[other] < FLOORS[room] or (same and (FLOORS[room] < 2 or (room, other) in WITHIN))
            assert allowed, f"{path}: {room} (floor {FLOORS[room]}) imports {other} (floor {FLOORS[other]})"


@pytest.mark.parametrize("room", [room for room in ROOMS if FLOORS[room] <= 1])
def test_pure_floors_are_pure(room: str) -> None:
    for path in modules_of(room):
        relative = path.relative_to(ROOT).as_posix()
        bad = {name for name in imports(path) if name in IMPURE and (relative, name) not in ALLOWED}
        assert not bad, path
        assert not read(path).calls & {"open", "input", "print", ".today", ".now", ".utcnow"}, path


DECODING = ("Decoder(", ".convert(", "type=")


def test_types_are_made_ready_before_anything_is_decoded_into_them() -> None:
    """Threads that meet a type at once end the process else (`model.prepared`)."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in MODULES
        if path.name != "prepared.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if "msgspec" in line and any(word in line for word in DECODING) and "prepared(" not in line
    ]
    assert found == []


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in MODULES} == set(FLOORS)


KINDS_ROOM = ROOT / "model/kinds.py"


def names_of_kinds(nodes: list[ast.AST]) -> list[str]:
    """Where a module spells the name of a kind: as the beginning of a path or key, in a comparison, or by putting an s behind it."""
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    parts = [part for node in nodes if isinstance(node, ast.Compare) for part in node.comparators]
    compared = {id(one) for part in parts for one in (part.elts if isinstance(part, ast.Tuple | ast.List | ast.Set) else [part])}
    found = []
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            first, slash, _ = node.value.removeprefix("content/").partition("/")
            is_path = bool(slash) or node.value.startswith("content/")
            if first in KINDS and (is_path or id(node) in compared):
                found.append(f"{node.lineno}: {node.value!r}")
        elif isinstance(node, ast.JoinedStr) and len(node.values) > 1:
            *_, before, last = node.values
            name = before.value.id if isinstance(before, ast.FormattedValue) and isinstance(before.value, ast.Name) else ""
            if isinstance(last, ast.Constant) and last.value == "s" and name in ("kind", "singular"):
                found.append(f"{node.lineno}: a plural made of a singular")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_kinds_are_named_by_their_table_alone(room: str) -> None:
    found = {path.relative_to(ROOT).as_posix(): read(path).kinds for path in modules_of(room) if path != KINDS_ROOM}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_kind_that_is_spelled_is_found() -> None:
    for line in ('key = f"places/{stem}"', 'file = "content/articles/a.md"', 'is_one = kind == "claims"', 'name = f"{kind}s"'):
        assert names_of_kinds([*ast.walk(ast.parse(line))]) != [], line
