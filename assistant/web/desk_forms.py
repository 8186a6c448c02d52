"""Reading the forms of the desk, with or without a file.

In: a request whose body is a form. Out: a `Form`. Refuses another kind of body (415) and too many fields (400).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile

from assistant.web.negotiation import FORM

_WITH_FILE = "multipart/form-data"
_MOST_FIELDS = 500
_LONGEST_FIELD = 1024 * 1024
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, the first value of each (all of them in `several`), and its file."""

    fields: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]
    upload: Upload | None = None

    def text(self, name: str) -> str:
        """A field; empty when it is missing."""
        return self.fields.get(name, "")

    def number(self, name: str) -> int:
        """A field as a whole number; 422 where it is none."""
        text = self.text(name)
        if not text.isascii() or not text.isdecimal() or len(text) > _LONGEST_NUMBER:
            raise HTTPException(422)
        return int(text)

    def starting(self, prefix: str) -> dict[str, str]:
        """The fields whose names start so, without the prefix."""
        return {name.removeprefix(prefix): text for name, text in self.fields.items() if name.startswith(prefix)}


async def read_form(request: Request) -> Form:
    """The form of a request."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {FORM, _WITH_FILE}:
        raise HTTPException(415, headers={"Accept": f"{FORM}, {_WITH_FILE}"})
    async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD) as data:
        several: dict[str, list[str]] = {}
        upload: Upload | None = None
        for name, value in data.multi_items():
            if isinstance(value, UploadFile):
                upload = Upload(value.filename or "", await value.read())
            else:
                several.setdefault(name, []).append(value)
    return Form(
        {name: values[0] for name, values in several.items()},
        {name: tuple(values) for name, values in several.items()},
        upload if upload is not None and upload.name else None,
    )
