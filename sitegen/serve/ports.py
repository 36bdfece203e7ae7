"""Which program holds a port, where the system tells (Linux's /proc)."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_LISTENS = "0A"


def bound(listening: socket.socket) -> str:
    """Host and port of a socket, as an address has them."""
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def holder_of(port: int) -> str:
    """The program that listens on a port, with its number; empty where it cannot be told."""
    inodes = {f"socket:[{inode}]" for name in ("tcp", "tcp6") for inode in _inodes(Path("/proc/net") / name, port)}
    for folder in Path("/proc").glob("[0-9]*/fd") if inodes else ():
        try:
            if any(os.readlink(link) in inodes for link in folder.iterdir()):
                name = (folder.parent / "comm").read_text(encoding="utf-8").strip()
                return f"{name} (process {folder.parent.name})"
        except OSError:  # another user's, or gone
            continue
    return ""


def _inodes(table: Path, port: int) -> list[str]:
    try:
        lines = table.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return []
    rows = (line.split() for line in lines)
    return [row[9] for row in rows if row[3] == _LISTENS and int(row[1].rpartition(":")[2], 16) == port]
