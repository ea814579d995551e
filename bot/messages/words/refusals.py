"""Sentences of refusals."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
