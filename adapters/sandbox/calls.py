"""Say, press, fill: what a person does in the sandbox, and everything that this person sees because of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from adapters.http.server import Fault
from adapters.sandbox import inbound
from adapters.sandbox.book import Draft, Json, Kept
from adapters.sandbox.directory import PLATFORM
from adapters.sandbox.inbound import Circumstances
from adapters.sandbox.outbound import BOT, message_number
from adapters.sandbox.parts import SandboxParts
from adapters.sandbox.payloads import FillBody, PressBody, SayBody
from adapters.sandbox.render import blocks_json, buttons_of, form_json, instant, message_json, with_values
from bot.domain.people import Place
from bot.messages.heard import Errors, Heard, Open, Say
from bot.messages.model import Form


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the caller sees: messages in order, a form that opened, errors by field."""

    answers: Sequence[Json]
    form: Json | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


class Calls:
    """The three things that a person can do."""

    def __init__(self, parts: SandboxParts) -> None:
        self._parts = parts
        self._book = parts.book

    async def say(self, body: SayBody) -> Outcome:
        """Words typed into a place; they stay in it for everybody to read, as in any chat."""
        thread = await self._thread(body)
        who = await self._who(body.person, body.place, body.receipt, thread)
        before = await self._book.seq()
        typed = Draft(
            body.place,
            body.person,
            self._parts.redact(body.text),
            instant(who.at),
            thread=message_number(thread or ""),
            receipt=f"typed:{who.receipt}",
        )
        await self._book.write(typed)
        return await self._heard(inbound.spoken(who, body.text), before)

    async def press(self, body: PressBody) -> Outcome:
        """A button. One that is gone from the message decides nothing: the state is the answer (G22)."""
        kept = await self._book.message(message_number(body.message) or 0)
        if kept is None or not visible(self._parts, kept, body.person):
            await self._who(body.person, f"@{body.person}", None, None)
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_message", f"{body.person} sees no message {body.message}.")
        thread = None if kept.thread is None else f"m{kept.thread}"
        who = await self._who(body.person, kept.place, body.receipt, thread)
        token = body.token or next((b["token"] for b in buttons_of(kept) if b["id"] == body.button), None)
        before = await self._book.seq()
        if token is None:
            root = Circumstances(who.actor, who.place, who.receipt, who.at, thread or body.message)
            return await self._heard(inbound.asked(root, "status"), before, kept.thread)
        return await self._heard(inbound.pressed(who, token, body.message), before, kept.thread)

    async def fill(self, body: FillBody) -> Outcome:
        """A form. With errors it stays open, with what was typed."""
        number = int(body.form[1:])
        kept = await self._book.form(number)
        if kept is None:
            await self._who(body.person, f"@{body.person}", None, None)
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_form", f"There is no form {body.form}.")
        if kept.person != body.person:
            await self._who(body.person, f"@{body.person}", None, None)
            raise Fault(HTTPStatus.FORBIDDEN, "not_your_form", f"The form {body.form} was opened for {kept.person}.")
        thread = None if kept.thread is None else f"m{kept.thread}"
        who = await self._who(body.person, kept.place, body.receipt, thread)
        names = [f["name"] for f in kept.form["form"]["fields"]]
        values = {name: body.values[name] for name in names if name in body.values}
        before = await self._book.seq()
        typed = {key: self._parts.redact(value) for key, value in values.items()}
        await self._book.change_form(number, {**kept.form, "form": with_values(kept.form["form"], typed)})
        return await self._heard(inbound.filled(who, kept.form["token"], values), before, kept.thread, number)

    async def _heard(self, heard: Heard, before: int, thread: int | None = None, form: int | None = None) -> Outcome:
        answer = await self._parts.hear(heard)
        person, place = heard.actor.account, heard.place.id
        where = thread if thread is not None else message_number(heard.thread or "")
        opened: Json | None = None
        errors: Mapping[str, str] = {}
        if isinstance(answer, Say):
            await self._book.write(
                Draft(
                    place,
                    BOT,
                    answer.message.text,
                    instant(self._parts.clock.now()),
                    blocks_json(answer.message),
                    thread=where,
                    to=person if answer.message.private else None,
                    receipt=f"answer:{heard.receipt}",
                )
            )
        elif isinstance(answer, Open):
            opened = await self._open(answer.form, person, place, where, None)
        elif isinstance(answer, Errors):
            errors = answer.errors
            opened = await self._open(answer.form, person, place, where, form)
        await self._parts.settle()
        self._book.ring()
        changed = await self._book.changed_since(before)
        seen = [kept for kept in changed if self._because(kept, heard, person)]
        return Outcome([message_json(kept) for kept in seen], opened, errors)

    async def _open(self, form: Form, person: str, place: str, thread: int | None, number: int | None) -> Json:
        """Keep the form and give its JSON; with `number` it is that form, with what was typed."""
        shown = form_json(form)
        kept = {"form": shown, "token": form.token}
        if number is None:
            number = await self._book.keep_form(person, place, thread, kept)
        else:
            await self._book.change_form(number, kept)
        return {"id": f"f{number}", **shown}

    def _because(self, kept: Kept, heard: Heard, person: str) -> bool:
        """True if it is the bot's, the caller can see it, and it is not the direct answer to somebody else's call."""
        own = kept.receipt is None or kept.receipt == f"answer:{heard.receipt}"
        return kept.author == BOT and own and visible(self._parts, kept, person)

    async def _who(self, person: str, place: str, receipt: str | None, thread: str | None) -> Circumstances:
        directory = self._parts.directory
        where = Place(PLATFORM, place)
        actor = await directory.actor(person, where)
        if actor is None:
            names = ", ".join(directory.accounts())
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_person", f"There is no {person[:40]!r} here; one of {names}.")
        if not directory.knows_place(place):
            names = ", ".join(directory.channels())
            message = f"There is no place {place[:40]!r}; one of {names}, or @{person} for the direct conversation."
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_place", message)
        if not directory.may_enter(place, person):
            kind = "a private channel" if directory.owner_of(place) is None else "somebody else's direct conversation"
            raise Fault(HTTPStatus.FORBIDDEN, "not_your_place", f"{place} is {kind}.")
        mine = f"sandbox:{person}:{receipt or uuid.uuid4().hex}"
        return Circumstances(actor, where, mine, self._parts.clock.now(), thread)

    async def _thread(self, body: SayBody) -> str | None:
        """The first message of the thread that was named."""
        if body.thread is None:
            return None
        kept = await self._book.message(message_number(body.thread) or 0)
        if kept is None or kept.place != body.place or not visible(self._parts, kept, body.person):
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_thread", f"There is no message {body.thread} in {body.place}.")
        return body.thread if kept.thread is None else f"m{kept.thread}"


def visible(parts: SandboxParts, kept: Kept, person: str | None) -> bool:
    """What is private is seen by its person alone, a private channel by who is in it. None: the public."""
    return (kept.to is None or kept.to == person) and parts.directory.may_enter(kept.place, person)
