"""The tools that a model may call in one answer: it chooses and fills them, code computes.

In: calls, unchecked. Out: messages for the model; computations, by token (`T1`), for the answer. Refuses a number that
the person did not give (a model would make one up, or take a four-year total for an envelope), a tool it does not
have, arguments that are not of the form, and calls past the limit. Errors are messages that the model can act on.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from assistant.conversation import Calculation, Language
from assistant.lock import figures
from assistant.model.values import ToolCall
from assistant.model_composer.fence import inert
from assistant.parsing.words import to_digits

MOST_CALLS = 8
FIND_TOOL = "find_passages"
_NOT_AMOUNTS = frozenset({"measure", "volet", "school_year", "language", "cents", "axis", "id", "name"})
_CALCULATION = TypeAdapter(Calculation)
_MOST_DIGITS = 15


class Tool(Protocol):
    """What is needed of a LangChain tool."""

    @property
    def name(self) -> str:
        """Its name."""

    def invoke(self, input: dict[str, Any]) -> Any:  # noqa: A002, ANN401 (LangChain's own signature)
        """Its result."""


@dataclass(slots=True)
class Toolbox:
    """The tools of one answer. `given` is what the person wrote; `find` looks for passages where some were left out."""

    tools: Mapping[str, Tool]
    language: Language
    given: str
    find: Callable[[str], str] | None = None
    calculations: dict[str, Calculation] = field(default_factory=dict)
    calls: int = 0

    def add(self, calculation: Calculation) -> str:
        """A token for a computation that was made without the model."""
        token = f"T{len(self.calculations) + 1}"
        self.calculations[token] = calculation
        return token

    @property
    def is_spent(self) -> bool:
        """Whether no call is left."""
        return self.calls >= MOST_CALLS

    def run(self, call: ToolCall) -> str:
        """The message that answers a call."""
        self.calls += 1
        if self.calls > MOST_CALLS:
            return _refusal("call_limit", f"No more than {MOST_CALLS} calls: reply now with what you have.")
        if call.name == FIND_TOOL and self.find is not None:
            return self.find(inert(str(call.arguments.get("query", "")))[:300]) or "No passage holds these words."
        tool = self.tools.get(call.name)
        if tool is None:
            return _refusal("unknown_tool", f"There is no tool {call.name!r}. Tools: {', '.join(self.tools)}.")
        arguments = {**call.arguments}
        if "language" in _fields(tool):
            arguments["language"] = self.language
        if invented := sorted(self._invented(arguments)):
            said = "not given by the person: ask for them instead (status needs_input)"
            return _refusal("invented_input", f"{', '.join(invented)}: {said}")
        return self._result(tool, arguments)

    def _result(self, tool: Tool, arguments: dict[str, Any]) -> str:
        try:
            found = tool.invoke(arguments)
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
            return _refusal("invalid_arguments", "; ".join(problems)[:600])
        except (ArithmeticError, KeyError, LookupError, TypeError, ValueError) as error:
            return _refusal("invalid_arguments", f"{type(error).__name__}: these arguments cannot be computed with")
        if "code" in found and "operation" not in found:
            return json.dumps(found, ensure_ascii=False)
        token = self.add(_CALCULATION.validate_python(found))
        return f"{token} = {json.dumps(shown(self.calculations[token]), ensure_ascii=False)}"

    def _invented(self, arguments: Mapping[str, Any]) -> set[str]:
        """The numbers among the arguments that the person did not write, and that are no sum of two of theirs."""
        digits = f"{self.given} | {to_digits(self.given.replace('’', chr(39)), self.language)}"
        given = {value for one in figures(digits) if (value := _value(one.value)) is not None}
        sums = {a + b for a, b in combinations(sorted(given), 2)}
        known = {*given, *sums, Fraction(0), None}
        return {f"{name}={value}" for name, value in _amounts(arguments) if _value(str(value)) not in known}


def _amounts(arguments: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in arguments.items():
        if name in _NOT_AMOUNTS or value is None or isinstance(value, bool):
            continue
        if isinstance(value, (list, tuple)):
            rows = [row for row in value if isinstance(row, Mapping)]
            found.extend(pair for row in rows for pair in _amounts(row))
        else:
            found.append((name, value))
    return found


def _value(text: str) -> Fraction | None:
    try:
        return Fraction(text) if len(text) <= _MOST_DIGITS + 8 else None
    except (ValueError, ZeroDivisionError):
        return None


def _fields(tool: Tool) -> frozenset[str]:
    schema = getattr(tool, "args_schema", None)
    return frozenset(getattr(schema, "model_fields", {}))


def _refusal(code: str, said: str) -> str:
    return json.dumps({"code": code, "message": said}, ensure_ascii=False)


def shown(calculation: Calculation) -> dict[str, Any]:
    """A computation as the model reads it: what was given, the working, the results. Not its sources: it has them."""
    return {
        "operation": calculation.operation,
        "measure": calculation.measure,
        "volet": calculation.volet,
        "school_year": calculation.school_year,
        "inputs": dict(calculation.inputs),
        "formula": calculation.formula,
        "steps": [f"{step.label}: {step.expression} = {step.rounded}" for step in calculation.steps],
        "results": [
            f"{result.label}: {f'{result.qualifier} ' if result.qualifier else ''}{result.amount} {result.unit}"
            for result in calculation.results
        ],
        "rounding": calculation.rounding,
        "assumptions": list(calculation.assumptions),
        "warnings": list(calculation.warnings),
    }


def merged(calculations: Sequence[Calculation]) -> Calculation | None:
    """Several computations as one, so that all their workings are shown; None without any."""
    if len(calculations) < 2:  # noqa: PLR2004 (one alone is itself)
        return calculations[0] if calculations else None
    first = calculations[0]

    def shared(name: str) -> str | None:
        values = {getattr(one, name) for one in calculations}
        return values.pop() if len(values) == 1 else None

    return Calculation(
        operation="several",
        measure=shared("measure"),
        volet=shared("volet"),
        school_year=shared("school_year"),
        inputs={
            key: "; ".join(dict.fromkeys(one.inputs[key] for one in calculations if key in one.inputs))
            for key in dict.fromkeys(key for one in calculations for key in one.inputs)
        },
        parameters=tuple(dict.fromkeys(p for one in calculations for p in one.parameters)),
        formula="; ".join(dict.fromkeys(one.formula for one in calculations)),
        steps=tuple(step for one in calculations for step in one.steps),
        results=tuple(result for one in calculations for result in one.results),
        rounding=first.rounding,
        assumptions=tuple(dict.fromkeys(a for one in calculations for a in one.assumptions)),
        warnings=tuple(dict.fromkeys(w for one in calculations for w in one.warnings)),
        sources=tuple(dict.fromkeys(s for one in calculations for s in one.sources)),
    )
