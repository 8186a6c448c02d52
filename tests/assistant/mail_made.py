"""Messages made in the test: Internet messages, real Outlook files, and a drafter over the small corpus."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

from core_fakes import PROMPTS, garden_index, pipeline_of, real_replies

from assistant.correspondence.drafting import Drafter
from assistant.correspondence.reading import read_message
from assistant.correspondence.recheck import Recheck
from assistant.correspondence.reply import ReplyDraft
from assistant.referrals import Referrals
from assistant.replies import Replies, load_replies

DATE = "Thu, 12 Nov 2026 09:30:00 -0500"


def eml(body: str, *, page: str = "", **headers: str) -> bytes:
    """An Internet message; `page` adds an HTML form of the body. Header names are written `message_id`."""
    mail = EmailMessage(policy=SMTP)
    shown = {"from": "Josiane Fiset <josiane@exemple.quebec>", "subject": "Question", "date": DATE} | headers
    for name, value in shown.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    if page:
        mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


@cache
def wording() -> Replies:
    """The fixed sentences of letters."""
    return load_replies(PROMPTS, "drafts.yaml")


@cache
def garden_drafter() -> Drafter:
    """A drafter over the small corpus."""
    index = garden_index()
    replies = real_replies()
    return Drafter(pipeline_of(index).answer, index, Referrals(index, replies), replies, wording())


@cache
def garden_recheck() -> Recheck:
    """The check over the same index."""
    return Recheck(garden_index())


def drafted(body: str, **headers: str) -> ReplyDraft:
    """The draft of a reply to such a message."""
    return garden_drafter().draft(read_message(eml(body, **headers), "message.eml"))


_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    children: list["_Entry"] = field(default_factory=list)
    start: int = _END
    rank: int = 0


def ole(tree: Mapping[str, object]) -> bytes:
    """A compound file (MS-CFB version 3) with these streams (bytes) and storages (mappings)."""
    root = _Entry("Root Entry", 5)
    entries = [root]
    _fill(root, tree, entries)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini = b""
    mini_fat: list[int] = []
    for entry in entries[1:]:
        if entry.kind == 2 and len(entry.content) < _CUTOFF:
            entry.start = len(mini_fat) if entry.content else _END
            pieces = -(-len(entry.content) // _MINI)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + pieces), _END][:pieces]
            mini += entry.content.ljust(pieces * _MINI, b"\0")
        elif entry.kind == 2:
            entry.start = _add(sectors, fat, entry.content)
    root.content = mini
    root.start = _add(sectors, fat, mini) if mini else _END
    mini_start = _add(sectors, fat, struct.pack(f"<{len(mini_fat)}I", *mini_fat)) if mini_fat else _END
    directory = _add(sectors, fat, b"".join(map(_directory_entry, entries)))
    fat_start, needed = len(fat), -(-(len(fat) + 1) // 127)
    fat += [_FAT] * needed
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(needed * _SECTOR, b"\xff")
    sectors += [table[at : at + _SECTOR] for at in range(0, len(table), _SECTOR)]
    header = struct.pack(
        "<8s16x5H6x9I",
        bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, needed, directory, 0, _CUTOFF, mini_start, -(-len(mini_fat) * 4 // _SECTOR), _END, 0,
    )  # fmt: skip
    places = [fat_start + rank for rank in range(needed)] + [_FREE] * (109 - needed)
    return header + struct.pack("<109I", *places) + b"".join(sectors)


def _fill(parent: _Entry, tree: Mapping[str, object], entries: list[_Entry]) -> None:
    for name, value in tree.items():
        entry = _Entry(name, 2, value) if isinstance(value, bytes) else _Entry(name, 1)
        entry.rank = len(entries)
        entries.append(entry)
        parent.children.append(entry)
        if isinstance(value, Mapping):
            _fill(entry, value, entries)


def _add(sectors: list[bytes], fat: list[int], content: bytes) -> int:
    start = len(sectors)
    count = -(-len(content) // _SECTOR)
    padded = content.ljust(count * _SECTOR, b"\0")
    sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
    fat += [*range(start + 1, start + count), _END]
    return start


def _directory_entry(entry: _Entry) -> bytes:
    """128 bytes; the children of a storage hang from one another, to the right."""
    name = entry.name.encode("utf-16-le")
    child = entry.children[0].rank if entry.children else _NONE
    right = _SIBLINGS.get(id(entry), _NONE)
    for one, after in zip(entry.children, entry.children[1:], strict=False):
        _SIBLINGS[id(one)] = after.rank
    return struct.pack(
        "<64sHBB3I16xI16xIQ",
        name,
        len(name) + 2,
        entry.kind,
        1,
        _NONE,
        right,
        child,
        0,
        entry.start,
        len(entry.content),
    )


_SIBLINGS: dict[int, int] = {}


def msg(*, body: str = "", page: bytes = b"", attachment: bytes = b"", **strings: str) -> bytes:
    """A real Outlook message. `strings` are text properties by their hexadecimal tag, such as `p0037` (subject)."""
    texts = {tag[1:]: value for tag, value in strings.items()} | ({"1000": body} if body else {})
    streams: dict[str, object] = {}
    properties = struct.pack("<8x4I8x", 0, 0, 0, int(bool(attachment)))
    for tag, value in texts.items():
        content = value.encode("utf-16-le")
        streams[f"__substg1.0_{tag.upper()}001F"] = content
        properties += struct.pack("<HHIII", 0x001F, int(tag, 16), 6, len(content) + 2, 0)
    if page:
        streams["__substg1.0_10130102"] = page
        properties += struct.pack("<HHIII", 0x0102, 0x1013, 6, len(page), 0)
        properties += struct.pack("<HHIII", 0x0003, 0x3FDE, 6, 65001, 0)
    properties += struct.pack("<HHIII", 0x0003, 0x340D, 6, 0x40000, 0)
    if attachment:
        name = "plan d’action.pdf".encode("utf-16-le")
        inside = struct.pack("<8x") + struct.pack("<HHIII", 0x001F, 0x3707, 6, len(name) + 2, 0)
        inside += struct.pack("<HHIII", 0x0102, 0x3701, 6, len(attachment), 0)
        streams["__attach_version1.0_#00000000"] = {
            "__properties_version1.0": inside,
            "__substg1.0_3707001F": name,
            "__substg1.0_37010102": attachment,
        }
    return ole({"__properties_version1.0": properties, **streams})
