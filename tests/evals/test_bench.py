"""The bench: contenders over the same documents, numbers and ratios, a page; one race with real processes."""

import html as entities
import json
import shutil
from pathlib import Path

import pytest
from core_fakes import write_garden

from assistant.settings import load_settings
from evals.__main__ import main
from evals.bench import race as racing
from evals.bench.afternoon_vectors import ChromaAfternoon
from evals.bench.afternoon_words import WordsAfternoon
from evals.bench.directory import as_corpus, characters, text_files
from evals.bench.ours import Balise
from evals.bench.page import html
from evals.bench.pieces import OVERLAP, PIECE, split
from evals.bench.race import Asked, Timing
from evals.bench.summary import Measured, summary
from evals.bench.values import Found
from evals.cases import Case
from evals.errors import EvalError
from ingest.embed import EMBEDDED_MODEL

TEXT = "Le jardin est un lieu. " * 200 + "Le tracteur rouge est dans la grange. " + "Les poules dorment. " * 200


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, ...]:
    """Two text files."""
    for name, text in (("long", TEXT), ("court", "La serre est ouverte le lundi.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return (tmp_path / "long.txt", tmp_path / "court.txt")


def words_of(found: Found, files: tuple[Path, ...]) -> str:
    """The words that were given back."""
    text = next(file for file in files if file.stem == found.document).read_text(encoding="utf-8")
    return text[found.start : found.end]


def test_pieces_stand_where_they_are_said_to(texts: tuple[Path, ...]) -> None:
    """None longer than asked for, nothing of the text left out."""
    pieces, places = split(texts)
    assert [words_of(place, texts) for place in places] == pieces
    assert max(map(len, pieces)) <= PIECE
    covered = {n for place in places if place.document == "long" for n in range(place.start, place.end)}
    assert {n for n, character in enumerate(TEXT) if not character.isspace()} <= covered
    assert len(pieces) <= 2 + len(TEXT) / (PIECE - OVERLAP)


@pytest.mark.parametrize("name", ["words", "vectors"])
def test_alternatives_find_the_piece_that_says_it(texts: tuple[Path, ...], tmp_path: Path, name: str) -> None:
    """After ingestion, in another object, as another process does."""

    def make() -> WordsAfternoon | ChromaAfternoon:
        folder = tmp_path / name
        return WordsAfternoon(texts, folder) if name == "words" else ChromaAfternoon(texts, str(EMBEDDED_MODEL), folder)

    assert make().ingest() == len(split(texts)[0])
    contender = make()
    with pytest.raises(RuntimeError, match="not opened"):
        contender.ask("tracteur")
    contender.open()
    reply = contender.ask("Où est le tracteur rouge?")
    assert any("tracteur rouge" in words_of(found, texts) for found in reply.found)
    assert not reply.abstained


def test_ours_answers_with_places_and_stages(tmp_path: Path) -> None:
    """The whole pipeline, each of its steps timed, the guard too."""
    settings = load_settings().model_copy(update={"corpus": _corpus(tmp_path), "data": tmp_path / "var"})
    assert Balise(settings).ingest() > 3
    ours = Balise(settings)
    with pytest.raises(RuntimeError, match="not opened"):
        ours.ask("?")
    ours.open()
    reply = ours.ask("C’est quoi un jardin scolaire?")
    assert {found.document for found in reply.found} == {"jardin-original"}
    assert {"screen", "retrieve", "guard"} <= reply.stages.keys()
    assert min(reply.stages.values()) >= 0


def _corpus(folder: Path) -> Path:
    corpus = write_garden(folder / "corpus")
    shutil.copytree(load_settings().corpus / "figures", corpus / "figures")
    return corpus


def test_a_folder_of_files_becomes_a_corpus_beside_ours(tmp_path: Path) -> None:
    """Whatever its formats; a corpus is taken as it is; a folder without documents is refused."""
    own = _corpus(tmp_path)
    folder = tmp_path / "big" / "under"
    folder.mkdir(parents=True)
    (folder / "note.md").write_text("# Titre\n\nDes mots.", encoding="utf-8")
    (folder / "page.html").write_text("<html><body><p>Un paragraphe.</p></body></html>", encoding="utf-8")
    (folder / "image.png").write_bytes(b"")
    work = tmp_path / "work"
    work.mkdir()
    corpus = as_corpus(tmp_path / "big", own, work)
    files = text_files(corpus, work)
    assert [file.suffix for file in files] == [".txt", ".txt", ".md", ".txt"]
    assert "Un paragraphe." in files[3].read_text(encoding="utf-8")
    assert characters(files) == sum(len(file.read_text(encoding="utf-8")) for file in files)
    assert as_corpus(own, own, work) == own
    (tmp_path / "empty").mkdir()
    with pytest.raises(EvalError, match="no document"):
        as_corpus(tmp_path / "empty", own, work)


CASES = (
    Case("a", "budget", "fr", "?", answerable=True, documents=("jardin",), quotes=("au fond du jardin",)),
    Case("b", "unanswerable", "fr", "??", answerable=False),
)
SOURCES = {"jardin": "Il pleut au fond du jardin.", "file": "Il pleut au fond du jardin."}


def timing(name: str, seconds: float, found: tuple[Found, ...], *, abstained: bool) -> Timing:
    """What was measured of a contender that takes so long for everything."""
    asked = Asked(seconds, seconds / 2, found, abstained, {"retrieve": seconds * 500})
    return Timing(
        name,
        pieces=10,
        ingestions=(seconds, 3 * seconds, 2 * seconds),
        ingest_processor=seconds,
        ingest_mib=100 * seconds,
        start=seconds,
        start_processor=seconds,
        rounds=((asked, asked),),
        answer_mib=50 * seconds,
    )


def results() -> dict[str, object]:
    """The summary of a race of two."""
    ours = timing("balise", 2.0, (Found("jardin", 9, 27),), abstained=True)
    theirs = timing("other", 4.0, (Found("file", 0, 9), Found("file", 20, 22)), abstained=False)
    return summary(Measured(1, 1000, CASES), [ours, theirs], SOURCES)


def test_the_summary_gives_medians_and_ratios() -> None:
    """Found means that an expected quote is overlapped; abstentions count where the documents have no answer."""
    found = json.loads(json.dumps(results()))
    ours, theirs = found["contenders"]
    assert ours["ingestion"]["seconds"] == 4.0
    assert ours["ingestion"]["characters_per_second"] == 250
    assert ours["answer"] == {
        "p50_ms": 2000, "p95_ms": 2000, "processor_ms": 1000, "per_second": 0.5, "peak_mib": 100,
    }  # fmt: skip
    assert ours["stages"] == {"retrieve": {"p50_ms": 1000, "p95_ms": 1000}}
    assert ours["given"] == {"found": 1.0, "characters": 18, "abstained": 1.0}
    assert theirs["given"] == {"found": 1.0, "characters": 11, "abstained": 0.0}
    assert set(found["ratios"]["other"].values()) == {0.5}


def test_the_page_tells_the_ratios_in_both_languages() -> None:
    """With a plot for each number, described in words."""
    for language, ratio in (("fr", "0,50"), ("en", "0.50")):
        page = entities.unescape(html(results(), language))  # type: ignore[arg-type]
        assert ratio in page
        assert page.count("<svg") == page.count("<desc") == 5
        assert "balise / other" in page


def test_everybody_is_first_in_turn() -> None:
    """So that what the first one warms up serves all."""
    assert [racing._turned("abc", number)[0] for number in range(4)] == ["a", "b", "c", "a"]
    assert sorted(racing._turned("abc", 1)) == ["a", "b", "c"]


def test_a_race_is_run_in_real_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command on a corpus given by the user: numbers, JSON, page."""
    cases = tmp_path / "cases.jsonl"
    row = {
        "id": "a", "lang": "fr", "persona": "soutien", "kind": "unanswerable", "question": "Où sont les serres?",
        "answerable": False, "documents": [], "quotes": [], "must_include": [], "must_not_include": [],
        "referral": None, "note": "",
    }  # fmt: skip
    cases.write_text(json.dumps(row) + "\n", encoding="utf-8")
    options = ["--cases", str(cases), "--rounds", "1", "--contenders", "langchain-bm25", "--out", str(tmp_path / "out")]
    assert main(["bench", "--directory", str(_corpus(tmp_path)), *options]) == 0
    assert "langchain-bm25" in capsys.readouterr().out
    found = json.loads((tmp_path / "out" / "bench.json").read_text(encoding="utf-8"))
    assert found["size"] == {"documents": 2, "characters": found["size"]["characters"], "questions": 1, "rounds": 1}
    assert found["contenders"][0]["given"]["abstained"] == 0.0
    assert "<svg" in (tmp_path / "out" / "bench.html").read_text(encoding="utf-8")


def test_a_process_that_stops_is_an_error_of_ours(tmp_path: Path) -> None:
    """Not a wait without end."""
    place = racing.Place(tmp_path, (tmp_path / "none.txt",), "no model", tmp_path)
    with pytest.raises(EvalError, match="its process stopped"):
        racing.ingest(place, ["langchain-bm25"], 1, lambda: None)
