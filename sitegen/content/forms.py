"""How the scalars of the formats are read: one function a form, from text to a value.

Each raises ValueError with a message for editors where the text does not fit.
"""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from sitegen import urls
from sitegen.model.dates import Edtf, edtf
from sitegen.model.kinds import mentionable

TEXT_LIMIT = 100_000
"""Characters; no field holds a whole book."""
NAME_LIMIT = 200
"""Characters of a name; the longest of a place has 168 (Bangkok's in full)."""
URL_LIMIT = 2_000
"""Characters of a web address; browsers and servers take no longer ones everywhere."""


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("expected some text")
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"longer than {TEXT_LIMIT:,} characters")
    return text


def _line(text: str) -> str:
    if "\n" in text.strip("\n"):
        raise ValueError("expected one line of text")
    return _text(text).strip()


def _name(text: str) -> str:
    name = _line(text)
    if len(name) > NAME_LIMIT:
        raise ValueError(f"longer than {NAME_LIMIT} characters")
    return name


def _id(text: str) -> str:
    if not urls.is_stem(text):
        raise ValueError("expected an id: small letters, digits and hyphens, such as `kyiv-oblast`")
    return text


def _subject(text: str) -> str:
    kind, colon, stem = text.rpartition(":")
    kinds = [one.singular for one in mentionable()]
    if colon and kind not in kinds:
        raise ValueError(f"expected an id, after one of {', '.join(f'`{one}:`' for one in kinds)} where it is no place")
    _id(stem)
    return text


def _day(text: str) -> str:
    try:
        if len(text) != 10:
            raise ValueError
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("expected a day such as `2022-05-15`") from None


def _moment(text: str) -> str:
    """A day, or an instant in UTC to the second (RFC 3339): from 14 digits, as web archives write them in addresses, too."""
    digits = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", text)
    try:
        if digits or re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", text):
            there = datetime.datetime.fromisoformat("{}-{}-{}T{}:{}:{}Z".format(*digits.groups()) if digits else text)
            return there.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return _day(text)
    except (ValueError, OverflowError):
        raise ValueError("expected a day such as `2022-05-15`, or an instant such as `2022-05-15T09:30:00Z`") from None


def _edtf(text: str) -> Edtf:
    try:
        return edtf(text)
    except ValueError:
        raise ValueError("expected a date such as `2022-05-15`, `1912-05`, `1912~` or `2022-02/2022-05`") from None


def _url(text: str) -> str:
    if len(text) > URL_LIMIT:
        raise ValueError(f"longer than {URL_LIMIT:,} characters")
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\\^`{|}]", text)
    except ValueError:
        fine = False
    if not fine:
        raise ValueError("expected an address that begins with `https://` or `http://`")
    return text


def _path(text: str) -> str:
    if not urls.is_inside(text.rstrip("/")):
        raise ValueError("expected a path inside the archive, such as `seeds/name.txt`, without `..`")
    return text


def _address(text: str) -> str:
    if not urls.is_address(text.strip("/")):
        raise ValueError("expected an old address such as `articles/old-name` or `old-page.html`")
    return text.strip("/")


def _site(text: str) -> str:
    parts = urlsplit(_url(text))
    if parts.query or parts.fragment or "?" in text or "#" in text or not urls.is_address(parts.path.strip("/") or "x"):
        raise ValueError("expected the site's address, such as `https://example.org/archive/`")
    return text.rstrip("/") + "/"


def _email(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+\.[^\s@<>\"(),;:.]{2,}", text):
        raise ValueError("expected an address such as `archive@example.org`")
    return text


def _orcid(text: str) -> str:
    digits = text.removeprefix("https://orcid.org/")
    if not re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", digits):
        raise ValueError("expected an ORCID iD such as `0000-0002-1825-0097`")
    if digits[-1] != check_digit(digits.replace("-", "")[:-1]):
        raise ValueError("the last digit does not fit the others: one of them is mistyped")
    return digits


def check_digit(digits: str) -> str:
    """The last digit of an ORCID iD, from those before it (ISO/IEC 7064, MOD 11-2).

    >>> check_digit("000000021825009"), check_digit("000000021694233")
    ('7', 'X')
    """
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    return "X" if last == 10 else str(last)


def _doi(text: str) -> str:
    bare = re.sub(r"\A(https?://(dx\.)?doi\.org/|doi:)", "", text)
    if not re.fullmatch(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;.()\[\]-]+", bare):
        raise ValueError("expected a DOI such as `10.5072/example`")
    return bare


def _sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise ValueError("expected a SHA-256: 64 hexadecimal digits")
    return text.lower()


def _record_id(text: str) -> str:
    if not re.fullmatch(r"urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        raise ValueError("expected the id of a record, such as `urn:uuid:4885803b-eebd-4b27-a090-144450c11594`")
    return text.lower()


def _lang(text: str) -> str:
    if not re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*", text):
        raise ValueError("expected a language tag such as `en` or `uk`")
    return text


def _fraction(text: str) -> str:
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})|(\d{1,6}(?:\.\d{1,6})?)\s*%", text)
    if not found or (found.group(2) is not None and int(found.group(2)) == 0):
        raise ValueError("expected a share such as `1/3` or `12.5%`")
    return text


