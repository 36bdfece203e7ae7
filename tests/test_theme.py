"""Templates are rendered as Jinja would render them, by code that knows what they are given."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import jinja2
import msgspec
import pytest
from markupsafe import Markup

from sitegen.build import render
from sitegen.cache import memory_cache
from sitegen.cache.bytecode import Bytecode
from sitegen.model.digest import Digest
from sitegen.packaged import COMMON, base_map
from sitegen.speech import Speech
from sitegen.survey import survey_of
from sitegen.theme import POPUP, TemplateFailed, Theme
from sitegen.theme.layers import PACKAGED
from sitegen.theme.saying import let_speak
from sitegen.tree import read_tree
from sitegen.views.pages import site_view
from sitegen.views.types import Frame, LinkView, ListView, PagingView, SiteView
from tests.conftest import CONFIG, REPOSITORY, Archive, asked, files_of
from tests.test_golden import SITE
from tests.test_language import speaking

Make = Callable[[str], Archive]

PARTS = """{% macro link(one, own=false) %}<a href="{{ one.href }}">{{ one.text }}{% if own %}!{% endif %}</a>{% endmacro %}
{% macro box() %}<div>{{ caller() }}</div>{% endmacro %}
{% macro all(first) %}{{ first }}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}
{% macro gettext(x) %}<{{ x }}>{% endmacro %}
{% set name = 'parts' %}"""
TEMPLATES = {
    "a field": "{{ page.title }} {{ page.paging.front.text }}",
    "a field that is named like a word of Python": "{{ (page.paging.front.from or 1) if page.paging.front.from is defined else 2 }}",
    "text is escaped once": "{% set t = parts.link(page.paging.front) %}{{ t }}{{ t|upper }}{{ [page.title]|join }}{{ '<' ~ page.title ~ t }}",
    "HTML is printed": "{{ site.csp }}{{ page.paging.front.text|safe }}{{ '<b>'|safe }}",
    "numbers and none": "{{ page.total }} {{ page.total + 1 }} {{ none }} {{ 1.5 }} {{ true }}",
    "a macro": "{{ parts.link(page.paging.front) }}{{ parts.link(page.paging.front, true) }}{{ parts.link(page.paging.front, own=true) }}",
    "a macro of its own": "{% macro x(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ x('&') }}{{ x(1, 2) }}{{ x(b=3, a=4) }}",
    "a macro that calls back": "{% call parts.box() %}<i>{{ page.title }}</i>{% endcall %}",
    "a macro that takes anything": "{{ parts.all(1, 2, 3, x=4) }}{{ parts.all(1) }}",
    "a macro under another name": "{% from 'parts' import link as l %}{{ l(page.paging.front) }}",
    "a name of another template": "{{ parts.name }}",
    "loops": "{% for g in (1, 2, 3) %}{{ loop.index }}{{ loop.last }}{{ loop.cycle('<', '>') }}{% else %}none{% endfor %}",
    "what a loop tells": "{% for g in (1, 2, 3) %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{% endfor %}",
    "what a loop tells beyond that": "{% for g in (1, 2, 3) %}{{ loop.revindex }}{{ loop.previtem|default('<') }}{{ loop.depth }}{% endfor %}",
    "loops over lists": "{% for g in [1, 2, 3] if g != 2 %}{{ loop.index }}{{ loop.last }}{% else %}none{% endfor %}",
    "empty loops": "{% for g in page.groups %}{{ loop.index }}{% else %}none{% endfor %}",
    "loops in themselves": "{% for g in (1, (2, 3)) recursive %}{{ loop.last }}{% if g is iterable %}{{ loop(g) }}{% endif %}{% endfor %}",
    "a method": "{{ page.title.upper() }}{{ page.title.replace('o', '<') }}",
    "a key as a field": "{{ site.assets.style }}",
    "what is not there": "{{ page.nothing is defined }}{{ page.nothing|default('<none>') }}",
    "without escaping": "{% autoescape false %}{{ page.title }}{{ parts.link(page.paging.front) }}{% endautoescape %}{{ page.title }}",
    "a set block": "{% set b %}<p>{{ page.title }}</p>{% endset %}{{ b }}{{ b|length }}",
    "a filter block": "{% filter upper %}{{ page.title }}<b>{% endfilter %}",
    "constants": "{{ 'a'.upper() }}{{ '<' }}{{ 1 .real }}",
    "a message": "{{ _('Notes') }}{{ gettext('<b>100%%</b>') }}{{ _('Notes')|upper }}{{ page.title or _('unknown') }}{{ '' or _('unknown') }}",
    "a message with variables": "{{ _('Said by %(speakers)s', speakers=page.title) }}{{ _('%(x)s of %(x)s', x=parts.link(page.paging.front)) }}",
    "a message in an attribute": '<i title="{{ _("Notes") }}">{{ _("Credit: %(credit)s", credit=page.total) }}</i>',
    "a message in a variable": "{% set said = _('Credit: %(credit)s', credit=page.title) %}{{ said }}{{ said|length }}",
    "a message whose text is a variable": "{{ _(page.title) }}{{ gettext(page.paging.front.text|upper) }}",
    "a message that is counted": "{% for n in (0, 1, 2, 27400) %}{{ ngettext('%(num)s mention', '%(num)s mentions', n) }}{% endfor %}",
    "a message in a context": "{{ pgettext('kind', 'site') }}{{ npgettext('x', '%(num)s a', '%(num)s b', 2) }}",
    "a block": "{% trans %}Notes{% endtrans %}{% trans %}<b>100%</b>{% endtrans %}{% trans words=page.title %}read: {{ words }}{% endtrans %}",
    "a block with a call": "{% trans speakers=parts.link(page.paging.front) %}Said by {{ speakers }}{% endtrans %}{% trans x=1 %}{{ x }}{% endtrans %}",
    "a block with a call, twice": "{% for n in 'ab' %}{% trans x=n.upper() %}({{ x }}){% endtrans %}{% trans x=n.upper() %}({{ x }}){% endtrans %}{% endfor %}",
    "a block within what another prints": "{% trans x=(_('Notes') if page.title else 'x'), y=parts.link(page.paging.front) %}{{ y }}: {{ x }}{% endtrans %}",
    "a block whose call is a message": "{% trans x=_('Notes') %}({{ x }}){% endtrans %}{% trans x=gettext('Credit: %(credit)s', credit=_('unknown')) %}{{ x }}{% endtrans %}",
    "a block that is counted": "{% trans num=page.total %}{{ num }} mention{% pluralize %}{{ num }} mentions{% endtrans %}",
    "a block that counts a call": "{% for n in 'ab' %}{% trans num=page.title.count(n), w=n %}{{ num }} {{ w }}{% pluralize %}{{ num }} of {{ w }}{% endtrans %}{% endfor %}",
    "a block over lines": "{% trans %}\n  The two\n  agree.\n{% endtrans %}",
    "a function of its own": "{% macro _(x) %}<{{ x }}>{% endmacro %}{{ _('Notes') }}{{ gettext('Notes') }}",
    "a function of another template": "{% from 'parts' import gettext %}{{ gettext('Notes') }}",
    "a message without escaping": "{% autoescape false %}{{ _('Credit: %(credit)s', credit=page.title) }}{% endautoescape %}",
    "lists and numbers": "{% for one in 'abcd'|list %}{{ one }}{{ 'abcd'|joint(loop.index) }}{% endfor %}{{ 27400|number }}",
}


def a_theme(template: str, speech: Speech | None = None) -> Theme:
    templates = {"list.html": "{% import 'parts' as parts %}" + template, "parts": PARTS}
    return Theme(templates, {name: name for name in templates}, speech)


@pytest.fixture
def site() -> SiteView:
    shown = site_view(SITE)
    shown.assets["style"] = "/s.css"
    return shown


@pytest.fixture
def page() -> ListView:
    front = LinkView('"front" & <b>', "/?a&b")
    return ListView(
        Frame("list.html", "T", "https://x.org/", ""),
        "Tom & <Jerry>",
        (),
        3,
        (),
        None,
        False,
        False,
        PagingView("", None, None, front),
    )


@pytest.mark.parametrize("tag", ["en", "de"])
@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_it_is_what_jinja_renders(template: str, tag: str, site: SiteView, page: ListView) -> None:
    speech = speaking(tag)
    theme = a_theme(template, speech)
    jinja = jinja2.Environment(
        loader=jinja2.DictLoader(theme.templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    let_speak(jinja, speech)
    expected = jinja.get_template("list.html").render(site=site, page=page)
    assert expected
    for _ in range(2):  # the second time it is known what the template asks for
        assert theme.render(site, page).decode() == expected


@pytest.mark.parametrize(
    ("template", "path", "line"),
    [
        ("\n{{ page.nothing }}", "list.html", 2),
        ("\n\n{{ page.title.nothing }}", "list.html", 3),
        ("\n{{ parts.link(page.title) }}", "parts", 1),
        ("\n{{ parts.nothing() }}", "list.html", 2),
        ("\n{{ parts.link(1, 2, 3) }}", "list.html", 2),
        ("\n{% if page.nothing %}{% endif %}", "list.html", 2),
        ("\n{{ page.paging.newer.text }}", "list.html", 2),
    ],
)
def test_what_is_not_there_is_an_error_with_its_line(template: str, path: str, line: int, site: SiteView, page: ListView) -> None:
    theme = a_theme(template)
    for _ in range(2):
        with pytest.raises(TemplateFailed) as failed:
            theme.render(site, page)
        assert (failed.value.problem.path, failed.value.problem.line) == (path, line)


def test_a_message_costs_nothing_when_a_page_is_rendered() -> None:
    """Its translation stands in the code of the template."""
    theme = a_theme("{{ _('Notes') }}{% trans speakers=page.title %}Said by {{ speakers }}{% endtrans %}", speaking("de"))
    code = theme._code("list.html")
    assert code is not None
    root = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == "root")
    assert {"Anmerkungen", "Laut "} <= set(root.co_consts)
    assert "gettext" not in root.co_consts


@pytest.mark.parametrize("template", ["{{ _('100%') }}", "{{ _('%(nothing)s') }}", "{{ _('%(a)s and %(nothing)s', a=1) }}", "{{ _() }}"])
def test_a_message_that_cannot_be_put_together_is_an_error(template: str, site: SiteView, page: ListView) -> None:
    with pytest.raises(TemplateFailed) as failed:
        a_theme(f"\n{template}").render(site, page)
    assert failed.value.problem.line == 2


def test_what_templates_say_is_known_to_the_check_of_names() -> None:
    theme = a_theme("{{ _('a') }}{{ ngettext('a', 'b', 2) }}{% trans x=page.title.upper() %}{{ x }}{% endtrans %}{{ dgettext('a', 'b') }}")
    assert [problem.message for problem in theme.problems if problem.code == "template-variable"] == ["there is no 'dgettext'"]


def test_the_kinds_of_text(site: SiteView, page: ListView) -> None:
    """A `str` that says itself that it is HTML is HTML, whatever its class."""

    class Own(Markup):
        pass

    class Loud(str):
        __slots__ = ()

    for text in (Own("<b>"), Loud("<b>"), "<b>", Markup("<b>")):
        theme = a_theme("{{ page.title }}")
        shown = ListView(page.frame, text, (), 0, (), None, False, False, page.paging)
        assert theme.render(site, shown).decode() == ("<b>" if isinstance(text, Markup) else "&lt;b&gt;")


@pytest.mark.parametrize("name", [pytest.param("plain", marks=pytest.mark.soak), "default"])
def test_the_themes_of_the_program_ask_for_fields_alone(name: str) -> None:
    """Else their pages would take several times as long to render."""
    cache = memory_cache(REPOSITORY)
    tree = read_tree(REPOSITORY, cache.sources.remembered, cache.sources.remember)
    survey = survey_of(tree, cache, asked())
    assert survey.site
    assert survey.archive
    folder = REPOSITORY / "themes" / name / "templates"
    templates = {path.name: path.read_text(encoding="utf-8") for path in [*folder.glob("*.html"), *COMMON.glob("*.html")]}
    theme = Theme(templates, {name: name for name in templates}, earth=base_map()[0])
    site = msgspec.structs.replace(survey.site, popups=POPUP in templates)
    shown = site_view(site)
    for page in survey.pages:
        render(cache, page, site, theme, shown, survey.archive.cards)
    assert theme._known
    assert theme._slow == set()


SETTINGS = """-- themes/mine/theme.yaml --
extends: default
settings:
  motto: {about: What stands at the foot., default: None}
  dense: {about: Whether lists are set close., default: false}
  side: {about: Where the menu stands., of: [left, right], default: left}
