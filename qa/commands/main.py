"""The command line `atazan`: the commands there are, and one line for whatever goes wrong."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import typer

from corpus import CorpusError
from index import SearchIndexError
from qa.commands.ask import ask, search
from qa.commands.compare import compare
from qa.commands.doctor import doctor
from qa.commands.documents import add, build, fetch, remove
from qa.commands.evaluate import evaluate
from qa.commands.library.group import group as library
from qa.commands.read import article, cite, topic, topics
from qa.commands.serve import serve, token
from qa.errors import AnswerError, BadQuestion, BadReference
from qa.setup.progress import tell

_GARBAGE = 50_000, 20, 20  # objects made before it is looked for, and how often among older ones

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Questions about the Constitution of Kazakhstan, answered with the provision itself, in kk, ru and en.",
)
# In the order in which the help lists them; what a command needs it imports when it runs.
COMMANDS: dict[str, Callable[..., None]] = {
    "ask": ask,
    "article": article,
    "cite": cite,
    "topics": topics,
    "topic": topic,
    "compare": compare,
    "search": search,
    "fetch": fetch,
    "index": build,
    "add": add,
    "remove": remove,
    "serve": serve,
    "token": token,
    "eval": evaluate,
    "doctor": doctor,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
app.add_typer(library, name="library")


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Exit status 2 for bad usage, 1 for a failure, one line on stderr and no traceback."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # here, where it can still be told that there is no room
    except (BadQuestion, BadReference) as error:
        tell(str(error))
        sys.exit(2)
    except (AnswerError, CorpusError, SearchIndexError) as error:
        tell(str(error))
        sys.exit(1)
    except UnicodeDecodeError:
        raise  # of a file, and no argument's fault
    except UnicodeError:  # an argument of bytes that are no text, a host's name that cannot be one
        tell("An argument holds characters that cannot stand there; type it again as plain text.")
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone (`atazan ask … | head`); nothing is left to say.
        _discard_output()
        sys.exit(0)
    except OSError as error:
        _discard_output()
        tell(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
        sys.exit(1)


def _discard_output() -> None:
    """What is still in the buffer of standard output goes nowhere: written at the exit, it would fail once more."""
    with suppress(OSError):  # a stream that is no file has nothing to fail
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """A stream that was closed by whoever started this (`>&-`) leads nowhere, as `print` has it; else its number would
    go to the next file that is opened."""
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def main() -> None:
    """Entry point of the console script."""
    _open_streams()
    # Nothing that an answer is made of is let go before it is given: to look for garbage takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with _one_line_errors():
        app()


if __name__ == "__main__":
    main()
