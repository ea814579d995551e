"""`/release status` over Slack's signed HTTP beside a bare bolt app that only acknowledges."""