-- themes/mine/templates/404.html --
{{ site.settings['motto'] }}, {{ site.settings['side'] }}, {{ 'dense' if site.settings['dense'] else 'loose' }}, {{ site.settings['marked'] }}
"""


def chosen(text: str) -> str:
    """An archive that chooses of its theme's settings."""
    return f"-- sitegen.yaml --\n{CONFIG}theme_settings: {text}\n{SETTINGS}".replace("theme: plain", "theme: mine")


def test_an_archive_chooses_of_what_a_theme_and_those_below_it_declare(archive: Make) -> None:
    site = archive(chosen("{dense: true, side: right, motto: Slow news}"))
    assert not site.build().failed
    assert site.html("404.html").strip() == "Slow news, right, dense, credited"
    site.write("sitegen.yaml", files_of(chosen("{marked: nothing}"))["sitegen.yaml"])
    site.build()
    assert site.html("404.html").strip() == "None, left, loose, nothing"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{densee: true}", "unknown-key", "did you mean `dense`?"),
        ("{dense: very}", "wrong-choice", "one of: true, false"),
        ("{side: above}", "wrong-choice", "one of: left, right"),
        ("{colour: red}", "unknown-key", "settings of the theme: dense, marked, motto, side"),
    ],
)
def test_what_a_theme_does_not_know_or_cannot_be_is_told_at_its_line(text: str, code: str, words: str, archive: Make) -> None:
    (problem,) = archive(chosen(text)).build().problems
    assert (problem.path, problem.line, problem.code, problem.hint) == ("sitegen.yaml", CONFIG.count("\n") + 1, code, words)


