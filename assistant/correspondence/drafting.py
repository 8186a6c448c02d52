"""A message to a draft reply, with the words of a public service and the answers of the pipeline.

In: an incoming message. Out: a `ReplyDraft`: form of address, reminder, one answer for each question in order, who else
can answer, closing, signature to fill. Each answer is the pipeline's, already guarded: nothing is added to what it
says, only fixed sentences around it. Same message, same index: same draft. Nothing is sent.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.citations import Notebook
from assistant.conversation import Answer, Citation, Kind, Language, Mailbox, Message, Question, Statement, Status
from assistant.correspondence.courtesy import appel
from assistant.correspondence.echo import echo
from assistant.correspondence.letter import Letter
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reply import AnsweredQuestion, FoundQuestion, ReplyDraft, Section
from assistant.correspondence.subject import reply_subject
from assistant.correspondence.understanding import Understood, understand
from assistant.referrals import Referrals
from assistant.replies import Replies
from assistant.tools.formats import day, joined
from ingest.index import Index

Ask = Callable[[Question], Answer]
_MOST_IN_LETTERS = 9
_MAILBOXES: tuple[Mailbox, ...] = ("financement", "valorisation")
_WRITTEN = {
    "abstain": "abstain",
    "out_of_scope": "out_of_scope",
    "greeting": "out_of_scope",
    "thanks": "out_of_scope",
    "who": "out_of_scope",
    "screen_injection": "refused",
    "screen_abuse": "refused",
    "screen_personal": "personal",
}
"""What the assistant says by itself in a conversation, and what a letter says in its place."""


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes drafts. `ask` is the pipeline, `replies` what it says, `wording` what letters say; read only."""

    ask: Ask
    index: Index
    referrals: Referrals
    replies: Replies
    wording: Replies
    longest_question: int = 2_000
    _spoken: Mapping[tuple[Language, str], str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spoken = {
            (language, self.replies.say(said, language)): written
            for said, written in _WRITTEN.items()
            for language in ("fr", "en")
        }
        object.__setattr__(self, "_spoken", spoken)

    def draft(self, message: IncomingMessage, language: Language | None = None) -> ReplyDraft:
        """The draft, in the language of the message unless another is given.

        Never raises: an answer that failed is a part to complete, and its status is `error`.
        """
        return draft_reply(message, self, language)

    def written(self, text: str, language: Language) -> str:
        """A sentence of the assistant as a letter says it."""
        key = self._spoken.get((language, text))
        return self.wording.say(key, language) if key else text


def draft_reply(message: IncomingMessage, drafter: Drafter, language: Language | None = None) -> ReplyDraft:
    """The draft of a reply to a message; see `Drafter.draft`."""
    started = time.perf_counter()
    understood = understand(message, language, drafter.longest_question, drafter.wording)
    answers = [drafter.ask(_question(one, understood)) for one in understood.questions]
    letter = Letter()
    greeting, closing = appel(message.sender, message.signature, understood.language, drafter.wording)
    letter.add(Section.GREETING, greeting)
    recalled = _reminder(letter, message, understood, drafter.wording)
    for rank, pair in enumerate(zip(understood.questions, answers, strict=True)):
        _answer(letter, drafter, pair, rank, only=len(answers) == 1)
    _handovers(letter, answers, understood.language, drafter)
    letter.add(Section.CLOSING, closing)
    _signature(letter, understood.language, drafter)
    return ReplyDraft(
        id=_id(message, answers),
        language=understood.language,
        subject=reply_subject(message.subject, understood.language, drafter.wording),
        to=message.reply_to,
        parts=letter.parts,
        citations=letter.citations,
        questions=tuple(_verdict(*pair) for pair in zip(understood.questions, answers, strict=True)),
        profile=understood.profile,
        index_version=drafter.index.manifest.version,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
        recalled=recalled,
    )


def _question(found: FoundQuestion, understood: Understood) -> Question:
    history = tuple(Message("user", said) for said in found.history)
    return Question(found.asked, understood.language, history, understood.profile)


def _verdict(found: FoundQuestion, answer: Answer) -> AnsweredQuestion:
    return AnsweredQuestion(
        question=found,
        status=answer.status,
        answer_id=answer.id,
        engine=answer.engine,
        referral=answer.referral,
        calculation=answer.calculation,
        nearest=answer.nearest,
    )


def _id(message: IncomingMessage, answers: Sequence[Answer]) -> str:
    seen = [message.message_id, message.subject, message.sender.email, message.body, *(answer.id for answer in answers)]
    return hashlib.sha256("\x1f".join(seen).encode(errors="backslashreplace")).hexdigest()[:16]


def _reminder(letter: Letter, message: IncomingMessage, understood: Understood, wording: Replies) -> str:
    """Say that the message came, and what follows; what was said of the message itself."""
    language = understood.language
    date = day(message.date.date(), language) if message.date else ""
    dated = f" {wording.say('dated', language, date=date)}" if date else ""
    count = len(understood.questions)
    key = {0: "reminder_none", 1: "reminder_one"}.get(count, "reminder_several")
    said = wording.say(f"count_{count}", language) if 1 < count <= _MOST_IN_LETTERS else str(count)
    letter.add(Section.REMINDER, wording.say(key, language, dated=dated, count=said))
    return f"{date} {count}"


def _answer(letter: Letter, drafter: Drafter, pair: tuple[FoundQuestion, Answer], rank: int, *, only: bool) -> None:
    """The question in the sender's words, then what the pipeline answers; referrals are gathered at the end."""
    found, answer = pair
    language = answer.language
    letter.add(Section.QUESTION, _heading(found, answer, drafter.wording, rank, only=only), question=rank)
    if answer.status is Status.ERROR:
        letter.add(Section.ANSWER, drafter.wording.say("unverified", language), question=rank)
        return
    referred = {said.text for said in _said_mailboxes(language, drafter)}
    for statement in answer.statements:
        if statement.text not in referred:
            letter.state(_written(statement, drafter, language), answer.citations, rank)


def _written(statement: Statement, drafter: Drafter, language: Language) -> Statement:
    return Statement(drafter.written(statement.text, language), statement.citations, statement.kind)


def _heading(found: FoundQuestion, answer: Answer, wording: Replies, rank: int, *, only: bool) -> str:
    language = answer.language
    number = str(rank + 1)
    if answer.status is Status.REFUSED:
        return wording.say("question_refused", language, rank=number)
    words = echo(found.text, answer, wording)
    if only:
        return wording.say("question_only", language, question=words)
    return wording.say("question_numbered", language, rank=number, question=words)


def _said_mailboxes(language: Language, drafter: Drafter) -> Iterator[Statement]:
    for mailbox in _MAILBOXES:
        said = drafter.referrals.say(mailbox, language, Notebook(drafter.index))
        if said is not None:
            yield said[0]


def _handovers(letter: Letter, answers: Sequence[Answer], language: Language, drafter: Drafter) -> None:
    """One sentence for each mailbox that can say more, with the questions it is for."""
    for mailbox in _MAILBOXES:
        said, citations = _mailbox(mailbox, language, drafter)
        if said is None:
            continue
        ranks = [rank for rank, answer in enumerate(answers, start=1) if _goes_to(answer, said.text, mailbox)]
        if ranks:
            form = "only" if len(answers) == 1 else "one" if len(ranks) == 1 else "several"
            variables = {"email": said.email} | (
                {} if form == "only" else {"ranks": joined(tuple(map(str, ranks)), language)}
            )
            text = drafter.wording.say(f"handover_{mailbox}_{form}", language, **variables)
            letter.state(Statement(text, tuple(one.n for one in citations), Kind.FRAMING), citations, None)


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    email: str


def _mailbox(mailbox: Mailbox, language: Language, drafter: Drafter) -> tuple[_Said | None, tuple[Citation, ...]]:
    notebook = Notebook(drafter.index)
    said = drafter.referrals.say(mailbox, language, notebook)
    if said is None:
        return None, ()
    return _Said(said[0].text, said[1].email), notebook.citations


def _goes_to(answer: Answer, said: str, mailbox: Mailbox) -> bool:
    """An answer that the pipeline refers there; a simulation, whose official amount is a matter of funding."""
    if answer.status is Status.REFUSED:
        return False
    simulated = answer.calculation is not None and bool(answer.calculation.results) and mailbox == "financement"
    return simulated or any(statement.text == said for statement in answer.statements)


def _signature(letter: Letter, language: Language, drafter: Drafter) -> None:
    """The fields that the person who signs fills in; the program never signs."""
    said, _ = _mailbox("valorisation", language, drafter)
    mailbox = f"\n{drafter.wording.say('mailbox', language, email=said.email)}" if said else ""
    letter.add(Section.SIGNATURE, drafter.wording.say("signature", language, mailbox=mailbox))
    letter.add(Section.NOTICE, drafter.wording.say("notice", language))
