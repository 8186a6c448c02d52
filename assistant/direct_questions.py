"""A polite request to the bare question in it: « Pourriez-vous me confirmer les trois volets? » asks which they are.

In: one question. Out: the same question without the words that only ask for an answer, which a search would take for
what is searched. A request that asks for something else than an answer (to compute, to compare) is left alone.
"""

import re

from assistant.conversation import Language
from assistant.question_forms import COMPUTES, REQUEST, STARTS, flat

_BEFORE = re.compile(r"(?:est-ce que )?")
_TELLS = re.compile(
    r"(?:dire|indiquer|preciser|confirmer|fournir|donner|envoyer|transmettre|communiquer|rappeler|renseigner|informer"
    r"|savoir|connaitre|obtenir|avoir|demand\w+|verifier|valider|clarifier|comprendre|expliquer"
    r"|(?:dites|dis|indiquez|precisez|confirmez|donnez)[- ](?:moi|nous)"
    r"|tell|say|explain|confirm|clarify|give|send|provide|specify|indicate|advise|share|remind|know|learn|understand"
    r"|find out|verify|check|wonder\w*|(?:tell|give|let) (?:me|us)(?: know)?)$"
)
_EXPLAINS = re.compile(r"(?:comprendre|expliquer|understand|explain)$")
_OBJECT = re.compile(r"[\s,:]*(?:(?:me|us|nous)\b\s*)?(?:(?:de|sur|of|about)\s+(?=quel|combien|qui\b|what|how|who))?")
_WHETHER = {
    "fr": re.compile(r"(?:si|que)\s+|(?=s'ils?\b|qu')"),
    "en": re.compile(r"(?:whether(?: or not)?|if|that)\s+"),
}
_NOUN = re.compile(r"(?P<article>les|le|la|l'|the)(?:\b|(?<='))\s*(?=\w)")
_ASKED = {"le": "Quel est le", "la": "Quelle est la", "les": "Quels sont les", "l'": "Quel est l’"}


def direct(question: str, language: Language) -> str:
    """The bare question; the question itself where there is none in it."""
    plain = flat(question)
    before = _BEFORE.match(plain)
    request = REQUEST.match(plain, before.end() if before else 0)
    if request is None or not _TELLS.search(request[0]) or COMPUTES.search(plain):
        return question
    skipped = _OBJECT.match(plain, request.end())
    at = skipped.end() if skipped else request.end()
    rest = plain[at:]
    if STARTS.match(rest):
        return _capital(question[at:])
    whether = _WHETHER[language].match(rest)
    if whether is not None and rest:
        return _capital(_whether(question[at + whether.end() :], language))
    noun = _NOUN.match(rest)
    if noun is None or _EXPLAINS.search(request[0]):
        return question
    own = question[at + noun.end() :]
    return f"What is the {own}" if noun["article"] == "the" else _joined(_ASKED[noun["article"]], own)


def _whether(clause: str, language: Language) -> str:
    """« si les directions sont visées » → « Est-ce que les directions sont visées »."""
    if language == "en":
        return clause
    bare = re.sub(r"^(?:s|qu)['’]", "", clause)
    return f"Est-ce qu’{bare}" if re.match(r"[aeéèêiouyh]", bare, re.IGNORECASE) else f"Est-ce que {bare}"


def _joined(asked: str, own: str) -> str:
    return f"{asked}{own}" if asked.endswith("’") else f"{asked} {own}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
