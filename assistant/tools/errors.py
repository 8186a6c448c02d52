"""Why a computation gives no amount: one class a reason, each with its French and its English sentence.

ToolError
├── FigureUnknown        a figure is not known for that school year; carries what is known
├── InvalidInput
│   ├── InvalidWeight    a number of posts or of pupils that cannot be one
│   ├── InvalidAmount    an envelope that cannot be one, or finer than the rounding unit
│   ├── DuplicateBody    the same body twice
│   ├── TotalMismatch    the parts given do not add up to the total given
│   ├── TooManyBodies    more bodies than the tool accepts
│   └── BadRows          rows of a list that cannot be used, each with its line number and reason
├── NotComputable
│   ├── BaseExceedsEnvelope   the base amounts alone are more than the envelope
│   ├── NothingToShareBy      a balance to share and not one post or pupil
│   └── TargetBelowBase       a target that no envelope gives
└── NotApplicable
    ├── VoletNotInYear   volet 3 before it existed
    ├── WrongMeasure     a private school under 15158, a public body under 30100
    └── SeparateRules    a body with budget rules of its own
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import Language, Mailbox, SourceQuote, Step
from assistant.tools.formats import exact


@dataclass(frozen=True, slots=True)
class Wording:
    """The same sentence in both languages."""

    fr: str
    en: str

    @classmethod
    def each(cls, say: Callable[[Language], str]) -> "Wording":
        """What `say` gives in each language."""
        return cls(say("fr"), say("en"))

    def __getitem__(self, language: Language) -> str:
        """The sentence in this language."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Worked:
    """A value that was worked out before the computation stopped, with what a sentence about it may say."""

    label: Wording
    expression: Wording
    value: Fraction
    shown: Wording

    def step(self, language: Language) -> Step:
        """The same as a line of a working."""
        return Step(self.label[language], self.expression[language], exact(self.value), self.shown[language])


class ToolError(Exception):
    """Base of what stops a computation. `sentence` is for people; `sources` are the quotes that say why.

    `worked` is what was worked out so far.
    """

    code = "not_computable"
    referral: Mailbox | None = None

    def __init__(self, sentence: Wording, sources: Sequence[SourceQuote] = (), worked: Sequence[Worked] = ()) -> None:
        self.sentence = sentence
        self.sources = tuple(sources)
        self.worked = tuple(worked)
        super().__init__(sentence.en)


class FigureUnknown(ToolError):  # noqa: N818 (named for what happened; the tree above says it is an error)
    """A figure has no value for that school year."""

    code = "base_amount_unknown"
    referral: Mailbox | None = "financement"


class InvalidInput(ToolError):  # noqa: N818 (as above)
    """What was given cannot be what it is given for."""

    code = "invalid_input"


class InvalidWeight(InvalidInput):
    """A number of posts or of pupils that is negative or not a finite number."""

    code = "invalid_weight"


class InvalidAmount(InvalidInput):
    """An envelope that is negative, not a finite number, or finer than the rounding unit."""

    code = "invalid_amount"


class DuplicateBody(InvalidInput):
    """The same body stands twice in the list."""

    code = "duplicate_body"


class TotalMismatch(InvalidInput):
    """The total given is not the sum of the parts given."""

    code = "total_mismatch"


class TooManyBodies(InvalidInput):
    """More bodies than the tool accepts."""

    code = "too_many_bodies"


class NotComputable(ToolError):  # noqa: N818 (as above)
    """The rule gives no amount for these inputs, and the documents do not say what happens then."""

    referral: Mailbox | None = "financement"


class BaseExceedsEnvelope(NotComputable):
    """The base amounts alone are more than the envelope."""

    code = "base_exceeds_envelope"


class NothingToShareBy(NotComputable):
    """There is a balance to share and the posts or pupils add up to zero."""

    code = "nothing_to_share_by"


class TargetBelowBase(NotComputable):
    """No envelope gives this target: below the base amount, or a body without weight."""

    code = "target_out_of_reach"


class NotApplicable(ToolError):  # noqa: N818 (as above)
    """The measure does not concern this body, or did not exist that year."""

    code = "not_applicable"


class VoletNotInYear(NotApplicable):
    """The volet did not exist in that school year."""

    code = "volet_not_in_year"
    referral: Mailbox | None = "financement"


class WrongMeasure(NotApplicable):
    """A private school under 15158, or a public body under 30100."""

    code = "wrong_measure"


class SeparateRules(NotApplicable):
    """A body to which separate budget rules apply."""

    code = "separate_rules"
    referral: Mailbox | None = "financement"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row of a list: its line number in the file (from 1) and the reason."""

    line: int
    reason: Wording


class BadRows(InvalidInput):
    """Rows of a list that cannot be used: all of them at once; nothing is computed."""

    code = "bad_rows"

    def __init__(self, rows: Sequence[RowProblem]) -> None:
        self.rows = tuple(rows)
        fr = "; ".join(f"ligne {row.line}\u00a0: {row.reason.fr}" for row in rows)
        en = "; ".join(f"line {row.line}: {row.reason.en}" for row in rows)
        super().__init__(Wording(f"Lignes à corriger\u00a0: {fr}", f"Rows to correct: {en}"))
