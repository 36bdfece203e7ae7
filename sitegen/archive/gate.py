"""The publish gate: the one function that decides what is public. Pages, lists, feeds, seeds and images all ask it."""

from typing import Literal

from sitegen.model.article import Gate

Status = Literal["public", "withdrawn", "hidden"]


def status(gate: Gate, today: str, unchecked: str, *, drafts: bool = False) -> Status:
    """What readers may see of a page on `today` (an ISO date, UTC).

    `withdrawn`: only that it was taken back, when and why. `unchecked` is the archive's setting; `drafts` shows what is not
    yet public to its editors.
    """
    if gate.draft and not drafts:
        return "hidden"
    if gate.publish_from is not None and today < gate.publish_from and not drafts:
        return "hidden"
    if gate.expires is not None and today >= gate.expires:
        return "hidden"
    if unchecked == "none" and gate.review in ("imported", "in-work") and not drafts:
        return "hidden"
    return "withdrawn" if gate.withdrawn else "public"


def is_held(gate: Gate, unchecked: str, *, drafts: bool = False) -> bool:
    """Whether the claims and sources that a machine proposed for an article are kept back until an editor has checked them."""
    return gate.review in ("imported", "in-work") and unchecked == "words" and not drafts
