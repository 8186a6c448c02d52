"""Web pages: what is seen is read, in the marked-up form."""

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers.html_page import read_html


def text_of(body: str, folder: Path) -> str:
    """The text of a page with this body."""
    path = folder / "a.html"
    path.write_text(f'<!doctype html><html lang="fr"><head><title>Onglet</title></head><body>{body}</body></html>')
    return read_html(path).text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<h1>Titre</h1><h3>Sous<br>titre</h3><p>Un <b>texte</b>\n  &eacute;crit.",
            "# Titre\n\n### Sous titre\n\nUn texte écrit.\n",
        ),
        ("<p>21&nbsp;989&nbsp;$</p><p>a &lt; b</p>", "21\u00a0989\u00a0$\n\na < b\n"),
        ("<p>ligne<br>suivante</p>", "ligne\nsuivante\n"),
        ('<p>Voir <a href="https://x.ca">la page</a>.</p>', "Voir la page.\n"),
        ("<ul><li>un<li>deux<ul><li>sous</ul><li><p>trois</p></ul>", "- un\n- deux\n- sous\n- trois\n"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc\n"),
        ("<p>un<p>deux<table><tr><td>x</table>", "un\n\ndeux\n\nx\n"),
        ("<dl><dt>Terme<dd>Définition.<dt>Autre<dd>Suite.</dl>", "Terme\nDéfinition.\n\nAutre\nSuite.\n"),
        ("<pre>a\nb</pre>", "a\nb\n"),
        ("<p>• tapé</p>", "- tapé\n"),
    ],
)
def test_structure(tmp_path: Path, body: str, expected: str) -> None:
    """Headings, paragraphs, lists; end tags that are left out; entities."""
    assert text_of(body, tmp_path) == expected


def test_what_is_not_seen_is_not_read(tmp_path: Path) -> None:
    """Scripts, navigation, hidden elements, comments and controls; where there is a main part, all around it."""
    hidden = (
        "<nav>Menu</nav><div role='navigation'>Menu</div><p hidden>h</p><p style='color:red; display : none'>d</p>"
        "<p aria-hidden='true'>a</p><script>s()</script><style>p{}</style><noscript>n</noscript><template>t</template>"
        "<button>b</button><svg><text>v</text></svg><!-- c -->"
    )
    assert text_of(f"{hidden}<p>Vu</p>", tmp_path) == "Vu\n"
    assert text_of(f"<header>Bandeau</header><main>{hidden}<p>Vu</p></main><footer>Pied</footer>", tmp_path) == "Vu\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><th>A<th>B<tr><td>1<td>2", "A\tB\n--\t--\n1\t2\n"),
        ("<thead><tr><td>A<td>B<tbody><tr><td>1<td>2", "A\tB\n--\t--\n1\t2\n"),
        ("<tr><td><b>A</b><td><strong>B</strong><tr><td>1<td>2", "A\tB\n--\t--\n1\t2\n"),
        ("<tr><td>Courriel<td>a@b.ca<tr><td>Tél.<td>1", "Courriel\ta@b.ca\nTél.\t1\n"),
        ("<tr><td rowspan=2>x<td>1<tr><td>2", "x\t1\nx\t2\n"),
        ("<tr><th colspan=2>A<tr><td>1<td>2", "A\tA\n--\t--\n1\t2\n"),
        ("<tr><th>A<th>B<tr><td>x<td><ul><li>un<li>deux</ul>", "A\tB\n--\t--\nx\tun\nx\tdeux\n"),
        ("<caption>Légende</caption><tr><td>1<td>2<tr><td>3<td>4", "Légende\n\n1\t2\n3\t4\n"),
        ("<tr><td><p>seul</p><p>cadre</p>", "seul\n\ncadre\n"),
        ("<tr><td>a<td><table><tr><th>A<th>B<tr><td>1<td>2</table>", "a\n\nA\tB\n--\t--\n1\t2\n"),
        ("<tr><td>1<td colspan='999999999'>2<tr><td rowspan='999999999'>3<td>4", "1\t2\n3\t4\n"),
    ],
)
def test_tables(tmp_path: Path, table: str, expected: str) -> None:
    """Headers, spans, cells that list, frames, and spans made to fill the memory."""
    assert text_of(f"<table>{table}</table>", tmp_path) == expected


@pytest.mark.parametrize(
    "body",
    [
        '<p>base<sup><a href="#n12" id="r">12</a></sup>.</p><ol><li id="n12">La note. <a href="#r">↩</a></li></ol>',
        '<p>base<a href="#_ftn1" name="_r">[12]</a>.</p><div><p><a href="#_r" name="_ftn1">[12]</a> La note.</p></div>',
        '<p>base<sup><a href="#n">12</a></sup>.</p><p><a id="n"></a>12. La note.</p>',
    ],
)
def test_notes(tmp_path: Path, body: str) -> None:
    """A link that shows a number and leads down to a block: the note keeps its printed number, loses its way back."""
    assert text_of(body, tmp_path) == "base[^12].\n\n[^12]: La note.\n"


def test_notes_without_distinct_numbers_are_numbered_by_their_calls(tmp_path: Path) -> None:
    """Stars, or numbers that start anew in each part."""
    calls = "".join(f'<p>{word}<sup><a href="#{word}">1</a></sup></p>' for word in "ab")
    notes = "".join(f'<p id="{word}">1. Note {word}</p>' for word in "ab")
    assert text_of(calls + notes, tmp_path) == "a[^1]\n\nb[^2]\n\n[^1]: Note a\n\n[^2]: Note b\n"


def test_a_link_to_a_section_is_no_note(tmp_path: Path) -> None:
    """The target holds a heading."""
    body = '<p>Voir la partie <a href="#p">2</a>.</p><div id="p"><h2>Partie</h2><p>Texte.</p></div>'
    assert text_of(body, tmp_path) == "Voir la partie 2.\n\n## Partie\n\nTexte.\n"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("", "utf-8"), ('<meta charset="iso-8859-1">', "cp1252"), ('<meta charset="windows-1252">', "cp1252")],
)
def test_the_declared_encoding_is_followed(tmp_path: Path, head: str, encoding: str) -> None:
    """UTF-8 when nothing is declared; Latin-1 is read as browsers read it."""
    path = tmp_path / "a.html"
    path.write_bytes(f"<html><head>{head}</head><body><p>L’été</p></body></html>".encode(encoding))
    assert read_html(path).text == "L’été\n"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"<p>d\xe9j\xe0", "not valid UTF-8"),
        (b'<meta charset="klingon"><p>a', "unknown encoding, 'klingon'"),
        (b"<html><body><script>ecrire()</script></body></html>", "holds no text"),
        (b"<p>&#" + b"9" * 5_000 + b";</p>", "not a readable web page|holds no text"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    """One error each."""
    path = tmp_path / "a.html"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=what):
        read_html(path)


def test_endless_nesting_is_read(tmp_path: Path) -> None:
    """Ten thousand open elements do not exhaust the stack."""
    assert text_of("<div><b>" * 5_000 + "Au fond", tmp_path) == "Au fond\n"
