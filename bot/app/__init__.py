"""The composition root: the only room that names concrete classes, and joins them."""
