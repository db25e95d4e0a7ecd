"""Encryption of what people say: AES-256-GCM with a key id in every value, bound to its table, column and row.

A value moved to another row, column or table, or changed by one bit, does not open. Look-ups of secrets
(codes, addresses) use keyed hashes that mean nothing without the key file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
ID_BYTES = 2
HASH_BYTES = 32


class KeyFileError(RuntimeError):
    """The key file is missing, unreadable to us, open to others, or not the one the data was written with."""


class SealBroken(ValueError):
    """A sealed value was changed, moved, or written with a key we do not have. Names the place, never content."""


def make_key_file(path: Path) -> None:
    """Create a key file (0600) with one fresh key; the folder is made 0700. Raises FileExistsError if it is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {"current": 1, "keys": {"1": _fresh()}, "lookup": _fresh()}
    _write(path, content)


def _write(path: Path, content: dict[str, object]) -> None:
    """A file only we may read, on the disk when this returns. Raises FileExistsError if it is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def add_key(path: Path) -> int:
    """Add a fresh key to the key file and write with it from now on; older keys stay, or backups could not be read.

    The new file replaces the old one in one step: a kill leaves one or the other. Returns the new key's id.
    """
    Vault.load(path)  # refuses a file that is damaged or open to others
    content = json.loads(path.read_text())
    number = max(map(int, content["keys"])) + 1
    content["keys"][str(number)], content["current"] = _fresh(), number
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    _write(beside, content)
    beside.replace(path)
    return number


@dataclass
class Vault:
    """Seals and opens column values. `keys`: key id → 32 bytes; `current`: the id new values are written with.

    `path`: the key file, read again when it has been replaced by one with a newer key (`hutong keys rotate`): a process
    that went on writing with the old key would never let a rotation end.
    """

    keys: dict[int, bytes] = field(repr=False)  # a key never stands in a log, a traceback or a test's output
    current: int
    lookup_key: bytes = field(repr=False)
    path: Path | None = None
    _read: tuple[int, int] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path) -> Vault:
        """Read the key file. Raises KeyFileError with a sentence that says what to do."""
        try:
            read, mode = _mark(path), path.stat().st_mode
            content = json.loads(path.read_text())
            keys = {int(key_id): base64.b64decode(key, validate=True) for key_id, key in content["keys"].items()}
            current, lookup = int(content["current"]), base64.b64decode(content["lookup"], validate=True)
        except FileNotFoundError:
            raise KeyFileError(f"No key file at {path}. Put the backed-up key file there and start again.") from None
        except (OSError, ValueError, KeyError, TypeError, binascii.Error) as error:
            raise KeyFileError(f"The key file {path} cannot be read ({type(error).__name__}). Restore it.") from None
        if stat.S_IMODE(mode) & 0o077:
            raise KeyFileError(f"Others may read the key file {path}. Run: chmod 600 {path}")
        if current not in keys or any(len(key) != 32 for key in (*keys.values(), lookup)):
            raise KeyFileError(f"The key file {path} is damaged. Restore it from the backup.")
        return cls(keys=keys, current=current, lookup_key=lookup, path=path, _read=read)

    def seal(self, place: str, row: str, text: str) -> bytes:
        """Encrypt `text` for one place ("table.column") and row key. Result: key id, nonce, ciphertext with tag."""
        return self.seal_bytes(place, row, text.encode("utf-8", "surrogatepass"))

    def seal_bytes(self, place: str, row: str, data: bytes) -> bytes:
        """As `seal`, for what is no text: photos, recordings, files."""
        self._look_again()
        key_id = self.current.to_bytes(ID_BYTES, "big")
        nonce = secrets.token_bytes(NONCE_BYTES)
        return key_id + nonce + AESGCM(self.keys[self.current]).encrypt(nonce, data, _bound(place, row, key_id))

    def open(self, place: str, row: str, sealed: bytes) -> str:
        """Decrypt a value of that place and row. Raises SealBroken if it is not exactly what was sealed there."""
        return self.open_bytes(place, row, sealed).decode("utf-8", "surrogatepass")

    def open_bytes(self, place: str, row: str, sealed: bytes) -> bytes:
        """As `open`, for what `seal_bytes` made."""
        key_id, rest = sealed[:ID_BYTES], sealed[ID_BYTES:]
        key = self._key(int.from_bytes(key_id, "big"))
        if key is None:
            raise SealBroken(f"{place}: written with a key that is not in the key file")
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound(place, row, key_id))
        except (InvalidTag, ValueError):
            raise SealBroken(f"{place}: the value was changed or moved") from None

    def _key(self, key_id: int) -> bytes | None:
        """A key by its id; when it is not known yet, the file is looked at again."""
        if key_id not in self.keys:
            self._look_again()
        return self.keys.get(key_id)

    def _look_again(self) -> None:
        """Take over a newer key file of the same data; one that is missing or damaged is left alone."""
        if self.path is None:
            return
        try:
            if (found := _mark(self.path)) == self._read:
                return
            newer = Vault.load(self.path)
        except (OSError, KeyFileError):
            return
        if newer.lookup_key == self.lookup_key and newer.keys.keys() >= self.keys.keys():
            self.keys, self.current = newer.keys, newer.current
        self._read = found

    def knows(self, key_id: int) -> bool:
        """Whether a key is there; when it is not known yet the file is looked at again."""
        return self._key(key_id) is not None

    def blind(self, purpose: str, text: str) -> str:
        """Keyed hash of a secret for equality look-ups (64 hex digits); `purpose` keeps uses apart."""
        return hmac.new(self.lookup_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _mark(path: Path) -> tuple[int, int]:
    """What is another for every file that is put in this one's place."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def _bound(place: str, row: str, key_id: bytes) -> bytes:
    return place.encode() + b"\0" + row.encode() + b"\0" + key_id


def slow_hash(secret: str, salt: bytes, cost: int = 2**11) -> bytes:
    """Salted slow hash of a short secret such as a 4-digit PIN: scrypt with 1 KiB of memory for each point of cost."""
    return hashlib.scrypt(secret.encode(), salt=salt, n=cost, r=8, p=1, dklen=HASH_BYTES)


def opaque_id() -> str:
    """A random identifier of 128 bits as 26 lower-case base32 characters; derived from nothing."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
