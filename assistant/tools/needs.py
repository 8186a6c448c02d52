"""What a computation lacks, said so that a person can complete the question.

In: the figures, the names of the missing inputs (as in `Calculation.inputs`) or the numbers that are in doubt. Out: a
`Problem` of status `needs_input`, with a complete question whose blanks are dots: no invented amount ever stands in an
answer.
"""

import re
from collections.abc import Sequence

from assistant.conversation import Language, Problem, Status
from assistant.tools.errors import Wording
from assistant.tools.figures import Figures
from assistant.tools.formats import joined

_NAMES = {
    "measure": Wording("la mesure (15158 ou 30100)", "the measure (15158 or 30100)"),
    "volet": Wording("le volet de la mesure 15158 (1, 2 ou 3)", "the volet of measure 15158 (1, 2 or 3)"),
    "school_year": Wording("l’année scolaire visée", "the school year"),
    "envelope": Wording("le montant de l’enveloppe", "the amount of the envelope"),
    "envelopes": Wording("l’enveloppe de chacun des volets", "the envelope of each volet"),
    "number_of_bodies": Wording(
        "le nombre d’organismes qui se partagent l’enveloppe", "the number of bodies that share the envelope"
    ),
    "total_posts": Wording(
        "le total des postes d’enseignants, tous organismes "
        "confondus", "the total number of teaching posts of all bodies"
    ),
    "posts": Wording("le nombre de postes d’enseignants de l’organisme", "the number of teaching posts of the body"),
    "total_headcount": Wording(
        "l’effectif total (FGJ et FP) de tous les établissements", ("the total enrolment (youth and vocational) of "
                                                                   "all schools")
    ),
    "headcount": Wording(
        "l’effectif de l’établissement (FGJ et FP)", "the enrolment of the school (youth and vocational)"
    ),
    "target": Wording("l’allocation visée", "the allocation aimed at"),
    "body": Wording("l’organisme de la liste dont le nombre change", "the body of the list whose count changes"),
}  # fmt: skip
_QUOTED = {"measure": "guide.mesures_titre", "volet": "guide.trois_volets"}
_DOUBTS = {
    "posts": Wording(
        "si le nombre de postes donné est celui de votre organisme ou le total",
        "whether the number of posts given is that of your body or the total",
    ),
    "headcount": Wording(
        "si l’effectif donné est celui de votre établissement ou le total",
        "whether the enrolment given is that of your school or the total",
    ),
    "own": Wording(
        "lequel des nombres donnés est celui de votre organisme", "which of the numbers given is that of your body"
    ),
    "change": Wording(
        "si la variation donnée s’ajoute aux nombres donnés ou y est déjà comprise",
        "whether the change given comes on top of the numbers given or is already in them",
    ),
    "total": Wording("lequel des nombres donnés est le total", "which of the numbers given is the total"),
    "money": Wording("lequel des montants donnés est l’enveloppe", "which of the amounts given is the envelope"),
    "bodies": Wording("lequel des nombres d’organismes est le bon", "which number of bodies is the right one"),
}
_NOT_GIVEN = Wording(
    "Les documents ne donnent ni enveloppe, ni nombre de postes, ni effectif, ni liste d’organismes\u00a0: ces données "
    "sont à fournir.",
    (
        "The documents give no envelope, no number of posts, no enrolment and no list of bodies: these have to be "
        "supplied."
    ),
)
_EXAMPLES = {
    "posts": Wording(
        "Exemple de question complète\u00a0: «\u00a0Volet …, année scolaire …, enveloppe de … $, … organismes, … "
        "postes au "
        "total, … postes chez nous\u00a0: quelle serait notre part?\u00a0»",
        "Example of a complete question: “Volet …, school year …, envelope of $…, … bodies, … posts in total, … "
        "posts of "
        "ours: what would our share be?”",
    ),
    "headcount": Wording(
        "Exemple de question complète\u00a0: «\u00a0Mesure 30100, année scolaire …, enveloppe de … $, effectif "
        "total de … élèves, "
        "nous en avons … en FGJ et … en FP\u00a0: quelle serait notre part?\u00a0»",
        "Example of a complete question: “Measure 30100, school year …, envelope of $…, total enrolment of … students, "
        "… youth and … vocational students of ours: what would our share be?”",
    ),
    "list": Wording(
        "Exemple de question complète\u00a0: «\u00a0Volet …, année scolaire …, enveloppe de … $ à partager\u00a0: A "
        "… postes, "
        "B … postes, C … postes.\u00a0»",
        (
            "Example of a complete question: “Volet …, school year …, envelope of $… to share: A … posts, B … posts, C "
            "… posts.”"
        ),
    ),
    "inverse": Wording(
        "Exemple de question complète\u00a0: «\u00a0Quelle enveloppe du volet … faut-il pour que nous recevions … "
        "$, avec … "
        "organismes, … postes au total et … postes chez nous?\u00a0»",
        "Example of a complete question: “What envelope of volet … is needed for us to receive $…, with … bodies, … "
        "posts in "
        "total and … posts of ours?”",
    ),
}
Example = str
"""A key of the examples: `posts`, `headcount`, `list` or `inverse`."""


def problem(
    figures: Figures, language: Language, missing: Sequence[str], doubts: Sequence[str] = (), example: Example = "posts"
) -> Problem:
    """What to complete or to make clear, with an example; money questions go to the finance mailbox.

    Where the measure or the volet is missing, the guide's own words for them are quoted.
    """
    lacking = tuple(_NAMES[name][language] for name in missing)
    unclear = tuple(_DOUBTS[doubt][language] if doubt in _DOUBTS else _read_twice(doubt, language) for doubt in doubts)
    sentences: list[str] = []
    if lacking:
        start = (
            "Pour faire ce calcul, il manque\u00a0: "
            if language == "fr"
            else "To make this computation, the following is missing: "
        )
        sentences.append(f"{start}{joined(lacking, language)}.")
    if unclear:
        start = "À préciser\u00a0: " if language == "fr" else "To be made clear: "
        sentences.append(f"{start}{joined(unclear, language)}.")
    code = "missing_input" if lacking else "ambiguous_input"
    return Problem(
        Status.NEEDS_INPUT,
        code,
        (*sentences, _NOT_GIVEN[language], _EXAMPLES[example][language]),
        (*lacking, *unclear),
        sources=tuple(figures.passages[_QUOTED[name]] for name in missing if name in _QUOTED),
        referral="financement",
    )


def _read_twice(number: str, language: Language) -> str:
    if re.search(r"[.,]", number) is None:
        return f"ce que compte «\u00a0{number}\u00a0»" if language == "fr" else f"what “{number}” counts"
    if language == "fr":
        return f"comment lire «\u00a0{number}\u00a0» (séparateur de milliers ou décimale)"
    return f"how to read “{number}” (thousands separator or decimals)"
