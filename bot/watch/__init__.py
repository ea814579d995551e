"""The watch: how a rollout is doing, from stop conditions and fresh samples. Pure; no data is never green."""

from bot.watch.health import FRESH, Health, State, health_of

__all__ = ["FRESH", "Health", "State", "health_of"]
