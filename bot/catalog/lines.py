"""YAML with line numbers: plain data, and for each value the line on which it stands.

Only what a catalogue needs is read specially: true and false, decimal numbers, null, dates. So `off`, `no` and `14:00` stay
the words that people wrote. The same key twice in one mapping is an error, not a silent choice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.catalog.trouble import BadCatalogue, Trouble

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A file as plain data. `lines` maps the path of each value (keys and positions) to its line, from 1."""

    file: str
    data: Any
    lines: Mapping[Path_, int] = field(default_factory=dict)

    def line_of(self, path: Path_) -> int:
        """The line of that value, or of the nearest value around it that is there."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


class _Words(yaml.SafeLoader):
    """SafeLoader without the surprises of YAML 1.1."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"null", "timestamp", "merge"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Words.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Words.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))


def read(path: Path) -> Read:
    """The file as data with lines. Raises BadCatalogue where it cannot be read or is no YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCatalogue((Trouble(str(path), 1, "", f"a readable UTF-8 file ({_reason(error)})"),)) from error
    return parse(text, str(path))


def parse(text: str, file: str) -> Read:
    """The text as data with lines. Raises BadCatalogue."""
    loader = _Words(text)
    lines: dict[Path_, int] = {}
    try:
        node = loader.get_single_node()
        data = None if node is None else _build(loader, node, (), lines, file)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadCatalogue((Trouble(file, line, "", f"valid YAML ({error.problem})"),)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadCatalogue((Trouble(file, 1, "", f"valid YAML ({error})"),)) from error
    finally:
        loader.dispose()
    return Read(file, data, lines)


def _build(loader: _Words, node: yaml.Node, path: Path_, lines: dict[Path_, int], file: str) -> Any:  # noqa: ANN401 - YAML
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        _refuse_twice(node, path, file)
        loader.flatten_mapping(node)
        built = {}
        for key_node, value_node in node.value:
            key = str(loader.construct_object(key_node, deep=True))
            built[key] = _build(loader, value_node, (*path, key), lines, file)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, one, (*path, n), lines, file) for n, one in enumerate(node.value)]
    return loader.construct_object(node, deep=True)


def _refuse_twice(node: yaml.MappingNode, path: Path_, file: str) -> None:
    seen: dict[str, int] = {}
    for key_node, _ in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in seen:
            field_ = ".".join(map(str, (*path, key)))
            raise BadCatalogue((Trouble(file, line, field_, f"this key once; it stands on line {seen[key]} too"),))
        seen[key] = line


def _reason(error: Exception) -> str:
    return (error.strerror or "unreadable") if isinstance(error, OSError) else "not UTF-8"
