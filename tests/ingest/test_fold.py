"""Folding, reading, quoting and finding: no character is changed, and each quote stands where it says."""

import itertools
import string

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.documents import Run
from ingest.fold import MASK, cut, find, fold, mask, read

SPACES = " \n\t\u00a0\u2009\u202f\u2028"
ALPHABET = st.sampled_from("abéœ ’'-12.,«»$" + SPACES)
TEXTS = st.text(ALPHABET, max_size=60) | st.text(max_size=40)


@st.composite
def readings(draw: st.DrawFn, *, ordered: bool = False) -> tuple[str, tuple[Run, ...]]:
    """A source and ranges of it, in any order unless `ordered`."""
    source = draw(TEXTS)
    pairs = st.tuples(st.integers(0, len(source)), st.integers(0, len(source)))
    runs = [Run(min(pair), max(pair)) for pair in draw(st.lists(pairs, max_size=5))]
    if not ordered:
        return source, tuple(runs)
    edges = sorted({edge for run in runs for edge in (run.start, run.end)})
    return source, tuple(Run(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


def ink(text: str) -> str:
    """The characters that are not white space."""
    return "".join(text.split())


@given(TEXTS)
@example("540\u00a0\u2009000 $")
def test_fold_changes_nothing_but_white_space(text: str) -> None:
    """Letters, digits and signs stay, in order; white space is one space, or the non-breaking one that stood alone."""
    folded = fold(text)
    assert ink(folded) == ink(text)
    assert fold(folded) == folded
    assert not any(a.isspace() and b.isspace() for a, b in itertools.pairwise(folded))
    assert {c for c in folded if c.isspace()} <= set(" \u00a0\u2009\u202f")


def test_a_lone_non_breaking_space_is_kept() -> None:
    """« 21 989 $ » keeps the space it is printed with; two spaces, or a line end, become one plain space."""
    assert fold("21\u2009989\u00a0$") == "21\u2009989\u00a0$"
    assert fold("un\u00a0\u2009deux\n trois") == "un deux trois"


@given(readings())
@example(("ab cd", (Run(3, 5), Run(0, 2))))
@example(("540\u00a0\u2009000 $ de", (Run(0, 11),)))
def test_every_quote_stands_where_it_says(made: tuple[str, tuple[Run, ...]]) -> None:
    """Whatever the ranges, in whatever order: the source between the offsets of a quote folds to the quote."""
    source, runs = made
    reading = read(source, runs)
    assert len(reading.origins) == len(reading.text)
    for quote in reading.quotes():
        assert fold(source[quote.start : quote.end]) == quote.text
        assert quote.text == quote.text.strip()


@given(readings(), st.data())
def test_every_quote_of_a_stretch_stands_where_it_says(made: tuple[str, tuple[Run, ...]], data: st.DataObject) -> None:
    """The same for any stretch of a reading, and its quotes add nothing to it."""
    source, runs = made
    reading = read(source, runs)
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    for quote in reading.quotes(start, end):
        assert fold(source[quote.start : quote.end]) == quote.text
        assert quote.text in reading.text[start:end]


@given(readings())
def test_a_reading_holds_the_characters_of_its_ranges(made: tuple[str, tuple[Run, ...]]) -> None:
    """Nothing but white space is lost or added, and each character comes from its origin."""
    source, runs = made
    reading = read(source, runs)
    assert ink(reading.text) == ink("".join(source[run.start : run.end] for run in runs))
    pairs = zip(reading.text, reading.origins, strict=True)
    assert all(
        source[origin] == character or (character == " " and source[origin].isspace()) for character, origin in pairs
    )


def test_quotes_are_cut_where_something_was_left_out() -> None:
    """A call left out of « base12 » cuts the quote there; a word cut in two is in no quote."""
    source = "un montant de base12 par orga-\nnisme scolaire"
    call = Run(source.index("12"), source.index("12") + 2)
    hyphen = source.index("-")
    runs = (Run(0, call.start), Run(call.end, hyphen), Run(hyphen + 2, len(source)))
    reading = read(source, runs)
    assert reading.text == "un montant de base par organisme scolaire"
    assert [quote.text for quote in reading.quotes()] == ["un montant de base", "par", "scolaire"]


@given(readings(ordered=True), st.data())
def test_ranges_cut_from_a_reading_read_as_that_stretch(made: tuple[str, tuple[Run, ...]], data: st.DataObject) -> None:
    """`cut` gives back the ranges of any stretch that starts and ends with a word."""
    source, runs = made
    reading = read(source, runs)
    inside = [i for i, character in enumerate(reading.text) if not character.isspace()]
    if inside:
        start = data.draw(st.sampled_from(inside))
        end = data.draw(st.sampled_from([i for i in inside if i >= start])) + 1
        assert read(source, cut(reading, runs, start, end)).text == reading.text[start:end]


@given(TEXTS, st.data())
def test_any_slice_of_a_source_is_found_at_its_offsets(text: str, data: st.DataObject) -> None:
    """Also when its white space is folded and its apostrophes are of the other kind."""
    inside = [i for i, character in enumerate(text) if not character.isspace()]
    if inside:
        start = data.draw(st.sampled_from(inside))
        end = data.draw(st.sampled_from([i for i in inside if i >= start])) + 1
        for quote in (text[start:end], fold(text[start:end]), text[start:end].replace("’", "'").replace("'", "’")):
            assert Run(start, end) in list(find(text, quote))


@given(TEXTS, TEXTS)
def test_what_is_found_is_the_quote(text: str, quote: str) -> None:
    """Every place found holds the quote, white space and apostrophes aside."""
    for run in find(text, quote):
        assert " ".join(text[run.start : run.end].replace("’", "'").split()) == " ".join(
            quote.replace("’", "'").split()
        )


def test_nothing_is_found_of_an_empty_quote() -> None:
    """White space is no quote."""
    assert list(find("un texte", " \n")) == []


@given(readings())
def test_a_mask_keeps_lengths_and_offsets(made: tuple[str, tuple[Run, ...]]) -> None:
    """Characters of the ranges are masked, white space and all others stay in place."""
    source, runs = made
    hidden = {i for run in runs for i in range(run.start, run.end)}
    masked = mask(source, runs)
    assert len(masked) == len(source)
    for i, (before, after) in enumerate(zip(source, masked, strict=True)):
        assert after == (MASK if i in hidden and not before.isspace() else before)


@given(st.text(string.ascii_letters + SPACES))
def test_folding_before_or_after_cutting_words_gives_the_same_words(text: str) -> None:
    """Folding never joins nor splits words."""
    assert fold(text).split() == text.split()
