"""What there is to say of a code."""

from typing import NamedTuple

from sitegen.model.problem import Code, Severity


class Rule(NamedTuple):
    """A problem that the program tells of, in words for editors.

    `group` is its section of the page; `means` says what is wrong, `mend` what to do. `example` is an archive in a string, `-- path --`
    before each file, of which a build tells this code and no other error. It is empty where no such text can show it: of links and other
    files that are no text, of imports, and where the machine or another program is at fault.
    """

    code: Code
    group: str
    severity: Severity
    means: str
    mend: str
    example: str = ""
    is_check: bool = False
    """The page can be made all the same: an archive may switch it, and an editor waive it."""
    is_quiet: bool = False
    """A check that is off where the archive does not ask for it."""
