"""The command that makes articles of raw files."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.cli.shell import FINE, PROBLEMS, SOURCE, guarded, main
from sitegen.terminal import Bar, printed, say, tell


@main.command("import")
@click.argument("seeds", nargs=-1, required=True, type=click.Path(path_type=Path))
@SOURCE
@click.option("--calendar", help="The calendar that counts the article's days.")
@click.option("--reader", help="MODULE:FUNCTION that proposes sources, places and claims in place of the rules (docs/importing.md).")
@click.option(
    "--reader-command", metavar="COMMAND", help="A program with its arguments that does so, from the text and to its answer as JSON."
)
@click.option("--gazetteer", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="A gazetteer in place of the one shipped.")
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@guarded
def import_(
    seeds: tuple[Path, ...],
    source: Path,
    calendar: str | None,
    reader: str | None,
    reader_command: str | None,
    gazetteer: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make an article from each raw file, or from each article in it, with what it says, who says it and where; of a folder from each file
    in it. What an editor has changed is never overwritten."""
    from sitegen.importer import import_seeds

    if reader and reader_command:
        raise click.UsageError("--reader and --reader-command exclude each other")
    options = {"reader": reader, "reader_command": reader_command}
    with Bar() as bar:
        results = import_seeds(source, seeds, calendar, **options, gazetteer=gazetteer, dry_run=dry_run, progress=bar.show)
    if as_json:
        click.echo(printed([result.record for result in results if result.record is not None]))
    for result in results:
        tell(result.problems)
        for line in () if as_json else result.lines:
            say(line)
    return PROBLEMS if any(problem.severity == "error" for result in results for problem in result.problems) else FINE
