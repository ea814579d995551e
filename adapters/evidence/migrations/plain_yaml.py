"""YAML of a foreign repository as plain data."""

import yaml

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
        found: object = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        msg = "no YAML that can be read"
        raise ValueError(msg) from error
    return found
