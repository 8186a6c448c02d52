"""Examples of requests and answers, shown in the OpenAPI description. Data only.

Each one is an exact instance of the contract, and each of its quotes stands in the corpus: tests check both.
"""

from typing import Any

_GUIDE = "guide-mesures-15158-30100"
_MEASURES = "Mesures 15158 et 30100 – Soutenir les actions locales de valorisation du personnel scolaire"
_VOLET_1 = "Volet 1 : Soutien aux actions de valorisation du personnel scolaire"
_BASE = (
    "À titre indicatif, le montant de base par organisme scolaire est de 21\u2009989 $ pour l’année scolaire 2024-2025."
)


def _citation(quote: str, start: int, end: int, page: int, section: list[str]) -> dict[str, Any]:
    return {
        "n": 1,
        "document": _GUIDE,
        "source_file": "001_3672d7fe1a125619.txt",
        "title": "Guide des mesures 15158 et 30100",
        "authority": "ministry",
        "validity": "2024-2025",
        "section": section,
        "page": page,
        "quote": quote,
        "start": start,
        "end": end,
        "url": f"/documents/{_GUIDE}?page={page}&start={start}&end={end}#quote",
    }


_BASE_CITATION = _citation(_BASE, 14353, 14462, 5, [_MEASURES, _VOLET_1, "Formule et normes d’allocation"])
_EXAMPLE_CITATION = _citation(
    "Organiser des événements de reconnaissance rayonnant dans les communautés.", 11553, 11628, 4, [_MEASURES, _VOLET_1]
)


def _answer(status: str, *statements: tuple[str, list[int], str], **more: Any) -> dict[str, Any]:  # noqa: ANN401 (JSON)
    texts = [text + "".join(f" [{n}]" for n in citations) for text, citations, _ in statements]
    answer: dict[str, Any] = {
        "id": "8d0c6c1e6f1b4d0f",
        "status": status,
        "language": "fr",
        "text": " ".join(texts),
        "understood": {
            "question": "Quel est le montant de base par organisme?",
            "measure": "15158",
            "numbered": {"volet": ["1"]},
            "body_type": None,
            "school_year": None,
        },
        "statements": [{"text": text, "citations": cited, "kind": kind} for text, cited, kind in statements],
        "citations": [],
        "calculation": None,
        "missing": [],
        "conflicts": [],
        "eligibility": None,
        "nearest": [],
        "referral": None,
        "index_version": "3f9a1c20",
        "engine": "extractive",
        "elapsed_ms": 41.7,
    }
    return answer | more


QUESTIONS: dict[str, Any] = {
    "question": {
        "summary": "Une question seule",
        "value": {"question": "Quel est le montant de base par organisme pour la mesure 15158?"},
    },
    "context": {
        "summary": "Une question de suivi, avec ce que l’on sait de la personne",
        "value": {
            "question": "Et pour 2025-2026?",
            "conversation": "c-4821",
            "history": [
                {"role": "user", "content": "Quel est le montant de base par organisme pour la mesure 15158?"},
                {"role": "assistant", "content": "Le montant de base est de 21\u00a0989\u00a0$ pour 2024-2025."},
            ],
            "language": "fr",
            "profile": {"body_type": "public", "school_year": "2025-2026"},
        },
    },
}

ANSWERS: dict[str, Any] = {
    "answered": {
        "summary": "answered",
        "value": _answer("answered", (f"« {_BASE} »", [1], "claim"), citations=[_BASE_CITATION]),
    },
    "not_in_documents": {
        "summary": "not_in_documents",
        "value": _answer(
            "not_in_documents",
            ("Les documents ne précisent pas le montant de base pour l’année scolaire 2025-2026.", [], "framing"),
            (f"« {_BASE} »", [1], "claim"),
            citations=[_BASE_CITATION],
            referral={
                "email": "financement@education.gouv.qc.ca",
                "reason": "Questions liées aux aspects financiers des mesures.",
            },
        ),
    },
    "needs_input": {
        "summary": "needs_input",
        "value": _answer(
            "needs_input",
            (
                "Il manque l’enveloppe disponible et le nombre de postes d’enseignants pour faire le calcul.",
                [],
                "framing",
            ),
            missing=["enveloppe", "postes"],
        ),
    },
    "partially_answered": {
        "summary": "partially_answered",
        "value": _answer(
            "partially_answered",
            ("Cette dépense est proche d’un exemple donné par le guide, sans y être nommée.", [], "framing"),
            ("« Organiser des événements de reconnaissance rayonnant dans les communautés. »", [1], "claim"),
            citations=[_EXAMPLE_CITATION],
            eligibility="close_to_example",
        ),
    },
    "refused": {
        "summary": "refused",
        "value": _answer("refused", ("Cette demande ne peut pas être traitée.", [], "framing")),
    },
}

EVENTS = (
    'event: progress\ndata: {"step": "retrieve"}\n\n'
    'event: progress\ndata: {"step": "compose"}\n\n'
    'event: answer\ndata: {"id": "8d0c6c1e6f1b4d0f", "status": "answered", "…": "…"}\n\n'
)

DOCUMENTS: dict[str, Any] = {
    "documents": [
        {
            "id": _GUIDE,
            "title": "Mesures 15158 et 30100 – Soutenir les actions locales de valorisation du personnel scolaire",
            "short_title": "Guide des mesures 15158 et 30100",
            "issuer": "Ministère de l’Éducation",
            "authority": "ministry",
            "kind": "information document",
            "language": "fr",
            "issued": "unknown",
            "validity": "2024-2025",
            "status": "current",
            "source_file": "001_3672d7fe1a125619.txt",
            "url": f"/documents/{_GUIDE}",
            "published_at": None,
            "pages_known": True,
        }
    ]
}

HEALTH: dict[str, Any] = {
    "ready": True,
    "reason": "",
    "index_version": "3f9a1c20",
    "model": "balise-static-fr-en",
    "corpus_state": "5 documents",
}
