"""Data with lines -> a checked model, or everything that is wrong with it, each with its line."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from bot.catalog.lines import Read
from bot.catalog.trouble import BadCatalogue, Trouble, expected

M = TypeVar("M", bound=BaseModel)
_OF_A_KEY = "[key]"
"""Pydantic's mark for: the key itself is wrong, not its value."""


def shaped(source: Read, model: type[M]) -> M:
    """The file as that model. Raises BadCatalogue with every trouble."""
    try:
        return model.model_validate({} if source.data is None else source.data)
    except ValidationError as error:
        raise BadCatalogue(tuple(_trouble(source, model, one) for one in error.errors())) from error


def _trouble(source: Read, model: type[BaseModel], error: Mapping[str, Any]) -> Trouble:
    path = tuple(part for part in error["loc"] if part != _OF_A_KEY)
    wanted = expected({**error, "loc": path}, _keys(model, path[:-1]))
    return Trouble(source.file, source.line_of(path), ".".join(map(str, path)), wanted)


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that are known at that path."""
    here: Any = model
    for part in path:
        here = _inside(here, part)
    return tuple(_named(here)) if _is_model(here) else ()


def _inside(kind: Any, part: str | int) -> Any:  # noqa: ANN401 - an annotation may be anything
    """The type of what stands under that key or position."""
    if _is_model(kind):
        return _named(kind).get(str(part))
    inner = get_args(kind) or (None,)
    return inner[1] if get_origin(kind) is dict else inner[0]


def _named(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
