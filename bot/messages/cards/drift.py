"""What changed since nothing but consents was open: from what, to what (G12). Posts before the start carry it."""

from collections.abc import Iterator

from bot.messages.cards.naming import item
from bot.messages.cards.state import missing
from bot.messages.model import Block, Bullets
from bot.messages.telling import finding_text, flat
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say


def drift(view: View) -> tuple[Block, ...]:
    """A list under its own label; nothing where all still holds, or where it never did."""
    base = view.release.baseline
    lines = tuple(dict.fromkeys(drift_lines(view)))
    if base is None or not lines:
        return ()
    return (Bullets(lines, label=say("card.label_drift", {"at": clock(base.at, view.now)})),)


def drifted(view: View) -> frozenset[str]:
    """The items whose change is told there: what is missing of them need not be said a second time."""
    base = view.release.baseline
    met = {f.subject for f in base.met} if base is not None else set()
    return frozenset(met & {f.subject for f in missing(view)})


def drift_lines(view: View) -> Iterator[str]:
    """The build first; then each item that was met and is open now."""
    r, base = view.release, view.release.baseline
    if base is None:
        return
    for what, was, now in (("commit", base.commit, r.commit), ("digest", base.digest, r.digest)):
        if was and was != now:
            yield say(f"drift.{what}", {"was": flat(was, 24), "now": flat(now or "UNKNOWN", 24)})
    for finding in missing(view):
        met = next((f for f in base.met if f.subject == finding.subject), None)
        if met is not None:
            values = {"item": item(finding.subject), "was": finding_text(met), "now": finding_text(finding)}
            yield say("drift.item", values)
