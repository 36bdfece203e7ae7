"""Reads `sitegen.yaml`."""

from __future__ import annotations

from sitegen.content import frontmatter, node, reading
from sitegen.content.nodes import nodes
from sitegen.model.problem import Problem
from sitegen.model.records import Config

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
        for name in ("data", "maps"):
            if getattr(config.outputs, name):
                message = f"`outputs: {{{name}: true}}` asks for what is not made yet"
                reader.problem(config.outputs, "comes-later", message, "take it out, or write `false`", key=name)
    return config, problems + reader.problems


def line_of(data: bytes, *keys: str) -> int:
    """The line on which a key stands, within those before it; 0 where it does not."""
    return node.line_of(nodes(frontmatter.decode(data, PATH)[0], PATH, 1)[0], *keys)
