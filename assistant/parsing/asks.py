"""Which computation on an envelope a question asks for, if any.

In: a `Reading`. Out: an `Ask`, or `None` where the question asks for a text, not for an amount to compute: « c'est
combien le montant de base? » is answered by a passage, « le montant de base de neuf organismes » is computed.
"""

import re
from typing import Literal

from assistant.parsing.reading import Reading

Ask = Literal["list", "single", "base_total", "balance", "inverse", "unit_value", "delta", "sum_volets", "list_volets"]

_BASE = re.compile(
    r"\b(?:montants? de base|base amounts?|part fixe|montants? fixes?|fixed (?:amount|part)|la base|bases?)\b"
)
_MINIMUM = re.compile(
    r"\b(?:enveloppe|envelope|budget)\b.{0,30}\b(?:minim\w*|plancher|smallest|at least|au moins)|\b(?:minim\w*|"
    r"smallest|plus petite)\b"
    r".{0,30}\b(?:enveloppe|envelope)"
)
_LEFT = re.compile(r"\b(?:rest\w*|solde|balance|remain\w*|left(?:over)?|residu\w*)\b")
_WORTH = re.compile(
    r"\b(?:valeur|value|worth|vaut|vaudrait|combien|montant|how much|dollars?|\$)\b.{0,24}\b(?:d'un|du|par|"
    r"de chaque|un|chaque|per|of (?:a|one|each)|"
    r"for each|one|a|each|every) (?:teaching |single |seul )?(?:poste|post|etc|fte|eleve|student|position|pupil)\b"
    r"|\b(?:poste|post|etc|fte|eleve|student|position|pupil) (?:is |be )?(?:worth|vaut|vaudrait)\b"
)
_HOW_MUCH_MORE = re.compile(
    r"\b(?:de combien|combien de plus|how much more|by how much|ecart|difference|variation|hausse|change|gain\w*|"
    r"impact|effet|effect)\b"
)
_SUM = re.compile(
    r"\b(?:tot\w+|somme|ensemble|en tout|cumul\w*|additionn\w*|sum|together|combined|overall|all (?:three|volets|"
    r"components))\b"
)
_ASKED = re.compile(
    r"\b(?:combien|calcul\w*|simul\w*|estim\w*|repart\w*|partag\w*|divis\w*|distribu\w*|ventil\w*|parts?|quote-part|donne\w*|fait|chacun\w*|"
    r"montants?|touch\w*|recev\w*|recoi\w*|aur\w+|how much|what|compute|calculate|shares?|split|allocat\w*|amounts?|"
    r"gets?|receiv\w*|give\w*|"
    r"tableau|table|each|refai\w*|recalcul\w*|run|figure)\b"
)
_OUR_PART = re.compile(
    r"\b(?:combien|quel montant)\b.{0,30}\b(?:(?:on|nous) (?:va|vas|aura\w*|aurait|recev\w*|recoi\w*|touch\w*|"
    r"obtien\w*|peut)|"
    r"(?:allons|aurons|aurions|recevrons|recevrions|toucherons|toucherions|obtiendrons|aurai\w*|recevrai\w*|toucherai\w*)-?(?:nous|je|on)?|"
    r"va[- ]t-on|revient|reviendrait)\b"
    r"|\b(?:on|nous|css|cs|commission|organisme|ecole|college) (?:\w+[- ]){0,3}?(?:aurait|aurions|aurons|aura|"
    r"recevr\w+|va recevoir|"
    r"va avoir|va toucher|toucher\w+) combien\b"
    r"|\bcombien (?:le |la |notre |mon )?(?:css|cs|centre|commission|ecole|college|organisme)\b.{0,60}\b(?:va|"
    r"recev\w+|aura\w*|touch\w+|recoi\w+)\b"
    r"|\b(?:notre|ma|nos|mon) (?:part|allocation|quote-part|montant|subvention)\b"
    r"|\b(?:part|allocation|quote-part) (?:de |du |d')(?:notre|mon|ma|nos)\b"
    r"|\bhow much (?:will|would|do|can|could|should) (?:we|our|i|my|the board)\b|\b(?:our|my) "
    r"(?:[a-z]+(?:'s)? ){0,2}(?:share|allocation|amount|funding)\b"
    r"|\bwhat (?:would|will|do|could) (?:we|our \w+|i|my \w+) (?:get|receive|have)\b"
)
_GUIDANCE = re.compile(
    r"\b(?:comment|pourquoi|selon quoi|principe|formule|regle|critere|cle de|how (?:is|are|does)|why|formula|rule|"
    r"criteria|principle|"
    r"where|ou (?:puis|peut|trouver|verifier|est-ce)|marque ou|definition|c'est quoi|qu'est-ce|quand|when|date|"
    r"versement|qui (?:a|est|doit)|who|admissibles?|eligibles?)\b"
)
_EXPENSE = re.compile(
    r"\b(?:admissibles?|eligible|permis|acheter|payer|financer|rembours\w*|depense\w*|buy|pay for|purchase|allowed|"
    r"cover\w*|"
    r"engager|embaucher|hire)\b"
)
_ENVELOPE = re.compile(r"\benvelopp?es?\b|\bbudget\b|\bcagnotte\b")


