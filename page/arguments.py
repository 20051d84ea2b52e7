"""What a tool is given by a program: filled up with what was left out, and refused in a sentence where it is wrong."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

from qa.errors import AnswerError
from qa.messages import message

_REQUEST = "request"  # given by the server, not by the program
_SHOWN = 40  # characters of a wrong value that the sentence shows
_KINDS: Mapping[Any, str] = {
    str: "argument.text",
    int: "argument.whole_number",
    bool: "argument.yes_or_no",
}


class BadArguments(AnswerError):
    """What a tool is given does not fit it; the message says what does not."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One that a program gives: text, a whole number, or true or false; `default` where it may be left out."""

    name: str
    kind: Any
    default: Any = inspect.Parameter.empty

    @property
    def needed(self) -> bool:
        """Whether it must be given."""
        return self.default is inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameters:
    """Those of a tool, in their order."""

    tool: str
    each: tuple[Parameter, ...]

    @classmethod
    def of(cls, tool: Callable[..., Any]) -> Parameters:
        """As its signature has them."""
        kinds = get_type_hints(tool)
        found = [p for p in inspect.signature(tool).parameters.values() if p.name != _REQUEST]
        return cls(tool.__name__, tuple(Parameter(p.name, kinds[p.name], p.default) for p in found))

    def in_order(self, given: Sequence[Any], language: str) -> list[Any]:
        """All values, of arguments given in order. Raises `BadArguments`."""
        if len(given) > len(self.each):
            raise _bad("argument.too_many", language, tool=self.tool, names=self._names, count=len(given))
        return self.by_name({p.name: value for p, value in zip(self.each, given, strict=False)}, language)

    def by_name(self, given: Mapping[str, Any], language: str) -> list[Any]:
        """The same of arguments by name; null counts as left out."""
        if unknown := [name for name in given if name not in {p.name for p in self.each}]:
            raise _bad("argument.unknown", language, tool=self.tool, names=self._names, name=str(unknown[0])[:_SHOWN])
        return [self._value(parameter, given.get(parameter.name), language) for parameter in self.each]

    @property
    def _names(self) -> str:
        return ", ".join(parameter.name for parameter in self.each)

    def _value(self, parameter: Parameter, value: Any, language: str) -> Any:
        if value is None:
            if parameter.needed:
                raise _bad("argument.missing", language, tool=self.tool, name=parameter.name)
            return parameter.default
        # In Python true is a number, and JSON writes 3.0 for 3.
        if parameter.kind is int and isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, parameter.kind) or (parameter.kind is int and isinstance(value, bool)):
            kind = message(_KINDS[parameter.kind], language)
            raise _bad("argument.kind", language, name=parameter.name, kind=kind, value=_shown(value))
        if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            raise _bad("argument.broken", language, name=parameter.name)
        return value


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _bad(key: str, language: str, **values: object) -> BadArguments:
    return BadArguments(message(key, language, **values))
