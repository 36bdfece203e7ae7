"""A theme: templates that are given a view and give HTML. Trusted, but seeing nothing except `site` and `page`.

The closure of a template is every template that it can reach, found statically over the merged theme, so that an override that
appears or a partial that vanishes changes the key of the pages that it concerns.
"""

from __future__ import annotations

import contextlib
import marshal
import re
import traceback
from collections.abc import Mapping
from functools import cached_property, lru_cache
from types import CodeType
from typing import Protocol

import jinja2

from sitegen.cartography.earth import Earth
from sitegen.exports.citation import bibtex, csl
from sitegen.exports.linked import linked_data
from sitegen.exports.socialcard import Type, social_card, type_of
from sitegen.model.digest import Digest, digest
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Problem
from sitegen.model.speech import Language
from sitegen.speech import Speech, english, speech_of
from sitegen.theme.compiler import Compiled, Loader, compiled
from sitegen.theme.layers import PACKAGED
from sitegen.theme.saying import let_speak
from sitegen.views.types import PageView, PreviewView, SiteView

OTHERS = (
    "day.html",
    "list.html",
    "timeline.html",
    "map.html",
    "home.html",
    "tombstone.html",
    "redirect.html",
    "differs.html",
    "checks.html",
    "search.html",
    "data.html",
    "404.html",
)
"""The templates of pages that nobody writes."""
POPUP = "popup.html"
"""The template of what is shown of an entry over pages that lead to it. A theme need not have it: then there is nothing such."""
GLOBALS = frozenset({"site", "page"})


def needed() -> list[str]:
    """The templates that a theme must have."""
    return [*(kind.template for kind in KINDS.values()), *OTHERS]


