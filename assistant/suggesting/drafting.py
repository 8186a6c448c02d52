"""One passage after another given to a language model, what it drafts checked and kept before the next is asked.

In: a survey of the corpus, a model, where to keep an entry. Out: an account of what was drafted, left out and skipped.
A passage whose reply is broken is skipped: it has no entry, so the next run asks again. A server that fails several
times in a row ends the run.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from assistant.model.breaker import Breaker
from assistant.model.values import ChatModel, ModelError, Reason, Said
from assistant.model_composer.fence import fence_of, inert
from assistant.prompts import Prompt
from assistant.suggesting.checking import COUNTS, Checked, Fault, Key, check, key_of
from assistant.watch import Watch
from ingest.expected import ExpectedEntry
from ingest.suggested import Survey, Unasked

_LONGEST = 6000
"""Characters of a passage that the model reads; units are shorter, but for tables."""


@dataclass(slots=True)
class Account:
    """What came of a run.

    `silent` counts the passages that nobody would ask for, as the model says; `unnamed` those that no quote tells from
    another; `stopped` says why a run ended before its passages did.
    """

    drafted: int = 0
    silent: int = 0
    unnamed: int = 0
    french: int = 0
    english: int = 0
    left_out: Counter[Fault] = field(default_factory=Counter)
    skipped: Counter[Reason] = field(default_factory=Counter)
    stopped: str = ""

    def add(self, checked: Checked) -> None:
        """A passage that was dealt with."""
        self.left_out.update(checked.faults)
        self.french += len(checked.fr)
        self.english += len(checked.en)
        if checked.fr:
            self.drafted += 1
        else:
            self.silent += 1


@dataclass(frozen=True, slots=True)
class Drafter:
    """Asks a model how people would ask for a passage."""

    model: ChatModel
    prompt: Prompt
    seconds: float
    watch: Watch

    def draft(self, passage: Unasked, asked: set[Key]) -> Checked:
        """What holds of its reply; `ModelError` without one, or when it is broken."""
        title, section = inert(passage.title), inert(" > ".join(passage.section)) or "-"
        text = inert(passage.text)[:_LONGEST]
        system, user = self.prompt.fill(
            fence=fence_of(title, section, text),
            document=title,
            section=section,
            passage=text,
            french=str(COUNTS["fr"]),
            english=str(COUNTS["en"]),
        )
        said = [Said("system", system), Said("user", user)]
        reply = self.model.reply(said, (), self.seconds, self.watch).reply
        return check(reply.text, f"{title}\n{section}\n{text}", asked)


def draft_all(
    survey: Survey,
    drafter: Drafter,
    keep: Callable[[ExpectedEntry], object],
    tell: Callable[[], object] = lambda: None,
    limit: int | None = None,
) -> Account:
    """Draft for the passages of the survey, asking at most `limit` times. What is kept is kept before the next."""
    run = _Run(drafter, keep, {key_of(text) for text in survey.questions})
    try:
        for passage in islice(_named(survey, run.account), limit):
            run.deal_with(passage)
            tell()
            if run.account.stopped:
                break
    except KeyboardInterrupt:
        run.account.stopped = "interrupted"
    return run.account


def _named(survey: Survey, account: Account) -> Iterator[Unasked]:
    for unit in survey.units:
        passage = survey.passage(unit)
        if passage is None:
            account.unnamed += 1
        else:
            yield passage


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run knows: the ways of asking that there are by now, how it goes."""

    drafter: Drafter
    keep: Callable[[ExpectedEntry], object]
    asked: set[Key]
    account: Account = field(default_factory=Account)
    breaker: Breaker = field(default_factory=Breaker)

    def deal_with(self, passage: Unasked) -> None:
        """Draft, keep, count; `account.stopped` is set when the server keeps failing."""
        try:
            checked = self.drafter.draft(passage, self.asked)
        except ModelError as error:
            self.account.skipped[error.reason] += 1
            self.breaker.failed(error.reason)
            self.account.stopped = f"{error.reason} ({error})" if self.breaker.is_open else ""
            return
        self.breaker.succeeded()
        self.keep(passage.entry.model_copy(update={"fr": checked.fr, "en": checked.en}))
        self.asked.update(map(key_of, (*checked.fr, *checked.en)))
        self.account.add(checked)
