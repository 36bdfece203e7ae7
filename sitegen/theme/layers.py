"""Merges a theme: the archive's own files lie over the program's, and both over those of the theme that theirs extends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.content import frontmatter, reading
from sitegen.content.node import line_of
from sitegen.content.nodes import nodes
from sitegen.model.problem import Problem
from sitegen.model.records import Setting, ThemeSettings

SETTINGS = "theme.yaml"

Layer = Mapping[str, tuple[str, bytes]]
"""The files of a theme from one place: path within the theme -> the file for messages, and its bytes."""
PACKAGED = "(installed) "
"""What the file of a theme begins with, for messages, where it comes with the program."""


class ThemeFiles(NamedTuple):
    """A merged theme. `templates`: name -> text; `paths`: name -> the file, for messages; `assets`: name -> the file, and its
    bytes; `cards`: the same of the fonts of social cards, which are not published; `settings`: name -> what may be chosen."""

    templates: dict[str, str]
    paths: dict[str, str]
    assets: dict[str, tuple[str, bytes]]
    cards: dict[str, tuple[str, bytes]]
    settings: dict[str, Setting]


def merged(
    name: str, asked: tuple[str, int], layers: Callable[[str], Sequence[Layer]], known: Collection[str], below: Layer
) -> tuple[ThemeFiles, list[Problem]]:
    """The theme `name`, for which the file and line of `asked` ask. `layers` gives those of one theme, the uppermost first; `known` are all
    themes that there are; `below` lies below them all."""
    files = ThemeFiles({}, {}, {}, {}, {})
    problems: list[Problem] = []
    seen: set[str] = set()
    while name:
        laid = layers(name)
        if name in seen or not laid:
            message = f"the theme {name!r} extends itself" if name in seen else f"there is no theme {name!r}"
            problems.append(Problem(*asked, "unknown-theme", message, f"themes: {', '.join(sorted(known))}"))
            break
        seen.add(name)
        extended: list[tuple[str, tuple[str, int]]] = []
        for layer in laid:
            problems += _laid(layer, files)
            said, found = _said(layer)
            problems += found
            if said is not None:
                files.settings.update((one, setting) for one, setting in said.settings.items() if one not in files.settings)
                if said.extends:
                    where, data = layer[SETTINGS]
                    extended.append((said.extends, (where, _line(data, where, "extends"))))
        name, asked = extended[0] if extended else ("", asked)
    problems += _laid(below, files)
    return files, problems


def _laid(layer: Layer, files: ThemeFiles) -> Iterator[Problem]:
    """Lays a layer below those that are there already."""
    for relative, (where, data) in sorted(layer.items()):
        folder, _, name = relative.partition("/")
        if folder == "templates" and name not in files.templates:
            text, problems = frontmatter.decode(data, where)
            yield from problems
            files.templates[name] = text
            files.paths[name] = where
        elif folder == "assets" and name not in files.assets:
            files.assets[name] = (where, data)
        elif folder == "cards" and name not in files.cards:
            files.cards[name] = (where, data)


def _said(layer: Layer) -> tuple[ThemeSettings | None, list[Problem]]:
    """What `theme.yaml` says, where there is one."""
    if SETTINGS not in layer:
        return None, []
    where, data = layer[SETTINGS]
    text, problems = frontmatter.decode(data, where)
    if problems:
        return None, problems
    root, problems = nodes(text, where, 1)
    reader = reading.Reading()
    said = reading.read(ThemeSettings, root, reader)
    for name, setting in said.settings.items() if said is not None else ():
        if setting.of and setting.default not in setting.of:
            message = f"the default of the setting {name!r} is none of those that it may be"
            reader.problems.append(Problem(*reader.line_of(setting), "wrong-choice", message, f"one of: {', '.join(setting.of)}"))
    return said, problems + reader.problems


def _line(data: bytes, where: str, key: str) -> int:
    return line_of(nodes(frontmatter.decode(data, where)[0], where, 1)[0], key)
