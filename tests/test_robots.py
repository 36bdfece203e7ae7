"""What crawlers are told at the root of a host."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.conftest import CONFIG, Archive

Make = Callable[[str], Archive]


def test_all_may_be_read_and_the_sitemap_is_named(archive: Make) -> None:
    site = archive("")
    assert site.build().problems == ()
    assert site.html("robots.txt") == "User-agent: *\nAllow: /\n\nSitemap: https://x.org/sitemap.xml\n"
    assert "robots.txt" not in site.html("sitemap.xml")
    # what is not to be listed says so itself, and is not in the sitemap
    assert 'content="noindex"' in site.html("404.html")


def test_a_list_with_nothing_in_it_is_in_no_sitemap(archive: Make) -> None:
    """It has its address, which is there as soon as anything is in it."""
    site = archive("-- content/places/mira.md --\n---\nname: Mira\nkind: town\n---\n")
    site.build()
    assert {"Topics", "Nothing here yet."} <= set(re.split(r"\s*<[^>]*>\s*", site.html("topics/")))
    listed = re.findall("<loc>https://x.org/([a-z]+/)</loc>", site.html("sitemap.xml"))
    assert ("places/" in listed, "topics/" in listed, "articles/" in listed) == (True, False, False)
    site.write("content/topics/tides.md", "---\nname: Spring tide\nkind: event\n---\n")
    site.build()
    assert "https://x.org/topics/<" in site.html("sitemap.xml")


def test_there_is_none_below_the_root_of_a_host(archive: Make) -> None:
    site = archive("")
    site.build()
    site.write("sitegen.yaml", CONFIG.replace("https://x.org/", "https://x.org/repo/"))
    site.build()
    assert not (site.output / "robots.txt").exists()
    assert not site.build(base_url="https://y.org/").failed
    assert site.html("robots.txt").endswith("Sitemap: https://y.org/sitemap.xml\n")


def test_without_a_sitemap_none_is_named(archive: Make) -> None:
    site = archive("")
    site.write("sitegen.yaml", CONFIG.replace("data: false", "data: false, sitemap: false"))
    site.build()
    assert site.html("robots.txt") == "User-agent: *\nAllow: /\n"


def test_one_of_the_archives_own_stays(archive: Make) -> None:
    site = archive("")
    site.write("sitegen.yaml", CONFIG + "keep: [robots.txt]\n")
    site.build()
    (site.output / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    assert site.build().problems == ()
    assert site.html("robots.txt") == "User-agent: *\nDisallow: /\n"


def test_the_sitemap_tells_when_editors_last_changed_an_article(archive: Make) -> None:
    """Of other pages their own files do not tell: articles change what stands there."""
    site = archive("""-- content/articles/a.md --
---
title: A
date: 2022-05-15
review: {state: checked, date: 2022-06-01}
corrections: [{date: 2022-08-02, reason: "A name."}, {date: 2022-07-01, reason: "A day."}]
---
Rain fell on Mira.
-- content/articles/b.md --
---
title: B
date: 2022-05-16
---
Rain fell.
-- content/places/mira.md --
---
name: Mira
kind: town
review: {state: checked, date: 2022-06-01}
---
""")
    assert not site.build().failed
    told = dict(re.findall(r"<loc>https://x.org/(.*?)</loc>(?:\s*<lastmod>(.*?)</lastmod>)?", site.html("sitemap.xml")))
    assert {page: day for page, day in told.items() if day} == {"articles/a/": "2022-08-02"}
    assert {"articles/b/", "places/mira/"} <= told.keys()
