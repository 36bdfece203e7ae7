"""The archive that is tortured: invented notices of an invented harbour, and the ways in which editors change them.

A state of it is its files, path -> bytes; an edit gives another state and says what it did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

State = Mapping[str, bytes]
Edit = Callable[[Random, State], tuple[str, State]]

ARTICLES = 12
STEMS = [f"notice-{number:02d}" for number in range(1, ARTICLES + 3)]
"""Two more than there are at first."""
PLACES = {"ansel": "Port Ansel", "merrow": "Merrow", "upper-merrow": "Upper Merrow", "quay": "Quay"}
NAMES = {
    "ansel": ["Port Ansel", "Ansel"],
    "merrow": ["Merrow", "Lower Merrow"],
    "upper-merrow": ["Upper Merrow", "Nether Quay"],
    "quay": ["Quay", "Old Quay"],
}
"""What a place may come to be called: names that contain each other, so that one renaming moves mentions of another."""
SENTENCES = [
    "Port Ansel was calm.", "At Upper Merrow and Merrow the ferry waited.", "The Harbour Office said 12 boats were lost.",
    "Some 7 barges lay at Old Quay.", "Nether Quay and Lower Merrow saw *nothing*.", "## Later", "Ansel’s boats came in.", "Nobody came.",
]  # fmt: skip
FRONTS = [
    "", "", "", "draft: true\n", "publish_from: 1911-07-15\n", "expires: 1911-07-15\n", "display: excerpts\n", "display: metadata\n",
    "review: {state: imported}\n", "withdrawn: {date: 1911-07-02, reason: By request.}\n",
]  # fmt: skip
DAYS = {"1911-07-10": "-1845244800", "1911-07-20": "-1844380800"}
"""The day of a build -> SOURCE_DATE_EPOCH."""
CLAIMS = {"12 boats": "boats", "7 barges": "boats"}
_CONFIG = "title: {title}\nbase_url: https://x.org/{base}\ntheme: {theme}\ncalendars: {{strike: {{epoch: 1911-07-01, first_day: {first}}}}}\n{more}"
CONFIGS = [
    _CONFIG.format(title="Harbour", base="", theme="bare", first=0, more=""),
    _CONFIG.format(title="Harbour notices", base="", theme="bare", first=0, more=""),
    _CONFIG.format(title="Harbour", base="repo/", theme="mine", first=1, more="publish: {unchecked: all}\n"),
    _CONFIG.format(title="Harbour", base="", theme="bare", first=1, more="outputs: {feeds: false, json: false}\n"),
]
TEMPLATES = (
    "article",
    "place",
    "topic",
    "source",
    "day",
    "list",
    "timeline",
    "home",
    "page",
    "tombstone",
    "redirect",
    "differs",
    "search",
    "data",
    "map",
    "checks",
    "404",
)
BARE = {"theme.yaml": "", "templates/base.html": "<!doctype html>{% block main %}{{ page }}{{ site }}{% endblock %}"}
BARE |= {f"templates/{name}.html": "{% extends 'base.html' %}" for name in TEMPLATES}
"""A theme that is read at once, and shows all that a page is given. The claims' template is another of `THEMES`."""
_CLAIM = "{% extends 'base.html' %}{% block main %}{{ page.title }}{% include 'extra.html' %}{{ super() }}{% endblock %}"
THEMES = {
    "themes/mine/templates/claim.html": ["", "{% extends 'base.html' %}{% block main %}{{ page.title }}{% endblock %}"],
    "themes/bare/templates/claim.html": ["{% extends 'base.html' %}", _CLAIM],
    "themes/bare/templates/extra.html": ["{{ site.title }}", "<p>{{ site.title }}</p>"],
    "themes/bare/assets/style.css": ["", "body { margin: 0 }"],
}
"""What the files of the themes may hold; where it is nothing, the file is not there."""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
"""A grey pixel."""


def path_of(stem: str) -> str:
    return f"content/articles/{stem}.md"


def article(stem: str, title: str, front: str, body: list[str]) -> bytes:
    """An article of some sentences, with a claim for each figure in them."""
    text = "\n\n".join(body)
    claims = "".join(f'- {{quote: "{quote}", source: office, claim: {claim}}}\n' for quote, claim in CLAIMS.items() if quote in text)
    date = f"date: 1911-07-{int(stem[-2:]) % 5 + 10:02d}\ncalendar: strike\n"
    return f"---\ntitle: {title}\n{date}{front}{'claims:' if claims else ''}\n{claims}---\n{text}\n".encode()


def seeded(stem: str, body: list[str]) -> dict[str, bytes]:
    """An article that is proved against its seed, and the seed."""
    seed = "\n".join([f"Seeded {stem}", *body]).replace("*", "").replace("## ", "").encode()
    front = f"seed: {{path: seeds/{stem}.txt, sha256: {hashlib.sha256(seed).hexdigest()}}}\n"
    return {f"seeds/{stem}.txt": seed, path_of(stem): article(stem, f"Seeded {stem}", front, body)}


def place(name: str) -> bytes:
    where = (
        f"location: {{lat: 54.{len(name)}, lon: 10}}\n" if name != "Quay" else ""
    )  # a place that is renamed moves, for its maps are then others
    return f"---\nname: {name}\nkind: town\n{where}---\nA place. See [[boats]].\n".encode()


