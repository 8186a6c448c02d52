"""Lists of bodies from tables: rows of cells to bodies, or every row that cannot be used with its line and reason.

In: the text or cells of a table whose first line holds French or English headers, and whether the measure counts
posts or pupils. Out: a `BodyTable`. Reads commas, semicolons and tabs, UTF-8, UTF-16 and Windows-1252, decimal commas;
a total row is checked and left out. Refuses, as `BadRows`, a table with any bad row unless told to leave them out.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.conversation import BodyType
from assistant.tools.allocation import MOST_BODIES, Body
from assistant.tools.errors import BadRows, InvalidInput, RowProblem, TooManyBodies, Wording
from assistant.tools.formats import count
from assistant.tools.ground import SEPARATE, SEPARATE_RULES

Cell = str | int | float | Decimal | bool | None
_LONGEST_NAME = 200
_HEADERS: Mapping[str, frozenset[str]] = {
    "id": frozenset("id identifiant identifier code no numero number organisme_id body_id code_organisme".split()),
    "name": frozenset(
        "nom name organisme body organisme_scolaire school_body nom_de_l_organisme board ecole school etablissement "
        "css "
        "centre_de_services institution".split()
    ),
    "posts": frozenset(
        "postes poste posts post nombre_de_postes nb_postes nb_de_postes number_of_posts postes_d_enseignants "
        "nombre_de_postes_d_enseignants teaching_posts teacher_posts positions etc etp fte".split()
    ),
    "fgj": frozenset("fgj jeunes formation_generale_des_jeunes effectif_fgj eleves_fgj youth youth_enrolment".split()),
    "fp": frozenset("fp formation_professionnelle effectif_fp eleves_fp vocational vocational_enrolment dep".split()),
    "headcount": frozenset(
        "effectif effectif_scolaire effectif_total eleves students enrolment enrollment headcount fgj_fp "
        "nombre_d_eleves".split()
    ),
    "type": frozenset("type reseau secteur network sector body_type genre".split()),
}
_TOTAL = re.compile(r"^(?:grand |sous-)?totau?x?\b|^sommes?\b|^sum\b|^ensemble$|^total\b")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[ ']\d{3})+|\d+)(?:[.,]\d+)?", re.ASCII)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "’": "'"})
_TYPES: Mapping[str, BodyType] = {
    "public": "public", "publique": "public", "css": "public", "cs": "public", "prive": "private", "privee": "private",
    "private": "private",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyTable:
    """The bodies of a table, and the rows left out on demand."""

    bodies: tuple[Body, ...]
    left_out: tuple[RowProblem, ...] = ()


def decode(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_cells(text: str) -> tuple[tuple[Cell, ...], ...]:
    """The cells of a delimited text; the delimiter is the one that yields most known headers."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(
        ";\t,", key=lambda mark: sum(_column(cell) is not None for cell in next(csv.reader([first], delimiter=mark)))
    )
    try:
        return tuple(tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise InvalidInput(
            Wording("Le tableau n’est pas un CSV lisible.", "The table is not a readable CSV.")
        ) from error


def table(cells: Sequence[Sequence[Cell]], *, by_posts: bool, leave_out: bool = False) -> BodyTable:
    """The bodies of a table with a header line; `leave_out` computes without the bad rows, as asked explicitly."""
    start = next((i for i, row in enumerate(cells) if any(_shown(cell) for cell in row)), None)
    if start is None:
        raise InvalidInput(Wording("Le tableau est vide.", "The table is empty."))
    columns = _columns(cells[start], by_posts=by_posts)
    records = [
        (line, {name: row[i] for name, i in columns.items() if i < len(row)})
        for line, row in enumerate(cells[start + 1 :], start=start + 2)
        if any(_shown(cell) for cell in row)
    ]
    return read_records(records, by_posts=by_posts, leave_out=leave_out)


def read_records(
    records: Iterable[tuple[int, Mapping[str, Cell]]], *, by_posts: bool, leave_out: bool = False
) -> BodyTable:
    """The bodies of rows already named (`id`, `name`, `posts`, `fgj`, `fp`, `headcount`, `type`), with their lines."""
    bodies: list[Body] = []
    problems: list[RowProblem] = []
    lines: dict[str, int] = {}
    totals: list[tuple[int, Fraction]] = []
    for line, record in records:
        label = _label(record)
        try:
            weight = _weight(record, by_posts=by_posts)
            if _TOTAL.match(_fold(label)):
                totals.append((line, weight))
                continue
            bodies.append(_body(label, weight, record, lines, by_posts=by_posts))
        except _BadCellError as error:
            problems.append(RowProblem(line, error.reason))
        else:
            lines[label] = line
    if not problems:
        problems += _wrong_totals(totals, bodies)
    if len(bodies) > MOST_BODIES:
        raise TooManyBodies(_too_many(len(bodies)))
    if problems and (not leave_out or not bodies):
        raise BadRows(problems)
    return BodyTable(tuple(bodies), tuple(problems))


class _BadCellError(Exception):
    """A cell that cannot be used; stays inside this module."""

    def __init__(self, fr: str, en: str) -> None:
        self.reason = Wording(fr, en)
        super().__init__(en)


def exact_number(cell: Cell) -> Fraction | None:
    """A cell as an exact number; `None` where it is not one, or could be read two ways."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, Decimal, float)):
        text = str(cell)
        return Fraction(text) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?", text) else None
    text = cell.translate(_SPACES).strip()
    if not _NUMBER.fullmatch(text) or _AMBIGUOUS.fullmatch(text):
        return None
    return Fraction(text.replace(" ", "").replace("'", "").replace(",", "."))


def _body(
    label: str, weight: Fraction, record: Mapping[str, Cell], lines: Mapping[str, int], *, by_posts: bool
) -> Body:
    if not label:
        raise _BadCellError("il manque l’identifiant ou le nom", "the identifier or the name is missing")
    if len(label) > _LONGEST_NAME or any(unicodedata.category(c) == "Cc" for c in label):
        raise _BadCellError("le nom n’est pas lisible", "the name is not readable")
    if label in lines:
        first = lines[label]
        raise _BadCellError(
            f"«\u00a0{label}\u00a0» est déjà à la ligne {first}", f"“{label}” already stands at line {first}"
        )
    if SEPARATE_RULES.search(_fold(label)):
        raise _BadCellError(SEPARATE.fr, SEPARATE.en)
    return Body(label, weight, _type(record, by_posts=by_posts))


def _type(record: Mapping[str, Cell], *, by_posts: bool) -> BodyType | None:
    said = _shown(record.get("type"))
    if not said:
        return None
    kind = _TYPES.get(_fold(said))
    if kind is None:
        raise _BadCellError(f"type inconnu\u00a0: «\u00a0{said}\u00a0»", f"unknown type: “{said}”")
    if (kind == "public") is not by_posts:
        raise _BadCellError(
            "ce type d’organisme ne relève pas de cette mesure", "this measure is not for this kind of body"
        )
    return kind


def _weight(record: Mapping[str, Cell], *, by_posts: bool) -> Fraction:
    if by_posts:
        return _count(record, "posts")
    if _shown(record.get("headcount")):
        return _count(record, "headcount")
    given = [name for name in ("fgj", "fp") if _shown(record.get(name))]
    if not given:
        raise _BadCellError("il manque l’effectif (FGJ et FP)", "the enrolment (youth and vocational) is missing")
    return sum((_count(record, name) for name in given), Fraction(0))


def _count(record: Mapping[str, Cell], name: str) -> Fraction:
    cell = record.get(name)
    if not _shown(cell):
        raise _BadCellError("il manque le nombre", "the number is missing")
    value = exact_number(cell)
    if value is None:
        text = _shown(cell)
        raise _BadCellError(
            f"«\u00a0{text}\u00a0» n’est pas un nombre sans équivoque", f"“{text}” is not an unambiguous number"
        )
    if value < 0:
        raise _BadCellError("le nombre est négatif", "the number is negative")
    return value


def _wrong_totals(totals: Sequence[tuple[int, Fraction]], bodies: Sequence[Body]) -> list[RowProblem]:
    actual = sum((body.weight for body in bodies), Fraction(0))
    return [
        RowProblem(
            line,
            Wording(
                f"le total ({count(given, 'fr')}) n’est pas la somme des lignes ({count(actual, 'fr')})",
                f"the total ({count(given, 'en')}) is not the sum of the rows ({count(actual, 'en')})",
            ),
        )
        for line, given in totals
        if given != actual
    ]


def _columns(header: Sequence[Cell], *, by_posts: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    twice: list[str] = []
    for i, cell in enumerate(header):
        name = _column(_shown(cell))
        if name in found:
            twice.append(_shown(cell))
        elif name is not None:
            found[name] = i
    needed = {"posts"} if by_posts else {"headcount", "fgj", "fp"}
    if twice or not needed & found.keys() or not {"id", "name"} & found.keys():
        raise InvalidInput(_bad_header(by_posts=by_posts))
    return found


def _bad_header(*, by_posts: bool) -> Wording:
    columns_fr = "postes" if by_posts else "fgj et fp, ou effectif"
    columns_en = "posts" if by_posts else "fgj and fp, or headcount"
    return Wording(
        f"La première ligne doit nommer les colonnes, une fois chacune\u00a0: id ou nom, et {columns_fr}.",
        f"The first line must name the columns, once each: id or name, and {columns_en}.",
    )


def _column(header: str) -> str | None:
    key = re.sub(r"[^a-z0-9]+", "_", _fold(header)).strip("_")
    return next((name for name, known in _HEADERS.items() if key in known), None)


def _label(record: Mapping[str, Cell]) -> str:
    code, name = _shown(record.get("id")), _shown(record.get("name"))
    return f"{code} ({name})" if code and name else code or name


def _shown(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).translate(_SPACES).split(" ")).strip()


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower().strip()) if not unicodedata.combining(c))


def _too_many(number: int) -> Wording:
    n = Fraction(number), Fraction(MOST_BODIES)
    return Wording(
        f"Le tableau compte {count(n[0], 'fr')} organismes; l’outil en accepte au plus {count(n[1], 'fr')}.",
        f"The table holds {count(n[0], 'en')} bodies; the tool accepts {count(n[1], 'en')} at most.",
    )
