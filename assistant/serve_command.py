"""`balise serve`: the HTTP server. One process; Chroma's folder is read by one process at a time."""

import argparse
import logging

import uvicorn
from fastapi import FastAPI

from assistant.assemble import Assistant, build
from assistant.library import IndexLibrary, health_of
from assistant.replies import load_replies
from assistant.settings import Settings
from assistant.unready import Unready
from assistant.web.allocations import router as allocations_router
from assistant.web.app import create_app
from assistant.web.limits import Limits
from ingest.errors import StoreError

_LOG = logging.getLogger(__name__)
_LIST_BYTES = 2 * 1024 * 1024  # a list of 5 000 bodies as a workbook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command; what is not given comes from the settings."""
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)


def application(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application over an assembled assistant."""
    return create_app(
        assistant.pipeline.answer,
        IndexLibrary(assistant.index),
        health_of(assistant.index, settings.corpus, settings.data),
        limits=_limits(settings),
        routers=[allocations_router(assistant.figures)],
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped; without an index that can be read, serve the reason at `/health`."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        app = application(build(settings), settings)
    except StoreError as error:
        _LOG.error("No question can be answered: %s, then restart the server.", error)
        unready = Unready(f"{error}, then restart the server.", load_replies(settings.prompts))
        app = create_app(unready.answer, unready, unready.health, limits=_limits(settings))
    uvicorn.run(app, host=arguments.host or settings.host, port=_port(arguments, settings), access_log=False)
    return 0


def _limits(settings: Settings) -> Limits:
    return Limits(
        question_characters=settings.question_limit,
        body_bytes=settings.body_limit,
        larger_bodies={"/v1/allocations": _LIST_BYTES},
    )


def _port(arguments: argparse.Namespace, settings: Settings) -> int:
    """Port 0 is a choice too: any free one."""
    return settings.port if arguments.port is None else int(arguments.port)
