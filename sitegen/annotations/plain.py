r"""The text of what a stranger wrote: HTML without its tags, no sign that cannot be stored."""

from __future__ import annotations

import html
import re

from sitegen.content.text import normal

_BLOCK = re.compile(r"<(?=/?(?:p|div|li|ul|ol|br|hr|h[1-6]|tr|td|th|table|blockquote|pre|section|article)\b)", re.I)
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that YAML does not take, and halves of a pair (JSON may hold one)."""


def clean(text: str) -> str:
    r"""Text with what cannot be stored replaced.

    >>> clean("a\x00b\ud83d")
    'a\ufffdb\ufffd'
    """
    return _BAD.sub("\ufffd", text)


_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unsteered(text: str) -> str:
    r"""A stranger's words on one line, without signs that would turn the order of others around them.

    >>> unsteered("one\u202e two\n three")
    'one two three'
    """
    return normal(_STEERING.sub("", text))


_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|title|template|iframe)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"<[/!?]?[a-z][^>]*+>?", re.I)


def text_of(markup: str) -> str:
    """The words of HTML, without scripts, styles and comments. What is left is text, whatever it looks like, so that no parser is needed
    (the good ones take long where many elements lie in one another).

    >>> text_of("<p>One &amp; <b>two</b></p><p>3 < 4 &lt;b&gt;</p><script>four()</script>")
    ' One & two  3 < 4 <b> '
    """
    return clean(html.unescape(_TAG.sub("", _BLOCK.sub(" <", _HIDDEN.sub("", markup)))))
