"""How questions look in French and English, as patterns over `flat` text; nothing here knows what they are about."""

import re
import unicodedata

_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "œ": "o", "æ": "a"})


def flat(text: str) -> str:
    """Lower case, no accents, one apostrophe: each character for one, so that offsets stay."""
    return "".join(_bare(character) for character in text).translate(_ALIKE)


def _bare(character: str) -> str:
    if character in "ùÙ":  # « où » asks, « ou » does not
        return "ù"
    return unicodedata.normalize("NFD", character)[0].lower()[:1]


_PERSON = r"(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)"
_INVERTED = (
    rf"(?:ne |n'|y |en |me |m'|nous |vous |se |s'|le |la |les |l'|lui |leur )*[a-z]{{1,18}}-(?:t-)?{_PERSON}\b(?!-)"
)
_WH_FRENCH = (
    r"(?:quel(?:le)?s?|combien|comment|pourquoi|quand|où|qui|que|quoi|qu'(?:est-ce|en|y)|lesquel(?:le)?s|lequel"
    r"|laquelle|est-ce)\b"
)
_WH_ENGLISH = r"(?:what(?:'s)?|how|when|where|who|whom|whose|which|why)\b"
_BEFORE_WH = (
    r"(?:(?:a|au|aux|de|du|des|d'|pour|par|avec|dans|sur|en|sous|selon|depuis|jusqu'a|vers|chez|envers|a partir de"
    r"|to|for|by|with|in|on|under|from|at|until|since) ?)?"
)
_AUX_ENGLISH = (
    r"(?:is|are|was|were|do|does|did|can|could|should|would|will|may|must|has|have)(?:n't)? (?:not )?"
    r"(?:we|you|i|it|he|she|they|there|the|a|an|any|all|our|your|my|this|that|these|those|each|schools?|staff|boards?"
    r"|teachers?|measure|component|volet)\b"
)
WH = rf"{_BEFORE_WH}(?:{_WH_FRENCH}|{_WH_ENGLISH})"
INTERROGATIVE = rf"(?:{WH}|{_INVERTED}|{_AUX_ENGLISH}|c'est quoi\b|y a-t-il\b|(?:y )?a-t-on\b)"

