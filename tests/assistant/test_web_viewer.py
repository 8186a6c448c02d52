"""The layout of a document: structure from its units, the quoted span marked, pages turned once."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_fakes import SECOND_PAGE, TEXT, heading, part, plan_units

from assistant.web.blocks import Block, Bullets, Call, PageTurn, Paragraph, Section, Table
from assistant.web.highlight import MOST_SPANS, Cutter, Pieces, parse_span, parse_spans
from assistant.web.viewer import View, view
from ingest.documents import Heading, Page, Part, Run, Runs, Unit, UnitKind
from ingest.fold import MASK, read

PAGES = (Page(1, 0), Page(2, SECOND_PAGE))


def words(pieces: Pieces) -> str:
    """The text of these pieces."""
    return "".join(piece.text for piece in pieces)


def read_lines(paragraph: Paragraph) -> str:
    """The lines of a paragraph."""
    return "\n".join(words(line) for line in paragraph.lines)


def cells(table: Table) -> list[list[str]]:
    """What each row holds under each header; what stands twice under one is on lines."""
    return [["\n".join(map(words, cell)) for cell in row.cells] for row in table.rows]


def quoted(pieces: Pieces) -> str:
    """The quoted part of these pieces."""
    return "".join(piece.text for piece in pieces if piece.quoted)


def all_pieces(blocks: Iterable[Block]) -> Iterator[Pieces]:
    """Every run of pieces of a view, in the order of the page."""
    for block in blocks:
        match block:
            case Section():
                yield block.title
                yield from all_pieces(block.blocks)
            case Paragraph():
                yield from block.lines
                yield from block.items
                yield from (note.pieces for note in block.notes)
            case Bullets():
                yield block.caption
                yield from all_pieces(block.items)
            case Table():
                yield from (held for row in block.rows for cell in row.cells for held in cell)
                yield from (note.pieces for note in block.notes)
            case PageTurn():
                pass


def turns(shown: View) -> list[int]:
    """Every page mark of a view, sorted."""
    inline = [n for pieces in all_pieces(shown.blocks) for piece in pieces for n in piece.turns]
    return sorted([*inline, *_marks(shown.blocks)])


def _marks(blocks: Iterable[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, PageTurn):
            yield block.number
        elif isinstance(block, Section):
            yield from _marks(block.blocks)


def test_a_document_has_its_structure() -> None:
    """Headings nest once each; a rule carries its note; examples are one list; a row is under its headers."""
    shown = view(TEXT, plan_units(), PAGES, ())
    page, top = shown.blocks
    assert page == PageTurn(1)
    assert isinstance(top, Section)
    assert (words(top.title), top.level) == ("Plan d’aide", 2)
    first, second_page, second = top.blocks
    assert second_page == PageTurn(2)
    assert isinstance(first, Section)
    assert isinstance(second, Section)
    assert (words(first.title), first.level, words(second.title), second.level) == (
        "Premier volet",
        3,
        "Second volet",
        3,
    )
    rule, examples = first.blocks
    assert isinstance(rule, Paragraph)
    assert read_lines(rule) == "Le montant de base est de 21 989 $ pour l’année 2024-2025."
    assert [(note.name, words(note.pieces)) for note in rule.notes] == [("note 1", "Montant indicatif seulement.")]
    assert isinstance(examples, Bullets)
    assert [read_lines(item) for item in examples.items] == ["Acheter des livres.", "Former le personnel."]
    contact, row = second.blocks
    assert isinstance(contact, Paragraph)
    assert isinstance(row, Table)
    assert row.headers == ("Indicateur", "Cible")
    assert cells(row) == [["Taux de rétention", "85 %"]]
    assert not row.wide


def test_without_a_span_nothing_is_quoted() -> None:
    """No mark where none is asked for."""
    shown = view(TEXT, plan_units(), PAGES, ())
    assert not shown.quoted
    assert not any(quoted(pieces) for pieces in all_pieces(shown.blocks))


def test_masked_text_is_told_apart() -> None:
    """Stretches of masked characters are pieces of their own, so that a page can say what they are."""
    shown = view(TEXT, plan_units(), PAGES, ())
    masked = [piece.text for pieces in all_pieces(shown.blocks) for piece in pieces if piece.masked]
    assert masked == [MASK * 4, MASK * 6]


def test_a_quote_over_several_lines_is_marked_as_it_is_read() -> None:
    """The span of a citation gives back its words, folded."""
    start, end = TEXT.index("21 989"), TEXT.index("2024-2025.")
    shown = view(TEXT, plan_units(), PAGES, (Run(start, end),))
    assert shown.quoted
    assert [q for pieces in all_pieces(shown.blocks) if (q := quoted(pieces))] == ["21 989 $ pour l’année "]


def test_a_quote_across_units_is_marked_in_each() -> None:
    """A span that crosses units highlights what it can of each; one anchor only."""
    start, end = TEXT.index("2024-2025"), TEXT.index(" le personnel")
    shown = view(TEXT, plan_units(), PAGES, (Run(start, end),))
    found = [q for pieces in all_pieces(shown.blocks) if (q := quoted(pieces))]
    assert found == ["2024-2025.", "Acheter des livres.", "Former"]
    assert [p.text for pieces in all_pieces(shown.blocks) for p in pieces if p.anchor] == ["2024-2025."]


def test_a_quote_in_a_heading_is_marked() -> None:
    """Headings are text of the document like any other."""
    start = TEXT.index("Second")
    shown = view(TEXT, plan_units(), PAGES, (Run(start, start + 6),))
    assert [q for pieces in all_pieces(shown.blocks) if (q := quoted(pieces))] == ["Second"]


def test_a_heading_whose_words_were_mended_is_marked_whole() -> None:
    """Where the title is not its ranges letter for letter, the span marks all of it."""
    found = heading(TEXT, "Second volet")
    unit = Unit(
        "u", "plan", UnitKind.NARRATIVE, (part(TEXT, "Acheter des livres."),), (Heading("Volet 2", found.runs),)
    )
    start = found.runs[0].start
    shown = view(TEXT, [unit], (), (Run(start, start + 2),))
    assert [q for pieces in all_pieces(shown.blocks) if (q := quoted(pieces))] == ["Volet 2"]


def test_a_span_in_no_unit_marks_nothing() -> None:
    """What the reading edition leaves out cannot be highlighted."""
    start = TEXT.index("1 Montant")
    assert not view(TEXT, plan_units(), PAGES, (Run(start, start + 1),)).quoted


def test_pages_turn_once_each_even_within_a_paragraph() -> None:
    """Each known page has exactly one mark, at its place."""
    middle = TEXT.index("l’année")
    pages = (Page(7, 0), Page(8, middle), Page(9, middle + 3), Page(10, len(TEXT)))
    shown = view(TEXT, plan_units(), pages, ())
    assert turns(shown) == [7, 8, 9, 10]
    rule = next(p for p in all_pieces(shown.blocks) if words(p).startswith("Le montant"))
    assert [(piece.text, piece.turns) for piece in rule] == [
        ("Le montant de base est de 21 989 $ pour ", ()),
        ("l’a", (8,)),
        ("nnée 2024-2025.", (9,)),
    ]


def test_a_heading_that_comes_back_is_shown_once() -> None:
    """The same heading at the head of every page of a table, or with and without its number, is one section."""
    text = "Objectif 5 Former.\nTaux 85 %\nObjectif 5 Former.\nTaux 90 %\n"
    short = Heading("Objectif 5", (Run(0, 10),))
    long = Heading("Objectif 5 Former.", (Run(0, 18),))
    again = Heading("Objectif 5 Former.", (Run(29, 47),))
    units = [
        Unit("a", "x", UnitKind.OBJECTIVE, (Part((Run(11, 18),)),), (short,)),
        Unit(
            "b", "x", UnitKind.INDICATOR, (Part((Run(19, 23),), "Indicateur"), Part((Run(24, 28),), "Cible")), (long,)
        ),
        Unit("c", "x", UnitKind.INDICATOR, (Part((Run(48, 52),), "Indicateur"),), (again,)),
    ]
    (section,) = view(text, units, (), ()).blocks
    assert isinstance(section, Section)
    statement, table = section.blocks
    assert words(section.title) == "Objectif 5"
    assert isinstance(statement, Paragraph)
    assert isinstance(table, Table)
    assert cells(table) == [["Taux", "85 %"], ["Taux", ""]]


def test_parts_of_a_text_are_read_in_the_order_of_the_source() -> None:
    """A number, words and an amount are one text, in the lines of the source; a part already shown is left out."""
    text = "AXE 1\n64,9 M$\nDonner des moyens\n1. Mettre en place 21,3 M$"
    of_axis = (part(text, "AXE 1"), part(text, "64,9 M$", "m"), part(text, "Donner des moyens", "b"))
    of_line = (part(text, "Mettre en place"), part(text, "1.", "n"), part(text, "21,3 M$", "m"))
    section_path = (heading(text, "AXE 1"),)
    axis = Unit("a", "x", UnitKind.BUDGET_LINE, of_axis, section_path)
    line = Unit("b", "x", UnitKind.BUDGET_LINE, of_line, section_path)
    (section,) = view(text, [axis, line], (), ()).blocks
    assert isinstance(section, Section)
    assert [read_lines(p) for p in section.blocks if isinstance(p, Paragraph)] == [
        "64,9 M$\nDonner des moyens",
        "1. Mettre en place 21,3 M$",
    ]


def test_what_a_text_introduces_is_a_list_under_it() -> None:
    """Running parts after the first are items."""
    text = "Des programmes qui :\nun;\ndeux."
    unit = Unit("a", "x", UnitKind.MEANS, tuple(part(text, w) for w in ("Des programmes qui :", "un;", "deux.")))
    (bullets,) = view(text, [unit], (), ()).blocks
    assert isinstance(bullets, Bullets)
    assert read_lines(bullets.items[0]) == "Des programmes qui :"
    assert [words(item) for item in bullets.items[0].items] == ["un;", "deux."]


def test_a_table_of_many_columns_is_wide() -> None:
    """It is shown row under row; every cell keeps its header, the one that is empty too."""
    text = "un deux trois quatre\ncinq six sept"
    found = [Part((Run(m.start(), m.end()),), f"Colonne {i % 4}") for i, m in enumerate(re.finditer(r"\w+", text))]
    units = [Unit(name, "x", UnitKind.MEANS, tuple(parts)) for name, parts in (("a", found[:4]), ("b", found[4:]))]
    (table,) = view(text, units, (), ()).blocks
    assert isinstance(table, Table)
    assert table.wide
    assert table.headers == ("Colonne 0", "Colonne 1", "Colonne 2", "Colonne 3")
    assert cells(table) == [["un", "deux", "trois", "quatre"], ["cinq", "six", "sept", ""]]


def test_what_stands_twice_under_a_header_is_kept_twice() -> None:
    """A cell that goes on over the page is read whole."""
    text = "un deux trois"
    parts = tuple(part(text, word, name) for word, name in (("un", "A"), ("deux", "B"), ("trois", "A")))
    (table,) = view(text, [Unit("a", "x", UnitKind.MEANS, parts)], (), ()).blocks
    assert isinstance(table, Table)
    assert cells(table) == [["un\ntrois", "deux"]]


def test_a_note_is_shown_once_and_every_call_leads_to_it() -> None:
    """The first call is where the note leads back to; a table puts its notes under it."""
    text = "Première. Seconde. Taux. Note commune. Autre note."
    note, other = part(text, "Note commune.", "note 3"), part(text, "Autre note.", "note 4")
    units = [
        Unit("a", "x", UnitKind.FIGURE, (part(text, "Première."), note)),
        Unit("b", "x", UnitKind.FIGURE, (part(text, "Seconde."), note, other)),
        Unit("c", "x", UnitKind.INDICATOR, (part(text, "Taux.", "Indicateur"), other)),
    ]
    first, second, table = view(text, units, (), ()).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert isinstance(table, Table)
    assert first.calls == (Call("3", "note-1", "call-1"),)
    assert [(note.name, note.anchor, note.call, words(note.pieces)) for note in first.notes] == [
        ("note 3", "note-1", "call-1", "Note commune.")
    ]
    assert second.calls == (Call("3", "note-1"), Call("4", "note-2", "call-2"))
    assert [note.anchor for note in second.notes] == ["note-2"]
    assert (table.rows[0].calls, table.notes) == ((Call("4", "note-2"),), ())


def test_several_quotes_are_marked_each_with_its_rank() -> None:
    """In the order of the text; each has one anchor; what is between them is plain."""
    spans = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in ("Former", "21 989 $")]
    runs, wrong = parse_spans([(str(start), str(end)) for start, end in spans], len(TEXT))
    shown = view(TEXT, plan_units(), PAGES, runs)
    found = [(p.text, p.quote, p.anchor) for pieces in all_pieces(shown.blocks) for p in pieces if p.quoted]
    assert (found, wrong) == ([("21 989 $", 1, True), ("Former", 2, True)], 0)
    assert shown.met == {1, 2}


def test_quotes_that_overlap_or_touch_are_one() -> None:
    """And what makes no sense is counted, not shown; there is a most."""
    assert parse_spans([("5", "9"), ("1", "3"), ("3", "4"), ("8", "11")], 20) == ((Run(1, 4), Run(5, 11)), 0)
    assert parse_spans([("5", "x"), ("9", "2"), ("1", "2")], 20) == ((Run(1, 2),), 2)
    many = [(str(3 * n), str(3 * n + 1)) for n in range(MOST_SPANS + 5)]
    assert [len(parse_spans(many, 999)[0]), parse_spans(many, 999)[1]] == [MOST_SPANS, 5]


def test_context_that_units_repeat_is_shown_once() -> None:
    """The category and the lead of examples are parts of each of them; a reader sees them once."""
    text = "Par exemple :\nFêtes\n• Souper\n• Dîner\n"
    lead, category = part(text, "Par exemple :", "lead"), part(text, "Fêtes", "category")
    units = [Unit(w, "x", UnitKind.EXAMPLE, (part(text, w), category, lead)) for w in ("Souper", "Dîner")]
    paragraph, bullets = view(text, units, (), ()).blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(bullets, Bullets)
    assert read_lines(paragraph) == "Par exemple :"
    assert words(bullets.caption) == "Fêtes"
    assert [read_lines(item) for item in bullets.items] == ["Souper", "Dîner"]


def test_a_unit_within_another_is_not_shown_twice() -> None:
    """A sentence that is also a unit of its own is read once, in its paragraph."""
    text = "Première phrase. Seconde phrase."
    whole, sentence = Part((Run(0, 32),)), Part((Run(0, 16),))
    units = [
        Unit("a", "x", UnitKind.FIGURE, (sentence,)),
        Unit("b", "x", UnitKind.NARRATIVE, (whole,)),
    ]
    assert [words(pieces) for pieces in all_pieces(view(text, units, (), ()).blocks)] == [text]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("-1", "3"),
        ("3", "3"),
        ("5", "2"),
        ("0", "12"),
        ("", "3"),
        ("a", "3"),
        ("1.5", "3"),
        ("٣", "5"),
        ("0", "9" * 5000),
    ],
)
def test_a_span_that_makes_no_sense_is_none(start: str, end: str) -> None:
    """Negative, empty, reversed, beyond the end, not a number."""
    assert parse_span(start, end, 11) is None


@settings(deadline=None)
@given(st.text(max_size=6), st.text(max_size=6), st.integers(0, 50))
def test_any_span_parses_or_is_refused(start: str, end: str, length: int) -> None:
    """No text makes the parser fail, and what it accepts lies within the text."""
    span = parse_span(start, end, length)
    assert span is None or 0 <= span.start < span.end <= length


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, Runs, Runs]:
    """A text, ranges of it in order, spans."""
    text = draw(st.text(st.sampled_from(f"ab <&\n\u00a0{MASK}"), min_size=1, max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    runs = tuple(Run(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    ends = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    return text, runs, parse_spans([(str(start), str(end)) for start, end in ends], len(text))[0]


@settings(deadline=None)
@given(layouts())
def test_cutting_loses_nothing_and_marks_exactly_the_spans(case: tuple[str, Runs, Runs]) -> None:
    """The pieces join into the reading; a character is quoted if and only if its origin is in a span, and by which."""
    text, runs, spans = case
    reading = read(text, runs)
    cutter = Cutter(text, (), spans)
    pieces = cutter.cut(runs)
    assert words(pieces) == reading.text
    ranks = [piece.quote for piece in pieces for _ in piece.text]
    inside = [[n for n, span in enumerate(spans, 1) if span.start <= o < span.end] for o in reading.origins]
    assert ranks == [found[0] if found else 0 for found in inside]
    assert [piece.quote for piece in pieces if piece.anchor] == list(dict.fromkeys(rank for rank in ranks if rank))
    assert cutter.met == set(ranks) - {0}
    assert [piece.masked for piece in pieces for _ in piece.text] == [sign == MASK for sign in reading.text]


@settings(deadline=None)
@given(layouts(), st.lists(st.integers(0, 60), max_size=5, unique=True))
def test_pages_are_all_given_in_order(case: tuple[str, Runs, Runs], starts: list[int]) -> None:
    """Whatever the pages, each turns once and in order."""
    text, runs, spans = case
    pages = [Page(number, start) for number, start in enumerate(sorted(starts), start=1)]
    cutter = Cutter(text, pages, spans)
    found = [number for piece in cutter.cut(runs) for number in piece.turns]
    assert found + list(cutter.turns(60)) == [page.number for page in pages]
