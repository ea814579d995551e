"""The record of a GO as a JSON web token that nobody signed: a rehearsal's. What signs one is in adapters.web.signing (A4)."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

NOBODY = "none"
ISSUER = "t-minus"
TYPE = "t-minus-go+jwt"


class Unsigned:
    """The records of a sandbox: the same words, and no signature, so that nobody deploys by a rehearsal."""

    def sign(self, record: Mapping[str, Any], now: datetime, holds: timedelta) -> str:
        """The record as a token that says of itself that nobody signed it."""
        import jwt  # noqa: PLC0415 - cryptography comes with it, 9 MB, and few rehearsals ask for a record

        return jwt.encode(claims_of(record, now, holds), "", NOBODY, {"typ": TYPE})

    def keys(self) -> Mapping[str, Any]:
        """There is none."""
        return {"keys": []}


def claims_of(record: Mapping[str, Any], now: datetime, holds: timedelta) -> dict[str, Any]:
    """What a record says, under the names of RFC 7519; the record itself stands under `go`."""
    claims = {"iss": ISSUER, "sub": record["release"], "iat": now, "exp": now + holds, "jti": uuid.uuid4().hex}
    return {**claims, "go": dict(record)}
