"""Unmarked text of any origin: structure read from its form alone, on small texts made for each rule."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from segmentation_checks import corpus_document, kept_and_dropped, misquoted, part_texts, unaccounted

from ingest.documents import DropReason, Page, Segmentation, Source, Unit, UnitKind
from ingest.layouts.prose import LONGEST, segment

ENTRY = corpus_document("lettre-ministre-2021-01-27")[1]

FIRST = """\
Le programme soutient les organismes qui accueillent des personnes nouvellement
arrivées dans la région et qui leur offrent un accompagnement de longue durée dans
leurs démarches."""
SECOND = """\
Chaque organisme dépose un plan qui décrit les activités prévues, les personnes qui
en ont la charge et les moyens retenus pour en mesurer les effets sur le milieu."""


def cut(text: str, *pages: str) -> Segmentation:
    """A text as the layout reads it; pages 1, 2… start where these words do. Nothing may be lost."""
    starts = tuple(Page(rank, text.index(words)) for rank, words in enumerate(pages, start=1))
    found = segment("essai", Source(text, starts), ENTRY)
    assert unaccounted(found, text) == []
    assert kept_and_dropped(found, text) == []
    assert misquoted(found, text) == []
    return found


def bodies(found: Segmentation, text: str) -> list[tuple[str, str]]:
    """The innermost heading and the body of each unit."""
    return [(unit.titles[-1] if unit.titles else "", part_texts(unit, text)[0][1]) for unit in found.units]


def one_line(text: str) -> str:
    """Lines as running text."""
    return " ".join(text.split())


def spaced(text: str) -> str:
    """A blank line between any two lines, as some extractions have."""
    return re.sub(r"\n+", "\n \n", text)


def unwrapped(text: str) -> str:
    """Each paragraph on one line."""
    return "\n\n".join(one_line(block) for block in text.split("\n\n"))


HEADED = f"Objet du programme\n{FIRST}\n\n{SECOND}\n\nDépôt des plans\n{SECOND}\n"


@pytest.mark.parametrize(
    "text", [HEADED, spaced(HEADED), HEADED.replace("\n\n", "\n")], ids=["lines", "spaced", "dense"]
)
def test_headings_and_paragraphs_without_a_table_of_contents(text: str) -> None:
    """Blank lines between paragraphs, between all lines, or nowhere: the same headings and paragraphs."""
    assert bodies(cut(text), text) == [
        ("Objet du programme", one_line(FIRST)),
        ("Objet du programme", one_line(SECOND)),
        ("Dépôt des plans", one_line(SECOND)),
    ]


def test_paragraphs_on_one_line_each() -> None:
    """A text that is not wrapped: a line is a paragraph, long as it may be."""
    text = (
        f"Objet du programme\n\n{unwrapped(FIRST)}\n\n{unwrapped(SECOND)}\n\nDépôt des plans\n\n{unwrapped(SECOND)}\n"
    )
    assert bodies(cut(text), text) == [
        ("Objet du programme", one_line(FIRST)),
        ("Objet du programme", one_line(SECOND)),
        ("Dépôt des plans", one_line(SECOND)),
    ]


def test_a_heading_of_two_lines() -> None:
    """The second line is short and goes on with a small letter."""
    text = f"{FIRST}\n\nAccompagnement des personnes nouvellement arrivées dans la\nrégion métropolitaine\n{SECOND}\n"
    title = "Accompagnement des personnes nouvellement arrivées dans la région métropolitaine"
    assert bodies(cut(text), text) == [("", one_line(FIRST)), (title, one_line(SECOND))]


def test_a_heading_with_nothing_under_it_is_kept_as_a_unit() -> None:
    """Under another, and followed by one of a higher rank: its words are not lost."""
    text = f"Table des matières\nUn ..... 1\nDeux ..... 1\n\nUn\n{FIRST}\n\nDétails à venir\nDeux\n{SECOND}\n"
    assert bodies(cut(text), text) == [("Un", one_line(FIRST)), ("Un", "Détails à venir"), ("Deux", one_line(SECOND))]


@pytest.mark.parametrize("bullet", ["•", "-", "–", "▪", "*", "➢"])
def test_a_list_belongs_to_the_paragraph_that_announces_it(bullet: str) -> None:
    """A list that says all there is: one unit, read in one go, its bullets dropped."""
    text = f"{FIRST}\n\nLe dossier comprend :\n{bullet} le plan signé;\n{bullet} le budget de\nl’année.\n\n{SECOND}\n"
    found = cut(text)
    assert bodies(found, text) == [
        ("", one_line(FIRST)),
        ("", "Le dossier comprend : le plan signé; le budget de l’année."),
        ("", one_line(SECOND)),
    ]
    assert [one.reason for one in found.dropped] == [DropReason.BULLET] * 2


def test_a_list_of_examples_gives_one_unit_an_example() -> None:
    """Announced by « par exemple »: each item is an example that carries the sentence; the next list is not."""
    text = (
        f"{FIRST} Les sommes peuvent, par exemple, servir à :\n• former l’équipe;\n• louer une salle.\n\n{SECOND}\n\n"
        "Le dossier comprend :\n• le plan.\n"
    )
    found = cut(text)
    assert [(unit.kind, part_texts(unit, text)) for unit in found.units if unit.kind is UnitKind.EXAMPLE] == [
        (UnitKind.EXAMPLE, [("", words), ("lead", "Les sommes peuvent, par exemple, servir à :")])
        for words in ("former l’équipe;", "louer une salle.")
    ]
    assert part_texts(found.units[-1], text) == [("", "Le dossier comprend : le plan.")]


def test_a_table_of_examples_ends_with_its_bullets() -> None:
    """A row's category stands before its bullets, or on the line of the first; text below has neither."""
    text = (
        f"Volet 4 : Accueil\n{FIRST}\n\nLes sommes peuvent servir à :\n\nActions Exemples\n\nAccueil de\ngroupes\n"
        f"• Louer une salle.\n• Former\nl’équipe.\nSuivi • Tenir un registre.\n\n{SECOND}\n"
    )
    examples = [unit for unit in cut(text).units if unit.kind is UnitKind.EXAMPLE]
    assert [(unit.labels, part_texts(unit, text)[0][1]) for unit in examples] == [
        ({"volet": "4", "category": "Accueil de groupes"}, "Louer une salle."),
        ({"volet": "4", "category": "Accueil de groupes"}, "Former l’équipe."),
        ({"volet": "4", "category": "Suivi"}, "Tenir un registre."),
    ]
    assert cut(text).units[-1].labels == {"volet": "4"}


