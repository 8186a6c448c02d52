"""The e-mail desk: accounts, sessions, messages, drafts, notes, approved replies, and a log that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE = [
    f"CREATE TRIGGER desk_event_no_{act.lower()} BEFORE {act} ON desk_event "
    "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
    for act in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    """CREATE FUNCTION desk_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER desk_event_no_change BEFORE UPDATE OR DELETE ON desk_event
    FOR EACH ROW EXECUTE FUNCTION desk_event_only_grows()""",
    """CREATE TRIGGER desk_event_no_truncate BEFORE TRUNCATE ON desk_event
    FOR EACH STATEMENT EXECUTE FUNCTION desk_event_only_grows()""",
]


def upgrade() -> None:
    """Seven tables, and what keeps the log as it was written."""
    _accounts()
    _messages()
    _replies()
    _log()
    for statement in _POSTGRESQL if op.get_context().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def _accounts() -> None:
    op.create_table(
        "desk_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("folded_name", sa.String(120), nullable=False),
        sa.Column("roles", sa.String(64), nullable=False),
        sa.Column("key_hash", sa.String(255), nullable=True),
        sa.Column("issuer", sa.String(255), nullable=True),
        sa.Column("subject", sa.String(255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_account"),
        sa.UniqueConstraint("folded_name", name="uq_desk_account_folded_name"),
        sa.UniqueConstraint("issuer", "subject", name="uq_desk_account_issuer_subject"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "desk_session",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_session"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["desk_account.id"], name="fk_desk_session_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_session_account_id", "desk_session", ["account_id"])


def _messages() -> None:
    op.create_table(
        "desk_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("writer", sa.String(120), nullable=True),
        sa.Column("approver", sa.String(120), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_desk_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_message_received_at", "desk_message", ["received_at"])
    op.create_index("ix_desk_message_stage", "desk_message", ["stage"])
    op.create_table(
        "desk_revision",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(120), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "number", name="pk_desk_revision"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["desk_message.id"], name="fk_desk_revision_message_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "desk_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_note"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["desk_message.id"], name="fk_desk_note_message_id", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_note_message_id", "desk_note", ["message_id"])


def _replies() -> None:
    op.create_table(
        "desk_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approver", sa.String(120), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_for", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_desk_reply"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_reply_key", "desk_reply", ["key"])


def _log() -> None:
    op.create_table(
        "desk_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_event_message_id", "desk_event", ["message_id"])
