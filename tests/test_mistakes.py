"""What an editor is told of a mistake: `golden/mistakes.md` shows fifty, each an archive and the words for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Archive
from tests.test_golden import pairs

Make = Callable[[str], Archive]


@pytest.mark.parametrize(("title", "source", "told"), pairs("mistakes.md"), ids=lambda value: value if len(value) < 60 else "")
def test_a_mistake_is_told(title: str, source: str, told: str, archive: Make) -> None:
    report = archive(f"{source}\n").build(jobs=1)
    assert "\n".join(str(problem) for problem in report.problems) == told, title


def test_there_are_fifty() -> None:
    assert len(pairs("mistakes.md")) >= 50
