"""What every problem means and how it is mended: the one table of codes, in the order in which editors read it.

`docs/problems.md` is made from it. A further code takes a word in `model.problem.Code` and a rule here.
"""

from __future__ import annotations

from sitegen.model.problem import missing
from sitegen.model.rules.archive import ARCHIVE
from sitegen.model.rules.claims import CLAIMS
from sitegen.model.rules.dates import DATES
from sitegen.model.rules.files import FILES
from sitegen.model.rules.metadata import METADATA
from sitegen.model.rules.names import NAMES
from sitegen.model.rules.quotes import QUOTES
from sitegen.model.rules.rule import Rule
from sitegen.model.rules.seeds import SEEDS
from sitegen.model.rules.serving import SERVING
from sitegen.model.rules.themes import THEMES

_GROUPS = (FILES, METADATA, QUOTES, DATES, NAMES, SEEDS, CLAIMS, ARCHIVE, THEMES, SERVING)
RULES: dict[str, Rule] = {rule.code: rule for group in _GROUPS for rule in group}

CHECKS = tuple(code for code, rule in RULES.items() if rule.check)
"""The codes that can be switched and waived."""

QUIET = tuple(code for code, rule in RULES.items() if rule.is_quiet)
"""The checks that are off where nobody asks for them."""


def rule_of(code: str) -> Rule:
    """The rule of a code as it is told.

    >>> rule_of("missing-title").code, rule_of("missing-seed").code
    ('missing-…', 'missing-seed')
    """
    return RULES[code] if code in RULES or not code.startswith(missing("")) else RULES[missing("…")]
