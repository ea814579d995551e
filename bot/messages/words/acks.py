"""Sentences of acks."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
