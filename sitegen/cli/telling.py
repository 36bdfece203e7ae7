"""What is found, as it is printed: for editors, for GitHub, for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sitegen import __version__
from sitegen.check import Found, group_of
from sitegen.check.fixing import Fixed
from sitegen.editor import diff
from sitegen.model.problem import Problem
from sitegen.model.rules import rule_of
from sitegen.model.rules.rule import GROUPS
from sitegen.terminal import changed, count, escaped

WIDTH = 110
"""Signs of a line that are shown of it: what is wrong, with what stands around."""
_NAMED = re.compile(r"“([^“”]+)”|'([^']+)'|‘([^‘’]+)’")
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def told(found: Found) -> Iterator[str]:
    """The problems as an editor reads them, those of checks group by group, each with the line that it is about."""
    rest = [one for one in found.problems if group_of(one) is None]
    for one in rest:
        yield from _told(one, found.lines)
    for group in GROUPS:
        some = [one for one in found.problems if group_of(one) == group]
        if some:
            yield f"--- {group}: {len(some)} ---"
        for one in some:
            yield from _told(one, found.lines)


def summed(problems: Sequence[Problem]) -> str:
    """How many there are, and of which groups."""
    numbers = {group: sum(group_of(one) == group for one in problems) for group in GROUPS}
    told = ", ".join(f"{group} {number}" for group, number in numbers.items() if number)
    return f"{count(problems)}{f': {told}' if told else ''}."


def _told(problem: Problem, lines: Mapping[tuple[str, int], str]) -> Iterator[str]:
    first, *hint = problem.lines()
    yield first
    line = lines.get((problem.path, problem.line), "")
    if line.strip() and line.strip() != "---":
        yield from _pointed(problem, line)
    yield from hint


def _pointed(problem: Problem, line: str) -> Iterator[str]:
    """The line, and a mark beneath the words of it that the message names; where it names none, beneath all of it."""
    named = [word for groups in _NAMED.findall(problem.message) for word in groups if word and word in line]
    words = max(named, key=len, default=line.strip())
    at = line.index(words)
    start = max(0, min(at - 20, len(line) - WIDTH)) if len(line) > WIDTH else 0
    shown = line[start : start + WIDTH].replace("\t", " ")
    number = str(problem.line)
    yield f"  {number} | {'…' if start else ''}{shown}{'…' if start + WIDTH < len(line) else ''}"
    under = " " * (at - start + bool(start)) + "^" * max(1, min(len(words), WIDTH - (at - start)))
    yield f"  {' ' * len(number)} | {under}"


def fixed(found: Fixed, *, is_written: bool) -> Iterator[str]:
    """What was mended; or what would be, with a diff."""
    if not is_written:
        yield from (line.removesuffix("\r") for line in diff(found.changes))
    for one in found.mends:
        yield f"{one.problem.path}:{one.problem.line}: mended[{one.problem.code}]: {one.how}"
    for problem in found.revealed:
        yield f"left as it is, for this would be told then: {problem.path}: [{problem.code}] {problem.message}"
    yield changed(len(found.changes), is_written=is_written)


def for_github(problems: Sequence[Problem]) -> Iterator[str]:
    """As workflow commands, which GitHub shows beside the lines."""
    for problem in problems:
        text = escaped(f"{problem.message}. {problem.hint}")
        path = escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
        yield f"::{problem.severity} file={path},line={max(problem.line, 1)},title={problem.code}::{text}"


def sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """As the Static Analysis Results Interchange Format has it (SARIF 2.1.0, an OASIS standard), which code hosts and editors read."""
    rules = list(dict.fromkeys(rule_of(one.code) for one in problems))
    driver = {
        "name": "sitegen",
        "version": __version__,
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.means},
                "help": {"text": rule.mend},
                "properties": {"group": rule.check or rule.group},
            }
            for rule in rules
        ],
    }
    results = [
        {
            "ruleId": rule_of(one.code).code,
            "ruleIndex": rules.index(rule_of(one.code)),
            "level": one.severity,
            "message": {"text": f"{one.message}. {one.hint}" if one.hint else one.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": one.path}, "region": {"startLine": max(one.line, 1)}}}],
        }
        for one in problems
    ]
    return {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
