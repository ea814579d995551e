"""What a drill says: the list, the card of a step, the end. It explains, and shows how to do the step oneself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.drills.memory import On
from bot.app.drills.script import Act, Drill, Fill, Press, Say, Source
from bot.app.drills.scripts import DRILLS
from bot.app.drills.stage import TEAM, Stage
from bot.messages.model import Actions, Block, Bullets, Button, Context, Heading, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.messages.words import say
from bot.ports import Catalog

_LONG = 200


def title(drill: str) -> str:
    """`Failed CI and its exception`."""
    return say(f"drill.title.{drill}")


def names() -> str:
    """All drills, as they are typed."""
    return ", ".join(DRILLS)


def listed(on: On | None) -> Message:
    """All drills with a line each; buttons of the one that is on, or to begin one."""
    lines = tuple(say("drill.list_line", {"name": name, "about": say(f"drill.about.{name}")}) for name in DRILLS)
    begin = [_button("begin", name, say("drill.begin", {"title": title(name)})) for name in DRILLS]
    blocks: tuple[Block, ...] = (
        Heading(say("drill.list_title")),
        Text(say("drill.list_intro", {"place": TEAM})),
        Bullets(lines),
        Actions(tuple(_controls(on) if on else begin)),
    )
    return Message(say("drill.list_text", {"names": names()}), blocks, private=True)


def step(on: On, catalog: Catalog) -> Message:
    """The step that comes next: what to look for, how to do it oneself, and the buttons that do it."""
    drill = DRILLS[on.drill]
    heading = _heading(on, drill)
    text = say(f"drill.step.{on.drill}.{on.step + 1}")
    going = say("drill.playing" if on.playing else "drill.standing")
    blocks: list[Block] = [Heading(heading), Text(text)]
    if not on.playing:
        blocks.append(Bullets(tuple(_todo(on, drill, catalog)), numbered=True, label=say("drill.yourself")))
    blocks += [Context(going), Actions(tuple(_controls(on)))]
    return Message(f"{heading}: {text}", tuple(blocks))


def past(on: On) -> Message:
    """The card of a step that is over: nothing to press any more."""
    drill = DRILLS[on.drill]
    heading = _heading(on, drill)
    text = say(f"drill.step.{on.drill}.{on.step + 1}")
    return Message(f"{heading}: {text}", (Heading(heading), Text(text)))


def end(on: On) -> Message:
    """What was to be seen, and what else there is."""
    drill = DRILLS[on.drill]
    heading = say("drill.heading_tour_end" if drill.of else "drill.heading_end", _kind(drill))
    text = say(f"drill.end.{on.drill}", {"release": on.release})
    others = [name for name in DRILLS if name != on.drill]
    buttons = [_button("begin", name, say("drill.begin", {"title": title(name)})) for name in others]
    return Message(f"{heading}: {text}", (Heading(heading), Text(text), Actions(tuple(buttons))))


def _heading(on: On, drill: Drill) -> str:
    values = {**_kind(drill), "n": str(on.step + 1), "of": str(len(drill.steps))}
    return say("drill.heading_tour" if drill.of else "drill.heading", values)


def _kind(drill: Drill) -> Mapping[str, str]:
    return {"kind": say("drill.kind.tour" if drill.of else "drill.kind.drill"), "title": title(drill.name)}


def _controls(on: On) -> Iterable[Button]:
    where = f"{on.service}:{on.step}"
    if on.playing:
        yield _button("pause", on.drill, say("drill.pause", {"title": title(on.drill)}))
    else:
        yield _button("next", where, say("drill.next", {"n": str(on.step + 1)}), "primary")
        yield _button("play", on.drill, say("drill.play", {"title": title(on.drill)}))
    yield _button("end", on.drill, say("drill.end", {"title": title(on.drill)}))


def _button(choice: str, subject: str, label: str, style: str = "default") -> Button:
    token = Token(verb="drill", choice=choice, subject=subject).pack()
    return Button(f"drill_{choice}" if choice != "begin" else f"drill_begin:{subject}", label, token, style)


def _todo(on: On, drill: Drill, catalog: Catalog) -> Iterable[str]:
    found = drill.steps[on.step]
    at = on.start_at + timedelta(minutes=found.at)
    if found.away:
        left = at - timedelta(minutes=found.away)
        yield say("drill.do_away", {"left": clock(left, left), "at": clock(at, at)})
    else:
        yield say("drill.do_clock", {"at": clock(at, at)})
    values = filled(on)
    for act in found.acts:
        yield flat(_told(act, catalog, values), _LONG)


def _told(act: Act, catalog: Catalog, values: Mapping[str, str]) -> str:
    match act:
        case Say(person, words):
            return say("drill.do_say", {"name": catalog.roster.name(person), "words": words.format(**values)})
        case Press(person, button):
            shown = say(f"drill.press.{button}")
            return say("drill.do_press", {"name": catalog.roster.name(person), "button": shown})
        case Fill(_, given):
            pairs = "; ".join(f"{name}: {value.format(**values)}" for name, value in given.items())
            return say("drill.do_fill", {"values": pairs})
        case Source(name, given):
            if not given:
                return say("drill.do_reset", {"source": name})
            pairs = ", ".join(
                f"{key} {value}".format(**values) if isinstance(value, str) else f"{key} {_plain(value)}"
                for key, value in given.items()
            )
            return say("drill.do_source", {"source": name, "given": pairs})


def _plain(value: object) -> str:
    return ", ".join(str(v) for v in list(value.values())[:2]) if isinstance(value, dict) else str(value)


def filled(on: On) -> Mapping[str, str]:
    """What stands for the names in a script."""
    return {
        "release": on.release or "R-…",
        "service": on.service,
        "version": on.version,
        "start": typed(on.start_at),
        "later": typed(on.start_at + timedelta(hours=1)),
        "today": f"{on.start_at:%Y-%m-%d}",
        "run": "https://github.com/acme/payments/actions/runs/91",
    }


def typed(at: datetime) -> str:
    """An instant as people type it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def marked(message: Message, view: View, stage: Stage) -> Message:
    """A post of a rehearsal says so before all else, whoever reads it and wherever."""
    if not stage.is_ours(view.release.service):
        return message
    text = say("drill.mark", {"text": message.text})
    return replace(message, text=text, blocks=(Context(say("drill.mark_note")), *message.blocks))
