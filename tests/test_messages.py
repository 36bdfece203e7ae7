"""No words of the program's own stand outside the catalogues, and the catalogues are complete."""

from __future__ import annotations

import io
import re
import runpy
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import nodes

from sitegen.build import cards_of
from sitegen.cache import memory_cache
from sitegen.model.kinds import KINDS
from sitegen.model.pages import (
    Counted,
    Facet,
    Feed,
    FreePage,
    Headers,
    Lane,
    ListPage,
    MapData,
    Page,
    Paging,
    Redirects,
    Robots,
    Sitemap,
    TimelinePage,
)
from sitegen.model.rules import RULES
from sitegen.model.speech import Cldr, Language
from sitegen.speech import english
from sitegen.survey import survey_of
from sitegen.theme.saying import functions, let_speak
from sitegen.tree import read_tree
from sitegen.views.lists import FACETS, list_view
from sitegen.views.pages import site_view, view
from sitegen.views.paging import numbered, paging_view
from sitegen.views.shelf import Shelf
from sitegen.views.types import View
from tests.conftest import REPOSITORY, Archive, asked

Make = Callable[[str], Archive]
LOCALE = REPOSITORY / "sitegen/locale"
TRANSLATED = ("de", "uk")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, language)


def messages(language: str) -> dict[Any, Message]:
    catalog = read(LOCALE / language / "LC_MESSAGES/sitegen.po", language)
    return {(one.context, one.id): one for one in catalog if one.id}


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def strings(message: Message) -> list[str]:
    return [message.string or ""] if message.string is None or isinstance(message.string, str) else list(message.string)


TEMPLATE = [one for one in read(LOCALE / "sitegen.pot") if one.id]


# the catalogues


def test_the_catalogues_are_current() -> None:
    made: dict[Path, bytes] = runpy.run_path(str(REPOSITORY / "tools/messages.py"))["renewed"]()
    assert {path.parent.parent.name for path in made} >= {"en", *TRANSLATED}
    for path, data in made.items():
        assert path.read_bytes() == data, f"{path.name} is not current: run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    found = messages(language)
    assert set(found) == {(one.context, one.id) for one in TEMPLATE}
    assert [one.id for one in found.values() if one.fuzzy or not all(strings(one))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_variables_and_tags_of_its_message(language: str) -> None:
    for one in messages(language).values():
        for text in strings(one):
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(ids(one)[-1])), text
            assert sorted(re.findall(r"<[^>]*>|\"|&", text)) == sorted(re.findall(r"<[^>]*>|\"|&", ids(one)[-1])), text
            assert (text[:1].isspace(), text[-1:].isspace()) == (ids(one)[0][:1].isspace(), ids(one)[0][-1:].isspace()), text


def test_what_views_say_is_text() -> None:
    """It is escaped where it is printed, and the same message in a template is HTML."""
    said = [one for one in TEMPLATE if any(not path.startswith("themes/") for path, _ in one.locations)]
    assert [one.id for one in said if re.search("[<>&]", "".join(ids(one)))] == []


def test_what_tables_of_the_model_say_is_among_the_messages() -> None:
    known = {(one.context, one.id) for one in TEMPLATE}
    for kind in KINDS.values():
        assert {(None, kind.title), (None, (kind.singular, kind.plural))} <= known
    assert {(None, rule.means) for rule in RULES.values() if rule.check} <= known


def test_every_choice_that_a_page_shows_has_words() -> None:
    from sitegen.model import records
    from sitegen.views import words

    def members(choice: Any) -> set[str]:
        return set(choice.__metadata__[0].members)

    shown: dict[Any, Any] = {
        records.Hedge: words.HEDGES, records.AnnotationKind: words.NOTE_LABELS, records.Relation: words.RELATIONS, records.Precision: words.PRECISIONS,
        records.ReviewState: words.REVIEWS, records.Found: words.FOUND, records.DateRule: words.RULES, records.Stance: words.STANCES,
        records.NameStatus: words.STATUSES,
        **{choice: words._CATEGORIES[KINDS[kind]] for choice, kind in {
            records.PlaceKind: "places", records.TopicKind: "topics", records.SourceKind: "sources", records.ClaimKind: "claims",
        }.items()},
    }  # fmt: skip
    for choice, table in shown.items():
        assert set(table) == members(choice)


# templates

SAYING = ("_", "gettext", "ngettext", "pgettext", "npgettext")
SPOKEN_ATTRIBUTES = re.compile(r"\b(?:alt|title|aria-label|placeholder|content)=\"([^\"]*)\"")


