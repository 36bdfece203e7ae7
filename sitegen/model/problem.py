"""A problem is a value: what is wrong, where, and what to do about it. All are collected, sorted, printed."""

from typing import TYPE_CHECKING, Literal, cast

from sitegen.model.base import Value

Severity = Literal["error", "warning"]
Code = Literal[
    "no-archive", "bad-file-name", "address-taken", "address-gone", "anchor-gone", "ledger-line",
    "static-unpublished", "stray-file", "notes-without-article",
    "outside-archive", "within-circle",
    "within-too-deep", "too-deep", "unreadable", "too-large", "invalid-utf8", "no-front-matter", "yaml-syntax", "yaml-anchor", "yaml-tag",
    "yaml-second-document", "yaml-too-deep", "duplicate-key", "unknown-key", "comma-ended-quote", "comment-ended-text", "key-in-both",
    "missing-…", "wrong-type", "wrong-choice", "label-without-number", "unused-waiver", "quote-not-found", "quote-ambiguous",
    "quotes-too-common", "too-many-highlights", "quote-cuts", "figure-not-in-quote", "hedge-disagrees", "gloss-differs", "hedge-not-found",
    "empty-note", "missing-quote", "duplicate-id", "group-sum", "unused-correction", "share-over", "share-misfits", "uncredited-figure",
    "day-disagrees", "day-without-date", "missing-calendar", "unknown-calendar", "date-disagrees", "basis-without-date",
    "weekday-disagrees", "unknown-id", "ambiguous-id", "ambiguous-name", "broken-link", "relative-link", "unsafe-link", "raw-html",
    "source-without-document", "document-without-address", "snapshot-twice", "unplaced", "outside-container", "link-dead", "link-moved",
    "missing-seed", "seed-changed", "seed-not-text", "departs-from-seed", "other-archive", "not-text", "no-article", "empty-seed",
    "reader-failed", "bad-proposal", "unknown-image", "link-title", "ragged-table", "nested-too-deep", "image-in-text", "image-not-placed",
    "caption-not-printed", "whose-image", "missing-image", "bad-image", "bad-shape", "no-alt", "alt-is-caption", "no-credit", "image-large",
    "says-both", "series-falls", "series-leaps", "sources-differ", "unit-differs", "hedge-lost", "one-voice", "circular-via",
    "parts-differ", "verdict-without-evidence", "unused-page", "unpublished-source", "loaded-word", "todo", "old-draft", "no-revisions",
    "unknown-theme", "missing-template", "template-syntax", "template-variable", "template-failed", "missing-asset", "stylesheet-circle",
    "card-fonts", "not-read", "page-lost",
]  # fmt: skip
"""What a problem is called. What each means and how it is mended stands in `model.rules`, in the same order."""

if TYPE_CHECKING:
    _Told = Code
else:
    _Told = str  # msgspec would refuse `missing-title` when it reads a problem from the store


def missing(key: str) -> Code:
    """The code of a key that is needed.

    >>> missing("title")
    'missing-title'
    """
    return cast("Code", f"missing-{key}")  # told of any key, and one rule for all: `missing-…`


class Problem(Value, frozen=True, order=True):
    """One problem. `line` counts from 1; 0 means the file as a whole."""

    path: str
    line: int
    code: _Told
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> tuple[str, ...]:
        """As an editor is told it: what is wrong, then what to do about it."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{where}: {self.severity}[{self.code}]: {self.message}"
        return (text, f"  hint: {self.hint}") if self.hint else (text,)

    def record(self) -> dict[str, str | int]:
        """As JSON has it, in the order of DESIGN section 3."""
        fields = ("path", "line", "code", "severity", "message", "hint")
        return {field: getattr(self, field) for field in fields}


class Waived(Value, frozen=True, order=True):
    """That a check is waived: where that is written, and why."""

    path: str
    line: int
    code: str
    why: str


class Fault(Exception):
    """The machine or its state keeps us from going on (exit code 4): disk full, permission, locked."""


class Unsound(Fault):
    """The archive has errors, so that what was asked cannot be told (exit code 1, as of `check`)."""
