"""From values to HTML pages, through templates that escape everything.

In: the name of a template, a language, values. Out: a response with a strict content security policy: no script at
all, styles and images from here only. Refuses (raises) a template that names what it was not given.
"""

import hashlib
import re
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from assistant.conversation import Language
from assistant.inputs import Given, shown
from assistant.web.wording import NBSP, load_words

HERE = Path(__file__).parent
STATIC = HERE / "static"
MINUS = "\u2212"
_STYLE = "balise.css"
_SECURITY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {"Cache-Control": "no-store"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?", re.ASCII)
_DOLLARS = frozenset({"$", "M$"})
_LOCALES: dict[Language, str] = {"fr": "fr-CA", "en": "en-CA"}


class Renderer:
    """Holds the templates; safe to use from several threads.

    `words` are further files of words beside `words.yaml`; `security` is the content security policy of the pages.
    """

    def __init__(self, *words: Path, security: str = _SECURITY) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        filters = {"amount": _amount, "fill": _fill, "given": _given, "grouped": _grouped, "in_language": _in_language}
        self._templates.filters |= filters
        self._words: dict[Language, dict[str, str]] = {"fr": {}, "en": {}}
        for path in (HERE / "words.yaml", *words):
            for language, texts in load_words(path).items():
                self._words[language] |= texts
        self._headers = _HEADERS | {"Content-Security-Policy": security}
        self._style = static(_STYLE)

    def page(
        self, request: Request, name: str, language: Language, values: dict[str, object], status: int = 200
    ) -> HTMLResponse:
        """The page of this template, which also sees `t` (its words), `lang`, `locale` and what `shared` lists."""
        shared = {
            "t": self._words[language],
            "lang": language,
            "locale": _LOCALES[language],
            "locales": _LOCALES,
            "style": self._style,
            "colon": ":" if language == "en" else f"{NBSP}:",
            "query": "?lang=en" if language == "en" else "",
            "other": _in_other_language(request, language),
        }
        body = self._templates.get_template(name).render(shared | values)
        return HTMLResponse(body, status, self._headers | {"Content-Language": _LOCALES[language]})


def static(name: str) -> str:
    """The address of a static file, which changes with the file."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"


def _given(found: Given, language: Language) -> tuple[tuple[str, str], ...]:
    """What a question gave to compute with: labels and values."""
    return tuple(shown(found, language))


def _fill(text: str, **values: object) -> str:
    """The text with its `{names}` filled."""
    return text.format_map(values)


def _grouped(number: object, language: Language) -> str:
    """A number as people write it in this language, thousands set apart; any other text as it is."""
    text = str(number)
    if not _NUMBER.fullmatch(text):
        return text
    whole = re.sub(r"(?<![.\d])\d{4,}", lambda match: f"{int(match[0]):,}", text).replace("-", MINUS)
    return whole if language == "en" else whole.replace(",", NBSP).replace(".", ",")


def _amount(number: str, unit: str, language: Language) -> str:
    """A number with its unit: « 21 989 $ » in French, "$21,989" in English; nothing stays nothing."""
    shown = _grouped(number, language)
    if language == "en" and unit in _DOLLARS:
        return f"${shown}{unit.removesuffix('$')}"
    space = "" if language == "en" and unit == "%" else NBSP
    return f"{shown}{space}{unit}" if shown and unit else shown


def _in_language(url: str, language: Language) -> str:
    """The same address for English pages: `lang=en` added before the fragment."""
    if language == "fr":
        return url
    address, mark, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}lang=en{mark}{fragment}"


def _in_other_language(request: Request, language: Language) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    query = urlencode([*kept, ("lang", "en")] if language == "fr" else kept)
    path = "/" + quote(request.scope["path"].lstrip("/\\"))  # `//host` and `/\\host` would lead elsewhere
    return path + (f"?{query}" if query else "")
