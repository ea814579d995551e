"""The outline as one HTML page: semantic, self-contained, ready for print; no script, no foreign resource, all text escaped."""

from collections.abc import Iterator
from html import escape

from bot.messages.documents.outline import Command, Grid, Items, Part, Section, Statement

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid; padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.wide { overflow-x: auto; }
.wide table { min-width: 36rem; }
pre { border: 1px solid; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.origin { font-size: .8em; opacity: .75; }
@media print { .wide { overflow: visible; } .wide table { min-width: 0; } }
@media print { body { margin: 0; max-width: none; } section, tr, pre { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, small: str, sections: tuple[Section, ...]) -> str:
    """The whole page."""
    body = "\n".join(line for section in sections for line in _section(section))
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{_flat(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{_flat(title)}</h1>",
            f"<p>{_flat(small)}</p>",
            body,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _section(section: Section) -> Iterator[str]:
    yield "<section>"
    yield f"<h{section.level}>{_flat(section.label)}</h{section.level}>"
    for part in section.parts:
        yield from _part(part)
    yield "</section>"


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Statement):
        yield f"<p>{_statement(part)}</p>"
    elif isinstance(part, Items):
        tag = "ol" if part.numbered else "ul"
        yield f"<{tag}>"
        yield from (f"<li>{_statement(one)}</li>" for one in part.items)
        yield f"</{tag}>"
    elif isinstance(part, Grid):
        yield from _grid(part)
    else:
        yield from _command(part)


def _grid(part: Grid) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_flat(h)}</th>' for h in part.head)
    # On a phone the table is scrolled, by keyboard too, and not the page.
    yield f'<div class="wide" role="region" aria-label="{_flat(", ".join(part.head))}" tabindex="0">'
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in part.rows:
        yield f"<tr>{''.join(f'<td>{_statement(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"
    yield "</div>"


def _command(part: Command) -> Iterator[str]:
    yield f"<p>{_flat(part.note)}</p>"
    yield f"<pre><code>{escape(part.text)}</code></pre>"


def _statement(one: Statement) -> str:
    label = f"<strong>{_flat(one.label)}:</strong> " if one.label else ""
    origin = f' <span class="origin">({_flat(one.origin)})</span>' if one.origin else ""
    return f"{label}{_flat(one.text)}{origin}"


def _flat(text: str) -> str:
    return escape(" ".join(text.split()))
