"""Eleven sources at once on loopback, beside plain aiohttp that makes the very same calls."""
