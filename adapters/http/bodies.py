"""Reading an answer within its limits: size after unpacking, type, JSON. Everything that is wrong is a value."""

import codecs
import json
import zlib
from collections.abc import AsyncIterator, Sequence

from adapters.http.answers import Unavailable

JSON = "application/json"
_CHUNK = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def bounded(chunks: AsyncIterator[bytes], encoding: str, most: int) -> bytes | Unavailable:
    """The body, unpacked; never more than `most` bytes of it are held, however small it arrived."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return await _plain(chunks, most)
    if encoding not in {"gzip", "x-gzip"}:
        return Unavailable("malformed", "an encoding that was not asked for")
    return await _unpacked(chunks, most)


async def _plain(chunks: AsyncIterator[bytes], most: int) -> bytes | Unavailable:
    out = bytearray()
    async for chunk in chunks:
        if len(out) + len(chunk) > most:
            return Unavailable("too_large", f"more than {most} bytes")
        out += chunk
    return bytes(out)


async def _unpacked(chunks: AsyncIterator[bytes], most: int) -> bytes | Unavailable:
    unpacker, out = zlib.decompressobj(_GZIP), bytearray()
    async for chunk in chunks:
        left = chunk
        while left and not unpacker.eof:
            try:
                out += unpacker.decompress(left, _CHUNK)
            except zlib.error:
                return Unavailable("malformed", "it cannot be unpacked")
            if len(out) > most:
                return Unavailable("too_large", f"more than {most} bytes when unpacked")
            left = unpacker.unconsumed_tail
        if unpacker.eof and (left or unpacker.unused_data):
            return Unavailable("malformed", "more after its end")
    if not unpacker.eof:
        return Unavailable("malformed", "it ends too early")
    return bytes(out)


def is_type(content_type: str, wanted: Sequence[str]) -> bool:
    """True for one of the wanted types; JSON is also every `…+json`, `text/*` every text."""
    said = content_type.partition(";")[0].strip().lower()
    for one in wanted:
        family = one.removesuffix("*") if one.endswith("/*") else None
        if said == one or (family and said.startswith(family)) or (one == JSON and said.endswith("+json")):
            return True
    return False


def json_of(raw: bytes) -> object | Unavailable:
    """The JSON value. NaN and Infinity are no JSON."""
    try:
        found: object = _JSON.decode(raw.removeprefix(codecs.BOM_UTF8).decode())
    except (ValueError, RecursionError):
        return Unavailable("malformed", "it is no JSON")
    return found


def _no_constant(name: str) -> float:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


_JSON = json.JSONDecoder(parse_constant=_no_constant)
"""Made once: making one costs more than reading a small answer with it."""


def text_of(raw: bytes) -> str:
    """The text as UTF-8; what is not is replaced."""
    return raw.decode("utf-8", "replace")
