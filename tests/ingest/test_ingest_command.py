"""`balise ingest`: what it says and its exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from segmentation_checks import CORPUS
from tiny_corpus import HashEmbedder, edit, write_corpus

import ingest.__main__ as command
from ingest.index import Index

ROOT = CORPUS.parent


class Command:
    """The command on a corpus and a data folder of its own, with an embedder without a model."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.corpus = write_corpus(folder / "corpus")
        self.data = folder / "data"
        self._capsys = capsys

    def __call__(self, *options: str, model: str = "hash") -> tuple[int, str, str]:
        """Exit status, output, errors."""
        folders = ["--corpus", str(self.corpus), "--data", str(self.data)]
        status = command.main([*folders, "--model", model, *options])
        return status, *self._capsys.readouterr()


@pytest.fixture
def balise(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command; `--model NAME` gives an embedder of that name."""
    monkeypatch.setattr(command, "load_embedder", HashEmbedder)
    return Command(tmp_path, capsys)


def test_ingestion_ends_with_a_report(balise: Command) -> None:
    """Counts of documents, units and rows, the units without a question, and status 0."""
    status, out, err = balise()
    assert (status, err) == (0, "")
    version = Index.open(balise.data).manifest.version
    assert out.splitlines() == [
        f"Index {version}: switched.",
        "  3 documents, 5 units",
        "  added 10, unchanged 0, removed 0; embedded 10",
        "  warning: 3 unit(s) without an expected question (--silent-units lists them)",
    ]
    status, out, _ = balise("--silent-units")
    assert status == 0
    assert f"Index {version}: already current." in out
    assert "added 0, unchanged 10, removed 0; embedded 0" in out
    assert len([line for line in out.splitlines() if line.startswith("    ")]) == 3


def test_a_failing_document_is_named_and_the_status_says_so(balise: Command) -> None:
    """The others are ingested; `--check` goes on saying it until it is mended."""
    path = balise.corpus / "documents" / "lettre.txt"
    content = path.read_bytes()
    path.write_bytes(b"")
    status, out, err = balise()
    assert status == 1
    assert "2 documents" in out
    assert err.startswith("  NOT INGESTED: lettre.txt: its content is not the one that was catalogued")
    status, out, err = balise("--check")
    assert (status, out) == (1, "")
    assert "could not be ingested: lettre.txt" in err
    path.write_bytes(content)
    assert balise()[0] == 0
    assert balise("--check")[0] == 0


def test_check_of_an_index_that_matches(balise: Command) -> None:
    """Status 0, with the version and the model."""
    balise()
    status, out, err = balise("--check")
    assert (status, err) == (0, "")
    assert out == f"Index {Index.open(balise.data).manifest.version}: matches the corpus and the model hash.\n"


def test_check_tells_all_that_does_not_match(balise: Command) -> None:
    """A changed corpus, another model: each with the remedy, and status 1."""
    balise()
    edit(balise.corpus, "plan", "85 %", "90 %")
    status, out, err = balise("--check", model="autre")
    assert (status, out) == (1, "")
    changed, other = err.splitlines()
    assert "the corpus has changed since it was ingested. Run: balise ingest" in changed
    assert "made with another embedding model (hash). Run: balise ingest" in other


def test_check_without_an_index(balise: Command) -> None:
    """Said in one line, with the remedy; nothing is created."""
    status, out, err = balise("--check")
    assert (status, out) == (1, "")
    assert err == f"{balise.data}: there is no index yet. Build it: balise ingest\n"
    assert not balise.data.exists()


def test_wrong_data_files_are_told_without_a_trace(balise: Command) -> None:
    """All problems of the catalog, and status 1."""
    path = balise.corpus / "catalog.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("language: fr", "language: de"), encoding="utf-8")
    status, out, err = balise()
    assert (status, out) == (1, "")
    assert "3 problem(s) to mend" in err
    assert "documents.2.language" in err


def test_coverage_accounts_for_every_character(balise: Command) -> None:
    """One paragraph a document; status 0 when nothing is lost, and no index is needed."""
    status, out, err = balise("--coverage")
    assert (status, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")] == ["guide", "lettre", "plan"]
    assert "  dropped, markup: " in out
    assert not balise.data.exists()


def test_check_and_coverage_exclude_each_other(balise: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """One look at a time: the usage is shown, status 2."""
    with pytest.raises(SystemExit) as exit_:
        balise("--check", "--coverage")
    assert exit_.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_the_module_is_a_command_that_reads_its_folders_from_the_environment(tmp_path: Path) -> None:
    """`python -m ingest --check` in a real process: status 1 and one line, for want of an index."""
    environment = {**os.environ, "BALISE_DATA": str(tmp_path / "data"), "BALISE_CORPUS": str(CORPUS)}
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "--check"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path / 'data'}: there is no index yet. Build it: balise ingest\n"
