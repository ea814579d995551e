"""The ids of consents within a release."""

from bot.domain.release import Release


def next_id(release: Release) -> str:
    """c1, c2, …: never used twice within a release."""
    return f"c{max((int(k.id[1:]) for k in release.consents), default=0) + 1}"
