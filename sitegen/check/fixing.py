"""`sitegen check --fix`: mends what can be mended in one way only, so that no editor need judge it. Nothing else.

| what | how | where not |
|---|---|---|
| `wrong-type` | yes and no, a day, a language, degrees: the one form that they can mean | a text that may mean two (`11.12.2016`) or none |
| `wrong-choice` | with the capitals and hyphens of the word in the list | another word may be meant |
| `key-in-both` | the copy without comments goes; the article's, where neither has one | the two differ, or both have comments |
| `quote-not-found` | apostrophes and quotation marks become those of the text | another sign differs, or the words stand there twice |
| `unused-waiver` | goes, with `waive` where it was the last | an error, a page held back, the day or the web may hide its need |
| `unused-correction` | goes, with what holds nothing else | the page has errors, or has the words with other capitals or marks |

All other problems ask what was meant (which id, which date, which of two files) or for words that nobody has written yet. Files are never
renamed, and no word below the metadata is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen import config as config_room
from sitegen.cache import Cache, open_cache
from sitegen.check import asking, is_asked
from sitegen.content import frontmatter
from sitegen.content.anchoring import Found, Haystack, Missing
from sitegen.content.checks import CHECKS as OF_ARTICLES
from sitegen.content.checks import ENTRY_CHECKS, corrects_nothing
from sitegen.content.cutting import has_comment, rewritten, root_of, said
from sitegen.content.datecheck import dates_of
from sitegen.content.fields import fields
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Node, Scalar, Sequence
from sitegen.content.reading import Reading, read
from sitegen.content.text import normal
from sitegen.content.waivers import unneeded
from sitegen.content.words import Quotes, Selecting, Words, words_of
from sitegen.editor import Change, written
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.kinds import ARTICLES, kind_of
from sitegen.model.problem import Problem, Waived
from sitegen.model.rules import CHECKS
from sitegen.model.rules.rule import Group
from sitegen.survey import Options, Survey, survey_of
from sitegen.survey.judging import page_of
from sitegen.survey.reading import NOTES
from sitegen.survey.state import as_changed, of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent

_OWN = frozenset(check.code for check in (*OF_ARTICLES, *ENTRY_CHECKS))
"""The checks that look at nothing but the page itself: only its own errors can hide that one of them is waived for a reason."""
_PASSING = frozenset({"link-dead", "link-moved", "old-draft", "unpublished-source"})
"""The checks that tell something else tomorrow, though no file has changed."""
_MARKS = str.maketrans({**dict.fromkeys("’‘ʼ‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')})
"""Apostrophes and quotation marks, each as its plain one: as long as before."""

_Told = tuple[str, int, str, str]
"""What tells a problem: path, line, code, message. The archive's settings may have given it another severity."""


class Mend(NamedTuple):
    """What was mended: the problem, at its line before, and how."""

    problem: Problem
    how: str


class Fixed(NamedTuple):
    """What is mended in an archive. `revealed`: problems that some pages would only then have; these pages stay as they are."""

    changes: tuple[Change, ...]
    mends: tuple[Mend, ...]
    revealed: tuple[Problem, ...]


class _Target(NamedTuple):
    """A node that is to have another text, or none: then it goes, a key with its value."""

    node: Node
    text: str | None
    told: _Told
    how: str


class _Page(NamedTuple):
    """A page as it is mended: the texts of its files and their metadata, its record with how it was read, and what is told of it."""

    path: str
    texts: Mapping[str, str]
    roots: Mapping[str, Keys]
    record: records.Article | None
    reader: Reading
    told: Mapping[_Told, Problem]


class _Seen(NamedTuple):
    """What must be known of the archive. `wrong`: the pages that cannot be read as they are meant; `waiting`: those that readers may not
    see in full, nor the checks of the archive."""

    config: records.Config | None
    wrong: frozenset[str]
    waiting: frozenset[str]

    def is_right(self, path: str) -> bool:
        """Whether a page is read as it is meant: its own files, and the settings by which it is read."""
        return self.wrong.isdisjoint((path, config_room.PATH))


class _Step(NamedTuple):
    """What can be mended of an archive as it is: files with their new texts, and how."""

    texts: dict[str, str]
    mends: list[Mend]


