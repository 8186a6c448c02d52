"""`balise serve`: the HTTP server. One process; Chroma's folder is read by one process at a time."""

import argparse
import logging

import uvicorn
from fastapi import FastAPI

from assistant.assemble import Assistant, build
from assistant.library import IndexLibrary, health_of
from assistant.settings import Settings
from assistant.web.allocations import router as allocations_router
from assistant.web.app import create_app
from assistant.web.limits import Limits

_LIST_BYTES = 2 * 1024 * 1024  # a list of 5 000 bodies as a workbook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command; what is not given comes from the settings."""
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)


def application(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application over an assembled assistant."""
    limits = Limits(
        question_characters=settings.question_limit,
        body_bytes=settings.body_limit,
        larger_bodies={"/v1/allocations": _LIST_BYTES},
    )
    return create_app(
        assistant.pipeline.answer,
        IndexLibrary(assistant.index),
        health_of(assistant.index, settings.corpus, settings.data),
        limits=limits,
        routers=[allocations_router(assistant.figures)],
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = application(build(settings), settings)
    uvicorn.run(app, host=arguments.host or settings.host, port=_port(arguments, settings), access_log=False)
    return 0


def _port(arguments: argparse.Namespace, settings: Settings) -> int:
    """Port 0 is a choice too: any free one."""
    return settings.port if arguments.port is None else int(arguments.port)
