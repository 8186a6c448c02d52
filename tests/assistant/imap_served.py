"""A small real IMAP4rev1 server on the loopback, over TLS, that writes down every command it is given."""

import datetime as dt
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "valorisation", "secret"
_LITERAL = re.compile(rb"\{(\d+)\}$")


@dataclass
class Mailbox:
    """What the server holds: messages of INBOX by uid, flags, what was appended where, and the commands."""

    inbox: dict[int, bytes]
    flags: dict[int, set[str]] = field(default_factory=dict)
    appended: list[tuple[str, str, bytes]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    read_only: bool = True


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """One client, until it leaves."""
        self.say(b"* OK ready")
        while line := self.rfile.readline().strip():
            tag, command, rest = [*line.split(b" ", 2), b""][:3]
            self.box.commands.append(f"{command.decode()} {rest.decode()}".strip())
            if not getattr(self, f"do_{command.decode().lower()}", self.unknown)(tag, rest):
                return

    @property
    def box(self) -> Mailbox:
        """The mailbox served."""
        return self.server.box  # type: ignore[attr-defined,no-any-return]

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def unknown(self, tag: bytes, _rest: bytes) -> bool:
        self.say(tag + b" BAD unknown")
        return True

    def do_capability(self, tag: bytes, _rest: bytes) -> bool:
        self.say(b"* CAPABILITY IMAP4rev1")
        self.say(tag + b" OK done")
        return True

    def do_login(self, tag: bytes, rest: bytes) -> bool:
        known = rest.replace(b'"', b"").split() == [USER.encode(), PASSWORD.encode()]
        self.say(tag + (b" OK in" if known else b" NO wrong"))
        return True

    def do_logout(self, tag: bytes, _rest: bytes) -> bool:
        self.say(b"* BYE")
        self.say(tag + b" OK out")
        return False

    def do_examine(self, tag: bytes, rest: bytes) -> bool:
        return self.opened(tag, rest, read_only=True)

    def do_select(self, tag: bytes, rest: bytes) -> bool:
        return self.opened(tag, rest, read_only=False)

    def opened(self, tag: bytes, rest: bytes, *, read_only: bool) -> bool:
        if rest.strip(b'"') != b"INBOX":
            self.say(tag + b" NO none")
            return True
        self.box.read_only = read_only
        self.say(b"* %d EXISTS" % len(self.box.inbox))
        self.say(tag + (b" OK [READ-ONLY] open" if read_only else b" OK [READ-WRITE] open"))
        return True

    def do_uid(self, tag: bytes, rest: bytes) -> bool:
        words = rest.split(b" ", 2)
        if words[0] == b"SEARCH":
            unseen = words[1] == b"UNSEEN"
            uids = [uid for uid in self.box.inbox if not unseen or "\\Seen" not in self.box.flags.get(uid, set())]
            self.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids))
        else:
            self.fetched(int(words[1]), words[2])
        self.say(tag + b" OK done")
        return True

    def fetched(self, uid: int, what: bytes) -> None:
        content = self.box.inbox[uid]
        if b"RFC822.SIZE" in what:
            self.say(b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (uid, len(content)))
            return
        if b"PEEK" not in what and not self.box.read_only:
            self.box.flags.setdefault(uid, set()).add("\\Seen")
        self.wfile.write(b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, len(content)) + content + b")\r\n")

    def do_append(self, tag: bytes, rest: bytes) -> bool:
        literal = _LITERAL.search(rest)
        size = int(literal[1]) if literal else 0
        self.say(b"+ go on")
        content = self.rfile.read(size)
        self.rfile.readline()
        folder = re.match(r'"([^"]*)"', rest.decode())
        flags = re.search(r"\(([^)]*)\)", rest.decode())
        self.box.appended.append((folder[1] if folder else "", flags[1] if flags else "", content))
        self.say(tag + b" OK added")
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, box: Mailbox, context: ssl.SSLContext) -> None:
        self.box = box
        super().__init__(("127.0.0.1", 0), _Session)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, _request: object, _client_address: object) -> None:
        """A client that hangs up (a refused certificate) is part of the tests."""


@contextmanager
def served(box: Mailbox, folder: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """The port of the server, and a client context that trusts it; `folder` holds its certificate."""
    certificate = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = _Server(box, context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], ssl.create_default_context(cafile=str(certificate))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
