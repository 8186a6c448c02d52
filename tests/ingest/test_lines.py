"""Lines as ranges, and the running text made of them."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Run
from ingest.fold import fold, read
from ingest.lines import flow, lines

WORDS = st.lists(st.text("abcéÀ0123", min_size=1, max_size=6), min_size=1, max_size=12)
GAPS = st.sampled_from([" ", "\n", " \n\n", "\u00a0", "  \n \n", " 12 ", "\n4 Ministère\n", " 7\n"])


@given(st.text("ab é\t\u00a0-.\n\r\x0b", max_size=80))
def test_lines_stand_where_they_say(source: str) -> None:
    """Each line of the source is there once, stripped, at its offsets, under its number."""
    found = list(lines(source))
    assert [line.text for line in found] == [raw.strip() for raw in source.split("\n")]
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    for line in found:
        assert source[line.start : line.end] == line.text
        assert source.count("\n", 0, line.start) == line.number - 1
        assert line.run == Run(line.start, line.end)


@given(WORDS, st.data())
def test_flow_reads_as_the_words_one_after_the_other(words: list[str], data: st.DataObject) -> None:
    """White space, running heads, numbers between two ranges: they read as words apart, and nothing comes in."""
    source, runs = "", []
    for word in words:
        source += data.draw(GAPS) if source else ""
        runs.append(Run(len(source), len(source) + len(word)))
        source += word
    assert read(source, flow(source, runs)).text.split() == words


@given(WORDS, st.data())
def test_flow_of_all_lines_is_the_folded_text(words: list[str], data: st.DataObject) -> None:
    """Where nothing is left out and no word is cut, the lines read as the whole text, in one range."""
    source = words[0] + "".join(data.draw(st.sampled_from([" ", "\n", "\n\n", " \n"])) + word for word in words[1:])
    runs = flow(source, (line.run for line in lines(source) if line.text))
    assert read(source, runs).text == fold(source)
    assert len(runs) == 1


def joined(source: str) -> str:
    """The lines of a text as running text."""
    return read(source, flow(source, (line.run for line in lines(source) if line.text))).text


def test_a_word_cut_at_a_line_end_is_whole() -> None:
    """A hyphen at a line end before a small letter is part of the word, also across a blank line."""
    assert joined("améliorer le bien-\n\nêtre de tous") == "améliorer le bien-être de tous"
    assert joined("prêter main-\nforte") == "prêter main-forte"


def test_a_dash_or_a_hyphen_before_a_capital_joins_nothing() -> None:
    """Only a cut word is joined."""
    assert joined("le réseau -\nprivé") == "le réseau - privé"
    assert joined("le Saguenay-\nLac") == "le Saguenay- Lac"


def test_what_is_cut_out_of_a_line_leaves_no_trace() -> None:
    """A glued call goes without a space, and a quote is cut there."""
    source = "un montant de base12 par organisme"
    at = source.index("12")
    reading = read(source, flow(source, [Run(0, at), Run(at + 2, len(source))]))
    assert reading.text == "un montant de base par organisme"
    assert [quote.text for quote in reading.quotes()] == ["un montant de base", "par organisme"]


def test_a_number_left_out_between_two_words_leaves_them_apart() -> None:
    """Whatever side of it the space stands on."""
    for source in ("mot 12suite", "mot12 suite"):
        at = source.index("12")
        assert read(source, flow(source, [Run(0, at), Run(at + 2, len(source))])).text == "mot suite"
        assert read(source, flow(source, [Run(0, 3), Run(len(source) - 5, len(source))])).text == "mot suite"
