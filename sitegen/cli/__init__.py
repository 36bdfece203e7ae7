"""The command line. A command reads its arguments, asks one room, and prints what that says."""

from __future__ import annotations

from sitegen.cli import depositing, exchanging, importing, owning, pages, site, snapshotting
from sitegen.cli.shell import main

__all__ = ["depositing", "exchanging", "importing", "main", "owning", "pages", "site", "snapshotting"]
