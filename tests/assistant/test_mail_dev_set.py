"""The development e-mails: every question found, and no more; nothing repeated that must not be."""

import json
from typing import Any

import pytest
from core_fakes import ROOT
from mail_made import eml, garden_drafter, garden_recheck, wording

from assistant.correspondence.reading import read_message
from assistant.correspondence.rendering import reply_text
from evals.matching import contains

LINES = (ROOT / "evals" / "cases" / "dev_emails.jsonl").read_text(encoding="utf-8").splitlines()
MAILS = [json.loads(line) for line in LINES if line.strip()]


@pytest.mark.parametrize("mail", MAILS, ids=[mail["id"] for mail in MAILS])
def test_a_development_mail_is_understood(mail: dict[str, Any]) -> None:
    """As many questions as it asks, in its language, in a letter that holds, without a forbidden word."""
    message = read_message(eml(mail["body"], subject=mail["subject"], **{"from": f"{mail['from_name']} <a@x.qc>"}), "m")
    draft = garden_drafter().draft(message)
    assert len(draft.questions) == len(mail["questions"])
    assert draft.language == mail["lang"]
    letter = reply_text(draft, wording())
    assert [words for words in mail["must_not_include"] if contains(letter, words)] == []
    assert all(check.holds for part in draft.parts for check in garden_recheck().check(draft, part, part.text))