def words_of(template: str) -> list[str]:
    """The words that stand in a template itself: in its text, in attributes that are read out, in strings that it prints."""
    environment = jinja2.Environment()
    let_speak(environment, english())
    tree = environment.parse(template)
    text = "".join(
        one.data if isinstance(one, nodes.TemplateData) else "\0" for output in tree.find_all(nodes.Output) for one in output.nodes
    )
    text = re.sub(r"<meta [^>]*>", "", text)  # for machines: charset, viewport, robots, policy
    found = SPOKEN_ATTRIBUTES.findall(text) + re.split(r"<[^>]*>", text)
    found += [said for output in tree.find_all(nodes.Output) for one in output.nodes for said in _constants(one)]
    return [one.strip("\0 \n") for one in found if re.search(r"[^\W\d_]{2}", one)]


def _constants(node: nodes.Node) -> Iterator[str]:
    """The strings that an expression may give, short of what is a message, a key or compared."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SAYING:
        for one in node.kwargs:
            yield from _constants(one.value)
    elif isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _constants(node.expr1)
        if node.expr2 is not None:
            yield from _constants(node.expr2)
    elif not isinstance(node, nodes.Getitem | nodes.Compare | nodes.TemplateData):
        for child in node.iter_child_nodes():
            yield from _constants(child)


@pytest.mark.parametrize("theme", ["plain", "default", "telegram"])
def test_templates_hold_no_words(theme: str) -> None:
    paths = sorted((REPOSITORY / "themes" / theme / "templates").glob("*.html"))
    assert paths
    assert {path.name: found for path in paths if (found := words_of(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Said by {{ one }}</p>", ["Said by"]),
        ("<p>{% if one %}{{ one }} article{% endif %}</p>", ["article"]),
        ('<nav aria-label="Pages"></nav>', ["Pages"]),
        ("{{ one.title or 'no title' }}", ["no title"]),
        ("{{ 'one' if one else 'many' }}", ["one", "many"]),
        ("{% macro a(one) %}<b>Notes</b>{% endmacro %}", ["Notes"]),
        ("{{ _('said by %(name)s', name=one or 'nobody') }}", ["nobody"]),
        (
            '<p class="quiet" id="x{{ one }}">{{ _("Notes") }}{% trans %}Said by {{ one }}{% endtrans %}: {{ site.assets["style.css"] }}</p>',
            [],
        ),
        ('<a href="{{ one }}"{% if a == "page" %} class="here"{% endif %}>{{ one }}</a>', []),
    ],
)
def test_words_of_a_template_are_found(template: str, found: list[str]) -> None:
    assert words_of(template) == found


# views

SITE = """-- sitegen.yaml --
title: Архів
base_url: https://x.org/
theme: plain
calendars: {war: {epoch: 2022-02-24, label: "№ {n}"}}
checks: {hedge-disagrees: off, gloss-differs: off, date-disagrees: off, hedge-not-found: off, group-sum: warning}
policies: {corrections: pro}
-- content/pages/pro.md --
---
title: Про нас
nav: 1
review: {state: checked}
---
Слова.
-- content/articles/a.md --
---
title: Повінь у Мирі
date: 2022-05-15
calendar: war
date_basis: [{quote: "у неділю", rule: weekday}]
origin: {publisher: Газета, byline: Лі, url: "https://x.org/a", published: 1912~, retrieved: 2022-05-16, archived: [{url: "https://x.org/b"}, {url: "https://x.org/c", date: 2022-05-17}]}
images: [{id: one, caption: "Мира під водою"}]
sources:
- {source: rada, quote: "за даними Ради", document: {title: Звіт, date: 2022-05, found: reported, archived: [{url: "https://x.org/d"}]}}
claims:
- {quote: "загинуло 12 осіб", source: rada, via: unnamed, claim: loss, as_of: {date: 2022-05-14, quote: "у неділю", rule: relative}, figures: [{value: 12, hedge: about, unit: осіб, scope: загинуло}], stance: doubts, hedge: мабуть}
- {quote: "знищено 1/3 будинків", source: article, claim: homes, when: {date: 2022-05}, figures: [{share: 1/3, of: будинків, hedge: at-most}], gloss: "знищено 1/3 будинків [у Мирі]"}
- {quote: "від 100 до 200", source: unnamed, said: {date: 191X}, figures: [{min: 100, max: 200}]}
- {quote: "щонайменше 300", figures: [{min: 300}]}
- {quote: "не більше 400", figures: [{max: 400}]}
- {quote: "Мира під водою", in: one, source: rada}
- total: {quote: "усього 10 човнів", claim: homes}
  from: {source: rada}
  list: partial
  items: [{quote: "5 великих"}, {quote: "6 малих"}]
