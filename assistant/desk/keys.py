"""Access keys: made at random, kept only as Argon2id hashes, compared without telling how close a guess was.

In: a key, a hash. Out: a hash, yes or no. Nobody chooses a key: all are as strong as `new_key` makes them.
"""

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST_KEY = 200
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else when read or copied
_GROUPS, _GROUP = 5, 5


class Keys:
    """Hashes keys and checks them; the cost is that of argon2's profile unless given."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """A hash that no key opens."""
        return self._hasher.hash(new_key())

    def hash(self, key: str) -> str:
        """The hash to keep."""
        return self._hasher.hash(key)

    def matches(self, key: str, hashed: str | None) -> bool:
        """Whether this is the key; without a hash (no such account) the same work is done, and the answer is no."""
        try:
            return self._hasher.verify(hashed or self._nobody, key[: LONGEST_KEY + 1]) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, hashed: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(hashed)


def new_key() -> str:
    """A random key of about 124 bits, in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
