"""Somebody with a good account and a clever client: presses and forms of other releases, revisions and persons decide nothing.

Slack signs such a request, since the account is real. What its value nominates is judged anew each time (G22, G27).
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack.app import EVENTS
from adapters.slack.modal import Origin
from tests.adapters.slack_bot import PEOPLE, Bot, account, slack_bot
from tests.adapters.slack_server import TEAM, Slack, slack_server, written
from tests.adapters.slack_world import OPTIONS, signed

FORM = "application/x-www-form-urlencoded"
ROOM, NEWS = "C01PAY", "C02REL"
REASON = "The restore of Tuesday's backup was tried on staging."
NOBODY, GUEST = "U01EVE", "U01GUEST"
ACTS = {
    "ConsentRequested", "ApprovalsRequested", "ConsentGiven", "ConsentEnded", "RiskDeclined", "Cleared", "Held", "Moved",
    "Cancelled", "Started", "EvidenceRecorded", "DeclaredNotApplicable", "SupplyRequested", "PlanRevised", "DetailsGiven",
}  # fmt: skip
"""Whatever changes a release by somebody's will."""


@dataclass
class Play:
    """The whole bot, a release R-1 of a service whose channels are private, and people at their keyboards."""

    slack: Slack
    bot: Bot
    session: aiohttp.ClientSession
    number: int = field(default=0)

    async def post(self, values: Mapping[str, str]) -> str:
        raw = urlencode(values).encode()
        url = f"http://127.0.0.1:{self.bot.port}{EVENTS}"
        async with self.session.post(url, data=raw, headers=signed(raw, FORM)) as answer:
            assert answer.status == 200
            text = await answer.text()
        await self.bot.settled()
        return text

    async def asks(self, user: str, text: str, channel: str = ROOM) -> str:
        self.number += 1
        return await self.post(
            {"command": "/release", "text": text, "user_id": user, "channel_id": channel, "team_id": TEAM,
             "trigger_id": f"1.{self.number}"}
        )  # fmt: skip

    async def acts(self, user: str, **payload: object) -> str:
        """All that they see of the answer."""
        self.number += 1
        hooked, opened = len(self.slack.hooked), len(self.slack.called("views.open"))
        whole = {
            "team": {"id": TEAM, "domain": "acme"}, "user": {"id": user, "team_id": TEAM}, "trigger_id": f"1.{self.number}",
            "response_url": self.slack.base.replace("/api/", "/hook"), **payload,
        }  # fmt: skip
        body = await self.post({"payload": json.dumps(whole)})
        shown = [h["text"] + written(h) for h in self.slack.hooked[hooked:]]
        return " ".join([body, *shown, *(written(o["view"]) for o in self.slack.called("views.open")[opened:])])

    async def presses(self, user: str, token: str, channel: str = ROOM) -> str:
        action = {"type": "button", "action_id": "press:0:x", "value": token}
        message = {"ts": "17.5", "team": TEAM}
        return await self.acts(user, type="block_actions", actions=[action], channel={"id": channel}, message=message)

    async def sends(self, user: str, token: str, channel: str = ROOM, **values: str) -> str:
        state = {name: {"typed": {"type": "plain_text_input", "value": value}} for name, value in values.items()}
        view = {"type": "modal", "callback_id": "form", "private_metadata": Origin(token, channel).pack()}
        return await self.acts(user, type="view_submission", view=view | {"state": {"values": state}})

    async def events(self) -> list[str]:
        return [row.name for row in await self.bot.store.ledger("release:R-1") if row.what == "event"]


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    async with slack_server() as slack, aiohttp.ClientSession() as session:
        for channel in (ROOM, NEWS):
            slack.channels[channel] = {"id": channel, "is_member": True, "is_private": True}
            slack.inside[channel] = [account(who) for who in ("ana", "kai", "lena")]
        for who in (*PEOPLE, "sam"):
            slack.users[account(who)] = {"profile": {"email": f"{who}@acme.example"}}
        slack.users[GUEST] = {"is_restricted": True, "profile": {"email": "kai@acme.example"}}
        async with slack_bot(tmp_path, replace(OPTIONS, api_url=slack.base)) as bot:
            made = Play(slack, bot, session)
            await made.asks(account("ana"), "plan payments 2.4.1 to production at 15:00 canary 10%")
            for _ in range(3):
                left = [value for value in buttons(slack.messages[ROOM]) if value.endswith("|dont_know")]
                await made.presses(account("ana"), left[-1] if left else "1|status|R-1|0||")
            yield made


