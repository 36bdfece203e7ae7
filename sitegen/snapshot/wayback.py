"""Asks a web archive that speaks as the Wayback Machine does for a snapshot: first whether it has one, then to make one.

The protocol is the one that is documented: the availability API and the CDX server (github.com/internetarchive/wayback), Save Page Now 2
("Save Page Now 2 Public API", October 2025) and the headers of Memento (RFC 7089). Its limits, of 2025 and 2026: 7 snapshots a minute for
those with keys and 3 for all others, who are mostly turned away (401); 24 questions a minute to the CDX server; who goes on after 429 is
locked out for an hour and more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import msgspec

from sitegen import __version__
from sitegen.content.forms import FORMS
from sitegen.manners import Pace
from sitegen.model.records import Archived
from sitegen.snapshot.journal import Journal, State
from sitegen.snapshot.outcome import Got, Later, Outcome, Refused, Stopped
from sitegen.web import MOVED, Answer, Private, Reach, TooLarge, Unanswered, exchange

AGENT = f"sitegen-snapshot/{__version__}"
PUBLIC = "https://web.archive.org"
"""The Wayback Machine."""
PAUSE = 5.0
"""Seconds between two requests: an address takes three at least, so that there are four snapshots a minute at most."""
TRIES = 4
"""How often something is asked that the service cannot answer now."""
POLLS = 36
"""How often a job is asked after: three minutes at the usual pause. A snapshot takes two at most."""
PATIENT = 600.0
"""Seconds that the service may ask for before it is left alone for this run."""
STALE = timedelta(hours=1)
"""How long what became of a job can be asked, and how long two requests for one address are one to the service."""
_BACKING_OFF = 12
"""The first wait, in pauses, after an answer that asks for one without saying how long: a minute at the usual pause. Each is twice as
long as the last."""
_AVAILABLE = {PUBLIC: "https://archive.org"}
"""Where the availability API lies, if not below the service's own address."""
_SIZE = 1_000_000
"""Bytes of an answer in JSON."""
_PAGE_SIZE = 32 * 1024 * 1024
"""Bytes of a snapshot that are read for its digest."""
_SNAPSHOT = re.compile(r"/web/(\d{14})(?:[a-z]{2}_)?/(https?:/.+)\Z")

_LATER = frozenset(
    f"error:{one}"
    for one in (
        *("bad-gateway", "bandwidth-limit-exceeded", "browsing-timeout", "cannot-fetch", "capture-location-error", "celery"),
        *("gateway-timeout", "internal-server-error", "job-failed", "max-daily-bandwidth-host", "no-browsers-available", "no-captures"),
        *("protocol-error", "proxy-error", "read-timeout", "service-unavailable", "soft-time-limit-exceeded", "too-many-requests"),
        "too-many-daily-captures-host",
    )
)
"""What went wrong for now, with the service or the page's host; another day it may not."""
_ALL = frozenset(["error:max-daily-bandwidth", "error:max-daily-bandwidth-from-ip", "error:blocked-client-ip"])
"""What is said of whoever asks, and holds for all that he asks."""
_FULL = "error:user-session-limit"
_MADE_TODAY = "error:too-many-daily-captures"


class Keys(NamedTuple):
    """What an account at the archive is known by."""

    access: str
    secret: str


class Snapshot(NamedTuple):
    """A snapshot that the service has: when (14 digits, UTC), and of what."""

    stamp: str
    original: str

    @property
    def day(self) -> date:
        return datetime.strptime(self.stamp[:8], "%Y%m%d").replace(tzinfo=UTC).date()


