"""What each provider of models needs of us: its package, and a client that goes to one host and says nothing more.

In: options. Out: keyword arguments for `init_chat_model`. Knows the providers of the extras by name; any other name
that LangChain knows is passed through without a client of ours. The only importer of httpx2 in the assistant.
"""

import importlib.util
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

from assistant.model.values import ModelOptions

EXTRAS: Mapping[str, tuple[str, str]] = {
    "openai": ("langchain_openai", "llm"),
    "mistralai": ("langchain_mistralai", "mistral"),
    "anthropic": ("langchain_anthropic", "anthropic"),
    "ollama": ("langchain_ollama", "ollama"),
}
"""By provider: the package it is imported from, and our extra that installs it."""
_NO_KEY = "no-key"
"""Local servers ask for no key; the client wants one all the same."""


def is_installed(provider: str) -> bool:
    """Whether the package of a known provider can be imported."""
    return importlib.util.find_spec(EXTRAS[provider][0]) is not None


def client_options(options: ModelOptions) -> dict[str, Any]:
    """The address, the key and the client of this provider."""
    provider = options.name.partition(":")[0]
    chosen: dict[str, Any] = {}
    if options.url:
        chosen["base_url"] = options.url
    if options.key and provider != "ollama":
        chosen["api_key"] = options.key
    if provider == "ollama":
        chosen["num_predict"] = options.reply_tokens
    if provider == "openai":
        chosen["stream_usage"] = True
        chosen |= _quiet_clients(options.timeout, direct=bool(options.only_host))
        if options.url:
            chosen.setdefault("api_key", _NO_KEY)
    return chosen


def _quiet_clients(seconds: float, *, direct: bool) -> dict[str, Any]:
    """Clients that follow no redirection (the host is the one that was set) and describe no machine in headers.

    `direct`: through no proxy of the environment either. The one for synchronous calls is never used; it is given so
    that the library makes none of its own.
    """
    import httpx2  # noqa: PLC0415 (comes with langchain-openai, an extra)

    def hush(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower().startswith("x-stainless")]:
            del request.headers[name]

    async def hush_later(request: httpx2.Request) -> None:
        hush(request)

    quiet: dict[str, Any] = {
        "timeout": seconds,
        "follow_redirects": False,
        "trust_env": not direct,
        "verify": _certificates(),
    }
    return {
        "http_client": httpx2.Client(**quiet, event_hooks={"request": [hush]}),
        "http_async_client": httpx2.AsyncClient(**quiet, event_hooks={"request": [hush_later]}),
    }


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates of the system's or the library's authorities, read once: it takes a tenth of a second."""
    import httpx2  # noqa: PLC0415 (as above)

    return httpx2.create_ssl_context()
