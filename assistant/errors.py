"""What can go wrong in the assistant, beside what its tools refuse (`assistant.tools.errors`).

AssistantError
├── SettingsError         an environment variable or a data file of the assistant is wrong
├── PromptError           a prompt or a fixed reply is missing, or lacks a variable
└── StorageError          the database did not do what was asked of it
    ├── UnavailableError  it cannot be reached, read or written
    ├── SchemaError       its tables are of a version that this program does not know
    └── ConflictError     a record breaks a rule of its table: same id twice, a parent that does not exist
"""


class AssistantError(Exception):
    """Base of the assistant's errors; the message is for an operator, never for the public."""


class SettingsError(AssistantError):
    """A setting is wrong; the message names it and says what it accepts."""


class PromptError(AssistantError):
    """A text of `prompts/` is missing or incomplete."""


class StorageError(AssistantError):
    """The database did not do what was asked; the message names it without its password, and no value of a record."""


class UnavailableError(StorageError):
    """The database cannot be reached, read or written."""


class SchemaError(StorageError):
    """The tables are not those of this version of the program."""


class ConflictError(StorageError):
    """A record breaks a rule of its table; nothing was written."""
