"""`sitegen serve` as a process of its own, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import queue
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.zygote import Speaking, started

PATIENCE = 20.0
FRONT = "---\ntitle: The Flood\ndate: 1911-07-03\n---\n"
"""The head of an article that is published."""
DRAFT_AND_PLACE = """-- content/articles/b.md --
---
title: The Draft
date: 1911-07-04
draft: true
---
Not yet.
-- content/places/delft.md --
---
name: Delft
kind: city
---
"""
"""What stands beside it in an archive that is served."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Server:
    """A running server. `said`: the lines that it printed."""

    def __init__(self, process: Speaking) -> None:
        self.process = process
        self.said: list[str] = []
        self.port = 0
        self.base = "/"
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said.append(line)
            self._lines.put(line)

    def begin(self) -> None:
        """Waits for its address."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None, "".join(self.said)
                continue
            if line.startswith("Look at it:"):
                address = line.split()[3]
                self.port = int(address.split("/")[2].rpartition(":")[2])
                self.base = "/" + address.split("/", 3)[3]
                return
        raise AssertionError("".join(self.said))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def get(self, path: str, headers: Mapping[str, str] = {}, method: str = "GET") -> Answer:
        """One request; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            found = connection.getresponse()
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        except ConnectionError as error:
            time.sleep(0.5)  # what it came to grief on is printed last
            raise AssertionError(f"{error!r}; it ended with {self.process.poll()}: {''.join(self.said)}") from error
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """What is answered to bytes that need not be a right request."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            out = b""
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(65536):
                    out += part
            except (TimeoutError, ConnectionResetError):
                pass  # a server may hang up on what is no request
            return out

    def state(self, page: str = "index.html") -> dict[str, Any]:
        out: dict[str, Any] = json.loads(self.get(f"/_sitegen/state?page={page}").text)
        return out

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Waits until something is so."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if is_so():
                return
            time.sleep(0.05)
        raise AssertionError(f"{what}: {''.join(self.said)}")

    def settled(self, number: int) -> None:
        """Waits until it has read the archive for the so-manieth time."""
        self.wait(lambda: self.state()["number"] >= number, f"it was not read {number} times")

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self._reader.join(timeout=5)
            self.process.stdout.close()


@contextmanager
def serving(root: Path, *arguments: str) -> Iterator[Server]:
    """A server of the archive at `root`, on a free port."""
    server = Server(started(["serve", "--source", str(root), "--port", "0", *arguments]))
    try:
        server.begin()
        yield server
    finally:
        server.end()
