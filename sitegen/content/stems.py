"""The names of content files, which become addresses."""

from __future__ import annotations

from sitegen import urls
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Problem


def stem_problem(path: str) -> Problem | None:
    """What is wrong with a content file's name."""
    parts = path.removesuffix(".md").split("/")
    # the address of a free page has its folders in it; of all others it is the name alone
    wrong = [part for part in (parts[2:] if KINDS[parts[1]].is_nested else parts[-1:]) if not urls.is_stem(part)]
    if not wrong:
        return None
    name = wrong[0]
    proposal = urls.slug(name)
    hint = f"rename it to `{proposal}`" if urls.is_stem(proposal) else "use small letters, digits and hyphens"
    return Problem(
        path,
        0,
        "bad-file-name",
        f"{name!r} cannot be an address",
        f"{hint} (at most {urls.STEM_LIMIT} characters; `page` and device names are reserved)",
    )
