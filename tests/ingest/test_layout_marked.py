"""Marked-up text to units: nothing lost, examples told from other lists, notes bound to their calls."""

from pathlib import Path

import documents_made as made
import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from segmentation_checks import corpus_document, kept_and_dropped, misquoted, part_texts, unaccounted

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Page, Segmentation, Source, UnitKind
from ingest.layouts.marked import LONGEST, segment
from ingest.reading import read_file
from ingest.sentences import sentences

ENTRY: CatalogEntry = corpus_document("guide-mesures-15158-30100")[1]
LINES = st.sampled_from(
    [
        *(
            "",
            "# Exemples",
            "# Titre",
            "## Sous-titre[^1]",
            "###### Bas",
            "#nu",
            "- un item",
            "- ",
            "-",
            "suite de l’item",
        ),
        *(
            "Un paragraphe. Une phrase[^1]!",
            "Des moyens, par exemple :",
            "Trois volets :",
            "A\tB",
            "--\t--",
            "x\t1[^2]",
        ),
        *(
            "\tvide",
            "\t",
            "[^1]: Une note[^2].",
            "[^2]: Autre.",
            "[^3]: Jamais appelée.",
            "[^9]",
            "***",
            "bien-",
            "être",
        ),
        *("marie.tremblay@x.ca", "Écrire à Marie_Roy@x.ca ou info@x.ca.", "M. Roy. Fin.", "✓\tOui"),
    ]
)


def units(text: str) -> tuple[Segmentation, list[tuple[str, tuple[str, ...], list[tuple[str, str]]]]]:
    """The segmentation, checked, and each unit as its kind, titles and parts."""
    segmentation = segment("document", Source(text), ENTRY)
    assert unaccounted(segmentation, text) == []
    assert kept_and_dropped(segmentation, text) == []
    assert misquoted(segmentation, text) == []
    return segmentation, [(unit.kind.value, unit.titles, part_texts(unit, text)) for unit in segmentation.units]


def dropped(segmentation: Segmentation, text: str) -> list[tuple[str, DropReason]]:
    """What was left out, in order."""
    return [(text[d.run.start : d.run.end], d.reason) for d in sorted(segmentation.dropped, key=lambda d: d.run)]


@given(st.lists(LINES, max_size=25))
def test_every_character_is_accounted_for(lines: list[str]) -> None:
    """In a unit, in a heading, or dropped with a reason, and never in two of them."""
    units("\n".join(lines))


@given(st.text(alphabet=st.sampled_from("aé.1 :-#[^]\t\n@|*")))
def test_any_text_at_all_is_accounted_for(text: str) -> None:
    """Marks in places where nobody writes them."""
    units(text)


def test_headings_nest_by_level() -> None:
    """A heading closes those of its level and deeper; levels may be skipped."""
    _, found = units("Avant.\n\n# A\n\nun.\n\n### B\n\ndeux.\n\n## C\n\ntrois.\n\n# D\n\nquatre.\n")
    assert [titles for _, titles, _ in found] == [(), ("A",), ("A", "B"), ("A", "C"), ("D",)]


def test_a_heading_with_nothing_under_it_is_a_unit() -> None:
    """Its words are not lost; one with only headings below is in their path."""
    _, found = units("# A\n\n## Vide\n\n## B\n\nTexte.\n\n# Fin\n")
    assert found == [
        ("narrative", ("A",), [("", "Vide")]),
        ("narrative", ("A", "B"), [("", "Texte.")]),
        ("narrative", (), [("", "Fin")]),
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "Les montants pourraient servir à financer :",
        "Voici les moyens suivants, par exemple.",
        "Amounts could be used for:",
        "Les exemples ci-dessous aideront",
    ],
)
def test_items_under_words_that_announce_examples_are_examples(lead: str) -> None:
    """Each item is a unit that carries the announcing sentence, not the ones before it."""
    segmentation, found = units(f"Le ministère aide. {lead}\n\n- Créer un comité;\n- Élaborer\nun plan.\n")
    assert found == [
        ("narrative", (), [("", "Le ministère aide.")]),
        ("example", (), [("", "Créer un comité;"), ("lead", lead)]),
        ("example", (), [("", "Élaborer un plan."), ("lead", lead)]),
    ]
    assert {d.reason for d in segmentation.dropped} == {DropReason.BULLET}


def test_other_lists_belong_to_their_paragraph() -> None:
    """« Elle se décline en trois volets : » announces no examples."""
    _, found = units("Elle se décline en trois volets :\n\n- soutien;\n\n- bienveillance.\n\nSuite.")
    assert found == [
        ("narrative", (), [("", "Elle se décline en trois volets : soutien; bienveillance.")]),
        ("narrative", (), [("", "Suite.")]),
    ]