STARTS = re.compile(INTERROGATIVE)
SURE = re.compile(
    rf"(?:est-ce qu|qu'est-ce qu|c['’ ]est (?:quoi|combien|qui|quand|où)\b|{_BEFORE_WH}quel(?:le)?s? (?:est|sont"
    rf"|serai(?:t|ent)|etai(?:t|ent))\b"
    rf"|{_BEFORE_WH}(?:quel(?:le)?s? \w+|combien)\b|(?:comment|pourquoi|quand|où) \S+-(?:t-)?{_PERSON}\b|{_INVERTED}"
    rf"|what(?:'s| (?:is|are|was|were|does|do|would|will|happens)\b)|how (?:much|many|is|are|do|does|can|should)\b"
    rf"|(?:who|when|where|why|which) (?:is|are|do|does|did|can|should|will|would|must|has|have)\b|{_AUX_ENGLISH})"
)
"""Openings that make a question even where the question mark was left out."""
_TELL = (
    r"(?:dire|indiquer|preciser|confirmer|expliquer|fournir|donner|envoyer|transmettre|communiquer|rappeler|eclairer"
    r"|renseigner|informer|simuler|calculer|estimer|verifier|valider|clarifier|resumer|demeler|decrire|enumerer"
    r"|nommer"
    r"|lister|comparer|definir|presenter|tell|say|explain|confirm|clarify|give|send|provide|specify|indicate|advise"
    r"|estimate|calculate|compute|simulate|describe|list|name|compare|define|summari[sz]e|share|check|verify|remind)"
)
REQUEST = re.compile(
    rf"(?:(?:pourri(?:ez|ons)|pouv(?:ez|ons)|peux|pourrais|peut|pourrait|voudri(?:ez|ons))-?(?: ?-?(?:vous|tu|on))?"
    rf"(?: bien)?(?: s'il vous plait| svp)?,? (?:m'|nous |me |l'|les |y )*(?:aider a )?{_TELL}\b"
    rf"|(?:merci de|veuillez|svp|s'il vous plait,?|priere de) (?:bien vouloir )?(?:me |m'|nous )*{_TELL}\b"
    r"(?! (?:la |une )?reception)"
    rf"|(?:serait|est)-il possible (?:de |d')(?:me |nous |m')*(?:{_TELL}|savoir|connaitre|obtenir|avoir)\b"
    r"|(?:je|on|nous) (?:voul(?:ais|ait|ions)) (?:aussi |egalement |vous )*(?:savoir|demander|connaitre|verifier)\b"
    r"|(?:j'aimerais?|je voudrais?|je souhaite(?:rais?)?|je veux|j'ai besoin de|je cherche a|j'essaie de"
    r"|on (?:aimerait"
    r"|voudrait|veut|cherche a)|nous (?:aimerions|voudrions|souhaitons|souhaiterions|desirons|cherchons a|voulons))"
    r" (?:bien |aussi |egalement |donc )*(?:savoir|connaitre|comprendre|obtenir|avoir|verifier|valider"
    r"|me faire confirmer)\b"
    r"|(?:je me|on se|nous nous) demand(?:e|ais?|ait|ons|ions)\b|\b(?:me|nous) demande(?:nt)?\b"
    r"|(?:dites|dis|indiquez|precisez|confirmez|expliquez|nommez)[- ](?:moi|nous)\b"
    r"|(?:^|[.:;!?] )(?:simule|calcule|donne|repartis|repartisse|fais|faite|explique|resume|liste|nomme|indique"
    r"|precise|confirme"
    r"|compare)[szr]?(?:[- ](?:moi|nous|le|la|les))?\b(?=.{8})"
    r"|^(?:simulate|calculate|compute|estimate|list|explain|show me|summari[sz]e|compare) (?=.{8})"
    rf"|(?:could|can|would|will) you (?:please |kindly |also )*(?:help (?:me|us) (?:to )?)?(?:{_TELL}|let (?:me"
    rf"|us) know)"
    r"\b(?! if you (?:need|have|require))"
    rf"|(?:please|kindly) (?:{_TELL}|let (?:me|us) know)\b(?! if you (?:need|have|require))|(?:tell|give) (?:me|us)\b"
    r"|(?:i(?:'d| would) (?:also )?(?:like|love)|we(?:'d| would) (?:also )?like|i (?:want|need)|we (?:want|need)) to"
    r" (?:know|understand|confirm|verify|find out|learn)\b"
    r"|(?:i|we)(?:'m| am|'re| are| was| were)? (?:also )?wonder(?:ing|s|ed)?\b)"
)
"""« Pourriez-vous m'indiquer », “I'd like to know”: what follows is asked, with or without a question mark."""
QUESTIONS = re.compile(r"\bquestions?\b[^:]*:\s*$")
"""« Voici mes questions : »: whatever is listed is asked."""
ASKED_INSIDE = re.compile(
    rf"(?:^|[\s,:(])(?:{_BEFORE_WH}(?:quel(?:le)?s?|combien|comment|pourquoi|est-ce|qu'est-ce|lequel|laquelle)\b"
    rf"|{_INVERTED}"
    r"|c'est quoi\b|(?:what|how|why|whose)\b)"
)
"""Signs of a question that may stand anywhere in it."""
ASKED_FIRST = re.compile(rf"\W*(?:{INTERROGATIVE}|(?:is|are|do|does|did|can|could|should|will|would|must|has|have) )")
SUBORDINATE = re.compile(r"(?:si|s'il|s'ils|if|whether|que|that) ?")
ANNOUNCES = re.compile(
    r"\b(?:questions?|points?|choses|elements|precisions|informations?|suivante?s?|items?|things|following)\b"
)
PLEASANTRY = re.compile(
    r"^\W*(?:(?:bon(?:jour|soir)|allo|salut|hi|hello)[ ,!]*)?(?:"
    r"comment (?:allez-vous|ca va|vas-tu|va la)|(?:vous allez|tu vas|ca va) (?:bien|toujours)|ca va\b|how are you"
    r"|how(?:'s| is) it going|hope (?:you|all|this)|j'espere que|merci|thank|thanks|au plaisir|n'hesitez"
    r"|please feel free"
    r"|(?:pouvez|pourriez|peux|pourrais|can|could|would)-? ?(?:vous|tu|you) (?:please |svp )?(?:(?:m'aider|nous aider"
    r"|help(?: me| us)?(?: out)?)(?: (?:avec|dans|with) (?:ca|cela|this|that|it|ce dossier))?\W*$"
    r"|(?:(?:y|me|nous|lui) )?(?:repondre|donner suite)|traiter (?:ce|cette|la)|prendre en charge|reply|respond"
    r"|answer"
    r"|handle|take care of)\b"
    r"|(?:d'accord|ok|n'est-ce pas|non|hein|right|correct|makes sense|c'est clair"
    r"|quelqu'un peut\b[^?]{0,40}repondre)\s*\?"
    r"|(?:pouvons-nous|peut-on|could we|can we) (?:se |nous )?(?:parler|rencontrer|talk|meet)\b"
    r")"
)
"""What has the form of a question or a request and asks nothing of the documents."""
GREETING = re.compile(
    r"(?:bon(?:jour|soir| matin)|allo|salut|hi|hello|hey|good (?:morning|afternoon|evening)|dear|madame|monsieur"
    r"|chers?"
    r"|cheres?)\b[^,.!?:\n]{0,40}[,!.:\n-]+\s*"
)
SUPPOSES = re.compile(r"\W*(?:si|s'ils?|if|when|lorsqu\w*|quand|comme|as|puisqu\w*|since|vu que|etant donne)\b ?(?!-)")
CONDITIONAL = re.compile(r"^\W*(?:si|s'il|if|au besoin|le cas echeant)\b[^?]*[^?]$", re.DOTALL)
LINK = re.compile(
    r"^(?:(?:et|pis|puis|mais|aussi|egalement|ensuite|enfin|finalement|par ailleurs|autre question|de plus|sinon|donc"
    r"|par curiosite|tant qu'a y etre|dernier(?:e)? (?:point|question|chose)|and|also|plus|but|finally|lastly|then|so"
    r"|next|another question|one more thing|out of curiosity)\b[ ,:]*)+"
)
ELLIPTIC = re.compile(
    r"^(?:(?:et|pis|puis|mais|and|but|alors|ou)\b[ ,]*)(?:si\b|(?:pour|dans|en|au|aux|a|de|du|des|la|le|les|l'"
    r"|avec|sur"
    r"|for|in|the|to|with|about|on)\b|\S+ ?\?)"
    r"|^(?:what|how) about\b|^(?:meme (?:chose|question)|same (?:thing|question))\b"
)
VERB = re.compile(
    rf"\b(?:est|sont|sera(?:it|ient)?|seront|etai(?:t|ent)|etes|sommes|(?:qui|il|elle|on|y|ne|ca|personne|a-t) a"
    rf"|n'a|ont|avons|avez|aur(?:a|ont|ait|ez|ions|ons)"
    rf"|avai(?:t|ent)|peu(?:t|x|vent)|peut-on|pou(?:vez|vons|rrait|rra)|doi(?:t|s|vent)|dev(?:ons|ez|rait|ra|rons)"
    rf"|faut"
    rf"|faudra(?:it)?|fai(?:t|re)|font|va|vont|veut|recoi(?:t|vent)|recev\w+|permet(?:tent)?|compt\w+|s'adress\w+"
    rf"|vise\w*"
    rf"|s'appelle\w*|ca|[a-z]{{2,}}(?:ait|aient|era|eront|erez|erons)|[a-z]+-(?:t-)?{_PERSON}|is|are|was|were|be"
    rf"|do|does|did|can|could|should|would|will|may|must|has"
    rf"|have|had|get|gets|apply|applies|count|counts)\b"
)
SVP = re.compile(r"\S+ \S+ .*\b(?:svp|s'il vous plait|s'il te plait|please)\W*$", re.DOTALL)
"""A bare noun with « svp » is asked for."""
POSSESSES = re.compile(
    r"\b(?:son|sa|ses|leurs?|its|their|his|her)\b|\b(?:en (?:est|fait|sont|font)|qu'en)\b"
    r"|(?<!-)\b(?:elle|ils|elles|it|they)\b"
    r"|(?<!-)\bil (?!faut|y a|existe|(?:pouvait|peut|pourrait|devrait) y|est (?:possible|permis|question))"
    r"|(?:^\W*|\b(?:quoi|qui|combien|comment|quand|où|pourquoi) )(?:se |s'|y |en |le |la |les )?"
    r"(?!a-t-il|faut-il|existe-t-il|s'agit-il|est-il (?:possible|permis))[a-z]+-(?:t-)?(?:il|elle|ils|elles)\b"
)
"""Pronouns that may stand for what the question before was about."""
_USED = (
    r"(?:offrir|utiliser|acheter|payer|financer|inclure|faire|prendre|mettre|obtenir|recevoir|remplir|envoyer|suivre"
    r"|demander|declarer|transmettre|deposer|nommer|designer|organiser|ajouter|deduire|calculer|partager|reporter)"
)
POINTS = re.compile(
    r"(?<!-)\b(?:ca|cela|ceci|cel(?:ui|le)-?(?:ci|la)|ce(?:ux|lles)-?(?:ci|la)|ce(?:t|tte|s)? "
    r"(?!type|genre|qu|courriel|message|sujet|anne|mois|semaine|session|automne|printemps|fois|jour|stade)\w+"
    rf"|(?:le |la |les |l'|leur |lui |y |en ){_USED}|la-dessus|(?:le|la|les|au|aux|du|des) memes?"
    r"|(?:en|y) (?:beneficier|parler|avons|avez)|l[ea'] ?(?:role|personne|poste|depense|activite|projet|situation)\b"
    r"(?! (?:de|d'|du|des|qui|pour))"
    r"|the (?:role|person|position|expense|activity|project)\b(?! (?:of|that|for))"
    r"|it|this|that one|these|those|them|they|the same|such)\b"
    r"|^\W*c'est(?! (?:quoi|combien|qui|quand)\b)|^\W*(?:est|sont|peu(?:t|vent)|doi(?:t|vent))-(?:ils?|elles?)\b"
    r"|^\W*est-ce qu'(?:il|elle)s?\b(?! (?:faut|y a|existe|est (?:possible|permis)))"
)
"""Words whose meaning stands in what was said before."""
COMPUTES = re.compile(
    r"\b(?:simul\w*|calcul\w*|estim\w*|combien (?:\w+ ){0,3}?(?:recev|recoi|touch|aur|obtien|obtiend|donner"
    r"|va-t-on)\w*"
    r"|(?:what|how much) would (?:we|i|our|my|the|each|it)|our share|notre part|quelle (?:part|allocation|somme)"
    r"|repartir"
    r"|would (?:we|each) (?:get|receive)|compute)\b"
)
"""A computation is asked for: the sentences that give its numbers go with it."""
LEADS_TO = re.compile(
    r".*\b(?P<topic>(?:au sujet d(?:e|es|u)|a propos d(?:e|es|u)|concernant|relative?s? a|portant sur|sur|about"
    r"|regarding|on)\b ?[^:?]{3,80}?)(?= ?:? *$)",
    re.DOTALL,
)
"""What the lead-in of a list is about: « deux choses au sujet de la 15158 »."""
JOINT = re.compile(
    r"(?:[,;]\s+|[,;]?\s+(?:et|puis|pis|ainsi que|and|as well as|mais|but)\s+(?:(?:aussi|egalement|also|then"
    r"|surtout)\s+)?)"
    rf"(?=(?P<start>{INTERROGATIVE}|si\b|s'ils?\b|que\b|qu'|if\b|whether\b|that\b))"
)
"""Where a sentence may pass from one question to the next."""
AND = re.compile(r"[,;]?\s+(?:et|ainsi que|and|as well as)\s+")
RELATIVE = re.compile(r"(?:qui|who|où|where|quand|when|que|qu'|which|that)\b")
BOTH = re.compile(
    r"(?P<first>d'une part|premierement|primo|tout d'abord|d'abord|first(?:ly)?"
    r"|on the one hand)\b,?\s*(?P<one>.+?)[,;]?\s*"
    r"(?:\b(?:et|and)\s+)?(?P<second>d'autre part|deuxiemement|secundo|ensuite|second(?:ly)?"
    r"|on the other hand)\b,?\s*"
    r"(?P<two>.+)",
    re.DOTALL,
)
TOPIC = re.compile(
    r"^(?:pour (?:le|la|les|l'|nos|notre|un|une)|concernant|au sujet d|en ce qui concerne|quant a|du cote d|cote "
    r"|a propos d"
    r"|dans le cadre d|for (?:the|our|a)|regarding|concerning|about|as for|under|dans (?:le|la|l'))[^,:?]{2,60}[,:] ?"
)
"""« Pour le volet 2, … »: what a sentence says at its start holds for all that it asks."""
ATTRIBUTES = tuple(
    re.compile(rf"\b(?:le |la |les |l'|the |an? |une? |son |sa |leur |its |your |vos |votre )?(?:{names})\b")
    for names in (
        r"montants?|sommes?|budgets?|amounts?|budget|funding|cout|cost",
        r"dates?|echeances?|delais?|deadlines?|calendrier|timeline|schedule",
        r"adresses?|courriel|coordonnees|e-?mail|address|contact|personne-ressource",
        r"definitions?|sens|definition|meaning",
        r"formulaires?|gabarits?|forms?|template",
        r"criteres?|conditions|criteria|requirements",
        r"formule|mode de calcul|regle d'allocation|formula|allocation rule",
        r"noms?|names?|titre|title",
        r"cibles?|targets?|objectifs?|objectives?",
    )
)
"""Kinds of things that a request names; two of different kinds joined by « et » are two questions."""
