"""The shape of a reaction."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.domain.event import Event
from bot.messages.effects import Effect
from bot.messages.happened import Happened

Reaction = Callable[[Happened, Any], Iterator[Effect]]
Reactions = Mapping[type[Event], Reaction]
"""What an event of each type causes."""
