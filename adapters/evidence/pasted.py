"""The links of a release that one source looks up: those to its own hosts, by their shape."""

from collections.abc import Iterator

from bot.domain.link_shapes import Shape, shape_of
from bot.domain.links import links_of, owner_of
from bot.ports import Catalog, Inquiry


def shapes_of(asked: Inquiry, catalog: Catalog, source: str) -> Iterator[Shape]:
    """Each thing that the links name, once; links of other sources, and of no known shape, are left out."""
    seen: set[tuple[str, ...]] = set()
    for link in links_of(asked.release):
        owner = owner_of(link, catalog.owners)
        shape = shape_of(link, catalog.owners)
        if owner is None or owner.source != source or shape is None:
            continue
        sign = (shape.name, *sorted(shape.fields.values()))
        if sign not in seen:
            seen.add(sign)
            yield shape


def linked(source: str) -> str:
    """How the items of a looked-up link name their source: beside what it says by itself, and never in its place."""
    return f"{source} (link)"
