"""Names of persons are told by their form, and left out of the column of who is responsible."""

import pytest
from plan_samples import TITLES, TOP, cut, means_of, of_kind
from segmentation_checks import part_texts

from ingest.documents import UnitKind
from ingest.layouts.plan_names import personal_names


def test_an_official_named_by_the_catalog_stays() -> None:
    """A name in the column of who is responsible is dropped, unless the catalog publishes it; elsewhere it is not."""
    text = f"{TOP}{TITLES}Un moyen\tTous\tDG Aaa Bbb\n"
    (row,) = means_of("Un moyen\tTous\tDG Aaa Bbb, adjointe\n")
    assert row["Responsable"] == "DG , adjointe"
    kept = of_kind(cut(text, named_officials=("Aaa Bbb",)), UnitKind.MEANS)[0]
    assert ("Responsable", "DG Aaa Bbb") in part_texts(kept, text)


@pytest.mark.parametrize(
    "text",
    [
        "SRH",
        "SRÉ Primaire/Secondaire-ÉA-FP",
        "Direction générale",
        "Direction Générale",
        "Comité transitions et parcours scolaires",
        "SRÉ Secondaire-ÉA FP",
        "Service des Ressources humaines",
        "SRÉ Primaire-adaptation scolaire",
        "Comm.",
        "CP/DÉ/SRÉ",
    ],
)
def test_services_and_roles_are_not_names(text: str) -> None:
    """Acronyms, services and roles stay, capitals or not."""
    assert list(personal_names(text)) == []


@pytest.mark.parametrize("form", ["{0} {1}", "M. {1}", "A. {1}", "{0} de {1}", "{0} D’{1}", "{0}-{1} {1}", "Mme {1}"])
def test_names_are_told_by_their_form(form: str) -> None:
    """Two capitalised words, an initial or a title and a word, with or without a particle, between acronyms."""
    name = form.format("Aaa", "Bbb")
    text = f"SRÉ primaire {name} SRH"
    assert [text[start:end] for start, end in personal_names(text)] == [name]
