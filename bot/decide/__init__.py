"""decide(release, command, facts, now): events, or a refusal that changes nothing. One file per command."""
