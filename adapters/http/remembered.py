"""Answers that may be asked for again under a condition (ETag, Last-Modified), within a bounded number of bytes."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

MOST_BYTES = 8 * 1024 * 1024
MOST_ANSWERS = 2000
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Kept:
    """The body as it arrived, unpacked, and its headers."""

    raw: bytes
    headers: Mapping[str, str]

    @property
    def conditions(self) -> Mapping[str, str]:
        """The headers that make the next request a conditional one."""
        return {ask: self.headers[said] for said, ask in _VALIDATORS.items() if said in self.headers}


class Remembered:
    """The answers, the least used of which is forgotten first."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_answers: int = MOST_ANSWERS) -> None:
        self._most_bytes = most_bytes
        self._most_answers = most_answers
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self.held = 0

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """What is kept under that key."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def keep(self, key: tuple[str, ...], raw: bytes, headers: Mapping[str, str]) -> None:
        """Keep an answer that names a validator, where it is not too large a part of the whole."""
        self.forget(key)
        private = "no-store" in headers.get("cache-control", "").lower()
        if private or not any(name in headers for name in _VALIDATORS) or len(raw) > self._most_bytes // 8:
            return
        self._kept[key] = Kept(raw, headers)
        self.held += len(raw)
        while self.held > self._most_bytes or len(self._kept) > self._most_answers:
            self.held -= len(self._kept.popitem(last=False)[1].raw)

    def forget(self, key: tuple[str, ...]) -> None:
        """What is kept under that key is no longer so."""
        old = self._kept.pop(key, None)
        if old is not None:
            self.held -= len(old.raw)
