"""What follows from the table of kinds: topics, and a kind that is made here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

import pytest

from sitegen.content.schema import json_schema
from sitegen.model import records
from sitegen.model.base import Doc
from sitegen.model.kinds import KINDS, Kind
from sitegen.views import entries
from sitegen.views.subject import Subject, view_of
from sitegen.views.types import CardView, FoundView, Frame, View
from tests.conftest import Archive

Make = Callable[[str], Archive]

SITE = """-- content/articles/a.md --
---
title: The siege of Mira
date: 2022-05-15
sources: [{source: lee, quote: "said Ann Lee"}]
claims:
- {quote: "The Siege of Mira ended", source: lee, topics: siege, claim: outcome}
---
The Siege of Mira ended, said Ann Lee. Mira burned. The siege was long, and the Mira Act came of it.
-- content/places/mira.md --
---
name: Mira
kind: city
---
-- content/topics/siege.md --
---
name: Siege of Mira
aliases: [siege of Mira]
kind: event
from: 2022-04
until: 2022-05-14
places: [mira]
within: war
---
See [[topic:lee]] and [[act]].
-- content/topics/war.md --
---
name: The long war
kind: event
---
-- content/topics/act.md --
---
name: Mira Act
kind: law
---
-- content/topics/lee.md --
---
name: Ann Lee
kind: person
links: {wikidata: Q1}
---
-- content/sources/lee.md --
---
name: Ann Lee
kind: person
topic: lee
---
-- content/claims/outcome.md --
---
title: Who won
kind: event
---
"""


def plain(html: str) -> str:
    blocks = re.sub(r"</(?:h[1-6]|p|li)>", " ", html.partition("<main")[2])
    return " ".join(re.sub(r"<[^>]*>", "", blocks).split())


def test_topics_are_mentioned_by_name_and_the_longest_name_wins(archive: Make) -> None:
    site = archive(SITE)
    assert site.build().problems == ()
    article = site.html("articles/a/")
    unmarked = re.sub("</?mark[^>]*>", "", article)
    assert 'id="t-siege-2" href="/topics/siege/">Siege of Mira</a>' in unmarked
    assert 'id="t-act-1" href="/topics/act/"' in article
    assert 'id="p-mira-1" href="/places/mira/">Mira</a> burned' in unmarked
    assert "p-mira-2" not in article, "a name within another name is no mention"
    assert "Places" in plain(article)
    assert "Topics" in plain(article)


def test_a_topic_has_a_page_with_all_that_is_said_of_it(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    page = plain(site.html("topics/siege/"))
    for part in (
        "Event",
        "from April 2022",
        "until 14 May 2022",
        "part of The long war",
        "in Mira",
        "In 1 article",
        "Said by Ann Lee",
        "See Ann Lee and Mira Act.",
    ):
        assert part in page
    assert "The Siege of Mira ended, said Ann Lee." in page
    assert "Parts of it Siege of Mira" in plain(site.html("topics/war/"))
    assert "Topics: Siege of Mira" in plain(site.html("places/mira/"))
    listed = site.html("topics/")
    assert ["Act" in listed, 'href="/topics/war/"' in listed, '<a href="/topics/">Topics</a>' in site.html("")] == [True] * 3


@pytest.mark.parametrize("names", ["the source", "the topic"])
def test_one_person_has_two_roles(archive: Make, names: str) -> None:
    text = SITE
    if names == "the topic":
        text = text.replace("topic: lee\n", "").replace("links: {wikidata: Q1}\n", "source: lee\n")
    site = archive(text)
    assert site.build().problems == ()
    assert "credit to the same person or body: Ann Lee" in plain(site.html("topics/lee/"))
    assert "tell of the same person or body: Ann Lee" in plain(site.html("sources/lee/"))


def test_a_wording_may_be_corrected_to_a_topic(archive: Make) -> None:
    site = archive(
        SITE.replace("claims:\n", 'places: {as: {"It was": "topic:siege"}, ignore: [Mira burned]}\nclaims:\n').replace(
            "The siege was", "It was"
        )
    )
    assert site.build().problems == ()
    html = site.html("articles/a/")
    assert ">It was</" in html
    assert "p-mira-1" not in html


def test_names_that_lead_nowhere_are_told(archive: Make) -> None:
    wrong = SITE.replace("within: war", "within: wars").replace("topics: siege", "topics: seige").replace("topic: lee", "topic: Lee")
    wrong = wrong.replace("[[topic:lee]]", "[[tropic:lee]]")
    site = archive(wrong.replace("claims:\n", 'places: {as: {"The siege": "claim:outcome"}}\nclaims:\n'))
    told = [(one.path, one.line, one.code, one.hint) for one in site.build().problems]
    assert told == [
        ("content/articles/a.md", 5, "wrong-type", ""),
        ("content/articles/a.md", 7, "unknown-id", "did you mean `siege`?"),
        ("content/sources/lee.md", 4, "wrong-type", "did you mean `lee`?"),
        ("content/topics/siege.md", 8, "unknown-id", "did you mean `war`?"),
        ("content/topics/siege.md", 10, "unknown-id", "write content/tropic/lee.md"),
    ]


def test_one_name_of_a_place_and_a_topic_waits_for_a_decision(archive: Make) -> None:
    site = archive(SITE.replace("name: Mira Act", "name: Mira Act\naliases: [Mira]"))
    (problem,) = {one.message for one in site.build().problems}
    assert problem == "“Mira” may be mira or topic:act"


# a kind that is made here


class Vessel(records.Named, frozen=True, kw_only=True):
    """A ship: `content/vessels/*.md`."""

    flag: Annotated[records.Line, Doc("The flag that it flies.")]
    builder: Annotated[records.SourceId | None, Doc("Who built it.")] = None


class VesselView(View, frozen=True):
    frame: Frame
    title: str
    flag: str
    builders: tuple[CardView, ...]
    found: tuple[FoundView, ...]
    total: int | None


VESSELS = """-- themes/mine/theme.yaml --
extends: plain
-- themes/mine/templates/vessel.html --
{% extends "base.html" %}
{% import "_parts.html" as parts %}
{% block main %}<h1>{{ page.title }}</h1><p>Flag: {{ page.flag }}</p>{{ parts.cards(page.builders) }}{{ parts.found(page.found, page.total) }}{% endblock %}
-- sitegen.yaml --
title: Ships
base_url: https://x.org/
theme: mine
-- content/vessels/mira-star.md --
---
name: Mira Star
aliases: [the Star]
flag: Panama
builder: yard
---
-- content/sources/yard.md --
---
name: The Yard
kind: other
---
-- content/articles/a.md --
---
title: A launch
date: 1911-09-10
---
The Mira Star was launched. See how the Star shone.
-- content/pages/about.md --
---
title: About
---
See [[vessel:mira-star]] and [[mira-star|her]].
"""


def test_a_further_kind_takes_a_line_a_record_a_view_and_a_template(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "vessels", Kind("vessels", "vessel", Vessel, letter="v"))
    vessel: type[records.Page] = Vessel
    monkeypatch.setitem(entries.VIEWS, vessel, entries.VIEWS[records.Place])  # what the decorator puts there goes with the test

    @view_of(Vessel)  # type: ignore[arg-type]  # the union of views is the program's own
    def view(record: Vessel, of: Subject) -> VesselView:
        return VesselView(of.frame, record.name, record.flag, of.named("builder"), of.found, of.total)

    site = archive(VESSELS)
    assert site.build().problems == ()
    page = plain(site.html("vessels/mira-star/"))
    assert "Flag: Panama The Yard (source) In 1 article A launch · 10 September 1911 " in page
    assert "The Mira Star was launched. " in page
    assert 'href="/vessels/mira-star/">Mira Star</a>' in site.html("vessels/")
    assert '<a href="/vessels/">Vessels</a>' in site.html("about/")
    assert 'See <a href="/vessels/mira-star/">Mira Star</a> and <a href="/vessels/mira-star/">her</a>' in site.html("about/")
    assert 'id="v-mira-star-2"' in site.html("articles/a/")
    assert json_schema("vessel")["required"] == ["name", "flag"]
    site.write("content/vessels/mira-star.md", "---\nname: Mira Star\n---\n")
    assert [one.code for one in site.build().problems] == ["missing-flag"]
    site.write("content/vessels/mira-star.md", "---\nname: Mira Star\nflag: Panama\nbuilder: yart\n---\n")
    assert [(one.line, one.hint) for one in site.build().problems] == [(4, "did you mean `yard`?")]
