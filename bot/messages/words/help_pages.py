"""Sentences of help_pages."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
