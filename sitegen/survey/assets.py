"""What is published beside the pages: the pictures that they show, the files of the theme; and the card of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen import config as config_room
from sitegen.archive.index import Index, address_of
from sitegen.archive.plan import FEED, navigation
from sitegen.cache import Cache
from sitegen.exports.images import FORMATS, PIXEL_LIMIT, Cleaned, clean
from sitegen.model.article import Card, Key, PictureCard
from sitegen.model.box import Box
from sitegen.model.digest import Digest, digest_of, encode
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.model.site import Link, SiteCard
from sitegen.theme import Theme, theme_of
from sitegen.tree import Tree, read_theme
from sitegen.urls import base_path


def pictures(archive: Index, boxes: Iterable[Box], tree: Tree, cache: Cache) -> tuple[dict[Key, Digest], dict[str, Digest], list[Problem]]:
    """The cards of the pictures that public pages show, and no others; and their files, made ready: address -> digest of the bytes."""
    cards: dict[Key, Digest] = {}
    files: dict[str, Digest] = {}
    problems: list[Problem] = []
    for page, is_shown, shown in _showing(archive, boxes):
        for file in shown:
            path = f"content/images/{file}"
            if path not in tree.digests:
                hint = "put it there, or set `file: null`"
                problems.append(Problem(page, 0, "missing-image", f"there is no picture {path!r}", hint))
                continue
            card = PictureCard(file, f"images/{file}", 0, 0)
            if not is_shown or card.key in cards:
                continue
            row = cache.key("picture", file, tree.digests[path])
            known: tuple[Digest, Digest] | None = cache.row(row, tuple[Digest, Digest])
            if known is None:
                try:
                    cleaned: Cleaned = clean(tree.read(path), file)
                except ValueError as error:
                    hint = f"export it anew ({', '.join(FORMATS)}; at most {PIXEL_LIMIT:,} pixels)"
                    problems.append(Problem(path, 0, "bad-image", str(error), hint))
                    continue
                data: Card = PictureCard(file, card.address, cleaned.width, cleaned.height)
                known = (cache.store(data), cache.store_bytes(cleaned.data))
                cache.put(row, encode(known))
            cards[card.key], files[card.address] = known
    return cards, files, problems


def _showing(archive: Index, boxes: Iterable[Box]) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    """The files that name pictures, whether these are published, and which they are."""
    for key, head in archive.heads.items():
        yield head.path, archive.status[key] == "public", head.images
    for box in boxes:
        yield from box.pictures


def site_card(archive: Index, config: Config, tree: Tree, cache: Cache) -> tuple[SiteCard, Theme, dict[str, Digest], list[Problem]]:
    """The site card, the theme, and its assets under names that carry their digest."""
    layers, problems = read_theme(tree, config.theme)
    theme = theme_of(tuple(layers.templates.items()), tuple(layers.template_paths.items()))
    row = cache.key("theme", theme.digest, encode(theme.paths))
    known: tuple[Problem, ...] | None = cache.row(row, tuple[Problem, ...])
    if known is None and not problems:
        known = theme.problems
        cache.put(row, encode(known))
    problems = [*problems, *(known or ())]
    assets: dict[str, str] = {}
    files: dict[str, Digest] = {}
    for name, data in sorted(layers.assets.items()):
        stem, dot, ending = name.rpartition(".")
        address = f"assets/{stem if dot else name}.{digest_of(data).hex()[:12]}{dot}{ending if dot else ''}"
        assets[name], files[address] = address, cache.store_bytes(data)
    nav = tuple(Link(title, address) for title, address in navigation(archive))
    policies = []
    for name in ("corrections", "verification", "ownership"):
        path = getattr(config.policies, name)
        if path is None:
            continue
        key = f"pages/{path.strip('/')}"
        if key not in archive.heads:
            hint = "name a page of content/pages by its path, without `.md`"
            problems.append(Problem(config_room.PATH, 0, "unknown-id", f"the policy {name!r} names no page: {path!r}", hint))
        elif archive.status[key] == "public":
            policies.append((name, Link(archive.heads[key].card.title, address_of(key))))
    feed = FEED if config.outputs.feeds else ""
    card = SiteCard(
        config.title, config.description or "", config.lang, config.base_url, base_path(config.base_url), nav, tuple(policies), feed,
        config.calendars, assets,
    )  # fmt: skip
    return card, theme, files, problems
