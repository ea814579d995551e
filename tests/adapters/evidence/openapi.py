"""GitHub's own description of its API: answers are filled up from it, and checked against it before they are sent."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT4

FILE = Path(__file__).parents[2] / "counterparts/node_modules/@octokit/openapi/generated/api.github.com.json"
NAME = "urn:github"
_WORDS = {"date-time": "2026-11-26T00:00:00Z", "uri": "https://api.github.com/x", "date": "2026-11-26"}


@cache
def description() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(FILE.read_text())
    return found


def broken(path: str, body: object, status: int = 200) -> list[str]:
    """What GitHub's description says against that answer of `GET path` (as a template); empty where it is as described."""
    pointer = f"/paths/{_escaped(path)}/get/responses/{status}/content/application~1json/schema"
    schema = {"$ref": f"{NAME}#{pointer}"}
    return [
        f"{'/'.join(map(str, e.path))}: {e.message[:200]}"
        for e in _validator()(schema, registry=_registry()).iter_errors(body)
    ]


def filled(path: str, given: Mapping[str, Any], *inside: str) -> dict[str, Any]:
    """The least answer of `GET path` that is as described, with what is given; `inside`: the list of which it is one."""
    schema = _at(path)
    for name in inside:
        schema = _resolved(schema)
        schema = schema["items"] if name == "[]" else schema["properties"][name]
    return _merged(sample({**_resolved(schema), "nullable": False}), given)


def sample(schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """The least value of that schema."""
    schema = _resolved(schema)
    if schema.get("nullable"):
        return None
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("oneOf", "anyOf"):
        if key in schema and "properties" not in schema:
            return sample(schema[key][0])
    if "allOf" in schema:
        merged: dict[str, Any] = {}
        for part in schema["allOf"]:
            merged = _merged(merged, sample(part) or {})
        return merged
    kind = schema.get("type", "object")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: sample(properties[name]) for name in schema.get("required", ()) if name in properties}
    plain: Mapping[str, Any] = {"array": [], "boolean": False, "integer": 1, "number": 1, "null": None}
    if kind in plain:
        return plain[kind]
    return _WORDS.get(str(schema.get("format")), "x")


def _at(path: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = description()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    return found


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        found: Any = description()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        schema = found
    return schema


def _merged(base: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for name, value in given.items():
        old = out.get(name)
        out[name] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return out


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


@cache
def _registry() -> Registry[Any]:
    empty: Registry[Any] = Registry()
    found: Registry[Any] = empty.with_resource(NAME, DRAFT4.create_resource(description()))
    return found


@cache
def _validator() -> Any:  # noqa: ANN401 - a class that the library makes
    """OpenAPI 3.0 is Draft 4 with `nullable`."""

    def nullable(check: Any) -> Any:  # noqa: ANN401 - a keyword of the library
        def checked(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
            if instance is None and schema.get("nullable") is True:
                return
            yield from check(validator, value, instance, schema) or ()

        return checked

    keywords = {name: nullable(check) for name, check in Draft4Validator.VALIDATORS.items() if name != "$ref"}
    return extend(Draft4Validator, {**keywords, "$ref": Draft4Validator.VALIDATORS["$ref"]})  # type: ignore[no-untyped-call]  # the library has no type for it