def test_a_list_under_a_heading_of_examples_is_one_of_examples() -> None:
    """The heading announces them; without it they are one unit."""
    assert [kind for kind, *_ in units("# Exemples d’actions\n\n- un\n- deux\n")[1]] == ["example", "example"]
    assert units("# Actions\n\n- un\n- deux\n")[1] == [("narrative", ("Actions",), [("", "un deux")])]
    assert units("# Exemples\n\nOn peut :\n- agir\n")[1] == [
        ("example", ("Exemples",), [("", "agir"), ("lead", "On peut :")])
    ]


def test_rows_have_parts_named_by_the_column_titles() -> None:
    """The header and its rule are dropped; an empty cell is no part."""
    text = "Organisme\tMontant\tNote\n--\t--\t--\nCSS de Laval\t10 000 $\t✓\nCSS A\t\t—\n"
    segmentation, found = units(text)
    assert found == [
        ("figure", (), [("Organisme", "CSS de Laval"), ("Montant", "10 000 $"), ("Note", "✓")]),
        ("narrative", (), [("Organisme", "CSS A"), ("Note", "—")]),
    ]
    header = ["Organisme", "Montant", "Note"]
    assert dropped(segmentation, text) == [
        *((title, DropReason.TABLE_HEADER) for title in header),
        *[("--", DropReason.MARKUP)] * 3,
    ]


def test_a_table_without_header_has_unnamed_parts() -> None:
    """No row is taken for a header without the rule under it."""
    assert units("Courriel\tinfo@x.ca\nTél.\t1\n")[1] == [
        ("contact", (), [("", "Courriel"), ("", "info@x.ca")]),
        ("narrative", (), [("", "Tél."), ("", "1")]),
    ]


@pytest.mark.parametrize(
    ("lead", "header", "parts"),
    [("Par exemple, les actions suivantes :", "Actions\tMoyens", ["lead"]), ("", "Actions\tExemples", [])],
)
def test_rows_of_examples_know_their_category(lead: str, header: str, parts: list[str]) -> None:
    """Announced by the sentence above or by a column title; the first cell is the category."""
    text = f"# Volet 2 : Bienveillance\n\n{lead}\n\n{header}\n--\t--\nMentorat\tJumeler\n"
    segmentation, found = units(text)
    assert [(kind, [name for name, _ in names][2:]) for kind, _, names in found] == [("example", parts)]
    assert segmentation.units[0].labels == {"volet": "2", "category": "Mentorat"}


def test_notes_go_to_the_unit_that_calls_them() -> None:
    """Calls leave the text; a note may be called twice, call another, be called by a heading, or by nobody."""
    text = (
        "# Titre[^4]\n\nLa mesure 30100[^1] est répartie.\n\nAutre appel[^1][^2].\n\nSans note[^8].\n\n"
        "[^1]: Écoles privées.\n[^2]: Voir[^3] aussi.\n[^3]: Ici.\n[^4]: Du titre.\n[^5]: Orpheline.\n"
    )
    segmentation, found = units(text)
    assert found == [
        (
            "allocation_rule",
            ("Titre",),
            [("", "La mesure 30100 est répartie."), ("note 4", "Du titre."), ("note 1", "Écoles privées.")],
        ),
        (
            "narrative",
            ("Titre",),
            [("", "Autre appel."), ("note 1", "Écoles privées."), ("note 2", "Voir aussi."), ("note 3", "Ici.")],
        ),
        ("narrative", ("Titre",), [("", "Sans note.")]),
        ("narrative", (), [("note 5", "Orpheline.")]),
    ]
    assert segmentation.units[0].labels == {"measure": "30100"}
    calls = [words for words, reason in dropped(segmentation, text) if reason is DropReason.FOOTNOTE_CALL]
    assert calls == ["[^4]", "[^1]", "[^1]", "[^2]", "[^8]", "[^3]"]


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    """Pieces of at most the longest length, whole sentences, all the words; the note stays with its sentence."""
    sentence = "Le personnel scolaire de M. Roy contribue à la réussite de tous les élèves du Québec[^1]. "
    text = f"{sentence * 40}\n\n[^1]: Une note.\n"
    _, found = units(text)
    bodies = [parts[0][1] for _, _, parts in found]
    assert len(bodies) > 2
    assert all(len(body) <= LONGEST and body.startswith("Le") and body.endswith("Québec.") for body in bodies)
    assert " ".join(bodies) == " ".join([sentence.replace("[^1]", "").strip()] * 40)
    assert all(parts[1:] == [("note 1", "Une note.")] for _, _, parts in found)


