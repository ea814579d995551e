"""The gate that asks Slack's own validator, tried against a Slack of our own: what it sends, and what it says."""

import pytest

from tests.adapters.slack_server import Slack, slack_server
from tests.adapters.slack_validate import golden, run


class Validator(Slack):
    """`blocks.validate`: exactly one argument, no token; a message with this text has a fault."""

    fault = ""

    def on_blocks_validate(self, values: dict[str, object]) -> dict[str, object]:
        (kind,) = values
        held = values[kind]
        assert isinstance(held, dict)
        if kind == "message" and held["text"] == self.fault:
            fault = {"pointer": "/blocks/0/text", "code": "failed_constraint", "message": "too long"}
            return {"error": "invalid_message", "errors": [fault]}
        return {}


async def test_every_golden_message_and_form_is_asked_about_once(capsys: pytest.CaptureFixture[str]) -> None:
    async with slack_server(Validator()) as slack:
        slack.retry_after = "0"
        slack.faults["blocks.validate"].append("429")
        assert await run(slack.base) == 0
        count = len(list(golden()))
        assert count > 15
        assert [call["_token"] for call in slack.called("blocks.validate")] == [""] * (count + 1)
        assert capsys.readouterr().out == f"{count} messages and views, 0 faults\n"


async def test_a_fault_is_named_with_its_place_and_a_slack_that_is_away_is_no_success(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with slack_server(Validator()) as slack:
        Validator.fault = next(held["text"] for _, kind, held in golden() if kind == "message")
        assert await run(slack.base) == 1
        assert "/blocks/0/text failed_constraint too long" in capsys.readouterr().out
        Validator.fault = ""
        for odd in ("500", "error:invalid_arguments"):
            slack.faults["blocks.validate"].append(odd)
            assert await run(slack.base) == 2
        assert "could not be asked: Refused invalid_arguments" in capsys.readouterr().out
