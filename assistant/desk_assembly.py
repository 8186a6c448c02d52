"""The e-mail desk over an assembled assistant: settings and a database to the pages of `/desk`."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from fastapi import APIRouter

from assistant.assemble import Assistant
from assistant.desk.desk import Parts, open_desk
from assistant.desk.oidc import Client, Provider
from assistant.desk.sessions import Lifetimes
from assistant.desk.sources import IndexSources
from assistant.errors import SettingsError
from assistant.personal import masked
from assistant.settings import Settings
from assistant.storage.database import Database
from assistant.web.desk import desk_routers


def desk_pages(assistant: Assistant, settings: Settings, database: Database) -> Sequence[APIRouter]:
    """The pages of the desk; `SettingsError` where the provider of identities is only half set."""
    parts = Parts(
        drafter=assistant.drafter,
        checker=assistant.recheck,
        sources=IndexSources(assistant.index, assistant.figures),
        wording=assistant.drafter.wording,
        mask=partial(masked, published=_published(assistant)),
    )
    lifetimes = Lifetimes(timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_session_hours))
    return desk_routers(open_desk(database, parts, lifetimes), settings.public_url or "", _provider(settings))


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None:
        raise SettingsError("BALISE_OIDC_ISSUER is set: set BALISE_OIDC_CLIENT_ID too, or neither.")
    return Provider(
        Client(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret or "", settings.oidc_claim)
    )


def _published(assistant: Assistant) -> frozenset[str]:
    entries = (stored.entry for stored in assistant.index.documents.values())
    return frozenset(address for entry in entries for address in entry.published_addresses)
