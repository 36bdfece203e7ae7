"""What was meant by a value that has not the form which its key needs. `right` is what `sitegen check --fix` writes; all else are hints."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from sitegen import urls
from sitegen.content.forms import FORMS


def right(name: str, text: str) -> str:
    """The one value in the form that is needed which a text can mean; empty where it can mean none, or several.

    >>> right("boolean", "Yes"), right("day", "31.12.2016"), right("day", "11.12.2016"), right("degrees", "50,45"), right("number", "1,220")
    ('true', '2016-12-31', '', '50.45', '')
    """
    if name == "boolean":
        return _SWITCHES.get(text.lower(), "")
    if name in ("day", "moment", "edtf"):
        days = _numbered(text)
        found = _written_out(text) or (days[0] if len(days) == 1 else "")
    elif name == "lang":
        found = _LANGUAGES.get(text.lower(), "")
    elif name == "degrees" and re.fullmatch(r"-?\d+,\d+", text):
        found = text.replace(",", ".")
    else:
        return ""
    return found if _fits(name, found) else ""


def alike(word: str, members: Iterable[str]) -> str:
    """The one of some words that is this one but for capitals, and for blanks or underscores in place of hyphens; empty where none is.

    >>> alike("More than", ["more-than", "less-than"]), alike("more", ["more-than"])
    ('more-than', '')
    """
    found = [one for one in members if one.lower() == re.sub(r"[ _]", "-", word.lower())]
    return found[0] if len(found) == 1 else ""


def mended(name: str, text: str) -> str:
    """What was probably meant, as a hint."""
    if found := right(name, text):
        return f"write `{found}`"
    if name in ("day", "moment", "edtf") and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "there is no such day"
    if name in ("day", "moment", "edtf") and (days := _numbered(text)):
        return f"write `{days[0]}`"
    if name in ("day", "moment") and (date := _written_out(text)):
        return f"write `{date}`"
    if name == "id" and ", " in text:
        return f"write `[{text}]`"
    if name == "id" and urls.is_stem(urls.slug(text)):
        return f"did you mean `{urls.slug(text)}`?"
    if name in ("degrees", "number") and re.fullmatch(r"-?\d+,\d+", text):
        whole = f"`{text.replace(',', '')}` or " if name == "number" else ""
        return f"write {whole}`{text.replace(',', '.')}`"
    return ""


def _fits(name: str, text: str) -> bool:
    try:
        FORMS[name](text)
    except ValueError:
        return False
    return True


_SWITCHES = {**dict.fromkeys(("yes", "true", "on"), "true"), **dict.fromkeys(("no", "false", "off"), "false")}
_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "deutsch": "de", "english": "en", "french": "fr", "german": "de", "polish": "pl", "russian": "ru",
    "spanish": "es", "ukrainian": "uk", "українська": "uk",
}  # fmt: skip


def _written_out(text: str) -> str:
    """A date in words as the formats write it; empty where it is none.

    >>> _written_out("3 July 1911"), _written_out("May 15, 2022"), _written_out("soon")
    ('1911-07-03', '2022-05-15', '')
    """
    for form in ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y", "%B %Y"):
        try:
            found = datetime.datetime.strptime(text, form).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
        return found.isoformat() if "%d" in form else found.isoformat()[:7]
    return ""


def _numbered(text: str) -> list[str]:
    """The days that a date in numbers may be: read with the day first, then with the month first.

    >>> _numbered("25.12.2016"), _numbered("12/25/2016"), _numbered("1/2/2016"), _numbered("40.1.2016")
    (['2016-12-25'], ['2016-12-25'], ['2016-02-01', '2016-01-02'], [])
    """
    found = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text)
    if found is None:
        return []
    one, other = int(found[1]), int(found[3])
    days = (f"{found[4]}-{month:02}-{day:02}" for day, month in ((one, other), (other, one)))
    return [day for day in dict.fromkeys(days) if _fits("day", day)]
