"""What the table of the platforms claims: each verb is heard, and each card is drawn, by all three adapters."""

import pytest

from adapters.sandbox import inbound as sandbox
from adapters.sandbox.render import blocks_json
from adapters.slack import inbound as slack
from adapters.slack.render import blocks
from adapters.teams import inbound as teams
from adapters.teams.render import card
from bot.clock import machine_time
from bot.domain.people import Actor, Place
from bot.messages.cards.index import CARDS, render
from bot.messages.heard import Asked, Heard
from docs.pages.parity import PLATFORMS, RULES
from flows.index import VERBS
from tests.adapters.teams_oracles import faults
from tests.golden import releases as r

PLACE = Place("x", "c")
ACTOR = Actor("ana", "x", "a", "c")


def heard(text: str) -> list[Heard]:
    """The same words on each platform."""
    at = machine_time()
    spot = teams.Spot("29:a", "", "Ana", "t", "u", "c", "channel", "r")
    return [
        slack.commanded(slack.Who(ACTOR, slack.Spot("T", "U", "C", "r"), at), text),
        teams.spoken(teams.Who(ACTOR, spot, at), f"release {text}"),
        sandbox.spoken(sandbox.Circumstances(ACTOR, PLACE, "r", at), f"/release {text}"),
    ]


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_is_heard_on_each_platform(verb: str) -> None:
    found = heard(f"{verb} R-1 some words")
    assert len(found) == len(PLATFORMS)
    for one in found:
        assert isinstance(one, Asked)
        assert (one.verb, one.words) == (verb, "R-1 some words")


@pytest.mark.parametrize("name", sorted(CARDS))
def test_each_card_is_drawn_on_each_platform(name: str) -> None:
    params = {"mark": "T-30", "audience": "team", "passed": "", "person": "kai", "number": "1", "kind": "ci"}
    try:
        message = render(name, r.view(r.possible(), params=params))
    except (KeyError, ValueError, LookupError):
        pytest.fail(f"{name} needs other values")
    assert blocks(message)
    assert faults(card(message)) == []
    assert blocks_json(message)


def test_each_row_tells_of_each_platform() -> None:
    assert all(len(row) == len(PLATFORMS) + 1 and all(row) for row in RULES)
