"""Makes an archive of the documentation, whose free pages it is, and builds it: `python -m tools.docs_site FOLDER [ADDRESS]`.

Each file of `docs/` becomes a free page at its path, and the README the home page. What changes on the way is said here: the first heading
becomes the title, links between files become addresses of pages, pictures lie beside the page as files, comments are left out.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from posixpath import dirname, join, normpath

from sitegen.build import Report, build
from sitegen.clock import today
from sitegen.model.problem import Fault
from sitegen.survey import Options

ROOT = Path(__file__).parent.parent
README, INDEX = "README.md", "/README"
NAV = ("tutorial", "how-to", "editing", "publishing", "problems", "comparison")
"""What stands in the menu, in order; all else is led to from the home page and from these."""
SETTINGS = """title: sitegen
base_url: {base_url}
lang: en
description: How an annotated archive of articles is made, kept and published.
outputs: {{data: false, feeds: false, maps: false, cards: false}}
"""
RENAMED = {"data": "data-beside-pages", "search": "searching", "reference/page": "reference/free-page"}
"""Pages that cannot have the address of their file: the program's own pages have it."""
COMMENT = re.compile(r"^[ ]*<!--.*?-->[ ]*\n", re.M | re.S)
LINK = re.compile(
    r"(?P<code>^(?P<indent> *)(?P<fence>```+).*?^ *(?P=fence)`*[ ]*$)"  # code is left as it is, whatever it holds
    r"|(?P<picture>!?)\[(?P<text>(?:`[^`\n]+`|[^\[\]]|\[[^\[\]]*\])*)\]\((?P<to>[^)\s]+)\)"
    r"|`[^`\n]+`",
    re.M | re.S,
)


class Site:
    """The archive of the documentation at `root`: its files as they are written, what else of the repository they lead to besides."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))

    def write(self) -> None:
        for name in (README, *self.files):
            stem = stem_of(name)
            title, body = self.page(name)
            order = f"nav: {NAV.index(stem) + 1}\n" if stem in NAV else ""
            place = self.root / f"content/pages/{stem}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n{order}---\n{body}", encoding="utf-8")

    def page(self, name: str) -> tuple[str, str]:
        """The title and the body of a file."""
        text = COMMENT.sub("", (ROOT / name).read_text(encoding="utf-8"))
        heading, _, body = text.partition("\n")
        if not heading.startswith("# "):
            raise Fault(f"{name}: it does not begin with its title (`# …`)")
        return heading.removeprefix("# ").replace("`", ""), LINK.sub(lambda found: self.link(found, name), body)

    def link(self, found: re.Match[str], name: str) -> str:
        """A link, or a picture, as the page has it."""
        to, _, anchor = (found["to"] or "").partition("#")
        anchor = anchor.strip("-")  # of "missing-…" a repository's page has "missing-", and a site's has "missing"
        if ":" in to or found["to"] is None:
            return found[0]
        if not to:
            return f"[{found['text']}](#{anchor})"
        path = normpath(join(dirname(name), to))
        if path in (README, *self.files):
            address = f"/{stem_of(path)}/".replace("/index/", "/")
        elif (ROOT / path).is_file() and path.startswith("docs/"):
            address = f"images/{path.rpartition('/')[2]}" if found["picture"] else f"/{path.removeprefix('docs/')}"
            place = self.root / (f"content/{address}" if found["picture"] else f"static{address}")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, place)
        elif (ROOT / path).exists():
            return found["text"]  # of the repository, and not of the site
        else:
            raise Fault(f"{name}: {found['to']} leads to no file")
        sign = "#" if anchor else ""
        return f"{found['picture']}[{found['text']}]({address}{sign}{anchor})"


def stem_of(name: str) -> str:
    """The stem of the page of a file.

    >>> stem_of("docs/how-to/correct.md"), stem_of("docs/how-to/README.md"), stem_of("README.md")
    ('how-to/correct', 'how-to', 'index')
    """
    stem = name.removeprefix("docs/").removesuffix(".md").removesuffix(INDEX)
    return "index" if name == README else RENAMED.get(stem, stem)


def made(folder: Path, output: Path, base_url: str = "https://example.org/") -> Report:
    """The archive of the documentation in `folder`, built into `output`."""
    for name in ("content", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitegen.yaml").write_text(SETTINGS.format(base_url=base_url), encoding="utf-8")
    Site(folder).write()
    return build(folder, output, Options(today=today()))


def main() -> int:
    folder = Path(sys.argv[1])
    report = made(folder, folder / "public", *sys.argv[2:])
    for problem in report.problems:
        print(problem)
    print(f"{report.pages} pages in {folder / 'public'}")
    return int(report.failed)


if __name__ == "__main__":
    sys.exit(main())
