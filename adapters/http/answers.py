"""What a foreign server said, as a value: seen, or unavailable with a reason. Nothing here ever holds a credential."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer that arrived whole. `data`: the JSON, None for text and HEAD; `headers`: names in lower case.

    `url`: what was asked, without its query. `raw`: the body as it arrived, unpacked. `cached`: the server said that what we
    have is still so (304).
    """

    status: int
    url: str
    data: Any = None
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = field(default=b"", repr=False)
    cached: bool = False

    @property
    def sha256(self) -> str:
        """Of the body, in hex. Made when it is asked for: few want it."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nothing that could count was seen. `code` is one of CODES, `detail` a few words for a log, `status` the HTTP status.

    `retry_after_s`: the server asked to be left alone for that long.
    """

    code: str
    detail: str = ""
    status: int | None = None
    retry_after_s: float | None = None


Answer = Seen | Unavailable

CODES: Mapping[str, str] = {
    "not_found": "the server says that there is no such thing, or hides it from this credential",
    "unauthorised": "the credential is not accepted",
    "forbidden": "the credential may not read this",
    "rate_limited": "the server asked to be left alone for a while",
    "server_error": "the server failed",
    "refused": "the server did not accept the question",
    "timeout": "no whole answer in time",
    "not_asked": "others were asked first, and it was not this one's turn in time; it is asked again",
    "unreachable": "no connection",
    "tls": "the certificate is not trusted",
    "private_address": "its name leads to an address that its settings do not allow",
    "redirect": "it sends us to another host",
    "link_elsewhere": "its next page is on another host",
    "too_large": "the answer is larger than the limit",
    "content_type": "the answer is of another type, such as a login page",
    "malformed": "the answer cannot be read",
    "bad_path": "what was to be asked for is no path",
    "no_credential": "its credential cannot be read",
}
"""Every reason, in the words of the how-to pages."""


@dataclass(frozen=True, slots=True)
class Paged:
    """The JSON of all pages that were read. `complete`: False where the limit of pages ended it before the server did."""

    pages: tuple[Seen, ...]
    complete: bool = True

    @property
    def first(self) -> Seen:
        """The first page; there always is one."""
        return self.pages[0]
