"""Keeps what an address answers in a WARC file beside the archive (WARC 1.1, ISO 28500:2017), by the library warcio.

A file an address and a run, `warc/YYYY/TIME-DIGEST.warc.gz`: it is written whole or not at all and never changed, so that a kill leaves
nothing half, and two editors who keep something each have no file to merge. (WARC files put behind one another are one again.) In it
stand warcinfo, and of each step on the way (an address may send on to another) a response and its request, a gzip member each, with
digests. Nothing of a page's pictures and styles is fetched: it is the document that is cited.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from sitegen import __version__
from sitegen.manners import Pace, Robots
from sitegen.model.problem import Fault
from sitegen.model.records import Archived
from sitegen.snapshot.journal import Journal, State
from sitegen.snapshot.outcome import Got, Later, Outcome, Refused
from sitegen.snapshot.wayback import AGENT, PATIENT, waiting
from sitegen.web import HOPS, MOVED, Answer, Private, Reach, TooLarge, Unanswered, exchange

FOLDER = "warc"
"""Where they lie in the archive's folder. A build reads content, seeds, themes and static files alone, and so publishes none of it: it is
what others wrote, kept as evidence, and its scripts are theirs."""
SIZE = 64 * 1024 * 1024
"""Bytes of a document that are kept; of a larger one none are, for a part of it is no evidence of the rest."""
LONGEST = 300.0
"""Seconds that one step may take."""
TRIES = 3
"""How often a host is asked for one address that it cannot give now."""
PAUSE = 5.0
"""Seconds between two requests to one host."""
SLOWEST = 120.0
"""Seconds between two requests that a host may ask for; one that wants more time is not asked."""


class _Step(NamedTuple):
    url: str
    at: datetime
    answer: Answer


class Warcs:
    """The WARC files of an archive. `reach`: which hosts may be asked; `heard` is told why there is a wait. Raises Fault where the library
    is not installed."""

    def __init__(self, root: Path, journal: Journal, wait: float, heard: Callable[[str], None], reach: Reach = Reach.PUBLIC) -> None:
        _library()
        self.root, self.journal, self.wait, self.heard, self.reach = root, journal, wait, heard, reach
        self.pace = Pace(lambda: self.wait)
        self.robots = Robots(AGENT, reach, self.pace)
        self.tired: dict[str, str] = {}
        """Hosts that are not asked again in this run, and why."""

    def asked(self, url: str) -> Outcome:
        """A record of what an address answers, or why there is none."""
        state = self.journal.of(url)
        if state is not None and not (state.found or state.why):
            kept = self._kept(url, state)
            if kept is not None:
                self.journal.found(url, kept)
                return Got(kept, "it was fetched when it was asked for last")
        self.journal.asked(url)
        try:
            outcome = self._fetched(url)
        except (Private, TooLarge, ValueError) as error:
            outcome = Refused(str(error))
        except Unanswered as error:
            outcome = Later(str(error))
        if isinstance(outcome, Refused):
            self.journal.refused(url, outcome.why)
        elif isinstance(outcome, Later):
            self.journal.forget(url)
        return outcome

    def _fetched(self, url: str) -> Outcome:
        steps: list[_Step] = []
        here = urldefrag(url).url
        while True:
            found = self._step(here)
            if not isinstance(found, _Step):
                return found
            steps.append(found)
            onward = found.answer.header("Location")
            if found.answer.status not in MOVED or not onward:
                break
            if len(steps) > HOPS:
                return Refused(f"it sends on more than {HOPS} times")
            here = urldefrag(urljoin(here, onward)).url
        last = steps[-1].answer
        if last.status != 200:
            return Refused(f"it answers {last.status}")
        if not last.body:
            return Refused("it answers with nothing")
        archived = self._written(url, steps)
        self.journal.found(url, archived)
        return Got(archived, "it was fetched now" + (f", from {here}" if len(steps) > 1 else ""))

    def _step(self, url: str) -> _Step | Outcome:
        """One request, as the host of the address wants it."""
        host = urlsplit(url).netloc
        if host in self.tired:
            return Later(self.tired[host])
        if not self.robots.may(url):
            return Refused(f"the robots.txt of {host} does not allow it to {AGENT.partition('/')[0]}")
        delay = self.robots.delay(url)
        if delay > SLOWEST:
            return Refused(f"the robots.txt of {host} wants {delay:.0f} seconds between requests")
        self.pace.slower[host] = delay
        why = ""
        for attempt in range(TRIES):
            self.pace.wait(host)
            at = datetime.now(UTC)
            answer = exchange(url, agent=AGENT, reach=self.reach, size=SIZE, longest=LONGEST)
            if answer.status not in (408, 429) and answer.status < 500:
                return _Step(url, at, answer)
            why = f"{host} answers {answer.status}"
            seconds = waiting(answer.header("Retry-After"))
            seconds = self.wait * 4 * 2**attempt if seconds is None else max(seconds, self.wait)
            if seconds > PATIENT:
                why = f"{host} asks for a pause of {seconds / 60:.0f} minutes"
                break
            if attempt < TRIES - 1:
                self.heard(f"{why}; waiting {seconds:.0f} s")
                time.sleep(seconds)
        self.tired[host] = why
        return Later(why)

    # the file

    def _written(self, url: str, steps: list[_Step]) -> Archived:
        """A file of all steps, in its place; the record of the last is what is named."""
        name = f"{steps[0].at:%Y%m%d%H%M%S}-{_digest(url)}.warc.gz"
        path = f"{FOLDER}/{steps[0].at:%Y}/{name}"
        last = steps[-1]
        data, record = _warc(name, steps)
        place = self.root / path
        beside = place.with_name(f".{name}.{secrets.token_hex(4)}.tmp")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with open(beside, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, place)
        except OSError as error:
            raise Fault(f"{path} could not be written: {error.strerror}") from error
        finally:
            beside.unlink(missing_ok=True)
        return Archived(warc=path, record=record, date=f"{last.at:%Y-%m-%dT%H:%M:%SZ}", sha256=last.answer.sha256)

    def _kept(self, url: str, state: State) -> Archived | None:
        """What was written of an address before a run was killed, and nobody has written down."""
        since = datetime.fromisoformat(state.at).strftime("%Y%m%d%H%M%S")
        for place in sorted((self.root / FOLDER).glob(f"*/*-{_digest(url)}.warc.gz"), reverse=True):
            if place.name[:14] >= since:
                records = [one for one in _records(place.read_bytes()) if one.kind == "response"]
                if records:
                    path = place.relative_to(self.root).as_posix()
                    return Archived(warc=path, record=records[-1].id, date=records[-1].date, sha256=records[-1].sha256 or None)
        return None


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:8]


class Record(NamedTuple):
    """A record of a WARC file: its type, id and instant; the SHA-256 of its body without chunks, empty where the body is packed (it is
    asked for as it is, but not all servers heed that)."""

    kind: str
    id: str
    date: str
    sha256: str


def _records(data: bytes) -> Iterator[Record]:
    """The records of a WARC file, each held against its digests. Raises Fault where one does not have what it says."""
    _library()
    from warcio.archiveiterator import ArchiveIterator

    for one in ArchiveIterator(io.BytesIO(data), check_digests=True):
        header = one.rec_headers.get_header
        body = one.content_stream().read()
        if one.digest_checker.passed is False:
            raise Fault(f"a record of a WARC file is not what it should be: {'; '.join(one.digest_checker.problems)}")
        date = f"{header('WARC-Date')[:19]}Z"
        is_packed = bool(one.http_headers and one.http_headers.get_header("Content-Encoding"))
        yield Record(one.rec_type, header("WARC-Record-ID").strip("<>"), date, "" if is_packed else hashlib.sha256(body).hexdigest())


def _warc(name: str, steps: list[_Step]) -> tuple[bytes, str]:
    """A WARC file of what was asked and answered, and the id of the last answer. It is read again before it is given."""
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {
        "software": f"sitegen/{__version__} (warcio)",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "http-header-user-agent": AGENT,
    }
    info = writer.create_warcinfo_record(name, about)
    writer.write_record(info)
    last = ""
    for one in steps:
        headers = {
            "WARC-Date": f"{one.at:%Y-%m-%dT%H:%M:%SZ}",
            "WARC-Warcinfo-ID": info.rec_headers.get_header("WARC-Record-ID"),
        }
        whence = {"WARC-IP-Address": one.answer.peer} if one.answer.peer else {}
        response = _record(writer, "response", one.url, one.answer.raw, {**headers, **whence})
        request = _record(writer, "request", one.url, one.answer.sent, headers)
        writer.write_request_response_pair(request, response)
        last = response.rec_headers.get_header("WARC-Record-ID").strip("<>")
    data = out.getvalue()
    kinds = [record.kind for record in _records(data)]
    if kinds != ["warcinfo", *["response", "request"] * len(steps)]:
        raise Fault("a WARC file that was to be written cannot be read again; please report it")
    return data, last


def _record(writer: Any, kind: str, url: str, data: bytes, headers: dict[str, str]) -> Any:
    return writer.create_warc_record(url, kind, payload=io.BytesIO(data), length=len(data), warc_headers_dict=dict(headers))


def _library() -> None:
    """Raises Fault where the library is not installed."""
    if find_spec("warcio") is None:
        raise Fault(
            "WARC files need the library warcio: `python -m pip install 'warcio>=1.8,<2'`, then `sitegen vendor`; --to wayback needs none"
        )
