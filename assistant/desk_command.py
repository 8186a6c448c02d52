"""`balise desk …` and `balise purge`: what is done to the desk from the server, where nobody signs in.

In: arguments. Out: text on the standard output; a key is shown once. The audit log says that the command line acted.
Opens the database only: neither an index nor a model is needed.
"""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from assistant.desk.accounts import Accounts
from assistant.desk.errors import DeskError
from assistant.desk.events import COMMAND
from assistant.desk.forgetting import Forgetting
from assistant.desk.keys import Keys
from assistant.desk.values import Role
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.storage.database import Database, open_database
from assistant.storage.feedback import purge_feedback

_now = partial(datetime.now, UTC)
_REMEDIES = {
    "name": "an account's name has 2 to 120 letters, digits, spaces, periods, apostrophes or hyphens",
    "name_taken": "there is already an account of this name: give another one, or `balise desk renew-key`",
    "account": "there is no account of this name: see `balise desk users`",
    "message": "there is no message of this number",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `balise desk`."""
    acts = parser.add_subparsers(dest="act", required=True)
    add = acts.add_parser("add-user", help="make an account and show its key")
    add.add_argument("name", help="shown at the desk and in the audit log; with OIDC, what the provider calls it")
    add.add_argument("--role", action="append", required=True, choices=[role.value for role in Role])
    add.add_argument("--no-key", action="store_true", help="sign in through the OIDC provider only")
    acts.add_parser("users", help="list the accounts")
    renew = acts.add_parser("renew-key", help="give an account a new key, unlock it, end its sessions")
    renew.add_argument("name")
    export = acts.add_parser("export", help="all that is kept about one message, as JSON")
    export.add_argument("message", type=int)
    export.add_argument("--out", type=Path, help="a file instead of the standard output")
    delete = acts.add_parser("delete", help="forget one message, its drafts and its notes")
    delete.add_argument("message", type=int)


def add_purge_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `balise purge`."""
    parser.add_argument(
        "--days", type=_days, help="keep this many days instead of BALISE_RETENTION_DAYS (for this time only)"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what `balise desk` asks."""
    database = open_database(settings.database, settings.data)
    try:
        return _ACTS[arguments.act](arguments, database)
    except DeskError as error:
        raise SettingsError(f"balise desk {arguments.act}: {_REMEDIES.get(error.code, error.code)}") from error
    finally:
        database.close()


def purge(arguments: argparse.Namespace, settings: Settings) -> int:
    """Forget what is older than the retention period: messages with their drafts, and feedback."""
    before = _now() - timedelta(days=arguments.days or settings.retention_days)
    database = open_database(settings.database, settings.data)
    try:
        feedback = purge_feedback(database, before)
        messages = Forgetting(database, _now).purge(before)
    finally:
        database.close()
    _say(f"Received before {before:%Y-%m-%d}: {messages} message(s) and {feedback} feedback entry(ies) forgotten.")
    return 0


def _add_user(arguments: argparse.Namespace, database: Database) -> int:
    roles = [Role(name) for name in arguments.role]
    account, key = _accounts(database).add(arguments.name, roles, COMMAND, keyed=not arguments.no_key)
    _say(f"Account: {account.name} ({', '.join(role.value for role in Role if role in account.roles)})")
    _say(f"Key (shown once): {key}" if key else "No key: this account signs in through the OIDC provider.")
    return 0


def _users(_: argparse.Namespace, database: Database) -> int:
    for account in _accounts(database).listed():
        roles = ", ".join(role.value for role in Role if role in account.roles)
        _say(f"{account.name}\t{roles}\t{'active' if account.active else 'closed'}")
    return 0


def _renew_key(arguments: argparse.Namespace, database: Database) -> int:
    accounts = _accounts(database)
    _say(f"Key (shown once): {accounts.renew_key(accounts.named(arguments.name).id, COMMAND)}")
    return 0


def _export(arguments: argparse.Namespace, database: Database) -> int:
    found = Forgetting(database, _now).export(None, arguments.message)
    if arguments.out is None:
        _say(found)
    else:
        arguments.out.write_text(found + "\n", encoding="utf-8")
    return 0


def _delete(arguments: argparse.Namespace, database: Database) -> int:
    Forgetting(database, _now).delete(None, arguments.message)
    _say(f"Message {arguments.message} deleted; the audit log keeps that it was, and nothing of it.")
    return 0


_ACTS = {"add-user": _add_user, "users": _users, "renew-key": _renew_key, "export": _export, "delete": _delete}


def _accounts(database: Database) -> Accounts:
    return Accounts(database, Keys(), _now)


def _days(text: str) -> int:
    days = int(text)
    if days < 1:
        raise argparse.ArgumentTypeError("at least 1 day")
    return days


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
