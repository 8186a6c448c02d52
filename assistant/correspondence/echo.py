"""A question in the sender's own words, for the letter that answers it: said again, never vouched for.

In: the words, personal data hidden; the answer. Out: one line. An amount of money that neither a cited quote nor the
computation gives is left out: a letter of the Ministry must not show it, were it between guillemets.
"""

import re

from assistant.conversation import Answer
from assistant.facts import facts
from assistant.lock import loose
from assistant.question_forms import ASKED_INSIDE, REQUEST, flat
from assistant.replies import Replies

_MONEY = re.compile(
    r"(?:\$\s?)\d[\d\s.,\u00a0\u202f]*\d?(?:\s?(?:millions?|billions?|thousand|[MBk]\b))?"
    r"|\d[\d\s.,\u00a0\u202f]*(?:\s?(?:millions?|milliards?|billions?|mille)(?:\s?(?:de\s|d['’]))?)?\s?"
    r"(?:[MGk]?\$|dollars?\b|piastres?\b)",
    re.IGNORECASE,
)
_LONGEST = 300


def echo(words: str, answer: Answer, wording: Replies) -> str:
    """The question as the letter recalls it, starting with a capital."""
    known = [citation.quote for citation in answer.citations]
    known += list(facts(answer.calculation)) if answer.calculation else []
    left_out = wording.say("amount_left_out", answer.language)
    text = _MONEY.sub(lambda found: left_out if loose(found[0], *known) else found[0], words)
    text = text.replace("«", "“").replace("»", "”").strip().rstrip(" .;,:")
    if answer.language == "fr" and ASKED_INSIDE.search(flat(text)) and not REQUEST.search(flat(text)):
        text = text if text.endswith("?") else f"{text}?"
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
    return text[:1].upper() + text[1:]
