"""What there is to say of a code."""

from typing import Literal, NamedTuple, get_args

from sitegen.model.problem import Code, Severity

Group = Literal["figures", "sources", "dates", "places", "images", "editorial", "links", "orphans", "leftovers"]
"""What a check looks at: by these `sitegen check` tells what it found."""
GROUPS: tuple[Group, ...] = get_args(Group)


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
    check: Group | None = None
    """Of a check, to which group it belongs: the page can be made all the same; an archive may switch it, and an editor waive it."""
    is_quiet: bool = False
    """A check that is off where neither the archive nor the one who runs `sitegen check` asks for it."""
