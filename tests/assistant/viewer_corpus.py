"""Documents of every kind that the viewer shows, ingested for real: PDF, Word, HTML, text with a person."""

import hashlib
from functools import cache
from pathlib import Path

import yaml
from core_fakes import entry, open_new, temporary_folder
from documents_made import pdf
from docx import Document

from assistant.library import IndexLibrary
from ingest.documents import Heading, Page, Part, Run, Unit, UnitKind

COVER = "Ministère de l’Éducation - Document d’information"
RULE = "Le montant de base est de 1 500 $ par organisme scolaire pour 2024-2025."
LAST = "Les sommes non dépensées sont retournées au Ministère."
PERSON = "jean.tremblay@exemple.org"
LOCAL = f"Plan local\n\nLe plan local vise la persévérance scolaire de tous.\n\nÉcrire à {PERSON} pour le suivi.\n"
LETTER = "Madame,\n\nLe personnel scolaire mérite toute notre reconnaissance en ces temps difficiles.\n"
WEB = "<!doctype html><title>Page</title><h1>Page Web</h1><p>Un texte de la page Web.</p><script>alert(1)</script>"


def _rules(path: Path) -> Path:
    """A cover, then printed pages 1 to 3."""
    pages: list[list[str]] = [[COVER]]
    for number, line in enumerate((RULE, "Le solde est réparti au prorata des postes de la mesure.", LAST), start=1):
        filler = [f"Ligne {n} de la page, qui dit peu de chose de plus que son rang." for n in range(12)]
        pages.append([f"Règles de la mesure {number}", line, *filler])
    return pdf(path, pages)


@cache
def viewer_corpus() -> Path:
    """The corpus, built once."""
    corpus = temporary_folder() / "corpus"
    folder = corpus / "documents"
    folder.mkdir(parents=True)
    _rules(folder / "regles.pdf")
    (folder / "plan.txt").write_text(LOCAL, encoding="utf-8")
    (folder / "lettre.txt").write_text(LETTER, encoding="utf-8")
    (folder / "page.html").write_text(WEB, encoding="utf-8")
    word = Document()
    word.add_heading("Note interne", 1)
    word.add_paragraph(f"Communiquer avec {PERSON} avant la fin du mois.")
    word.save(str(folder / "note.docx"))
    cards = [
        _card(folder, "regles", ".pdf", title="Règles de la mesure"),
        _card(folder, "plan", ".txt", authority="local"),
        _card(folder, "lettre", ".txt", status="historical"),
        _card(folder, "page", ".html", authority="unknown", layout="marked"),
        _card(folder, "note", ".docx", layout="marked"),
    ]
    files: dict[str, object] = {"catalog.yaml": {"documents": cards}, "questions/a.yaml": [], "gaps/a.yaml": []}
    for name, content in files.items():
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return corpus


def _card(folder: Path, name: str, suffix: str, **more: object) -> dict[str, object]:
    digest = hashlib.sha256((folder / f"{name}{suffix}").read_bytes()).hexdigest()
    names = {"file": f"{name}{suffix}", "original_file": f"Été {name}{suffix}", "sha256": digest}
    return entry(name, "", cues=[rf"\b{name}\b"], **names, **more)


@cache
def viewer_library() -> IndexLibrary:
    """The library of that corpus."""
    corpus = viewer_corpus()
    return IndexLibrary(open_new(corpus, corpus.parent / "data"), corpus)


def long_document(pages: int) -> tuple[str, tuple[Unit, ...], tuple[Page, ...]]:
    """Text, units and pages of a document of this many pages of 3 000 characters, a section every ten."""
    text, units, starts = "", [], []
    section: tuple[Heading, ...] = ()
    for number in range(1, pages + 1):
        starts.append(Page(number, len(text)))
        if number % 10 == 1:
            title = f"Section de la page {number}"
            section = (Heading(title, (Run(len(text), len(text) + len(title)),)),)
            text += f"{title}\n"
        for rank in range(10):
            words = f"Paragraphe {rank} de la page {number}. " + "Les mots du document se suivent. " * 9
            part = Part((Run(len(text), len(text) + len(words)),))
            units.append(Unit(f"{number}-{rank}", "long", UnitKind.NARRATIVE, (part,), section))
            text += f"{words}\n"
    return text, tuple(units), tuple(starts)


def wide_table() -> tuple[str, tuple[Unit, ...]]:
    """Text and units of a table of five columns whose first row calls a note and whose second has an empty cell."""
    text, units = "Voir le guide.", []
    for rank in range(2):
        cells = [f"Colonne {column}, ligne {rank}" for column in range(5) if (rank, column) != (1, 3)]
        parts = []
        for cell in cells:
            text += f"\n{cell}"
            parts.append(Part((Run(len(text) - len(cell), len(text)),), cell.partition(",")[0]))
        note = (Part((Run(0, 14),), "note 1"),) if rank == 0 else ()
        units.append(Unit(str(rank), "tableau", UnitKind.MEANS, (*parts, *note)))
    return text, tuple(units)
