"""What every command carries."""

from dataclasses import dataclass

from bot.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Command:
    """Any command; `actor` was resolved by the adapter from the account that spoke."""

    actor: Actor
