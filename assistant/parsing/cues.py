"""The words that say which part a number plays: total, one's own, base, target, change, envelope asked for.

Patterns over folded text: those called `_BEFORE` end where the number starts, those called `_AFTER` start where
it ends.
"""

import re

TOTAL_BEFORE = re.compile(
    r"\b(?:total\w*|en tout|ensemble|reseau|network|overall|province\w*|combined|cumul\w*|tou(?:s|tes) (?:les|nos)?"
    r"|all (?:the )?(?:schools|boards|bodies)|somme|il y a|there (?:are|is))\b[^;!?\n]{0,60}$"
)
TOTAL_OF_THE_ONE_BEFORE = re.compile(
    r"^[^,;.!?\n\d]{0,12}\b(?:au total|en tout|in total|total|overall|in all)(?= ?[,;.:?!)]| et | and |$)"
)
TOTAL_AFTER = re.compile(
    r"[^,;.!?\n\d]{0,30}\b(?:au total|en tout|total|in total|overall|province|reseau|network|altogether|in all|"
    r"ensemble)\b"
)
OWN_BEFORE = re.compile(
    r"\b(?:nous|nos|notre|mon|ma|mes|moi|on a|on aurait|on aura|on recevrait|on toucherait|j'ai|on en a|on compte|"
    r"our|ours|we have|we've|we|my|i have|"
    r"us)\b[^,;.!?\n\d]{0,40}$"
    r"|\b(?:un|une|a|an|le|the|this|ce|cette|notre|our) (?:(?:petite?|grande?|private|public|small|large|seule?) )?"
    r"(?:css|cs|organismes?|colleges?|ecoles?|schools?|(?:school )?boards?|centres?|commissions?|etablissements?|"
    r"bod(?:y|ies)|"
    r"institutions?)\b[^,;!?\n\d]{0,40}$"
)
OWN_AFTER = re.compile(r"[^,;.!?\n\d]{0,20}\b(?:ours|a nous|chez nous|for us|pour nous|notres|are mine|a moi)\b")
DENOMINATOR = re.compile(
    r"\s*(?:[^,;.!?()\n\d]{0,24}\b)?(?:sur|des|de|out of|of|on|/|parmi|among)(?: un total de| a total of| the| les|"
    r" ces)? *$"
)
MORE = re.compile(r" ?(?:[a-z']+ )?(?:de plus|supplementaires?|additionnel\w*|more|extra|additional|en plus)\b")
LESS = re.compile(r" ?(?:[a-z']+ )?(?:de moins|en moins|fewer|less)\b")
SECTOR_LATER = re.compile(
    r"^[^,;.!?\d]{0,24}?\b(?:en |au |in )?(?P<u>fgj|fp|jeunes|formation pro\w*|vocational|youth)\b"
)
ADD = re.compile(
    r"\b(?:ajout\w*|augment\w*(?: de)?|hauss\w*(?: de)?|bonifi\w*(?: de)?|add(?:ed|ing|s)?|increas\w*(?: by)?|"
    r"rais\w* by"
    r"|rose by|grew by|grows by|additional|another|extra|majore\w* de|gonfl\w* de|(?:up|plus) by)\b[^,;\d]{0,24}$"
)
CUT = re.compile(
    r"\b(?:retir\w*|enlev\w*|coup\w*(?: de)?|baiss\w*(?: de)?|diminu\w*(?: de)?|redui\w*(?: de)?|cuts?|"
    r"reduc\w*(?: by)?|remov\w*"
    r"|drop\w* by|fell by|decreas\w* by|ampute\w* de)\b[^,;\d]{0,24}$"
)
NO_AMOUNT_BETWEEN = re.compile(r"\b(?:a|de|to|from)\s*$")
BASE = re.compile(
    r"\b(?:montants? de base|base amounts?|base de|base of|une base|a base|montant fixe|part fixe|base)\b[^,;\d]{0,24}$"
)
TARGET = re.compile(
    r"\b(?:touch\w*|recev\w*|recoi\w*|obten\w*|obtien\w*|avoir|aura\w*|aurions|get\w*|receiv\w*|reach\w*|atteindre|attein\w*|cible|"
    r"vis\w+|target|parts? de|allocation (?:de|of)|share of|donne\w*|gives?|give us)\b[^,;\d]{0,32}$"
)
INVERSE = re.compile(
    r"\b(?:quelle|what|which|combien d')\W*(?:\w+ ){0,3}?(?:enveloppes?|envelope|budget)\b.{0,80}\b(?:fau\w+|"
    r"need\w*|requi\w*|necess\w*|"
    r"permet\w*|donner\w*|pour (?:que|avoir|obtenir|recevoir|toucher)|would (?:give|get|let)|so that)"
    r"|a l'inverse|inversement|\b(?:enveloppe|envelope) (?:\w+ ){0,4}(?:necessaire|requise|needed|required)"
    r"|how (?:big|large|much)\b.{0,40}\benvelope\b.{0,40}\b(?:need|have to|must|should)"
    r"|\b(?:faut|faudrait|need)\b.{0,30}\b(?:quelle|what|combien)\b.{0,20}\benveloppe"
)
STAYS = re.compile(
    r"total (?:reste|ne (?:change|bouge)|inchange|identique|stays|unchanged|the same)|meme total|same total|"
    r"sans changer le total"
    r"|total does ?n[o']t change"
)
FOLLOWS = re.compile(
    r"total (?:monte|augmente|bouge|suit|change|rises|goes up|increases|moves|also)|d'autant|accordingly|by as much"
)
NO_FP = re.compile(
    r"\b(?:no|aucun\w*|pas d[e']|sans|zero)\b ?(?:eleves? |students? )?(?:en |in )?(?:fp\b|formation pro\w*|vocational)"
)
FROM = re.compile(
    r"\b(?:pass\w*|mont\w*|augment\w*|baiss\w*|diminu\w*|chang\w*|goes|went|go|rises?|rose|grows?|drops?|fell|falls?|increas\w*|"
    r"moves?)\b[^,;\d]{0,24}\b(?:de|from) ?$"
)
TO = re.compile(r"\s*(?:a|to|vers|jusqu'a|->)\s*")
