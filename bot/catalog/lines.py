"""YAML with line numbers: plain data, and for each value the line on which it stands.

Only what a catalogue needs is read specially: true and false, decimal numbers, null, dates. So `off`, `no` and `14:00` stay
the words that people wrote. The same key twice in one mapping is an error, not a silent choice.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    return parse(_text(path), str(path))


def documents(path: Path) -> tuple[Read, ...]:
    """The same of a file that may hold several documents, one after the other."""
    return _loaded(_text(path), str(path), _each)


def parse(text: str, file: str) -> Read:
    """The text as data with lines. Raises BadCatalogue."""
    return _loaded(text, file, lambda loader: (loader.get_single_node(),))[0]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCatalogue((Trouble(str(path), 1, "", f"a readable UTF-8 file ({_reason(error)})"),)) from error


def _each(loader: _Words) -> Iterator[yaml.Node | None]:
    while loader.check_node():
        yield loader.get_node()


def _loaded(text: str, file: str, nodes: Callable[[_Words], Iterable[yaml.Node | None]]) -> tuple[Read, ...]:
    try:
        loader = _Words(text)
        return tuple(_built(loader, node, file) for node in nodes(loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadCatalogue((Trouble(file, line, "", f"valid YAML ({error.problem})"),)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadCatalogue((Trouble(file, line, "", f"valid YAML ({error.reason})"),)) from error


def _built(loader: _Words, node: yaml.Node | None, file: str) -> Read:
    builder = _Builder(loader, file)
    return Read(file, builder.build(node, ()) if node else None, builder.lines)


class _Builder:
    """Builds plain data from the nodes of one file, and keeps the line of each value."""

    def __init__(self, loader: _Words, file: str) -> None:
        self._loader = loader
        self._file = file
        self._flat: set[int] = set()
        self._around: set[int] = set()
        self.lines: dict[Path_, int] = {}

    def build(self, node: yaml.Node, path: Path_) -> object:
        """The value of that node. Raises BadCatalogue."""
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._around:
            raise self._trouble(node, path, "a value that does not contain itself")
        self._around.add(id(node))
        built = self._built(node, path)
        self._around.discard(id(node))
        return built

    def _built(self, node: yaml.Node, path: Path_) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(one, (*path, n)) for n, one in enumerate(node.value)]
        try:
            return self._loader.construct_object(node)
        except ValueError as error:
            raise self._trouble(node, path, f"a value that exists ({error})") from error

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> object:
        # A node with an anchor comes here more than once, and merging changes it the first time.
        if id(node) not in self._flat:
            self._flat.add(id(node))
            self._refuse_twice(node, path)
            self._loader.flatten_mapping(node)
        built = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            built[key] = self.build(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return built

    def _refuse_twice(self, node: yaml.MappingNode, path: Path_) -> None:
        seen: dict[str, int] = {}
        for key_node, _ in node.value:
            key = str(key_node.value)
            if key in seen:
                raise self._trouble(key_node, (*path, key), f"this key once; it stands on line {seen[key]} too")
            seen[key] = key_node.start_mark.line + 1

    def _trouble(self, node: yaml.Node, path: Path_, expected: str) -> BadCatalogue:
        return BadCatalogue((Trouble(self._file, node.start_mark.line + 1, ".".join(map(str, path)), expected),))


def _reason(error: Exception) -> str:
    return (error.strerror or "unreadable") if isinstance(error, OSError) else "not UTF-8"
