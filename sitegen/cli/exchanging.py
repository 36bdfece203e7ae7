"""The commands that exchange annotations with other programs."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.cli.shell import FINE, PROBLEMS, SOURCE, guarded, main, options, out_option
from sitegen.terminal import Bar, printed, say


@main.group("annotations")
def group() -> None:
    """Exchange notes and claims with other programs, as W3C Web Annotations (docs/exchange.md)."""


@group.command(short_help="Give what is annotated here as W3C Web Annotations.")
@click.argument("articles", nargs=-1)
@SOURCE
@out_option("it is printed")
@guarded
def export(articles: tuple[str, ...], source: Path, out: Path | None) -> int:
    """Give claims, notes, citations and corrections of mentions as W3C Web Annotations: of all articles, or of ARTICLES (ids or files).

    For editors: drafts, and what awaits an editor or is left to do, are among them.
    """
    from sitegen.exchange import exported

    with Bar() as bar:
        found = exported(source, options(), articles, bar.show)
    text = printed(found)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8", newline="\n")
        say(f"{found['total']} annotations: {out}")
    return FINE


@group.command("import", short_help="Take in the annotations of other programs, as proposals.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@SOURCE
@click.option("--article", default="", help="The article (id or file) of annotations whose address is none of this archive's.")
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
@guarded
def import_(files: tuple[Path, ...], source: Path, article: str, dry_run: bool) -> int:
    """Take in annotations: W3C Web Annotations, exports of Hypothesis, Recogito and TEI Publisher.

    Each is tied to the exact words of its article and becomes a proposal, which readers do not see until an editor has judged it. What
    cannot be taken is told, and the exit code is then 1; the rest is taken all the same.
    """
    from sitegen.cli.changing import ended
    from sitegen.exchange import receive

    with Bar() as bar:
        found = receive(source, files, options(), article, dry_run=dry_run, progress=bar.show)
    for one in found.untaken:
        named = f" ({one.of.id})" if one.of.id else ""
        say(f"{one.file}: annotation {one.of.number}{named} is not taken: {one.why}{f'; {one.hint}' if one.hint else ''}", err=True)
    told = [f"{put.path}: {put.proposals} proposal{'' if put.proposals == 1 else 's'}" for put in found.put]
    if found.known:
        told.append(f"{found.known} {'is' if found.known == 1 else 'are'} there already.")
    code = ended(found.changes, found.problems, told, dry_run=dry_run)
    return PROBLEMS if found.untaken else code