def first() -> State:
    """The archive that every history begins with."""
    chance = Random(0)
    out = {path_of(stem): article(stem, f"Notice {stem}", "", body_of(chance)) for stem in STEMS[:ARTICLES]}
    out |= seeded(STEMS[1], SENTENCES[:4])
    out[path_of(STEMS[2])] = pictured(STEMS[2])
    out[path_of(STEMS[3])] = article(STEMS[3], "Held", "review: {state: imported}\n", SENTENCES[2:4])
    out |= {f"content/places/{stem}.md": place(name) for stem, name in PLACES.items()}
    out["content/sources/office.md"] = b"---\nname: The Harbour Office\nkind: government\n---\n"
    out["content/claims/boats.md"] = b"---\ntitle: Boats lost\nkind: quantity\n---\n"
    out["content/images/dot.png"] = PICTURE
    out["content/articles/stray.txt"] = b"What is said of this file must be said at every build."
    out["themes/mine/theme.yaml"] = b"extends: plain\n"
    out |= {f"themes/bare/{path}": text.encode() for path, text in BARE.items()}
    out |= {path: texts[1].encode() for path, texts in THEMES.items() if path.startswith("themes/bare/templates/")}
    out["sitegen.yaml"] = CONFIGS[0].encode()
    return out


def themed() -> list[State]:
    """States of the archive with each of its themes."""
    path = "themes/mine/templates/claim.html"
    mine = {**first(), "sitegen.yaml": CONFIGS[2].encode()}
    return [mine, {**mine, path: THEMES[path][1].encode()}, first()]


def body_of(chance: Random) -> list[str]:
    return chance.sample(SENTENCES, chance.randint(1, 4))


def pictured(stem: str) -> bytes:
    front = "images: [{id: dot, caption: A dot near Port Ansel, file: dot.png}]\n"
    return article(stem, "Pictured", front, ["![](image:dot)", SENTENCES[0]])


def lay(root: Path, before: State, after: State) -> None:
    """Writes what differs between two states."""
    for path, data in after.items():
        if before.get(path) != data:
            where = root / path
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_bytes(data)
    for path in before.keys() - after.keys():
        (root / path).unlink()


def _plain(chance: Random, state: State) -> str:
    """The path of an article that is there, other than the proved one."""
    return chance.choice([path for path in sorted(state) if path.endswith(".md") and "/articles/" in path and path != path_of(STEMS[1])])


def _stem(path: str) -> str:
    return Path(path).stem


def _body(chance: Random, state: State) -> tuple[str, State]:
    path = _plain(chance, state)
    text = article(_stem(path), f"Notice {_stem(path)}", chance.choice(FRONTS), body_of(chance))
    return f"rewrites {path}", {**state, path: text}


def _title(chance: Random, state: State) -> tuple[str, State]:
    path = _plain(chance, state)
    title = chance.choice(["Notice", "Report", "A longer notice"])
    lines = state[path].decode().splitlines(keepends=True)
    lines[1] = f"title: {title} {_stem(path)}\n"
    return f"titles {path} {title!r}", {**state, path: "".join(lines).encode()}


def _place(chance: Random, state: State) -> tuple[str, State]:
    stem = chance.choice(sorted(NAMES))
    path = f"content/places/{stem}.md"
    name = chance.choice([name for name in NAMES[stem] if place(name) != state.get(path)])
    return f"calls the place {stem} {name!r}", {**state, path: place(name)}


def _no_place(chance: Random, state: State) -> tuple[str, State]:
    path = f"content/places/{chance.choice(sorted(NAMES))}.md"
    return f"removes {path}", {one: data for one, data in state.items() if one != path}


def _config(chance: Random, state: State) -> tuple[str, State]:
    number = chance.choice([n for n, text in enumerate(CONFIGS) if text.encode() != state["sitegen.yaml"]])
    return f"sets configuration {number}", {**state, "sitegen.yaml": CONFIGS[number].encode()}


def _theme(chance: Random, state: State) -> tuple[str, State]:
    path = chance.choice(sorted(THEMES))
    text = next(text for text in THEMES[path] if text.encode() != state.get(path, b""))
    rest = {one: data for one, data in state.items() if one != path}
    return f"changes {path}", {**rest, path: text.encode()} if text else rest


def _add(chance: Random, state: State) -> tuple[str, State]:
    missing = [stem for stem in STEMS if path_of(stem) not in state]
    if not missing:
        return _remove(chance, state)
    stem = chance.choice(missing)
    return f"adds {stem}", {**state, path_of(stem): article(stem, f"Notice {stem}", "", body_of(chance))}


def _remove(chance: Random, state: State) -> tuple[str, State]:
    path = _plain(chance, state)
    return f"removes {path}", {one: data for one, data in state.items() if one != path}


def _seed(chance: Random, state: State) -> tuple[str, State]:
    body = body_of(chance)
    return f"proves {STEMS[1]} with {len(body)} sentences", {**state, **seeded(STEMS[1], body)}


def _broken(chance: Random, state: State) -> tuple[str, State]:
    path = _plain(chance, state)
    text = article(_stem(path), "Broken", 'annotations: [{quote: "words that are not there", kind: context, note: No.}]\n', body_of(chance))
    return f"breaks {path}", {**state, path: text}


EDITS: list[tuple[Edit, float]] = [
    (_body, 3), (_title, 2), (_place, 2), (_no_place, 0.5), (_config, 2), (_theme, 2), (_add, 1), (_remove, 1), (_seed, 1), (_broken, 0.4),
]  # fmt: skip
"""With how often each is made."""


def edited(chance: Random, state: State) -> tuple[str, State]:
    """One edit."""
    edit: Edit = chance.choices([edit for edit, _ in EDITS], [weight for _, weight in EDITS])[0]
    return edit(chance, state)


def resized(chance: Random, state: State) -> tuple[str, State]:
    """An edit that leaves a file's size as it was; gives its path."""
    path = chance.choice([path for path in sorted(state) if b"Notice" in state[path] or b"Report" in state[path]])
    data = state[path]
    swapped = data.replace(b"Notice", b"Report") if b"Notice" in data else data.replace(b"Report", b"Notice")
    return path, {**state, path: swapped}
