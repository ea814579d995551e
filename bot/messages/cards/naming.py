"""How releases, people, items and roles are called on cards."""

from collections.abc import Iterable

from bot.domain.release import Release
from bot.messages.telling import flat
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import known, say

_NAME, _VERSION = 40, 40


def object_of(release: Release) -> str:
    """`payments 2.4.1`: what buttons and titles say that they are about."""
    version = flat(release.version, _VERSION) if release.version else say("card.version_unknown")
    return f"{flat(release.service, _NAME)} {version}"


def title(release: Release) -> str:
    """`R-142 payments 2.4.1 → production`."""
    return f"{release.id} {object_of(release)} → {flat(release.environment, _NAME)}"


def service_name(view: View) -> str:
    """The service as people outside the team call it."""
    return flat(view.facts.service.name if view.facts.service else view.release.service, _NAME)


def person(view: View, who: str | None) -> str:
    """A person's name; UNKNOWN for nobody."""
    return flat(view.facts.roster.name(who), _NAME)


def signed_by(view: View, who: str | None, on_behalf: str | None) -> str:
    """`Lena`, or `Lena for Kai` where she signed as his delegate."""
    if on_behalf is None:
        return person(view, who)
    return say("card.signed_for", {"who": person(view, who), "of": person(view, on_behalf)})


def people(view: View, who: Iterable[str], most: int = 3) -> str:
    """`Kai or Lena`; at most three names; UNKNOWN where there is nobody."""
    names = [person(view, one) for one in who]
    if not names:
        return say("card.nobody")
    shown = names[:most]
    rest = len(names) - len(shown)
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
    return f"{listed} (+{rest})" if rest else listed


def item(subject: str) -> str:
    """A readiness item or another subject of a finding, in words."""
    if subject.startswith("test:"):
        return say("item.test", {"check": flat(subject.removeprefix("test:").replace("_", " "), _NAME)})
    code = f"item.{subject}"
    return say(code) if known(code) else flat(subject.replace("_", " ").replace(":", " "), _NAME)


def role(name: str) -> str:
    """A role, in words."""
    code = f"role.{name}"
    return say(code) if known(code) else flat(name.replace("_", " "), _NAME)


def start(view: View) -> str:
    """When it starts, in UTC and the service's zone; UNKNOWN with the way to verify it where nobody said."""
    at = view.release.start_at
    return moment(at, view.release.time_zone, view.now) if at else say("card.start_unknown")


def strategy(release: Release) -> str:
    """`canary 10 → 50 → 100 %`."""
    if not release.strategy:
        return say("card.strategy_unknown")
    steps = " → ".join(str(s) for s in release.steps)
    return f"{flat(release.strategy, _NAME)} {steps} %" if steps else flat(release.strategy, _NAME)


def sources(count: int) -> str:
    """`1 source`, `5 sources`."""
    return say("card.source") if count == 1 else say("card.sources", {"count": str(count)})
