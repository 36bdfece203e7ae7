"""The command line: arguments, exit codes, and what is printed. Nothing else."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Self

import click

from sitegen import __version__
from sitegen.clock import today
from sitegen.model.problem import Fault, Problem
from sitegen.model.visible import visible

FINE, PROBLEMS, USAGE, OURS, MACHINE = 0, 1, 2, 3, 4
"""The exit codes (DESIGN section 3)."""
INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal."""

PATIENCE = 1.0
"""Seconds without a progress bar."""

_SOURCE = click.option(
    "--source",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    show_default="this folder",
    help="The archive's folder.",
)


def _guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turns what a command returns or raises into an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options)
        except Fault as fault:
            _say(f"sitegen: {fault}", err=True)
            code = MACHINE
        except OSError as error:
            _say(f"sitegen: {error.filename or ''}: {error.strerror or error}", err=True)
            code = MACHINE
        except MemoryError:
            click.echo("sitegen: the machine has too little memory for this; `--jobs 1` takes less", err=True)
            code = MACHINE
        except KeyboardInterrupt:
            click.echo("sitegen: interrupted", err=True)
            code = INTERRUPTED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and is told as such
            import traceback

            for line in traceback.format_exc().splitlines():
                _say(line, err=True)
            _say(f"sitegen: a fault of ours ({type(error).__name__}); please report it with the lines above", err=True)
            code = OURS
        sys.exit(code)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """A static site generator for an annotated article archive."""


@main.command()
@_SOURCE
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where the site is written.  [default: public/ in the archive]"
)
@click.option("--base-url", help="Where the site will be published; overrides sitegen.yaml.")
@click.option("--drafts", is_flag=True, help="Also drafts, future pages, and what awaits an editor. Not for publishing.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
@click.option("--verify", is_flag=True, help="Build all of it again from nothing, and compare every byte.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@_guarded
def build(source: Path, output: Path | None, base_url: str | None, drafts: bool, jobs: int | None, verify: bool, as_json: bool) -> int:
    """Build the site. A build that finds errors leaves the earlier site as it is."""
    from sitegen import build as room
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    folder = output if output is not None else source / "public"
    options = Options(today(), _site(base_url), drafts, jobs or default_jobs())
    with _Bar() as bar:
        report = room.build(source, folder, options, bar.show)
    if as_json:
        shown = {**report._asdict(), "reused": report.reused, "problems": [problem.record() for problem in report.problems]}
        if verify and not report.failed:
            shown["differs"] = room.verify(source, folder, options)
        click.echo(_json(shown))
        return PROBLEMS if report.failed else OURS if shown.get("differs") else FINE
    _print(report.problems)
    if report.forgetful:
        click.echo(f"the store .sitegen/ cannot be written ({report.forgetful}): the next build makes all of this again", err=True)
    if report.failed:
        _say(_count(report.problems) + ". Nothing was written; the earlier site is as it was.", err=True)
        return PROBLEMS
    for path in report.held:
        _say(
            f"{path}: its claims and sources are held back until an editor has checked them "
            "(set `review: {state: checked}`, or `publish: {unchecked: all}` in sitegen.yaml)"
        )
    if report.hidden:
        _say(f"not published (draft, not yet due, or expired): {', '.join(report.hidden)}")
    _say(
        f"{report.pages} pages: {report.rendered} rendered, {report.reused} reused; {report.written} files written, "
        f"{report.removed} removed; {report.seconds:.2f} s: {folder}/index.html"
    )
    return _verified(room.verify(source, folder, options)) if verify else FINE


@main.command()
@_SOURCE
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; another than this one opens the drafts to the network."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes any that is free.")
@click.option("--base-url", help="Where the site will be published; overrides sitegen.yaml.")
@click.option("--poll", is_flag=True, help="Look for changes twice a second, where the system tells of none (network drives).")
@_guarded
def serve(source: Path, host: str, port: int, base_url: str | None, poll: bool) -> int:
    """Show the site while it is edited: save a file, see the page. Drafts are shown; nothing is written but the store."""
    from sitegen.serve import serve as room
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    with _Bar() as bar:
        options = Options(today(), _site(base_url), drafts=True, jobs=default_jobs())
        room(source.resolve(), options, host, port, _say, poll=poll, progress=bar.show)
    return FINE


@main.command()
@_SOURCE
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True, help="How to print them."
)
@_guarded
def check(source: Path, form: str) -> int:
    """Find what is wrong with the archive, without building it."""
    from sitegen.check import check as room
    from sitegen.survey import Options

    problems = room(source, Options(today()))
    if form == "json":
        click.echo(_json([problem.record() for problem in problems]))
    elif form == "github":
        for problem in problems:
            text = _escaped(f"{problem.message}. {problem.hint}")
            path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
            click.echo(f"::{problem.severity} file={path},line={max(problem.line, 1)},title={problem.code}::{text}")
    else:
        _print(problems)
        _say(_count(problems) + ".")
    return PROBLEMS if any(problem.severity == "error" for problem in problems) else FINE


