"""Everything that can be set, read once from the environment (prefix `BALISE_`) and handed down."""

from pathlib import Path

from pydantic import Field, ValidationError
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
        0.5, ge=0, le=1, description="Least probability for a passage to answer; below, the assistant abstains."
    )
    question_limit: int = Field(2000, ge=20, le=20000, description="Longest question, in characters.")
    body_limit: int = Field(65536, ge=1024, description="Longest HTTP request body, in bytes.")


def load_settings() -> Settings:
    """Settings from the environment; `SettingsError` lists every wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"BALISE_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("Settings to mend:\n" + "\n".join(f"  - {problem}" for problem in problems)) from error
