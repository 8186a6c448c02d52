"""The two kinds of record that a case file may have, as pydantic models: questions, and e-mails with several questions.

In: a record as JSON. Out: a checked row. Refuses unknown fields, and rows that contradict themselves.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.conversation import Language, Role

Kind = Literal[
    "definition", "eligibility", "allocation_rule", "allocation_calc", "budget", "pevr", "contact", "deadline",
    "letter", "professional_development", "multi_document", "follow_up", "conflict", "unanswerable", "out_of_scope",
    "adversarial", "false_premise", "other",
]  # fmt: skip
Persona = Literal["administrateur", "soutien", "evaluateur", "enseignant", "other"]
Mailboxes = Literal["financement", "valorisation", "either"]
Operation = Literal["list", "single", "base_total", "balance", "inverse", "delta", "sum_volets", "refusal"]
Refusal = Literal["base_exceeds_envelope", "volet_not_in_year", "base_amount_unknown", "invalid_weight"]

Words = Annotated[str, Field(pattern=r"\S")]
Quote = Annotated[str, Field(pattern=r"^\s*(\S+\s+){4,39}\S+\s*$")]
Number = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
Alternatives = Annotated[tuple[Words, ...], Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TurnRow(_Row):
    """An earlier turn of the conversation."""

    role: Role
    content: Words


class ExpectedRow(_Row):
    """The result of a computation: amounts by body, one amount, or the reason why there is none."""

    exact: Annotated[str, Field(pattern=r"^\d+/\d+$")] | None = None
    dollars: Number | dict[Words, Number] | None = None
    cents: Number | dict[Words, Number] | None = None
    refusal: Refusal | None = None
    shortfall: Number | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "ExpectedRow":
        dollars, cents = _by_body(self.dollars), _by_body(self.cents)
        if set(dollars) != set(cents) or bool(dollars) == bool(self.refusal):
            raise ValueError("expected is either a refusal, or the same amounts in dollars and in cents")
        return self

    def amounts(self) -> dict[str, tuple[str, str]]:
        """(dollars, cents) by body; the only amount of a `single` has an empty name."""
        cents = _by_body(self.cents)
        return {body: (dollars, cents[body]) for body, dollars in _by_body(self.dollars).items()}


def _by_body(amounts: str | dict[str, str] | None) -> dict[str, str]:
    return {"": amounts} if isinstance(amounts, str) else amounts or {}


class CalculationRow(_Row):
    """A computation asked for, with the inputs that the question gives and its result."""

    measure: Words
    volet: int | None = None
    school_year: Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
    operation: Operation
    inputs: dict[str, object] = {}
    expected: ExpectedRow


class PartRow(_Row):
    """What a question and one question of an e-mail have in common."""

    answerable: bool
    documents: tuple[Words, ...] = ()
    quotes: tuple[Quote, ...] = ()
    must_include: tuple[Alternatives, ...] = ()
    referral: Mailboxes | None = None
    calculation: CalculationRow | None = None

    @model_validator(mode="after")
    def _coherent(self) -> "PartRow":
        if self.answerable and not self.must_include:
            raise ValueError("answerable without must_include: nothing could be checked")
        if self.quotes and not self.documents:
            raise ValueError("quotes without the documents they stand in")
        if not self.answerable and self.must_include:
            raise ValueError("must_include given, yet not answerable")
        return self


class QuestionRow(PartRow):
    """A line of a file of questions."""

    id: Words
    lang: Language
    persona: Persona = "other"
    kind: Kind = "other"
    question: Words
    history: tuple[TurnRow, ...] = ()
    must_not_include: tuple[Words, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "QuestionRow":
        if bool(self.history) != (self.kind == "follow_up") and self.kind != "other":
            raise ValueError("history is for follow_up, and only for it")
        if self.kind == "allocation_calc" and not self.calculation:
            raise ValueError("allocation_calc without calculation")
        return self


class EmailPartRow(PartRow):
    """One question of an e-mail, as a reader sums it up."""

    text: Words


class EmailRow(_Row):
    """A line of a file of e-mails."""

    id: Words
    subject: Words
    from_name: Words
    lang: Language
    body: Words
    must_not_include: tuple[Words, ...] = ()
    questions: Annotated[tuple[EmailPartRow, ...], Field(min_length=1)]
