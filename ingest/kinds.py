"""What a paragraph of running text is for: decided from its words and the headings above it."""

import re

from ingest.documents import UnitKind

_RULES = (
    (UnitKind.CONTACT, re.compile(r"\b(courriel|e-mail|adresse électronique)\s*:|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)),
    (
        UnitKind.ALLOCATION_RULE,
        re.compile(r"\b(au prorata|est répartie?|montant de base)\b", re.IGNORECASE),
    ),
    (UnitKind.FIGURE, re.compile(r"\d\s*(M\s*\$|\$|%|millions?\b)|\bmillions de dollars", re.IGNORECASE)),
    (
        UnitKind.DEFINITION,
        re.compile(
            r"\b(se définit|se définir|est définie? comme|peut être décrite? comme|consiste(nt)? à|consiste, pour"
            r"|est l’acte de|pour désigner|est un type d|est un outil|reposent sur un mécanisme|visent le transfert"
            r"|a pour mandat|pourrait avoir pour mandat|on entend par|désigne|correspond(ent)? à une?|c’est-à-dire)\b",
            re.IGNORECASE,
        ),
    ),
    (
        UnitKind.DEADLINE,
        re.compile(
            r"\b(date limite|échéance|au plus tard|reddition de comptes|avant le \d|d’ici (le|juin))", re.IGNORECASE
        ),
    ),
)
_UNDER_DEFINITIONS = re.compile(r"\bdéfinitions?\b", re.IGNORECASE)
_UNDER_RULES = re.compile(r"\bnormes d’allocation\b|\bformule\b", re.IGNORECASE)


_EXAMPLES = re.compile(
    r"\b(exemples?|pourraient|pourrait|notamment|tels? que|telles? que|examples?|such as|could)\b", re.IGNORECASE
)


def announces_examples(sentence: str) -> bool:
    """Whether the list under this sentence gives examples, and not all there is."""
    return bool(_EXAMPLES.search(sentence))


def kind_of(text: str, titles: tuple[str, ...] = ()) -> UnitKind:
    """The kind of a paragraph; headings that announce definitions or allocation norms decide before its words."""
    if titles and _UNDER_RULES.search(titles[-1]):
        return UnitKind.ALLOCATION_RULE
    if any(_UNDER_DEFINITIONS.search(title) for title in titles):
        return UnitKind.DEFINITION
    for kind, pattern in _RULES:
        if pattern.search(text.replace("'", "’")):
            return kind
    return UnitKind.NARRATIVE
