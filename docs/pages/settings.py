"""docs/reference/settings.md: every setting, from bot/settings.py."""

from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from bot.settings import FILE_SUFFIX, PREFIX, Settings, is_secret

CHATS = {"Slack": "slack_", "Microsoft Teams": "teams_"}
"""The chapters of the platforms, by the beginning of their settings' names."""


def page() -> str:
    """The page."""
    fields = Settings.model_fields
    chats = {title: [n for n in fields if n.startswith(prefix)] for title, prefix in CHATS.items()}
    general = [n for n in fields if not any(n in names for names in chats.values())]
    tables = [*_table(general)]
    for title, names in chats.items():
        tables += [f"## {title}", "", *_table(names)]
    return "\n".join(
        [
            "# Settings",
            "",
            "Set as environment variables. They are read once, at the start; a value that cannot be used stops the start and is",
            "named, never printed. The sandbox takes options instead: `python -m bot sandbox --help`.",
            "",
            f"A secret may stand in a file: `{PREFIX}X{FILE_SUFFIX}` names the file that holds the value of `{PREFIX}X`.",
            "",
            *tables,
        ]
    )


def _table(names: list[str]) -> list[str]:
    rows = [_row(name, Settings.model_fields[name]) for name in names]
    return ["| variable | kind | default | what it does |", "| --- | --- | --- | --- |", *rows, ""]


def _row(name: str, field: FieldInfo) -> str:
    default = field.default
    shown = "unset" if default in {None, ()} else f"`{default.as_posix() if isinstance(default, Path) else default}`"
    return f"| `{PREFIX}{name.upper()}` | {_kind(field)} | {shown} | {field.description} |"


def _kind(field: FieldInfo) -> str:
    if is_secret(field):
        return "secret"
    kind: Any = field.annotation
    if field.annotation == tuple[str, ...]:
        return "texts, separated by commas"
    options = get_args(kind)
    if options and all(isinstance(one, str) for one in options):
        return " or ".join(f"`{one}`" for one in options)
    return {"Path": "path", "int": "whole number", "float": "number", "str": "text"}[_plain(kind).__name__]


def _plain(kind: Any) -> type:  # noqa: ANN401 - an annotation may be anything
    """The type without its None."""
    found: type = next((one for one in get_args(kind) if one is not type(None)), kind)
    return found
