"""What needs the kernel's word: a disk mounted for one build alone, and the adoption of processes that a build leaves behind."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
from pathlib import Path

from tests.torture.spec import Mount

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_USER = 0x20000, 0x10000000
_READ_ONLY, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 1, 32, 4096, 16384, 1 << 18
_SUBREAPER = 36
_PAGE = 4096


def adopt() -> None:
    """Makes this process the parent of what its children leave behind, so that it can wait for them."""
    _done(_LIBC.prctl(_SUBREAPER, 1, 0, 0, 0))


def mounted(root: str, mount: Mount) -> None:
    """Goes on in a fork that has a disk of its own under a folder of the archive. This process waits for it, puts what it wrote where
    it would lie without the disk, and ends as it ended. Raises OSError where the system does not let it mount."""
    folder = Path(root, mount.folder)
    folder.mkdir(exist_ok=True)
    below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    user, group = os.getuid(), os.getgid()
    _done(_LIBC.unshare(_NEW_MOUNTS | (_NEW_USER if user else 0)))
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _mount("none", "/", "", _RECURSIVE | _PRIVATE)
    place = str(folder)
    if mount.read_only:
        _mount(place, place, "", _BIND)
        _mount("none", place, "", _BIND | _REMOUNT | _READ_ONLY)
    else:
        pages = sum(-(-path.stat().st_size // _PAGE) for path in folder.rglob("*") if path.is_file())
        _mount("tmpfs", place, "tmpfs", 0, f"size={(pages * _PAGE) + mount.room}")
        shutil.copytree(f"/proc/self/fd/{below}", place, dirs_exist_ok=True)
    process = os.fork()
    if not process:
        return
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if not mount.read_only:
        under = Path(f"/proc/self/fd/{below}")
        for path in under.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        shutil.copytree(place, under, symlinks=True, dirs_exist_ok=True)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def _mount(source: str, place: str, kind: str, flags: int, data: str = "") -> None:
    _done(_LIBC.mount(source.encode(), place.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()))


def _done(result: int) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
