"""The commands for single pages: which there are, what they leave to do, a new one, another name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.shell import FINE, PROBLEMS, SOURCE, archive_above, guarded, main, options
from sitegen.terminal import Bar, changed, printed, say, tell

if TYPE_CHECKING:
    from sitegen.model.kinds import Kind
    from sitegen.moving import Moved

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")


def _pages(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids that a shell may complete."""
    from sitegen.model.kinds import KINDS

    given = context.params.get("source")
    root = given or archive_above(Path()) or Path()
    keys = (
        kind.key(path.relative_to(root / kind.folder).with_suffix("").as_posix() if kind.is_nested else path.stem)
        for kind in KINDS.values()
        for path in (root / kind.folder).rglob("*.md")
    )
    return sorted(key for key in keys if key.startswith(begun))


@main.command("list")
@click.argument("kind")
@SOURCE
@click.option("--unused", is_flag=True, help="Only those that no article leads to and no file names.")
@click.option("--uncited", is_flag=True, help="Only those that no article leads to.")
@click.option("--unplaced", is_flag=True, help="Only places without a location.")
@click.option("--todo", is_flag=True, help="Only those whose file leaves something to do.")
@click.option("--review", default="", help="Only those of this state: imported, in-work, checked.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True, help="How they are printed."
)
@guarded
def list_(kind: str, source: Path, unused: bool, uncited: bool, unplaced: bool, todo: bool, review: str, form: str) -> int:
    """List the pages of a KIND (places, topics, sources, claims, articles, pages), by what is left to do with them."""
    from sitegen import listing

    rows = listing.listed(source, _kind(kind), listing.Wanted(unused, unplaced, uncited, todo, review), options())
    if form == "json":
        click.echo(printed([row._asdict() for row in rows]))
    elif form == "csv":
        click.echo(listing.as_csv(rows), nl=False)
    else:
        for row in rows:
            about = [row.title, f"{row.articles} article{'' if row.articles == 1 else 's'}"] if _kind(kind).is_subject else [row.title]
            about += [row.review] if row.review else []
            about += [f"{row.undecided} undecided"] if row.undecided else []
            about += [f"{row.todos - row.undecided} to do"] if row.todos > row.undecided else []
            say(f"{row.id}: {', '.join(about)}")
        say(f"{len(rows):,} {_kind(kind).singular if len(rows) == 1 else kind}.")
    return FINE


