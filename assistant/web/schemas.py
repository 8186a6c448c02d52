"""What the HTTP interface replies: the public contract, name by name and in this order.

In: an `Answer`, a catalog entry, a health report. Out: their JSON. What an answer keeps for ourselves (`removed`,
`trace`) has no name here, and so is never shown.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation import Answer, Kind, Language, Status
from assistant.web.calculation_reply import CalculationReply
from ingest.catalog import Authority, CatalogEntry

UNKNOWN = "unknown"


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class StatementReply(_Reply):
    """A sentence or a short block of the answer, with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]
    kind: Kind


class CitationReply(_Reply):
    """A verbatim quote: it stands at `[start, end)` of the stored source, white space folded."""

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


class ReferralReply(_Reply):
    """The mailbox that can say more, and why."""

    email: str
    reason: str


class ModelReply(_Reply):
    """What a language model cost, where one was asked: the prompts by digest, the tokens as its server counts them."""

    model: str
    prompts: dict[str, str]
    input_tokens: int | None
    output_tokens: int | None
    calls: int


class UnderstoodReply(_Reply):
    """What the question was taken to ask, with what the conversation and the profile add to its words."""

    question: str
    measure: str | None
    numbered: Mapping[str, tuple[str, ...]]
    body_type: str | None
    school_year: str | None


class AnswerReply(_Reply):
    """An answer. Its status says what it is worth; `citations` and `nearest` hold verified quotes."""

    id: str
    status: Status
    language: Language
    text: str
    understood: UnderstoodReply | None
    statements: tuple[StatementReply, ...]
    citations: tuple[CitationReply, ...]
    calculation: CalculationReply | None
    missing: tuple[str, ...]
    conflicts: tuple[str, ...]
    eligibility: str | None
    nearest: tuple[CitationReply, ...]
    referral: ReferralReply | None
    index_version: str
    engine: str
    elapsed_ms: float
    language_model: Annotated[
        ModelReply | None, Field(description="Only where a language model was asked.", exclude_if=lambda it: it is None)
    ] = None

    @classmethod
    def of(cls, answer: Answer) -> "AnswerReply":
        """The public part of an answer."""
        return cls(
            id=answer.id,
            status=answer.status,
            language=answer.language,
            text=answer.text,
            understood=UnderstoodReply.model_validate(answer.understood) if answer.understood else None,
            statements=tuple(StatementReply.model_validate(statement) for statement in answer.statements),
            citations=tuple(CitationReply.model_validate(citation) for citation in answer.citations),
            calculation=CalculationReply.of(answer.calculation, answer.citations) if answer.calculation else None,
            missing=answer.missing,
            conflicts=answer.conflicts,
            eligibility=answer.eligibility,
            nearest=tuple(CitationReply.model_validate(citation) for citation in answer.nearest),
            referral=ReferralReply.model_validate(answer.referral) if answer.referral else None,
            index_version=answer.index_version,
            engine=answer.engine,
            elapsed_ms=answer.elapsed_ms,
            language_model=ModelReply.model_validate(answer.authorship) if answer.authorship else None,
        )


class DocumentReply(_Reply):
    """A document of the corpus. `issuer`, `issued` and `validity` may be `unknown`; `url` opens it in the viewer."""

    id: str
    title: str
    short_title: str
    issuer: str
    authority: Authority
    kind: str
    language: Language
    issued: str
    validity: str
    status: Literal["current", "historical"]
    source_file: str
    url: str
    published_at: str | None
    pages_known: bool

    @classmethod
    def of(cls, entry: CatalogEntry, *, pages_known: bool) -> "DocumentReply":
        """The public part of a catalog entry."""
        return cls(
            id=entry.id,
            title=entry.title,
            short_title=entry.short_title,
            issuer=entry.issuer,
            authority=entry.authority,
            kind=entry.kind,
            language=entry.language,
            issued=entry.issued,
            validity=entry.validity,
            status=entry.status,
            source_file=entry.original_file,
            url=f"/documents/{entry.id}",
            published_at=None if entry.published_at == UNKNOWN else entry.published_at,
            pages_known=pages_known,
        )


class DocumentsReply(_Reply):
    """All documents, in the order of the catalog."""

    documents: tuple[DocumentReply, ...]


class HealthReply(_Reply):
    """The state of the service; `reason` is empty when it is ready."""

    ready: bool
    reason: str
    index_version: str
    model: str
    corpus_state: str


class FieldProblemReply(_Reply):
    """What is wrong with one field; `place` is body, query or path."""

    place: str
    field: str
    code: str
    detail: str
    detail_en: str


class ProblemReply(_Reply):
    """Problem details (RFC 9457); `errors` is there for a request whose fields are not valid."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    instance: str
    errors: tuple[FieldProblemReply, ...] = ()
