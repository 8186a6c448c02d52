"""Addresses of persons are found wherever they hide; published ones and others are left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.personal import personal_addresses


def found(text: str, *published: str) -> list[str]:
    """The personal addresses of a text."""
    return [text[run.start : run.end] for run in personal_addresses(text, published)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Écrire à marie.tremblay@csx.qc.ca.", "marie.tremblay@csx.qc.ca"),
        ("mailto:jean-pierre.roy@csx.qc.ca", "jean-pierre.roy@csx.qc.ca"),
        ("Zoé_Côté2@csx.gouv.qc.ca", "Zoé_Côté2@csx.gouv.qc.ca"),
        ("https://x.org/?data=05%7C01%7CMarie.Tremblay%40csx.qc.ca%7Cb7f7", "Marie.Tremblay%40csx.qc.ca"),
        ("https://x.org/?data=%257CMarie.Tremblay%2540csx.qc.ca%257C", "Marie.Tremblay%2540csx.qc.ca"),
        ("marie.eve.tremblay@csx.qc.ca", "marie.eve.tremblay@csx.qc.ca"),
        ("100%marie.tremblay@csx.qc.ca", "marie.tremblay@csx.qc.ca"),
    ],
)
def test_addresses_of_persons(text: str, address: str) -> None:
    """In clear, in a link, percent-encoded once or twice, with compound names."""
    assert found(text) == [address]


def test_addresses_of_offices_and_published_ones_are_left() -> None:
    """A local part that is one word is an office; what the catalog publishes stays, whatever its form."""
    assert found("financement@education.gouv.qc.ca, info2@csx.qc.ca") == []
    assert found("Nous-joindre@csx.qc.ca et a.b@csx.qc.ca", "nous-joindre@csx.qc.ca") == ["a.b@csx.qc.ca"]
    assert found("data=%7Cnous-joindre%40csx.qc.ca%7C", "nous-joindre@csx.qc.ca") == []


@given(st.text(), st.text())
def test_an_address_is_found_inside_any_text(before: str, after: str) -> None:
    """No text around it, spaces apart, hides an address."""
    text = f"{before} marie.tremblay@csx.qc.ca {after}"
    assert "marie.tremblay@csx.qc.ca" in found(text)
