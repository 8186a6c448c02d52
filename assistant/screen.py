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

_RULES = r"(?:consigne|instruction|regle|directive|rule|prompt|guideline|reglage|setting)s?\b"
_START = (
    r"(?:^|[.!?:;,]\s*|\b(?:please|svp|s'il (?:te|vous) plait|maintenant|now|et|and|puis|pis|then|alors|"
    r"tu (?:dois|vas)|you (?:must|will|should)|peux-tu|pourrais-tu|can you|could you|i want you to|je veux que tu)\s+)"
)
"""Where an order starts: a clause, or words that ask for it."""
_ITS_OWN = rf"\b(?:tes|vos|ton|votre|your|previous|prior|above|all|any|the|toutes?)\b[^.?!]{{0,30}}{_RULES}"
_YOURS = rf"(?:tes|vos|your) [^.?!]{{0,20}}{_RULES}"
_ABOUT = r"(?!\s+(?:de |d'|du |des |pour |sur |budget|qui |of |for |on |about |in |that ))"
_INJECTION = re.compile(
    "|".join(
        (
            # set your rules aside
            (
                rf"{_START}(?:ignor(?:e|ez|er)|oubli(?:e|ez)|contourn(?:e|ez)|disregard|forget|override|bypass)\b(?!-)"
                rf"[^.?!]{{0,30}}(?:{_ITS_OWN}|\bles {_RULES}[^.?!]{{0,10}}\b(?:preced|anteri|ci-dessus))"
            ),
            rf"\b(?:ignor|disregard|overrid|bypass|contourn)\w*\s(?:tou\w+ |all )?{_YOURS}",
            rf"\bn(?:e |')(?:tiens|tenez|suis|suivez|respecte|obeis)\w*\b[^.?!]{{0,25}}\b{_YOURS}",
            rf"\b(?:do not|don't|stop|never)\s(?:follow|obey|appl)\w*\b[^.?!]{{0,25}}\b{_YOURS}",
            rf"{_START}(?:oubli(?:e|ez)|forget)\s(?:tout|everything|all)\b[^.?!]{{0,25}}\b(?:told|before|above|avant|dit)\b",
            # another mode, another role
            r"\bmode (?:developpeur|debogage|debug|dan|admin\w*|sans (?:limite|filtre|restriction)s?)\b|\bjailbreak",
            r"\b(?:developer|debug|dan|god|admin) mode\b|\bsystem\s+(?:override|prompt|settings?)\b",
            (
                r"\b(?:tu es|vous etes|you are) (?:maintenant|desormais|now) "
                r"(?:une?|les?|la|l'|mon|ma|an?|the|my|libre|free)\b"
            ),
            (
                r"\b(?:from now on|a partir de maintenant|desormais)\b[^.?!]{0,10}"
                r"\b(?:you (?:are|will|must)|tu (?:es|dois|vas)|vous (?:etes|devez))\b"
            ),
            (
                rf"{_START}(?:act as|play the role|roleplay|pretend|agis(?:sez)? comme|joue[zr]? le role"
                r"|fai(?:s|tes) (?:semblant|comme si))\b"
            ),
            # show what you are made of
            r"\b(?:prompt|invite) systeme\b|\b(?:hidden|secret) (?:instruction|prompt)s?\b",
            r"\binstructions? (?:cachee|secrete)s?\b",
            (
                r"\b(?:print|reveal|show|give|tell|affiche|revele|montre|donne|dis)\w*\b[^.?!]{0,30}"
                rf"\b(?:your|tes|vos|ton|votre)\s(?:[a-z]+\s)?{_RULES}{_ABOUT}"
            ),
            rf"{_START}(?:print|output|repeat|repete[zr]?|ecri[st]|affiche[zr]?)\b[^.?!]{{0,40}}\b(?:above|(?:au|ci)-dessus)\b",
            # say what I tell you
            (
                rf"{_START}(?:dis|ecris|repete|reponds|say|write|repeat)\b(?:[^.?!]{{0,20}}"
                r"\b(?:mot pour mot|word for word|verbatim)\s*[:«\"“]"
                r"|[^.?!«\"“]{0,10}[«\"“][^»\"”]+[»\"”]\s*(?:mot pour mot|word for word|verbatim)"
                r"|\s(?:que|that|oui|yes)\b)"
            ),
            (
                r"\b(?:invente|fabrique|invent|fabricate|make up)\b[^.?!]{0,40}"
                r"(?:citation|quote|chiffre|figure|passage|source)"
            ),
            (
                rf"{_START}(?:approuv|autoris|accept|approve|authorize)(?:e|ez)?(?![\w-])[^.?!]{{0,30}}"
                r"\b(?:ma|mon|mes|notre|nos|my|our)\b"
            ),
        ),
    ),
)
_REACH = (
    r"(?:courriel|e-?mail|adresse|address|(?:tele)?phone|cell\w*|num(?:ero|ber) de (?:telephone|cell\w*)|phone number)"
)
_STAFF = r"(?:employee?s?|fonctionnaires?|civil servants?)\b"
_OFFICIALS = (
    r"(?:aut(?:eure?|rice|hor)s?|(?:sous-)?ministre|(?:deputy )?minister|direct(?:eur|rice|or)|signataire|monsieur"
    r"|madame|mme)\b"
)
"""Whose name and office are public; not how to reach them at home."""
_SPENDING = r"(?![^.?!]*\b(?:rembours|admissib|financ|pay|elig|cover|permi|allow|achet|buy))"
_PERSON = re.compile(
    "|".join(
        (
            rf"\b{_REACH}\s(?:courriel |electronique |civique )?(?:personnel(?:le)?s?|privee?s?)\s(?:de |du |des |d')",
            rf"\b(?:personal|private|home)\s(?:[a-z]+\s)?{_REACH}\b[^.?!]{{0,10}}\b(?:of|for)\b",
            rf"'s (?:personal|private|home) {_REACH}",
            (
                rf"\b(?:noms?|names?|{_REACH}s?)\b(?: number)?\s(?:personnel\w* )?(?:d'une? |de l'|du |de la |of |for )"
                rf"(?:an? |the )?{_STAFF}{_SPENDING}"
            ),
            (
                r"\b(?:(?:tele)?phone|cell\w*)\b(?: number)?\s(?:d'une? |de l'|du |de la |of |for )(?:an? |the )?"
                rf"{_OFFICIALS}{_SPENDING}"
            ),
            r"\bcoordonnees (?:nominatives|personnelles)\b|\bcourriels? nominati",
        ),
    ),
)
_INSULT = r"(?:cave|epais|niaiseux|con|conne|cretin|imbecile|idiot|stupide?)"
_ABUSE = re.compile(
    r"\b(?:va (?:donc )?(?:chier|te faire)|mange (?:donc )?d(?:'|e )la (?:marde|merde)|ferme (?:donc )?ta gueule"
    r"|ta (?:gueule|yeule)\b|connard|enfoire|nique (?:ta|ton|tes)|fuck(?:ing)? (?:you|off|idiot)|piece of shit"
    r"|shut (?:the \w+ )?up|you(?:'re| are)? (?:an? )?(?:stupid|dumb|idiot)"
    r"|(?:osti|esti|crisse|maudite?|espece|(?:t'es|tu es)(?: rien)?(?: qu'une?| une?)?(?: gros)?) "
    rf"(?:de |d')?{_INSULT})\b",
)
_AFTER_THANKS = (
    r"beaucoup|bien|infiniment|a (?:toi|vous)|so much|a lot|very much|pour (?:tout|(?:ton|votre) aide|l'info\w*"
    r"|la reponse)|for (?:your help|everything|the (?:answer|info\w*))|et bonne journee|bonne (?:journee|soiree)"
)
_SMALL_TALK = {
    "greeting": re.compile(
        r"^(?:bon(?:jour|soir| matin)|allo|salut|hello|hi|hey|good (?:morning|afternoon|evening))"
        r"(?: (?:balise|there|a (?:toi|vous|tous)))?[\s!.,]*$"
    ),
    "thanks": re.compile(
        r"^(?:(?:ok|super|parfait|great|perfect|cool|bon)[\s,!.]*)?"
        rf"(?:merci|thanks|thank you)(?:\s(?:{_AFTER_THANKS}))*[\s!.,]*$"
    ),
    "who": re.compile(
        r"\b(?:qui es[- ]tu|qui etes[- ]vous|t'es qui|que (?:peux[- ]tu|pouvez[- ]vous) faire|who are you"
        r"|what can you do|(?:es[- ]tu|etes[- ]vous) une? (?:robot|humain|machine|personne)"
        r"|are you (?:a |an )?(?:robot|human|bot|ai))\b"
        r"(?: (?:pour (?:moi|nous)|for (?:me|us)|au juste|exactly))?[\s?!.,]*$",
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
