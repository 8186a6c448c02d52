"""An HTML body to plain text, as a reader sees it; quoted blocks keep their `>`.

In: markup, already decoded. Out: lines. Scripts, hidden elements and pictures are left out (see
`ingest.readers.html_tree`). Refuses markup that cannot be parsed (`ReadError`).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.html_tree import BLOCKS, Element, html_tree

_DECLARED = re.compile(r"<meta\b[^>]{0,400}charset[^>]{0,200}>|<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_QUOTES = frozenset({"blockquote"})
_CELLS = frozenset({"td", "th"})


def page_text(markup: str, name: str) -> str:
    """The words of a page; `name` is the message's, for the error."""
    tree = html_tree(Path(name), _DECLARED.sub("", markup).encode(errors="replace"))
    lines = "".join(_pieces(tree, 0)).split("\n")
    tidy = (re.sub(r"[^\S\n\u00a0]+", " ", line).strip(" ") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(tidy)).strip()


def _pieces(element: Element, depth: int) -> Iterator[str]:
    """Texts and line ends; a quoted block is written with one more `>`."""
    for child in element.children:
        if isinstance(child, str):
            yield re.sub(r"\s*\n\s*", " ", child)
        elif child.name == "br":
            yield "\n"
        elif child.name == "hr":
            yield "\n" + "_" * 32 + "\n"
        elif child.name in _QUOTES:
            quoted = "".join(_pieces(child, depth + 1))
            yield "\n" + "".join(f"> {line}\n" for line in quoted.strip().split("\n"))
        elif child.name in BLOCKS:
            yield "\n" + ("- " if child.name == "li" else "")
            yield from _pieces(child, depth)
            yield "\n\n" if child.name == "p" else "\n"
        else:
            yield from _pieces(child, depth)
            yield " " if child.name in _CELLS else ""
