"""A problem is a value: what is wrong, where, and what to do about it. All are collected, sorted, printed."""

from typing import Literal

from sitegen.model.base import Value

Severity = Literal["error", "warning"]


class Problem(Value, frozen=True, order=True):
    """One problem. `line` counts from 1; 0 means the file as a whole."""

    path: str
    line: int
    code: str
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


class Fault(Exception):
    """The machine or its state keeps us from going on (exit code 4): disk full, permission, locked."""
