"""The step that turns what was found into a draft: a computation, a problem, passages, a known gap, or silence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.citations import Notebook
from assistant.compose.passages import Passage, Passages
from assistant.conversation import (
    Candidate,
    Citation,
    Draft,
    Kind,
    Language,
    Mailbox,
    PipelineStep,
    Problem,
    Route,
    SourceQuote,
    Statement,
    Status,
    Turn,
)
from assistant.referrals import Referrals
from assistant.replies import Replies
from assistant.working import sentences
from ingest.documents import Run, Runs, Unit, UnitKind
from ingest.expected import Gap, Target
from ingest.index import Index
from ingest.tokens import tokenize

_NEAREST = 2
_EXPLICIT = 0.5  # share of an example's words that a question must have for the example to be what it asks about
_OUTSIDE = "out_of_scope"
CERTAIN_GAP = 0.2
"""Share of the softmax that a gap needs for its own sentence to be said; below, the fixed abstention is."""
_MONEY = {"amount", "rule"}
_RECORDS = {UnitKind.OBJECTIVE, UnitKind.INDICATOR}
_LISTS = {
    UnitKind.OBJECTIVE: ("objective", UnitKind.INDICATOR),
    UnitKind.INDICATOR: ("objective", UnitKind.INDICATOR),
    UnitKind.BUDGET_LINE: ("axis", UnitKind.BUDGET_LINE),
    UnitKind.EXAMPLE: ("volet", UnitKind.EXAMPLE),
}
"""By kind of the first passage: the label that its list shares, and the kind of its members."""
_ALL = {"axes": (UnitKind.BUDGET_LINE, "axis"), "objectives": (UnitKind.OBJECTIVE, "objective")}
"""What is asked for as a whole (« les quatre axes »): the kind of its units, and the only number that they carry."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes drafts without a language model: same turn, same draft."""

    index: Index
    replies: Replies
    referrals: Referrals
    passages: Passages

    def step(self) -> PipelineStep:
        """The step: fill `turn.draft`."""
        return lambda turn: replace(turn, draft=self._draft(turn))

    def _draft(self, turn: Turn) -> Draft:
        notebook = Notebook(self.index)
        if turn.calculation is not None:
            statements = tuple(
                Statement(one.text, self._cite(one.sources, notebook), one.kind)
                for one in sentences(turn.calculation, turn.language)
            )
            return Draft(Status.ANSWERED, statements, notebook.citations, calculation=turn.calculation)
        if turn.problem is not None:
            return self._problem(turn.problem, turn.language, notebook)
        if turn.kept:
            return self._answer(turn, notebook)
        return self._silence(turn, notebook)

    def _answer(self, turn: Turn, notebook: Notebook) -> Draft:
        passages = self._with_lists(list(self._passages(turn)), turn)
        statements = list(self.passages.short(passages[0], turn.language, notebook))
        for passage in passages:
            for statement in self.passages.statements(passage, turn.language, notebook):
                if statement not in statements:
                    statements.append(statement)
        first = passages[0]
        eligibility = None
        if first.unit.kind is UnitKind.EXAMPLE and not first.others and "eligibility" in turn.route.needs:
            eligibility = "close_to_a_listed_example" if first.close else "explicitly_listed"
        status = Status.PARTIALLY_ANSWERED if eligibility and first.close else Status.ANSWERED
        if first.unit.labels.get("amount_printed") == "no" and "amount" in turn.route.needs:
            status = Status.NOT_IN_DOCUMENTS
        conflicts = self._conflicts(turn.language, notebook, statements)
        return Draft(status, tuple(statements), notebook.citations, eligibility=eligibility, conflicts=conflicts)

    def _conflicts(self, language: Language, notebook: Notebook, statements: list[Statement]) -> tuple[str, ...]:
        """Every side of the known conflicts that what is cited is a side of; the sentence about each is added."""
        shown: list[str] = []
        cited = notebook.citations
        for conflict in self.index.conflicts:
            if any(_overlaps(one, document, place) for one in cited for document, place in conflict.sides):
                sides = [notebook.cite(document, (place,)) for document, place in conflict.sides]
                numbers = tuple(number for side in sides for number in side)
                reply = conflict.reply_fr if language == "fr" else conflict.reply_en
                statements.append(Statement(reply, numbers))
                quotes = {one.n: one.quote for one in notebook.citations}
                shown.extend(f"«\u00a0{quotes[number]}\u00a0» [{number}]" for number in numbers)
        return tuple(shown)

    def _passages(self, turn: Turn) -> Iterator[Passage]:
        """One passage per unit kept, best first; of units that say the same words, the first."""
        focuses: dict[str, list[Target]] = {}
        units: dict[str, Unit] = {}
        for candidate in turn.kept:
            if candidate.unit is not None and isinstance(candidate.leads_to, Target):
                focuses.setdefault(candidate.unit.id, []).append(candidate.leads_to)
                units[candidate.unit.id] = candidate.unit
        seen: set[str] = set()
        for name, targets in focuses.items():
            passage = Passage(units[name], tuple(targets), close=self._is_close(units[name], turn.standalone))
            words = self.passages.text(passage)
            if words not in seen:
                seen.add(words)
                yield passage

    def _is_close(self, unit: Unit, question: str) -> bool:
        """Whether an example only comes near what is asked: the question has less than half of its words."""
        if unit.kind is not UnitKind.EXAMPLE:
            return False
        words = set(tokenize(self.index.reading(unit).text))
        return len(words & set(tokenize(question))) < _EXPLICIT * len(words)

    def _with_lists(self, passages: list[Passage], turn: Turn) -> list[Passage]:
        """The passages, with the rest of the list that the first one belongs to where a whole list is asked for.

        That is the targets of an objective, the actions of an axis, the examples that a sentence introduces.
        """
        first = passages[0].unit
        if everything := self._everything(first, turn.route):
            return [Passage(everything[0], (), others=everything[1:])]
        members = self._members(first, turn.route)
        rest = [passage for passage in passages[1:] if passage.unit not in members]
        if not members:
            return passages
        if first.kind in _RECORDS:
            return [passages[0], *(Passage(unit, ()) for unit in members), *rest]
        return [replace(passages[0], others=members, close=False), *rest]

    def _everything(self, first: Unit, route: Route) -> tuple[Unit, ...]:
        """All axes, or all objectives, where they are asked for together and the first passage is one of their kind."""
        for asked, (kind, number) in _ALL.items():
            if asked in route.needs and number not in route.numbered and number in first.labels:
                units = self.index.units_by_document[first.document]
                numbers = {"axis", "action", "objective"}
                return tuple(one for one in units if one.kind is kind and numbers & one.labels.keys() == {number})
        return ()

    def _members(self, first: Unit, route: Route) -> tuple[Unit, ...]:
        """The other units of the list that is asked for; none where no list is asked for."""
        units = self.index.units_by_document[first.document]
        introduced = tuple(unit for unit in units if _lead(unit) and _lead(unit) == first.parts[0].runs)
        if "list" in route.needs and introduced:
            return introduced
        key, kind = _LISTS.get(first.kind, ("", first.kind))
        wanted = {"list", "target"} if first.kind is UnitKind.OBJECTIVE else {"list"}
        named = first.kind is not UnitKind.INDICATOR or key in route.numbered
        if not wanted & route.needs or key not in first.labels or not named:
            return ()
        return tuple(u for u in units if u.kind is kind and u.labels.get(key) == first.labels[key] and u.id != first.id)

    def _problem(self, problem: Problem, language: Language, notebook: Notebook) -> Draft:
        cited = self._cite(problem.sources, notebook)
        kind = Kind.CLAIM if problem.status is Status.ANSWERED else Kind.FRAMING
        first, *more = problem.sentences
        statements = (Statement(first, cited, kind), *(Statement(text, kind=Kind.FRAMING) for text in more))
        draft = Draft(
            problem.status, statements, notebook.citations, calculation=problem.calculation, missing=problem.missing
        )
        return self.referrals.add(draft, problem.referral, language, notebook)

    def _silence(self, turn: Turn, notebook: Notebook) -> Draft:
        """Nothing was kept: the best known gap says what is not stated; where none is sure, the nearest passages."""
        best = next((one for one in turn.candidates if isinstance(one.leads_to, Gap)), None)
        gap = best.leads_to if best is not None and isinstance(best.leads_to, Gap) else None
        if gap is not None and best is not None and best.signals["share"] >= CERTAIN_GAP:
            return self._gap(gap, turn.language, notebook)
        outside = gap is not None and gap.topic == _OUTSIDE
        said = Statement(self.replies.say("out_of_scope" if outside else "abstain", turn.language), kind=Kind.FRAMING)
        if outside:
            return Draft(Status.OUT_OF_SCOPE, (said,))
        nearest = self._nearest(turn.candidates, notebook)
        mailbox: Mailbox | None = "financement" if turn.route.needs & _MONEY else "valorisation"
        mailbox = gap.referral if gap is not None else mailbox
        draft = Draft(Status.NOT_IN_DOCUMENTS, (said,), notebook.citations, nearest=nearest)
        return self.referrals.add(draft, mailbox, turn.language, notebook)

    def _gap(self, gap: Gap, language: Language, notebook: Notebook) -> Draft:
        numbers: list[int] = []
        for document, runs in gap.nearest:
            numbers.extend(notebook.cite(document, runs))
        reply = gap.reply_fr if language == "fr" else gap.reply_en
        status = Status.OUT_OF_SCOPE if gap.topic == _OUTSIDE else Status.NOT_IN_DOCUMENTS
        draft = Draft(
            status, (Statement(reply, tuple(numbers), Kind.FRAMING),), notebook.citations, nearest=notebook.citations
        )
        return self.referrals.add(draft, gap.referral, language, notebook)

    def _nearest(self, candidates: Sequence[Candidate], notebook: Notebook) -> tuple[Citation, ...]:
        for candidate in [one for one in candidates if one.unit is not None][:_NEAREST]:
            if candidate.unit is not None and not isinstance(candidate.leads_to, Gap):
                notebook.cite(candidate.unit.document, candidate.leads_to.focus, candidate.unit)
        return notebook.citations

    def _cite(self, sources: Sequence[SourceQuote], notebook: Notebook) -> tuple[int, ...]:
        return tuple(number for source in sources for number in notebook.cite_source(source))


def _overlaps(citation: Citation, document: str, place: Run) -> bool:
    return citation.document == document and citation.start < place.end and place.start < citation.end


def _lead(unit: Unit) -> Runs:
    """The sentence that introduces the list a unit stands in; empty where there is none."""
    return next((part.runs for part in unit.parts if part.name == "lead"), ())
