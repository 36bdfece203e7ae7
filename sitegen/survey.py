"""The survey: reads the archive, parses, links and indexes it, finds every problem on the way, and plans the pages.

`build` renders what it plans; `check` prints what it finds. Every expensive step is remembered under the digest of all that it
may see (DESIGN section 4).
"""

from __future__ import annotations

import datetime
import os
import re
import time
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from sitegen import config as config_room
from sitegen.archive.gate import is_held, status
from sitegen.archive.index import Index, address_of, index, key_of_address
from sitegen.archive.linking import link
from sitegen.archive.names import Names, words_of
from sitegen.archive.plan import FEED, Materials, navigation, plan
from sitegen.archive.verbatim import decode, departure
from sitegen.cache import Cache
from sitegen.content import article as article_room
from sitegen.content import entry as entry_room
from sitegen.content.nearest import did_you_mean
from sitegen.exports.images import Cleaned, clean
from sitegen.model.article import Article, ArticleCard, Entry, PlaceCard
from sitegen.model.digest import Digest, digest, encode
from sitegen.model.pages import Page, Picture
from sitegen.model.problem import Fault, Problem
from sitegen.model.records import Config
from sitegen.model.site import KINDS, Head, Link, LinkHead, Read, SiteCard, Target
from sitegen.theme import Theme
from sitegen.tree import Tree, digest_of, read_theme
from sitegen.urls import base_path, output_path
from sitegen.workers import each

NOTES = ".notes.yaml"


class Options(NamedTuple):
    """What the command line asks for."""

    base_url: str | None = None
    drafts: bool = False
    jobs: int = 1


class Survey(NamedTuple):
    """The archive, read and linked. `pages` and `site` are empty where there are errors."""

    problems: tuple[Problem, ...]
    todos: tuple[tuple[str, int, str], ...]
    config: Config | None
    archive: Index | None
    site: SiteCard | None
    pages: tuple[Page, ...]
    files: Mapping[str, Digest]
    """Files published as they are: address -> digest of bytes in the store or in the archive (`sources`)."""
    sources: Mapping[str, str]
    """Address -> the file of the archive that is published there."""
    held: tuple[str, ...]


