"""The commands of those who own an archive: to begin one, to carry in it what builds it, to take that to another version."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from sitegen import __version__
from sitegen.cli.shell import FINE, PROBLEMS, SOURCE, guarded, main, options
from sitegen.cli.site import site_of
from sitegen.clock import today
from sitegen.terminal import Bar, count, printed, say, tell

LANGUAGE, SITE = "en", "https://example.org/"
"""What an archive has whose owner was not asked, or has no answer yet."""
_HOSTS = ("netlify", "github", "none")
_TOLD = {
    "sitegen.yaml": "its settings",
    "seeds/": "raw texts, as they came",
    "content/": "what is read from them",
    "requirements.txt": "what builds it, with digests",
    "vendor/": "sitegen itself, as a wheel",
    "netlify.toml": "how Netlify builds it",
    ".github/": "how GitHub builds it",
    "urls.lock": "the addresses that were published",
    ".vscode/": "help while you write, with schema/",
}
"""What a new archive holds, as its owner is told."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="What the archive is called.")
@click.option("--base-url", help="Where it will be published.")
@click.option("--lang", help="The language of the site: en, de, uk, …")
@click.option("--host", type=click.Choice(_HOSTS), help="Who publishes it.")
@click.option("--empty", is_flag=True, help="Without the example.")
@guarded
def init(folder: Path, title: str | None, base_url: str | None, lang: str | None, host: str | None, empty: bool) -> int:
    """Begin an archive in FOLDER: settings, an example, and all that a host needs to build and publish it. What is there stays.

    In a terminal it asks what it was not told."""
    from sitegen.scaffold import Choice, Host, begun
    from sitegen.vendoring import vendor

    site, spoken = site_of(base_url), _language(lang)
    is_new = not (folder / "sitegen.yaml").exists()
    if is_new and sys.stdin.isatty() and sys.stdout.isatty():
        title = title if title is not None else click.prompt("What is the archive called?", default=_called(folder))
        site = site or site_of(click.prompt("Where will it be published? (can be changed later)", default=SITE))
        spoken = spoken or _language(click.prompt("In which language does the site speak?", default=LANGUAGE))
        host = host or click.prompt("Who publishes it?", type=click.Choice(_HOSTS), default="none")
    choice = Choice(title or _called(folder), site or SITE, spoken or LANGUAGE, cast("Host", host or "none"), empty or not is_new)
    folder.mkdir(parents=True, exist_ok=True)
    said = vendor(folder)
    made = begun(folder, choice._replace(is_vendored=said.named == "a wheel of itself"))
    there = {*said.paths, *(path.relative_to(folder).as_posix() for path in made)}
    made_now = f"{folder} is an archive{' now' if is_new else ''}: {len(there)} files and folders made."
    say(made_now if there else f"{folder} has all that it needs.")
    for name, what in _TOLD.items():
        if any(path == name.rstrip("/") or path.startswith(name) for path in there):
            say(f"  {name:18} {what}")
    if is_new:
        say("Next:")
        for line in (f"cd {folder}", "sitegen serve --desk", 'git init -b main && git add . && git commit -m "Begin"'):
            say(f"  {line}")
        if not choice.is_empty:
            say("The first page, “Begin Here”, says what to do.")
    return FINE


@main.command()
@SOURCE
@click.option("--all", "everything", is_flag=True, help="Also all libraries, for this machine and for hosts: then no network is needed.")
@guarded
def vendor(source: Path, everything: bool) -> int:
    """Write down in the archive what builds it: requirements.txt, and in vendor/ what cannot be had elsewhere."""
    from sitegen.vendoring import REQUIREMENTS
    from sitegen.vendoring import vendor as room

    said = room(source, everything=everything)
    say(
        f"{REQUIREMENTS} names sitegen by {said.named}"
        + (f"; {len(said.paths)} file{'s' * (len(said.paths) != 1)} written" if said.paths else "; nothing has changed")
    )
    return FINE


