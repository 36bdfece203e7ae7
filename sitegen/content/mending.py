"""What was probably meant by a value that has not the form which its key needs: hints, never applied."""

from __future__ import annotations

import datetime
import re

from sitegen import urls


def mended(name: str, text: str) -> str:
    """What was probably meant, in the form that is needed."""
    if name == "boolean" and text.lower() in ("yes", "true", "on", "no", "false", "off"):
        return f"write `{'true' if text.lower() in ('yes', 'true', 'on') else 'false'}`"
    if name in ("day", "edtf") and (found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)):
        return f"write `{found[3]}-{int(found[2]):02}-{int(found[1]):02}`"
    if name in ("day", "edtf") and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "there is no such day"
    if name in ("day", "edtf") and (date := _written_out(text)):
        return f"write `{date}`"
    if name == "lang" and text.lower() in _LANGUAGES:
        return f"write `{_LANGUAGES[text.lower()]}`"
    if name == "id" and ", " in text:
        return f"write `[{text}]`"
    if name == "id" and urls.is_stem(urls.slug(text)):
        return f"did you mean `{urls.slug(text)}`?"
    if name in ("degrees", "number") and re.fullmatch(r"-?\d+,\d+", text):
        whole = f"`{text.replace(',', '')}` or " if name == "number" else ""
        return f"write {whole}`{text.replace(',', '.')}`"
    return ""


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
