"""How a letter addresses someone: never a guess. A civility or a title that the sender gives is used; else neither.

In: the sender's name and signature. Out: the form of address, in French (« Madame », « Monsieur », « Madame,
Monsieur ») or in English (“Dear Heather Colquhoun”, “Hello”).
"""

import re

from assistant.conversation import Language
from assistant.correspondence.message import Address
from assistant.replies import Replies

_MADAME = re.compile(r"\s*(?:mme|madame|mlle|sr|soeur|sœur|mrs|ms|miss)\b\.?\s*", re.IGNORECASE)
_MONSIEUR = re.compile(r"\s*(?:m\.|mr\b\.?|monsieur\b|frère\b)\s*", re.IGNORECASE)
_FEMININE = re.compile(
    r"\b(?:(?:sous-)?directrice|coordonnatrice|conseillère|technicienne|agente|adjointe|présidente|vice-présidente"
    r"|enseignante|étudiante|chargée|attachée|évaluatrice|formatrice|superviseure|cheffe|administratrice|animatrice"
    r"|éducatrice|professeure|inspectrice|avocate|régisseuse|contrôleuse|chercheuse|psychoéducatrice)\b",
    re.IGNORECASE,
)
_MASCULINE = re.compile(
    r"\b(?:(?:sous-)?directeur|coordonnateur|conseiller|technicien|agent|adjoint|président|vice-président|enseignant"
    r"|étudiant|chargé|attaché|évaluateur|formateur|superviseur|chef|administrateur|animateur|éducateur|professeur"
    r"|inspecteur|avocat|régisseur|contrôleur|chercheur|psychoéducateur)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")
_SERVICE = re.compile(
    r"\b(?:service|centre|center|direction|équipe|team|info|bureau|office|école|school|board|commission|secrétariat"
    r"|administration|department|ressources|resources|ministère|ministry|college|collège)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
_TITLE_LINES = 3
_LONGEST_INITIAL = 2


def appel(sender: Address, signature: str, language: Language, wording: Replies) -> tuple[str, str]:
    """The form of address, with its comma, and the salutation at the end, which says it again."""
    civility = _civility(sender, signature)
    closing = wording.say(f"closing_{civility}", language)
    name = _MONSIEUR.sub("", _MADAME.sub("", sender.name, count=1), count=1).strip()
    if language == "en" and _is_person(name):
        return f"{wording.say('appel_name', 'en', name=name)},", closing
    return f"{wording.say(f'appel_{civility}', language)},", closing


def _civility(sender: Address, signature: str) -> str:
    titles = _titles(sender, signature)
    madame = _MADAME.match(sender.name) is not None or _FEMININE.search(titles) is not None
    monsieur = _MONSIEUR.match(sender.name) is not None or _MASCULINE.search(titles) is not None
    if madame == monsieur:
        return "unknown"
    return "madame" if madame else "monsieur"


def _titles(sender: Address, signature: str) -> str:
    """The lines of a signature from the sender's own name on; another person's title says nothing of the sender."""
    names = [word.lower() for word in sender.name.split() if len(word) > _LONGEST_INITIAL]
    lines = [line for line in signature.splitlines() if line.strip()]
    named = next((rank for rank, line in enumerate(lines) if any(name in line.lower() for name in names)), None)
    return "" if named is None else "\n".join(lines[named : named + _TITLE_LINES])


def _is_person(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None and _SERVICE.search(name) is None
