"""Makes what msgspec must know of a type, once, and by one thread at a time.

It finds that out when a type is first asked for, and notes it on the class before it is whole, since types may name one another. A second
thread that meets the class just then takes what is there, and the process ends with a segmentation fault (msgspec 0.22; shown by
`tests/test_prepared.py`). `serve` reads the archive and shows pages in threads. Whoever decodes into a type of ours asks here first.
"""

import os
import threading
from typing import TypeVar

import msgspec

T = TypeVar("T")
_LOCK = threading.Lock()
_known: set[object] = set()
if hasattr(os, "register_at_fork"):  # a worker begins with whole types, and without a lock that a thread holds which it has not
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)


def prepared(type_: T) -> T:
    """The very type, of which all is known. It is a type, or what stands for one in an annotation."""
    if type_ not in _known:
        with _LOCK:
            msgspec.msgpack.Decoder(type_)
            _known.add(type_)
    return type_