class TemplateFailed(Exception):
    """A template could not be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Kept(Protocol):
    """What remembers the code of templates, by the file that each was read from."""

    def get(self, path: str, key: Digest) -> bytes | None: ...

    def put(self, path: str, key: Digest, data: bytes) -> None: ...

    def __hash__(self) -> int: ...


class Theme:
    """A merged theme, in one language. `templates`: name -> text; `paths`: name -> the file, for messages; `fonts`: name -> those of social
    cards, none where no cards are made; `earth`: the base map, none where no maps are made. Which they are is the site card's affair.
    `kept`: what remembers templates of the program as code; without it they are compiled."""

    def __init__(
        self,
        templates: Mapping[str, str],
        paths: Mapping[str, str],
        speech: Speech | None = None,
        fonts: Mapping[str, bytes] | None = None,
        earth: bytes = b"",
        kept: Kept | None = None,
    ) -> None:
        self.templates = dict(templates)
        self.paths = dict(paths)
        self.speech = speech or english()
        self.fonts = dict(fonts or {})
        self.earth = Earth(earth) if earth else None
        self.kept = kept
        self._known: dict[str, Compiled | Problem] = {}
        self._slow: set[str] = set()
        """Templates that ask for more than `compiler` knows."""

    @cached_property
    def digest(self) -> Digest:
        """Of all templates, and of where they lie, which what is told of them names. What they say is the site card's affair."""
        return digest("theme", *(part for name in sorted(self.templates) for part in (name, self.templates[name], self.paths[name])))

    @cached_property
    def type(self) -> Type | None:
        """What social cards are set in; the fonts are read when the first card is made. Which they are is the site card's affair."""
        return type_of(self.fonts)

    def card(self, site: SiteView, page: PageView) -> tuple[bytes, PreviewView] | None:
        """The social card of a page, and how its head tells of it; None where there is none."""
        return social_card(page, site.title, self.speech, self.type) if self.type is not None else None

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Of Jinja's own compiler, which knows every case."""
        return _environment(self.speech, jinja2.FunctionLoader(self._source))

    @cached_property
    def _quick(self) -> jinja2.Environment:
        return _environment(self.speech, Loader(self._code))

    def _source(self, name: str) -> tuple[str, str, None] | None:
        # with a file name, so that a traceback tells the template's line
        return (self.templates[name], name, None) if name in self.templates else None

    def _read(self, name: str) -> Compiled | Problem:
        """A template as Jinja reads it, or what is wrong with it."""
        if name not in self._known:
            try:
                self._known[name] = _compiled(self.templates[name], name, self.speech, self.paths[name], self.kept)
            except jinja2.TemplateSyntaxError as error:
                problem = Problem(self.paths[name], error.lineno, "template-syntax", str(error.message), "correct the template")
                self._known[name] = problem
        return self._known[name]

    def _code(self, name: str) -> CodeType | None:
        found = self._read(name) if name in self.templates else None
        return found.code if isinstance(found, Compiled) else None

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the theme before any page is rendered."""
        out = []
        missing = [name for name in needed() if name not in self.templates]
        if missing:
            hint = "add them under `templates/`, or let the theme's `theme.yaml` say `extends: default`"
            out.append(Problem("themes", 0, "missing-template", f"the theme lacks {', '.join(missing)}", hint))
        for name in sorted(self.templates):
            found = self._read(name)
            if isinstance(found, Problem):
                out.append(found)
                continue
            for unknown in sorted(found.unknown - GLOBALS) if not name.startswith("_") else ():
                line = self._line(name, unknown)
                out.append(
                    Problem(
                        self.paths[name], line, "template-variable", f"there is no {unknown!r}", "a template sees `site` and `page` alone"
                    )
                )
            for reached in sorted(one for one in found.named if one is not None and one not in self.templates):
                hint = f"the theme has: {', '.join(sorted(self.templates))}"
                line = self._line(name, reached)
                out.append(Problem(self.paths[name], line, "missing-template", f"there is no template {reached!r}", hint))
        return tuple(out)

    def _line(self, name: str, word: str) -> int:
        """The first line of a template on which a word stands."""
        text = self.templates[name]
        found = re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)
        return text.count("\n", 0, found.start()) + 1 if found else 0

    def closure(self, name: str) -> Digest:
        """The digest of a template and of all that it can reach."""
        return digest("closure", name, *(part for one in self.reach(name) for part in (one, self.templates[one])))

    def reach(self, name: str) -> list[str]:
        """A template and all that it can reach; all templates where a name is computed."""
        reached: set[str] = set()
        pending = [name]
        while pending:
            one = pending.pop()
            if one in reached or one not in self.templates:
                continue
            reached.add(one)
            found = self._read(one)
            for target in found.named if isinstance(found, Compiled) else ():
                pending += list(self.templates) if target is None else [target]
        return sorted(reached)

    def render(self, site: SiteView, page: PageView, name: str = "") -> bytes:
        """The page as UTF-8, by its own template or another. Raises TemplateFailed."""
        name = name or page.frame.template
        if name not in self._slow:
            with contextlib.suppress(Exception):  # Jinja itself says what is wrong, if anything
                return self._quick.get_template(name).render(site=site, page=page).encode()
            self._slow.add(name)
        try:
            return self.environment.get_template(name).render(site=site, page=page).encode()
        except Exception as error:
            if isinstance(error, OSError | MemoryError) and not isinstance(error, jinja2.TemplateError):
                raise  # the machine's affair, not the template's
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self.templates]
            where = frames[-1] if frames else None
            path = self.paths.get(where.filename if where else name, name)
            message = f"{error or type(error).__name__} (on /{page.frame.address})"
            line = where.lineno or 0 if where else 0
            raise TemplateFailed(
                Problem(path, line, "template-failed", message, "see docs/theme-contract.md for what a view has")
            ) from error


def _environment(speech: Speech, loader: jinja2.BaseLoader) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them; one that forgets puts them into order at every use
    )
    # templates are pure functions: what is random or knows the clock is not there
    environment.globals.pop("lipsum", None)
    environment.filters.pop("random", None)
    environment.filters.update(linked_data=linked_data, bibtex=bibtex, csl=csl)
    let_speak(environment, speech)
    return environment


@lru_cache(maxsize=128)
def _compiled(text: str, name: str, speech: Speech, path: str, kept: Kept | None) -> Compiled:
    """A template as code. A theme of which one template changed (`serve` makes it anew at each) has the others compiled already, and one
    of the program's was compiled by the first command that met it."""
    if kept is None or not path.startswith(PACKAGED):
        return compiled(_environment(speech, jinja2.DictLoader({})), text, name, speech)
    path, key = f"{path}.{speech.tag}", digest("template", speech.digest, name, text)
    found = kept.get(path, key)
    if found is None:
        new = compiled(_environment(speech, jinja2.DictLoader({})), text, name, speech)
        kept.put(path, key, marshal.dumps(tuple(new)))
        return new
    return Compiled(*marshal.loads(found))  # noqa: S302  # as Python reads its own, from the same folder


@lru_cache(maxsize=4)
def theme_of(
    templates: tuple[tuple[str, str], ...],
    paths: tuple[tuple[str, str], ...],
    language: Language,
    fonts: tuple[tuple[str, bytes], ...] = (),
    earth: bytes = b"",
    kept: Kept | None = None,
) -> Theme:
    """The theme of these templates (name, text), their files and its fonts; one that was made is used again, for Jinja takes its time."""
    return Theme(dict(templates), dict(paths), speech_of(language), dict(fonts), earth, kept)
