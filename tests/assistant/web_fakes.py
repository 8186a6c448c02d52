"""Whole small stand-ins for what the HTTP interface needs: a library of one or more documents, responders, health."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.conversation import (
    Answer,
    Calculation,
    Citation,
    Kind,
    Parameter,
    Question,
    Referral,
    Result,
    SourceQuote,
    Statement,
    Status,
    Step,
)
from assistant.web.app import create_app
from assistant.web.limits import Limits
from assistant.web.seams import HealthReport, Library, NoOriginal, Original, Progress, Responder
from ingest.catalog import CatalogEntry
from ingest.documents import Heading, Page, Part, Run, Source, Unit, UnitKind
from ingest.fold import MASK
from ingest.segmentation import Segmenter

STEPS = ("screen", "rephrase", "route", "retrieve", "calculate", "compose", "guard")
READY = HealthReport(ready=True, reason="", index_version="v-1", model="static", corpus_state="1 document")

TEXT = f"""Plan d’aide

Premier volet
Le montant de base est de 21 989 $ pour
l’année 2024-2025.
Acheter des livres.
Former le personnel.
Second volet
Répondant : {MASK * 4} {MASK * 6}
Indicateur Taux de rétention
Cible 85 %
1 Montant indicatif seulement.
"""
SECOND_PAGE = TEXT.index("Second volet")


@dataclass(frozen=True)
class MemoryLibrary:
    """Documents held in memory."""

    entries: tuple[CatalogEntry, ...]
    texts: dict[str, str]
    segments: dict[str, tuple[Unit, ...]]
    starts: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    originals: dict[str, Original] = field(default_factory=dict)

    def documents(self) -> tuple[CatalogEntry, ...]:
        return self.entries

    def text(self, document: str) -> str:
        return self.texts[document]

    def units(self, document: str) -> tuple[Unit, ...]:
        return self.segments[document]

    def pages(self, document: str) -> tuple[Page, ...]:
        if document not in self.texts:
            raise KeyError(document)
        return self.starts.get(document, ())

    def original(self, document: str) -> Original | NoOriginal:
        return self.originals.get(document, NoOriginal.MISSING)


class ScriptedResponder:
    """Gives the same answer to all, announces every step, keeps what it was asked. Safe for several threads."""

    def __init__(self, given: Answer | Callable[[Question], Answer]) -> None:
        self.given = given
        self.asked: list[Question] = []
        self._lock = threading.Lock()

    def __call__(self, question: Question, progress: Progress | None = None) -> Answer:
        with self._lock:
            self.asked.append(question)
        for step in STEPS:
            if progress is not None:
                progress(step)
        return self.given(question) if callable(self.given) else self.given


def entry(document: str = "plan", **changes: object) -> CatalogEntry:
    """A catalog entry where nothing is unusual."""
    values = {
        "id": document,
        "title": f"Titre complet de {document}",
        "short_title": f"Titre de {document}",
        "issuer": "Ministère de l’Éducation",
        "authority": "ministry",
        "kind": "letter",
        "language": "fr",
        "issued": "2024-01-27",
        "validity": "2024-2025",
        "status": "current",
        "file": f"{document}.txt",
        "original_file": f"000_{document}.txt",
        "sha256": "0" * 64,
        "published_at": "unknown",
        "layout": "prose",
    }
    return CatalogEntry.model_validate(values | changes)


def part(text: str, words: str, name: str = "") -> Part:
    """The part of these very words, at their first place in the text."""
    start = text.index(words)
    return Part((Run(start, start + len(words)),), name)


def heading(text: str, words: str) -> Heading:
    """The heading of these words."""
    return Heading(words, part(text, words).runs)


def plan_units() -> tuple[Unit, ...]:
    """Every shape that the viewer lays out, over `TEXT`."""
    out = Segmenter("plan", Source(TEXT, (Page(1, 0), Page(2, SECOND_PAGE))))
    top, first, second = (heading(TEXT, words) for words in ("Plan d’aide", "Premier volet", "Second volet"))
    rule = part(TEXT, "Le montant de base est de 21 989 $ pour\nl’année 2024-2025.")
    note = part(TEXT, "Montant indicatif seulement.", "note 1")
    out.add(UnitKind.ALLOCATION_RULE, [rule, note], (top, first))
    out.add(UnitKind.EXAMPLE, [part(TEXT, "Acheter des livres.")], (top, first))
    out.add(UnitKind.EXAMPLE, [part(TEXT, "Former le personnel.")], (top, first))
    out.add(UnitKind.CONTACT, [part(TEXT, f"Répondant : {MASK * 4} {MASK * 6}")], (top, second))
    cells = [part(TEXT, "Taux de rétention", "Indicateur"), part(TEXT, "85 %", "Cible")]
    out.add(UnitKind.INDICATOR, cells, (top, second))
    return out.done().units


def plan_library() -> MemoryLibrary:
    """One document of two pages."""
    return MemoryLibrary(
        (entry(),), {"plan": TEXT}, {"plan": plan_units()}, {"plan": (Page(1, 0), Page(2, SECOND_PAGE))}
    )


def hostile_library(text: str) -> MemoryLibrary:
    """One document whose title, issuer, only heading and only paragraph are this text."""
    heading_runs, body_runs = (Run(0, len(text)),), (Run(len(text) + 1, 2 * len(text) + 1),)
    unit = Unit("x/1", "x", UnitKind.NARRATIVE, (Part(body_runs),), (Heading(text, heading_runs),))
    return MemoryLibrary((entry("x", title=text, issuer=text),), {"x": f"{text}\n{text}"}, {"x": (unit,)})


class Shelf:
    """A library that can be changed for another while an application holds it."""

    def __init__(self, current: Library) -> None:
        self.current = current

    def documents(self) -> tuple[CatalogEntry, ...]:
        return self.current.documents()

    def text(self, document: str) -> str:
        return self.current.text(document)

    def units(self, document: str) -> tuple[Unit, ...]:
        return self.current.units(document)

    def pages(self, document: str) -> tuple[Page, ...]:
        return self.current.pages(document)

    def original(self, document: str) -> Original | NoOriginal:
        return self.current.original(document)


def citation(n: int = 1, quote: str = "Le montant de base est de 21 989 $ pour l’année 2024-2025.") -> Citation:
    """A citation of the plan."""
    start = TEXT.index("Le montant")
    end = TEXT.index("Acheter") - 1
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
        start=start,
        end=end,
        url=f"/documents/plan?page=1&start={start}&end={end}#quote",
    )


def calculation() -> Calculation:
    """A computation with every member filled."""
    source = SourceQuote("plan", "Le montant de base est de 21 989 $")
    return Calculation(
        operation="allocation",
        measure="15158",
        volet="1",
        school_year="2024-2025",
        inputs={"Enveloppe": "65\u00a0968\u00a0$"},
        parameters=(
            Parameter("base", "Montant de base", "21989", "$", "indicative", "2024-2025", source),
            Parameter("essai", "Hypothèse", "1/3", "$", "hypothesis"),
        ),
        formula="base + solde × part",
        steps=(Step("Base", "1 × 21989", "21989", "21\u00a0989", source), Step("Solde", "65968 − 65967", "1", "1")),
        results=(Result("Organisme A", "65969/3", "21990", qualifier="environ"),),
        rounding="Plus forts restes.",
        assumptions=("Un seul organisme.",),
        warnings=("À valider.",),
        sources=(source,),
    )


def answer(status: Status = Status.ANSWERED, **changes: object) -> Answer:
    """A short answer with one citation; `removed` and `trace` hold what must stay inside."""
    values: dict[str, object] = {
        "id": "a-1",
        "status": status,
        "language": "fr",
        "text": "Le montant de base est de 21\u00a0989\u00a0$. [1]",
        "statements": (Statement("Le montant de base est de 21\u00a0989\u00a0$.", (1,), Kind.CLAIM),),
        "citations": (citation(),),
        "index_version": "v-1",
        "elapsed_ms": 12.5,
        "removed": 3,
        "trace": {"secret": "SECRET-TRACE"},
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


def full_answer() -> Answer:
    """An answer with every public member filled."""
    return answer(
        Status.PARTIALLY_ANSWERED,
        calculation=calculation(),
        missing=("nombre de postes",),
        conflicts=("Deux montants diffèrent.",),
        eligibility="close_to_example",
        nearest=(citation(2),),
        referral=Referral("aide@exemple.org", "Questions financières."),
    )


def make_app(
    respond: Responder | None = None,
    library: Library | None = None,
    health: HealthReport = READY,
    limits: Limits | None = None,
) -> FastAPI:
    """The application over fakes."""
    return create_app(
        respond or ScriptedResponder(answer()), library or plan_library(), lambda: health, limits=limits or Limits()
    )


def make_client(**parts: object) -> TestClient:
    """A client of the application over fakes; never follows redirections."""
    return TestClient(make_app(**parts), follow_redirects=False)  # type: ignore[arg-type]


def events(body: str) -> list[tuple[str, str]]:
    """The (event, data) pairs of a stream; comments are left out."""
    return [pair for block in body.split("\n\n") if (pair := _event(block.splitlines()))]


def _event(lines: Iterable[str]) -> tuple[str, str] | None:
    fields = dict(line.split(": ", 1) for line in lines if line and not line.startswith(":"))
    return (fields["event"], fields["data"]) if fields else None
