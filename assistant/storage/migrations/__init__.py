"""The history of the tables, for alembic; run by `assistant.storage.upgrade` when the program starts."""
