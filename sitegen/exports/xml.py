"""The sitemap (sitemaps.org), with absolute addresses, and where crawlers find it (RFC 9309); and what is written as XML."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from sitegen.model.pages import Robots, Sitemap
from sitegen.model.site import SiteCard
from sitegen.urls import encoded

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(page: Sitemap, site: SiteCard) -> bytes:
    """The addresses of all pages, or of further sitemaps, with when they were last changed, as far as editors say."""
    root = ET.Element("sitemapindex" if page.of_sitemaps else "urlset", xmlns=_SITEMAP)
    for address, changed in page.addresses:
        one = ET.SubElement(root, "sitemap" if page.of_sitemaps else "url")
        add_text(one, "loc", site.base_url + encoded(address))
        if changed:
            add_text(one, "lastmod", changed)
    return as_bytes(root)


def robots(page: Robots, site: SiteCard) -> bytes:
    """That all may be read. What is not to be listed says so itself (`noindex`), which only those see who may read it."""
    lines = ["User-agent: *", "Allow: /", *(["", f"Sitemap: {site.base_url}{page.sitemap}"] if page.sitemap else [])]
    return "\n".join([*lines, ""]).encode()


def add_text(parent: ET.Element, name: str, text: str) -> None:
    """Adds an element that holds text."""
    ET.SubElement(parent, name).text = printable(text)


def printable(text: str) -> str:
    """The text without the control characters that XML 1.0 cannot hold."""
    return _UNPRINTABLE.sub("", text)


def as_bytes(root: ET.Element) -> bytes:
    """A document, indented, as UTF-8."""
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True, short_empty_elements=True)
    return data + b"\n"
