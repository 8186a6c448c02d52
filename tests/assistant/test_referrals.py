"""Mailboxes come from the contact units of the index, each with the quote that gives it."""

from pathlib import Path

from core_fakes import garden_index, guide_index, open_new, real_replies, write_corpus

from assistant.citations import Notebook
from assistant.conversation import Draft, Kind, Referral, Statement, Status
from assistant.guard import Guard
from assistant.referrals import Referrals

SAID = Statement("Les documents ne le disent pas.", kind=Kind.FRAMING)


def test_the_mailbox_of_the_documents_is_named_with_its_quote() -> None:
    """In the language of the answer; the guard has nothing to take out."""
    index = garden_index()
    referrals = Referrals(index, real_replies())
    for language in ("fr", "en"):
        notebook = Notebook(index)
        draft = referrals.add(Draft(Status.NOT_IN_DOCUMENTS, (SAID,)), "financement", language, notebook)
        assert [one.quote for one in draft.citations] == ["financement@jardin.quebec"]
        assert draft.referral == Referral("financement@jardin.quebec", draft.statements[-1].text)
        assert draft.statements[-1].citations == (1,)
        assert Guard(index).check(draft).draft == draft


def test_the_real_guide_gives_both_mailboxes() -> None:
    """Those that the Ministry publishes."""
    draft = Referrals(guide_index(), real_replies()).add_both(Draft(Status.REFUSED, (SAID,)), "fr")
    assert [one.quote for one in draft.citations] == [
        "financement@education.gouv.qc.ca",
        "valorisation@education.gouv.qc.ca",
    ]


def test_a_mailbox_that_no_document_gives_is_never_named(tmp_path: Path) -> None:
    """The draft is left as it is, without a referral."""
    index = open_new(write_corpus(tmp_path / "corpus", {"vide": "Un texte sans aucune adresse.\n"}), tmp_path / "data")
    referrals = Referrals(index, real_replies())
    draft = Draft(Status.NOT_IN_DOCUMENTS, (SAID,))
    assert referrals.add(draft, "financement", "fr", Notebook(index)) == draft
    assert referrals.add_both(draft, "fr") == draft
    assert referrals.add(draft, None, "fr", Notebook(index)) == draft


def test_the_first_document_that_gives_a_mailbox_is_the_one_that_counts(tmp_path: Path) -> None:
    """A later document with a mailbox of the same name does not take its place."""
    texts = {
        "premier": "Nous joindre\n\nCourriel : financement@premier.quebec\n",
        "second": "Nous joindre\n\nCourriel : financement@second.quebec\n",
    }
    index = open_new(write_corpus(tmp_path / "corpus", texts), tmp_path / "data")
    said = Referrals(index, real_replies()).say("financement", "fr", Notebook(index))
    assert said is not None
    assert said[1].email == "financement@premier.quebec"
