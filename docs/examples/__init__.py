"""A small company whose releases the example plans are drawn from. Nothing here is used by the bot."""
