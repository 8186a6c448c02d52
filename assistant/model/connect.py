"""From options to a model that can be asked, or the reason why not, in a sentence that an operator can act on.

In: options. Out: a connected model. Refuses (`ModelSetupError`) an unknown provider, a package that is not installed,
an address outside the only host allowed, and, when asked to `try_out`, a key or a name that the server refuses.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import AssistantError
from assistant.model.providers import EXTRAS, is_installed
from assistant.model.values import ChatModel, ModelError, ModelOptions, Reason, Said
from assistant.watch import Watch

if TYPE_CHECKING:
    from assistant.model.chat import LangChainModel

_TRY_OUT_SECONDS = 10.0
_LASTING = {Reason.KEY_REFUSED, Reason.UNKNOWN_MODEL}
_SECURE = {"http", "https"}


class ModelSetupError(AssistantError):
    """The language model cannot be used as it is set; the message says why and what to do."""


def connect(options: ModelOptions) -> "LangChainModel":
    """A model ready to be asked; nothing is sent to it."""
    provider, _, name = options.name.partition(":")
    if not name:
        raise ModelSetupError(f"BALISE_LLM: {options.name!r} is not of the form provider:model, such as openai:NAME")
    _check_address(options, provider)
    if provider in EXTRAS and not is_installed(provider):
        package, extra = EXTRAS[provider]
        raise ModelSetupError(
            f"BALISE_LLM: {options.name!r} needs the package {package.replace('_', '-')}; "
            f'install it with: pip install "balise[{extra}]"'
        )
    try:
        from assistant.model.chat import LangChainModel  # noqa: PLC0415 (an extra, which nobody else needs)

        return LangChainModel(options)
    except ImportError as error:
        remedy = 'pip install "balise[llm]", or the package of the provider'
        raise ModelSetupError(f"BALISE_LLM: {options.name!r}: {error}. Install it with: {remedy}") from error
    except Exception as error:  # the constructors of providers refuse with errors of any kind (pydantic, openai, ...)
        said = " ".join(str(error).split())[:300]
        raise ModelSetupError(f"BALISE_LLM: {options.name!r} is refused by its library: {said}") from error


def try_out(model: ChatModel) -> str:
    """Ask for one word. What a later try may mend is returned as a warning (empty: none).

    Raises:
        ModelSetupError: the server refuses the key or does not know the model.
    """
    try:
        model.reply([Said("user", "Reply with the word: ready")], (), _TRY_OUT_SECONDS, Watch())
    except ModelError as error:
        if error.reason in _LASTING:
            mend = "BALISE_LLM_KEY or BALISE_LLM_KEY_FILE" if error.reason is Reason.KEY_REFUSED else "BALISE_LLM"
            raise ModelSetupError(f"{mend}: the server of the model says: {error.reason} ({error})") from error
        return f"the language model does not answer yet: {error.reason} ({error})"
    return ""


def _check_address(options: ModelOptions, provider: str) -> None:
    address = urlsplit(options.url)
    if options.url and (address.scheme not in _SECURE or not address.hostname):
        raise ModelSetupError(f"BALISE_LLM_URL: {options.url!r} is not an http or https address")
    if not options.only_host:
        return
    if provider not in EXTRAS:
        raise ModelSetupError(f"BALISE_LLM_ONLY_HOST: no host can be imposed on the provider {provider!r}")
    if address.hostname != options.only_host.lower():
        where = repr(address.hostname) if options.url else "the provider's own (BALISE_LLM_URL is not set)"
        raise ModelSetupError(f"BALISE_LLM_ONLY_HOST: only {options.only_host!r} is allowed, the address is {where}")
