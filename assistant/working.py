"""A computation as people read it: the sentences of an answer, plain text, an accessible HTML table.

In: a `Calculation` and its language. Out: sentences, the amount first and always called a simulation where it is one;
every number in them stands in the calculation or in a quote of its sources. Spreadsheets are `assistant.workbook`'s.
"""

from dataclasses import dataclass
from fractions import Fraction
from html import escape

from assistant.conversation import Calculation, Kind, Language, Parameter, Result, SourceQuote, Step
from assistant.facts import facts
from assistant.inputs import shown
from assistant.lock import loose
from assistant.tools.formats import count, money

_MOST_RESULTS = 60
_MOST_STEPS = 12
_LISTS = frozenset({"list", "list_volets"})
_QUIET_STEPS = frozenset({"strategy_extreme"})
"""Operations whose working is a comparison of everything: the result says it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer: what it is, and the verbatim quotes it rests on."""

    text: str
    kind: Kind
    sources: tuple[SourceQuote, ...] = ()


def sentences(calculation: Calculation, language: Language) -> tuple[Sentence, ...]:
    """The answer first; then formula, numbers, figures used, rounding, assumptions and warnings."""
    if not calculation.results:
        return tuple(Sentence(text, Kind.FRAMING) for text in understood(calculation, language))
    own = calculation.sources if calculation.measure is None else ()
    said = [Sentence(_headline(calculation, language), Kind.COMPUTED, own)]
    if calculation.measure is not None:
        rule = tuple(source for source in calculation.sources if source not in _quoted(calculation))
        said.append(Sentence(_named(language, "Formule", "Formula", f"{calculation.formula}."), Kind.COMPUTED, rule))
    if worked := _worked(calculation, language):
        said.append(Sentence(worked, Kind.COMPUTED, _giving(worked, calculation)))
    if calculation.measure is not None:
        said += [_parameter(parameter, language) for parameter in calculation.parameters]
        said.append(Sentence(calculation.rounding, Kind.FRAMING))
    said += [Sentence(text, Kind.FRAMING, _giving(text, calculation)) for text in calculation.assumptions]
    said += [Sentence(text, Kind.COMPUTED if own else Kind.FRAMING, own) for text in calculation.warnings]
    if calculation.measure is not None:
        said.append(Sentence(_NOT_OFFICIAL[language], Kind.FRAMING))
    return tuple(said)


def understood(calculation: Calculation, language: Language) -> tuple[str, ...]:
    """« Enveloppe : 50 000 $ »: a line for each thing that was read or worked out, where there is no result."""
    lines = [f"{name}{_colon(language)}{value}" for name, value in shown(calculation, language)]
    lines += [_parameter(parameter, language).text.removesuffix(".") for parameter in calculation.parameters]
    return (*lines, *(_line(step, language) for step in calculation.steps))


def _giving(text: str, calculation: Calculation) -> tuple[SourceQuote, ...]:
    """The sources that give the figures of a sentence which the computation itself does not hold."""
    known = tuple(facts(calculation))
    unknown = loose(text, *known)
    return tuple(source for source in calculation.sources if unknown - loose(text, *known, source.quote))


_NOT_OFFICIAL: dict[Language, str] = {
    "fr": "Cette simulation n’est pas un montant officiel.",
    "en": "This simulation is not an official amount.",
}


def amount_of(result: Result, language: Language) -> str:
    """A result as people write it, its qualifier before it: « un peu moins de 14 M$ », "$21,989", « 46,49 % »."""
    if not result.amount:
        return "aucun montant affiché" if language == "fr" else "no printed amount"
    value = Fraction(result.amount)
    match result.unit:
        case "$":
            shown = money(value, language, cents="." in result.amount)
        case "M$":
            digits = count(value, language)
            shown = f"{digits}\u00a0M$" if language == "fr" else f"${digits}M"
        case "%":
            digits = count(value, language)
            shown = f"{digits}\u00a0%" if language == "fr" else f"{digits}%"
        case unit:
            shown = f"{count(value, language)}\u00a0{unit}".strip()
    return f"{result.qualifier} {shown}".strip()


def _headline(calculation: Calculation, language: Language) -> str:
    shown = [
        f"{result.label}{_colon(language)}{_with_cents(calculation, result, language)}"
        for result in calculation.results
    ]
    listed = "; ".join(shown[:_MOST_RESULTS]) + ("; …" if len(shown) > _MOST_RESULTS else "")
    if calculation.operation in _LISTS and len(shown) > 1:
        listed += f". {_total(calculation, language)}"
    title = title_of(calculation, language)
    return f"{title}. {listed}." if title else f"{listed}."


