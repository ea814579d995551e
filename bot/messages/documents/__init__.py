"""The whole plan as a document: one outline, rendered as Markdown, HTML, JSON and chat blocks."""
