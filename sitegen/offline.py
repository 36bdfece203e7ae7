"""The offline edition: a built site as a zip that can be unpacked and read from its folder, without a network and without a server."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen import installed
from sitegen.cache import open_cache
from sitegen.exports.offline import Site, is_kept, page, readme, stylesheet
from sitegen.model.problem import Fault
from sitegen.model.site import SiteCard
from sitegen.output import own_files
from sitegen.packing import Pack, base_of, packing, pieces_of, refuse_within
from sitegen.survey import Options, sound, survey_of
from sitegen.survey.state import of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent

README, FOLDER = "README.txt", "site/"
_PAGES, _SHEETS = (".html", ".htm"), (".css",)


class Edition(NamedTuple):
    """What was written: pages among files, and the bytes of the zip."""

    pages: int
    files: int
    bytes: int


def refuse(root: Path, output: Path, file: Path) -> None:
    """Raises Fault where an edition cannot stand: in what it is made from."""
    refuse_within(root, file)
    if file.resolve().is_relative_to(output.resolve()):
        raise Fault(f"{file} lies within the site {output}, of which it is made; choose another place")


def edition(root: Path, output: Path, file: Path, options: Options, progress: Progress = silent) -> Edition:
    """Makes a zip of the site of the archive at `root`, as a build with these options has left it in `output`. The same site makes the same
    bytes on the same day. Raises Fault where it cannot be read or written."""
    refuse(root, output, file)
    card = _card(root, options)
    own = own_files(output)
    every = frozenset(own)
    kept = [path for path in own if is_kept(path, every)]
    site = Site(card.base_url, frozenset(kept), every - frozenset(kept))
    pages = 0
    base = f"{base_of(file)}/"
    with packing(file) as pack:
        about = readme(card, options.today, f"sitegen {installed.version()}")
        pack.put(f"{base}{README}", [about], len(about))
        for number, path in enumerate(kept):
            progress("Packing", number, len(kept))
            pages += path.endswith(_PAGES)
            _put(pack, f"{base}{FOLDER}", path, output / path, site)
    return Edition(pages, len(kept), file.stat().st_size)


def _put(pack: Pack, base: str, path: str, place: Path, site: Site) -> None:
    if path.endswith(_PAGES):
        data = page(place.read_bytes(), path, site)
    elif path.endswith(_SHEETS):
        text = place.read_bytes().decode("utf-8", "surrogateescape")
        data = stylesheet(text, path, site).encode("utf-8", "surrogateescape")
    else:
        pack.put(f"{base}{path}", pieces_of(place), place.stat().st_size)
        return
    pack.put(f"{base}{path}", [data], len(data))


def _card(root: Path, options: Options) -> SiteCard:
    """What every page shows of the site."""
    with open_cache(root) as cache:

        def read(tree: Tree) -> SiteCard:
            survey = survey_of(tree, cache, options)
            sound(survey)
            assert survey.site is not None
            return survey.site

        card = of_one_state(root, cache, read)
        cache.commit()
        return card
