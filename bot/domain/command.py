"""What every command carries."""

from dataclasses import dataclass, field

from bot.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Command:
    """Any command; `actor` was resolved by the adapter from the account that spoke.

    `tokens`: about how long the words were that it came from, for Q8; 0 for presses, alarms and sources.
    """

    actor: Actor
    tokens: int = field(default=0, kw_only=True)
