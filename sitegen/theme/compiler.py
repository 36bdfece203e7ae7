"""Jinja's compiler, told what our templates are given: views, whose fields are attributes and whose text is plain.

The code that it makes does what Jinja's own would do, or raises: a field is read as an attribute, where Jinja asks its environment; a
macro is called as the function that it is; text is escaped without becoming a `Markup` first. `Theme.render` lets Jinja itself
render what raises here, which goes on where a template asks for more than fields (`is defined`), and else says what is wrong, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from keyword import iskeyword
from types import CodeType
from typing import Any, NamedTuple

import msgspec
from jinja2 import BaseLoader, Environment, Template, TemplateNotFound, meta, nodes, runtime
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

from sitegen.speech import Speech
from sitegen.theme.saying import ASIDE, spoken


class Turn(msgspec.Struct, frozen=True, gc=False):
    """What `loop` tells within a loop over a tuple, as views have them."""

    index: int
    index0: int
    first: bool
    last: bool
    length: int


def looped(items: Iterable[Any], undefined: type[runtime.Undefined], *recursive: Any) -> Iterable[tuple[Any, Any]]:
    """The items of a loop that asks for `loop`, each with it."""
    if recursive or type(items) is not tuple:
        return runtime.LoopContext(items, undefined, *recursive)
    count = len(items)
    return [(item, Turn(turn, turn - 1, turn == 1, turn == count, count)) for turn, item in enumerate(items, 1)]


class Macro(runtime.Macro):
    """A macro that can be called as the function that it is: `said` gives its HTML, as plain text. What is left out of the arguments
    is `missing`, from which Jinja's code makes the default."""

    def __init__(self, environment: Environment, func: Callable[..., str], name: str, arguments: Sequence[str], *rest: Any) -> None:
        super().__init__(environment, func, name, list(arguments), *rest)
        is_plain = not (self.catch_kwargs or self.catch_varargs or self.caller)
        if is_plain:
            func.__defaults__ = (runtime.missing,) * len(arguments)  # type: ignore[attr-defined]  # it is a `def` of the template's code
        self.said = func if is_plain else self.__call__


class Compiler(CodeGenerator):
    """Makes the Python code of a template."""

    macros: frozenset[str] = frozenset()
    """Macros of this template."""
    rooms: frozenset[str] = frozenset()
    """The names by which it imports other templates, which hold macros."""
    said: nodes.Call | None = None
    """The macro call that is to be printed next."""

    def __init__(self, environment: Environment, name: str, filename: str) -> None:
        super().__init__(environment, name, filename)
        self.unknown: set[str] = set()

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        looked_for = {name for how, name in frame.symbols.loads.values() if how == VAR_LOAD_RESOLVE and name is not None}
        self.unknown |= looked_for - set(self.environment.globals)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.macros = frozenset(one.name for one in node.find_all(nodes.Macro))
        self.rooms = frozenset(one.target for one in node.find_all(nodes.Import))
        super().visit_Template(node, frame)
        # in place of Jinja's own, by the names by which the code above calls them
        self.writeline("from sitegen.theme.compiler import Macro, looped as LoopContext")
        self.writeline("from sitegen.theme.saying import printed as escape")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr) or isinstance(node.node, nodes.Const):
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node is not self.said:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.said = None
        self.visit(node.node, frame)
        self.write(".said(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.said = node if self._is_macro(node) and isinstance(node, nodes.Call) and frame.eval_ctx.autoescape else None
        if frame.eval_ctx.volatile or self.said is None:
            self.said = None
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(")

    def _is_macro(self, node: nodes.Expr) -> bool:
        """Whether this is a call of a macro with nothing but positions, whose HTML can be printed as it is."""
        if not isinstance(node, nodes.Call) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return False
        callee = node.node
        if isinstance(callee, nodes.Name):
            return callee.name in self.macros
        return isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name) and callee.node.name in self.rooms


class Compiled(NamedTuple):
    """A template as code. `unknown`: the names that it looks for outside of itself; `named`: the templates that it names, None
    standing for one whose name is computed."""

    code: CodeType
    unknown: frozenset[str]
    named: frozenset[str | None]


def compiled(environment: Environment, text: str, name: str, speech: Speech) -> Compiled:
    """Raises jinja2.TemplateSyntaxError."""
    tree = spoken(environment.parse(text, name), speech)
    named = frozenset(meta.find_referenced_templates(tree))
    compiler = Compiler(environment, name, name)
    compiler.visit(tree)
    compiler.stream.seek(0)
    # a block does not see its template's imports, as the compiler reads it; in a render it does
    return Compiled(compile(compiler.stream.read(), name, "exec"), frozenset(compiler.unknown - compiler.rooms - {ASIDE}), named)


class Loader(BaseLoader):
    """Loads templates from their code."""

    def __init__(self, code: Callable[[str], CodeType | None]) -> None:
        self.code = code

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        code = self.code(name)
        if code is None:
            raise TemplateNotFound(name)
        # a plain dictionary, for every page begins with a copy of it
        return environment.template_class.from_code(environment, code, dict(globals or {}))
