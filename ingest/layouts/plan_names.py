"""Names of persons in a cell that says who is responsible.

In: the text of such a cell. Out: where the names stand. A name is told by its form: two capitalised words or more in
a row (or an initial and a word), none of which names a service, a body or a role; acronyms are not capitalised words.
A lone capitalised word is never taken for a name.
"""

import re
from collections.abc import Iterator

_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞŒ", "a-zà-öø-ÿœ"
_ORGANISATION = (
    r"(?:Adaptation|Adjoint|Administrat|Affaires|Agent|Bureau|Centre|Comité|Commission|Communication|Conseil"
    r"|Coordination|Coordonnat|Département|Direct|École|Éducation|Employeur|Enseign|Équipe|Éthique|Formation"
    r"|Gestion|Informatique|Ministère|Ordre|Organisation|Personnel|Préscolaire|Primaire|Professionnel|Programme"
    r"|Projet|Responsable|Ressource|Réussite|Secondaire|Secrétariat|Secteur|Service|Soutien|Syndicat|Table|Technicien"
    r"|Technologie|Transport|Universit)"
)
_WORD = rf"(?!{_ORGANISATION})(?:[{_UPPER}]['’])?[{_UPPER}][{_LOWER}]+(?:[-'’]?[{_UPPER}][{_LOWER}]+)*(?!\w)"
_INITIAL = rf"[{_UPPER}]\.(?:-?[{_UPPER}]\.)*"
_PARTICLE = r"(?:de\s+la|de|du|des|le|la|van|von)"
_NAME = re.compile(rf"(?<![\w’'-])(?:{_WORD}|{_INITIAL})(?:\s+(?:{_PARTICLE}\s+)?(?:{_INITIAL}\s*)?{_WORD})+")


def personal_names(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of `text` that hold names of persons; neighbouring names come as one."""
    for match in _NAME.finditer(text):
        yield match.span()
