"""The names of content files, which become addresses."""

from __future__ import annotations

from sitegen import urls
from sitegen.model.article import PAGELESS
from sitegen.model.kinds import KINDS, SOURCES, Kind
from sitegen.model.problem import Problem


def is_free(kind: Kind, stem: str) -> bool:
    """Whether a page of a kind may be called so: by an address, and of sources none that says already that there is none.

    >>> is_free(KINDS["topics"], "unnamed"), is_free(SOURCES, "unnamed"), is_free(SOURCES, "page")
    (True, False, False)
    """
    return urls.is_stem(stem) and not (kind is SOURCES and stem in PAGELESS)


def stem_problem(path: str) -> Problem | None:
    """What is wrong with a content file's name."""
    parts = path.removesuffix(".md").split("/")
    if KINDS[parts[1]] is SOURCES and parts[-1] in PAGELESS:
        message = f"no source can have the id {parts[-1]!r}: in a claim it means that there is no page of who speaks"
        return Problem(path, 0, "bad-file-name", message, f"rename it, for example to `source-{parts[-1]}`, and name that in claims")
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
