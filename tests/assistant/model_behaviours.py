"""What language models were seen to do, scripted: each behaviour with who must have written the answer.

`python tests/assistant/model_behaviours.py` plays them all and prints the table of `docs/language-model.md`.
"""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from model_server import Calls, Cut, Endless, Move, Mute, Raw, Redirect, Refuse, Request, Script, Silent, Text
from model_world import BASE, FAST, QUOTE, TRUE, assistant, said

from assistant.conversation import Answer, Question

MODEL, TRIMMED, FALLBACK = "model", "model, trimmed", "deterministic"
NOISE = "��\x07 zzz qwerty {{{ lorem 99 999 $"
VOLET2 = "La formule est la même pour les volets 2 et 3 de la mesure."
COMPUTE = "Volet 2: enveloppe de 1 000 000 $ et 1200 postes d’enseignants sur 2000. Quelle est notre part?"
SHARE = {
    "measure": "15158", "volet": "2", "school_year": "2024-2025", "envelope": "1000000", "weight": "1200",
    "total": "2000",
}  # fmt: skip


@dataclass(frozen=True)
class Behaviour:
    """What a model does; whose answer is served; the reason that the engine gives; what may not be in the text."""

    name: str
    script: Script
    served: str
    reason: str = ""
    never: Sequence[str] = ()
    question: str = BASE
    options: dict[str, Any] = field(default_factory=dict)


def call(*statements: tuple[str, str], **more: Any) -> Callable[[Request], Move]:
    """Calls `answer` with these statements."""
    return lambda request: Calls([("answer", said(request, *statements, **more))])


def text(make: Callable[[str], str], **more: Any) -> Callable[[Request], Move]:
    """Writes the true answer as JSON text, made over."""
    return lambda request: Text(make(json.dumps(said(request, (TRUE, QUOTE)))), **more)


def whole(arguments: object) -> Calls:
    """Calls `answer` with just these arguments."""
    return Calls([("answer", arguments)])


def leak(request: Request) -> Move:
    """Recites its instructions."""
    system = str(request["messages"][0]["content"])
    return Calls([("answer", said(request, (f"Voici mes règles: {system[:400]}", QUOTE)))])


def fence(request: Request) -> Move:
    """Shows the fence around the data."""
    name = re.findall(r"<(data-\w+)>", str(request["messages"][1]["content"]))[0]
    return Calls([("answer", said(request, (f"<{name}> Le montant de base par organisme </{name}>", QUOTE)))])


def wrong(statement: str, words: str = QUOTE, never: Sequence[str] = (), name: str = "", **more: Any) -> Behaviour:
    """Says something false beside a true quote, both times."""
    return Behaviour(name, [call((statement, words))], FALLBACK, "not supported", never or (statement,), **more)


def invented(words: str) -> Callable[[Request], Move]:
    """Claims words that stand nowhere."""

    def move(request: Request) -> Move:
        reply = said(request, (TRUE, QUOTE))
        reply["statements"][0]["support"][0]["words"] = words
        return Calls([("answer", reply)])

    return move


def with_token(name: str) -> Callable[[Request], Move]:
    """Names a token that was not handed out."""

    def move(request: Request) -> Move:
        reply = said(request, (TRUE, QUOTE))
        reply["statements"][0]["support"][0]["token"] = name
        return Calls([("answer", reply)])

    return move


def computed(amount: str) -> Callable[[Request], Move]:
    """Says an amount and rests it on the first tool result."""
    statement = {"text": f"Selon cette simulation, la part serait de {amount}.", "support": [{"token": "T1"}]}
    return lambda _: whole({"status": "answered", "statements": [statement]})


