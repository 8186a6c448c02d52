"""Examples of `POST /v1/drafts` for the description of the interface."""

from typing import Any

PASTED = "Bonjour,\n\nQuel est le montant de base par organisme en 2024-2025?\n\nMerci!\nCamille Tremblay"
RFC822 = (
    "From: Camille Tremblay <camille@exemple.quebec>\r\nSubject: Mesure 15158\r\nMessage-ID: <1@exemple.quebec>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nQuel est le montant de base par organisme en 2024-2025?\r\n"
)
REQUESTS: dict[str, Any] = {
    "français": {"summary": "Texte collé", "value": {"text": PASTED}},
    "english": {
        "summary": "Pasted text",
        "value": {"text": "Hello,\n\nWho reports on measure 15158, and when?\n\nThanks,\nRobin Lee", "language": "en"},
    },
}
_CITATION = {
    "n": 1,
    "document": "guide-mesures-15158-30100",
    "source_file": "001_3672d7fe1a125619.txt",
    "title": "Mesures 15158 et 30100",
    "authority": "ministry",
    "validity": "2024-2025",
    "section": ["Volet 1"],
    "page": 5,
    "quote": "À titre indicatif, le montant de base par organisme scolaire est de 21\u00a0989\u00a0$",
    "start": 9000,
    "end": 9080,
    "url": "/documents/guide-mesures-15158-30100?page=5&start=9000&end=9080#quote",
}
_ANSWER = (
    "Le guide dit\u00a0: «\u00a0À titre indicatif, le montant de base par organisme scolaire est de"
    " 21\u00a0989\u00a0$\u00a0» [1]"
)
DRAFT: dict[str, Any] = {
    "id": "5b0e5a3f0c4b4d5e",
    "language": "fr",
    "subject": "RE: Mesure 15158",
    "to": [{"name": "Camille Tremblay", "email": "camille@exemple.quebec"}],
    "text": f"Madame, Monsieur,\n\n{_ANSWER}\n",
    "html": "<!DOCTYPE html>…",
    "parts": [
        {"id": "p1", "section": "greeting", "text": "Madame, Monsieur,", "citations": [], "kind": "framing",
         "question": None},
        {"id": "p4", "section": "answer", "text": _ANSWER, "citations": [1], "kind": "claim", "question": 0},
    ],
    "citations": [_CITATION],
    "questions": [
        {
            "text": "Quel est le montant de base par organisme en 2024-2025?",
            "start": 0,
            "end": 55,
            "asked": "Quel est le montant de base par organisme en 2024-2025?",
            "status": "answered",
            "answer_id": "0c4b4d5e9a5f6c1d",
            "engine": "extractive",
            "referral": None,
            "calculation": None,
            "nearest": [],
        }
    ],
    "profile": {"body_type": None, "school_year": "2024-2025"},
    "attachments": [],
    "warnings": [],
    "index_version": "0123456789ab",
    "elapsed_ms": 120.5,
}  # fmt: skip
