"""The word lists of a language, as a file has them: those of the program, and those that an archive has of its own in `languages/`.

A file of an archive is the work of somebody who knows the language and not the program: what of it cannot be used is told by its list, with
what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, get_args

import yaml

from sitegen.content.nearest import did_you_mean
from sitegen.model.base import Choice
from sitegen.model.problem import Fault
from sitegen.model.records import PlaceKind, SourceKind

Lists = Mapping[str, Any]
"""Name of a list -> words, a table of words, a flag, or a form."""
SHIPPED = Path(__file__).parent / "languages"
FOLDER = "languages"
"""The folder of an archive in which its own languages lie, such as `languages/it.yaml`."""
SIZE_LIMIT = 1024 * 1024
"""Bytes of a file."""
WORD = 100
"""Signs of a word: patterns are made of its signs one within the other, which Python does not do without end."""
_TAG = re.compile(r"[a-z]{2,8}")
_RANGES = {"months": (1, 12), "weekdays": (0, 6), "relative": (-400, 400), "scales": (1, 10**15), "parts": (1, 10**6)}
"""What the numbers of a table may be."""


_LIST = re.compile(r"^(?=\w+:)", re.M)
"""Where a list begins: none but these stand at the beginning of a line."""


def read(path: Path, only: Collection[str] = ()) -> Lists:
    """The lists of a file, or only some of them, which takes a tenth of the time; what is so or not is `true` or `false`. Raises ValueError
    or YAMLError where it has none."""
    text = path.read_text(encoding="utf-8")
    if only:
        text = "".join(part for part in _LIST.split(text) if part.partition(":")[0] in only) or "{}"
    loader = yaml.CSafeLoader(text)
    loader.yaml_implicit_resolvers = {}  # words are words, also "no", "on" and "null"
    lists = loader.get_single_data()
    if not isinstance(lists, dict) or not all(isinstance(key, str) for key in lists):
        raise ValueError("these are no lists")
    return {key: value == "true" if value in ("true", "false") else value for key, value in lists.items()}


def of_archive(root: Path) -> dict[str, Lists]:
    """The lists of each language that an archive has a file of, by its tag. Raises Fault where one cannot be used."""
    return {path.stem: _checked(path) for path in sorted((root / FOLDER).glob("*.yaml"))}


def _checked(path: Path) -> Lists:
    """The lists of an archive's own file, each of the shape that the program's have."""
    name = f"{FOLDER}/{path.name}"
    if not _TAG.fullmatch(path.stem):
        raise Fault(f"{name}: call the file by the tag of its language in small letters, such as it.yaml")
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Fault(f"{name} has more than {SIZE_LIMIT // 1024**2} MiB; keep the words that its rules need")
        lists = read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"{name} cannot be read: {error}; save it as text in UTF-8") from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f", line {mark.line + 1}" if mark is not None else ""
        raise Fault(f"{name}{at}: these are no lists; write `list: [word, word]`, each list on a line of its own") from error
    for key, value in lists.items():
        if key not in shapes():
            raise Fault(f"{name}: there is no list {key!r}; {did_you_mean(key, shapes(), 'the documentation of imports has all')}")
        _fits(f"{name}: {key}", key, value)
    return lists


@cache
def shapes() -> Lists:
    """Each list that there is, with what the program's languages have in it."""
    out: dict[str, Any] = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        for key, value in read(path).items():
            out[key] = {**out.get(key, {}), **value} if isinstance(value, dict) else value
    return out


def _fits(where: str, key: str, value: object) -> None:
    """Raises Fault where a list is not of the shape that the program's have."""
    match shapes()[key]:
        case bool():
            if not isinstance(value, bool):
                _wrong(where, value, "`true` or `false`")
        case str():
            _form(where, value)
        case list():
            _words(where, value)
        case dict() as like:
            if not isinstance(value, dict):
                _wrong(where, value, "`{word: …, word: …}`")
            _table(where, key, value, next(iter(like.values())))


def _table(where: str, key: str, table: Mapping[object, object], like: object) -> None:
    """Raises Fault where a table has another value than one `like` that of the program's."""
    if isinstance(like, list):
        for word, words in table.items():
            if key.startswith("organisation"):
                _one_of(where, word, SourceKind)
            _words(f"{where}: {word}", words)
    elif key.startswith("features"):
        for word, kind in table.items():
            _one_of(f"{where}: {word}", kind, PlaceKind)
    elif _number(like) is None:
        _words(where, [*table.values()])
    else:
        for word, number in table.items():
            low, high = _RANGES.get(key, (0, 10**15))
            found = _number(number)
            if found is None or not low <= found <= high or (key in _RANGES and found.denominator != 1):
                _wrong(f"{where}: {word}", number, f"a number from {low:,} to {high:,}")
    _words(where, [*table])


def _form(where: str, value: object) -> None:
    """How a ten and a one are joined: each stands in it once, in braces."""
    is_form = isinstance(value, str) and value.count("{ten}") == value.count("{one}") == 1 and value.count("{") == value.count("}") == 2
    if not is_form:
        _wrong(where, value, 'both in braces, such as "{ten} y {one}"')


def _words(where: str, value: object) -> None:
    if not isinstance(value, list):
        _wrong(where, value, "a list, `[word, word]`")
    for one in value:
        if not isinstance(one, str):
            _wrong(where, one, "a word")
        if len(one) > WORD:
            _wrong(where, one, f"a word of {WORD} signs at most")


def _one_of(where: str, value: object, choice: Any) -> None:
    members: Collection[str] = next(mark.members for mark in get_args(choice) if isinstance(mark, Choice))
    if value not in members:
        _wrong(where, value, f"one of {', '.join(members)}")


def _number(value: object) -> Fraction | None:
    try:
        return Fraction(value) if isinstance(value, str) and len(value) <= 20 else None
    except (ValueError, ZeroDivisionError):
        return None


def _wrong(where: str, value: object, wanted: str) -> NoReturn:
    raise Fault(f"{where}: {str(value)[:60]!r} cannot be used; write {wanted}")