def today() -> str:
    """The UTC date of `SOURCE_DATE_EPOCH`, or of the clock. Raises Fault where the variable is no number."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = int(epoch) if epoch else time.time()
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise Fault(f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds") from error


def survey_of(tree: Tree, cache: Cache, options: Options) -> Survey:
    """Reads the whole archive and plans its pages, finding every problem on the way."""
    problems = list(tree.problems)
    if config_room.PATH not in tree.digests:
        hint = "run `sitegen init` to begin an archive here, or name its folder with `--source`"
        return _failed([*problems, Problem(config_room.PATH, 0, "no-archive", "there is no sitegen.yaml here", hint)])
    config, found = config_room.parse(tree.read(config_room.PATH))
    problems += found
    if config is None:
        return _failed(problems)
    if options.base_url:
        config = msgspec.structs.replace(config, base_url=options.base_url)
    heads, found, todos = read_content(tree, cache, config, options.jobs)
    problems += found
    links, found = _link(heads, cache, config, options)
    problems += found
    proofs, found = _verify(heads, tree, cache)
    problems += found
    there = {(path.split("/")[1], path.rsplit("/", 1)[-1].removesuffix(".md")) for path in tree.below("content") if path.count("/") > 1}
    broken = there - {(head.kind, head.card.stem) for head in heads}
    archive, found = index(heads, config, today(), drafts=options.drafts, broken=broken)
    problems += found
    pictures, files, found = _pictures(archive, tree, cache)
    sources: dict[str, str] = {}
    problems += found
    site, assets, found = _site(archive, config, tree, cache)
    problems += found
    files.update(assets)
    for stem, path in list(proofs.items()):
        if archive.is_public(("articles", stem)) and archive.heads["articles", stem].display == "full":
            address = path if path.endswith(".txt") else f"{path}.txt"
            if sources.setdefault(address, path) != path:
                message = f"the seeds {path!r} and {sources[address]!r} would both be published as /{address}"
                problems.append(Problem(archive.heads["articles", stem].path, 0, "address-taken", message, "keep one under another name"))
            files[address], proofs[stem] = tree.digests[path], address
    held = tuple(
        head.path for head in archive.public("articles") if is_held(head.card.gate, config.publish.unchecked, drafts=options.drafts)
    )
    pages = plan(Materials(archive, config, links, proofs, pictures, options.drafts))
    problems += _link_problems(archive, pages, files, cache)
    problems += _clashes(archive, pages, files, config.keep)
    return Survey(tuple(sorted(set(problems))), tuple(todos), config, archive, site, tuple(pages), files, sources, held)


def _failed(problems: list[Problem]) -> Survey:
    return Survey(tuple(sorted(set(problems))), (), None, None, None, (), {}, {}, ())


class _File(NamedTuple):
    """A content file to be parsed: its kind, its path, and that of its apparatus, if it has one."""

    kind: str
    path: str
    notes: str


def read_content(tree: Tree, cache: Cache, config: Config, jobs: int = 1) -> tuple[list[Head], list[Problem], list[tuple[str, int, str]]]:
    """Parses every content file that was not parsed before."""
    files, problems = _content_files(tree)
    settings = encode((config.calendars, config.lang))
    keys = [
        cache.key("parse", settings, file.path, tree.digests[file.path], file.notes, tree.digests[file.notes] if file.notes else b"")
        for file in files
    ]
    reads: list[Read | None] = [cache.row(key, Read) for key in keys]
    missing = [number for number, read in enumerate(reads) if read is None]
    parsed = each(lambda number: _parse(files[number], tree, config), missing, jobs)
    for number, (row, *values) in zip(missing, parsed, strict=True):
        cache.put(keys[number], row)
        for value in values:
            cache.store_bytes(value)
        reads[number] = msgspec.msgpack.decode(row, type=Read)
    done = [read for read in reads if read is not None]
    problems += [problem for read in done for problem in read.problems]
    return [read.head for read in done if read.head is not None], problems, [todo for read in done for todo in read.todos]


def _content_files(tree: Tree) -> tuple[list[_File], list[Problem]]:
    """The files that are pages, and what is wrong with the names of the others."""
    files: list[_File] = []
    problems: list[Problem] = []
    for path in tree.below("content"):
        kind = path.split("/")[1] if path.count("/") > 1 else ""
        if kind == "images":
            continue
        if kind not in KINDS or not path.endswith((".md", NOTES)) or (path.endswith(NOTES) and kind != "articles"):
            problems.append(_stray(path, kind))
        elif path.endswith(NOTES):
            if path.removesuffix(NOTES) + ".md" not in tree.digests:
                hint = f"call it as its article, {NOTES} in place of .md"
                problems.append(Problem(path, 0, "notes-without-article", "there is no article of this name", hint))
        elif (bad_name := article_room.stem_problem(path)) is not None:
            problems.append(bad_name)
        else:
            notes = path.removesuffix(".md") + NOTES
            files.append(_File(kind, path, notes if kind == "articles" and notes in tree.digests else ""))
    return files, problems


def _stray(path: str, kind: str) -> Problem:
    """A file that is no page. What looks like an article's notes is an error: it would be missed."""
    if re.search(r"notes\.ya?ml\Z", path) and kind == "articles":
        right = re.sub(r"[.-]notes\.ya?ml\Z", NOTES, path).rsplit("/", 1)[-1]
        return Problem(path, 0, "bad-file-name", "an article's notes are not called so", f"rename it to `{right}`")
    name = path.rsplit("/", 1)[-1]
    stem = re.sub(r"(\.(md|txt|markdown))+\Z", "", name, flags=re.I)
    hint = (
        f"rename it to `{stem}.md`"
        if stem != name and kind in KINDS
        else f"pages end in .md; folders below content/: {', '.join(KINDS)}, images"
    )
    return Problem(path, 0, "stray-file", "the file belongs to no kind of page, and is not published", hint, "warning")


