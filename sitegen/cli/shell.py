"""What all commands share: exit codes, the archive's folder, and what becomes of what is raised."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from sitegen.clock import today
from sitegen.model.problem import Fault, Unsound
from sitegen.model.visible import visible
from sitegen.terminal import say

if TYPE_CHECKING:
    from sitegen.survey import Options

FINE, PROBLEMS, USAGE, OURS, MACHINE = 0, 1, 2, 3, 4
"""The exit codes (DESIGN section 3)."""
INTERRUPTED, CLOSED = 130, 141
"""As shells have it: 128 and the number of the signal. The second: nobody reads what is printed."""

_GARBAGE = 200_000
"""Objects after which cycles are sought. What a build holds are frozen values, which are in none: sought as often as Python does by itself,
it takes a tenth of the time of a small build."""
_CONFIG = "sitegen.yaml"


def archive_above(folder: Path) -> Path | None:
    """The archive that a folder is or lies in, as Git has it; None where it lies in none."""
    here = folder.resolve()
    found = next((one for one in (here, *here.parents) if os.path.lexists(one / _CONFIG)), None)
    return None if found is None else folder if found == here else Path(os.path.relpath(found, Path.cwd()))


def _archive(context: click.Context, parameter: click.Parameter, given: Path) -> Path:
    """The archive that is meant: where none was named, this folder or the nearest above it that is one. Raises UsageError where there is
    none."""
    is_named = context.get_parameter_source(parameter.name or "") is not ParameterSource.DEFAULT
    found = (given if os.path.lexists(given / _CONFIG) else None) if is_named else archive_above(given)
    if found is not None or context.resilient_parsing:
        return found or given
    named = visible(str(given))
    where = f"in {named}" if is_named else "here, nor in a folder above"
    raise click.UsageError(
        f"there is no archive {where} (no {_CONFIG}): name its folder with `--source`, or begin one with `sitegen init {named}`"
    )


SOURCE = click.option(
    "--source",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    show_default="this folder, or the nearest above it that is an archive",
    callback=_archive,
    help="The archive's folder.",
)


def _to_be_written(_: click.Context, __: click.Parameter, given: Path | None) -> Path | None:
    """A file to be written. Raises UsageError where its folder is not there."""
    if given is not None and not given.parent.is_dir():
        raise click.UsageError(f"there is no folder {visible(str(given.parent))}: make it first, or name another file with `--out`")
    return given


def out_option(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that names the file which is written; `default` says what becomes of it where none is named."""
    told = f"The file that is written.  [default: {default}]"
    return click.option("--out", type=click.Path(path_type=Path, dir_okay=False), callback=_to_be_written, help=told)


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turns what a command returns or raises into an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        gc.set_threshold(_GARBAGE)
        try:
            code = command(*args, **options)
        except Fault as fault:
            say(f"sitegen: {fault}", err=True)
            code = PROBLEMS if isinstance(fault, Unsound) else MACHINE
        except BrokenPipeError:  # whoever reads has read enough (`sitegen list places | head`)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what Python still holds for it is written nowhere
            code = CLOSED
        except OSError as error:
            say(f"sitegen: {error.filename or ''}: {error.strerror or error}", err=True)
            code = MACHINE
        except KeyboardInterrupt:
            click.echo("sitegen: interrupted", err=True)
            code = INTERRUPTED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and is told as such
            if _is_short_of_memory(error):
                click.echo("sitegen: the machine has too little memory for this; `--jobs 1` takes less", err=True)
                code = MACHINE
            else:
                import traceback

                for line in traceback.format_exc().splitlines():
                    say(line, err=True)
                say(f"sitegen: a fault of ours ({type(error).__name__}); please report it with the lines above", err=True)
                code = OURS
        sys.exit(code)

    return run


def options() -> Options:
    """What is asked of an archive by a command that builds no site: as it is today."""
    from sitegen.survey import Options
    from sitegen.workers import default_jobs

    return Options(today(), None, False, default_jobs())


def _is_short_of_memory(error: Exception) -> bool:
    """Whether an error means that memory ran out. A library that cannot be loaded for that says so in words alone; and Python, where there
    is none left even for an exception, that there was an error without one."""
    words = ("cannot allocate memory", "failed to map segment", "without exception set")
    return isinstance(error, MemoryError) or (
        isinstance(error, ImportError | SystemError) and any(one in str(error).lower() for one in words)
    )


def _show_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        from sitegen.installed import version

        click.echo(f"sitegen {version()}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version and exit.")
def main() -> None:
    """A static site generator for an annotated article archive."""
