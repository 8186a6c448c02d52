"""What `POST /v1/drafts` takes and replies: the public contract of drafts.

In: pasted text with its language; a `ReplyDraft` and its message. Out: their JSON, names as in the values.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation import BodyType, Kind, Language, Status
from assistant.correspondence.message import IncomingMessage, Notice
from assistant.correspondence.reply import AnsweredQuestion, ReplyDraft, Section
from assistant.web.calculation_reply import CalculationReply
from assistant.web.schemas import CitationReply, ReferralReply


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class DraftRequest(_Shape):
    """A message as text; « De : », « Objet : » on top are read."""

    text: Annotated[str, Field(min_length=1, description="The words of the message, as pasted from a mail program.")]
    language: Annotated[
        Language | None, Field(description="Language of the reply; the message's own when left out.")
    ] = None


class AddressReply(_Shape):
    """Whom the reply goes to."""

    name: str
    email: str


class AttachmentReply(_Shape):
    """A file that came with the message: named, never opened; `size` in bytes."""

    name: str
    media_type: str
    size: int


class DraftPartReply(_Shape):
    """A sentence or a short block of the letter, with the numbers of the citations it rests on."""

    id: str
    section: Section
    text: str
    citations: tuple[int, ...]
    kind: Kind
    question: int | None


class QuestionReply(_Shape):
    """A question found in the message, its place in the body, and the verdict of the pipeline on it."""

    text: str
    start: int
    end: int
    asked: str
    status: Status
    answer_id: str
    engine: str
    referral: ReferralReply | None
    calculation: CalculationReply | None
    nearest: tuple[CitationReply, ...]

    @classmethod
    def of(cls, one: AnsweredQuestion, draft: ReplyDraft) -> "QuestionReply":
        """The public part of an answered question."""
        return cls(
            text=one.question.text,
            start=one.question.start,
            end=one.question.end,
            asked=one.question.asked,
            status=one.status,
            answer_id=one.answer_id,
            engine=one.engine,
            referral=ReferralReply.model_validate(one.referral) if one.referral else None,
            calculation=CalculationReply.of(one.calculation, draft.citations) if one.calculation else None,
            nearest=tuple(CitationReply.model_validate(citation) for citation in one.nearest),
        )


class ProfileReply(_Shape):
    """What the message says of its sender."""

    body_type: BodyType | None
    school_year: str | None


class DraftReply(_Shape):
    """A draft to be read, completed and sent by a person; `citations` are numbered across the whole letter."""

    id: str
    language: Language
    subject: str
    to: tuple[AddressReply, ...]
    text: str
    html: str
    parts: tuple[DraftPartReply, ...]
    citations: tuple[CitationReply, ...]
    questions: tuple[QuestionReply, ...]
    profile: ProfileReply
    attachments: tuple[AttachmentReply, ...]
    warnings: tuple[Notice, ...]
    index_version: str
    elapsed_ms: float

    @classmethod
    def of(cls, draft: ReplyDraft, message: IncomingMessage, text: str, html: str) -> "DraftReply":
        """The public part of a draft; `text` and `html` are the letter written out."""
        return cls(
            id=draft.id,
            language=draft.language,
            subject=draft.subject,
            to=tuple(AddressReply.model_validate(one) for one in draft.to),
            text=text,
            html=html,
            parts=tuple(DraftPartReply.model_validate(part) for part in draft.parts),
            citations=tuple(CitationReply.model_validate(citation) for citation in draft.citations),
            questions=tuple(QuestionReply.of(one, draft) for one in draft.questions),
            profile=ProfileReply.model_validate(draft.profile),
            attachments=tuple(AttachmentReply.model_validate(one) for one in message.attachments),
            warnings=message.warnings,
            index_version=draft.index_version,
            elapsed_ms=draft.elapsed_ms,
        )
