"""What is stopped before any search: instructions to the assistant, requests about persons, small talk.

Patterns look at the form of a request (an order given to the assistant, a role imposed on it), never at the subject:
a question about the documents that comes wrapped in such an order still gets an answer where it can be set apart.
"""

import re
from dataclasses import replace

from assistant.conversation import Draft, Kind, PipelineStep, Statement, Status, Turn
from assistant.referrals import Referrals
from assistant.replies import Replies
from ingest.tokens import fold_accents

_RULES = r"(?:consigne|instruction|regle|rule|prompt|guideline|reglage|setting)"
_INJECTION = re.compile(
    "|".join(
        (
            rf"\bignor\w*\s+(?:toutes?|tes|vos|les|all|your|previous|any|the)\b[^.?!]{{0,40}}{_RULES}",
            rf"\b(?:oublie|disregard|forget|override|bypass|contourne)\w*\b[^.?!]{{0,40}}{_RULES}",
            r"system\s+(?:override|prompt)|hidden (?:instruction|prompt)|prompt systeme|instructions? cachee",
            (
                rf"\b(?:print|reveal|show|affiche|revele|montre|donne)\w*\b[^.?!]{{0,30}}\b(?:your|tes|vos|ton|votre)\b"
                rf"[^.?!]{{0,20}}{_RULES}"
            ),
            r"\b(?:tu es|vous etes|you are) (?:maintenant|desormais|now)\b",
            r"(?:^|[.!?:]\s*)(?:act as|agis comme|fais semblant|pretend)\b",
            r"\b(?:dis|ecris|repete|reponds|say|write|repeat)\b[^.?!]{0,30}\b(?:mot pour mot|word for word|verbatim)\b",
            (
                r"\b(?:invente|fabrique|invent|fabricate|make up)\b[^.?!]{0,40}"
                r"(?:citation|quote|chiffre|figure|passage|source)"
            ),
            r"\b(?:approuve|autorise|approve|authorize)\b[^.?!]{0,30}\b(?:ma|mon|mes|notre|nos|my|our)\b",
        ),
    ),
)
_PERSON = re.compile(
    r"(?:courriel|e-?mail|adresse|telephone|numero|phone|\bnom\b|\bname\b|cell\w*)\b[^.?!]{0,40}"
    r"(?:nominati|personnel\w* d|prive[es]? d|d'une? (?:employe|fonctionnaire|personne)"
    r"|(?:of|for) (?:an?|the) (?:employee|civil servant|person|author))",
)
_ABUSE = re.compile(r"\b(?:va chier|mange d'la marde|fuck (?:you|off)|connard|enfoire|nique)\b")
_SMALL_TALK = {
    "greeting": re.compile(r"^(?:bonjour|bonsoir|allo|salut|hello|hi|hey|good (?:morning|afternoon))[\s!.,]*$"),
    "thanks": re.compile(r"^(?:(?:ok|super|parfait|great)?[\s,!.]*(?:merci|thanks|thank you)[^?]{0,40})$"),
    "who": re.compile(
        r"\b(?:qui es[- ]tu|qui etes[- ]vous|t'es qui|que (?:peux[- ]tu|pouvez[- ]vous) faire|who are you"
        r"|what can you do|es[- ]tu un (?:robot|humain)|are you (?:a )?(?:robot|human|bot))\b",
    ),
}


def make_screen(replies: Replies, referrals: Referrals) -> PipelineStep:
    """The step: a turn that needs no search gets its draft here; the others go on."""

    def screen(turn: Turn) -> Turn:
        text = fold_accents(turn.question.text)
        for key, pattern in (("injection", _INJECTION), ("personal", _PERSON), ("abuse", _ABUSE)):
            if pattern.search(text):
                said = Statement(replies.say(f"screen_{key}", turn.language), kind=Kind.FRAMING)
                draft = Draft(Status.REFUSED, (said,))
                return replace(turn, draft=draft if key == "abuse" else referrals.add_both(draft, turn.language))
        for key, form in _SMALL_TALK.items():
            if form.search(text.strip()):
                said = Statement(replies.say(key, turn.language), kind=Kind.FRAMING)
                return replace(turn, draft=Draft(Status.OUT_OF_SCOPE, (said,)))
        return turn

    return screen