def _parse(file: _File, tree: Tree, config: Config) -> list[bytes]:
    """The row of one file, then the values that it names: its card and its whole."""
    if file.kind == "articles":
        notes = tree.read(file.notes) if file.notes else None
        parsed = article_room.parse(file.path, tree.read(file.path), file.notes, notes, config.calendars, config.lang)
    else:
        parsed = entry_room.parse(file.kind, file.path, tree.read(file.path))
    if parsed.value is None:
        return [encode(Read(None, parsed.problems, parsed.todos))]
    card, value = encode(parsed.value.card), encode(parsed.value)
    head = _head(file, parsed.value, digest_of(card), digest_of(value))
    return [encode(Read(head, parsed.problems, parsed.todos)), card, value]


def _head(file: _File, value: Article | Entry, card: Digest, whole: Digest) -> Head:
    if not isinstance(value, Article):
        images = [element.id.removeprefix("images/") for element in value.elements if element.kind == "image"]
        return Head(file.kind, file.path, value.card, card, whole, value.references, value.record.redirect_from, images=tuple(images))
    front = value.front
    seed = (front.seed.path, front.seed.sha256) if front.seed else None
    extract = (front.seed.extract.path, front.seed.extract.sha256) if front.seed and front.seed.extract else None
    return Head(
        file.kind, file.path, value.card, card, whole, value.references, front.redirect_from, " ".join(sorted(words_of(value.blocks))),
        front.display, seed, extract, tuple(image.file for image in front.images if image.file),
    )  # fmt: skip


def _link(heads: list[Head], cache: Cache, config: Config, options: Options) -> tuple[dict[str, LinkHead], list[Problem]]:
    """Finds the mentions in every article of which the text, or a name that can occur in it, has changed."""
    public = [head for head in heads if status(head.card.gate, today(), config.publish.unchecked, drafts=options.drafts) == "public"]
    names = Names(head.card for head in public if isinstance(head.card, PlaceCard))
    articles = [head for head in heads if isinstance(head.card, ArticleCard)]
    settings = encode(config.calendars)
    possible = [names.possible(set(head.words.split(" "))) for head in articles]
    held = [is_held(head.card.gate, config.publish.unchecked, drafts=options.drafts) for head in articles]
    keys = [
        cache.key("link", settings, head.value, encode(names), "held" if is_ else "")
        for head, names, is_ in zip(articles, possible, held, strict=True)
    ]
    links: list[LinkHead | None] = [cache.row(key, LinkHead) for key in keys]
    missing = [number for number, known in enumerate(links) if known is None]

    def linked(number: int) -> list[bytes]:
        """The row of one article's link, then the values that it names."""
        article: Article = cache.value(articles[number].value, Article)
        mentions, given, problems = link(article, possible[number], config.calendars, held=held[number])
        values = [encode(mentions), *(encode(one.contribution) for one in given)]
        targets = (Target(one.kind, one.id, digest_of(data), one.needs) for one, data in zip(given, values[1:], strict=True))
        return [encode(LinkHead(digest_of(values[0]), tuple(targets), tuple(problems))), *values]

    for number, (row, *values) in zip(missing, each(linked, missing, options.jobs), strict=True):
        cache.put(keys[number], row)
        for value in values:
            cache.store_bytes(value)
        links[number] = msgspec.msgpack.decode(row, type=LinkHead)
    found = {head.card.stem: known for head, known in zip(articles, links, strict=True) if known is not None}
    return found, [problem for known in found.values() for problem in known.problems]