def ask_of(reading: Reading) -> Ask | None:  # noqa: PLR0911 (one return for each thing that can be asked)
    """The computation that the words and the numbers ask for together."""
    if asks_expense(reading):
        return None
    summed = len(reading.volets) > 1 and _SUM.search(reading.folded) is not None
    asked = _ASKED.search(reading.folded) is not None or _complete(reading) or summed
    if specific := _specific(reading):
        return specific
    if len(reading.listed) > 1 and (asked or reading.envelope is not None or reading.envelopes):
        return "list_volets" if len(reading.volets) > 1 else "list"
    if _BARE.fullmatch(reading.folded):
        return "single"
    if not (asked and _about_sharing(reading)):
        return None
    if reading.moves_envelope and (reading.counts or reading.shares):
        return "delta"
    if len(reading.volets) > 1 and (reading.counts or reading.envelopes):
        return "sum_volets"
    if reading.counts or _is_our_part(reading):
        return "single"
    given = reading.envelope is not None and reading.number is not None
    return "single" if given and not _GUIDANCE.search(reading.folded) else None


_TOTALLED = re.compile(
    r"\b(?:combien|en tout|tot\w+|somme|represente\w*|donne\w*|fait|fois|times|multipli\w*|how much|what|calcul\w*|"
    r"cout\w*|cost\w*|minim\w*|"
    r"enveloppe|envelope|smallest|altogether)\b"
)
_HOW_MUCH = re.compile(
    r"\b(?:combien|how much|quel montant|calcul\w*|simul\w*|estim\w*|compute|calculate|(?:notre|ma) (?:part|"
    r"quote-part)|our share|what (?:would|will|is our))\b"
)
_BARE = re.compile(
    r"\W*(?:so |and |et |donc |alors |bon |peux[- ]tu |pouvez[- ]vous |can you )?(?:"
    r"combien (?:est-ce qu')?(?:(?:aurons|recevrons|toucherons|aurions|recevrions)[- ]nous"
    r"|all(?:ons|ions)[- ]nous (?:avoir|recevoir|toucher|obtenir)"
    r"|(?:on|nous) (?:va (?:avoir|recevoir|toucher)|aura\w*|recevra\w*|touche\w*|recoit))"
    r"|(?:calcul\w*|simul\w*|estim\w*) (?:notre|ma|nos|mon) (?:part|allocation|montant|quote-part)"
    r"|(?:how much|what) (?:will|would|do|can) (?:we|our (?:school )?(?:board|school|body|centre)) (?:get|receive|have)"
    r"|(?:compute|calculate|simulate) our (?:share|allocation|amount))"
    r"(?: cette annee| this year| d'argent| en tout| au juste| svp| s'il vous plait| please)*\W*"
)


def _complete(reading: Reading) -> bool:
    """An envelope, a count and its total: whatever the words, a share is asked for."""
    return reading.envelope is not None and bool(reading.own) and reading.total is not None


def _specific(reading: Reading) -> Ask | None:
    text, money = reading.folded, reading.envelope is not None
    if reading.asks_envelope and (reading.counts or reading.target is not None or reading.number is not None):
        no_target = reading.target is None and not reading.counts
        return "base_total" if no_target and (_MINIMUM.search(text) or _BASE.search(text)) else "inverse"
    if reading.number is not None and not reading.counts:
        if _LEFT.search(text) and money:
            return "balance"
        if (
            (_BASE.search(text) or _MINIMUM.search(text) or reading.base is not None)
            and not money
            and _TOTALLED.search(text)
        ):
            return "base_total"
    if _WORTH.search(text) and (money or reading.counts):
        return "unit_value"
    return None


def _about_sharing(reading: Reading) -> bool:
    names = reading.names
    named = bool(names.measure or names.volets)
    money = reading.envelope is not None or bool(reading.envelopes) or reading.moves_envelope
    return named or _ENVELOPE.search(reading.folded) is not None or (money and reading.counts)


def _is_our_part(reading: Reading) -> bool:
    if not _OUR_PART.search(reading.folded) or _BASE.search(reading.folded) or _GUIDANCE.search(reading.folded):
        return False
    if not _HOW_MUCH.search(reading.folded):
        return False
    return bool(
        reading.names.measure or reading.volets or (reading.envelope is not None and _ENVELOPE.search(reading.folded))
    )


def asks_expense(reading: Reading) -> bool:
    """Whether the question is about what money may pay for, not about sharing it."""
    spends = _EXPENSE.search(reading.folded) is not None
    return spends and reading.total is None and not _ENVELOPE.search(reading.folded)


def asks_change(reading: Reading) -> bool:
    """Whether the question wants the change itself rather than the new amount."""
    return _HOW_MUCH_MORE.search(reading.folded) is not None


def speaks_of_base(reading: Reading) -> bool:
    """Whether the question names the base amount."""
    return (
        re.search(r"\bmontants? de base\b|\bbase amounts?\b|\bmontants? fixes?\b|\bpart fixe\b", reading.folded)
        is not None
    )


def is_guidance(reading: Reading) -> bool:
    """Whether the question asks how or why rather than how much."""
    return _GUIDANCE.search(reading.folded) is not None
