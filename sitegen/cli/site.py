"""The commands that make the site, show it, and tell what is wrong with it and what it is made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sitegen.cli.shell import FINE, MACHINE, OURS, PROBLEMS, SOURCE, guarded, main
from sitegen.clock import today
from sitegen.model.problem import Fault
from sitegen.model.rules.rule import GROUPS, Group
from sitegen.packing import is_zip
from sitegen.terminal import Bar, count, printed, say, tell

FEW = 5
"""Files that are named without `--verbose`."""
SHORT = 8
"""Signs that a password must have."""


@main.command()
@SOURCE
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where the site is written.  [default: public/ in the archive]"
)
@click.option("--base-url", help="Where the site will be published; overrides sitegen.yaml.")
@click.option("--drafts", is_flag=True, help="Also drafts, future pages, and what awaits an editor. Not for publishing.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
@click.option("--verify", is_flag=True, help="Build all of it again from nothing, and compare every byte.")
@click.option("--preview", is_flag=True, help="Ask search engines to leave the site out: for previews.")
@click.option("--no-search", is_flag=True, help="Without the search page and its index, whatever sitegen.yaml says.")
@click.option(
    "--offline-edition",
    metavar="FILE.zip",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also a zip of the site that can be read from its folder, without a server.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--verbose", is_flag=True, help="Name every file of which something is held back.")
@guarded
def build(
    source: Path,
    output: Path | None,
    base_url: str | None,
    drafts: bool,
    jobs: int | None,
    verify: bool,
    offline_edition: Path | None,
    as_json: bool,
    no_search: bool,
    preview: bool,
    verbose: bool,
) -> int:
    """Build the site. A build that finds errors leaves the earlier site as it is."""
    if offline_edition is not None and not is_zip(offline_edition):
        raise click.UsageError("--offline-edition: the name of a zip ends in .zip")
    from sitegen import build as room
    from sitegen import offline
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    folder = output if output is not None else source / "public"
    options = Options(today(), site_of(base_url), drafts, jobs or default_jobs(), search=not no_search, preview=preview)
    if offline_edition is not None:
        offline.refuse(source, folder, offline_edition)
    made = None
    with Bar() as bar:
        report = room.build(source, folder, options, bar.show)
        if offline_edition is not None and not report.failed:
            made = offline.edition(source, folder, offline_edition, options, bar.show)
    if as_json:
        shown = {**report._asdict(), "reused": report.reused, "problems": [problem.record() for problem in report.problems]}
        if made is not None:
            shown["offline_edition"] = made._asdict()
        if verify and not report.failed:
            shown["differs"] = room.verify(source, folder, options)
        click.echo(printed(shown))
        return PROBLEMS if report.failed else OURS if shown.get("differs") else FINE
    tell(report.problems)
    if report.forgetful:
        click.echo(f"the store .sitegen/ cannot be written ({report.forgetful}): the next build makes all of this again", err=True)
    if report.failed:
        say(count(report.problems) + ". Nothing was written; the earlier site is as it was.", err=True)
        return PROBLEMS
    for what, paths in (
        ("claims and sources are held back until an editor has checked them (`review: {state: checked}`)", report.held),
        ("entries that await an editor are held back (their `review` or `todo`)", report.awaiting),
        ("not published: a draft, not yet due, expired, not checked yet, or proposed and not judged (its `todo`)", report.hidden),
    ):
        _kept_back(what, paths, is_told=verbose)
    if report.unlisted:
        addresses = f"{report.unlisted} address{'es are' if report.unlisted != 1 else ' is'}"
        say(f"{addresses} not in urls.lock yet: `sitegen urls --accept` before you publish keeps them for good")
    say(
        f"{report.pages} pages: {report.rendered} rendered, {report.reused} reused; {report.written} files written, "
        f"{report.removed} removed; {report.seconds:.2f} s: {folder}/index.html"
    )
    if made is not None:
        say(f"offline edition: {made.pages} pages among {made.files} files, {made.bytes / 1e6:.1f} MB: {offline_edition}")
    return _verified(room.verify(source, folder, options)) if verify else FINE


@main.command()
@SOURCE
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; another than this one opens the drafts to the network."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes any that is free.")
@click.option("--base-url", help="Where the site will be published; overrides sitegen.yaml.")
@click.option("--poll", is_flag=True, help="Look for changes twice a second, where the system tells of none (network drives).")
@click.option("--desk", is_flag=True, help="Also edit in the browser: judge what an import proposes, annotate, keep places and sources.")
@click.option("--password-file", type=click.Path(dir_okay=False, path_type=Path), help="With --desk and --host: a file with its password.")
@guarded
def serve(source: Path, host: str, port: int, base_url: str | None, poll: bool, desk: bool, password_file: Path | None) -> int:
    """Show the site while it is edited: save a file, see the page. Drafts are shown; nothing is written but the store, and by --desk what
    you do there."""
    if password_file is not None and not desk:
        raise click.UsageError("--password-file needs --desk")
    from sitegen.serve import serve as room
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    with Bar() as bar:
        options = Options(today(), site_of(base_url), drafts=True, jobs=default_jobs())
        password = _password(password_file) if password_file is not None else None
        room(source.resolve(), options, host, port, say, poll=poll, desk=desk, password=password, progress=bar.show)
    return FINE


def _kept_back(what: str, paths: Sequence[str], *, is_told: bool) -> None:
    """Tells what readers do not see: of a few files by name, of many by their number."""
    if not paths:
        return
    if len(paths) == 1:
        say(f"{what}: {paths[0]}")
    elif not is_told and len(paths) > FEW:
        say(f"{what}: {len(paths)} files (--verbose names them)")
    else:
        for line in (f"{what}: {len(paths)} files:", *(f"  {path}" for path in paths)):
            say(line)


def _password(file: Path) -> str:
    """What a file of one line says."""
    try:
        words = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"{file} cannot be read: {error}") from error
    if len(words) < SHORT:
        raise Fault(f"{file}: a password has {SHORT} signs or more")
    return words


@main.command()
@SOURCE
@click.option("--group", "groups", type=click.Choice(GROUPS), multiple=True, help="Only the checks of this group, all of them.")
@click.option("--all", "every", is_flag=True, help="Also the checks that are off by default (docs/problems.md).")
@click.option("--external", is_flag=True, help="Also ask addresses on the web whether they answer; remembered for a week.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True, help="How to print them."
)
@click.option("--fix", "is_fixed", is_flag=True, help="First mend what needs no judgement; tell what was mended, and the rest.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the changes as a diff, and write nothing.")
@guarded
def check(source: Path, groups: tuple[Group, ...], every: bool, external: bool, form: str, is_fixed: bool, dry_run: bool) -> int:
    """Find what is wrong with the archive, without building it."""
    if dry_run and not is_fixed:
        raise click.UsageError("--dry-run needs --fix")
    from sitegen.check import check as room
    from sitegen.check.external import Internet
    from sitegen.check.fixing import fix
    from sitegen.cli import telling
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    options = Options(today(), jobs=default_jobs())
    internet = Internet(source / ".sitegen" / "links.json", options.today) if external else None
    with Bar() as bar:
        fixed = fix(source, options, groups, every=every, dry_run=dry_run, progress=bar.show) if is_fixed else None
        found = room(source, options, groups, every=every, internet=internet, progress=bar.show)
    if fixed is not None:
        found = found.without(one.problem for one in fixed.mends) if dry_run else found
        for line in telling.fixed(fixed, is_written=not dry_run):
            say(line, err=form != "text")
    if form == "json":
        click.echo(printed([problem.record() for problem in found.problems]))
    elif form == "sarif":
        click.echo(printed(telling.sarif(found.problems)))
    elif form == "github":
        for line in telling.for_github(found.problems):
            click.echo(line)
    else:
        for line in telling.told(found):
            say(line, is_problem=True)
        say(telling.summed(found.problems))
        for one in found.waived:
            say(f"{one.path}:{one.line}: waived[{one.code}]: {one.why}")
    return PROBLEMS if any(problem.severity == "error" for problem in found.problems) else FINE


@main.command()
@click.argument("page")
@SOURCE
@click.option("--base-url", help="As the site was built with.")
@click.option("--drafts", is_flag=True, help="As the site was built with.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@guarded
def explain(page: str, source: Path, base_url: str | None, drafts: bool, as_json: bool) -> int:
    """Tell what PAGE is made from, and why the next build will render it anew, or the last one did.

    PAGE is an address (places/kyiv/), a file of the archive (content/places/kyiv.md) or of the site.
    """
    from sitegen.explain import explain as room
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    found = room(source, page, Options(today(), site_of(base_url), drafts, default_jobs()))
    if as_json:
        click.echo(printed(found._asdict()))
        return FINE
    say(f"/{found.address} is made from")
    for what, where in found.made_from:
        say(f"  {what}: {where}")
    if found.changed is None:
        say(f"{found.since[:1].upper()}{found.since[1:]} had no such page, or is not known.")
    elif not found.changed:
        say(f"Nothing of it has changed since {found.since}: it is as it was.")
    else:
        when = "The next build renders it anew" if found.since == "the last build" else "The last build rendered it anew"
        say(f"{when}. Since {found.since} these have changed:")
        for part in found.changed:
            say(f"  {part}")
    return FINE


@main.command()
@SOURCE
@click.option("--prove", is_flag=True, help="Read every row and hold it against its checksum; a damaged store is dropped.")
@click.option("--trim", is_flag=True, help="Remove what a build of the archive as it now is would not ask for.")
@click.option("--base-url", help="As the site is built with: what is kept is what such a build needs.")
@click.option("--drafts", is_flag=True, help="As the site is built with.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@guarded
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
        with Bar() as bar:
            before, _ = room.trim(source, Options(today(), site_of(base_url), drafts), bar.show)
        told["before"] = before.bytes
    told |= room.size(source)._asdict()
    if as_json:
        click.echo(printed(told))
    else:
        for damage in told.get("damaged", ()):
            click.echo(f"damaged: {damage}", err=True)
        if prove:
            click.echo("It was dropped; the next build fills it again." if told["damaged"] else "Every row is what was written.")
        if trim:
            click.echo(f"Trimmed from {told['before'] / 1e6:.1f} MB.")
        click.echo(f"{source / '.sitegen'}: {told['bytes'] / 1e6:.1f} MB; {told['facts']} results and values, {told['pages']} pages")
    return MACHINE if told.get("damaged") else FINE


def site_of(base_url: str | None) -> str | None:
    """The site's address as the settings would have it. Raises UsageError where it is none."""
    from sitegen.content.forms import FORMS

    try:
        return FORMS["site"](base_url) if base_url is not None else None
    except ValueError as error:
        raise click.UsageError(f"--base-url: {error}") from error


def _verified(different: list[str]) -> int:
    if not different:
        say("Verified: a build from nothing gives the same bytes.")
        return FINE
    for path in different:
        say(f"differs from a build from nothing: {path}", err=True)
    say("This is a fault of ours: please report it. Removing .sitegen/ and building again mends the site.", err=True)
    return OURS
