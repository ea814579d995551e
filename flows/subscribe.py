"""`subscribe <service>`, `subscribe digest [08:30]` and `unsubscribe …`: what this place hears of its own accord."""

import re
from collections.abc import Iterator

from bot.domain.commands.orders import Subscribe, Unsubscribe
from bot.domain.orders import Subscription
from bot.domain.service import Audience, Service
from bot.messages import answers
from bot.messages.heard import Heard
from bot.messages.model import Bullets, Message, Text
from bot.messages.telling import flat
from bot.messages.words import say
from flows.context import Context, subject_of, words
from flows.dialog import Done, Reply, Step
from flows.parse_service import find_service
from flows.parse_words import near
from flows.verb import Group, Verb
from flows.zones import Zone, named_zone

DIGEST_AT = "08:30"
"""Where nobody says another time."""

_DIGEST = re.compile(r"(?i)^\s*(?:the\s+|a\s+|to\s+)*(?:daily\s+)?(?:digest|summary)\b(?P<rest>.*)$")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")
_EMPTY = re.compile(r"(?i)\b(?:always|every\s+day|also\s+when\s+empty|empty\s+too)\b")
_LITTLE = re.compile(r"(?i)\b(?:at|daily|each|every|day|in|of|here|please)\b|[.,!]")


def subscribe(heard: Heard, ctx: Context) -> Step:
    """The marks of a service, or the digest; without words: what this place is subscribed to."""
    text = words(heard) or subject_of(ctx)
    if not text:
        return Reply(_listed(heard, ctx))
    digest = _DIGEST.match(text)
    if digest is not None:
        return _digest(heard, ctx, digest["rest"])
    service = _service(text, ctx)
    if service is None:
        return Reply(answers.unknown_service(text, near(text, _seen(ctx)), show=True))
    return Done(Subscribe(heard.actor, heard.place, service.id))


SUBSCRIBE = Verb("subscribe", subscribe, Group.LOOK, ("follow", "watch"), needs=("orders", "services"))


def unsubscribe(heard: Heard, ctx: Context) -> Step:
    """Of a service or of the digest; without words: of the one thing that there is."""
    text = words(heard) or subject_of(ctx)
    here = _here(heard, ctx)
    if not text and len(here) == 1:
        return Done(Unsubscribe(heard.actor, heard.place, here[0].service))
    if not text:
        return Reply(_listed(heard, ctx))
    if _DIGEST.match(text):
        return Done(Unsubscribe(heard.actor, heard.place, ""))
    service = _service(text, ctx)
    named = service.id if service else text.strip().casefold()
    return Done(Unsubscribe(heard.actor, heard.place, named))


UNSUBSCRIBE = Verb("unsubscribe", unsubscribe, Group.LOOK, ("unfollow", "unwatch"), needs=("orders", "services"))


def _digest(heard: Heard, ctx: Context, rest: str) -> Step:
    zone = named_zone(_CLOCK.sub(" ", rest))
    left = _LITTLE.sub(" ", _EMPTY.sub(" ", _CLOCK.sub(" ", rest))).strip()
    named = zone.name if isinstance(zone, Zone) else ""
    if left and named != "UTC" and "/" not in named:
        return Reply(answers.line("talk.digest_zone", {"zone": flat(left, 40)}))
    home = named or (ctx.here.time_zone if ctx.here else "UTC")
    found = _CLOCK.search(rest)
    clock = f"{int(found[1]):02d}:{found[2]}" if found else DIGEST_AT
    empty = _EMPTY.search(rest) is not None
    return Done(Subscribe(heard.actor, heard.place, "", clock, home, empty=empty))


def _seen(ctx: Context) -> dict[str, Service]:
    return {s.id: s for s in ctx.catalog.services.values() if s.id not in ctx.unseen}


def _service(text: str, ctx: Context) -> Service | None:
    """By its whole name, else by what the words name."""
    services = _seen(ctx)
    plain = text.strip().strip(".,!").casefold()
    exact = next((s for s in services.values() if plain in {s.id.casefold(), s.name.casefold()}), None)
    named = find_service(text, services, None).value
    return exact or (services.get(named) if named else None)


def _here(heard: Heard, ctx: Context) -> tuple[Subscription, ...]:
    return tuple(s for s in ctx.orders.subscriptions if s.place == heard.place)


def _listed(heard: Heard, ctx: Context) -> Message:
    own = tuple(_line(one, ctx) for one in _here(heard, ctx))
    lines = (*own, *_given(heard, ctx))
    if not lines:
        return answers.line("talk.subscribe_none")
    usage = say("talk.subscribe_usage" if own else "talk.subscribe_more")
    label = say("talk.subscribed_to")
    blocks = (Bullets(lines, label=label), Text(usage))
    return Message(f"{label}: {'; '.join(lines)}. {usage}", blocks, private=True)


def _given(heard: Heard, ctx: Context) -> Iterator[str]:
    """What the catalogue brings here: a line for each audience."""
    for audience in Audience:
        found = [s for s in ctx.catalog.services.values() if heard.place in s.channels.get(audience, ())]
        if found:
            yield say(f"talk.subscribed_{audience.value}", {"services": ", ".join(flat(s.name, 60) for s in found)})


def _line(one: Subscription, ctx: Context) -> str:
    if one.digest:
        return say("talk.subscribed_digest", {"clock": one.clock, "zone": flat(one.time_zone, 40)})
    service = ctx.catalog.services.get(one.service)
    return flat(service.name if service else one.service, 60)