def test_a_long_list_is_cut_between_items() -> None:
    """No item is cut."""
    item = "un item assez long pour que la liste entière ne tienne pas dans une seule unité"
    _, found = units("Il y a :\n\n" + f"- {item}\n" * 30)
    bodies = [parts[0][1] for _, _, parts in found]
    assert len(bodies) > 1
    assert all(len(body) <= LONGEST + 30 and body.endswith("unité") for body in bodies)


def test_addresses_of_persons_are_dropped() -> None:
    """Those that the catalog publishes and those of services stay; one inside a link goes too."""
    text = (
        "Écrire à marie.tremblay@education.gouv.qc.ca, à valorisation@education.gouv.qc.ca ou à info@x.ca.\n\n"
        "https://x.ca/?u=a%7Cluc.roy%40education.gouv.qc.ca%7Cb\n\nmarie.tremblay@x.ca\n"
    )
    segmentation, found = units(text)
    assert not any("tremblay" in words or "luc.roy" in words for _, _, parts in found for _, words in parts)
    assert "valorisation@education.gouv.qc.ca ou à info@x.ca." in found[0][2][0][1]
    personal = [words for words, reason in dropped(segmentation, text) if reason is DropReason.PERSONAL_DATA]
    assert personal == [
        "marie.tremblay@education.gouv.qc.ca",
        "luc.roy%40education.gouv.qc.ca",
        "marie.tremblay@x.ca",
    ]


def test_units_know_their_page() -> None:
    """The page of the first character."""
    text = "un.\n\ndeux.\n"
    found = segment("document", Source(text, (Page(3, 5),)), ENTRY).units
    assert [unit.page for unit in found] == [None, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une phrase. Une autre! Et « une » ». Fin", ["Une phrase.", "Une autre!", "Et « une » ».", "Fin"]),
        ("M. Roy et Mme. Roy (p. 12, vol. 3) sont là. Oui.", ["M. Roy et Mme. Roy (p. 12, vol. 3) sont là.", "Oui."]),
        ("Il coûte 3.5 M$. Appel.[^1] Suite", ["Il coûte 3.5 M$.", "Appel.[^1]", "Suite"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Abbreviations and numbers end no sentence."""
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text())
def test_sentences_lose_nothing(text: str) -> None:
    """All characters but white space, in order."""
    assert "".join("".join(text[a:b].split()) for a, b in sentences(text)) == "".join(text.split())


def test_a_word_file_and_a_page_of_the_same_words_give_the_same_units(tmp_path: Path) -> None:
    """The format of the file does not show in the units."""
    document = docx.Document()
    made.with_footnotes(document, ["À titre indicatif, le montant est de 21 989 $."])
    document.add_heading("Volet 1 : Soutien", 1)
    paragraph = document.add_paragraph("L’enveloppe de la mesure 15158 est répartie selon un montant de base")
    made.call_footnote(paragraph, 1)
    paragraph.add_run(" par organisme.")
    document.add_paragraph("Les montants pourraient, par exemple, servir aux actions suivantes :")
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    for cell, words in zip(table._cells, ("Actions", "Exemples", "Élaboration", "Créer un comité."), strict=True):
        cell.text = words
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.html").write_text(
        "<h1>Volet 1 : Soutien</h1><p>L’enveloppe de la <b>mesure 15158</b> est répartie selon un montant de base"
        '<sup><a href="#n1">1</a></sup> par organisme.<p>Les montants pourraient, par exemple, servir aux actions '
        "suivantes :<table><tr><th>Actions<th>Exemples<tr><td>Élaboration<td>Créer un comité.</table>"
        '<p id="n1">1. À titre indicatif, le montant est de 21 989 $.</p>'
    )
    (tmp_path / "a.md").write_text(
        "Volet 1 : Soutien\n===\n\nL’enveloppe de la **mesure 15158** est répartie selon un montant de base[^1]\n"
        "par organisme.\n\nLes montants pourraient, par exemple, servir aux actions suivantes :\n\n"
        "| Actions | Exemples |\n|---|---|\n| Élaboration | Créer un comité. |\n\n"
        "[^1]: À titre indicatif, le montant est de 21 989 $.\n"
    )
    sources = [read_file(tmp_path / f"a.{suffix}") for suffix in ("docx", "html", "md")]
    found = [segment("document", source, ENTRY).units for source in sources]
    assert [unit.kind for unit in found[0]] == [UnitKind.ALLOCATION_RULE, UnitKind.EXAMPLE]
    described = [
        [(unit.id, unit.kind, unit.titles, dict(unit.labels), part_texts(unit, source.text)) for unit in each]
        for source, each in zip(sources, found, strict=True)
    ]
    assert described[0] == described[1] == described[2]
