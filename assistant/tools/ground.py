"""What an allocation rests on before any amount is known: the rule, the school year, the base amount, the language.

In: a measure, a volet, perhaps a school year and a base amount that the person supplies. Out: a `Ground`, with its
assumptions, warnings and quotes. Refuses a volet that did not exist that year, a measure that does not concern the
body, and a base amount that is not known for the year unless the person supplies one (labelled hypothesis).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import BodyType, Language, Parameter, SourceQuote
from assistant.tools.allocation import CENT, DOLLAR
from assistant.tools.errors import FigureUnknown, VoletNotInYear, Wording, WrongMeasure
from assistant.tools.figures import Figures
from assistant.tools.formats import exact, money

BASE_FIGURE = "guide.base_amount"
_VOLET_3_SINCE = "guide.volet_3_depuis"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a measure, or a volet of it, is shared: with a base amount or not, by posts or by headcount."""

    measure: str
    volet: str | None
    by_posts: bool
    has_base: bool
    passages: tuple[str, ...]


_VOLETS_2_3 = ("guide.volets_2_3_prorata", "guide.volets_2_3_meme_formule")
RULES = (
    Rule("15158", "1", by_posts=True, has_base=True, passages=("guide.volet_1_base", "guide.volet_1_solde")),
    Rule("15158", "2", by_posts=True, has_base=False, passages=_VOLETS_2_3),
    Rule("15158", "3", by_posts=True, has_base=False, passages=_VOLETS_2_3),
    Rule("30100", None, by_posts=False, has_base=False, passages=("guide.mesure_30100_prorata",)),
)
SEPARATE_RULES = re.compile(
    r"\bcri(?:e|s|es)\b|\bcree (?:school )?(?:board|nation)\b|\beeyou\b|\bkativik\b|\blittoral\b|\bnaskapis?\b"
)
"""Bodies with budget rules of their own, by the words of their names, folded; public knowledge, not in the corpus."""
MEASURES = tuple(dict.fromkeys(rule.measure for rule in RULES))
VOLETS = tuple(rule.volet for rule in RULES if rule.volet)


