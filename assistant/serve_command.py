"""`balise serve`: the HTTP server. One process; Chroma's folder is read by one process at a time."""

import argparse
import logging
from datetime import UTC, datetime, timedelta
from functools import partial

import uvicorn
from fastapi import FastAPI

from assistant.assemble import Assistant, build
from assistant.desk_assembly import desk_pages
from assistant.history import Conversations, remembering
from assistant.library import IndexLibrary, health_of
from assistant.replies import load_replies
from assistant.settings import Settings
from assistant.storage.database import Database, open_database
from assistant.storage.feedback import record_feedback
from assistant.unready import Unready
from assistant.web.allocations import router as allocations_router
from assistant.web.app import create_app
from assistant.web.drafts import drafts_router
from assistant.web.embedding import Sites
from assistant.web.feedback import FeedbackBook, feedback_router
from assistant.web.limits import Limits
from ingest.errors import StoreError

_LOG = logging.getLogger(__name__)
_LIST_BYTES = 2 * 1024 * 1024  # a list of 5 000 bodies as a workbook
_LETTER_BYTES = 1024 * 1024  # a whole draft, sent back by its form
_MESSAGE_BYTES = 25 * 1024 * 1024  # what most mail servers take, attachments included


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command; what is not given comes from the settings."""
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)


def application(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application over an assembled assistant; opens the database."""
    limits = _limits(settings)
    database = open_database(settings.database, settings.data)
    feedback = feedback_router(_feedback_book(assistant, settings, database), limits)
    return create_app(
        remembering(assistant.pipeline.answer, Conversations()),
        IndexLibrary(assistant.index, settings.corpus),
        health_of(assistant.index, settings.corpus, settings.data),
        limits=limits,
        routers=[
            allocations_router(assistant.figures),
            drafts_router(assistant.drafter),
            feedback,
            *desk_pages(assistant, settings, database),
        ],
        sites=Sites(settings.sites),
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped; without an index that can be read, serve the reason at `/health`."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        app = application(build(settings, probe_model=True), settings)
    except StoreError as error:
        _LOG.error("No question can be answered: %s, then restart the server.", error)
        unready = Unready(f"{error}, then restart the server.", load_replies(settings.prompts))
        app = create_app(unready.answer, unready, unready.health, limits=_limits(settings))
    uvicorn.run(app, host=arguments.host or settings.host, port=_port(arguments, settings), access_log=False)
    return 0


def _feedback_book(assistant: Assistant, settings: Settings, database: Database) -> FeedbackBook:
    entries = (stored.entry for stored in assistant.index.documents.values())
    return FeedbackBook(
        keep=partial(record_feedback, database),
        now=partial(datetime.now, UTC),
        retention=timedelta(days=settings.retention_days),
        index_version=assistant.index.manifest.version,
        published=frozenset(address for entry in entries for address in entry.published_addresses),
    )


def _limits(settings: Settings) -> Limits:
    return Limits(
        question_characters=settings.question_limit,
        body_bytes=settings.body_limit,
        larger_bodies={
            "/v1/allocations": _LIST_BYTES,
            "/v1/drafts": _MESSAGE_BYTES,
            "/desk/messages": _MESSAGE_BYTES,
            "/desk/messages/": _LETTER_BYTES,
        },
    )


def _port(arguments: argparse.Namespace, settings: Settings) -> int:
    """Port 0 is a choice too: any free one."""
    return settings.port if arguments.port is None else int(arguments.port)
