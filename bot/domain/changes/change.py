"""The shape of a change."""

from collections.abc import Callable
from typing import Any

from bot.domain.release import Release

Change = Callable[[Release, Any], Release]
"""The release after an event of one type."""
