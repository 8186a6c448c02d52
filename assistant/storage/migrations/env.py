"""What alembic runs: the migrations, on the connection that `assistant.storage.upgrade` opened and locked."""

from alembic import context

from assistant.storage.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite changes a table by building it anew
    transactional_ddl=True,  # alembic thinks that SQLite cannot; it can, once the driver leaves BEGIN to us
    transaction_per_migration=False,
)
context.run_migrations()
