"""Reads `sitegen.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.content import frontmatter, node, reading
from sitegen.content.fields import fields
from sitegen.content.nodes import nodes
from sitegen.model.problem import Problem, missing
from sitegen.model.records import CitationSettings, Config

PATH = "sitegen.yaml"


def parse(data: bytes) -> tuple[Config | None, list[Problem]]:
    """The archive's settings, or None where they cannot be used."""
    text, problems = frontmatter.decode(data, PATH)
    if problems:
        return None, problems
    root, problems = nodes(text, PATH, 1)
    reader = reading.Reading()
    config = reading.read(Config, root, reader)
    if config is not None:
        for name, scale in config.calendars.items():
            if "{n}" not in scale.label:
                hint = 'write for example `label: "Day {n}"`'
                reader.problems.append(
                    Problem(*reader.line_of(scale), "label-without-number", f"the label of {name!r} has no `{{n}}`", hint)
                )
        if config.map.tiles is not None and not is_tiles(config.map.tiles.url):
            hint = "write for example `url: https://tiles.example.org/{z}/{x}/{y}.png`"
            message = "the address of tiles begins with https:// and a host, and has `{z}`, `{x}` and `{y}`"
            reader.problem(config.map.tiles, "wrong-type", message, hint, key="url")
        for creator in config.citation.creators:
            if creator.name and (creator.family or creator.given):
                message = "a creator has a `name`, or `family` and `given`, and not both"
                reader.problem(creator, "wrong-type", message, "keep `family` and `given` of a person, `name` of a body", key="name")
            elif not creator.name and not creator.family:
                key = "family" if creator.given else "name"
                reader.problem(creator, missing(key), f"{key!r} is missing", "write `name` of a body, `family` and `given` of a person")
    return config, problems + reader.problems


def is_tiles(url: str) -> bool:
    """Whether an address can be that of tiles: it becomes part of the Content Security Policy, so its host is plain.

    >>> is_tiles("https://t.example.org/{z}/{x}/{y}.png"), is_tiles("https://a; b/{z}/{x}/{y}")
    (True, False)
    """
    is_plain = re.match(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/[^\s\"'<>;,]*\Z", url) is not None
    return is_plain and all(part in url for part in ("{z}", "{x}", "{y}"))


def line_of(data: bytes, *keys: str) -> int:
    """The line on which a key stands, within those before it; 0 where it does not."""
    return node.line_of(nodes(frontmatter.decode(data, PATH)[0], PATH, 1)[0], *keys)


def lacking(data: bytes, keys: Iterable[str], what: str) -> list[Problem]:
    """That keys of `citation` are missing, which `what` cannot do without; at the line of `citation`, where there is one."""
    about = {field.key: field.doc.text for field in fields(CitationSettings)}
    line = line_of(data, "citation") or 1
    return [Problem(PATH, line, missing(key), f"{what} needs {key!r} under `citation`", about[key]) for key in keys]