@main.command()
@click.argument("paths", nargs=-1)
@SOURCE
@click.option(
    "--which", is_flag=True, help="Also the sentences without a claim, of every article; those of an article at PATHS are always told."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How it is printed.")
@guarded
def coverage(paths: tuple[str, ...], source: Path, which: bool, form: str) -> int:
    """Tell how many sentences bear a claim: of all, of those with a number, of those that tell who says it.

    Of all articles, or of those at PATHS (files or folders, as the archive has them: content/articles/NAME.md).
    """
    from sitegen.cli import measures
    from sitegen.coverage import covered

    with Bar() as bar:
        found = covered(source, options(), paths, which=which, progress=bar.show)
    if form == "json":
        click.echo(printed(measures.record(found)))
        return FINE
    for line in measures.told(found):
        say(line)
    return FINE


@main.command()
@click.argument("kind")
@click.argument("name")
@click.option("--kind", "category", default="", help="What kind of place, topic, source or claim it is.")
@SOURCE
@guarded
def new(kind: str, name: str, category: str, source: Path) -> int:
    """Begin the page of a new place, topic, source, claim, article or free page: sitegen new place "Kyiv" --kind city."""
    from sitegen import listing

    path, open_keys = listing.begun(source, _kind(kind), name, category)
    say(f"{path} is made." + (f" Still to be written: {', '.join(open_keys)}." if open_keys else ""))
    return FINE


def _kind(name: str) -> Kind:
    """A kind by its name, in singular or plural."""
    from sitegen.model.kinds import KINDS

    found = next((kind for kind in KINDS.values() if name in (kind.plural, kind.singular)), None)
    if found is None:
        raise click.BadParameter(f"there is no kind {name!r}; one of: {', '.join(KINDS)}")
    return found


@main.command()
@click.argument("old", shell_complete=_pages)
@click.argument("new")
@SOURCE
@_DRY_RUN
@guarded
def rename(old: str, new: str, source: Path, dry_run: bool) -> int:
    """Give the page OLD the id NEW (places/kiev places/kyiv), in every file that names it.

    Its old address leads to the new one. Nothing else in the files changes, and nothing at all if the archive would then have errors.
    """
    from sitegen import moving

    return _moved(moving.rename(source, old, new, options(), dry_run=dry_run), dry_run=dry_run)


@main.command()
@click.argument("old", shell_complete=_pages)
@click.argument("into", shell_complete=_pages)
@SOURCE
@_DRY_RUN
@guarded
def merge(old: str, into: str, source: Path, dry_run: bool) -> int:
    """Make one page of two: what names OLD names INTO, which takes over its names, addresses and what it does not say itself."""
    from sitegen import moving

    return _moved(moving.merge(source, old, into, options(), dry_run=dry_run), dry_run=dry_run)


@main.command()
@click.argument("id", shell_complete=_pages)
@SOURCE
@guarded
def where(id: str, source: Path) -> int:
    """Tell every place where files name the page ID (kyiv, places/kyiv)."""
    from sitegen import moving

    for use in moving.where(source, id, options()):
        say(f"{use.path}:{use.line}")
    return FINE


@main.command("format")
@click.argument("paths", nargs=-1)
@SOURCE
@_DRY_RUN
@click.option("--check", is_flag=True, help="Write nothing, and exit 1 where a file would change.")
@guarded
def format_(paths: tuple[str, ...], source: Path, dry_run: bool, check: bool) -> int:
    """Lay out the metadata of all files alike, or of those at PATHS (files or folders): keys in their order, blanks, empty lines.

    What the values say, comments, and every word below the metadata stay as they are.
    """
    from sitegen.cli.changing import shown_changes
    from sitegen.formatting import formatted

    found = formatted(source, paths, write=not (dry_run or check))
    tell(found.problems)
    if dry_run:
        shown_changes(found.changes)
    elif check:
        for change in found.changes:
            say(change.path)
    say(changed(len(found.changes), is_written=not (dry_run or check)))
    return PROBLEMS if found.problems or (check and found.changes) else FINE


@main.command("merge-driver")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[BASE OURS THEIRS [PATH]]")
@click.option("--source", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="With --install: a folder of the clone.")
@click.option("--install", "is_installed", is_flag=True, help="Have this clone's Git ask it for content files.")
@click.option("--marker-size", "size", type=click.IntRange(min=3), default=7, show_default=True, help="Signs that mark a conflict.")
@click.option("--ours-name", default="", help="What our side is called where a conflict is marked.  [default: ours]")
@click.option("--theirs-name", default="", help="What their side is called there.  [default: theirs]")
@guarded
def merge_driver(files: tuple[Path, ...], source: Path, is_installed: bool, size: int, ours_name: str, theirs_name: str) -> int:
    """Merge a content file that two have changed, for Git: keys and entries by what they are, the words below them by lines.

    OURS becomes the merge of the two. Where both changed the same it marks a conflict and exits 1. Git runs it once `--install` was run
    in a clone.
    """
    from sitegen import mergedriver as room

    if is_installed:
        if files:
            raise click.UsageError("--install takes no files")
        for line in room.install(source) or ["All of it is there already."]:
            say(line)
        return FINE
    if len(files) not in (3, 4):
        raise click.UsageError("give BASE OURS THEIRS, and the PATH of the file in the archive; or --install")
    names = [
        default if name in ("", unknown) else name for name, unknown, default in ((ours_name, "%X", "ours"), (theirs_name, "%Y", "theirs"))
    ]
    base, ours, theirs, *path = files
    found = room.merge(base, ours, theirs, (path or [ours])[0].as_posix(), (names[0], names[1]), size)
    for told in found.told:
        say(f"{(path or [ours])[0]}: {told}", err=True)
    return FINE if found.is_clean else PROBLEMS


def _moved(found: Moved, *, dry_run: bool) -> int:
    from sitegen.cli.changing import ended

    return ended(found.changes, found.problems, found.told, dry_run=dry_run)
