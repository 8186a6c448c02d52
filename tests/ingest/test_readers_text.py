"""Plain text: encodings, newlines, what is refused and how."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.readers import text
from ingest.readers.text import decoded, read_text

FRENCH = "L’œuvre coûte 21\u2009989\u00a0$.\nDeuxième ligne.\n"


@pytest.mark.parametrize(
    "content",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"),
        FRENCH.replace("\n", "\r\n").encode(),
        FRENCH.replace("\n", "\r").encode(),
    ],
)
def test_same_text_in_every_accepted_form(tmp_path: Path, content: bytes) -> None:
    """Byte order marks and newline conventions change nothing; special spaces stay as they are."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert read_text(path).text == FRENCH


@given(st.text(alphabet=st.characters(exclude_characters="\0\r\ufeff", codec="utf-8")).filter(str.strip))
def test_utf8_text_is_kept_as_it_is(words: str) -> None:
    """Text with no carriage return is the text of the source, character for character."""
    assert decoded(Path("a.txt"), words.encode()) == words


def test_windows_1252_is_refused_with_the_place_of_the_first_fault(tmp_path: Path) -> None:
    """A file in another encoding is never guessed: byte, offset, line and remedy are said."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"ligne\nd\xe9j\xe0")
    with pytest.raises(ReadError, match=r"not valid UTF-8: byte 0xe9 at offset 7, line 2.*save it as UTF-8") as caught:
        read_text(path)
    assert isinstance(caught.value.__cause__, UnicodeDecodeError)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "nothing but white space"),
        (b"texte\n\0\1\2", "NUL character on line 2"),
        (codecs.BOM_UTF16_LE + b"a", "UTF-16-LE"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    """Empty, blank, binary and cut files give one error each."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=what):
        read_text(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What cannot be opened is named."""
    for path in (tmp_path / "absent.txt", tmp_path):
        with pytest.raises(ReadError, match=r"cannot be opened|empty"):
            read_text(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is looked at first."""
    path = tmp_path / "a.txt"
    path.write_text("trop long")
    monkeypatch.setattr(text, "LARGEST", 5)
    with pytest.raises(ReadError, match="9 bytes, more than the 5 accepted"):
        read_text(path)
