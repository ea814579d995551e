"""Frozen dataclasses to plain JSON values and back, driven by their annotations.

Where an annotation leaves open which class stands there (a union, or a base class of a registry), the value carries its
class name as "type"; nothing else is added. Unknown fields are ignored on reading, missing ones take their default: that
is how a newer version reads what an older one wrote.
"""

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Plain = Any
"""dict, list, str, int, float, bool or None."""

Value = Any
"""What a field of a dataclass holds."""

Hint = Any
"""An annotation; Python has no type for it."""

Coder = Callable[[Value], Value]
_ATOMS = (str, int, float, bool, types.NoneType)


class Shapes:
    """Encoders and decoders by type, compiled once. `families`: base class -> its members by name."""

    def __init__(self, families: Mapping[type, Mapping[str, type]]) -> None:
        self._families = families
        self.encoder: Callable[[Any], Coder] = cache(self._encoder)
        self.decoder: Callable[[Any], Coder] = cache(self._decoder)

    def _encoder(self, kind: Hint) -> Coder:
        members = self._members(kind)
        if members is not None:
            return _lazy(lambda: self._encode_tagged(members))
        if dataclasses.is_dataclass(kind):
            return _lazy(lambda: self._encode_fields(kind))
        origin, args = _origin(kind), get_args(kind)
        if origin is tuple:
            if len(args) > 1 and args[1] is not Ellipsis:
                each = [self.encoder(a) for a in args]
                return lambda value: [code(v) for code, v in zip(each, value, strict=True)]
            one = self.encoder(args[0])
            return lambda value: [one(v) for v in value]
        if issubclass(origin, Mapping):
            one = self.encoder(args[1])
            return lambda value: {_key(k): one(v) for k, v in value.items()}
        some = _optional(kind)
        if some is not None:
            inner = self.encoder(some)
            return lambda value: None if value is None else inner(value)
        return _atom_encoder(kind)

    def _decoder(self, kind: Hint) -> Coder:
        members = self._members(kind)
        if members is not None:
            return _lazy(lambda: self._decode_tagged(members))
        if dataclasses.is_dataclass(kind):
            return _lazy(lambda: self._decode_fields(kind))
        origin, args = _origin(kind), get_args(kind)
        if origin is tuple:
            if len(args) > 1 and args[1] is not Ellipsis:
                each = [self.decoder(a) for a in args]
                return lambda value: tuple(code(v) for code, v in zip(each, value, strict=True))
            one = self.decoder(args[0])
            return lambda value: tuple(one(v) for v in value)
        if issubclass(origin, Mapping):
            key, one = _key_reader(args[0]), self.decoder(args[1])
            return lambda value: {key(k): one(v) for k, v in value.items()}
        some = _optional(kind)
        if some is not None:
            inner = self.decoder(some)
            return lambda value: None if value is None else inner(value)
        return _atom_decoder(kind)

    def _members(self, kind: Hint) -> Mapping[str, type] | None:
        if isinstance(kind, type):
            return self._families.get(kind)
        if get_origin(kind) in {Union, types.UnionType}:
            args = get_args(kind)
            if all(dataclasses.is_dataclass(a) for a in args):
                return {a.__name__: a for a in args}
        return None

    def _encode_tagged(self, members: Mapping[str, type]) -> Coder:
        coders = {member: self._encode_fields(member) for member in members.values()}
        return lambda value: {"type": type(value).__name__, **coders[type(value)](value)}

    def _decode_tagged(self, members: Mapping[str, type]) -> Coder:
        coders = {name: self._decode_fields(member) for name, member in members.items()}
        return lambda value: coders[value["type"]](value)

    def _encode_fields(self, kind: Hint) -> Coder:
        hints = get_type_hints(kind)
        coders = [(f.name, self.encoder(hints[f.name])) for f in dataclasses.fields(kind)]
        return lambda value: {name: code(getattr(value, name)) for name, code in coders}

    def _decode_fields(self, kind: Hint) -> Coder:
        hints = get_type_hints(kind)
        coders = [(f.name, self.decoder(hints[f.name])) for f in dataclasses.fields(kind)]
        return lambda value: kind(**{name: code(value[name]) for name, code in coders if name in value})


def instant(value: datetime) -> str:
    """UTC in ISO 8601, microseconds only where there are some. Raises ValueError for a naive time."""
    if value.tzinfo is None:
        msg = f"{value!r} has no time zone"
        raise ValueError(msg)
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _lazy(make: Callable[[], Coder]) -> Coder:
    """Compiled at first use, so that classes may hold themselves."""
    made: list[Coder] = []

    def code(value: Value) -> Value:
        if not made:
            made.append(make())
        return made[0](value)

    return code


def _origin(kind: Hint) -> type:
    """The container that the annotation names; object where it names none."""
    origin: object = get_origin(kind)
    return origin if isinstance(origin, type) else object


def _optional(kind: Hint) -> Hint:
    """X of X | None (X may be a union), else None."""
    if get_origin(kind) not in {Union, types.UnionType}:
        return None
    args = tuple(a for a in get_args(kind) if a is not types.NoneType)
    if len(args) == len(get_args(kind)):
        return None
    return args[0] if len(args) == 1 else Union[args]  # noqa: UP007 - built at run time from parts


def _key(key: Value) -> str:
    return key.value if isinstance(key, Enum) else str(key)


def _key_reader(kind: Hint) -> Coder:
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else str


def _same(value: Value) -> Value:
    return value


def _atom_encoder(kind: Hint) -> Coder:
    if isinstance(kind, type):
        if issubclass(kind, datetime):
            return instant
        if issubclass(kind, date):
            return date.isoformat
        if issubclass(kind, Enum):
            return lambda value: value.value
    return _plain(kind)


def _atom_decoder(kind: Hint) -> Coder:
    if isinstance(kind, type):
        if issubclass(kind, datetime):
            return lambda value: datetime.fromisoformat(value).astimezone(UTC)
        if issubclass(kind, date):
            return date.fromisoformat
        if issubclass(kind, Enum):
            return kind
    return _plain(kind)


def _plain(kind: Hint) -> Coder:
    parts = get_args(kind) if get_origin(kind) in {Union, types.UnionType} else (kind,)
    if kind is not Any and not all(part in _ATOMS for part in parts):
        msg = f"no JSON shape for {kind!r}"
        raise TypeError(msg)
    return _same
