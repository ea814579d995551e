"""Microsoft Teams: app (wiring) · inbound (activity -> Heard) · render (Message -> card) · outbound (Chat)."""