@dataclass(frozen=True, slots=True)
class Ground:
    """A rule ready to be applied; every sentence is in the language of the answer."""

    figures: Figures
    language: Language
    rule: Rule
    school_year: str
    base: Parameter | None
    unit: Fraction
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def base_amount(self) -> Fraction:
        """The base amount per body; zero under a rule that has none."""
        return Fraction(self.base.value) if self.base else Fraction(0)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The figures that the computation quotes."""
        return (self.base,) if self.base else ()

    @property
    def sources(self) -> tuple[SourceQuote, ...]:
        """The sentences of the documents that state the rule, then those of the figures."""
        rule = tuple(self.figures.passages[name] for name in self.rule.passages)
        known = self.figures[BASE_FIGURE].values[-1]
        base = (known.source,) if self.base or self.school_year != known.start else ()
        return rule + base

    @property
    def title(self) -> str:
        """The measure, the volet and the year, as a sentence names them."""
        return named(self.language, self.rule, self.school_year)

    def say(self, fr: str, en: str) -> str:
        """The sentence in the language of the answer."""
        return fr if self.language == "fr" else en

    def money(self, amount: Fraction, *, cents: bool | None = None) -> str:
        """An amount as people write it in the language of the answer."""
        return money(amount, self.language, cents=cents)

    def rounded(self, amount: Fraction) -> str:
        """An amount at the rounding unit."""
        return money(amount, self.language, cents=self.unit == CENT)


def named(language: Language, rule: Rule, school_year: str) -> str:
    """« mesure 15158, volet 1, 2024-2025 » or its English form."""
    measure = f"mesure {rule.measure}" if language == "fr" else f"measure {rule.measure}"
    volet = (f"volet {rule.volet}",) if rule.volet else ()
    return ", ".join((measure, *volet, school_year))


def rule_for(measure: str, volet: str | None) -> Rule:
    """The rule of a measure and volet; `KeyError` when there is none (30100 has no volet)."""
    for rule in RULES:
        if rule.measure == measure and rule.volet == volet:
            return rule
    raise KeyError((measure, volet))


def documented_year(figures: Figures) -> str:
    """The school year that the guide documents: the one its base amount is given for."""
    return figures[BASE_FIGURE].values[-1].start


def lay_ground(  # noqa: PLR0913 (one argument for each thing a rule depends on)
    figures: Figures,
    language: Language,
    measure: str,
    volet: str | None,
    school_year: str | None = None,
    *,
    base: Fraction | None = None,
    unit: Fraction = DOLLAR,
    body_type: BodyType | None = None,
) -> Ground:
    """Everything the rule needs but the amounts; see the module for what it refuses."""
    rule = rule_for(measure, volet)
    check_body_type(figures, measure, body_type)
    year = school_year or documented_year(figures)
    _check_volet(figures, rule, year)
    parameter = _base(figures, language, year, base) if rule.has_base else None
    assumptions = _assumptions(figures, language, rule, year, assumed=school_year is None)
    if parameter and parameter.status == "hypothesis":
        assumptions = (*assumptions, _hypothesis(language, base or Fraction(0), figures))
    warnings = (_KEY_WARNING[language],) if rule.by_posts else ()
    return Ground(figures, language, rule, year, parameter, unit, assumptions, warnings)


def check_body_type(figures: Figures, measure: str, body_type: BodyType | None) -> None:
    """Refuse a private school under 15158 and a public body under 30100, with the sentence of the guide."""
    private_only = measure == "30100"
    if body_type is None or (body_type == "private") is private_only:
        return
    sentence = _PRIVATE_UNDER_15158 if body_type == "private" else _PUBLIC_UNDER_30100
    raise WrongMeasure(sentence, [figures.passages[name] for name in _WHO_GETS_WHAT[body_type]])


def _check_volet(figures: Figures, rule: Rule, year: str) -> None:
    since = int(figures[_VOLET_3_SINCE].sole.exact)
    first = f"{since}-{since + 1}"
    if rule.volet == "3" and year < first:
        raise VoletNotInYear(
            Wording(
                f"Le guide présente le volet 3 comme nouveau en {first}\u00a0: "
                f"il n’y a donc pas d’allocation de volet 3 à calculer pour {year}.",
                f"The guide presents volet 3 as new in {first}: there is no volet 3 allocation to compute for {year}.",
            ),
            [figures.passages["guide.volet_3_nouveau"]],
        )


def _base(figures: Figures, language: Language, year: str, supplied: Fraction | None) -> Parameter:
    if supplied is None:
        try:
            return figures.parameter(BASE_FIGURE, year, language)
        except FigureUnknown as error:
            raise FigureUnknown(_base_unknown(figures, year), error.sources) from error
    label = "Montant de base supposé par organisme" if language == "fr" else "Assumed base amount per body"
    return Parameter("hypothesis.base_amount", label, exact(supplied), "$", "hypothesis", year)


def base_unknown(figures: Figures, year: str) -> FigureUnknown:
    """The refusal for the base amount of a year that the documents do not cover."""
    return FigureUnknown(_base_unknown(figures, year), [figures[BASE_FIGURE].values[-1].source])


def _base_unknown(figures: Figures, year: str) -> Wording:
    known = figures[BASE_FIGURE].values[-1]
    return Wording(
        f"Les documents ne donnent pas le montant de base pour {year}. Il n’y figure que pour {known.start}\u00a0: "
        f"{money(known.exact, 'fr')} par organisme scolaire, à titre indicatif. Si vous fournissez un montant de base, "
        "le calcul peut être fait avec cette valeur, présentée comme une hypothèse.",
        f"The documents do not give the base amount for {year}. It is given for {known.start} only: "
        f"{money(known.exact, 'en')} per school body, for information. If you supply a base amount, the computation "
        "can be made with that value, labelled as a hypothesis.",
    )


def _hypothesis(language: Language, base: Fraction, figures: Figures) -> str:
    known = figures[BASE_FIGURE].values[-1]
    if language == "fr":
        return (
            f"Le montant de base de {money(base, 'fr')} est une hypothèse fournie dans la question; le seul montant "
            f"documenté est {money(known.exact, 'fr')} pour {known.start}, à titre indicatif."
        )
    return (
        f"The base amount of {money(base, 'en')} is a hypothesis given in the question; the only documented amount is "
        f"{money(known.exact, 'en')} for {known.start}, for information."
    )


def _assumptions(figures: Figures, language: Language, rule: Rule, year: str, *, assumed: bool) -> tuple[str, ...]:
    documented = documented_year(figures)
    french = language == "fr"
    said = [_INPUTS[language]]
    if assumed:
        said.append(
            f"Année scolaire {year}, la seule que le guide documente, faute d’une année dans la question."
            if french
            else f"School year {year}, the only one the guide documents, as the question names none."
        )
    elif year != documented:
        said.append(
            f"Le guide vise {documented}; on suppose que la même formule vaut pour {year}."
            if french
            else f"The guide covers {documented}; the same formula is assumed to hold for {year}."
        )
    if rule.volet:
        said.append(_ENVELOPE_OF_VOLET[language])
    return tuple(said)


_INPUTS = Wording(
    "L’enveloppe et les nombres viennent de la question; les documents n’en donnent aucun.",
    "The envelope and the counts come from the question; the documents give none.",
)
_ENVELOPE_OF_VOLET = Wording(
    "L’enveloppe donnée est celle du volet; le guide parle de l’enveloppe de la mesure sans préciser celle de chaque "
    "volet.",
    "The envelope given is that of the volet; the guide speaks of the envelope of the measure without saying that of "
    "each volet.",
)
_KEY_WARNING = Wording(
    "La clé de répartition est le nombre de postes d’enseignants calculé par le Ministère; un autre décompte donnerait "
    "un autre montant.",
    "The allocation key is the number of teaching posts calculated by the Ministry; another count would give another "
    "amount.",
)
_WHO_GETS_WHAT: Mapping[BodyType, tuple[str, ...]] = {
    "private": ("guide.mesure_30100_prive", "guide.mesure_30100_prorata"),
    "public": ("guide.mesure_30100_prive", "guide.mesures_titre"),
}
_PRIVATE_UNDER_15158 = Wording(
    "La mesure 15158 ne s’applique pas à un établissement d’enseignement privé\u00a0: c’est la mesure 30100 qui lui "
    "est "
    "destinée. Elle est répartie au prorata de l’effectif scolaire, sans montant de base. Pour une simulation, donnez "
    "l’enveloppe de la mesure 30100, l’effectif total et le vôtre (formation générale des jeunes et formation "
    "professionnelle).",
    "Measure 15158 does not apply to a private educational institution: measure 30100 is the one intended for it. "
    "It is "
    "shared in proportion to enrolment, with no base amount. For a simulation, give the envelope of measure 30100, the "
    "total enrolment and yours (youth general education and vocational training).",
)
_PUBLIC_UNDER_30100 = Wording(
    "La mesure 30100 est destinée aux établissements d’enseignement privés agréés aux fins de subventions; un "
    "centre de "
    "services scolaire ou une commission scolaire relève de la mesure 15158. Pour une simulation, donnez le volet, "
    "l’enveloppe, le total des postes et les vôtres.",
    "Measure 30100 is intended for private educational institutions accredited for subsidies; a school service centre "
    "or a school board comes under measure 15158. For a simulation, give the volet, the envelope, the total posts and "
    "yours.",
)
SEPARATE = Wording(
    "Des règles budgétaires distinctes s’appliquent aux organismes cris, inuits et naskapis et à celui du "
    "Littoral\u00a0: "
    "la formule du guide n’est pas appliquée à leur cas sans confirmation.",
    "Separate budget rules apply to the Cree, Inuit and Naskapi bodies and to that of the Littoral: the formula of the "
    "guide is not applied to their case without confirmation.",
)
