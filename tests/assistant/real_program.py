"""The whole program over the real corpus: ingested once for all tests, by its own command."""

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

import pytest
from core_fakes import temporary_folder

from assistant import __main__ as program
from ingest.embed import Embedder, load_embedder
from ingest.index import Index


@cache
def real_data() -> Path:
    """The data folder that the command made. Nobody writes there: see `copy_of_real_data`."""
    folder = temporary_folder() / "data"
    said = io.StringIO()  # kept from the output of the test that happens to be the first
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
        patch.setenv("BALISE_DATA", str(folder))
        assert program.main(["ingest"]) == 0, said.getvalue()
    return folder


def copy_of_real_data(folder: Path) -> Path:
    """A data folder of one's own: for another process (Chroma wants one a folder), and for a program that writes."""
    return Path(shutil.copytree(real_data(), folder))


@cache
def real_embedder() -> Embedder:
    """The model that comes with the program."""
    return load_embedder()


@cache
def real_index() -> Index:
    """The index of the real corpus; read only, shared."""
    return Index.open(real_data(), real_embedder())
