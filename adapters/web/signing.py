"""The signature of a GO record: a JSON web token, signed with Ed25519 (EdDSA, RFC 8037), that anybody may check (A4)."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from jwt.algorithms import OKPAlgorithm

from adapters.web.unsigned import ISSUER, NOBODY, TYPE, claims_of

ALGORITHM = "EdDSA"
LEEWAY = timedelta(seconds=30)
"""How far two clocks may be apart."""

_ID_LENGTH = 16


class Forged(Exception):
    """The record is not of that key, was changed, or is no record."""


class Over(Exception):
    """It is genuine, and holds no more."""


class Signer:
    """Holds the private key; `keys` is all that others need."""

    def __init__(self, pem: str) -> None:
        """Raises ValueError where that is no private key of the kind Ed25519."""
        self._key = _private(pem)
        self._id = key_id(self._key.public_key())

    def sign(self, record: Mapping[str, Any], now: datetime, holds: timedelta) -> str:
        """The record as a token that holds for that long from `now` on."""
        return jwt.encode(claims_of(record, now, holds), self._key, ALGORITHM, {"kid": self._id, "typ": TYPE})

    def keys(self) -> Mapping[str, Any]:
        """The public key, as a JSON web key set."""
        key = OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": self._id, "alg": ALGORITHM, "use": "sig"}]}


def is_unsigned(token: str) -> bool:
    """True for a record of a sandbox."""
    try:
        return jwt.get_unverified_header(token).get("alg") == NOBODY
    except jwt.PyJWTError:
        return False


def checked(token: str, public: Ed25519PublicKey, now: datetime) -> Mapping[str, Any]:
    """The claims of a genuine record that still holds; the record itself stands under `go`. Raises Forged, Over."""
    try:
        claims = jwt.decode(
            token,
            public,
            [ALGORITHM],
            options={"require": ["exp", "iat", "iss", "sub"], "verify_exp": False, "verify_iat": False},
            issuer=ISSUER,
        )
        if jwt.get_unverified_header(token).get("typ") != TYPE or not isinstance(claims["go"], dict):
            raise Forged
        until = float(claims["exp"])
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise Forged from error
    if now.timestamp() >= until + LEEWAY.total_seconds():
        raise Over
    return claims


def public_key(pem: str) -> Ed25519PublicKey:
    """The public key of a PEM text, also of one that holds the private key. Raises ValueError where it is none of Ed25519."""
    try:
        found = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return _private(pem).public_key()
    if not isinstance(found, Ed25519PublicKey):
        msg = "a key of another kind"
        raise ValueError(msg)  # noqa: TRY004 - the text is wrong, not the type of an argument
    return found


def key_id(key: Ed25519PublicKey) -> str:
    """A name for the key: the beginning of its SHA-256."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:_ID_LENGTH]


def _private(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (TypeError, UnsupportedAlgorithm) as error:
        msg = "a key that needs a password, or of an unknown kind"
        raise ValueError(msg) from error
    if not isinstance(key, Ed25519PrivateKey):
        msg = "a key of another kind"
        raise ValueError(msg)  # noqa: TRY004 - the text is wrong, not the type of an argument
    return key
