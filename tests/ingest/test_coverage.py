"""The account of a source: nothing is forgotten, nothing is counted twice."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.coverage import coverage
from ingest.documents import Dropped, DropReason, Heading, Part, Run, Segmentation, Unit, UnitKind


def unit(runs: tuple[Run, ...], section: tuple[Heading, ...] = ()) -> Unit:
    """A unit with these ranges."""
    return Unit("u", "d", UnitKind.NARRATIVE, (Part(runs),), section)


def test_units_headings_and_dropped_ranges_account_for_a_source() -> None:
    """What none of them holds is listed, range by range; white space does not count."""
    text = "Titre\nUn texte. PERDU 4\nfin"
    segmentation = Segmentation(
        (unit((Run(6, 15),), (Heading("Titre", (Run(0, 5),)),)),), (Dropped(Run(22, 23), DropReason.RUNNING_HEAD),)
    )
    found = coverage(text, segmentation)
    assert [text[run.start : run.end] for run in found.unaccounted] == ["PERDU", "fin"]
    assert (found.characters, found.in_units, found.dropped) == (22, 13, {DropReason.RUNNING_HEAD: 1})


@given(
    st.text("ab \n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from([None, *DropReason])), max_size=6),
)
def test_the_parts_of_the_account_add_up(text: str, spans: list[tuple[int, int, DropReason | None]]) -> None:
    """In units + dropped + unaccounted = all characters, however the ranges overlap."""
    runs = [(Run(min(a, b, len(text)), min(max(a, b), len(text))), reason) for a, b, reason in spans]
    kept = tuple(unit((run,)) for run, reason in runs if reason is None)
    dropped = tuple(Dropped(run, reason) for run, reason in runs if reason)
    found = coverage(text, Segmentation(kept, dropped))
    lost = sum(run.end - run.start for run in found.unaccounted)
    assert found.in_units + sum(found.dropped.values()) + lost == found.characters == len("".join(text.split()))
