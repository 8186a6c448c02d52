"""Sentences of a text, and stretches widened to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Part, Run, Unit, UnitKind
from ingest.fold import find, read
from ingest.sentences import sentences, widen

SOURCE = "Un premier fait. Il est suivi d’un\nsecond fait12. Le troisième est là. 12 La note dit 5 $. Elle finit."
BODY = (Run(0, SOURCE.index("12.")), Run(SOURCE.index("12.") + 2, SOURCE.index(" 12 La")))
NOTE = (Run(SOURCE.index("La note"), len(SOURCE)),)
UNIT = Unit("u", "d", UnitKind.NARRATIVE, (Part(BODY), Part(NOTE, "note 12")))


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]


@given(st.text("abÀM. !?…»«()1\u00a0\n", max_size=60) | st.text(max_size=40))
def test_sentences_partition_a_text(text: str) -> None:
    """In order, without overlap; only white space stands between them, and none at their ends."""
    end = 0
    for start, stop in sentences(text):
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il vient. Elle part! Où? Là…", ["Il vient.", "Elle part!", "Où?", "Là…"]),
        ("« Il vient. » Elle part.", ["« Il vient. »", "Elle part."]),
        ("M. Roy et Mme. Côté (dir.) sont là.", ["M. Roy et Mme. Côté (dir.) sont là."]),
        ("Voir p. 12, vol. 3 et art. 472.", ["Voir p. 12, vol. 3 et art. 472."]),
        ("Un montant de 1.5 M$ est prévu.", ["Un montant de 1.5 M$ est prévu."]),
        ("À venir. 12 postes suivent.", ["À venir.", "12 postes suivent."]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    """Marks, guillemets, abbreviations, decimals."""
    assert split(text) == expected


def test_a_stretch_is_widened_to_its_sentences() -> None:
    """The whole sentence, over line ends and what was left out of it; the others stay out."""
    (focus,) = find(SOURCE, "second")
    assert read(SOURCE, widen(SOURCE, UNIT, (focus,))).text == "Il est suivi d’un second fait."


def test_a_stretch_of_a_note_is_widened_in_the_note() -> None:
    """A note is a text of its own."""
    (focus,) = find(SOURCE, "5 $")
    assert read(SOURCE, widen(SOURCE, UNIT, (focus,))).text == "La note dit 5 $."


def test_a_stretch_over_two_sentences_gives_both() -> None:
    """From the first one touched to the last."""
    focus = (Run(SOURCE.index("fait. Il"), SOURCE.index("suivi") + 5),)
    assert read(SOURCE, widen(SOURCE, UNIT, focus)).text == "Un premier fait. Il est suivi d’un second fait."


def test_a_stretch_outside_the_unit_stays_as_it_is() -> None:
    """There is nothing to widen it to."""
    focus = (Run(SOURCE.index(" 12 La"), SOURCE.index("La note")),)
    assert widen(SOURCE, UNIT, focus) == focus


@given(st.data())
def test_widening_holds_the_focus_and_whole_sentences(data: st.DataObject) -> None:
    """Whatever stretch of the body is asked for, it is inside the widened one."""
    reading = read(SOURCE, BODY)
    start = data.draw(st.integers(0, len(reading.text) - 1))
    end = data.draw(st.integers(start, len(reading.text) - 1))
    focus = (Run(reading.origins[start], reading.origins[end] + 1),)
    text = read(SOURCE, widen(SOURCE, UNIT, focus)).text
    assert reading.text[start : end + 1].strip() in text
    if reading.text[start : end + 1].strip():
        assert text.endswith(".")
