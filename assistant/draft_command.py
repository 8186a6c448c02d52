"""`balise draft MESSAGE.eml [--out draft.eml] [--json]`: a draft reply to each message; nothing is ever sent.

In: a file (.eml, .msg, text), a folder, an mbox, pasted text on standard input, or a mailbox over IMAP. Out: the letter
in the terminal, JSON, or files. A message that cannot be read is named on standard error and the others go on.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.correspondence.drafting import Drafter
from assistant.correspondence.eml import to_eml
from assistant.correspondence.errors import MessageError
from assistant.correspondence.imap import Account, append_draft, fetch
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reading import Read, read_message, read_path
from assistant.correspondence.rendering import reply_html, reply_text
from assistant.correspondence.reply import ReplyDraft
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.web.draft_schemas import DraftReply

_ENDINGS = (".eml", ".html", ".txt", ".json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("message", nargs="?", help=".eml, .msg or text file, folder, mbox; - or nothing: pasted text")
    parser.add_argument("--out", type=Path, help=f"file ({', '.join(_ENDINGS)}), or folder for several messages")
    parser.add_argument("--json", action="store_true", help="print the draft as JSON, as the HTTP interface gives it")
    parser.add_argument("--language", choices=("fr", "en"), help="language of the reply (default: the message's)")
    parser.add_argument(
        "--engine", choices=("extractive", "model"), help="answer without a language model, or only where one is set"
    )
    parser.add_argument("--imap", action="store_true", help="read the mailbox of BALISE_IMAP_… (nothing is marked)")
    parser.add_argument("--unseen", action="store_true", help="with --imap: unread messages only")
    parser.add_argument("--limit", type=int, default=20, help="with --imap: newest messages to read (20)")
    parser.add_argument("--append", action="store_true", help="put each draft in the drafts folder of BALISE_IMAP_…")


def run(arguments: argparse.Namespace, drafter: Drafter, settings: Settings) -> int:
    """Draft; 1 where a message could not be read or an answer failed, 2 for arguments that do not go together."""
    if arguments.imap and arguments.message:
        _complain("Give either a message or --imap.")
        return 2
    account = account_of(settings) if arguments.imap or arguments.append else None
    several = arguments.imap or (arguments.message not in {None, "-"} and _is_several(Path(arguments.message)))
    failed = False
    for name, message in _messages(arguments, account):
        if isinstance(message, MessageError):
            _complain(str(message))
            failed = True
            continue
        draft = drafter.draft(message, arguments.language)
        failed = failed or any(one.status == "error" for one in draft.questions)
        _give(arguments, drafter, (name, message, draft), several=several)
        if account is not None and arguments.append:
            append_draft(account, to_eml(draft, message, drafter.wording))
    return 1 if failed else 0


def account_of(settings: Settings) -> Account:
    """The mailbox of the settings; `AssistantError` where there is none."""
    if settings.imap_host is None or settings.imap_user is None or settings.imap_password is None:
        raise AssistantError("No mailbox is set. Set BALISE_IMAP_HOST, BALISE_IMAP_USER and BALISE_IMAP_PASSWORD.")
    return Account(
        settings.imap_host,
        settings.imap_port,
        settings.imap_user,
        settings.imap_password.get_secret_value(),
        settings.imap_folder,
        settings.imap_drafts,
    )


def _messages(arguments: argparse.Namespace, account: Account | None) -> Iterator[Read]:
    if arguments.imap and account is not None:
        yield from fetch(account, limit=arguments.limit, unseen=arguments.unseen)
    elif arguments.message in {None, "-"}:
        try:
            yield "-", read_message(sys.stdin.buffer.read(), "standard input")
        except MessageError as error:
            yield "-", error
    else:
        yield from read_path(Path(arguments.message))


def _is_several(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in {".mbox", ".mbx"}


def _give(
    arguments: argparse.Namespace,
    drafter: Drafter,
    made: tuple[str, IncomingMessage, ReplyDraft],
    *,
    several: bool,
) -> None:
    name, message, draft = made
    if arguments.out is not None:
        path = arguments.out / f"{Path(name).stem if '#' not in name else name.replace('#', '-')}.eml"
        _write(path if several else arguments.out, drafter, message, draft)
    if arguments.json:
        sys.stdout.write(_json(drafter, message, draft, indent=None if several else 2) + "\n")
    elif arguments.out is None:
        heading = f"=== {name} ===\n" if several else ""
        sys.stdout.write(
            heading + reply_text(draft, drafter.wording) + "\n" + "\n".join(_told(drafter, message, draft))
        )
        sys.stdout.write("\n\n" if several else "\n")


def _json(drafter: Drafter, message: IncomingMessage, draft: ReplyDraft, indent: int | None) -> str:
    text, page = reply_text(draft, drafter.wording), reply_html(draft, drafter.wording)
    return DraftReply.of(draft, message, text, page).model_dump_json(indent=indent)


def _write(path: Path, drafter: Drafter, message: IncomingMessage, draft: ReplyDraft) -> None:
    match path.suffix.lower():
        case ".html":
            content = reply_html(draft, drafter.wording).encode()
        case ".txt":
            content = reply_text(draft, drafter.wording).encode()
        case ".json":
            content = _json(drafter, message, draft, indent=2).encode()
        case ".eml":
            content = to_eml(draft, message, drafter.wording)
        case ending:
            raise AssistantError(f"{path}: {ending or 'no ending'} is not one of {', '.join(_ENDINGS)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise AssistantError(f"{path}: cannot be written ({error.strerror})") from error


def _told(drafter: Drafter, message: IncomingMessage, draft: ReplyDraft) -> Sequence[str]:
    """What a person wants to know beside the letter: the verdict on each question, what was odd in the message."""
    wording, language = drafter.wording, draft.language
    verdicts = [
        f"({rank}) {wording.say(f'status_{one.status}', language)}" for rank, one in enumerate(draft.questions, 1)
    ]
    warnings = [wording.say(f"warning_{one}", language) for one in message.warnings]
    return [*(["; ".join(verdicts)] if verdicts else []), *warnings]


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")
