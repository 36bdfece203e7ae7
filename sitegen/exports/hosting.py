"""What hosts read beside the pages: what is sent with them (`_headers`) and where old addresses lead (`_redirects`).

Netlify and Cloudflare Pages read both in one form. Other hosts serve them as files, and lose nothing: the policy is in a `<meta>` of each
page, and an old address has a page of its own.
"""

from __future__ import annotations

from sitegen.model.pages import Redirects
from sitegen.model.site import SiteCard
from sitegen.urls import encoded
from sitegen.views.pages import policy_of

YEAR = 31_536_000
"""Seconds."""
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
"""What a page could ask of a reader's device, and none of ours does."""


def headers(site: SiteCard) -> bytes:
    """What is sent with every page, with files whose name follows from their bytes, with raw articles, and with open data."""
    every = {
        "Content-Security-Policy": f"{policy_of(site)}; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if site.base_url.startswith("https:"):
        every["Strict-Transport-Security"] = f"max-age={YEAR}"
    if site.preview:
        every["X-Robots-Tag"] = "noindex"
    rules = {
        "/*": every,
        "/assets/*": {"Cache-Control": f"public, max-age={YEAR}, immutable"},
        "/seeds/*": {"Content-Type": "text/plain; charset=utf-8"},
    }
    if any(name == "data" for name, _ in site.policies):  # scripts of other sites may read it: it is there for other programs
        rules["/data/*"] = {"Access-Control-Allow-Origin": "*"}
    lines = [line for path, sent in rules.items() for line in (path, *(f"  {name}: {value}" for name, value in sent.items()))]
    return "\n".join([*lines, ""]).encode()


def redirects(page: Redirects) -> bytes:
    """Each old address with the new one, for ever, and with it all that lies below it (a feed, data). The page that lies at an old address
    gives way (`!`)."""
    return "".join(f"{_rule(encoded(old), encoded(new))} 301!\n" for old, new in page.moved).encode()


def _rule(old: str, new: str) -> str:
    is_folder = old.endswith("/") and new.endswith("/")
    return f"/{old}* /{new}:splat" if is_folder else f"/{old} /{new}"
