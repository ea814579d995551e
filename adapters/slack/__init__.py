"""Slack: Block Kit out, signed requests or Socket Mode in."""
