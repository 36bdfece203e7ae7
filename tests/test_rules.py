"""The table of codes: each is told somewhere, and its example gives it and no other error."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import get_args

import msgspec
import pytest

from sitegen.model.problem import Code, Problem, missing
from sitegen.model.rules import RULES, rule_of
from sitegen.model.rules.rule import Rule
from tests.conftest import REPOSITORY, Archive

UNSHOWN = {
    "no-archive": "every archive of a string has its settings",
    "outside-archive": "a link",
    "unreadable": "a link, a pipe or a permission",
    "too-large": "more text than the program should carry",
    "invalid-utf8": "no text",
    "seed-not-text": "no text",
    "other-archive": "an import",
    "not-text": "an import",
    "no-article": "an import",
    "empty-seed": "an import",
    "reader-failed": "an import",
    "bad-proposal": "an import",
    "no-alt": "a picture",
    "no-credit": "a picture",
    "image-large": "a picture",
    "whose-image": "a picture",
    "link-dead": "another machine",
    "link-moved": "another machine",
    "not-read": "another program, while serving",
    "page-lost": "another program, while serving",
}
"""What the rules without an example would have to show, which a string cannot."""
SHOWN = [rule for rule in RULES.values() if rule.example]


SLOW = ("quotes-too-common",)
"""Their examples take seconds: in the soak, beside their own tests."""


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code, marks=pytest.mark.soak if rule.code in SLOW else ()) for rule in SHOWN])
def test_the_example_gives_its_code_and_no_other_error(rule: Rule, archive: Callable[[str], Archive]) -> None:
    problems = archive(rule.example).build(jobs=1).problems
    told = {(rule_of(problem.code).code, problem.severity) for problem in problems}
    assert (rule.code, rule.severity) in told, problems
    assert {code for code, severity in told if severity == "error"} <= {rule.code}, problems


def test_a_rule_without_an_example_has_a_reason() -> None:
    assert {rule.code for rule in RULES.values() if not rule.example} == set(UNSHOWN)


def test_the_table_has_every_code_in_order() -> None:
    assert list(RULES) == list(get_args(Code))


def unspelled(codes: set[str]) -> set[str]:
    """Those that are no string of the program, the table and the list of codes aside. Only modules that may spell one are read as Python."""
    tables = {REPOSITORY / "sitegen/model/problem.py", *(REPOSITORY / "sitegen/model/rules").glob("*.py")}
    for path in sorted(set((REPOSITORY / "sitegen").rglob("*.py")) - tables):
        text = path.read_text(encoding="utf-8")
        if any(f'"{code}"' in text for code in codes):
            codes = codes - {
                node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return codes


def test_every_code_is_told_somewhere() -> None:
    # `missing-…` stands for what `missing` makes of a key
    assert unspelled(set(RULES)) == {missing("…")}


def test_the_code_of_any_missing_key_survives_the_store() -> None:
    problem = Problem("content/pages/about.md", 2, missing("title"), "'title' is missing")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(problem), type=Problem) == problem
    assert rule_of(problem.code) is RULES["missing-…"]


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    for rule in RULES.values():
        for sentence in (rule.means, rule.mend):
            assert sentence[0].isupper() or sentence[0] == "`", rule.code
            assert sentence.endswith("."), rule.code
