"""Writes the files under `/data/`: the database from the rows of the archive, all others from the database.

They follow from what was gathered. Where the output has them, nothing is done; else the database is written, and each file of which a table
that it reads has other rows, in pieces and beside the output; those that turn out to be as they were stay.
"""

from __future__ import annotations

from pathlib import Path

from sitegen import archivedb
from sitegen.cache import Cache
from sitegen.model.opendata import DataFile, DataFiles, Laid
from sitegen.model.problem import Fault
from sitegen.opendata.files import BY_NAME, CATALOGUE, DATABASE, DESCRIPTIONS, FILES, FOLDER, NAMES, catalogued, inputs_of
from sitegen.opendata.tables import VERSION
from sitegen.opendata.types import About, File
from sitegen.output import Output
from sitegen.survey.gathering import Gathered, tables
from sitegen.tree import Stamp
from sitegen.workers import Progress, silent

_LARGE = 4 * 1024 * 1024
"""Bytes of a database from which on a second worker is worth its start."""
_LONG = frozenset(["articles.jsonl", "annotations.jsonld"])
"""Each of these, which go through the articles one by one, takes about as long as all the others."""


def data_files(of: Gathered, cache: Cache, output: Output, jobs: int, progress: Progress = silent) -> DataFiles:
    """The files of open data; those that the output has not are laid beside it."""
    known = cache.recall(DataFiles, VERSION, of)
    if known is not None and all(output.has(FOLDER + one.file.name, one.digest) for one in known.files):
        return known
    progress("Writing open data", 0, len(BY_NAME))
    place = output.place_for(FOLDER + DATABASE)
    try:
        return _made(of, cache, output, place, jobs)
    except (archivedb.Error, OSError) as error:
        raise Fault(f"{FOLDER} could not be written ({error}); the earlier output is untouched") from error


def _made(of: Gathered, cache: Cache, output: Output, place: Path, jobs: int) -> DataFiles:
    """Makes all files; the database at its place first."""
    place.unlink(missing_ok=True)
    contents = archivedb.write(place, tables(cache, of))
    others = {file.name: file for file in (*FILES, *DESCRIPTIONS) if file.name != DATABASE}
    known = [cache.recall(Laid, *inputs_of(file, of.about, contents)) for file in others.values()]
    kept = [one for one in known if one is not None and output.has(FOLDER + one.file.name, one.digest)]
    missing = [file for file in others.values() if file.name not in {one.file.name for one in kept}]
    lots = [[file] for file in missing if file.name in _LONG]
    if short := [file for file in missing if file.name not in _LONG]:
        lots.append(short)

    def write(lot: int) -> list[tuple[Laid, Stamp | None]]:
        with archivedb.reading(place) as asked:  # in its own process; to open a database takes as long as to write a small file
            return [_laid(output, of.about, asked, file) for file in lots[lot]]

    jobs = jobs if place.stat().st_size > _LARGE else 1
    found = [one for some in cache.spread(write, range(len(lots)), jobs, few=2, chunk=1) for one in some]
    for laid, _ in found:
        cache.remember(laid, *inputs_of(others[laid.file.name], of.about, contents))
    found += [(laid, None) for laid in kept]
    with archivedb.reading(place) as asked:
        counts = asked.counts()
    found.append(_settled(output, DATABASE, -1))
    found.sort(key=lambda one: NAMES.index(one[0].file.name))
    output.place_for(FOLDER + CATALOGUE).write_bytes(catalogued(of.about, [laid.file for laid, _ in found], counts))
    found.append(_settled(output, CATALOGUE, -1))
    for laid, stamp in found:
        if stamp is not None:
            output.take(FOLDER + laid.file.name, stamp)
        else:
            output.confirm(FOLDER + laid.file.name, laid.digest)
    out = DataFiles(tuple(laid for laid, _ in found), tuple(counts.items()), tuple(contents.items()))
    cache.remember(out, VERSION, of)
    return out


def _laid(output: Output, about: About, asked: archivedb.Reading, file: File) -> tuple[Laid, Stamp | None]:
    assert file.write is not None
    asked.only(file.reads)
    with output.place_for(FOLDER + file.name).open("wb") as out:
        for piece in file.write(asked, about):
            out.write(piece)
    return _settled(output, file.name, asked.count(file.rows) if file.rows else -1)


def _settled(output: Output, name: str, rows: int) -> tuple[Laid, Stamp | None]:
    digest, size, stamp = output.settle(FOLDER + name)
    return Laid(DataFile(name, size, rows), digest), stamp