annotations:
- {quote: мабуть, kind: context, note: Так., by: Ін, date: 2022-06-01, evidence: [{title: Книга, publisher: Друк, locator: "с. 5", date: 1912, archived: [{url: "https://x.org/e"}]}]}
- {quote: Повінь, in: title, kind: sic, read: повінь, note: Так.}
corrections: [{date: 2022-06-02, before: а, after: б, reason: Помилка, by: Ін}]
review: {state: checked}
waive: [{code: group-sum, why: Так надруковано}]
---
![](image:one)

## Мира

Мабуть, у неділю, за даними Ради, мабуть загинуло 12 осіб. Знищено не все: знищено 1/3 будинків. Було від 100 до 200, щонайменше 300, не більше 400.

Там усього 10 човнів, з них 5 великих і 6 малих. Мира горіла.
-- content/articles/b.md --
---
title: Без дати
display: metadata
---
Мира.
-- content/articles/c.md --
---
title: Забрано
date: 2022-05-11
withdrawn: {date: 2022-06-01, reason: Прохання}
---
Мира.
-- content/places/mira.md --
---
name: Мира
kind: city
aliases: [Мирка, {form: Мір, lang: ru, status: exonym, from: 1912-05, until: 1991}]
within: krai
location: {lat: 49.5, lon: -36.25}
precision: point
links: {geonames: "1", wikidata: Q1}
redirect_from: [places/stara]
review: {state: in-work}
---
Див. [[krai]].
-- content/places/krai.md --
---
name: Край
kind: region
location: {lat: -49.5, lon: 36.25}
---
-- content/topics/povin.md --
---
name: Повінь
kind: event
from: 2022-04
until: 2022-05-14
places: [mira]
---
-- content/sources/rada.md --
---
name: Рада
kind: government
side: Місто
url: "https://x.org/"
links: {viaf: "1"}
reliability: {grade: B, why: Звіти, date: 2022-06-01}
review: {state: checked}
---
-- content/claims/loss.md --
---
title: Загиблі
kind: quantity
measure: {unit: осіб, about: Мира, cumulative: true}
relations: [{type: part-of, claim: homes}]
assessment: {verdict: Невідомо, by: Ін, date: 2022-06-01, why: Мало даних}
---
-- content/claims/homes.md --
---
title: Збитки
kind: other
---
"""
IDENTIFIERS = {
    "href", "address", "canonical", "template", "section", "data", "id", "iso", "src", "lang", "dir", "home", "feed", "assets", "csp", "url", "sha256",
    "path", "display", "code", "grade", "stance", "voice", "degree", "kind of BlockView", "kind of NoteView", "kind of MentionedView", "first of MentionedPage",
    "csv", "anchor", "period", "way", "grain", "kind of MarksView", "land", "lakes", "rivers", "borders", "disputed", "area", "claimed",
    "names of MapView", "borders_by", "tiles", "kind of EventView", "status of StatusView", "differs of HomeView", "search of SiteView",
    "index of SearchView", "stemmers of SearchView", "tables of DataFilesView",
    "name of DataFileView", "media of DataFileView", "size of DataFileView", "form of DataFileView", "schema of DataFileView",
}  # fmt: skip
"""Fields that are for machines, or marks that stand in every language."""
NAMES = {"GeoNames", "Wikidata", "VIAF"}
PSEUDO = Cldr(
    months=("м",) * 12, lone_months=("М",) * 12, short_months=("м",) * 12, weekdays=("н",) * 7, day="d MMMM y", full="EEEE d MMMM y", month="LLLL y", year="y",
    decimal=".", group=",", groups=(3, 3), joints=(" + ",) * 4, languages=(("ru", "ру"),),
)  # fmt: skip


def pseudo() -> Language:
    """A language in which every message stands in brackets."""
    catalog = Catalog("en")
    for one in TEMPLATE:
        catalog.add(one.id, tuple(f"⟦{text}⟧" for text in ids(one)) if one.pluralizable else f"⟦{one.id}⟧", context=one.context)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    return Language("en", compiled.getvalue(), PSEUDO)


def unspoken(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a view with Latin words outside of brackets; what the archive holds is in another script."""
    if isinstance(value, str):
        read_out = " ".join(SPOKEN_ATTRIBUTES.findall(value))
        text = re.sub(r"⟦[^⟦⟧]*⟧", "", re.sub(r"⟦[^⟦⟧]*⟧", "", re.sub(r"<[^>]*>", "", value) + read_out))
        if re.search("[A-Za-z]", text) and text not in NAMES:
            yield name, value
    elif isinstance(value, View):
        for field in value.__struct_fields__:
            if not {field, f"{field} of {type(value).__name__}"} & IDENTIFIERS:
                yield from unspoken(getattr(value, field), f"{type(value).__name__}.{field}")
    elif isinstance(value, tuple):
        for one in value:
            yield from unspoken(one, name)


