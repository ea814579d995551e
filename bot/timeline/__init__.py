"""When what is due, for whom, and what becomes of a post that is late. Pure."""
