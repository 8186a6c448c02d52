"""Everything that can be set, read once from the environment (prefix `BALISE_`) and handed down."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from ingest.embed import EMBEDDED_MODEL

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of the program. Each field is an environment variable: `BALISE_DATA`, `BALISE_PORT`, and so on."""

    model_config = SettingsConfigDict(env_prefix="BALISE_", env_ignore_empty=True, frozen=True, extra="forbid")

    corpus: Path = Field(ROOT / "corpus", description="Folder of the corpus: catalog, documents, figures, questions.")
    prompts: Path = Field(ROOT / "prompts", description="Folder of the fixed replies and prompts.")
    data: Path = Field(ROOT / "var", description="Folder of the index; can be rebuilt from the corpus.")
    embedding_model: str = Field(
        str(EMBEDDED_MODEL),
        description="sentence-transformers folder, or hub name found in the local cache.",
    )
    allow_model_download: bool = Field(
        default=False,
        description="Whether a hub name may be downloaded. Nothing is ever downloaded otherwise.",
    )
    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that the server listens on.")
    gate: float = Field(
        0.6, ge=0, le=1, description="Least probability for a passage to answer; below, the assistant abstains."
    )
    question_limit: int = Field(2000, ge=20, le=20000, description="Longest question, in characters.")
    sites: str = Field(
        "self",
        pattern=r"^\s*((self|\*|https?://[\w.-]+(:\d+)?)(\s+|$))+$",
        description="Origins of the sites whose pages may embed the widget, `self` for none, `*` for any.",
    )
    body_limit: int = Field(65536, ge=1024, description="Longest HTTP request body, in bytes.")
    database: str = Field(
        "sqlite",
        repr=False,  # it may hold a password
        description="Where feedback and drafts are kept: `sqlite` (a file in the data folder) or an address.",
    )
    retention_days: int = Field(365, ge=1, description="Days that what people wrote is kept.")
    imap_host: str | None = Field(None, description="IMAP server of the mailbox, read only; none by default.")
    imap_port: int = Field(993, ge=1, le=65535, description="Its TLS port.")
    imap_user: str | None = Field(None, description="Who opens the mailbox.")
    imap_password: SecretStr | None = Field(None, description="Password or application password of the mailbox.")
    imap_folder: str = Field("INBOX", description="Folder that is read.")
    imap_drafts: str = Field("Drafts", description="Folder that drafts are added to.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[\w.-]+(:\d+)?/?$",
        description="Where browsers reach the server, such as https://balise.example.org; needed behind a proxy.",
    )
    desk_idle_minutes: int = Field(30, ge=1, le=1440, description="Minutes without activity that end a desk session.")
    desk_session_hours: int = Field(10, ge=1, le=168, description="Hours after which a desk session ends anyway.")
    oidc_issuer: str | None = Field(None, description="OpenID Connect provider for the desk.")
    oidc_client_id: str | None = Field(None, description="The client registered there for Balise.")
    oidc_client_secret: str | None = Field(None, repr=False, description="Its secret; none for a public client (PKCE).")
    oidc_claim: str = Field("email", description="The claim that holds the name of an account.")
    llm: str | None = Field(
        None, description="Language model, as provider:model (openai:NAME with BALISE_LLM_URL for local servers)."
    )
    llm_url: str | None = Field(None, description="Base address of the model's server; the provider's own otherwise.")
    llm_key: SecretStr | None = Field(None, description="Key of the model's server.")
    llm_key_file: Path | None = Field(None, description="File that holds the key instead.")
    llm_timeout: float = Field(30.0, gt=0, le=600, description="Seconds for one reply of the model.")
    llm_budget: float = Field(45.0, gt=0, le=600, description="Seconds for one answer, second try and tools included.")
    llm_temperature: float = Field(0.0, ge=0, le=2, description="Temperature of the model.")
    llm_context: int = Field(48000, ge=2000, description="Tokens that one request may take.")
    llm_reply: int = Field(4000, ge=200, description="Tokens that one reply may take.")
    llm_only_host: str | None = Field(None, description="The only host that a model may be on; any other is refused.")
    llm_steps: str = Field(
        "compose", pattern=r"^(rephrase|route|compose)(,(rephrase|route|compose))*$", description="Steps that use it."
    )


def load_settings() -> Settings:
    """Settings from the environment; `SettingsError` lists every wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"BALISE_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("Settings to mend:\n" + "\n".join(f"  - {problem}" for problem in problems)) from error
