"""XML into the same plain values as JSON and YAML give, for changelogs. A document that declares entities is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat


class BadXml(ValueError):
    """It is no XML that is read here."""


@dataclass(slots=True)
class Element:
    """One element: its name without a namespace, attributes, text and children in order."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Element"]:
        """Its children of that name."""
        return (c for c in self.children if c.name == name)


def read_xml(text: str) -> Element:
    """The root. Raises BadXml."""
    root = Element("", {})
    open_: list[Element] = [root]
    deepest = 200

    def start(name: str, attributes: dict[str, str]) -> None:
        one = Element(name.rpartition(":")[2], dict(attributes))
        open_[-1].children.append(one)
        open_.append(one)
        if len(open_) > deepest:
            msg = "it is nested too deep"
            raise BadXml(msg)

    def end(_: str) -> None:
        open_.pop()

    def data(said: str) -> None:
        open_[-1].text += said

    def refuse(*_: object) -> int:
        msg = "it declares entities"
        raise BadXml(msg)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(text, True)  # noqa: FBT003 - expat takes "this is all" by position alone
    except expat.ExpatError as error:
        raise BadXml(str(error)) from error
    return root.children[0]
