"""YAML of a foreign repository as plain data, for adapters, which read none themselves."""

import yaml

from bot.catalog.lines import parse
from bot.catalog.trouble import BadCatalogue

MOST = 1_000_000
"""Characters that are read."""


def read_plain(text: str) -> object:
    """The data. Raises ValueError: for what is no YAML, is too long, or refers to itself (a few lines can mean gigabytes)."""
    if len(text) > MOST:
        msg = f"longer than {MOST} characters"
        raise ValueError(msg)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            msg = "it has aliases"
            raise ValueError(msg)
        return parse(text, "changelog").data
    except (yaml.YAMLError, BadCatalogue) as error:
        msg = "no YAML that can be read"
        raise ValueError(msg) from error
