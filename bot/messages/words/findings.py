"""Sentences of findings."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