@main.command()
@SOURCE
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
@guarded
def upgrade(source: Path, dry_run: bool) -> int:
    """Take the archive to this version of sitegen: tell what has changed since the one that it names, and renew the files that sitegen
    wrote and nobody has changed."""
    from sitegen.editor import Change, diff, written
    from sitegen.installed import version
    from sitegen.scaffold import renewals
    from sitegen.upgrading import changes_since
    from sitegen.vendoring import vendor as room
    from sitegen.vendoring import version_in

    before = version_in(source)
    say(f"The archive names {f'sitegen {before}' if before else 'no version of sitegen'}; this is sitegen {version()}.")
    for line in changes_since(before) if before not in ("", __version__) else ():
        say(line)
    found = list(renewals(source))
    ours = [Change(one.path, one.before, one.after) for one in found if one.is_ours]
    if dry_run:
        for line in diff(ours):
            say(line)
    else:
        written(source, ours)
        for change in ours:
            say(f"renewed {change.path}")
        for path in room(source).paths:
            say(f"renewed {path}")
    for one in found:
        if not one.is_ours:
            say(f"{one.path} was changed by hand and is left as it is. What sitegen would write:")
            for line in diff([Change(one.path, one.before, one.after)]):
                say(f"  {line}")
    say("Nothing was written." if dry_run else "Now run `sitegen check`, and look at the changes before you commit them.")
    return FINE


@main.command()
@SOURCE
@click.option("--accept", is_flag=True, help="Write into urls.lock what is new, and take out what is gone.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@guarded
def urls(source: Path, accept: bool, as_json: bool) -> int:
    """Hold the archive against urls.lock, the list of every address that was published: what is new, and what would be gone.

    A build that would lose an address stops. Ways out: `redirect_from` in what took its place, `withdrawn` where it stood, or --accept."""
    from sitegen.addresses import compare

    found = compare(source, options(), accept=accept)
    if as_json:
        click.echo(printed(found._asdict()))
    else:
        for sign, entries in (("+", found.new), ("-", found.gone)):
            for entry in entries:
                say(f"{sign} {entry}")
        done = "accepted" if accept else "to be accepted (--accept)" if found.new or found.gone else "the archive is as urls.lock says"
        say(f"{len(found.new)} new, {len(found.gone)} gone: {done}" if found.new or found.gone else f"{done[:1].upper()}{done[1:]}.")
    return PROBLEMS if found.gone and not accept else FINE


@main.group()
def publish() -> None:
    """Build the site and put it where a host publishes it (docs/publishing.md). Netlify and GitHub's own workflow need none of this."""


@publish.command("github-pages", short_help="Push the site to the branch from which GitHub Pages publishes.")
@SOURCE
@click.option("--base-url", help="Where the site will be published; overrides sitegen.yaml.")
@click.option("--remote", default="origin", show_default=True, help="The repository: the name of a remote, or its address.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch from which the host publishes.")
@click.option("--dry-run", is_flag=True, help="Build, and tell what would be published; push nothing.")
@guarded
def github_pages(source: Path, base_url: str | None, remote: str, branch: str, dry_run: bool) -> int:
    """Build the site, write its new addresses into urls.lock, and push it to the branch from which GitHub Pages publishes.

    Other hosts that publish a branch take it too (GitLab, Codeberg: --branch pages). The branch holds one commit."""
    from sitegen.publish import to_branch
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    wanted = Options(today(), site_of(base_url), jobs=default_jobs())
    with Bar() as bar:
        done = to_branch(source, source / "public", wanted, remote=remote, branch=branch, dry_run=dry_run, progress=bar.show)
    tell(done.report.problems)
    if done.report.failed:
        say(count(done.report.problems) + ". Nothing was published.", err=True)
        return PROBLEMS
    if done.accepted:
        new = f"{done.accepted} new {'entry' if done.accepted == 1 else 'entries'} of urls.lock"
        say(f"{new} would be written" if dry_run else f"{new}: commit that file")
    if done.is_unchanged:
        say(f"{branch} has all {done.report.pages} pages already; nothing was pushed.")
    elif dry_run:
        say(f"{done.report.pages} pages would be pushed to {branch} of {remote}.")
    else:
        say(f"{done.report.pages} pages pushed to {branch} of {remote} ({done.commit[:12]}).")
    return FINE


def _called(folder: Path) -> str:
    """What an archive is called whose owner has not said so: as its folder is."""
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:] if name else "An archive"


def _language(lang: str | None) -> str | None:
    """Raises UsageError where it is no language."""
    from sitegen.content.forms import FORMS

    try:
        return FORMS["lang"](lang) if lang is not None else None
    except ValueError as error:
        raise click.UsageError(f"--lang: {error}") from error