def fix(
    root: Path,
    options: Options,
    groups: Collection[Group] = (),
    *,
    every: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Fixed:
    """Mends what of the problems that `check` tells needs no judgement, in all files or, on a `dry_run`, in none. The archive is read again
    as it would be: a page that would then tell of a problem which it did not tell before stays as it is."""
    options = asking(options, groups, every=every)
    with open_cache(root) as cache:

        def made(tree: Tree) -> Fixed:
            return _fixed(tree, cache, options, groups, progress)

        out = of_one_state(root, cache, made)
        cache.commit()
    if not dry_run:
        written(root, out.changes)
    return out


def _fixed(tree: Tree, cache: Cache, options: Options, groups: Collection[Group], progress: Progress) -> Fixed:
    """Mends all pages; then, where problems are new, all but the pages that have them."""
    survey = survey_of(tree, cache, options, progress)
    revealed: list[Problem] = []
    alone: set[str] = set()
    while True:
        done = _in_steps(tree, survey, alone, cache, options, groups, progress)
        fresh = _fresh(survey.problems, done.survey.problems)
        if not fresh:
            texts = done.tree.unwritten
            changes = sorted(Change(path, tree.read(path).decode(), text.decode()) for path, text in texts.items())
            return Fixed(tuple(changes), tuple(sorted(done.mends)), tuple(sorted({*revealed})))
        revealed += fresh
        touched = {page_of(path) for path in done.tree.unwritten}
        alone |= touched & {page_of(one.path) for one in fresh} or touched


class _Done(NamedTuple):
    """An archive after all steps, as it would be."""

    tree: Tree
    survey: Survey
    mends: list[Mend]


def _in_steps(
    tree: Tree, survey: Survey, alone: Collection[str], cache: Cache, options: Options, groups: Collection[Group], progress: Progress
) -> _Done:
    """Mends until nothing is left to be mended, for what an error hides is only told once that is mended. There is a last step: each takes
    something out, or makes right what was not."""
    mends: list[Mend] = []
    while (step := _step(tree, survey, groups, alone)).mends:
        mends += step.mends
        tree = as_changed(tree, [Change(path, None, text) for path, text in step.texts.items()], cache)
        survey = survey_of(tree, cache, options, progress)
    return _Done(tree, survey, mends)


def _fresh(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """The problems that were not told before, on whatever line."""
    known = Counter(map(_nature, before))
    out = []
    for one in after:
        known[_nature(one)] -= 1
        if known[_nature(one)] < 0:
            out.append(one)
    return out


def _nature(one: Problem) -> tuple[str, str, str]:
    return page_of(one.path), one.code, one.message


def _step(tree: Tree, survey: Survey, groups: Collection[Group], alone: Collection[str]) -> _Step:
    """What can be mended now, of all pages that are not left `alone`."""
    told: dict[str, dict[_Told, Problem]] = {}
    for one in survey.problems:
        if one.code in _MENDS and is_asked(one, groups) and page_of(one.path) not in alone:
            told.setdefault(page_of(one.path), {})[one.path, one.line, one.code, one.message] = one
    # what a check tells of as an error keeps nobody from reading
    wrong = (page_of(one.path) for one in survey.problems if one.severity == "error" and one.code not in CHECKS)
    seen = _Seen(survey.config, frozenset(wrong), frozenset((*survey.held, *survey.hidden)))
    out = _Step({}, [])
    for path, some in told.items():
        page = _page(tree, path, some)
        if page is not None:
            texts, mends = _mended(page, seen)
            out.texts.update(texts)
            out.mends.extend(mends)
    return out


def _page(tree: Tree, path: str, told: Mapping[_Told, Problem]) -> _Page | None:
    """A page with its metadata, read anew with the place of every word; None where not all of it can be read, or it is none of ours."""
    kind = kind_of(path.removeprefix("content/")) if path.startswith("content/") else None
    table = records.Config if path == config_room.PATH else kind.record if kind else None
    if table is None or path not in tree.digests:
        return None
    notes = path.removesuffix(".md") + NOTES
    paths = [path, notes] if kind is ARTICLES and notes in tree.digests else [path]
    texts, roots = {}, {}
    for one in paths:
        try:
            texts[one] = tree.read(one).decode()
        except UnicodeDecodeError:
            return None
        root = root_of(one, texts[one])
        if root is None:
            return None
        roots[one] = root
    mapping, reader = roots[path], Reading()
    if len(paths) > 1:
        mapping = frontmatter.merged(mapping, roots[notes], {field.key for field in fields(records.Notes)}, ())[0]
    record = read(table, mapping, reader)
    return _Page(path, texts, roots, record if isinstance(record, records.Article) else None, reader, told)


def _mended(page: _Page, seen: _Seen) -> tuple[dict[str, str], list[Mend]]:
    """The files of a page that change, and how."""
    codes = {code for _, _, code, _ in page.told}
    targets: list[_Target] = []
    for code, find in _MENDS.items():
        targets += [one for one in find(page, seen) if one.told in page.told] if code in codes else []
        if targets and code == "key-in-both":  # what goes may hold more that is to be mended: the next step sees what is left
            break
    texts: dict[str, str] = {}
    mends: dict[_Told, Mend] = {}
    for path, text in page.texts.items():
        gone = {id(one.node) for one in targets if one.node.path == path and one.text is None}
        other = {id(one.node): one.text for one in targets if one.node.path == path and one.text is not None}
        after, done = rewritten(path, text, page.roots[path], gone, other)
        if done:
            texts[path] = after
        mends |= {one.told: Mend(page.told[one.told], one.how) for one in targets if id(one.node) in done}
    return texts, list(mends.values())


def _values(page: _Page, _: _Seen) -> Iterator[_Target]:
    """Values that have one right form only."""
    for one in page.reader.unfit:
        if one.right:
            yield _Target(one.node, one.right, _told(one.problem), f"{one.node.text!r} is now {one.right!r}")


def _both(page: _Page, _: _Seen) -> Iterator[_Target]:
    """Keys of which the article and its notes say the same. The copy that goes is one without comments."""
    (path, root), (notes, apparatus) = page.roots.items()
    values = {key.text: (key, value) for key, value in root.items}
    for key, value in apparatus.items:
        ours = values.get(key.text)
        if ours is None or said(ours[1]) != said(value):
            continue
        kept, (gone, held) = notes, ours
        if has_comment(path, page.texts[path], root, gone, held):
            kept, gone, held = path, key, value
            if has_comment(notes, page.texts[notes], apparatus, gone, held):
                continue
        told = notes, key.line, "key-in-both", f"{key.text!r} stands in the front matter too"
        yield _Target(gone, None, told, f"{key.text!r} is out of {gone.path}: {kept} says the same")


def _quotes(page: _Page, seen: _Seen) -> Iterator[_Target]:
    """Quotes that stand in the text once, but for the kind of an apostrophe or a quotation mark."""
    words = _words(page, seen)
    if page.record is None or words is None:
        return
    plain = Haystack([block.text.translate(_MARKS) for block in words.blocks], words.haystack.lang)
    for one in _quoting(page.record, page.reader, Quotes(words, Reading())):
        node = next((value for key, value in page.reader.written[id(one.at)].items if key.text == "quote"), None)
        if not isinstance(node, Scalar):
            continue
        text = normal(node.text)
        missing = one.sought(text, words.haystack)
        found = one.plain.sought(text.translate(_MARKS), plain)
        if isinstance(missing, Found) or isinstance(found, Missing):
            continue
        quote = _with_marks(text, words.blocks[found.block].text[found.start : found.end])
        if one.sought(quote, words.haystack) == found:
            told = *page.reader.line_of(one.at), missing.code, missing.message
            shown = quote if len(quote) <= 60 else f"{quote[:57]}…"
            yield _Target(node, quote, told, f"its marks are now those of the text: “{shown}”")


class _Quoting(NamedTuple):
    """What quotes the text: with the words before and after, which of several it means, and in which blocks it is sought."""

    at: Record
    prefix: str
    suffix: str
    nth: int
    within: Collection[int]

    @property
    def plain(self) -> _Quoting:
        return self._replace(prefix=self.prefix.translate(_MARKS), suffix=self.suffix.translate(_MARKS))

    def sought(self, quote: str, haystack: Haystack) -> Found | Missing:
        return haystack.find(quote, self.prefix, self.suffix, self.nth, within=self.within)


def _quoting(record: records.Article, reader: Reading, quotes: Quotes) -> Iterator[_Quoting]:
    for one in _selecting(record):
        within = quotes.scopes.get(one.in_) if one.in_ else quotes.body
        if one.quote and within is not None:
            yield _Quoting(one, one.prefix or "", one.suffix or "", one.nth or 0, within)
    yield from (_Quoting(date.at, "", "", 0, quotes.words.everywhere) for date in dates_of(record, reader) if date.quote)


def _selecting(record: records.Article) -> Iterator[Selecting]:
    for entry in record.claims:
        yield from (entry.total, *entry.items) if isinstance(entry, records.Group) else (entry,)
    yield from record.annotations
    yield from record.sources


def _with_marks(quote: str, text: str) -> str:
    """A quote with the marks of a text of its length; its blanks stay what they are.

    >>> _with_marks("It's 5 km", "It’s 5\u2009km")
    'It’s 5 km'
    """
    return "".join(ours if theirs.isspace() else theirs for ours, theirs in zip(quote, text, strict=True))


def _waivers(page: _Page, seen: _Seen) -> Iterator[_Target]:
    """Waivers that nothing needs. Where two of one line and one check are told as one, neither is known to be it."""
    found = [one for root in page.roots.values() for one in _waiving(root) if _is_idle(one, page, seen)]
    often = Counter(one.told for one in found)
    yield from (one for one in found if often[one.told] == 1)


def _waiving(node: Node) -> Iterator[_Target]:
    """Every waiver, with what would be told of it if it were not needed."""
    if isinstance(node, Scalar):
        return
    for one in node.items:
        key, value = one if isinstance(one, tuple) else (None, one)
        if key is not None and key.text == "waive" and isinstance(value, Sequence):
            for waiver in value.items:
                code = _text(waiver, "code")
                if code in CHECKS:
                    waived = Waived(waiver.path, waiver.line, code, "")
                    for problem in unneeded([waived], (), [code]):
                        yield _Target(waiver, None, _told(problem), f"the waiver of {code!r} is out: {_text(waiver, 'why')}")
        elif key is None or key.text != "extra":
            yield from _waiving(value)


def _is_idle(waiver: _Target, page: _Page, seen: _Seen) -> bool:
    """Whether it is certain that nothing needs a waiver: that its check looks, and sees all that it looks at."""
    code = _text(waiver.node, "code")
    levels = seen.config.checks if seen.config is not None else {}
    if levels.get(code) == "off" or code in _PASSING:
        return False
    return seen.is_right(page.path) if code in _OWN else not seen.wrong and page.path not in seen.waiting


def _corrections(page: _Page, seen: _Seen) -> Iterator[_Target]:
    """Corrections of names that do not occur. Where the words stand in the text with other capitals or marks, they may be meant."""
    words = _words(page, seen)
    if words is None or not seen.is_right(page.path):
        return
    places = page.reader.written.get(id(page.record.places)) if page.record is not None else None
    if places is None:
        return
    text = words.haystack.text.translate(_MARKS).casefold()
    for node in _corrected(places):
        wording = node.text.strip()
        if normal(wording).translate(_MARKS).casefold() not in text:
            told = places.path, places.line, "unused-correction", corrects_nothing(wording)
            yield _Target(node, None, told, f"“{wording}” is out")


def _corrected(places: Keys) -> Iterator[Scalar]:
    """Every wording that is corrected."""
    for key, value in places.items:
        if key.text == "ignore" and isinstance(value, Sequence):
            yield from (one for one in value.items if isinstance(one, Scalar))
        if key.text == "as" and isinstance(value, Keys):
            yield from (one for one, _ in value.items)


def _words(page: _Page, seen: _Seen) -> Words | None:
    """The words of an article, in which its quotes are sought."""
    if page.record is None or seen.config is None:
        return None
    halves = frontmatter.halves(page.texts[page.path].encode(), page.path)
    lang = page.record.lang or seen.config.lang
    return words_of(page.record, page.path, halves.body, halves.body_line, (), Reading(), lang)[0]


def _text(node: Node, key: str) -> str:
    """What a mapping says under a key; empty where it says nothing, or no text."""
    found = next((value for name, value in node.items if name.text == key), None) if isinstance(node, Keys) else None
    return found.text if isinstance(found, Scalar) else ""


def _told(one: Problem) -> _Told:
    return one.path, one.line, one.code, one.message


_MENDS: Mapping[str, Callable[[_Page, _Seen], Iterator[_Target]]] = {
    "key-in-both": _both,
    "wrong-type": _values,
    "wrong-choice": _values,
    "quote-not-found": _quotes,
    "unused-waiver": _waivers,
    "unused-correction": _corrections,
}
"""How each code is mended."""
