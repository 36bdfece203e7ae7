"""What an archive may choose of a theme: a theme declares its settings, each with what it is by default, and `sitegen.yaml` chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitegen.content.nearest import did_you_mean
from sitegen.model.problem import Problem
from sitegen.model.records import Setting

SWITCH = {"true": True, "false": False}
"""What a setting takes whose default is one of these, and that has no list of its own."""

Chosen = dict[str, str | bool]


def chosen(
    declared: Mapping[str, Setting], given: Mapping[str, str], path: str, line: Callable[[str], int]
) -> tuple[Chosen, list[Problem]]:
    """Every setting with its value; what is wrong with those that the file `path` gives, each at the `line` of its name."""
    out = {name: _value(setting, setting.default or "") for name, setting in declared.items()}
    problems = []
    for name, text in given.items():
        setting = declared.get(name)
        if setting is None:
            known = ", ".join(sorted(declared))
            hint = did_you_mean(name, declared) or (
                f"settings of the theme: {known}" if known else "the theme has no settings; take it out"
            )
            problems.append(Problem(path, line(name), "unknown-key", f"the theme has no setting {name!r}", hint))
        elif takes(setting) and text not in takes(setting):
            problems.append(Problem(path, line(name), "wrong-choice", f"{name!r} is {text!r}", f"one of: {', '.join(takes(setting))}"))
        else:
            out[name] = _value(setting, text)
    return out, problems


def takes(setting: Setting) -> tuple[str, ...]:
    """What a setting may be; empty where it takes any words."""
    return setting.of or (tuple(SWITCH) if setting.default in SWITCH else ())


def _value(setting: Setting, text: str) -> str | bool:
    return text if setting.of else SWITCH.get(text, text) if setting.default in SWITCH else text
