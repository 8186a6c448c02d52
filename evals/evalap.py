"""A test set in the form that EvalAP takes (`POST /v1/dataset`), the evaluation platform of DINUM (etalab-ia/evalap).

In: cases. Out: the JSON body: a name, a readme, a default metric and `df`, the rows as the text of a JSON list, with
the columns that EvalAP knows (`query`, `output_true`) and ours beside them. Ours hold no golden paragraph:
`output_true` is put together from what an answer must contain and from the passages that back it.

Source: docs/user-guides « Publish a dataset » and « Evaluate your own IA system », and api/schemas.py, of that project.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from evals.cases import Case
from evals.measures import ADDRESSES
from ingest.catalog import load_yaml

_WORDS_FILE = Path(__file__).with_name("evalap.yaml")
METRIC = "judge_exactness"


def dataset(cases: Iterable[Case], name: str) -> dict[str, str]:
    """The body of the request that creates the data set."""
    words = load_yaml(_WORDS_FILE)
    if not isinstance(words, dict):
        raise TypeError(f"{_WORDS_FILE}: not a mapping")
    rows = [_row(case, words[case.lang]) for case in cases]
    readme = str(words["readme"])
    return {"name": name, "readme": readme, "default_metric": METRIC, "df": json.dumps(rows, ensure_ascii=False)}


def _row(case: Case, words: Mapping[str, str]) -> dict[str, object]:
    history = [{"role": turn.role, "content": turn.content} for turn in case.history]
    return {
        "query": case.question,
        "output_true": _expected(case, words),
        "context": list(case.quotes),
        "id": case.id,
        "kind": case.kind,
        "lang": case.lang,
        "persona": case.persona,
        "answerable": case.answerable,
        "history": history,
        "must_include": [list(group) for group in case.must_include],
        "must_not_include": list(case.must_not_include),
        "documents": list(case.documents),
        "referral": case.referral,
    }


def _expected(case: Case, words: Mapping[str, str]) -> str:
    said = []
    if not case.answerable:
        said.append(words["abstains"])
    if case.must_include:
        groups = (words["or"].join(group) for group in case.must_include)
        said.append(words["contains"].format(items=words["and"].join(groups)))
    if case.quotes and case.answerable:
        quotes = (words["quote"].format(text=" ".join(quote.split())) for quote in case.quotes)
        said.append(words["quotes"].format(items=" ".join(quotes)))
    if case.referral:
        said.append(words["referral"].format(items=words["or"].join(ADDRESSES[case.referral])))
    return "\n".join(said)
