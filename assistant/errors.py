"""What can go wrong in the assistant, beside what its tools refuse (`assistant.tools.errors`).

AssistantError
├── SettingsError    an environment variable or a data file of the assistant is wrong
└── PromptError      a prompt or a fixed reply is missing, or lacks a variable
"""


class AssistantError(Exception):
    """Base of the assistant's errors; the message is for an operator, never for the public."""


class SettingsError(AssistantError):
    """A setting is wrong; the message names it and says what it accepts."""


class PromptError(AssistantError):
    """A text of `prompts/` is missing or incomplete."""
