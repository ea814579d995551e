"""Who reads a post: the team, or stakeholders, who are told without jargon (V1)."""

from bot.domain.service import Audience
from bot.messages.view import View
from bot.policy.visible import subscribed


def for_stakeholders(view: View) -> bool:
    """True for a post to stakeholders: as its params say, else by its place in the catalogue; in doubt the team's."""
    said = view.params.get("audience")
    if said:
        return said == Audience.STAKEHOLDERS.value
    channels = view.facts.service.channels if view.facts.service else {}
    team = channels.get(Audience.TEAM, ())
    named = (*channels.get(Audience.STAKEHOLDERS, ()), *subscribed(view.facts.service, view.facts.subscriptions))
    return view.place in named and view.place not in (*team, view.release.home)


def reader_of(view: View) -> str:
    """The person whom a direct message is for; "" in a channel."""
    return view.reader or view.params.get("person", "")