class Wayback:
    """A web archive. `fresh`: days for which a snapshot that it has is as good as a new one; `heard` is told why there is a wait."""

    def __init__(
        self, base: str, keys: Keys | None, journal: Journal, today: str, fresh: int, wait: float, heard: Callable[[str], None]
    ) -> None:
        self.base = base.rstrip("/")
        self.keys, self.journal, self.fresh, self.wait, self.heard = keys, journal, fresh, wait, heard
        self.since = date.fromisoformat(today) - timedelta(days=fresh)
        self.pace = Pace(lambda: self.wait)

    def asked(self, url: str) -> Outcome:
        """A snapshot of an address, or why there is none. Raises Stopped where nothing more is to be asked."""
        state = self.journal.of(url)
        if state is not None and state.job:
            outcome = self._awaited(url, state.job)
            if outcome is not None:
                return outcome
        if state is not None and not (state.found or state.why):
            return self._once_asked(url, state)
        known = self._newest(url)
        if known is not None and known.day >= self.since:
            return self._got(url, known, "it was there")
        return self._made(url, known)

    # what the service has

    def _newest(self, url: str) -> Snapshot | None:
        """The newest snapshot of a page that answered, by the quick way and, where that knows none, by the index. (The quick way tells of
        none where there are some, now and then.)"""
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        query = urlencode({"url": _page(url), "timestamp": stamp})
        answer = self._request(f"{_AVAILABLE.get(self.base, self.base)}/wayback/available?{query}")
        told = _json(answer)
        closest = _at(told, "archived_snapshots", "closest")
        if _at(closest, "available") is True and str(_at(closest, "status")) == "200":
            found = self._in_address(str(_at(closest, "url")))
            if found is not None and found.day >= self.since:
                return found
        query = urlencode(
            {"url": _page(url), "output": "json", "fl": "timestamp,original,statuscode", "filter": "statuscode:200", "limit": "-1"}
        )
        answer = self._request(f"{self.base}/cdx/search/cdx?{query}")
        rows = _json(answer) if answer.body.strip() else []
        row = rows[-1] if isinstance(rows, list) and len(rows) > 1 else None
        if isinstance(row, list) and len(row) >= 2 and all(isinstance(one, str) for one in row[:2]) and _is_stamp(row[0]):
            return Snapshot(row[0], row[1])
        return None

    def _in_address(self, address: str) -> Snapshot | None:
        """What the address of a snapshot says; None where it is none of the service's."""
        found = _SNAPSHOT.search(address)
        host = urlsplit(urljoin(self.base, address)).hostname
        same = host == urlsplit(self.base).hostname or host == urlsplit(_AVAILABLE.get(self.base, self.base)).hostname
        return Snapshot(found[1], found[2]) if found and same and _is_stamp(found[1]) else None

    def _got(self, url: str, one: Snapshot, how: str) -> Outcome:
        """A snapshot as it is written into files: in the journal before anything else. The digest is of the bytes that the archive gives
        back as it took them; where it gives none, there is none."""
        seen, sha256 = self._seen(one)
        for original in (seen.original, _page(url)):
            address = f"{self.base}/web/{seen.stamp}/{original}"
            try:
                FORMS["url"](address)
            except ValueError:
                continue  # what the service says of the page's address is no address
            archived = Archived(url=address, date=FORMS["moment"](seen.stamp), sha256=sha256)
            self.journal.found(url, archived)
            return Got(archived, how)
        return Refused("the service names an address that cannot be written down")

    def _seen(self, one: Snapshot) -> tuple[Snapshot, str | None]:
        """A snapshot as the service itself shows it (Memento), with the digest of its bytes; as it was named, where it cannot be seen
        yet."""
        address = f"{self.base}/web/{one.stamp}id_/{one.original}"
        try:
            for _ in range(2):
                self.pace.wait(urlsplit(self.base).netloc)
                answer = exchange(address, agent=AGENT, reach=Reach.ANY, size=_PAGE_SIZE)
                if answer.status not in MOVED or not self._is_own(urljoin(address, answer.header("Location"))):
                    break
                address = urljoin(address, answer.header("Location"))
        except (Unanswered, TooLarge, Private, ValueError):
            return one, None
        if answer.status != 200 or not answer.header("Memento-Datetime"):
            return one, None
        shown = self._in_address(answer.header("Content-Location")) or self._in_address(address) or one
        when = _instant(answer.header("Memento-Datetime"))
        if when is None or when.strftime("%Y%m%d%H%M%S") != shown.stamp:
            return one, None  # these are the bytes of another moment
        return shown, answer.sha256

    def _is_own(self, address: str) -> bool:
        ours, theirs = urlsplit(self.base), urlsplit(address)
        return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)

    # a new one

    def _made(self, url: str, known: Snapshot | None) -> Outcome:
        """A snapshot that is made now. Where the page is no longer there, the newest that is known is taken, however old."""
        form = urlencode({"url": _page(url), "if_not_archived_within": "1d", "skip_first_archive": "1"}).encode()
        for attempt in range(TRIES):
            self.journal.asked(url)
            try:
                answer = self._request(f"{self.base}/save", form, url=url)
            except Unanswered as error:
                if error.was_sent:  # it may have been heard: to ask at once might be to ask twice
                    return Later(f"{error}; whether the archive heard it is looked up next time")
                raise
            if answer.status in (401, 403):
                self.journal.forget(url)
                whose = "does not take these keys" if self.keys else "takes nothing from those whom it does not know"
                raise Stopped(f"{self._host} {whose} ({answer.status}): see docs/snapshots.md for keys")
            at_once = self._in_address(answer.header("Content-Location"))
            if at_once is not None:  # a service that waits until it is done, and says so by Memento's header
                return self._got(url, at_once, "it was made now")
            told = _json(answer)
            if told is None and answer.status < 300:
                return Later("what the archive answers cannot be read; whether it heard is looked up next time")
            job = _at(told, "job_id")
            if isinstance(job, str) and re.fullmatch(r"[\w-]{1,100}", job):
                self.journal.job(url, job)
                return self._awaited(url, job, known, is_looked_up=True) or self._once_asked(url, self.journal.asked(url))
            if _at(told, "status_ext") == _FULL and attempt < TRIES - 1:
                self._pause(attempt, "", "has as many snapshots in work as it makes for one who asks")
                continue
            return self._unmade(url, told, known, f"it answers {answer.status}", is_looked_up=True)
        raise AssertionError("the last attempt returns")

    def _awaited(self, url: str, job: str, known: Snapshot | None = None, *, is_looked_up: bool = False) -> Outcome | None:
        """What becomes of a job; None where the service does not know it any more."""
        for _ in range(POLLS):
            answer = self._request(f"{self.base}/save/status/{job}", url=url)
            told = _json(answer)
            if told is None and answer.status < 300:
                continue  # what cannot be read now can be read the next time
            match _at(told, "status"):
                case "success":
                    stamp, original = str(_at(told, "timestamp")), _at(told, "original_url")
                    if not _is_stamp(stamp):
                        return None
                    return self._got(url, Snapshot(stamp, original if isinstance(original, str) else _page(url)), "it was made now")
                case "error":
                    return self._unmade(url, told, known, "the archive could not make it", is_looked_up=is_looked_up)
                case "pending":
                    continue
                case _:
                    return None
        return Later("the archive has not finished it yet")

    def _once_asked(self, url: str, state: State) -> Outcome:
        """Of an address that was asked for, and nobody heard what came of it: it is not asked for again before that is certain."""
        found = self._newest(url)
        if found is not None and found.stamp[:8] >= re.sub(r"\D", "", state.at)[:8]:
            return self._got(url, found, "it was made when it was asked for last")
        if state.age() < STALE.total_seconds():
            return Later("it was asked for a short while ago, and nothing is known of that yet; run again in an hour")
        self.journal.forget(url)
        return self.asked(url)

    def _unmade(self, url: str, told: object, known: Snapshot | None, otherwise: str, *, is_looked_up: bool) -> Outcome:
        """What follows from an answer that there is no new snapshot. `known`: the newest that there is, where that `is_looked_up`."""
        code, message = str(_at(told, "status_ext") or ""), str(_at(told, "message") or "")
        why = (message or code.removeprefix("error:").replace("-", " ") or otherwise)[:300]
        if code in _ALL:
            self.journal.forget(url)
            raise Stopped(f"{self._host}: {why}")
        if code == _MADE_TODAY or "same snapshot" in message:
            newest = self._newest(url)
            if newest is not None:
                return self._got(url, newest, "it was there")
            return Later(why)
        if code in _LATER or (not code and not message):
            self.journal.forget(url)
            return Later(why)
        known = known if is_looked_up else self._newest(url)
        if known is not None:
            return self._got(url, known, f"it was there; a new one cannot be had ({why})")
        self.journal.refused(url, why)
        return Refused(why)

    # requests

    @property
    def _host(self) -> str:
        return urlsplit(self.base).netloc

    def _request(self, address: str, data: bytes | None = None, url: str | None = None) -> Answer:
        """An answer of the service that is no plea to wait. `url`: what is to be saved, where the keys belong to the request. Raises
        Stopped where it has none after some tries, Unanswered where what was to be done may have been heard."""
        headers = {"Accept": "application/json"}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.keys is not None and url is not None:
            headers["Authorization"] = f"LOW {self.keys.access}:{self.keys.secret}"
        why = ""
        for attempt in range(TRIES):
            asked_for = ""
            self.pace.wait(urlsplit(address).netloc)
            try:
                method = "POST" if data is not None else "GET"
                answer = exchange(address, method, agent=AGENT, reach=Reach.ANY, headers=headers, data=data, size=_SIZE)
            except Unanswered as error:
                if data is not None and error.was_sent:
                    raise
                why = str(error)
            except (TooLarge, Private) as error:
                why = str(error)
            else:
                if answer.status in MOVED:
                    raise Stopped(f"{self._host} sends us on to another address, which is not followed: name it by --service")
                if answer.status not in (408, 429) and answer.status < 500:
                    return answer
                asked_for, why = answer.header("Retry-After"), f"it answers {answer.status}"
            if attempt < TRIES - 1:
                self._pause(attempt, asked_for, why)
        if url is not None and data is not None:
            self.journal.forget(url)  # it said each time that it would not
        raise Stopped(f"{self._host} cannot be asked now: {why}")

    def _pause(self, attempt: int, asked_for: str, why: str) -> None:
        """Waits as long as the service asks for, or twice as long as the last time. Raises Stopped where that is too long."""
        seconds = waiting(asked_for)
        seconds = self.wait * _BACKING_OFF * 2**attempt if seconds is None else max(seconds, self.wait)
        if seconds > PATIENT:
            raise Stopped(f"{self._host} asks for a pause of {seconds / 60:.0f} minutes")
        self.heard(f"{self._host}: {why}; waiting {seconds:.0f} s")
        time.sleep(seconds)


def waiting(header: str) -> float | None:
    """How many seconds `Retry-After` asks for (RFC 9110, 10.2.3): it says so, or until when; None where it does not.

    >>> waiting("120"), waiting("Wed, 21 Oct 2015 07:28:00 GMT"), waiting(""), waiting("soon")
    (120.0, 0.0, None, None)
    """
    if re.fullmatch(r"\d{1,9}", header.strip()):
        return float(header)
    until = _instant(header)
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until else None


def _instant(header: str) -> datetime | None:
    """A date as headers have it."""
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _page(url: str) -> str:
    """An address without what leads to a place in its page."""
    return urldefrag(url).url


def _is_stamp(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{14}", text)) and bool(FORMS["moment"](text))
    except ValueError:
        return False


def _json(answer: Answer) -> object:
    """What an answer says; None where it is no JSON."""
    try:
        return msgspec.json.decode(answer.body)
    except msgspec.DecodeError:
        return None


def _at(value: Any, *keys: str) -> Any:
    """What stands under some keys, one within the other; None where there is nothing, or no keys."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
