"""Which form a client asks for (`Accept`) and which form it sends (`Content-Type`).

In: request headers. Out: yes or no. A body that is not JSON is refused with 415.
"""

from collections.abc import Iterator
from email.message import Message

from fastapi import HTTPException, Request

EVENTS = "text/event-stream"
HTML = "text/html"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def _accepted(header: str) -> Iterator[tuple[str, float]]:
    for choice in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in choice.split(";"))
        quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
        try:
            yield media, float(quality)
        except ValueError:
            yield media, 0.0


def _quality(request: Request, media: str) -> float:
    return max((q for name, q in _accepted(request.headers.get("accept", "")) if name == media), default=0.0)


def wants_events(request: Request) -> bool:
    """Whether server-sent events are asked for by name, and no less than JSON."""
    quality = _quality(request, EVENTS)
    return quality > 0 and quality >= _quality(request, JSON)


def wants_html(request: Request) -> bool:
    """Whether a browser is reading: HTML is asked for by name, and no less than JSON."""
    quality = _quality(request, HTML)
    return quality > 0 and quality >= _quality(request, JSON)


def _content_type(request: Request) -> str:
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    return message.get_content_type() if request.headers.get("content-type") else ""


def require_json(request: Request) -> None:
    """Refuse (415) a body that does not say it is JSON. A route depends on it to say so before reading the body."""
    media = _content_type(request)
    if media != JSON and not media.endswith("+json"):
        raise HTTPException(415, headers={"Accept": JSON})


def require_form(request: Request) -> None:
    """Refuse (415) a body that is not a plain HTML form."""
    if _content_type(request) != FORM:
        raise HTTPException(415, headers={"Accept": FORM})
