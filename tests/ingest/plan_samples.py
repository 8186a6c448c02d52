"""Small action plans for the tests, and how they are cut."""

from segmentation_checks import corpus_document, kept_and_dropped, part_texts, unaccounted

from ingest.documents import Segmentation, Source, Unit, UnitKind
from ingest.layouts.action_plan import segment

TOP = """\
PEVR\t\t
Enjeu 1\tUn enjeu\t
Orientation 2\tUne orientation\t
Objectif 3\tUn objectif.\tIndicateur(s)\tCibles 2031
\t\tTaux d'essai\t80 % (un plan)
PEVR (MISE EN ŒUVRE)\t\t
"""
TITLES = "MOYENS\tGroupes visés (qui)\tResponsable\tMise en oeuvre de l'action\tÉtat d'avancement 3 mai 2029\n"


def cut(text: str, **changes: object) -> Segmentation:
    """A plan as the layout reads it, its catalog entry changed by `changes`."""
    entry = corpus_document("pevr-2023-2027")[1].model_copy(update=changes)
    return segment("essai", Source(text), entry)


def means_of(rows: str, *, titles: str = TITLES) -> list[dict[str, str]]:
    """Part names and texts of each means, once the whole text is accounted for."""
    text = TOP + titles + rows
    segmentation = cut(text)
    assert unaccounted(segmentation, text) == []
    assert kept_and_dropped(segmentation, text) == []
    return [dict(part_texts(unit, text)) for unit in of_kind(segmentation, UnitKind.MEANS)]


def of_kind(segmentation: Segmentation, kind: UnitKind) -> list[Unit]:
    """The units of this kind."""
    return [unit for unit in segmentation.units if unit.kind is kind]