def test_the_default_of_a_setting_must_be_one_of_its_list(archive: Make) -> None:
    (problem,) = archive(chosen("{}").replace("default: left", "default: middle")).build().problems
    assert (problem.path, problem.line, problem.code) == ("themes/mine/theme.yaml", 5, "wrong-choice")


def test_the_default_theme_marks_what_is_chosen_until_a_reader_does(archive: Make) -> None:
    told = "-- content/articles/a.md --\n---\ntitle: A\ndate: 2022-05-15\nclaims: [{quote: fell, source: article}]\n---\nRain fell.\n"
    for choice, said, own in (("credited", " checked", ""), ("everything", " checked", " checked"), ("nothing", "", "")):
        site = archive(
            f"-- sitegen.yaml --\n{CONFIG}theme_settings: {{marked: {choice}}}\n{told}".replace("theme: plain", "theme: default")
        )
        assert not site.build().failed
        page = site.html("articles/a/")
        assert f'id="_l-said"{said}>' in page
        assert f'id="_l-own"{own}>' in page


class Counting(Bytecode):
    """Counts what had to be compiled."""

    compiled = 0

    def put(self, path: str, key: Digest, data: bytes) -> None:
        self.compiled += 1
        super().put(path, key, data)


def test_templates_of_the_program_are_compiled_once(
    site: SiteView, page: ListView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what is kept was harmed, is of another text or of another language: then they are compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def rendered(template: str, tag: str = "en", path: str = f"{PACKAGED}themes/x/templates/list.html") -> tuple[str, int]:
        kept = Counting(tmp_path)  # of another process: what one has compiled itself it does not ask for
        return Theme({"list.html": template}, {"list.html": path}, speaking(tag), kept=kept).render(site, page).decode(), kept.compiled

    spaced, colon = "{{ _('Notes') }} {{ page.title }}", "{{ _('Notes') }}: {{ page.title }}"
    assert rendered(spaced) == ("Notes Tom &amp; &lt;Jerry&gt;", 1)
    assert rendered(spaced) == ("Notes Tom &amp; &lt;Jerry&gt;", 0)
    assert rendered(colon) == ("Notes: Tom &amp; &lt;Jerry&gt;", 1)
    assert rendered(colon, "de") == ("Anmerkungen: Tom &amp; &lt;Jerry&gt;", 1)
    assert rendered(colon) == ("Notes: Tom &amp; &lt;Jerry&gt;", 0)
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 2, "one file a template and language"
    for one in kept:
        data = bytearray(one.read_bytes())
        data[len(data) // 2] ^= 1
        one.write_bytes(data)
    assert rendered(colon, "de") == ("Anmerkungen: Tom &amp; &lt;Jerry&gt;", 1)
    assert rendered(colon, path="themes/own/templates/list.html") == ("Notes: Tom &amp; &lt;Jerry&gt;", 0), "an archive's own are not kept"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(spaced)[1] == 1
    assert rendered(spaced)[1] == 1
    assert sorted(tmp_path.iterdir()) == kept
