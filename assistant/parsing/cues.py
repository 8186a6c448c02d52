"""The words that say which part a number plays: total, one's own, base, target, change, envelope asked for.

Patterns over folded text: those called `_BEFORE` end where the number starts, those called `_AFTER` start where
it ends.
"""

import re

TOTAL_BEFORE = re.compile(
    r"\b(?:total\w*|en tout|ensemble|reseau|network|overall|province\w*|combined|cumul\w*|tou(?:s|tes) (?:les|nos)?"
    r"|all (?:the )?(?:schools|boards|bodies)|somme|il y a|there (?:are|is))\b(?:(?!\b(?:avec|with)\b)[^;!?\n]){0,60}$"
)
TOTAL_OF_THE_ONE_BEFORE = re.compile(
    r"^[^,;.!?\n\d]{0,12}\b(?:au total|en tout|in total|total|overall|in all)(?= ?[,;.:?!)]| et | and |$)"
)
TOTAL_AFTER = re.compile(
    r"[^,;.!?\n\d]{0,30}\b(?:au total|en tout|total|in total|overall|province|reseau|network|altogether|in all|"
    r"ensemble)\b"
)
OWN_BEFORE = re.compile(
    r"\b(?:nous|nos|notre|mon|ma|mes|moi|on a|on avait|on en avait|on aurait|on aura|on recevrait|"
    r"on toucherait|j'ai|on en a|on compte|"
    r"our|ours|we have|we had|we've|we|my|i have|i had|j'avais|"
    r"us)\b[^,;.!?\n\d]{0,40}$"
    r"|\b(?:un|une|a|an|le|the|this|ce|cette|notre|our) (?:(?:petite?|grande?|private|public|small|large|seule?) )?"
    r"(?:css|cs|organismes?|colleges?|ecoles?|schools?|(?:school )?boards?|centres?|commissions?|etablissements?|"
    r"bod(?:y|ies)|"
    r"institutions?)\b[^,;!?\n\d]{0,40}$"
)
OWN_BECOMES = re.compile(
    r"\b(?:on|nous|we|je|i|nos postes|our posts)\b[^,;.!?\n\d]{0,12}\b(?:pass\w*|mont\w*|grimp\w*|tomb\w*|descend\w*|"
    r"baiss\w*|went|go|goes|drop\w*|rose|fell) (?:a|to|down to|up to) ?$"
)
OWN_AFTER = re.compile(r"[^,;.!?\n\d]{0,20}\b(?:ours|a nous|chez nous|for us|pour nous|notres|are mine|a moi)\b")
DENOMINATOR = re.compile(
    r"[\s,]*(?:[^,;.!?()\n\d]{0,24}\b)?(?:sur|des|de|out of|of|on|/|parmi|among)(?: un total de| a total of| the| les|"
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
    r"\b(?:montants? de base|base amounts?|base de|base of|une base|a base|montant fixe|part fixe|base)\b"
    r"(?:(?!enveloppe|envelope|budget)[^,;\d]){0,24}$"
)
BASE_OF_EACH = re.compile(r" ?(?:par|per|pour chaque|for each) (?:organisme|css|cs|centre|commission|body|board|org)\b")
TIMES = re.compile(r"\s*(?:a|at|x|×|\*|fois|times|@)\s*")
RECEIVED = re.compile(
    r"\b(?:(?:recu\w*|recev\w*|recoi\w*|touch\w*|obten\w*|obtien\w*|eu|got|gets?|getting|receiv\w*)"
    r"|(?:notre|ma|our|my) (?:part|quote-part|share|allocation) (?:est|etait|serait|is|was|would be)(?: de)?"
    r"|(?:nous|us) (?:a |ont |have |has )?(?:donn\w*|vers\w*|accord\w*|allou\w*|octroy\w*|give\w*|gave|"
    r"pa(?:id|ys?)|sent))"
    r"(?: (?:environ|about|around|exactement|exactly|a peu pres|autour de|pres de|seulement|only|"
    r"un montant de|une somme de"
    r"|la somme de|le montant de|a total of|an amount of|au total|deja|already))*\s*$"
)
_NOT_THE_ENVELOPE = (
    r"(?!(?:part|portion|montants?|pourcentage|proportion|share|amounts?|valeur|value|allocation|formule|"
    r"formula|recev\w*|"
    r"recoi\w*|touch\w*|aur\w*|receive\w*|gets?|avec|with|si|if|on|nous|we|i|you)\b)"
)
ASKED_ENVELOPE = re.compile(
    rf"\b(?:quel\w*|what|which) (?:{_NOT_THE_ENVELOPE}[^\s,;:.?]+ ){{0,6}}?(?:l'|d')?(?:enveloppe|envelope|budget)\b"
    r"|\b(?:enveloppe|envelope) de combien\b|\bde combien\b[^,;.?]{0,30}\benveloppe\b"
    r"|\bcombien [^,;.?]{0,20}\b(?:dans|comme) (?:l'|une )enveloppe\b|\bhow (?:big|large) [^,;.?]{0,30}\benvelope\b"
)
_FILLERS = r"(?: (?:de|d'|by|of|environ|about|another|encore|d'environ|peut-etre|maybe|some))*\s*$"
_IF = (
    r"(?:\b(?:si|s'il|if|suppos\w*|imagin\w*|mettons|admettons|say)\b[^;.:!?\n\d]{0,30}|^\W*(?:(?:et|and|"
    r"pis|ok|maintenant|now) )?)"
)
_NOT_YET = r"(?<!\ba )(?<!\bai )(?<!\bont )(?<!\bavons )(?<!\bhave )(?<!\bhas )(?<!\bhad )"
GAINS = re.compile(
    _IF
    + _NOT_YET
    + r"\b(?:gagn\w*|gain(?:s|ed)?|ajout\w*|embauch\w*|engag\w*|recrut\w*|hir(?:e|es|ed|ing)|add(?:s|ed|ing)?|"
    r"augment\w*|mont(?:e|ent|ait|aient|era|erait)|increas\w*|grow\w*|grew|rose|hauss\w*)"
    + _FILLERS
    + r"|\bplus"
    + _FILLERS
)
LOSES = re.compile(
    _IF
    + _NOT_YET
    + r"\b(?:perd\w*|los[et]\w*|retir\w*|coup\w*|enlev\w*|abol\w*|remov\w*|cut(?:s|ting)?|drop(?:s|ped|ping)?|"
    r"baiss\w*|diminu\w*|redui\w*|decreas\w*)" + _FILLERS + r"|\b(?:moins|minus)" + _FILLERS
)
"""A count that would come on top, or go: supposed (« si on perdait 25 élèves ») or asked for (« ajoute 40 postes »)."""
COMPARED = re.compile(r"[^,;.!?\n\d]{0,30}\b(?:de plus|de moins|more|fewer|less|up|down) (?:que|qu'|than|from)\b")
CHANGING = re.compile(
    r"\b(?:gagn\w*|gain(?:s|ed)?|ajout\w*|embauch\w*|engag\w*|recrut\w*|hir(?:e|es|ed|ing)|add(?:s|ed|ing)?|perd\w*|"
    r"los[et]\w*|retir\w*|coup\w*|enlev\w*|abol\w*|remov\w*|cut(?:s|ting)?|laid off|ferm\w*|ouvr\w*|clos\w*|open\w*|"
    r"quitt\w*|left|retrait\w*|manqu\w*|missing|lack\w*|up|down)\b[^,;.!?\n\d]{0,30}$"
)
"""A verb of change that is not right before the number: what it does to the count is not plain."""
SUPPOSES = re.compile(r"\b(?:si|s'il|if|suppos\w*|imagin\w*|mettons|admettons|assum\w*|would|hypoth\w*)\b")
SHARE_OF = re.compile(
    r"\s*(?:des?|du|de l'|d'|de tous les|de l'ensemble des?|of|of the|of all|of all the|"
    r"of our)\s*(?:nombre )?(?:total|postes?|"
    r"enseignant\w*|effectifs?|eleves?|posts?|teach\w*|students?|pupils?|enrol?lment|reseau|network|"
    r"province|key|cle|etc)\b"
)
SHARE_BEFORE = re.compile(
    r"\b(?:represent\w*|poids|compte pour|make up|account for|on a|on est|nous avons|nous sommes|we have|we are|we're|"
    r"(?:notre|our) (?:part|share|poids) (?:est|is|etait|was))[^,;.\d]{0,16}$"
)
JOINS = re.compile(
    r"\s*(?:,|;|/|\bet\b|\band\b|\bou\b|\bor\b|\bplus\b|\+|&|\bpuis\b|\bthen\b|\ba\b|\bto\b|-|\(|\s)+\s*"
)
CLAUSE_ENDS = re.compile(r"[.;!?\n]")
SEVERAL_YEARS = re.compile(
    r"\b(?:sur|pour|pendant|over|for|across|during|aux|en) (?:les |the )?(?:prochaine?s |"
    r"next )?(?P<n>\d+ (?:ans|annees|years))\b"
)
FOREIGN = re.compile(r" ?(?:€|euros?\b|eur\b|usd\b|us\b|£|pounds\b)")
REPLACES = re.compile(r"\b(?:avec|with|a|to|have|had|avait|avions|ai|avais|est|etait|is|was|plutot|instead|c'est) $")
TARGET = re.compile(
    r"\b(?:touch\w*|recev\w*|recoi\w*|obten\w*|obtien\w*|avoir|aura\w*|aurions|get\w*|receiv\w*|reach\w*|"
    r"atteindre|attein\w*|cible|"
    r"vis\w+|target|parts? de|allocation (?:de|of)|share of|donne\w*|gives?|give us|"
    r"(?:part|share|allocation|montant|amount) (?:est|serait|etait|is|was|would be)|veut|veux|voulons|"
    r"voudr\w+|want|wants|besoin|need)\b"
    r"(?:(?!enveloppe|envelope|budget)[^,;\d]){0,32}$"
)
INVERSE = re.compile(
    r"\b(?:quelle|what|which|combien d')\W*(?:\w+ ){0,3}?(?:enveloppes?|envelope|budget)\b.{0,80}\b(?:fau\w+|"
    r"need\w*|requi\w*|necess\w*|"
    r"permet\w*|donner\w*|pour (?:que|avoir|obtenir|recevoir|toucher)|would (?:give|get|let)|so that)"
    r"|a l'inverse|inversement|\b(?:enveloppe|envelope) (?:\w+ ){0,4}(?:necessaire|requise|needed|required)"
    r"|how (?:big|large|much)\b.{0,40}\benvelope\b.{0,40}\b(?:need|have to|must|should)"
    r"|how (?:big|large)\b.{0,20}\b(?:must|should|would|does)\b.{0,15}\benvelope"
    r"|\b(?:faut|faudrait|need)\b.{0,30}\b(?:quelle|what|combien)\b.{0,20}\benveloppe"
    r"|\b(?:fau\w+|devrait|need\w*|must|should)\b.{0,30}\b(?:enveloppe|envelope)\b.{0,20}\b(?:combien|how (?:much|big))"
    r"|\b(?:pour (?:que|qu'|recevoir|avoir|obtenir|toucher)|to (?:get|receive))\b.{0,80}\b(?:enveloppe|"
    r"envelope)\b.{0,30}"
    r"\b(?:combien|quelle|what|how (?:much|big))"
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
    r"\b(?:pass\w*|mont\w*|augment\w*|baiss\w*|diminu\w*|chang\w*|goes|went|go|rises?|rose|grows?|drops?|"
    r"fell|falls?|increas\w*|"
    r"moves?)\b[^,;\d]{0,24}\b(?:de|from) ?$"
)
TO = re.compile(r"\s*(?:a|to|vers|jusqu'a|->)\s*")
