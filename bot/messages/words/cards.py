"""Sentences of cards."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