@main.command()
@click.argument("page")
@_SOURCE
@click.option("--base-url", help="As the site was built with.")
@click.option("--drafts", is_flag=True, help="As the site was built with.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@_guarded
def explain(page: str, source: Path, base_url: str | None, drafts: bool, as_json: bool) -> int:
    """Tell what PAGE is made from, and why the next build will render it anew, or the last one did.

    PAGE is an address (places/kyiv/), a file of the archive (content/places/kyiv.md) or of the site.
    """
    from sitegen.explain import explain as room
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    found = room(source, page, Options(today(), _site(base_url), drafts, default_jobs()))
    if as_json:
        click.echo(_json(found._asdict()))
        return FINE
    _say(f"/{found.address} is made from")
    for what, where in found.made_from:
        _say(f"  {what}: {where}")
    if found.changed is None:
        _say(f"{found.since[:1].upper()}{found.since[1:]} had no such page, or is not known.")
    elif not found.changed:
        _say(f"Nothing of it has changed since {found.since}: it is as it was.")
    else:
        when = "The next build renders it anew" if found.since == "the last build" else "The last build rendered it anew"
        _say(f"{when}. Since {found.since} these have changed:")
        for part in found.changed:
            _say(f"  {part}")
    return FINE


@main.command()
@_SOURCE
@click.option("--prove", is_flag=True, help="Read every row and hold it against its checksum; a damaged store is dropped.")
@click.option("--trim", is_flag=True, help="Remove what a build of the archive as it now is would not ask for.")
@click.option("--base-url", help="As the site is built with: what is kept is what such a build needs.")
@click.option("--drafts", is_flag=True, help="As the site is built with.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@_guarded
def cache(source: Path, prove: bool, trim: bool, base_url: str | None, drafts: bool, as_json: bool) -> int:
    """Tell how large the store .sitegen/ is; prove it; trim it. It only saves time: it may be removed whenever no build runs."""
    from sitegen import trim as room
    from sitegen.survey import Options

    if not (source / ".sitegen").is_dir():
        raise Fault(f"there is no store in {source}: no build has run here yet")
    told: dict[str, Any] = {}
    if prove:
        told["damaged"] = room.damaged(source)
    if trim:
        with _Bar() as bar:
            before, _ = room.trim(source, Options(today(), _site(base_url), drafts), bar.show)
        told["before"] = before.bytes
    told |= room.size(source)._asdict()
    if as_json:
        click.echo(_json(told))
    else:
        for damage in told.get("damaged", ()):
            click.echo(f"damaged: {damage}", err=True)
        if prove:
            click.echo("It was dropped; the next build fills it again." if told["damaged"] else "Every row is what was written.")
        if trim:
            click.echo(f"Trimmed from {told['before'] / 1e6:.1f} MB.")
        click.echo(f"{source / '.sitegen'}: {told['bytes'] / 1e6:.1f} MB; {told['facts']} results and values, {told['pages']} pages")
    return MACHINE if told.get("damaged") else FINE


@main.command("import")
@click.argument("seeds", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@_SOURCE
@click.option("--calendar", help="The calendar that counts the article's days.")
@click.option("--reader", help="MODULE:FUNCTION that proposes sources, places and claims in place of the rules (docs/importing.md).")
@click.option("--gazetteer", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="A gazetteer in place of the one shipped.")
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@_guarded
def import_(
    seeds: tuple[Path, ...], source: Path, calendar: str | None, reader: str | None, gazetteer: Path | None, dry_run: bool, as_json: bool
) -> int:
    """Make an article from each raw file, with what it says, who says it and where. What an editor has changed is never overwritten."""
    from sitegen.importer import import_seeds

    with _Bar() as bar:
        results = import_seeds(source, seeds, calendar, reader=reader, gazetteer=gazetteer, dry_run=dry_run, progress=bar.show)
    if as_json:
        click.echo(_json([result.record for result in results if result.record is not None]))
    for result in results:
        _print(result.problems)
        for line in () if as_json else result.lines:
            _say(line)
    return PROBLEMS if any(problem.severity == "error" for result in results for problem in result.problems) else FINE


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_guarded
def init(folder: Path) -> int:
    """Begin an archive in FOLDER."""
    from sitegen.editor import begin

    made = begin(folder)
    for path in made:
        _say(f"made {path}")
    _say(f"Put a raw article into {folder}/seeds/, then: sitegen import --source {folder} {folder}/seeds/NAME.txt")
    return FINE


def _site(base_url: str | None) -> str | None:
    """The site's address as the settings would have it. Raises UsageError where it is none."""
    from sitegen.content.forms import FORMS

    try:
        return FORMS["site"](base_url) if base_url is not None else None
    except ValueError as error:
        raise click.UsageError(f"--base-url: {error}") from error


class _Bar:
    """A progress bar, on a terminal, for what takes over a second."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.bar: Any = None
        self.what = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def show(self, what: str, done: int, total: int) -> None:
        """Shows how far a piece of work is."""
        if time.monotonic() - self.started < PATIENCE or not sys.stderr.isatty():
            return
        if what != self.what:
            self.end()
            self.what = what
            steps = max(1, total // 200)
            self.bar = click.progressbar(length=total, label=f"{what:16}", file=sys.stderr, show_pos=True, update_min_steps=steps)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def end(self) -> None:
        if self.bar is not None:
            self.bar.update(self.bar.length - self.bar.pos)
            self.bar.__exit__(None, None, None)
            self.bar = None


def _verified(different: list[str]) -> int:
    if not different:
        _say("Verified: a build from nothing gives the same bytes.")
        return FINE
    for path in different:
        _say(f"differs from a build from nothing: {path}", err=True)
    _say("This is a fault of ours: please report it. Removing .sitegen/ and building again mends the site.", err=True)
    return OURS


def _say(line: str, *, err: bool = False) -> None:
    """Prints one line. All but JSON and what GitHub reads passes here: names and words from files may hold anything."""
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"  # a closed one is None
    click.echo(visible(line).encode(encoding, "backslashreplace").decode(encoding), err=err)


def _print(problems: tuple[Problem, ...] | list[Problem]) -> None:
    for line in (line for problem in problems for line in problem.lines()):
        _say(line, err=True)


def _count(problems: tuple[Problem, ...] | list[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _escaped(text: str) -> str:
    """Text inside a workflow command of GitHub, where a line's end would begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
