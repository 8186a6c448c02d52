"""The HTTP application: puts the routes, the limits and the problems together.

In: a responder, a library, a health check, limits, further routers. Out: an ASGI application that holds no policy and
no state of its own.
"""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from assistant.web.api import chat_router, documents_router, health_router
from assistant.web.boundary import BodyLimit, Boundary
from assistant.web.document_pages import document_pages
from assistant.web.embedding import Sites
from assistant.web.limits import Limits
from assistant.web.openapi import describe
from assistant.web.pages import problem_page, question_pages
from assistant.web.problems import Refuser
from assistant.web.rendering import STATIC, Renderer
from assistant.web.seams import Health, Library, Responder
from assistant.web.widget_pages import Script, widget_router
from assistant.web.workbooks import workbooks_router

API_VERSION = "1"
_DESCRIPTION = (
    "Réponses citées mot à mot à partir de documents d’orientation officiels, montants calculés exactement, silence là "
    "où les documents se taisent. Toute erreur est un « problem details » (RFC 9457).\n\n"
    "Answers quoted word for word from official guidance documents, exact amounts, and an honest abstention where the "
    "documents do not say. Every error is a problem details object (RFC 9457)."
)


def create_app(  # noqa: PLR0913 (one argument for each seam)
    respond: Responder,
    library: Library,
    health: Health,
    *,
    limits: Limits,
    routers: Sequence[APIRouter] = (),
    sites: Sites | None = None,
) -> FastAPI:
    """The application. Documentation pages that load scripts from elsewhere are off; `/openapi.json` is on."""
    app = FastAPI(title="Balise", version=API_VERSION, description=_DESCRIPTION, docs_url=None, redoc_url=None)
    renderer, script, sites = Renderer(), Script.load(), sites or Sites()
    app.include_router(chat_router(respond, limits))
    app.include_router(workbooks_router(respond, limits))
    app.include_router(documents_router(library))
    app.include_router(health_router(health))
    app.include_router(question_pages(respond, library, limits, renderer, script))
    app.include_router(widget_router(renderer, limits, sites, script))
    app.include_router(document_pages(library, renderer))
    for router in routers:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    refuser = Refuser(problem_page(renderer))
    refuser.install(app)
    describe(app)
    app.add_middleware(BodyLimit, refuser=refuser, limits=limits)
    app.add_middleware(Boundary, refuser=refuser)
    sites.allow(app)
    return app
