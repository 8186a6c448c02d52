"""What can go wrong with messages.

MessageError     a message cannot be read, or a mailbox cannot be reached
"""

from assistant.errors import AssistantError


class MessageError(AssistantError):
    """A message or a mailbox: its name, what is wrong with it, what to do about it. Never holds the message's words."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        self.name = name
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{name}: {problem}. {remedy}.")
