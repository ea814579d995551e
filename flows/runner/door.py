"""From what was heard to the answer: finds the release, calls the flow, hands the command to the service. The one impure flow."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import cast

from bot.decide.result import Decision, Refused
from bot.domain.commands import DeclareEmergency, NoteTalk, StartPlan
from bot.domain.commands.calendar import CALENDAR_COMMANDS
from bot.domain.commands.orders import ORDER_COMMANDS
from bot.domain.errors import Corrupt, Unwritable
from bot.domain.release import Phase
from bot.freezing import FreezeService
from bot.messages import answers
from bot.messages.heard import Answer, Asked, Filled, Heard, Pressed, Said, Say
from bot.messages.tokens import BadToken, Token, unpack
from bot.messages.view import View
from bot.messages.words import say
from bot.ordering import OrderService
from bot.ports import CatalogReader, Check, Clock, Delivery, Reads, Store
from bot.seeing import Seeing
from bot.service import ReleaseService
from flows.cleaned import cleaned
from flows.context import Context
from flows.dialog import Ask, Done, GiveUp, Reply, Step, advance
from flows.index import NAMES
from flows.on_release import id_first
from flows.replies import of_decision, of_step, summed_up, with_notes
from flows.runner.looks import Looks, Moment, WorkedOut, known_to_us
from flows.runner.meant import Meaning, Meant, service_of
from flows.runner.veil import outside, unseen, veiled
from flows.said import Command, as_asked, read_said, sure
from flows.unknown_verb import unknown_verb
from flows.verb import Verb
from flows.verb_names import find_verb, in_two_words

log = logging.getLogger(__name__)
_MOST_LISTED = 40
_LETTERS_OF_A_TOKEN = 4


class Runner:
    """`hear` answers everything that any platform hears; it never raises."""

    def __init__(
        self,
        service: ReleaseService,
        freezes: FreezeService,
        reads: Reads,
        catalog: CatalogReader,
        clock: Clock,
        seeing: Seeing,
        ordering: OrderService,
        keep: Store | None = None,
    ) -> None:
        """`keep`: answers that changed nothing are kept in it, before they are given; None: they are worked out again."""
        self.examine: Callable[[], Awaitable[Sequence[Check]]] | None = None
        """What doctor finds; the composition root sets it, since it asks the platforms too."""
        self.problems: Callable[[], Awaitable[Sequence[str]]] | None = None
        """Codes of what is wrong with the bot (bot.health); set with `examine`."""
        self._service = service
        self._freezes = freezes
        self._reads = reads
        self._catalog = catalog
        self._clock = clock
        self._seeing = seeing
        self._ordering = ordering
        self._keep = keep
        self._meaning = Meaning(reads, seeing)
        self._looks = Looks(catalog, clock, seeing)

    async def hear(self, heard: Heard) -> Answer:
        """One delivery; a repeated one (the same receipt) gets the stored answer and changes nothing (decision 9)."""
        try:
            return await self._hear(heard)
        except Unwritable as error:
            log.error("the ledger cannot be written, request %s: %s", heard.receipt, error)  # noqa: TRY400 - the sentence says all, and a database that is away would fill the log
            return Say(answers.trouble(f"talk.{error.code}", {"request": heard.receipt}))
        except Corrupt as error:
            log.exception("a ledger does not fold to its state, request %s", heard.receipt)
            values = {"request": heard.receipt, "release": error.release or say("talk.this_release")}
            return Say(answers.trouble("talk.corrupt", values))
        except Exception:
            log.exception("request %s failed", heard.receipt)
            return Say(answers.trouble("talk.trouble", {"request": heard.receipt}))

    async def _hear(self, heard: Heard) -> Answer:
        known = await self._delivery(heard)
        if known.answer is not None:
            return known.answer
        found = await self._looks.answer(heard, known.mark, lambda h, now: self._worked_out(h, Moment(known.mark, now)))
        if found.kept or self._keep is None:
            return found.answer
        return await self._keep.keep_answer(heard.receipt, found.answer, self._clock.now())

    async def _delivery(self, heard: Heard) -> Delivery:
        """What is known of it. Where answers are kept, the one at hand is kept with the same question, if it still holds."""
        if self._keep is not None and (at_hand := await self._looks.at_hand(heard)) is not None:
            return await self._keep.offer_answer(heard.receipt, at_hand[0], self._clock.now(), at_hand[1])
        return await self._service.delivery(heard.receipt)

    async def _worked_out(self, heard: Heard, moment: Moment) -> WorkedOut:
        heard, secret = cleaned(heard)
        notes = (secret,) if secret else ()
        stranger = not known_to_us(heard.actor)
        step, ctx, heard = await self._step(heard, moment)
        step = advance(step, ctx.view.release if ctx.view else None)
        if isinstance(step, Done):
            return WorkedOut(await self._do(heard, step, ctx, notes), kept=True)
        if stranger:
            return WorkedOut(Say(with_notes(answers.line("talk.not_in_roster"), notes)))
        if ctx.hidden:
            return WorkedOut(Say(with_notes(unseen(ctx), notes)))
        if _talks(heard, ctx):
            return WorkedOut(await self._note(heard, step, ctx, notes), kept=True)
        return WorkedOut(of_step(step, ctx.view, notes), ctx.view, again=not notes)

    async def _do(self, heard: Heard, step: Done, ctx: Context, notes: Sequence[str]) -> Answer:
        """The answer is made, and kept, in the transaction of the events. Who may not is refused there, on record (A1)."""
        ctx = await outside(ctx, step.command, heard, self._seeing)

        def answer(decision: Decision, view: View | None) -> Answer:
            if isinstance(decision, Refused) and not known_to_us(heard.actor):
                return Say(with_notes(answers.line("talk.not_in_roster"), notes))
            if ctx.hidden and isinstance(decision, Refused):
                return Say(with_notes(unseen(ctx), notes))
            decision = veiled(decision, step.command, ctx)
            shown = None if _plans(step) and isinstance(decision, Refused) else view
            return of_decision(decision, shown, heard, step, notes)

        if type(step.command).__name__ in ORDER_COMMANDS:
            return (await self._ordering.handle(step.command, heard.receipt, heard.receipt, answer)).answer
        if type(step.command).__name__ in CALENDAR_COMMANDS:
            return (await self._freezes.handle(step.command, heard.receipt, heard.receipt, answer)).answer
        release = ctx.view.release.id if ctx.view and not _plans(step) else None
        command = replace(step.command, tokens=tokens_of(heard))
        outcome = await self._service.handle(release, command, heard.receipt, heard.receipt, answer)
        return outcome.answer

    async def _note(self, heard: Heard, step: Ask | Reply | GiveUp, ctx: Context, notes: Sequence[str]) -> Answer:
        """What changes nothing is counted all the same while a plan is talked about, once for each delivery (Q8)."""

        def answer(decision: Decision, view: View | None) -> Answer:
            return of_step(step, ctx.view, (*notes, *summed_up(decision, view)))

        release = ctx.view.release.id if ctx.view else None
        noted = NoteTalk(heard.actor, tokens=tokens_of(heard))
        return (await self._service.handle(release, noted, heard.receipt, heard.receipt, answer)).answer

    # ---- the step -----------------------------------------------------------------------------------------------------

    async def _step(self, heard: Heard, moment: Moment) -> tuple[Step, Context, Heard]:
        token: Token | None = None
        if isinstance(heard, Pressed | Filled):
            try:
                token = unpack(heard.token)
            except BadToken:
                token = None
            verb = NAMES.get(token.verb) if token else None
            if verb is None:
                return await self._unreadable(heard, moment)
        elif isinstance(heard, Asked):
            heard = id_first(heard)
            apart = in_two_words(heard.verb, heard.words, NAMES)
            if apart is not None:
                heard = replace(heard, verb=apart[0], words=apart[1])
            verb = find_verb(heard.verb, NAMES)
            if verb is None:
                return await self._unknown(heard, moment)
        else:
            return await self._free_words(cast("Said", heard), moment)  # nothing else is left
        ctx, meant = await self._context(heard, verb, token, moment)
        if isinstance(heard, Asked) and verb.of_release:
            heard = replace(heard, words=meant.words)
        return verb.step(heard, ctx), ctx, heard

    async def _unknown(self, heard: Asked, moment: Moment) -> tuple[Step, Context, Heard]:
        """The first word is no verb: what the sentence surely means, else the verbs that are near to it."""
        ctx, meant = await self._context(heard, None, None, moment)
        read = sure(f"{heard.verb} {meant.words}", ctx)
        if isinstance(read, Command):
            return await self._as_verb(read, ctx, heard)
        return read or Reply(unknown_verb(heard.verb, meant.words, ctx, NAMES)), ctx, heard

    async def _free_words(self, heard: Said, moment: Moment) -> tuple[Step, Context, Heard]:
        ctx, _ = await self._context(heard, None, None, moment)
        read = read_said(heard, ctx)
        return await self._as_verb(read, ctx, heard) if isinstance(read, Command) else (read, ctx, heard)

    async def _as_verb(self, read: Command, ctx: Context, heard: Said | Asked) -> tuple[Step, Context, Heard]:
        """Words that surely are a verb, as if it had been typed."""
        verb = NAMES[read.verb]
        asked = as_asked(heard, read)
        if verb.needs:
            ctx = await self._read_for(verb, ctx, heard)
        return verb.step(asked, ctx), ctx, asked

    async def _unreadable(self, heard: Heard, moment: Moment) -> tuple[Step, Context, Heard]:
        """A button of another time: it decides nothing, and the state is the answer (G22).

        Where no release is meant, or one that the presser may not see, the answer is the same and names none.
        """
        ctx, _ = await self._context(heard, None, None, moment)
        if ctx.view is None or ctx.hidden:
            return Reply(answers.line("talk.old_button_alone")), replace(ctx, view=None, hidden=False), heard
        shown = answers.status(replace(ctx.view, reader=heard.actor.person or None))
        return Reply(with_notes(shown, (answers.line("talk.old_button").text,))), ctx, heard

    # ---- what the flow needs to know ------------------------------------------------------------------------------------

    async def _context(
        self, heard: Heard, verb: Verb | None, token: Token | None, moment: Moment
    ) -> tuple[Context, Meant]:
        every = self._catalog()
        here = service_of(every, heard.place)
        catalog = await self._seeing.catalogue(every, heard.actor.person, heard.place)
        veiled = frozenset(every.services) - frozenset(catalog.services)
        async with self._reads.together():
            meant = await self._meaning.meant(heard, verb, token, here)
            view = (
                await self._service.view(meant.release, heard.place, moment.mark, moment.now) if meant.release else None
            )
        named = meant.release if view is None else ""
        ctx = Context(catalog, moment.now, view, meant.candidates, meant.over, named, here, token, veiled=veiled)
        if view is not None and not await self._seeing.sees(view, heard.actor.person, heard.place):
            ctx = replace(ctx, hidden=True)
        if verb is not None and verb.needs:
            ctx = await self._read_for(verb, ctx, heard)
        return ctx, meant

    async def _read_for(self, verb: Verb, ctx: Context, heard: Heard) -> Context:
        if "views" in verb.needs:
            ctx = await self._listed(ctx, heard)
        if "ledger" in verb.needs and ctx.view is not None:
            ctx = replace(ctx, ledger=tuple(await self._reads.ledger(f"release:{ctx.view.release.id}")))
        if "announcements" in verb.needs and ctx.view is not None:
            ctx = replace(ctx, announcements=tuple(await self._reads.announcements(ctx.view.release.id)))
        if "releases" in verb.needs:
            everything = await self._reads.releases()
            found = await self._seeing.releases(everything, heard.actor.person, heard.place)
            posts = await self._reads.announcements_of([r.id for r in found if r.started])
            ctx = replace(ctx, releases=found, announcements=tuple(p for of in posts.values() for p in of))
        if "checks" in verb.needs and self.examine is not None:
            ctx = replace(ctx, checks=tuple(await self.examine()))
        if "problems" in verb.needs and self.problems is not None:
            ctx = replace(ctx, problems=tuple(await self.problems()))
        if "services" in verb.needs:
            ctx = replace(ctx, unseen=await self._unseen_services(ctx, heard))
        if "orders" in verb.needs:
            ctx = replace(ctx, orders=await self._reads.orders())
        if "freezes" in verb.needs:
            entered = tuple(w for w in await self._reads.freezes() if w.scope not in ctx.veiled)
            ahead = [w for w in (*entered, *ctx.catalog.policy.freezes) if w.ends_at > ctx.now]
            ctx = replace(ctx, freezes=entered, calendar_file=self._freezes.calendar_file(ahead))
        return ctx

    async def _listed(self, ctx: Context, heard: Heard) -> Context:
        """The newest releases; one whose record is corrupt is named, and hides none of the others."""
        views: list[View] = []
        corrupt: list[str] = []
        for name in list(await self._reads.release_ids())[:_MOST_LISTED]:
            try:
                view = await self._service.view(name, heard.place)
            except Corrupt:
                log.exception("the ledger of %s does not fold to its state", name)
                corrupt.append(name)
                continue
            views += [view] if view is not None else []
        shown = await self._seeing.views(views, heard.actor.person, heard.place)
        return replace(ctx, views=shown, corrupt=tuple(corrupt))

    async def _unseen_services(self, ctx: Context, heard: Heard) -> frozenset[str]:
        found = ctx.catalog.services.values()
        who, place = heard.actor.person, heard.place
        return frozenset([s.id for s in found if not await self._seeing.service(s, who, place)])


def tokens_of(heard: Heard) -> int:
    """About how many tokens were heard: a quarter of the letters; 0 for a press."""
    if isinstance(heard, Filled):
        letters = sum(len(v) for v in heard.values.values())
    else:
        letters = len(heard.text) if isinstance(heard, Said) else len(heard.words) if isinstance(heard, Asked) else 0
    return -(-letters // _LETTERS_OF_A_TOKEN)


def _talks(heard: Heard, ctx: Context) -> bool:
    """Said in the thread of a release that is being planned."""
    planning = ctx.view is not None and ctx.view.release.phase is Phase.PLANNING
    return planning and heard.thread is not None and tokens_of(heard) > 0


def _plans(step: Done) -> bool:
    """Planning finds its own release: the open plan of the same service, version and environment (Q1)."""
    return isinstance(step.command, StartPlan | DeclareEmergency)
