"""Documents in pieces, as tutorials cut them: 1 000 characters that overlap by 200. The only importer of the splitter.

In: text files. Out: pieces with their place.
"""

from collections.abc import Sequence
from pathlib import Path

from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.bench.values import Found

PIECE = 1000
OVERLAP = 200
NEAREST = 4
"""Pieces that are given back for a question, by default."""


def split(files: Sequence[Path]) -> tuple[list[str], list[Found]]:
    """The pieces of all files, and where each stands (file stem and offsets)."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=PIECE, chunk_overlap=OVERLAP, add_start_index=True)
    texts: list[str] = []
    places: list[Found] = []
    for file in files:
        for piece in splitter.create_documents([file.read_text(encoding="utf-8")]):
            start = int(piece.metadata["start_index"])
            texts.append(piece.page_content)
            places.append(Found(file.stem, start, start + len(piece.page_content)))
    return texts, places
