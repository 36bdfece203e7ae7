"""The command that sees to snapshots of what is cited."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from sitegen.cli.shell import FINE, MACHINE, PROBLEMS, SOURCE, guarded, main, options
from sitegen.terminal import Bar, changed, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sitegen.snapshot import Keys, Report, Told
    from sitegen.snapshot.wanted import Wanted

ACCESS, SECRET = "SITEGEN_ARCHIVE_ACCESS", "SITEGEN_ARCHIVE_SECRET"
"""The variables of the environment that hold the keys of an account at the archive."""
LEAST = 1.0
"""Seconds between two requests that everybody else than this machine is left at least."""


@main.command()
@click.argument("paths", nargs=-1)
@SOURCE
@click.option("--to", type=click.Choice(["wayback", "warc"]), help="Ask a web archive, or keep it in warc/.  [default: nobody is asked]")
@click.option("--service", help="Another web archive that speaks the Wayback Machine's protocol: its address.")
@click.option("--dry-run", is_flag=True, help="Only list what would be asked for; ask nobody.")
@click.option("--limit", type=click.IntRange(min=1), help="Ask for so many addresses, then stop; the next run goes on.")
@click.option("--wait", type=click.FloatRange(0.001, 600), default=5.0, show_default=True, help="Seconds between two requests to one host.")
@click.option(
    "--again-after", type=click.IntRange(min=0), metavar="DAYS", help="Also where the newest snapshot is older than so many days."
)
@guarded
def snapshot(
    paths: tuple[str, ...],
    source: Path,
    to: str | None,
    service: str | None,
    dry_run: bool,
    limit: int | None,
    wait: float,
    again_after: int | None,
) -> int:
    """Get snapshots of what is cited, and write them into the files (docs/snapshots.md): of all files, or of those at PATHS.

    Without --to it lists the addresses that have none. A run that is stopped or killed is gone on with by the next. Keys of an account at
    the Internet Archive are read from SITEGEN_ARCHIVE_ACCESS and SITEGEN_ARCHIVE_SECRET.
    """
    from sitegen.snapshot import Asking, lacking
    from sitegen.snapshot import snapshot as room
    from sitegen.snapshot.wayback import PUBLIC
    from sitegen.web import Reach, is_loopback

    if service is not None and to != "wayback":
        raise click.UsageError("--service needs --to wayback")
    base = _service(service) if service is not None else PUBLIC
    if to is None or dry_run:
        with Bar() as bar:
            bar.show("Reading", 0, 1)
            public, private = lacking(source, options(), paths, again_after, to or "")
        return _listed(public, private, to)
    is_here = to == "wayback" and is_loopback(base)
    wait = wait if is_here else max(wait, LEAST)
    asking = Asking(to, base, _keys(base) if to == "wayback" else None, wait, limit, Reach.LOOPBACK if is_here else Reach.PUBLIC)
    with Bar() as bar:
        report = room(source, options(), asking, paths, again_after, _each, lambda line: say(line, err=True), bar.show)
    return _told(report)


def _listed(public: Sequence[Wanted], private: Sequence[Wanted], to: str | None) -> int:
    for one in public:
        where = ", ".join(f"{place.path}:{place.line}" if place.line else place.path for place in one.places)
        about = "the snapshot beside it elsewhere is put there" if one.known else f"newest of {one.newest[:10]}" if one.newest else ""
        say(f"{where}: {one.url}{f' ({about})' if about else ''}")
    _left_out([one.url for one in private])
    asked = sum(one.known is None for one in public)
    say(f"{asked} address{'' if asked == 1 else 'es'} would be asked for; nobody was asked." + ("" if to else " --to says whom to ask."))
    return FINE


def _left_out(urls: Sequence[str]) -> None:
    for url in urls:
        say(f"left out, for nobody else can reach it: {url}")


def _each(told: Told) -> None:
    """Tells what came of an address, as soon as it is known: a run may take hours."""
    from sitegen.snapshot.outcome import Got, Refused

    if isinstance(told.outcome, Got):
        one = told.outcome.archived
        say(f"{told.url}: {one.url or f'{one.warc}, {one.record}'} ({told.outcome.how})")
    else:
        say(f"{told.url}: {'none' if isinstance(told.outcome, Refused) else 'none yet'}: {told.outcome.why}", err=True)


def _told(report: Report) -> int:
    from sitegen.snapshot.outcome import Got

    _left_out(report.private)
    failed = sum(not isinstance(one.outcome, Got) for one in report.told)
    say(changed(len(report.changed), is_written=True))
    if report.left:
        say(f"{report.left} address{' is' if report.left == 1 else 'es are'} still to be asked for: run it again.")
    if report.stopped:
        say(f"Stopped: {report.stopped}.", err=True)
        return MACHINE
    return PROBLEMS if failed else FINE


def _service(text: str) -> str:
    """The address of a service. Raises UsageError where it is none."""
    from urllib.parse import urlsplit

    from sitegen.content.forms import FORMS

    try:
        parts = urlsplit(FORMS["url"](text))
    except ValueError as error:
        raise click.UsageError(f"--service: {error}") from error
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise click.UsageError("--service: expected an address without a query, such as `https://web.archive.org`")
    return text.rstrip("/")


def _keys(base: str) -> Keys | None:
    """The keys that the environment holds, if any. Raises UsageError where there is half of them, and where they would be sent in the
    open."""
    from sitegen.snapshot import Keys
    from sitegen.web import is_loopback

    access, secret = (os.environ.get(name, "").strip() for name in (ACCESS, SECRET))
    if not access and not secret:
        return None
    if not access or not secret or not all(one.isascii() and one.isprintable() and " " not in one for one in (access, secret)):
        raise click.UsageError(f"{ACCESS} and {SECRET} are needed together, each a word")
    if not base.startswith("https://") and not is_loopback(base):
        raise click.UsageError("keys are sent by https alone: name such an address by --service")
    return Keys(access, secret)
