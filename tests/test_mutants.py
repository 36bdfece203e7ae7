"""The mutants can be made: what each changes stands where it says, once."""

from __future__ import annotations

import pytest

from tests.mutants import MUTANTS, ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.what)
def test_what_a_mutant_changes_stands_once(mutant: Mutant) -> None:
    assert (ROOT / mutant.path).read_text(encoding="utf-8").count(mutant.before) == 1
    assert (ROOT / mutant.test.partition("::")[0]).is_file()