def _verify(heads: list[Head], tree: Tree, cache: Cache) -> tuple[dict[str, str], list[Problem]]:
    """The verbatim gate. Gives the articles whose proof holds, each with the file that it was proved against."""
    proofs: dict[str, str] = {}
    problems: list[Problem] = []
    for head in heads:
        if head.seed is None:
            continue
        path, recorded = head.seed
        if path not in tree.digests or not path.startswith("seeds/"):
            problems.append(
                Problem(head.path, 0, "missing-seed", f"there is no seed {path!r}", "seeds are kept for ever, under `seeds/`; restore it")
            )
            continue
        if tree.digests[path].hex() != recorded:
            hint = f"its SHA-256 is now {tree.digests[path].hex()}; restore the file as it arrived (for example from Git)"
            problems.append(Problem(head.path, 0, "seed-changed", f"the seed {path!r} is not the one that was recorded", hint))
            continue
        text_path = path
        if head.extract is not None:
            text_path, recorded = head.extract
            if not text_path.startswith("seeds/") or tree.digests.get(text_path, Digest(b"")).hex() != recorded:
                problems.append(
                    Problem(head.path, 0, "seed-changed", f"the extraction {text_path!r} is not the one that was recorded", "restore it")
                )
                continue
        key = cache.key("verify", head.value, tree.digests[text_path])
        known: tuple[Problem, ...] | None = cache.row(key, tuple[Problem, ...])
        if known is None:
            text = decode(tree.read(text_path))
            departed: Problem | None
            if text is None:
                departed = Problem(head.path, 0, "seed-not-text", f"the seed {text_path!r} is not text", "record its text under `extract`")
            else:
                departed = departure(cache.value(head.value, Article), text)
            known = (departed,) if departed else ()
            cache.put(key, encode(known))
        problems += known
        if not known:
            proofs[head.card.stem] = text_path
    return proofs, problems


def _pictures(archive: Index, tree: Tree, cache: Cache) -> tuple[dict[str, Picture], dict[str, Digest], list[Problem]]:
    """Makes ready the pictures that public pages use, and no others."""
    pictures: dict[str, Picture] = {}
    files: dict[str, Digest] = {}
    problems: list[Problem] = []
    for key, head in archive.heads.items():
        for file in head.images:
            path = f"content/images/{file}"
            if path not in tree.digests:
                problems.append(
                    Problem(head.path, 0, "missing-image", f"there is no picture {path!r}", "put it there, or set `file: null`")
                )
                continue
            if not archive.is_public(key) or head.display != "full" or file in pictures:
                continue
            row = cache.key("picture", file, tree.digests[path])
            known: tuple[Digest, int, int] | None = cache.row(row, tuple[Digest, int, int])
            if known is None:
                try:
                    cleaned: Cleaned = clean(tree.read(path), file)
                except ValueError as error:
                    problems.append(Problem(path, 0, "bad-image", str(error), "convert the picture"))
                    continue
                known = (cache.store_bytes(cleaned.data), cleaned.width, cleaned.height)
                cache.put(row, encode(known))
            address = f"images/{file}"
            pictures[file] = Picture(file, address, known[1], known[2])
            files[address] = known[0]
    return pictures, files, problems


def _site(archive: Index, config: Config, tree: Tree, cache: Cache) -> tuple[SiteCard, dict[str, Digest], list[Problem]]:
    """The site card, and the theme's assets under names that carry their digest."""
    theme, problems = read_theme(tree.root, config.theme)
    names = digest("theme", *(part for name in sorted(theme.templates) for part in (name, theme.templates[name])))
    row = cache.key("theme", names, encode(theme.template_paths))
    known: tuple[Problem, ...] | None = cache.row(row, tuple[Problem, ...])
    if known is None and not problems:
        known = tuple(Theme(theme.templates, theme.template_paths).problems())
        cache.put(row, encode(known))
    problems = [*problems, *(known or ())]
    assets: dict[str, str] = {}
    files: dict[str, Digest] = {}
    for name, data in sorted(theme.assets.items()):
        stem, dot, ending = name.rpartition(".")
        address = f"assets/{stem if dot else name}.{digest_of(data).hex()[:12]}{dot}{ending if dot else ''}"
        assets[name], files[address] = address, cache.store_bytes(data)
    nav = tuple(Link(title, address) for title, address in navigation(archive))
    policies = []
    for name in ("corrections", "verification", "ownership"):
        path = getattr(config.policies, name)
        if path is None:
            continue
        key = ("pages", path.strip("/"))
        if key not in archive.heads:
            hint = "name a page of content/pages by its path, without `.md`"
            problems.append(Problem(config_room.PATH, 0, "unknown-id", f"the policy {name!r} names no page: {path!r}", hint))
        elif archive.is_public(key):
            policies.append((name, Link(archive.heads[key].card.title, address_of(key))))
    feed = FEED if config.outputs.feeds else ""
    card = SiteCard(
        config.title, config.description or "", config.lang, config.base_url, base_path(config.base_url), nav, tuple(policies), feed,
        config.calendars, assets,
    )  # fmt: skip
    return card, files, problems


