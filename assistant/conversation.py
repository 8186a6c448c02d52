"""The values that travel from question to answer. They know nothing of storage, HTTP or language models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from assistant.provenance import Authorship, Understood
from assistant.watch import Watch
from ingest.documents import Unit
from ingest.expected import Gap, Target

Language = Literal["fr", "en"]
Mailbox = Literal["financement", "valorisation"]
Role = Literal["user", "assistant"]
BodyType = Literal["public", "private"]


class Status(StrEnum):
    """The closed set of outcomes. Clients and test sets rely on these names."""

    ANSWERED = "answered"
    PARTIALLY_ANSWERED = "partially_answered"
    NEEDS_INPUT = "needs_input"
    NOT_IN_DOCUMENTS = "not_in_documents"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    ERROR = "error"

    @property
    def is_abstention(self) -> bool:
        """True where no answer was given on purpose."""
        return self in {Status.NEEDS_INPUT, Status.NOT_IN_DOCUMENTS, Status.OUT_OF_SCOPE, Status.REFUSED}


class Kind(StrEnum):
    """What a statement is: a claim of the documents, words of ours around it, or a computed result."""

    CLAIM = "claim"
    FRAMING = "framing"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Message:
    """An earlier turn, as the client gives it."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the client knows of the person: never more than this."""

    body_type: BodyType | None = None
    school_year: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, with what the client knows around it."""

    text: str
    language: Language | None = None
    history: tuple[Message, ...] = ()
    profile: Profile = Profile()
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from: `quote` stands verbatim at `[start, end)` of the stored source."""

    n: int
    document: str
    source_file: str
    title: str
    authority: str
    validity: str
    section: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a short block of the answer, with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...] = ()
    kind: Kind = Kind.CLAIM


@dataclass(frozen=True, slots=True)
class Referral:
    """The mailbox that can say more, and why."""

    email: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceQuote:
    """A verbatim quote of a document of the corpus, by document id; located when the answer is composed."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated policy figure that a computation used. `value` is exact (a decimal or `n/d`), as a string."""

    id: str
    label: str
    value: str
    unit: str
    status: Literal["official", "indicative", "hypothesis"]
    school_year: str | None = None
    source: SourceQuote | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a working: what is computed, with numbers in it, exact (`n/d`) and rounded for people.

    `live` is the same as a spreadsheet formula over the names of inputs, parameters and earlier steps.
    """

    label: str
    expression: str
    exact: str
    rounded: str
    source: SourceQuote | None = None
    name: str = ""
    live: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An amount that a computation gives: who or what it is for, exact, and rounded by the stated convention.

    `qualifier` is said before the amount where its terms are approximate ("a little less than").
    """

    label: str
    exact: str
    amount: str
    unit: str = "$"
    live: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A computation that a finance officer can redo by hand. Every label and sentence is in the answer's language.

    Without `results` it is what was understood of a question that gets no amount.
    """

    operation: str
    measure: str | None
    volet: str | None
    school_year: str | None
    inputs: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    formula: str
    steps: tuple[Step, ...]
    results: tuple[Result, ...]
    rounding: str
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[SourceQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a computation gives no amount: fixed sentences in the answer's language, what is missing, who to ask.

    `status` is `needs_input` or `not_in_documents` (or `answered` where the documents put a false premise right).
    The first sentence rests on the `sources`; `calculation` is what was understood and worked out, without results.
    """

    status: Status
    code: str
    sentences: tuple[str, ...]
    missing: tuple[str, ...] = ()
    sources: tuple[SourceQuote, ...] = ()
    referral: Mailbox | None = None
    calculation: Calculation | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What retrieval considered: a unit and the stretch of it that is asked for, or a known gap.

    `probability` is the calibrated chance that this is what the question leads to; `signals` is its arithmetic.
    """

    leads_to: Target | Gap
    unit: Unit | None
    probability: float
    signals: Mapping[str, float]
    kept: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """What a question asks for, as read from its words, the profile and the conversation.

    `needs` names the asked attributes (amount, date, contact…); `numbered` the volets, axes, actions and objectives
    that are named; `documents` the families of documents that the words point to.
    """

    needs: frozenset[str] = frozenset()
    measure: str | None = None
    numbered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    body_type: BodyType | None = None
    school_year: str | None = None
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed answer before the guard has seen it; citations are numbered from 1 in order of first use.

    `echoed` is what the person wrote, where a statement may say its figures again to deny them (a model's draft only).
    """

    status: Status
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...] = ()
    calculation: Calculation | None = None
    missing: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    eligibility: str | None = None
    nearest: tuple[Citation, ...] = ()
    referral: Referral | None = None
    echoed: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question on its way: each step returns a new turn with one more thing known."""

    question: Question
    language: Language
    standalone: str
    route: Route = Route()
    candidates: tuple[Candidate, ...] = ()
    calculation: Calculation | None = None
    problem: Problem | None = None
    draft: Draft | None = None
    authorship: Authorship | None = None
    watch: Watch = field(default_factory=Watch, compare=False, repr=False)

    @property
    def kept(self) -> tuple[Candidate, ...]:
        """The candidates that passed the gate, best first."""
        return tuple(candidate for candidate in self.candidates if candidate.kept)


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves the assistant."""

    id: str
    status: Status
    language: Language
    text: str
    understood: Understood | None = None
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    calculation: Calculation | None = None
    missing: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    eligibility: str | None = None
    nearest: tuple[Citation, ...] = ()
    referral: Referral | None = None
    index_version: str = ""
    engine: str = "extractive"
    elapsed_ms: float = 0.0
    removed: int = 0
    authorship: Authorship | None = None
    trace: Mapping[str, object] = field(default_factory=dict)


PipelineStep = Callable[[Turn], Turn]
"""A step of the pipeline: the turn with one more thing known. A turn that has a draft goes straight to the guard."""
