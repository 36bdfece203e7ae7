"""How templates speak: `_('…')`, `ngettext('%(num)s note', '%(num)s notes', n)` and `{% trans %}`, in the language of the site.

A message of a template is HTML, as the template is; what is put into it is escaped. Where a message is plain, its translation takes its
place before the template is compiled (`spoken`), so that it costs a page nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from sitegen.speech import Speech

try:
    from markupsafe._speedups import _escape_inner as _escaped  # the half of `markupsafe.escape` that escapes
except ImportError:

    def _escaped(text: str, /) -> str:
        return str(markupsafe.escape(text))


_CUT = re.compile(r"(?<!%)%\((\w+)\)s")
PLAIN = ("_", "gettext")
"""The names of the function whose messages are sought by themselves."""
ASIDE = "_trans"
"""The name by which Jinja's `{% trans %}` puts a value aside."""


def printed(value: Any) -> str:
    """What a template prints for a value: text escaped, HTML as it is.

    >>> printed("a < b"), printed(Markup("<b>")), printed(3)
    ('a &lt; b', Markup('<b>'), '3')
    """
    if type(value) is str:
        return _escaped(value)
    return value if type(value) is Markup else str(markupsafe.escape(value))


def functions(speech: Speech) -> dict[str, Callable[..., Markup]]:
    """What templates call. `num` is the number that is counted, and is printed as the language writes it.

    >>> from sitegen.speech import english
    >>> said = functions(english())
    >>> said["_"]("Said by %(name)s", name="A & B"), said["ngettext"]("%(num)s note", "%(num)s notes", 1200)
    (Markup('Said by A &amp; B'), Markup('1,200 notes'))
    """

    def put(message: str, variables: dict[str, Any]) -> Markup:
        return Markup(message % {name: printed(value) for name, value in variables.items()})

    def said(message: str, /, **variables: Any) -> Markup:
        return put(speech.gettext(message), variables)

    def said_in(context: str, message: str, /, **variables: Any) -> Markup:
        return put(speech.pgettext(context, message), variables)

    def counted(one: str, several: str, num: int, /, **variables: Any) -> Markup:
        return put(speech.ngettext(one, several, num), {"num": speech.number(str(num)), **variables})

    def counted_in(context: str, one: str, several: str, num: int, /, **variables: Any) -> Markup:
        return put(speech.npgettext(context, one, several, num), {"num": speech.number(str(num)), **variables})

    return {"_": said, "gettext": said, "pgettext": said_in, "ngettext": counted, "npgettext": counted_in}


def filters(speech: Speech) -> dict[str, Callable[..., str]]:
    """`joint` is what stands behind an item of a list ("a, b and c"), by its number: `{{ one }}{{ all|joint(loop.index) }}`;
    `number` writes a number as the language does."""

    def joint(items: Sequence[Any], index: int) -> str:
        return speech.joint(index, len(items))

    def number(value: int) -> str:
        return speech.number(str(value))

    return {"joint": joint, "number": number}


def spoken(tree: nodes.Template, speech: Speech) -> nodes.Template:
    """A template with the plain messages translated; one that has a name of its own for the function, or turns escaping off, is left to
    call it."""
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"} | {macro.name for macro in tree.find_all(nodes.Macro)}
    own |= {one if isinstance(one, str) else one[1] for imported in tree.find_all(nodes.FromImport) for one in imported.names}
    if own.isdisjoint(PLAIN) and next(tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)), None) is None:
        _Translator(speech).visit(tree)
    return tree


class _Translator(NodeTransformer):
    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.first: nodes.Node | None = None

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node | None:  # noqa: N802 - Jinja names its methods after nodes
        """`{% trans %}` puts its first variable aside, where that is a call, for it may have to be counted; here it is put in again."""
        if not isinstance(node.target, nodes.Name) or node.target.name != ASIDE:
            return self.generic_visit(node)
        self.first = self.visit(node.node)
        return None

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - as above
        return self.first if node.name == ASIDE and self.first is not None else node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        message = self.message(node)
        pieces = None if message is None or node.kwargs else _pieces(message, node)
        return pieces[0] if pieces is not None and len(pieces) == 1 else node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - as above
        """What is printed is its words and its variables, in the translation's order."""
        self.generic_visit(node)
        out: list[nodes.Expr] = []
        for child in node.nodes:
            message = self.message(child) if isinstance(child, nodes.Call) else None
            pieces = _pieces(message, child) if message is not None and isinstance(child, nodes.Call) else None
            out += [child] if pieces is None else pieces
        node.nodes = out
        return node

    def message(self, node: nodes.Call) -> str | None:
        """What a call says, if nothing but its variables is left to be seen when it is made."""
        callee, arguments = node.node, node.args
        if not isinstance(callee, nodes.Name) or callee.name not in PLAIN or node.dyn_args or node.dyn_kwargs or len(arguments) != 1:
            return None
        (text,) = arguments
        return self.speech.gettext(text.value) if isinstance(text, nodes.Const) and isinstance(text.value, str) else None


def _pieces(message: str, call: nodes.Call) -> list[nodes.Expr] | None:
    """A call's message, cut at its variables; None where that goes wrong, which the call itself will tell."""
    given = {one.key: one.value for one in call.kwargs}
    out: list[nodes.Expr] = []
    for number, part in enumerate(_CUT.split(message)):
        if number % 2 and part not in given:
            return None
        if not number % 2 and "%" in part.replace("%%", ""):
            return None
        data = nodes.TemplateData(part.replace("%%", "%"), lineno=call.lineno, environment=call.environment)
        out.append(given[part] if number % 2 else data)
    return out
