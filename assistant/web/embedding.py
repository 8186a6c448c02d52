"""Which sites may embed the widget: they may read the JSON interface from a page and show the widget in a frame.

In: the sites that the operator names, as origins; `*` for any, `self` for none but this server. Out: what a content
security policy and the CORS protocol say of them. No cookie is ever allowed along.
"""

from dataclasses import dataclass

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

_SELF, _ANY = "self", "*"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Sites:
    """Origins such as `https://intranet.example.org`, `*` or `self`, separated by white space."""

    listed: str = _SELF

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins other than this server's own; `*` stands for all."""
        return tuple(site for site in self.listed.split() if site != _SELF)

    @property
    def ancestors(self) -> str:
        """The value of `frame-ancestors`."""
        return " ".join(["'self'", *self.origins])

    def allow(self, app: FastAPI) -> None:
        """Let pages of the sites read what the API replies; nothing where there is none."""
        if self.origins:
            app.add_middleware(
                CORSMiddleware,
                allow_origins=self.origins,
                allow_methods=("GET", "POST"),
                allow_headers=("Accept", "Content-Type"),
                expose_headers=("Content-Disposition", "X-Request-ID"),
                max_age=_HOUR,
            )
