"""A whole small desk: a database in a folder, a drafter of one letter, a checker that locks figures, a clock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from web_fakes import TEXT

from assistant.conversation import Citation, Kind, Language, Profile, Status
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.recheck import Fault, FoundFault, SentenceCheck
from assistant.correspondence.reply import AnsweredQuestion, DraftPart, FoundQuestion, ReplyDraft, Section
from assistant.desk.desk import Desk, Parts, open_desk
from assistant.desk.keys import Keys
from assistant.desk.seams import FigureUsed
from assistant.desk.sessions import Lifetimes
from assistant.desk.values import Account, Role
from assistant.lock import figures, loose
from assistant.personal import masked
from assistant.replies import load_replies
from assistant.settings import ROOT
from assistant.storage.database import Database, open_database

START = datetime(2026, 1, 27, 19, 5, tzinfo=UTC)
QUOTE = "Le montant de base est de 21 989 $ pour l’année 2024-2025."
PLACE = TEXT.index("Le montant")
MESSAGE = (
    "De : Josée Tremblay <josee.tremblay@exemple.org>\nObjet : Montant de base\n\n"
    "Bonjour,\n\nQuel est le montant de base en 2024-2025?\n\nMerci,\nJosée Tremblay"
)
WORDING = load_replies(ROOT / "prompts", "drafts.yaml")


class Clock:
    """A time that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        """Let time pass."""
        self.now += timedelta(**amount)


def citation(n: int = 1, quote: str = QUOTE) -> Citation:
    """A citation of the plan."""
    return Citation(
        n=n,
        document="plan",
        source_file="000_plan.txt",
        title="Titre de plan",
        authority="ministry",
        validity="2024-2025",
        section=("Plan d’aide", "Premier volet"),
        page=1,
        quote=quote,
        start=PLACE,
        end=PLACE + len(QUOTE),
        url=f"/documents/plan?page=1&start={PLACE}&end={PLACE + len(QUOTE)}#quote",
    )


class OneLetter:
    """Drafts the same letter for every message; `fail` makes it break, as a program that is killed does."""

    def __init__(self) -> None:
        self.fail = False
        self.status = Status.ANSWERED

    def draft(self, message: IncomingMessage, language: Language | None = None) -> ReplyDraft:
        if self.fail:
            raise KeyboardInterrupt
        start = message.body.find("Quel est")
        end = message.body.find("?") + 1
        asked = message.body[start:end]
        question = FoundQuestion(asked, start, end, None, asked)
        parts = (
            DraftPart("p1", Section.GREETING, "Bonjour,"),
            DraftPart("p2", Section.REMINDER, "Vous nous avez écrit au sujet du montant de base."),
            DraftPart("p3", Section.QUESTION, "Le montant de base", question=0),
            DraftPart("p4", Section.ANSWER, "Le montant de base est de 21\u00a0989\u00a0$ [1].", (1,), Kind.CLAIM, 0),
            DraftPart("p5", Section.CLOSING, "Veuillez recevoir nos salutations distinguées."),
        )
        return ReplyDraft(
            id="d1",
            language=language or "fr",
            subject="RE\u00a0: Montant de base",
            to=message.reply_to,
            parts=parts,
            citations=(citation(),),
            questions=(AnsweredQuestion(question, self.status, "a1", "extractive"),),
            profile=Profile(),
            index_version="v-1",
            elapsed_ms=1.0,
        )


class FigureLock:
    """Flags the figures of an answer that stand in no quote it is marked with."""

    def check(self, draft: ReplyDraft, part: DraftPart, text: str) -> tuple[SentenceCheck, ...]:
        if part.section is not Section.ANSWER:
            return (SentenceCheck(0, len(text), text, (), ()),)
        quotes = [one.quote for one in draft.citations if f"[{one.n}]" in text]
        faults = tuple(FoundFault(Fault.FIGURE, figure) for figure in sorted(loose(text, *quotes)))
        return (SentenceCheck(0, len(text), text, part.citations, faults),)


@dataclass
class PlainSources:
    """Units with digests, and figures, that a test can change."""

    digests: dict[str, str] = field(default_factory=lambda: {"plan/1": "d-1"})
    known: tuple[FigureUsed, ...] = (FigureUsed("base", "2024-2025", "21989", "$"),)
    standing: bool = True

    def units(self, citation: Citation) -> Mapping[str, str]:
        return self.digests if citation.document == "plan" else {}

    def digest(self, unit: str) -> str | None:
        return self.digests.get(unit)

    def stands(self, citation: Citation) -> bool:
        return self.standing and bool(citation.quote)

    def figures(self, text: str) -> tuple[FigureUsed, ...]:
        said = figures(text)
        return tuple(one for one in self.known if figures(f"{one.value} {one.unit}") <= said)

    def current(self, figure: FigureUsed) -> bool:
        return figure in self.known


@dataclass
class World:
    """A desk with its parts, and one account for each role."""

    desk: Desk
    database: Database
    clock: Clock
    drafter: OneLetter
    sources: PlainSources
    keys: dict[str, str] = field(default_factory=dict)

    def account(self, name: str, *roles: Role) -> Account:
        """A new account; its key is kept in `keys`."""
        made, self.keys[name] = self.desk.accounts.add(name, roles, "test")
        return made

    def received(self, by: Account, text: str = MESSAGE) -> int:
        """A message with its draft."""
        message = self.desk.queue.receive_text(by, text)
        self.desk.queue.prepare(by, message)
        return message

    def version(self, message: int) -> int:
        """The version that a person sees now."""
        return self.desk.queue.open(message).listed.version


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes that take no time: what is tested is what is done with them."""


@contextmanager
def made_world(folder: Path, lifetimes: Lifetimes | None = None) -> Iterator[World]:
    """A desk over a database of this folder."""
    database, clock, drafter, sources = open_database("sqlite", folder), Clock(), OneLetter(), PlainSources()
    try:
        yield World(reopened(database, clock, drafter, sources, lifetimes), database, clock, drafter, sources)
    finally:
        database.close()


def reopened(
    database: Database,
    clock: Callable[[], datetime],
    drafter: OneLetter,
    sources: PlainSources,
    lifetimes: Lifetimes | None = None,
) -> Desk:
    """The desk of this database, as a program that starts opens it."""
    parts = Parts(drafter, FigureLock(), sources, WORDING, masked)
    return open_desk(database, parts, lifetimes, Keys(CHEAP), clock)