def _number(text: str) -> Decimal:
    try:
        if not re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", text):
            raise ValueError
        return Decimal(text)
    except (ValueError, InvalidOperation):
        raise ValueError("expected a number in plain digits, such as `27400` or `0.5`") from None


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise ValueError("expected a whole number from 1")
    return int(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?(0|[1-9]\d{0,6})", text):
        raise ValueError("expected a whole number such as `80`")
    return int(text)


def _degrees(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,3}(\.\d{1,10})?", text) or abs(float(text)) > 180:
        raise ValueError("expected degrees such as `50.45`, between -180 and 180")
    return float(text)


def _probability(text: str) -> float:
    if not re.fullmatch(r"0?\.\d{1,10}|[01](\.0{1,10})?", text):
        raise ValueError("expected a probability from 0 to 1, such as `0.95`")
    return float(text)


def boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("expected `true` or `false`")
    return text == "true"


FORMS: dict[str, Callable[[str], Any]] = {
    "text": _text,
    "line": _line,
    "name": _name,
    "id": _id,
    "subject": _subject,
    "day": _day,
    "moment": _moment,
    "edtf": _edtf,
    "url": _url,
    "path": _path,
    "address": _address,
    "site": _site,
    "email": _email,
    "orcid": _orcid,
    "doi": _doi,
    "sha256": _sha256,
    "record-id": _record_id,
    "lang": _lang,
    "fraction": _fraction,
    "number": _number,
    "count": _count,
    "whole": _whole,
    "degrees": _degrees,
    "probability": _probability,
}

JSON_SCHEMA: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "line": {"type": "string", "minLength": 1},
    "name": {"type": "string", "minLength": 1, "maxLength": NAME_LIMIT},
    "id": {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "subject": {"type": "string", "pattern": "^([a-z]+:)?[a-z0-9]+(-[a-z0-9]+)*$"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "moment": {"type": ["string", "integer"], "pattern": r"^\d{4}-\d\d-\d\d|^\d{14}$"},
    "edtf": {"type": ["string", "integer"]},
    "url": {"type": "string", "pattern": "^https?://"},
    "path": {"type": "string", "pattern": r"^[^/\\:][^\\:]*$"},
    "address": {"type": "string", "pattern": "^/?[A-Za-z0-9_~-][A-Za-z0-9._~/-]*$"},
    "site": {"type": "string", "pattern": "^https?://[^?#]+$"},
    "email": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
    "orcid": {"type": "string", "pattern": r"^(https://orcid\.org/)?(\d{4}-){3}\d{3}[\dX]$"},
    "doi": {"type": "string", "pattern": r"^(https?://(dx\.)?doi\.org/|doi:)?10\.\d{4,9}(\.\d+)?/"},
    "sha256": {"type": ["string", "integer"], "pattern": "^[0-9a-fA-F]{64}$"},
    "record-id": {"type": "string", "pattern": "^urn:uuid:[0-9a-fA-F-]{36}$"},
    "lang": {"type": "string", "pattern": "^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$"},
    "fraction": {"type": "string", "pattern": r"^(\d+/\d+|\d+(\.\d+)?\s*%)$"},
    "number": {"type": "number"},
    "count": {"type": "integer", "minimum": 1},
    "whole": {"type": "integer"},
    "degrees": {"type": "number", "minimum": -180, "maximum": 180},
    "probability": {"type": "number", "minimum": 0, "maximum": 1},
}
"""The same forms for editors' tools; looser where YAML's own guesses get in the way."""

SPOKEN = {
    "text": "text",
    "line": "one line of text",
    "name": f"name of at most {NAME_LIMIT} signs",
    "id": "id",
    "subject": "id, of a topic as `topic:ID`",
    "day": "day (`2022-05-15`)",
    "moment": "day or instant (`2022-05-15T09:30:00Z`)",
    "edtf": "date (EDTF level 0 or 1)",
    "url": "web address",
    "path": "path",
    "address": "old address",
    "site": "the site's address",
    "email": "email address",
    "orcid": "ORCID iD (`0000-0002-1825-0097`)",
    "doi": "DOI",
    "sha256": "SHA-256",
    "record-id": "id of a record in a WARC file (`urn:uuid:…`)",
    "lang": "language tag",
    "fraction": "share (`1/3`, `12.5%`)",
    "number": "number",
    "count": "whole number from 1",
    "whole": "whole number",
    "degrees": "degrees",
    "probability": "probability (`0.95`)",
}
"""The forms in words, for the reference pages."""
