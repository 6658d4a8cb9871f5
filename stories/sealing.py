"""Words that the database keeps sealed: only with the site's keys can they be read."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"earshot: words that the database keeps"
"""What is sealed for this is nothing to those who use the same keys for another."""


class Unreadable(ValueError):
    """Words that were sealed with a key that the site has no longer."""


class Seal:
    """Seals with the first of the site's keys, and reads with all of them."""

    def __init__(self, keys: Iterable[str]) -> None:
        made = [Fernet(_made_from(key)) for key in keys]
        self._present, self._all = made[0], MultiFernet(made)

    def close(self, words: str) -> str:
        """The words, sealed."""
        return self._present.encrypt(words.encode()).decode()

    def open(self, sealed: str) -> str:
        """The words again. Raises Unreadable without the key that sealed them."""
        return _opened(self._all, sealed)

    def is_present(self, sealed: str) -> bool:
        """Whether the first key sealed it, so that the others are not needed."""
        try:
            _opened(self._present, sealed)
        except Unreadable:
            return False
        return True


def _opened(by: Fernet | MultiFernet, sealed: str) -> str:
    try:
        return by.decrypt(sealed.encode()).decode()
    except InvalidToken as trouble:
        raise Unreadable("sealed with a key that is not known") from trouble


def _made_from(key: str) -> bytes:
    """What Fernet takes: 32 bytes, from a key of any length."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return urlsafe_b64encode(derived.derive(key.encode()))
