"""Two tables of limits that we did not write: slackblocks' generated registry, and the validators of slack_sdk."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SdkView
from slackblocks import _limits as theirs
from slackblocks._surfaces import BlockSurface, validate_surface_blocks

MESSAGE_TEXT = 12_000
"""The undocumented limit of all block text, as a maintainer gave it."""


def faults(blocks: Sequence[Mapping[str, Any]], surface: BlockSurface) -> list[str]:
    """What either oracle, or the house's own knowledge of cumulative limits, would refuse."""
    found = list(_by_slackblocks(blocks, surface))
    for block in blocks:
        parsed = Block.parse(dict(block))
        if parsed is None:
            found.append(f"slack_sdk does not know {block['type']}")
        else:
            parsed.validate_json()
    # slackblocks 3.0.0 leaves tables out of its list of surfaces only for modals; it is asked as it stands.
    validate_surface_blocks(list(blocks), surface)
    if surface == "message" and sum(len(t) for t in texts(blocks)) > MESSAGE_TEXT:
        found.append("msg_blocks_too_long")
    return found


def faults_of_view(view: Mapping[str, Any]) -> list[str]:
    """The same for a modal, with its frame."""
    found = faults(view["blocks"], "modal")
    SdkView(**view).validate_json()
    for key, most in (
        ("title", theirs.VIEW_TITLE_MAX_LENGTH),
        ("submit", theirs.VIEW_SUBMIT_MAX_LENGTH),
        ("close", theirs.VIEW_CLOSE_MAX_LENGTH),
    ):
        found += _text(view[key], most, key) if key in view else []
    inputs = [b["block_id"] for b in view["blocks"] if b["type"] == "input"]
    if len(set(inputs)) != len(inputs):
        found.append("block_id twice")
    if inputs and "submit" not in view:
        found.append("an input without submit")
    if units(view.get("private_metadata", "")) > theirs.VIEW_PRIVATE_METADATA_MAX_LENGTH:
        found.append("private_metadata")
    return found


def texts(shown: object) -> Iterator[str]:
    """Every text that a person would read."""
    if isinstance(shown, Mapping):
        for key, value in shown.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(shown, list | tuple):
        for one in shown:
            yield from texts(one)


def kinds(shown: object) -> Iterator[str]:
    """Every `type` within."""
    if isinstance(shown, Mapping):
        if isinstance(shown.get("type"), str):
            yield shown["type"]
        for value in shown.values():
            yield from kinds(value)
    elif isinstance(shown, list | tuple):
        for one in shown:
            yield from kinds(one)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _text(made: Mapping[str, Any], most: int, where: str, kind: str = "plain_text") -> list[str]:
    good = made["type"] == kind and theirs.TEXT_MIN_LENGTH <= units(made["text"]) <= most
    return [] if good else [f"{where}: {made}"]


def _by_slackblocks(blocks: Sequence[Mapping[str, Any]], surface: BlockSurface) -> Iterator[str]:
    most = theirs.MESSAGE_BLOCKS_MAX_ITEMS if surface == "message" else theirs.VIEW_BLOCKS_MAX_ITEMS
    if not 1 <= len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    if sum(1 for b in blocks if b["type"] == "table") > 1:
        yield "two tables"
    for block in blocks:
        yield from _block(block)


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield from _text(block["text"], theirs.HEADER_TEXT_MAX_LENGTH, "header")
        case "context":
            if not 1 <= len(block["elements"]) <= theirs.CONTEXT_ELEMENTS_MAX_ITEMS:
                yield "context elements"
            for one in block["elements"]:
                yield from _text(one, theirs.TEXT_MAX_LENGTH, "context")
        case "actions":
            yield from _actions(block["elements"])
        case "table":
            yield from _table(block)
        case "input":
            yield from _input(block)
        case "rich_text":
            if not block["elements"]:
                yield "empty rich text"


def _actions(elements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not 1 <= len(elements) <= theirs.ACTIONS_ELEMENTS_MAX_ITEMS:
        yield f"{len(elements)} buttons"
    ids = [one["action_id"] for one in elements]
    if len(set(ids)) != len(ids):
        yield "action_id twice"
    for one in elements:
        yield from _text(one["text"], theirs.BUTTON_TEXT_MAX_LENGTH, "button")
        if (
            units(one["action_id"]) > theirs.ACTION_ID_MAX_LENGTH
            or units(one["value"]) > theirs.BUTTON_VALUE_MAX_LENGTH
        ):
            yield "button's id or value"
        if units(one["accessibility_label"]) > theirs.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH:
            yield "accessibility label"


def _table(block: Mapping[str, Any]) -> Iterator[str]:
    rows = block["rows"]
    if not 1 <= len(rows) <= theirs.TABLE_ROWS_MAX_ITEMS or len({len(row) for row in rows}) != 1:
        yield "rows"
    if not 1 <= len(rows[0]) <= theirs.TABLE_COLUMNS_MAX_ITEMS:
        yield "columns"
    if any(not cell["text"] for row in rows for cell in row):
        yield "an empty cell"


def _input(block: Mapping[str, Any]) -> Iterator[str]:
    yield from _text(block["label"], theirs.INPUT_LABEL_MAX_LENGTH, "label")
    if "hint" in block:
        yield from _text(block["hint"], theirs.INPUT_HINT_MAX_LENGTH, "hint")
    if units(block["block_id"]) > theirs.BLOCK_ID_MAX_LENGTH:
        yield "block_id"
    element = block["element"]
    groups = [g["options"] for g in element.get("option_groups", ())] or [element.get("options", ())]
    if len(groups) > theirs.SELECT_OPTION_GROUPS_MAX_ITEMS:
        yield "option groups"
    for options in groups:
        if element["type"] == "static_select" and not 1 <= len(options) <= theirs.SELECT_OPTIONS_MAX_ITEMS:
            yield "options"
        for option in options:
            yield from _text(option["text"], theirs.OPTION_TEXT_MAX_LENGTH, "option")
            if not 1 <= units(option["value"]) <= theirs.OPTION_VALUE_MAX_LENGTH:
                yield "option value"
    if units(element.get("initial_value", "")) > theirs.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX:
        yield "initial value"
