"""Files of bilingual text in, pairs of texts out.

Reads JSON Lines, plain or xz. Refuses a file that none of the given folders holds, a line that is not JSON and a
field that no row has; a row whose field is empty gives no pair.
"""

import hashlib
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReadError
from ingest.train.recipe import Join, PairSource

Row = dict[str, object]
_JOINT = ". "


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts to bring together.

    Pairs of one `block` are each other's hard negatives; pairs of one `same` are never negatives. Empty: none.
    """

    left: str
    right: str
    block: str = ""
    same: str = ""


def held_out(group: str, share: float) -> bool:
    """Whether a group is kept out of training: depends on its text alone, about `share` of all groups."""
    number = int.from_bytes(hashlib.sha256(group.encode()).digest()[:8])
    return number < share * 2**64


def find_file(name: str, folders: Sequence[Path]) -> Path:
    """The file of this name in the first folder that has it; `ReadError` when none has."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    places = ", ".join(str(folder) for folder in folders) or "no folder"
    raise ReadError(name, f"not found in {places}", "Give the folder that holds it with --data.")


def read_rows(path: Path) -> Iterator[Row]:
    """Each line of a `.jsonl` or `.jsonl.xz` file as a mapping; `ReadError` names the line that is not one."""
    opener = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(line, path, number)
    except (OSError, lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"does not read ({error})", "Fetch the file again.") from error


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ReadError(str(path), f"line {number} is not JSON ({error})", "Mend or remove the line.") from error
    if not isinstance(row, dict):
        raise ReadError(str(path), f"line {number} is not a JSON object", "Mend or remove the line.")
    return row


def read_source(source: PairSource, folders: Sequence[Path]) -> list[Pair]:
    """All pairs of a source, in the order of its files, without the held-out groups.

    Raises:
        ReadError: a file is missing or wrong, or no row has the fields asked for.
    """
    rows = (row for row in _source_rows(source, folders) if not _kept_out(row, source))
    pairs = [pair for row in rows for sides in source.pairs for pair in _pairs(row, sides, source)]
    if not pairs:
        fields = ", ".join(sorted({field for sides in source.pairs for field in sides}))
        raise ReadError(", ".join(source.files), f"gives no pair from the fields {fields}", "Check the recipe.")
    return pairs


def _source_rows(source: PairSource, folders: Sequence[Path]) -> Iterator[Row]:
    """The rows of a source's files, completed by its join."""
    other = _joined(source.join, folders) if source.join else {}
    for name in source.files:
        for row in read_rows(find_file(name, folders)):
            yield other.get(str(row.get(source.join.field)), {}) | row if source.join else row


def _kept_out(row: Row, source: PairSource) -> bool:
    return source.group is not None and held_out(str(row.get(source.group, "")), source.held_out)


def _joined(join: Join, folders: Sequence[Path]) -> dict[str, Row]:
    return {str(row.get(join.key)): row for row in read_rows(find_file(join.file, folders))}


def _pairs(row: Row, sides: tuple[str, str], source: PairSource) -> Iterator[Pair]:
    block, same = (str(row.get(field, "")) if field else "" for field in (source.block, source.same))
    for left in values(row, sides[0]):
        for right in values(row, sides[1]):
            if left != right:
                yield Pair(left, right, block, same)


def values(row: Row, field: str) -> list[str]:
    """The texts of a field: none when empty, several for a list; `a+b` joins the texts of two fields."""
    texts = [_texts(row.get(name)) for name in field.split("+")]
    if len(texts) == 1:
        return texts[0]
    return [_JOINT.join(first for several in texts for first in several[:1])] if all(texts) else []


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [text.strip() for text in several if isinstance(text, str) and text.strip()]