def shown(site: Archive, language: Language) -> Iterator[View]:
    """The views of every page of an archive, in a language."""
    cache = memory_cache(site.root)
    survey = survey_of(read_tree(site.root, cache.sources.remembered, cache.sources.remember), cache, asked())
    assert [one for one in survey.problems if one.severity == "error"] == []
    assert survey.site
    assert survey.archive
    card = msgspec.structs.replace(survey.site, language=language)
    yield site_view(card)
    earth = survey.theme.earth if survey.theme else None
    for planned in survey.pages:
        page: Page = cache.value(planned.page, Page)
        if isinstance(page, TimelinePage):  # of an archive that is large enough for lanes
            lane = Lane("places/mira", (Counted("2022-05", 1, "x/"),))
            page = msgspec.structs.replace(page, columns=("2022-05",), lanes=(lane,), aside=(2, "x/"), period="")
        if not isinstance(page, Feed | Headers | MapData | Redirects | Robots | Sitemap):
            cards = cards_of(cache, (*page.named, *planned.beside), survey.archive.cards)
            yield view(page, planned.beside, card, cards, cache, earth)
    yield view(FreePage("corrections/", None, ()), ("", ""), card, {}, cache)  # where no free page tells of them
    shelf = Shelf(card, {})
    facets = tuple(Facet(name, (("1912", 1),)) for name in FACETS)
    yield list_view(
        ListPage(address="places/", kind="places", cards=(), paging=Paging("places/"), total=0, facets=facets, part=None), shelf
    )
    yield list_view(
        ListPage(address="x/", kind="articles", cards=(), paging=Paging("x/"), total=0, facets=(), part=("year", "1912")), shelf
    )
    for dated in (True, False):
        yield paging_view(Paging("x/", 2, 1, 3), shelf, dated=dated)
        yield shelf.frame("list.html", numbered("Т", Paging("x/", 2), shelf.speech, dated=dated), "x/")


def test_views_hold_no_words(archive: Make) -> None:
    views = list(shown(archive(SITE), pseudo()))
    assert sorted({type(one).__name__ for one in views}) == sorted(
        ["SiteView", "ArticleView", "PlaceView", "TopicView", "SourceView", "ClaimView", "DayPageView", "TimelineView", "ListView", "MapPageView",
         "HomeView", "FreeView", "TombstoneView", "RedirectView", "DiffersView", "ChecksView", "SearchView", "DataFilesView", "NotFoundView", "PagingView", "Frame"]
    )  # fmt: skip
    assert [found for one in views for found in unspoken(one)] == []


def said(values: Iterable[View]) -> str:
    return " ".join(str(one) for one in values)


def test_the_archive_shows_all_that_views_say(archive: Make) -> None:
    """Else that test would show little. Of the tables it shows some lines."""
    from sitegen.views import words

    tables = (words.HEDGES, words.NOTE_LABELS, words.PRECISIONS, words.REVIEWS, words.FOUND, words.RULES, words.STANCES, words.EVENTS,
              words.CREDIBILITY, words.RELIABILITY, words.CHANGES)  # fmt: skip
    lines = {text for table in tables for text in table.values()}
    lines |= {text for pair in (*words.RELATIONS.values(), *words.COUNTED, *words.STATUS.values()) for text in pair} | set(words.TITLES)
    texts = said(shown(archive(SITE), pseudo()))
    direct = {
        text
        for one in TEMPLATE
        if not one.context
        for text in ids(one)
        if any(path.startswith("sitegen/views/") for path, _ in one.locations)
    }
    assert {text for text in direct - lines if f"⟦{text.partition('%')[0]}" not in texts} == set()


def test_a_word_in_a_view_is_found() -> None:
    from sitegen.views.types import DateView, LinkView, TimeView

    date = DateView("15 May 2022", "2022-05-15", "⟦x⟧")
    assert list(unspoken(LinkView("snapshot", "https://x.org/"))) == [("LinkView.text", "snapshot")]
    assert list(unspoken(TimeView("⟦as of⟧", date, "слова", ""))) == [("DateView.text", "15 May 2022")]
    assert list(unspoken(LinkView("⟦about %(number)s⟧ 5"))) == []
    assert list(unspoken(LinkView('<b aria-label="Note 1" class="k">слова</b>'))) != []


def test_the_functions_of_templates_are_those_that_are_looked_for() -> None:
    assert set(functions(english())) == set(SAYING)