def _link_problems(archive: Index, pages: list[Page], files: Mapping[str, Digest], cache: Cache) -> list[Problem]:
    """Links of bodies to addresses that do not exist, and to anchors that do not."""
    known = {page.address for page in pages} | set(files)
    out = []
    for key, head in archive.heads.items():
        for one in head.references:
            if one.kind != "address" or not one.id.startswith(("/", "#")):
                continue
            target = one.id.split("#")[0].split("?")[0].lstrip("/")
            leads_to = key if one.id.startswith("#") else key_of_address(one.id)
            page = archive.heads.get(leads_to) if leads_to else None
            if page is None and target not in known and f"{target}/" not in known:
                hint = did_you_mean(f"/{target}", [f"/{address}" for address in known], "link a page that exists")
                out.append(Problem(one.path, one.line, "broken-link", f"the link {one.id!r} leads to nothing", hint))
            elif page is not None and not _has_anchor(page, one.id.partition("#")[2], cache):
                hint = "an anchor is the id of a claim, note, heading (its words with hyphens) or image (`image-ID`)"
                out.append(Problem(one.path, one.line, "broken-link", f"the page has no anchor for {one.id!r}", hint))
    return out


def _clashes(archive: Index, pages: list[Page], files: Mapping[str, Digest], keep: tuple[str, ...]) -> list[Problem]:
    """Two pages or files that would lie in one place, whatever the case of their letters, or one in the other's way.

    The file is named that asks for the address: by `redirect_from` before by its own name, for that is what can be mended.
    """
    asking: dict[str, str] = {address_of(key): head.path for key, head in archive.heads.items()}
    asking |= {place: head.path for head in archive.heads.values() for old in head.redirect_from for place in (old, f"{old}/")}
    owners: dict[str, str] = {}
    out = []

    def taken(address: str, message: str) -> None:
        hint = "rename one of them, or correct `redirect_from`"
        out.append(Problem(asking.get(address, config_room.PATH), 0, "address-taken", message, hint))

    places = [(output_path(page.address), page.address) for page in pages] + [(address, address) for address in files]
    for path, address in places:
        place = path.casefold()
        if place in owners:
            taken(address, f"/{address} and /{owners[place]} would lie in one place")
        owners[place] = address
        if any(place == kept.strip("/").casefold() or place.startswith(kept.strip("/").casefold() + "/") for kept in keep):
            taken(address, f"/{address} lies in what `keep` says is not ours")
    for place, address in owners.items():
        parts = place.split("/")
        for n in range(1, len(parts)):
            if (above := "/".join(parts[:n])) in owners:
                taken(address, f"/{address} would lie within the file /{owners[above]}")
    return out


def _has_anchor(head: Head, id: str, cache: Cache) -> bool:
    """Whether a page has the anchor; those of mentions (`p-…`), which follow from all place names, are taken on trust."""
    if not id or id.startswith("p-"):
        return True
    if isinstance(head.card, ArticleCard):
        article: Article = cache.value(head.value, Article)
        images = {f"image-{element.id}" for element in article.elements if element.kind == "image"}
        return id in images | {anchor.id for anchor in article.anchors} | {e.id for e in article.elements if e.kind == "heading"}
    entry: Entry = cache.value(head.value, Entry)
    return any(element.kind == "heading" and element.id == id for element in entry.elements)
