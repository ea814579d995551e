"""Sentences of plan."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