def title_of(calculation: Calculation, language: Language) -> str:
    """« Simulation (mesure 15158, volet 1, 2024-2025) »; empty for arithmetic on printed amounts."""
    if calculation.measure is None:
        return ""
    parts = [f"mesure {calculation.measure}" if language == "fr" else f"measure {calculation.measure}"]
    parts += [f"volet {calculation.volet}"] if calculation.volet else []
    parts += [calculation.school_year] if calculation.school_year else []
    return f"Simulation ({', '.join(parts)})"


def _with_cents(calculation: Calculation, result: Result, language: Language) -> str:
    """One amount alone is also said to the cent, where its working says so."""
    shown = amount_of(result, language)
    exact_step = next((step for step in reversed(calculation.steps) if step.exact == result.exact and step.name), None)
    if calculation.operation in _LISTS or exact_step is None or result.unit != "$" or "." in result.amount:
        return shown
    if Fraction(result.exact).denominator == 1 or exact_step.rounded == shown:
        return shown
    before = "avant arrondi au dollar" if language == "fr" else "before rounding to the dollar"
    return f"{shown} ({exact_step.rounded} {before})"


def _total(calculation: Calculation, language: Language) -> str:
    cents = any("." in result.amount for result in calculation.results)
    total = sum((Fraction(result.amount) for result in calculation.results), Fraction(0))
    return f"Total{_colon(language)}{money(total, language, cents=cents)}"


def _worked(calculation: Calculation, language: Language) -> str:
    steps = calculation.steps
    if not steps or calculation.operation in _QUIET_STEPS:
        return ""
    if len(steps) > _MOST_STEPS:
        steps = tuple(step for step in steps if step.name)
    shown = [_line(step, language) for step in steps]
    return _named(language, "Calcul", "Working", "; ".join(shown)) + "." if shown else ""


def _line(step: Step, language: Language) -> str:
    equal = "" if step.expression == step.rounded else f"{step.expression} = "
    return f"{step.label}{_colon(language)}{equal}{step.rounded}"


def _parameter(parameter: Parameter, language: Language) -> Sentence:
    shown = (
        money(Fraction(parameter.value), language) if parameter.unit == "$" else f"{parameter.value} {parameter.unit}"
    )
    text = f"{parameter.label}{_colon(language)}{shown}"
    status = {
        "indicative": ("à titre indicatif", "for information"),
        "hypothesis": ("hypothèse de la question", "hypothesis of the question"),
        "official": ("", ""),
    }[parameter.status][0 if language == "fr" else 1]
    said = ", ".join(part for part in (parameter.school_year or "", status) if part)
    sources = (parameter.source,) if parameter.source else ()
    return Sentence(f"{text} ({said})." if said else f"{text}.", Kind.CLAIM if sources else Kind.FRAMING, sources)


def _quoted(calculation: Calculation) -> tuple[SourceQuote | None, ...]:
    return tuple(parameter.source for parameter in calculation.parameters)


def _named(language: Language, fr: str, en: str, text: str) -> str:
    return f"{fr}{_colon('fr')}{text}" if language == "fr" else f"{en}{_colon('en')}{text}"


def _colon(language: Language) -> str:
    return "\u00a0: " if language == "fr" else ": "


def to_text(calculation: Calculation, language: Language) -> str:
    """One sentence a line."""
    return "\n".join(sentence.text for sentence in sentences(calculation, language))


def to_html(calculation: Calculation, language: Language) -> str:
    """A table with a caption and headers, then the working as a list; all text escaped."""
    fr = language == "fr"
    caption = title_of(calculation, language) or calculation.formula
    headers = ("Organisme ou résultat", "Montant") if fr else ("Body or result", "Amount")
    rows = "".join(
        f'<tr><th scope="row">{escape(result.label)}</th><td>{escape(amount_of(result, language))}</td></tr>'
        for result in calculation.results
    )
    foot = ""
    if calculation.operation in _LISTS:
        label, _, amount = _total(calculation, language).partition(_colon(language))
        foot = f'<tfoot><tr><th scope="row">{label}</th><td>{escape(amount)}</td></tr></tfoot>'
    if not calculation.results:
        lines = "".join(f"<li>{escape(line)}</li>" for line in understood(calculation, language))
        return f'<ul lang="{language}-CA">{lines}</ul>'
    lines = "".join(f"<li>{escape(sentence.text)}</li>" for sentence in sentences(calculation, language)[1:])
    return (
        f'<table lang="{language}-CA"><caption>{escape(caption)}</caption><thead><tr>'
        f'<th scope="col">{headers[0]}</th><th scope="col">{headers[1]}</th></tr></thead>'
        f'<tbody>{rows}</tbody>{foot}</table><ul lang="{language}-CA">{lines}</ul>'
    )
