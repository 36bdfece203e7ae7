"""The open data of the archive as it is edited: made when somebody asks for it, for that takes long in a large archive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sitegen.archive.plan import DATA
from sitegen.build import render
from sitegen.cache import Cache
from sitegen.datafiles import data_files
from sitegen.output import Output
from sitegen.serve.site import Site
from sitegen.survey import with_data
from sitegen.survey.gathering import gathered


class OpenData:
    """The files of one state of an archive, in a folder of their own, and the page that tells of them."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._page = b""

    def page(self, site: Site, cache: Cache) -> bytes:
        """The page of the open data."""
        self._make(site, cache)
        return self._page

    def file(self, site: Site, cache: Cache, address: str) -> bytes | None:
        """The file at an address; None where there is none."""
        self._make(site, cache)
        place = Path(self._made) / address
        return place.read_bytes() if place.is_file() else None

    @property
    def _made(self) -> str:
        assert self._folder is not None
        return self._folder.name

    def _make(self, site: Site, cache: Cache) -> None:
        if self._site is site:
            return
        if self._folder is not None:
            self._folder.cleanup()
        self._site, self._folder = None, tempfile.TemporaryDirectory(prefix="sitegen-data-")
        output = Output(Path(self._folder.name), (), cache.outputs)
        output.open(site.tree.root)
        try:
            of = gathered(cache, site.archive, site.survey.boxes, site.config, 1)
            made = data_files(of, cache, output, 1)
            output.finish({f"{DATA}{one.file.name}": one.digest for one in made.files})
            page = next(one for one in with_data(site.survey, made, cache).pages if one.address == DATA)
            html = render(cache, page, site.card, site.theme, site.view, site.archive.cards)[0]
            assert html is not None  # it is what lies beside a page that may not be
            self._page = html
        finally:
            output.abandon()
            cache.let_go()
        self._site = site
