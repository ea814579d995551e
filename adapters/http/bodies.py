"""Reading an answer within its limits: size after unpacking, type, JSON. Everything that is wrong is a value."""

import codecs
import json
import zlib
from collections.abc import AsyncIterator
from functools import lru_cache

from adapters.http.answers import Unavailable

JSON = "application/json"
_CHUNK = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def bounded(chunks: AsyncIterator[bytes], encoding: str, most: int) -> bytes | Unavailable:
    """The body, unpacked; never more than `most` bytes of it are held, however small it arrived."""
    body = _body(encoding, most)
    if isinstance(body, Unavailable):
        return body
    async for chunk in chunks:
        wrong = body.take(chunk)
        if wrong is not None:
            return wrong
    return body.whole()


def unpacked(arrived: bytes, encoding: str, most: int) -> bytes | Unavailable:
    """The same of a body that has arrived already."""
    body = _body(encoding, most)
    return body if isinstance(body, Unavailable) else body.take(arrived) or body.whole()


def _body(encoding: str, most: int) -> "_Plain | _Packed | Unavailable":
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return _Plain(most)
    if encoding in {"gzip", "x-gzip"}:
        return _Packed(most)
    return Unavailable("malformed", "an encoding that was not asked for")


class _Plain:
    """A body that arrives as it is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: list[bytes] = []
        self._held = 0

    def take(self, chunk: bytes) -> Unavailable | None:
        """More of it; why it cannot be taken."""
        self._held += len(chunk)
        if self._held > self._most:
            return Unavailable("too_large", f"more than {self._most} bytes")
        self._parts.append(chunk)
        return None

    def whole(self) -> bytes | Unavailable:
        """All of it, after its end."""
        return b"".join(self._parts)


class _Packed:
    """A body that arrives as gzip."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._unpacker = zlib.decompressobj(_GZIP)
        self._out = bytearray()

    def take(self, chunk: bytes) -> Unavailable | None:
        """More of it; why it cannot be taken."""
        unpacker, left = self._unpacker, chunk
        while left and not unpacker.eof:
            try:
                self._out += unpacker.decompress(left, _CHUNK)
            except zlib.error:
                return Unavailable("malformed", "it cannot be unpacked")
            if len(self._out) > self._most:
                return Unavailable("too_large", f"more than {self._most} bytes when unpacked")
            left = unpacker.unconsumed_tail
        if unpacker.eof and (left or unpacker.unused_data):
            return Unavailable("malformed", "more after its end")
        return None

    def whole(self) -> bytes | Unavailable:
        """All of it, after its end."""
        return bytes(self._out) if self._unpacker.eof else Unavailable("malformed", "it ends too early")


@lru_cache(maxsize=256)
def is_type(content_type: str, wanted: tuple[str, ...]) -> bool:
    """True for one of the wanted types; JSON is also every `…+json`, `text/*` every text."""
    said = content_type.partition(";")[0].strip().lower()
    for one in wanted:
        family = one.removesuffix("*") if one.endswith("/*") else None
        if said == one or (family and said.startswith(family)) or (one == JSON and said.endswith("+json")):
            return True
    return False


def json_of(raw: bytes) -> object | Unavailable:
    """The JSON value. NaN and Infinity are no JSON; nor is an object that says one thing twice: two readers would differ."""
    try:
        found: object = _JSON.decode(raw.removeprefix(codecs.BOM_UTF8).decode())
    except (ValueError, RecursionError):
        return Unavailable("malformed", "it is no JSON")
    return found


def _no_constant(name: str) -> float:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a name stands twice"
        raise ValueError(msg)
    return found


_JSON = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_once)
"""Made once: making one costs more than reading a small answer with it."""


def text_of(raw: bytes) -> str:
    """The text as UTF-8; what is not is replaced."""
    return raw.decode("utf-8", "replace")
