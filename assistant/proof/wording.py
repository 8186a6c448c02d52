"""The force, the scope and the sides of a statement are those of its source."""

from collections.abc import Iterator

from assistant.proof.lexicon import lexicon
from assistant.proof.values import Claim, Finding, numbered


def verdict_findings(claim: Claim) -> Iterator[Finding]:
    """An expense is called allowed or forbidden only where the source says so; an example is called an example."""
    words = lexicon()
    sources = [one.around for one in claim.evidence]
    given_as_example = words.has("as_example", claim.plain) and any(
        one.is_example or words.has("conditional", one.plain) for one in claim.evidence
    )
    for clause in claim.clauses:
        if clause.silent:
            continue
        forbids, allows = words.has("forbidden", clause.text), words.has("allowed", clause.text)
        if forbids and not any(words.has("forbidden", source) for source in sources):
            yield Finding("eligibility", "it says that something is forbidden; its source does not")
        unfounded = not given_as_example and not any(words.has("allowed", source) for source in sources)
        if allows and not forbids and unfounded:
            yield Finding("eligibility", "it says that something is allowed; say what the guide gives as an example")


def force_findings(claim: Claim) -> Iterator[Finding]:
    """« pourrait » is no « doit »; « devrait » is no « doit »; only what the source restricts is restricted."""
    words = lexicon()
    sources = " | ".join(one.plain for one in claim.evidence)
    said = claim.said
    if not sources or claim.computed:
        return
    aims = all(one.is_target for one in claim.evidence)
    if words.has("duty", said) and not words.has("duty", sources) and not aims:
        yield Finding("force", "it makes an obligation of what its source does not require")
    softened = any(words.has(family, said) for family in ("maybe", "duty_softer", "as_example", "conditional"))
    if all(words.has("conditional", one.plain) for one in claim.evidence) and not softened and said:
        yield Finding("force", "its source says “pourrait” or “devrait”; it states a fact")
    if words.has("only", said) and not words.has("only", sources) and not words.has("only_said", said):
        yield Finding("force", "it says “only”; its source does not")


def side_findings(claim: Claim) -> Iterator[Finding]:
    """Private is not public, before is not after, an increase is not a cut."""
    around = " | ".join(one.around for one in claim.evidence)
    said = " | ".join(clause.text for clause in claim.clauses if not clause.denies)
    if not around or claim.computed:
        return
    for contrast in lexicon().contrasts:
        for mine, other in ((contrast.one, contrast.other), (contrast.other, contrast.one)):
            if mine.search(said) and not other.search(said) and other.search(around) and not mine.search(around):
                word = mine.search(said)
                yield Finding("side", f"“{word[0] if word else ''}” is not what its source says")


def scope_findings(claim: Claim) -> Iterator[Finding]:
    """A volet, an axis, an action, an objective or a measure is named only where a passage is about it."""
    known: dict[str, set[str]] = {}
    for one in claim.evidence:
        for key, values in one.numbers.items():
            known.setdefault(key, set()).update(values)
    computed = set(claim.computed)
    echoed = numbered(claim.echoed.lower())
    for clause in claim.clauses:
        for key, values in numbered(clause.text).items():
            allowed = known.get(key, set()) | (echoed.get(key, frozenset()) if clause.denies else frozenset())
            allowed |= claim.named if clause.silent else frozenset()
            wrong = {value for value in values - allowed if value not in computed}
            if wrong:
                yield Finding("scope", f"no passage it rests on is about {key} {', '.join(sorted(wrong))}")
