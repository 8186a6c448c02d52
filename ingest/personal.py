"""Personal data that a document carries by accident: addresses of persons, in clear or inside a tracking link."""

import re
from collections.abc import Collection, Iterator

from ingest.documents import Run

_START = r"(?:(?<![\w.+%-])|(?<=%[0-9A-Fa-f]{2})(?<!%25)|(?<=%25[0-9A-Fa-f]{2})|(?<=%)(?![0-9A-Fa-f]{2}))"
_ADDRESS = re.compile(rf"{_START}(?P<local>\w[\w.+-]*+)(?:@|%(?:25)?40)(?P<domain>(?:[\w-]++\.)+[A-Za-z]{{2,}})")
_PERSON = re.compile(r"^[^\W\d_]+(?:[._-][^\W\d_]+)+\d*$")


def personal_addresses(text: str, published: Collection[str] = ()) -> Iterator[Run]:
    """Ranges of e-mail addresses whose local part reads as a person's name and that the catalog does not list."""
    for match in _ADDRESS.finditer(text):
        address = f"{match['local']}@{match['domain']}"
        if address.lower() not in published and _PERSON.match(match["local"]):
            yield Run(match.start("local"), match.end())
