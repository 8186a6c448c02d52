"""What people thought of an answer: written, listed, linked to the test case it led to, forgotten in time.

In: frozen values whose texts were already freed of personal data (`assistant.web.feedback` does it). Out: the same.
Refuses (`ConflictError`) a second entry of the same id and a case for an entry that does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Row,
    Select,
    String,
    Table,
    Text,
    delete,
    exists,
    insert,
    select,
    update,
)

from assistant.conversation import Language
from assistant.storage.database import Database
from assistant.storage.schema import METADATA, Moment


class Reason(StrEnum):
    """Why an answer was not useful."""

    WRONG_FIGURE = "wrong_figure"
    WRONG_SOURCE = "wrong_source"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OUT_OF_DATE = "out_of_date"


@dataclass(frozen=True, slots=True)
class CaseLink:
    """The test case that a feedback led to: its id, the file it was added to, when."""

    case: str
    file: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thought of one answer.

    `question` and `comment` are empty when they were not given, or when their time of keeping is over;
    `index_version` is the one that was served when the feedback came in.
    """

    id: str
    received_at: datetime
    answer_id: str
    useful: bool
    language: Language
    question: str = ""
    reasons: tuple[Reason, ...] = ()
    comment: str = ""
    index_version: str = ""
    led_to: CaseLink | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to list; what is None does not choose."""

    useful: bool | None = None
    reason: Reason | None = None
    language: Language | None = None
    since: datetime | None = None
    led_to_case: bool | None = None
    most: int | None = None


_FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("received_at", Moment, nullable=False, index=True),
    Column("answer_id", String(64), nullable=False, index=True),
    Column("useful", Boolean, nullable=False),
    Column("language", String(2), nullable=False),
    Column("question", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("index_version", String(64), nullable=False),
)
_REASON = Table(
    "feedback_reason",
    METADATA,
    Column("feedback_id", ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", String(32), primary_key=True),
)
_CASE = Table(
    "feedback_case",
    METADATA,
    Column("feedback_id", ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True),
    Column("case_id", String(128), nullable=False),
    Column("file", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)


def record_feedback(database: Database, feedback: Feedback) -> None:
    """Keep one entry, with its reasons."""
    row = {name: getattr(feedback, name) for name in _FEEDBACK.columns.keys()}  # noqa: SIM118 (not a dict)
    with database.writing() as connection:
        connection.execute(insert(_FEEDBACK), row)
        if feedback.reasons:
            rows = [{"feedback_id": feedback.id, "reason": reason.value} for reason in feedback.reasons]
            connection.execute(insert(_REASON), rows)


def list_feedback(database: Database, wanted: Wanted | None = None) -> tuple[Feedback, ...]:
    """The entries asked for, the latest first."""
    query = _chosen(wanted or Wanted())
    with database.reading() as connection:
        rows = connection.execute(query).all()
        reasons = _reasons(connection, query)
    return tuple(_of_row(row, reasons.get(row.id, ())) for row in rows)


def find_feedback(database: Database, feedback: str) -> Feedback | None:
    """The entry of this id, or None."""
    with database.reading() as connection:
        query = _all().where(_FEEDBACK.c.id == feedback)
        row = connection.execute(query).one_or_none()
        return _of_row(row, _reasons(connection, query).get(feedback, ())) if row else None


def link_case(database: Database, feedback: str, link: CaseLink) -> None:
    """Say which case an entry led to; a later case takes the place of the earlier one."""
    values = {"feedback_id": feedback, "case_id": link.case, "file": link.file, "made_at": link.made_at}
    with database.writing() as connection:
        connection.execute(delete(_CASE).where(_CASE.c.feedback_id == feedback))
        connection.execute(insert(_CASE), values)


def purge_feedback(database: Database, before: datetime) -> int:
    """Forget what came in before this moment; the number of entries that lost something.

    An entry that led to a case loses its words and keeps its link, so that the report of cases stays whole.
    """
    old = _FEEDBACK.c.received_at < before
    linked = exists().where(_CASE.c.feedback_id == _FEEDBACK.c.id)
    worded = (_FEEDBACK.c.question != "") | (_FEEDBACK.c.comment != "")
    with database.writing() as connection:
        emptied = connection.execute(update(_FEEDBACK).where(old, linked, worded).values(question="", comment=""))
        removed = connection.execute(delete(_FEEDBACK).where(old, ~linked))
        return emptied.rowcount + removed.rowcount


def _all() -> Select[tuple[object, ...]]:
    joined = _FEEDBACK.outerjoin(_CASE, _CASE.c.feedback_id == _FEEDBACK.c.id)
    return select(_FEEDBACK, _CASE.c.case_id, _CASE.c.file, _CASE.c.made_at).select_from(joined)


def _chosen(wanted: Wanted) -> Select[tuple[object, ...]]:
    query = _all().order_by(_FEEDBACK.c.received_at.desc(), _FEEDBACK.c.id).limit(wanted.most)
    if wanted.useful is not None:
        query = query.where(_FEEDBACK.c.useful == wanted.useful)
    if wanted.language is not None:
        query = query.where(_FEEDBACK.c.language == wanted.language)
    if wanted.since is not None:
        query = query.where(_FEEDBACK.c.received_at >= wanted.since)
    if wanted.reason is not None:
        given = exists().where(_REASON.c.feedback_id == _FEEDBACK.c.id, _REASON.c.reason == wanted.reason.value)
        query = query.where(given)
    if wanted.led_to_case is not None:
        query = query.where(_CASE.c.case_id.is_not(None) if wanted.led_to_case else _CASE.c.case_id.is_(None))
    return query


def _reasons(connection: Connection, query: Select[tuple[object, ...]]) -> Mapping[str, tuple[Reason, ...]]:
    """The reasons of each entry that the query lists, in the order of `Reason`."""
    listed = query.with_only_columns(_FEEDBACK.c.id)
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(_REASON).where(_REASON.c.feedback_id.in_(listed))):
        found.setdefault(row.feedback_id, set()).add(row.reason)
    return {one: tuple(reason for reason in Reason if reason.value in given) for one, given in found.items()}


def _of_row(row: Row[tuple[object, ...]], reasons: tuple[Reason, ...]) -> Feedback:
    return Feedback(
        id=row.id,
        received_at=row.received_at,
        answer_id=row.answer_id,
        useful=row.useful,
        language=row.language,
        question=row.question,
        reasons=reasons,
        comment=row.comment,
        index_version=row.index_version,
        led_to=CaseLink(row.case_id, row.file, row.made_at) if row.case_id else None,
    )
