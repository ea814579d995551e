"""Where the audiences of a release and its people are reached: catalogue, roster and subscriptions."""

from collections.abc import Mapping

from bot.domain.facts import Facts
from bot.domain.people import Place
from bot.domain.release import Release
from bot.domain.service import Audience
from bot.messages.effects import Routes
from bot.policy.visible import subscribed


def routes(release: Release, facts: Facts) -> Routes:
    """Stakeholders hear where the catalogue says, and where somebody subscribed."""
    channels: Mapping[Audience, tuple[Place, ...]] = facts.service.channels if facts.service else {}
    platform = release.home.platform
    direct = {
        person.id: Place(platform, person.direct[platform])
        for person in facts.roster.people.values()
        if platform in person.direct
    }
    named = (*channels.get(Audience.STAKEHOLDERS, ()), *subscribed(facts.service, facts.subscriptions))
    return Routes(channels.get(Audience.TEAM, ()), tuple(dict.fromkeys(named)), direct)