def test_a_numbered_list_stays_in_its_paragraph() -> None:
    """« 1) … 2) … » goes on with the sentence that announces it."""
    text = f"{FIRST}\n\nLe plan a trois volets :\n1) accueillir;\n2) accompagner;\n3) suivre.\n\n{SECOND}\n"
    assert bodies(cut(text), text)[1] == ("", "Le plan a trois volets : 1) accueillir; 2) accompagner; 3) suivre.")


NOTED = (
    "Le montant de base3 est versé en mai. Les mesures 15151 et 301001 le prévoient, voir 2.1 et la page x.org/2.1\n"
    "pour la suite du texte2.\n"
    "1 La mesure 30100 vise les écoles privées.\n2 Règles, p. 1.\n3 Il est de 500 $\npar école.\n"
)


def test_footnotes_are_bound_where_they_are_called_and_no_other_number_is_touched() -> None:
    """Calls out of the order of the notes are not guessed; decimals, addresses, five digits ending in 1 stay whole."""
    text = NOTED.replace("base3", "base").replace("texte2", "texte2 et du reste3")
    (unit,) = cut(text, "Le montant").units
    body, *notes = part_texts(unit, text)
    assert body == ("", one_line(text.split("\n1 ")[0]).replace("301001", "30100").replace("e2 et", "e et")[:-2] + ".")
    assert notes == [
        ("note 1", "La mesure 30100 vise les écoles privées."),
        ("note 2", "Règles, p. 1."),
        ("note 3", "Il est de 500 $ par école."),
    ]


def test_a_note_that_nothing_calls_is_a_unit() -> None:
    """Its words are not lost, and they are not given to a passage that does not call it."""
    found = cut(NOTED, "Le montant")
    assert [part_texts(unit, NOTED)[0] for unit in found.units][1:] == [("note 3", "Il est de 500 $ par école.")]


def test_a_note_called_in_a_heading_goes_with_what_stands_under_it() -> None:
    """A heading is no unit: its note is with the first one below."""
    text = f"Objet du programme1\n{FIRST}\n\n{SECOND}\n1 Selon la loi.\n"
    first, second = cut(text, "Objet").units
    assert first.titles == ("Objet du programme",)
    assert part_texts(first, text)[1:] == [("note 1", "Selon la loi.")]
    assert len(second.parts) == 1


