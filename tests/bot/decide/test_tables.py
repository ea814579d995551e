"""What is added in one file and has to be listed in another: nothing is forgotten without a word."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.domain import events as e
from bot.domain.events.calendar import CALENDAR_EVENTS
from bot.domain.events.orders import ORDER_EVENTS
from bot.domain.evolve import CHANGES
from bot.messages.words import known

BOT = Path(__file__).parents[3] / "bot"
DECIDE, RULES = BOT / "decide", BOT / "policy" / "rules"


def test_every_event_is_in_the_table_that_the_ledger_is_read_by() -> None:
    declared = {x.__name__ for x in e.Event.__subclasses__() if x.__module__.startswith("bot.domain.events.")}
    unlisted = declared - e.EVENTS.keys() - CALENDAR_EVENTS.keys() - ORDER_EVENTS.keys()
    assert not unlisted, (
        f"list them in EVENTS of bot/domain/events/__init__.py, else no ledger with them can be read: {unlisted}"
    )


def test_every_event_changes_the_release_unless_it_begins_or_only_moves_it() -> None:
    unchanging = {x.__name__ for x in e.EVENTS.values() if x not in CHANGES}
    assert unchanging == {"PlanStarted", "Cleared", "Uncleared"}, (
        "say in bot/domain/changes what it does to the release"
    )


def test_every_code_of_a_decision_has_its_sentence() -> None:
    codes = {code for path in DECIDE.glob("*.py") for code in _codes(ast.parse(path.read_text()))}
    assert {"ack.cleared", "refused.go_not_yet"} <= codes
    unsaid = sorted(code for code in codes if not known(code))
    assert not unsaid, f"write these sentences under bot/messages/words: {unsaid}"


def test_every_finding_of_a_rule_has_its_sentence_and_its_remedy() -> None:
    codes = {code for path in RULES.glob("*.py") for code in _findings(ast.parse(path.read_text()))}
    assert {"finding.requester_unknown", "how.requester"} <= codes
    unsaid = sorted(code for code in codes if not known(code))
    assert not unsaid, (
        f"write these in bot/messages/words/findings.py (cause and impact) and hows.py (the way out): {unsaid}"
    )


def _findings(tree: ast.AST) -> Iterator[str]:
    """`case.finding("code", …, how="remedy")`, also where it is one of two."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "finding":
            yield from (f"finding.{said}" for code in call.args[:1] for said in _words(code))
            hows = [k.value for k in call.keywords if k.arg == "how"]
            yield from (f"how.{said}" for how in hows for said in _words(how))


def _codes(tree: ast.AST) -> Iterator[str]:
    """`Refused("x")` and `Decided(events, "x")`, also where it is one of two."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"Refused", "Decided"}:
            at, prefix = (0, "refused") if call.func.id == "Refused" else (1, "ack")
            given = [*call.args[at : at + 1], *(k.value for k in call.keywords if k.arg == "code")]
            yield from (f"{prefix}.{said}" for expression in given for said in _words(expression))


def _words(expression: ast.expr) -> Iterator[str]:
    if isinstance(expression, ast.IfExp):
        yield from (*_words(expression.body), *_words(expression.orelse))
    elif isinstance(expression, ast.Constant) and expression.value:
        yield str(expression.value)