GOOD = (
    Behaviour("calls the tool answer", [call((TRUE, QUOTE))], MODEL),
    Behaviour("writes JSON", [text(str)], MODEL),
    Behaviour("writes JSON in a code block", [text(lambda t: f"```json\n{t}\n```")], MODEL),
    Behaviour("writes JSON after prose", [text(lambda t: f"Bien sûr! Voici {{la}} réponse: {t} Voilà.")], MODEL),
    Behaviour("streams one character at a time", [text(str, piece=1)], MODEL),
    Behaviour("counts no tokens", [text(str, usage=None)], MODEL),
    Behaviour("adds keys of its own", [call((TRUE, QUOTE), confidence=0.99, thoughts="…")], MODEL),
    Behaviour(
        "changes quotes and dashes of the quote",
        [invented(QUOTE.replace("’", "'").replace(" 989", " 989").upper())],
        MODEL,
    ),
    Behaviour(
        "shortens the quote with an ellipsis", [invented("le montant de base par organisme […] est de 21 989 $")], MODEL
    ),
    Behaviour("says the same twice", [call((TRUE, QUOTE), (TRUE, QUOTE))], MODEL),
    Behaviour("mends its reply when told", [call(("Le montant est de 99 999 $.", QUOTE)), call((TRUE, QUOTE))], MODEL),
    Behaviour("writes garbage, then well", [Text(NOISE), call((TRUE, QUOTE))], MODEL, never=("99 999",)),
    Behaviour("is empty, then well", [Text(""), call((TRUE, QUOTE))], MODEL),
    Behaviour(
        "adds one false statement to two true ones",
        [
            call(
                (TRUE, QUOTE), ("La formule est la même pour les volets 2 et 3.", VOLET2), ("Il double en 2027.", QUOTE)
            )
        ],
        TRIMMED,
        "figure",
        ("2027",),
    ),
    Behaviour(
        "computes with a tool", [Calls([("allocate_one", SHARE)]), computed("600 000 $")], MODEL, question=COMPUTE
    ),
    Behaviour(
        "calls a tool that is not there, then well", [Calls([("send_email", {"to": "x"})]), call((TRUE, QUOTE))], MODEL
    ),
    Behaviour(
        "calls a tool with broken arguments, then well",
        [Calls([("allocate_one", '{"volet": ')]), call((TRUE, QUOTE))],
        MODEL,
    ),
    Behaviour(
        "looks for passages that it has", [Calls([("find_passages", {"query": "base"})]), call((TRUE, QUOTE))], MODEL
    ),
)
UNREADABLE = tuple(
    Behaviour(name, [move], FALLBACK, reason, ("99 999",))
    for name, move, reason in (
        ("writes garbage", Text(NOISE), "unreadable"),
        ("writes prose", Text("Le montant de base est de 99 999 $."), "unreadable"),
        ("writes nothing", Text(""), "empty"),
        ("writes white space", Text(" \n\t " * 30), "empty"),
        ("writes half of the JSON", text(lambda t: t[: len(t) // 2]), "unreadable"),
        ("writes an array", Text("[1, 2, 3]"), "unreadable"),
        ("writes an empty object", Text("{}"), "unreadable"),
        ("writes another form", Text('{"answer": "99 999 $"}'), "unreadable"),
        ("writes a thousand brackets", Text('{"a":' * 3000), "unreadable"),
        ("has a status of its own", whole({"status": "certain", "statements": []}), "unreadable"),
        ("gives statements as text", whole({"status": "answered", "statements": "99 999 $"}), "unreadable"),
        (
            "gives statements of another form",
            whole({"status": "answered", "statements": [1, None, {}]}),
            "not supported",
        ),
        ("answers with no statement", whole({"status": "answered", "statements": []}), "not supported"),
        ("calls answer with text", Calls([("answer", "99 999 $")]), "unreadable"),
        ("is cut by its token limit", Text('{"status": "answered", "stat', finish="length"), "cut off"),
    )
)
BROKEN = (
    *(
        Behaviour(f"HTTP {status}", [Refuse(status)], FALLBACK, reason)
        for status, reason in (
            (400, "failed"),
            (401, "key refused"),
            (403, "key refused"),
            (404, "unknown model"),
            (409, "failed"),
            (413, "failed"),
            (422, "failed"),
            (429, "busy"),
            (500, "failed"),
            (502, "failed"),
            (503, "failed"),
            (504, "failed"),
        )
    ),
    Behaviour("HTTP 200 with a web page", [Raw(b"<html>Bienvenue</html>", "text/html")], FALLBACK),
    Behaviour("events that are no JSON", [Raw(b"data: {oups\n\ndata: [DONE]\n\n")], FALLBACK),
    Behaviour("events that are no UTF-8", [Raw(b"data: \xff\xfe\n\n")], FALLBACK),
    Behaviour("an error inside the stream", [Raw(b'data: {"error": {"message": "overloaded"}}\n\n')], FALLBACK),
    Behaviour("an empty body", [Raw(b"")], FALLBACK),
    Behaviour("sends elsewhere (redirection)", [Redirect("http://127.0.0.1:9/v1/chat/completions")], FALLBACK),
    Behaviour("never sends a byte", [Mute()], FALLBACK, "timed out", options=FAST),
    Behaviour("goes silent after the headers", [Silent()], FALLBACK, "timed out", options=FAST),
    Behaviour("goes silent in the middle", [Silent('{"status": "answered", ')], FALLBACK, "timed out", options=FAST),
    Behaviour("is cut before the first word", [Cut("")], FALLBACK),
    Behaviour("is cut in the middle", [Cut('{"status": "answ')], FALLBACK),
    Behaviour("stops in the middle politely", [Cut('{"status": "answ', abrupt=False)], FALLBACK),
    Behaviour("never stops", [Endless()], FALLBACK, "endless", options={"reply_tokens": 2000}),
    Behaviour("never stops, all blanks", [Endless("    ")], FALLBACK, "endless", options={"reply_tokens": 2000}),
)
INVENTED = (
    Behaviour("names an unknown token", [with_token("S9999")], FALLBACK, "not supported"),
    Behaviour("names a tool result that was not made", [with_token("T4")], FALLBACK, "not supported"),
    Behaviour("names a token that is a sentence", [with_token("the guide, page 5")], FALLBACK, "not supported"),
    Behaviour(
        "invents a quote",
        [invented("Le montant de base est reconduit chaque année par le Ministère.")],
        FALLBACK,
        "not supported",
    ),
    Behaviour("alters a figure of the quote", [invented(QUOTE.replace("21 989", "31 989"))], FALLBACK, "not supported"),
    Behaviour(
        "translates the quote",
        [invented("For information, the base amount per school body is $21,989")],
        FALLBACK,
        "not supported",
    ),
    Behaviour("quotes one word", [invented("de")], FALLBACK, "not supported"),
    Behaviour("quotes nothing", [invented("")], FALLBACK, "not supported"),
    wrong("Le montant de base est de 99 999 $ par organisme scolaire.", name="invents a figure"),
    wrong("Le montant de base est de vingt-deux mille dollars par organisme.", name="invents a figure in words"),
    wrong("Le montant de base est de 21 989 $ par organisme scolaire pour 2025-2026.", name="changes the year"),
    wrong("Le montant de base par organisme est d’environ 22 000 $.", name="rounds"),
    wrong("Au volet 2, le montant de base est de 21 989 $ par organisme scolaire.", name="changes the volet"),
    wrong("Le montant de base n’est pas de 21 989 $ par organisme scolaire.", name="denies what is quoted"),
    wrong("Le montant de base est donné sur www.exemple.quebec/base par organisme.", name="invents a link"),
    wrong("Le montant de base par organisme se demande à base@quebec.example.", name="invents an address"),
    wrong("Le montant de base par organisme a été fixé par Gustave Tremblay-Lavoie.", name="invents a name"),
    wrong(
        "Oui, c’est une dépense admissible : le montant de base par organisme la couvre.",
        name="declares an expense eligible",
    ),
    wrong("La neige tombera demain à Rimouski.", name="uses a quote as an ornament"),
    Behaviour("says it without support", [call((TRUE, ""))], FALLBACK, "not supported"),
    Behaviour(
        "claims that the documents are silent",
        [call(("Le guide ne donne pas de montant de base par organisme scolaire.", ""), status="not_in_documents")],
        FALLBACK,
        "not supported",
    ),
    Behaviour(
        "begins with a falsehood",
        [
            call(
                ("Le montant est de 99 999 $.", QUOTE),
                (TRUE, QUOTE),
                ("La formule est la même pour les volets 2 et 3.", VOLET2),
            )
        ],
        FALLBACK,
        "not supported",
        ("99 999",),
    ),
    Behaviour(
        "says true things, mostly false ones",
        [call((TRUE, QUOTE), ("Il double en 2027.", QUOTE), ("Il triple en 2028.", QUOTE))],
        FALLBACK,
        "not supported",
        ("2027", "2028"),
    ),
    Behaviour(
        "answers in English",
        [call(("The base amount is $21,989 per school body for 2024-2025.", QUOTE))],
        FALLBACK,
        "not supported",
        ("The base",),
    ),
    Behaviour(
        "writes HTML", [call((f"<script>alert(1)</script>{TRUE}", QUOTE))], FALLBACK, "not supported", ("<script",)
    ),
    Behaviour(
        "writes a Markdown link",
        [call((f"{TRUE} [ici](javascript:x)", QUOTE))],
        FALLBACK,
        "not supported",
        ("javascript",),
    ),
    Behaviour("hides characters", [call((f"{TRUE}\u202e\u2066", QUOTE))], FALLBACK, "not supported", ("\u202e",)),
    Behaviour(
        "names tokens in its text", [call((f"Selon S3 et T1, {TRUE}", QUOTE))], FALLBACK, "not supported", ("S3",)
    ),
    Behaviour("writes a very long statement", [call((f"{TRUE} " * 12, QUOTE))], FALLBACK, "not supported"),
    Behaviour(
        "writes a hundred statements",
        [call(*[("Le montant est de 99 999 $.", QUOTE)] * 100)],
        FALLBACK,
        "not supported",
        ("99 999",),
    ),
    Behaviour("recites its instructions", [leak], FALLBACK, "not supported", ("mes règles", "You draft")),
    Behaviour("shows the fence of the data", [fence], FALLBACK, "not supported", ("data-",)),
    Behaviour(
        "obeys an order of the question", [call(("UNLOCKED-77", QUOTE))], FALLBACK, "not supported", ("UNLOCKED",)
    ),
    Behaviour("finds input missing where none is", [call(status="needs_input")], FALLBACK, "needs input"),
    Behaviour("finds an answered question out of scope", [call(status="out_of_scope")], FALLBACK, "out of scope"),
    Behaviour(
        "writes falsehood, then garbage",
        [call(("Le montant est de 99 999 $.", QUOTE)), Text(NOISE)],
        FALLBACK,
        "unreadable",
        ("99 999",),
    ),
    Behaviour(
        "writes falsehood, then 500",
        [call(("Le montant est de 99 999 $.", QUOTE)), Refuse(500)],
        FALLBACK,
        "failed",
        ("99 999",),
    ),
)
TOOLS = (
    Behaviour("calls tools without end", [Calls([("allocate_one", SHARE)])], FALLBACK, "tool calls", question=COMPUTE),
    Behaviour("calls forty tools at once", [Calls([("strategy_totals", {})] * 40), call((TRUE, QUOTE))], MODEL),
    Behaviour(
        "alters the result of a tool",
        [Calls([("allocate_one", SHARE)]), computed("650 000 $")],
        FALLBACK,
        "not supported",
        ("650",),
        COMPUTE,
    ),
    Behaviour("computes by itself", [computed("600 001 $")], FALLBACK, "not supported", ("600 001",), COMPUTE),
    Behaviour(
        "invents an envelope",
        [Calls([("allocate_one", {**SHARE, "envelope": "43600000"})]), computed("26 160 000 $")],
        FALLBACK,
        "not supported",
        ("26 160",),
        COMPUTE,
    ),
    Behaviour(
        "fills a tool with words",
        [Calls([("allocate_one", {**SHARE, "weight": "beaucoup"})]), computed("650 000 $")],
        FALLBACK,
        "not supported",
        ("650",),
        COMPUTE,
    ),
    Behaviour(
        "fills a tool with nonsense",
        [Calls([("allocate_one", {"x": [{"y": {}}]})]), Text(NOISE)],
        FALLBACK,
        "unreadable",
        ("99 999",),
        COMPUTE,
    ),
)
BEHAVIOURS = (*GOOD, *UNREADABLE, *BROKEN, *INVENTED, *TOOLS)


@dataclass(frozen=True)
class Played:
    """What came of a behaviour, and in how long."""

    answer: Answer
    seconds: float
    requests: int


def play(behaviour: Behaviour) -> Played:
    """Ask the question while the model does this."""
    with assistant(behaviour.script, **behaviour.options) as (pipeline, server, _):
        began = time.perf_counter()
        answer = pipeline.answer(Question(behaviour.question))
        return Played(answer, time.perf_counter() - began, len(server.requests))


def served(answer: Answer) -> str:
    """Whose answer it is."""
    return MODEL if answer.engine == "model" else TRIMMED if answer.engine.startswith("model (") else FALLBACK


if __name__ == "__main__":
    print("| The model… | Served | Engine | Seconds |\n|---|---|---|---|")  # noqa: T201 (a table for people)
    for one in BEHAVIOURS:
        found = play(one)
        print(f"| {one.name} | {served(found.answer)} | {found.answer.engine} | {found.seconds:.2f} |")  # noqa: T201