def test_notes_that_start_again_on_each_page() -> None:
    """Numbered from 1 on every page."""
    pages = [f"Page {word}.\n{FIRST[:-1]}1.\n1 Source {word}.\n" for word in ("une", "deux")]
    text = "".join(pages)
    found = cut(text, "Page une", "Page deux")
    assert [part_texts(unit, text)[-1] for unit in found.units if len(unit.parts) > 1] == [
        ("note 1", "Source une."), ("note 1", "Source deux."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head", ["{page} Ministère de l’Accueil", "Page {page} de 12", "- {page} -", "Guide 2024 | {page}", "{page}"]
)
def test_running_heads_are_dropped_and_a_paragraph_goes_on_over_the_page(head: str) -> None:
    """Lines that change by the page number alone; the sentence is whole, on the page that it starts on."""
    lines = [*FIRST.split("\n"), *SECOND.split("\n")]
    pages = [f"{head.format(page=i)}\nAnnexe {i + 4}\n{lines[i - 1]}\n" for i in (1, 2, 3)]
    text = "".join(pages) + "Fin du texte.\n"
    found = cut(text, *(page[:20] for page in pages))
    heads = [text[one.run.start : one.run.end] for one in found.dropped if one.reason is DropReason.RUNNING_HEAD]
    assert heads == [head.format(page=i) for i in (1, 2, 3)]
    assert not any("Annexe" in text[one.run.start : one.run.end] for one in found.dropped)


def test_a_page_break_inside_a_paragraph() -> None:
    """A paragraph goes on over a page; a sentence that ends there ends its paragraph."""
    broken = FIRST.replace("arrivées", "\n \n 2 Accueil\narrivées")
    text = f" 1 Accueil\n{broken}\n 3 Accueil\n{SECOND}\n"
    found = cut(text, " 1 Accueil", " 2 Accueil", " 3 Accueil")
    assert [(unit.page, part_texts(unit, text)[0][1]) for unit in found.units] == [
        (1, one_line(FIRST)), (3, one_line(SECOND)),
    ]  # fmt: skip


def test_dots_to_fill_in_are_no_table_of_contents() -> None:
    """Only entries with a page number, one after the other, are; the text between stays."""
    contents = "Sommaire\nObjet .......... 1\nDépôt des plans ........ 2\n\n"
    text = f"{contents}Objet\n{FIRST}\n\nDépôt des plans\n{SECOND}\n\nNom : ..............\nSomme : ........ 12\n"
    found = cut(text)
    dropped = [text[one.run.start : one.run.end] for one in found.dropped]
    assert dropped == contents.split("\n")[:3]
    assert ("Dépôt des plans", one_line(SECOND)) in bodies(found, text)


def test_lists_of_links_end_with_the_last_link() -> None:
    """A link that goes on over a line is dropped whole; the heading of one word after it is not."""
    text = f"{FIRST}\nhttps://exemple.org/un-long\n-document.pdf\nhttps://exemple.org/2\nMentorat\n{SECOND}\n"
    found = cut(text)
    assert bodies(found, text) == [("", one_line(FIRST)), ("Mentorat", one_line(SECOND))]
    assert {one.reason for one in found.dropped} == {DropReason.LINK_LIST}


def test_an_address_of_a_person_is_dropped_wherever_it_stands() -> None:
    """In a sentence, alone on a line, in a link over two lines, in a note, in a heading."""
    address = "marie.tremblay@exemple.org"
    link = "https://exemple.org/?data=7C01%7CMarie.Trem\nblay%40exemple.org%7C0"
    text = f"Joindre {address}\n{FIRST}1\n\nÉcrire à {address} avant mai.\n\n{address}\n\n{link}\n1 Voir {address}.\n"
    found = cut(text, "Joindre")
    words = " ".join(part for unit in found.units for _, part in part_texts(unit, text)).lower()
    titles = " ".join(title for unit in found.units for title in unit.titles).lower()
    assert "tremblay" not in words + titles
    hidden = [one.run for one in found.dropped if one.reason is DropReason.PERSONAL_DATA]
    kept = [c for i, c in enumerate(text) if not any(run.start <= i < run.end for run in hidden)]
    assert "trem" not in "".join(kept).lower()


def test_contacts_stand_with_what_they_are_for() -> None:
    """A name, then its coordinates, in French and in English."""
    for label in ("Courriel", "Téléphone", "Email"):
        text = f"{FIRST}\n\nService de l’accueil\n{label} : 418 555-0100\n\n{SECOND}\n"
        contact = cut(text).units[1]
        assert (contact.kind, part_texts(contact, text)) == (
            UnitKind.CONTACT, [("", f"Service de l’accueil {label} : 418 555-0100")],
        )  # fmt: skip


@pytest.mark.parametrize("separator", [". ", " "], ids=["sentences", "no punctuation"])
@pytest.mark.parametrize("wrap", [" ", "\n"], ids=["one line", "lines"])
def test_a_long_paragraph_is_cut(separator: str, wrap: str) -> None:
    """At a sentence end where there is one, else at a space; the pieces are the paragraph, in order."""
    clause = f"une clause de ce très long{wrap}paragraphe qui ne finit pas"
    text = separator.join([clause.capitalize()] * 90) + ".\n"
    pieces = [part_texts(unit, text)[0][1] for unit in cut(text).units]
    assert " ".join(pieces) == one_line(text)
    assert len(pieces) > 3
    assert all(LONGEST / 2 < len(piece) <= LONGEST for piece in pieces[:-1])
    assert separator == " " or all(piece.endswith(".") for piece in pieces)


def test_a_word_without_end_is_cut_too() -> None:
    """Nothing to cut at: cut all the same."""
    text = "x" * (3 * LONGEST) + "\n"
    assert [len(part_texts(unit, text)[0][1]) for unit in cut(text).units] == [LONGEST] * 3


def test_lines_without_a_word_are_dropped_as_marks() -> None:
    """Rules and stars say nothing."""
    text = f"{FIRST}\n\n* * *\n\n{SECOND}\n\n_____\n"
    found = cut(text)
    assert bodies(found, text) == [("", one_line(FIRST)), ("", one_line(SECOND))]


LINES = st.sampled_from(
    [
        "", "", " ", "•", "• ", "• un élément", "•• deux", "- un tiret", "Actions Exemples", "Une catégorie • un cas.",
        "Un titre court", "Un titre en deux", "suite du titre", "Volet 2 : Autre", "1 Note une.", "2 Note deux.",
        "3 https://x.org", "Un appel1 ici", "un autre2.", "le 301001 et 30100", "marie.tremblay@x.org",
        "Écrire à marie.tremblay@x.org", "https://x.org/a?b=marie.tremblay%40x.org", "-suite_2.pdf", "Sommaire",
        "Un titre court ........ 3", "Nom : .......", "4 Ministère", "5 Ministère", "Page 2 de 3", "Courriel : a@x.org",
        "Le ministre,", "Jean Roy", "Québec, le 3 mai 2021", "1) un;", "a) deux.", "Les dépenses, par exemple :",
        "Le dossier comprend :", "« Une citation. »", "—", "Une ligne qui va jusqu’au bout de la page, coupée bien-",
        "être de tous, sur une ligne longue qui s’achève par un point et qui remplit.", "12 M$", "\u00a0",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(LINES | st.text("aB.:;,• -1@…\t\u00a0", max_size=12), max_size=25), st.sets(st.integers(0, 25), max_size=4)
)
@example(["• ", "Un titre court"], set())
@example(["marie.tremblay@x.org"], {0})
@example(["Un titre court", "Actions Exemples"], set())
@example(["•", "", "Actions Exemples"], set())
@example(["Actions Exemples", "Un titre court", "•:"], set())
@example(["Un appel1 ici", "1 Note une.", "2 Note deux."], {0})
def test_nothing_is_lost_of_any_lines(lines: list[str], page_lines: set[int]) -> None:
    """Whatever the lines and the pages, each character is in a unit or dropped for a reason, never both."""
    text = "\n".join(lines)
    offsets = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    pages = tuple(Page(rank, offsets[i]) for rank, i in enumerate(sorted(page_lines), start=1) if i < len(lines))
    found = segment("essai", Source(text, pages), ENTRY)
    assert unaccounted(found, text) == []
    assert kept_and_dropped(found, text) == []
    assert misquoted(found, text) == []
    assert len({unit.id for unit in found.units}) == len(found.units)
    for unit in found.units:
        assert "tremblay" not in " ".join(words for _, words in part_texts(unit, text))
        assert _has_words(unit, text)


def _has_words(unit: Unit, text: str) -> bool:
    return any(character.isalnum() for _, words in part_texts(unit, text) for character in words)
