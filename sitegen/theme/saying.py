"""How templates speak: `_('…')`, `ngettext('%(num)s note', '%(num)s notes', n)` and `{% trans %}`, in the language of the site.

A message of a template is HTML, as the template is; what is put into it is escaped. Where a message is plain, its translation takes its
place before the template is compiled (`spoken`), so that it costs a page nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import markupsafe
from jinja2 import Environment, nodes
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


def let_speak(environment: Environment, speech: Speech) -> None:
    """Lets the templates of an environment speak a language."""
    # variables are put in by the function; told before the extension is there, which else says that they are not
    environment.extend(newstyle_gettext=True)
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(functions(speech))
    environment.filters.update(filters(speech))


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
    calls: list[tuple[nodes.Node, nodes.Call]] = []
    asides: list[tuple[nodes.Node, nodes.Assign]] = []
    stack: list[nodes.Node] = [tree]
    while stack:  # in one walk, for templates are large, and are compiled whenever a page is rendered
        node = stack.pop()
        for child in node.iter_child_nodes():
            stack.append(child)
            if isinstance(child, nodes.Call):
                if isinstance(child.node, nodes.Name) and child.node.name in PLAIN:
                    calls.append((node, child))
            elif isinstance(child, nodes.Assign) and isinstance(child.target, nodes.Name) and child.target.name == ASIDE:
                asides.append((node, child))
            elif _stands_against(child):
                return tree
    for parent, aside in asides:
        _put_back(parent, aside)
    for parent, call in reversed(calls):  # what stands within a call was found after it
        message = _message(call, speech)
        pieces = None if message is None else _pieces(message, call)
        if pieces is not None and (len(pieces) == 1 or isinstance(parent, nodes.Output)):
            _replace(parent, call, pieces)
    return tree


def _stands_against(node: nodes.Node) -> bool:
    match node:
        case nodes.Name(name=name, ctx=ctx):
            return ctx != "load" and name in PLAIN
        case nodes.Macro(name=name):
            return name in PLAIN
        case nodes.FromImport(names=names):
            return any((one if isinstance(one, str) else one[1]) in PLAIN for one in names)
        case nodes.ScopedEvalContextModifier() | nodes.EvalContextModifier():
            return True
    return False


def _put_back(parent: nodes.Node, aside: nodes.Assign) -> None:
    """`{% trans %}` puts its first variable aside, where that is a call, for it may have to be counted; here it is put in again, into what
    follows."""
    for _, value in parent.iter_fields():
        # by identity, for two nodes that say the same are equal
        at = next((number for number, one in enumerate(value) if one is aside), None) if isinstance(value, list) else None
        if at is not None:
            following = value[at + 1]
            for node in (following, *following.find_all((nodes.Call, nodes.Keyword))):
                for child in [child for child in node.iter_child_nodes() if isinstance(child, nodes.Name) and child.name == ASIDE]:
                    _replace(node, child, [aside.node])
            del value[at]


def _replace(parent: nodes.Node, child: nodes.Node, pieces: Sequence[nodes.Node]) -> None:
    for name, value in parent.iter_fields():
        if value is child:
            setattr(parent, name, pieces[0])
        elif isinstance(value, list):
            value[:] = [piece for one in value for piece in (pieces if one is child else [one])]


def _message(call: nodes.Call, speech: Speech) -> str | None:
    """What a call says, if nothing but its variables is left to be seen when it is made."""
    if call.dyn_args or call.dyn_kwargs or len(call.args) != 1:
        return None
    (text,) = call.args
    return speech.gettext(text.value) if isinstance(text, nodes.Const) and isinstance(text.value, str) else None


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
