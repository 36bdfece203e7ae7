"""Words from files as a terminal may be given them."""

import unicodedata

_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])
"""The categories of Unicode of which nothing is seen but the effect: control, format, half a pair, end of a line or paragraph."""


def visible(text: str) -> str:
    r"""One line of text. What would steer the terminal, end the line or turn the order of its words is shown as an escape; letters and
    signs of all scripts stay as they are.

    >>> print(visible("Київ\n\x1b[31m said\u202e"))
    Київ\n\x1b[31m said\u202e
    """
    if text.isprintable():  # nearly all is: what Python calls so has none of these categories
        return text
    return "".join(char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNSEEN else char for char in text)
