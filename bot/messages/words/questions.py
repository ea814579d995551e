"""Sentences of questions."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
