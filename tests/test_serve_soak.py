"""`sitegen serve` under many changes and many listeners: at the end it shows what a build makes, and holds no more than at the beginning."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Archive
from tests.serving import Server, serving
from tests.test_serve import same_as_build

Make = Callable[[str], Archive]
EVENTS = 2_000
CLIENTS = 50
WRITERS = 3
FILES = 40
PLACES = 6


class Writer(threading.Thread):
    """Changes files of its own in every way that editors and programs have."""

    def __init__(self, site: Archive, number: int, events: int) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.chance = random.Random(number)
        self.number = number
        self.events = events

    def run(self) -> None:
        for _ in range(self.events):
            with contextlib.suppress(FileNotFoundError):
                self.change()
            time.sleep(self.chance.choice([0.0, 0.01, 0.05, 0.3]))

    def change(self) -> None:
        name = f"w{self.number}-{self.chance.randrange(FILES // WRITERS)}"
        path = self.site.root / f"content/articles/{name}.md"
        match self.chance.randrange(9):
            case 0 | 1 | 2:
                path.write_text(self.article(name))
            case 3:
                path.with_name(f".{name}.tmp").write_text(self.article(name))
                path.with_name(f".{name}.tmp").replace(path)
            case 4:
                path.unlink()
            case 5:
                path.rename(path.with_name(f"w{self.number}-moved-{self.chance.randrange(4)}.md"))
            case 6:
                path.write_text(self.article(name).replace("title:", "titel:"))  # with an error, mended later
                time.sleep(0.02)
                path.write_text(self.article(name))
            case 7:
                place = self.site.root / f"content/places/p{self.chance.randrange(PLACES)}.md"
                place.write_text(f"---\nname: Quay {self.chance.randrange(100)}{self.number}\nkind: site\n---\n")
            case _:
                self.site.write(f"themes/plain/assets/own-{self.number}.css", f"p {{ margin: {self.chance.randrange(9)}px }}")

    def article(self, name: str) -> str:
        day = self.chance.randrange(1, 28)
        words = " ".join(f"Quay {self.chance.randrange(100)}{self.chance.randrange(WRITERS)}" for _ in range(3))
        return f"---\ntitle: Notice {name} {self.chance.random()}\ndate: 1911-07-{day:02}\n---\nAt {words} it rose.\n"


def listen(server: Server, page: str, stop: threading.Event) -> None:
    """One browser: it listens, and comes again where it was cut off."""
    while not stop.is_set():
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1) as connection:
            connection.sendall(f"GET /_sitegen/events?page={page} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            until = time.monotonic() + random.uniform(1, 20)
            while not stop.is_set() and time.monotonic() < until:
                with contextlib.suppress(TimeoutError):
                    if not connection.recv(65536):
                        break


def held(server: Server) -> tuple[int, int, int]:
    """Memory in KiB, threads and open files of the server."""
    folder = Path(f"/proc/{server.process.pid}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
    return int(status["VmRSS"].split()[0]), int(status["Threads"]), len(list((folder / "fd").iterdir()))


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what a process holds")
def test_many_changes_under_many_listeners(archive: Make) -> None:
    site = archive("")
    first = Writer(site, 0, 0)
    for number in range(FILES):
        site.write(f"content/articles/f-{number}.md", first.article(f"f-{number}"))
    for number in range(PLACES):
        site.write(f"content/places/p{number}.md", f"---\nname: Quay {number}0\nkind: site\n---\n")
    stop = threading.Event()
    with serving(site.root) as server:
        server.state()
        time.sleep(0.5)
        before = held(server)
        pages = ["index.html", "articles/index.html", *(f"articles/f-{n}/index.html" for n in range(9)), "places/p1/index.html"]
        clients = [threading.Thread(target=listen, args=(server, pages[n % len(pages)], stop), daemon=True) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        quarter = before
        for part in range(4):
            writers = [Writer(site, part * 10 + number, EVENTS // WRITERS // 4) for number in range(WRITERS)]
            for writer in writers:
                writer.number %= 10
                writer.start()
            for writer in writers:
                writer.join()
            quarter = held(server) if part == 0 else quarter
        server.wait(lambda: not server.state()["behind"], "it is not done")
        time.sleep(1)
        after = held(server)
        assert server.state()["number"] >= 3
        stop.set()
        for client in clients:
            client.join()
        time.sleep(0.5)
        assert not [problem for problem in server.state()["problems"] if problem["severity"] == "error"]
        same_as_build(site, server)
        rest = held(server)
    assert rest[1] <= before[1] + 2, "threads"
    assert rest[2] <= before[2] + 3, "descriptors"
    print(f"memory {quarter[0] / 1024:.0f} MiB after a quarter, {after[0] / 1024:.0f} at the end")
    assert after[0] <= 1.1 * quarter[0], "memory"
