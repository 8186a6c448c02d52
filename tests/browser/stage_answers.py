"""Answers for the stage: one of each kind, over the documents of `shelf()`, in French."""

from dataclasses import replace

from web_fakes import MemoryLibrary, answer, calculation, citation, entry, plan_library

from assistant.conversation import Answer, Calculation, Citation, Kind, Referral, Result, Statement, Status, Step

MAILBOX = "aide@exemple.org"


def shelf() -> MemoryLibrary:
    """Four documents of four authorities; the text of all is that of the plan."""
    plan = plan_library()
    entries = (
        entry(),
        entry("local", authority="local", validity="2023-2027"),
        entry("anonyme", authority="unknown", validity="unknown"),
        entry("lettre", status="historical", validity="2021"),
    )
    names = [one.id for one in entries]
    return MemoryLibrary(entries, dict.fromkeys(names, plan.texts["plan"]), dict.fromkeys(names, plan.segments["plan"]))


def cited(n: int, document: str, authority: str, validity: str, quote: str = "") -> Citation:
    """A citation of one of the documents."""
    found = citation(n, quote or f"Passage numéro {n} du document.")
    url = f"/documents/{document}?start={found.start}&end={found.end}#quote"
    return replace(found, document=document, title=document, authority=authority, validity=validity, url=url)


def said(status: Status, text: str, **more: object) -> Answer:
    """An answer of one statement of ours."""
    return answer(status, text=text, statements=(Statement(text, kind=Kind.FRAMING),), **{"citations": (), **more})


def working() -> Calculation:
    """A list of bodies, its working and all that is said with it."""
    return replace(
        calculation(),
        operation="list",
        results=(Result("CSS des Érables", "21990", "21990"), Result("CSS du Fleuve", "43978/1", "43978.50")),
        steps=(
            Step("Base", "1 × 21\u00a0989\u00a0$", "21989", "21\u00a0989\u00a0$"),
            Step("Solde", "65\u00a0968\u00a0$ − 21\u00a0989\u00a0$", "43979", "43\u00a0979\u00a0$"),
        ),
        inputs={"envelope": "65968.5", "posts:CSS des Érables": "12.5", "envelope_2": "1000"},
    )


def sources() -> tuple[Citation, ...]:
    """One of each authority, one historical."""
    return (
        cited(1, "plan", "ministry", "2024-2025", "Passage bien long. " * 20),
        cited(2, "local", "local", "2023-2027"),
        cited(3, "anonyme", "unknown", "unknown"),
        cited(4, "lettre", "ministry", "2021"),
    )


def states() -> dict[str, Answer]:
    """The answers of every status, and the blocks that an answer may have."""
    mail = Referral(MAILBOX, f"Pour une question financière, écrivez à {MAILBOX}.")
    claim = Statement("Voici ce que disent les sources [1][2][3][4].", (1, 2, 3, 4))
    conflict = ("La Stratégie annonce « Plus de 140 M$ » [1].", "Le document local affiche 139,6 M$ [2].")
    return {
        "answered": answer(text=claim.text, statements=(claim,), citations=sources()),
        "computed": answer(
            text="Simulation.", statements=(Statement("Simulation.", kind=Kind.COMPUTED),), calculation=working()
        ),
        "listed": answer(eligibility="explicitly_listed"),
        "close": answer(Status.PARTIALLY_ANSWERED, eligibility="close_to_a_listed_example"),
        "not_mentioned": said(
            Status.NOT_IN_DOCUMENTS, "Le guide ne le mentionne pas.", eligibility="not_mentioned", referral=mail
        ),
        "conflict": answer(text=claim.text, statements=(claim,), citations=sources(), conflicts=conflict),
        "silence": said(
            Status.NOT_IN_DOCUMENTS,
            "Les documents ne le disent pas.",
            nearest=(citation(),),
            citations=(citation(),),
            referral=mail,
        ),
        "needs_input": said(
            Status.NEEDS_INPUT,
            "Il manque des données.",
            missing=(
                "le volet de la mesure 15158 (1, 2 ou 3)",
                "le montant de l’enveloppe",
                "ce que compte «\u00a012\u00a0»",
            ),
        ),
        "out_of_scope": said(Status.OUT_OF_SCOPE, "Cette question sort du sujet."),
        "refused": said(Status.REFUSED, "Je ne peux pas donner suite."),
        "error": said(Status.ERROR, "Une erreur est survenue.", id=""),
    }
