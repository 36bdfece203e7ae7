"""What is published beside the pages: the pictures that they show, the files of the theme; and the card of the site."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache, partial

from sitegen import config as config_room
from sitegen.archive.index import Index, address_of
from sitegen.archive.nearby import located
from sitegen.archive.plan import FEED, SEARCH, navigation
from sitegen.cache import Memory
from sitegen.cache.bytecode import beside_program
from sitegen.content import frontmatter
from sitegen.exports import scans
from sitegen.exports.images import FORMATS, PIXEL_LIMIT, Cleaned, clean
from sitegen.exports.socialcard import NAMES, type_of
from sitegen.model.article import Key, Leaf, PictureCard
from sitegen.model.atlas import Maps
from sitegen.model.base import Value
from sitegen.model.box import Box
from sitegen.model.digest import Digest, digest_of
from sitegen.model.kinds import ARTICLES, PAGES, subjects
from sitegen.model.problem import Problem
from sitegen.model.records import Config
from sitegen.model.site import Link, SiteCard
from sitegen.model.speech import Cldr, Language
from sitegen.packaged import base_map, catalogue, common_layer, theme_layers, themes
from sitegen.speech.cldr import cldr_of, direction_of
from sitegen.theme import POPUP, Theme, theme_of
from sitegen.theme.layers import merged
from sitegen.theme.settings import chosen
from sitegen.theme.stylesheets import published
from sitegen.tree import STATIC, Tree
from sitegen.urls import base_path, is_inside

LARGE_SIDE, LARGE_SIZE = 2_560, 1_000_000
"""Pixels and bytes beyond which a picture is larger than any page shows it: the widest column, on a screen of two pixels to one."""


def pictures(
    archive: Index, boxes: Iterable[Box], tree: Tree, memory: Memory
) -> tuple[dict[Key, Digest], dict[str, Digest], list[Problem]]:
    """The cards of the pictures that public pages show, and no others; and their files, made ready: address -> digest of the bytes."""
    cards: dict[Key, Digest] = {}
    files: dict[str, Digest] = {}
    problems: list[Problem] = []
    for page, is_shown, shown in _showing(archive, boxes):
        for file in shown:
            path = f"content/images/{file}"
            if path not in tree.digests:
                hint = "put it there, or correct the name; of a picture that the archive does not hold, set `file: null`"
                line = frontmatter.line_of(tree.read(page), page, file)
                problems.append(Problem(page, line, "missing-image", f"there is no picture {path!r}", hint))
                continue
            address = f"images/{file}"
            if not is_shown or address in cards:
                continue
            made = memory.memo(picture, file, tree.digests[path])
            if made.problem:
                problems.append(Problem(path, 0, "bad-image", made.problem, made.hint))
                continue
            cards[address] = made.card
            files.update(made.files)
            if made.large:
                line = frontmatter.line_of(tree.read(page), page, file)
                problems.append(Problem(page, line, "image-large", f"{path} is {made.large}", "export it smaller", "warning"))
    return cards, files, problems


class Picture(Value, frozen=True):
    """A picture made ready: the digest of its card, and its files, address and digest; or why it cannot be published, and what to do.
    `large`: how it is larger than any page shows it."""

    card: Digest
    files: tuple[tuple[str, Digest], ...]
    problem: str = ""
    hint: str = ""
    large: str = ""


def picture(memory: Memory, file: str, digest: Digest) -> Picture:
    """The picture `content/images/FILE`; of a PDF file its pages."""
    data = memory.file(f"content/images/{file}", digest)
    is_pdf = file.lower().endswith(scans.ENDING)
    try:
        made = scans.pages(data) if is_pdf else (clean(data, file),)
    except scans.NoReader:
        get = "`python -m pip install 'pypdfium2>=5,<6'` in a terminal, then `sitegen vendor` where a host builds the site"
        hint = f"install it ({get}), or export the pages as pictures and list these under `file`"
        return Picture(Digest(b""), (), "a library is needed to show the pages of a PDF file, and is not installed", hint)
    except ValueError as error:
        kinds = f"export it anew ({', '.join(FORMATS)}; at most {PIXEL_LIMIT:,} pixels)"
        return Picture(Digest(b""), (), str(error), "export the pages as pictures, and list these under `file`" if is_pdf else kinds)
    addresses = [f"images/{file}/{number}.jpg" for number in range(1, len(made) + 1)] if is_pdf else [f"images/{file}"]
    named = list(zip(addresses, made, strict=True))
    card = memory.keep(PictureCard(file, tuple(Leaf(address, one.width, one.height) for address, one in named)))
    files = tuple((address, memory.keep_bytes(one.data)) for address, one in named)
    return Picture(card, files, large="" if is_pdf else _large(made[0]))  # pages are drawn as large as is right


def _large(cleaned: Cleaned) -> str:
    """How a picture is larger than any page shows it."""
    side, size = max(cleaned.width, cleaned.height), len(cleaned.data)
    return f"{side:,} pixels long" if side > LARGE_SIDE else f"{size / 1e6:.1f} MB" if size > LARGE_SIZE else ""


def wrong_with(_: Memory, theme: Theme) -> tuple[Problem, ...]:
    """What is wrong with a theme."""
    return theme.problems


def wrong_fonts(_: Memory, theme: Theme, fonts: tuple[tuple[str, Digest], ...]) -> tuple[str, ...]:
    """What is wrong with the fonts of social cards, which are those of the digests."""
    lacking = [name for name in NAMES if name not in dict(fonts)]
    if lacking:
        return (f"social cards are asked for, and the theme has no {', '.join(f'cards/{name}' for name in lacking)}",)
    try:
        type_of(theme.fonts)
    except ValueError as error:
        return (str(error),)
    return ()


def cldr(_: Memory, tag: str) -> Cldr:
    """How a language writes dates, numbers and lists."""
    return cldr_of(tag)


def direction(_: Memory, tag: str) -> str:
    """How a language runs."""
    return direction_of(tag)


def _showing(archive: Index, boxes: Iterable[Box]) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    """The files that name pictures, whether these are published, and which they are."""
    for key, head in archive.heads.items():
        yield head.path, archive.status[key] == "public", head.images
    for box in boxes:
        yield from box.pictures


def of_static(tree: Tree, archive: Index, boxes: Iterable[Box], published: Container[str]) -> tuple[dict[str, str], list[Problem]]:
    """The files that are published as they are: address -> file. None takes the place of another file, or lies at the address of a page
    that readers may not see; whether a page lies there is told with all other clashes."""
    files: dict[str, str] = {}
    problems: list[Problem] = []
    paths = tree.below(STATIC)
    unseen = dict(_unseen(archive, boxes)) if paths else {}
    for path in paths:
        address = path.removeprefix(f"{STATIC}/")
        if not is_inside(address):
            hint = "rename it"
            problems.append(Problem(path, 0, "bad-file-name", "the file's name cannot be an address on every system", hint))
        elif address in published:
            problems.append(Problem(path, 0, "address-taken", f"the program publishes another file as /{address}", "rename it"))
        elif page := next((unseen[one] for one in _at(address) if one in unseen), None):
            message = f"it would lie at the address of a page that readers may not see ({page})"
            problems.append(Problem(path, 0, "static-unpublished", message, "move it, or publish the page"))
        else:
            files[address] = path
    return files, problems


def _unseen(archive: Index, boxes: Iterable[Box]) -> Iterator[tuple[str, str]]:
    """The pages that readers may not see: address, without its last slash, and file."""
    yield from ((address_of(key).rstrip("/"), head.path) for key, head in archive.heads.items() if archive.status[key] == "hidden")
    for box in boxes:
        hidden = set(box.hidden)
        yield from ((ARTICLES.key(stem), path) for stem, path in box.files if path in hidden)


def _at(address: str) -> Iterator[str]:
    """The address of a file, and those of the folders that it lies in."""
    parts = address.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def site_card(archive: Index, config: Config, tree: Tree, memory: Memory) -> tuple[SiteCard, Theme, dict[str, Digest], list[Problem]]:
    """The site card, the theme, and its assets under names that carry their digest."""
    settings = tree.read(config_room.PATH)
    asked = config_room.PATH, config_room.line_of(settings, "theme")
    below = {path: file for path, file in common_layer().items() if config.outputs.search or path.startswith("templates/")}
    layers, problems = merged(config.theme, asked, partial(theme_layers, tree), themes(tree), below)
    spoken, messages = catalogue(config.lang)
    language = Language(spoken, messages, memory.memo(cldr, spoken))
    fonts = {name: data for name, (_, data) in sorted(layers.cards.items()) if name in NAMES} if config.outputs.cards else {}
    theme = theme_of(
        tuple(layers.templates.items()),
        tuple(layers.paths.items()),
        language,
        tuple(fonts.items()),
        base_map()[0] if config.outputs.maps else b"",
        beside_program(),
    )
    if not problems:
        problems = [*memory.memo(wrong_with, theme)]
    assets, found = published(layers.assets)
    problems += found
    choice, found = chosen(layers.settings, config.theme_settings, asked[0], partial(config_room.line_of, settings, "theme_settings"))
    problems += found
    card_fonts = tuple((name, digest_of(data)) for name, data in fonts.items())
    if config.outputs.cards:
        wrong = memory.memo(wrong_fonts, theme, card_fonts)
        line = config_room.line_of(settings, "outputs", "cards")
        problems += [
            Problem(config_room.PATH, line, "card-fonts", one, "take `cards` out, or choose a theme that has them") for one in wrong
        ]
    files = {asset.address: memory.keep_bytes(asset.data) for _, asset in sorted(assets.items())}
    maps = _maps(archive, config, files, memory)
    nav = tuple(Link(title, address) for title, address in navigation(archive))
    policies = []
    for name in ("corrections", "verification", "ownership"):
        path = getattr(config.policies, name)
        if path is None:
            continue
        key = PAGES.key(path.strip("/"))
        if key not in archive.heads:
            hint = "name a page of content/pages by its path, without `.md`"
            line = config_room.line_of(settings, "policies", name)
            problems.append(Problem(config_room.PATH, line, "unknown-id", f"the policy {name!r} names no page: {path!r}", hint))
        elif archive.status[key] == "public":
            policies.append((name, Link(archive.heads[key].card.title, address_of(key))))
    feed = FEED if config.outputs.feeds else ""
    card = SiteCard(
        title=config.title,
        description=config.description or "",
        lang=config.lang,
        base_url=config.base_url,
        base=base_path(config.base_url),
        # an archive of free pages alone has no list of articles to lead to; one that has nothing yet will have articles
        sections=tuple(
            kind.plural
            for kind in (ARTICLES, *subjects())
            if archive.public(kind.plural) or (kind is ARTICLES and (archive.articles or not archive.public(PAGES.plural)))
        ),
        nav=nav,
        policies=tuple(policies),
        feed=feed,
        calendars=config.calendars,
        assets={name: asset.address for name, asset in sorted(assets.items())},
        direction=memory.memo(direction, config.lang),
        language=language,
        data=config.outputs.json,
        card_fonts=card_fonts,
        popups=POPUP in theme.templates,
        settings=choice,
        search=SEARCH if config.outputs.search else "",
        maps=maps,
    )
    return card, theme, files, problems


def _maps(archive: Index, config: Config, files: dict[str, Digest], memory: Memory) -> Maps | None:
    """What maps are made from, where they are; the base map of their page is one more of the files."""
    if not config.outputs.maps:
        return None
    earth, world = base_map()
    tiles, has_page, base = config.map.tiles, bool(located(archive)), ""
    if has_page:
        found = memory.keep_bytes(world)
        base = f"assets/world.{found.hex()[:8]}.json"
        files[base] = found
    return Maps(_digest_of(earth), config.map.borders, (tiles.url, tiles.credit) if tiles else ("", ""), has_page, base)


@lru_cache(maxsize=1)
def _digest_of(earth: bytes) -> Digest:
    return digest_of(earth)
