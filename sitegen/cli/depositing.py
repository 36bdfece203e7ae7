"""The commands by which an archive is given to those who keep it: how it is cited, and all of it as a bag."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from sitegen.cli.shell import FINE, PROBLEMS, SOURCE, guarded, main, options, out_option
from sitegen.cli.site import FEW, site_of
from sitegen.clock import today
from sitegen.terminal import Bar, count, say, tell

if TYPE_CHECKING:
    from sitegen.exports.citing import Form

_FORMS = ("cff", "datacite", "bibtex")


@main.command()
@SOURCE
@click.option("--format", "form", type=click.Choice(_FORMS), default="cff", show_default=True, help="Of which format.")
@out_option("it is printed")
@guarded
def cite(source: Path, form: str, out: Path | None) -> int:
    """Tell how the archive as a whole is cited, by `citation` in sitegen.yaml. What the format needs and is not written there is told as
    missing: nothing is made up."""
    from sitegen.citing import cited

    found = cited(source, cast("Form", form), options())
    tell(found.problems)
    if found.failed:
        return PROBLEMS
    if out is None:
        click.echo(found.text, nl=False)
    else:
        out.write_text(found.text, encoding="utf-8", newline="\n")
        say(f"The citation of the archive: {out}")
    return FINE


@main.command()
@click.argument("name", required=False)
@SOURCE
@out_option("one of that name, here")
@click.option("--base-url", help="Where the site is published; overrides sitegen.yaml.")
@guarded
def export(name: str | None, source: Path, out: Path | None, base_url: str | None) -> int:
    """Write one file of the open data: NAME is that of a file under /data/, or of a table with the ending .parquet. Without a NAME: list
    what there is.

    What readers of the site may see is in it, and nothing else.
    """
    from sitegen.exporting import export as room
    from sitegen.exporting import names
    from sitegen.opendata.files import BY_NAME
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    if name is None:
        for one in names():
            click.echo(f"{one:26} {BY_NAME[one].about}" if one in BY_NAME else one)
        return FINE
    if name not in names():
        raise click.UsageError(f"there is no {name!r} among the open data: `sitegen export` without a name lists what there is")
    place = out or Path(name)
    with Bar() as bar:
        size = room(source, name, place, Options(today(), site_of(base_url), jobs=default_jobs()), bar.show)
    say(f"{size:,} bytes: {place}")
    return FINE


@main.command()
@click.argument("target", metavar="FILE-OR-FOLDER", type=click.Path(path_type=Path))
@SOURCE
@click.option("--base-url", help="Where the site is published; overrides sitegen.yaml.")
@guarded
def bag(target: Path, source: Path, base_url: str | None) -> int:
    """Make a bag of the archive, for those who are to keep it (BagIt 1.0): seeds, content and settings, the site built from them, the
    program, and the digests of all of it.

    A name that ends in .zip makes a zip; any other a folder, which must not be there or be empty. All of the archive is in it, drafts too.
    """
    from sitegen.bagging import bag as room
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    with Bar() as bar:
        done = room(source, target, Options(today(), site_of(base_url), jobs=default_jobs()), bar.show)
    if done.report.failed:
        tell(done.report.problems)
        say(count(done.report.problems) + ". No bag was made.", err=True)
        return PROBLEMS
    for problem in done.lacking:
        say(f"left out: {problem.message} ({problem.path}:{problem.line})")
    for paths in done.alike[:FEW]:
        say(f"some systems take these for one file: {', '.join(paths)}")
    say(f"{done.files} files, {done.bytes / 1e6:.1f} MB: {target}. All of the archive is in it, drafts too.")
    return FINE
