"""What the bot talks about: plain values without behaviour that could surprise. Imports nothing of ours."""