def buttons(part: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """The values of all buttons in it."""
    if isinstance(part, dict):
        own = [str(part["value"])] if part.get("type") == "button" else []
        return own + [value for one in part.values() for value in buttons(one)]
    return [value for one in part for value in buttons(one)] if isinstance(part, list) else []


async def test_who_has_no_right_gets_nothing_done_by_any_button_nor_by_one_of_their_own_making(play: Play) -> None:
    real = sorted({value for of in play.slack.messages.values() for value in buttons(of)})
    assert any("|hold|" in value for value in real)
    forged = (
        "1|approve|R-1|1||",
        "1|go|R-1|1||",
        "1|sign_off|R-1|1|peer|",
        "1|owner|R-1|0|U01EVE|",
        "2|go|R-1|1||",
        "1|go|R-1|-1||",
    )
    before = await play.events()
    for user in (NOBODY, GUEST):
        for token in (*real, *forged):
            seen = await play.presses(user, token) + await play.sends(
                user, token, reason=REASON, time="16:00", owner="sam"
            )
            assert "NO-GO" not in seen.replace("no-go R-", ""), "nothing of the release is shown to them"
            assert "payments 2.4.1" not in seen
    for token in forged:
        if "|sign_off|" not in token:  # to ask for approval is hers
            await play.presses(account("ana"), token)
        await play.presses(account("sam"), token, "D0SAM")
        assert "There is no release R-1" in await play.presses(account("sam"), "1|go|R-1|1||", "D0SAM")
    assert [name for name in (await play.events())[len(before) :] if name in ACTS] == []


async def test_a_value_of_another_release_or_revision_is_answered_and_decides_nothing(play: Play) -> None:
    before = await play.events()
    kai = account("kai")
    assert "revision 99" in await play.presses(kai, "1|approve|R-1|99||")
    assert "revision 99" in await play.sends(kai, "1|approve|R-1|99||", reason=REASON)
    assert "There is no release R-7" in await play.sends(kai, "1|approve|R-7|1||", reason=REASON)
    for broken in (
        "",
        "garbage",
        "1|go|R-1|1",
        "1|go|R-1|one||",
        "1|no_such_verb|R-1|1||",
        "x" * 2000,
        "1|go|R-1\u202e|1||",
    ):
        assert "cannot be read any more" in await play.presses(kai, broken) or "no release" in await play.presses(
            kai, broken
        )
    assert await play.events() == before


async def test_a_choice_that_was_never_offered_is_an_error_at_its_field(play: Play) -> None:
    kai, before = account("kai"), await play.events()
    for person in (NOBODY, "release-bot", f"<@{NOBODY}>", "x" * 3000):
        said = json.loads(await play.sends(kai, "1|ask_someone|R-1|0||", kind="ci", person=person))
        assert "person" in said["errors"]
    said = json.loads(await play.sends(kai, "1|ask_someone|R-1|0||", kind="<!channel>", person="ben"))
    assert "kind" in said["errors"]
    said = json.loads(
        await play.sends(
            account("ana"),
            "1|request_exception|R-1|0|freeze|",
            what="freeze",
            reason=REASON,
            owner=NOBODY,
            expires="16:00",
        )
    )
    assert "owner" in said["errors"]
    assert await play.events() == before
    await play.sends(kai, "1|hold|R-1|0||", reason="The queue of refunds grows.", nonsense="x")
    assert "Held" in await play.events()
