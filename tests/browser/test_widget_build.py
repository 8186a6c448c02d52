"""The built file is the build of the source, small, and holds nothing that turns a string into code."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "assistant" / "web" / "static" / "widget.js"
SOURCES = sorted((ROOT / "assistant" / "web" / "widget").glob("*.js"))
MOST_BYTES = 30_000
ESBUILD = "0.17.0"


def test_the_built_file_is_the_build_of_the_source(tmp_path: Path) -> None:
    """`make widget` again gives the same bytes; in continuous integration its tool has to be there."""
    found = shutil.which("esbuild")
    if found is None:
        missing = f"esbuild {ESBUILD} is needed: apt-get install esbuild, or npm install -g esbuild@{ESBUILD}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    again = tmp_path / "widget.js"
    subprocess.run(["make", "-s", "widget", f"WIDGET={again}"], cwd=ROOT, check=True)
    assert again.read_bytes() == BUILT.read_bytes(), "the source of the widget was changed: run make widget"


def test_the_file_is_small() -> None:
    """Under 30 kB as it travels, compressed."""
    assert len(gzip.compress(BUILT.read_bytes(), 9)) < MOST_BYTES


def test_the_file_says_its_version() -> None:
    """That of the program."""
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert BUILT.read_text(encoding="utf-8").startswith(f"/*! balise-chat {version[1]}, MIT */")


@pytest.mark.parametrize("source", [BUILT, *SOURCES], ids=lambda path: path.name)
def test_no_string_becomes_markup_or_code(source: Path) -> None:
    """No innerHTML and its likes, no eval, no inline style or handler."""
    sinks = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|createContextualFragment"
    )
    assert re.findall(sinks, source.read_text(encoding="utf-8")) == []
    assert re.findall(r"setAttribute\(\"style|\.cssText|<style|<script", source.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_source_file_is_short_and_says_what_it_is(source: Path) -> None:
    """A comment at its top, at most 250 lines."""
    text = source.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()) <= 250
