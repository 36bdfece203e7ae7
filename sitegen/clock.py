"""The clock: asked once for each piece of work, at the edge."""

from __future__ import annotations

import datetime
import os
import time

from sitegen.model.problem import Fault


def today() -> str:
    """The UTC date (ISO) of `SOURCE_DATE_EPOCH`, or of the clock. Raises Fault where the variable is no number."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = int(epoch) if epoch else time.time()
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise Fault(f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds") from error
