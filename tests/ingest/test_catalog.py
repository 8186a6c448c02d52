"""The catalog: what is wrong in it is told all at once; the real one is right."""

import hashlib
from pathlib import Path

import pytest
from segmentation_checks import CORPUS

from ingest.catalog import altered, load_catalog, load_yaml
from ingest.errors import CatalogError

ENTRY = """\
  - id: essai
    title: Un essai
    short_title: Essai
    issuer: unknown
    authority: unknown
    kind: text
    language: fr
    issued: unknown
    validity: unknown
    status: current
    file: essai.txt
    original_file: essai.txt
    sha256: '{sha256}'
    published_at: unknown
    layout: prose
"""
GOOD = "documents:\n" + ENTRY.format(sha256="0" * 64)


def catalog(folder: Path, text: str) -> Path:
    """A corpus folder with this catalog."""
    (folder / "catalog.yaml").write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path, text: str) -> tuple[str, ...]:
    """What is said of a catalog that is wrong."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(catalog(folder, text))
    assert str(folder / "catalog.yaml") in str(caught.value)
    return caught.value.problems


def test_documents_are_found_by_id(tmp_path: Path) -> None:
    """In the order of the file; an unknown id is a `KeyError`."""
    loaded = load_catalog(catalog(tmp_path, GOOD))
    assert [entry.id for entry in loaded.documents] == ["essai"]
    assert loaded["essai"].title == "Un essai"
    with pytest.raises(KeyError):
        loaded["autre"]


def test_all_problems_of_a_catalog_are_told_at_once(tmp_path: Path) -> None:
    """Unknown field, missing field, value out of the list, malformed digest: each with its place."""
    wrong = GOOD.replace("    title: Un essai\n", "    titre: Un essai\n").replace("0" * 64, "abc")
    found = problems(tmp_path, wrong.replace("authority: unknown", "authority: presse"))
    places = [problem.split(":")[0] for problem in found]
    assert sorted(places) == [f"documents.0.{field}" for field in ("authority", "sha256", "title", "titre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + ENTRY.format(sha256="1" * 64), "given twice: 'essai'"),
        (GOOD.replace("    kind: text\n", "    kind: text\n    kind: letter\n"), "key given twice: kind"),
        (GOOD.replace("id: essai", "id: Un Essai"), "id"),
        (GOOD.replace("validity: unknown", "validity: 2024-25"), "validity"),
        ("documents: [", "line 2"),
        ("", "Input should be"),
    ],
)
def test_a_wrong_catalog_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    """Duplicate ids and keys, malformed values and YAML are refused, and named."""
    assert expected in "\n".join(problems(tmp_path, text))


def test_a_data_file_that_is_missing_or_not_text_is_named(tmp_path: Path) -> None:
    """The message has the path and what to do."""
    with pytest.raises(CatalogError, match=r"absent\.yaml.*\n.*does not exist"):
        load_yaml(tmp_path / "absent.yaml")
    (tmp_path / "latin.yaml").write_bytes("é".encode("latin-1"))
    with pytest.raises(CatalogError, match=r"latin\.yaml"):
        load_yaml(tmp_path / "latin.yaml")


def test_the_documents_of_the_corpus_are_those_that_were_catalogued() -> None:
    """Each file is there, unaltered, and no other file is."""
    entries = load_catalog(CORPUS).documents
    assert {path.name for path in (CORPUS / "documents").iterdir()} == {entry.file for entry in entries}
    assert [entry.id for entry in entries if altered(entry, (CORPUS / "documents" / entry.file).read_bytes())] == []


def test_an_altered_document_is_noticed(tmp_path: Path) -> None:
    """One byte more is another document."""
    content = b"Un texte.\n"
    entry = load_catalog(catalog(tmp_path, GOOD.replace("0" * 64, hashlib.sha256(content).hexdigest())))["essai"]
    assert not altered(entry, content)
    assert altered(entry, content + b" ")
