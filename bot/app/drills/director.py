"""Plays a drill step by step, by hand or on its own, and tells of each step. It hears `drill …` before the bot does.

Everything that happens in a drill happens through the doors that people use; the director only turns the clock, speaks for the
persons of the script, and watches whether somebody has done the step already. What it has to know lies in the sandbox's
database, so a drill goes on after a restart; time then stands still, and nothing goes on by itself.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from adapters.sandbox.parts import SandboxParts
from bot.app.drills import guide
from bot.app.drills.board import Board, described, goes_on, place_of
from bot.app.drills.memory import Memory, On
from bot.app.drills.player import Player
from bot.app.drills.script import Step
from bot.app.drills.scripts import DRILLS
from bot.app.drills.stage import Run, service_id
from bot.app.drills.theatre import Theatre
from bot.app.drills.wishes import start_after, wish_of
from bot.domain.people import ActorKind
from bot.domain.release import TERMINAL, Release
from bot.messages import answers
from bot.messages.heard import Answer, Heard, Say
from bot.messages.model import Message
from bot.timekeeper import MachineTime

log = logging.getLogger(__name__)

RATE = 60.0
LOOK_S = 0.1


class Director:
    """`hear` and `settle` stand in the place of the bot's own in the sandbox."""

    def __init__(self, theatre: Theatre, parts: SandboxParts) -> None:
        """`parts`: in which hear and settle of this director stand."""
        self._t = theatre
        self._memory = Memory(theatre.keep)
        self._board = Board(parts)
        self._player = Player(parts, theatre.demo)
        self._lock = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        # A platform delivers again what it was not answered in time: the same receipt is the same wish, once.
        self._answered = ("", Message(""))

    async def open(self) -> None:
        """What was on before a restart."""
        await self._memory.load()
        self._staged()

    async def close(self) -> None:
        """Nothing goes on by itself any more."""
        await self._stop_playing()

    # ---- what is heard ------------------------------------------------------------------------------------------------

    async def hear(self, heard: Heard) -> Answer:
        """`drill …` and the buttons of its cards; all else is the bot's."""
        wish = wish_of(heard)
        if wish is None or heard.actor.kind is not ActorKind.HUMAN:
            return await self._t.hear(heard)
        if heard.receipt != self._answered[0]:
            self._answered = (heard.receipt, await self.do(*wish))
        return Say(self._answered[1])

    async def settle(self) -> None:
        """All that is due is done; then, whether somebody has done the step of a drill."""
        await self._t.settle()
        if self._on() is None or self._lock.locked():
            return
        async with self._lock:
            await self._look()

    async def do(self, what: str, subject: str = "") -> Message:
        """list, begin <name>, next, play, pause, end: gives the answer to the one who asked."""
        if isinstance(self._t.time, MachineTime) and what != "list":
            return answers.line("drill.clock_not_simulated")
        if what == "begin":
            return await self._begin(subject)
        on = self._on() if what != "end" else self._memory.on
        if what == "list":
            return guide.listed(on)
        if on is None:
            return answers.line("drill.none_on", {"names": guide.names()})
        if what == "next" and subject and subject != f"{on.service}:{on.step}":
            return answers.line("drill.old_button", {"place": place_of(on)})
        if what == "play":
            return await self._play()
        if what == "pause":
            return await self._pause()
        await self._stop_playing()
        async with self._lock:
            if what == "end":
                await self._finish()
                return answers.line("drill.ended", {"title": guide.title(on.drill)})
            if not await self._next():
                return answers.line("drill.stuck")
        return goes_on(on)

    def describe(self) -> Mapping[str, object]:
        """For the page: what can be played, and what is on."""
        return described(self._on())

    # ---- begin and end ----------------------------------------------------------------------------------------------------

    async def _begin(self, name: str) -> Message:
        drill = DRILLS.get(name)
        if drill is None:
            return answers.line("drill.unknown", {"name": name[:40], "names": guide.names()})
        lacks = self._t.stage.lacks()
        if lacks:
            return answers.line("drill.catalogue", {"missing": ", ".join(lacks)})
        await self._stop_playing()
        async with self._lock:
            if self._memory.on is not None:
                await self._finish()
            if drill.of:
                found = [r for r in await self._t.reads.releases() if r.service == drill.of and r.phase not in TERMINAL]
                if found:
                    return answers.line("drill.in_the_way", {"release": found[0].id, "service": drill.of})
            # At night or on a Friday afternoon the risk would be another one: the clock goes on to a morning first.
            begin, start = start_after(self._now(), timedelta(minutes=drill.lead))
            if begin > self._now():
                await self._t.time.to(begin, down=False)
            memory = self._memory
            memory.played += 1
            service = drill.of or service_id(drill.stage or name, memory.runs, lambda s: s in self._t.stage().services)
            if not drill.of:
                memory.runs.append(Run(service, self._now(), drill.drilled))
                self._t.demo.admit(service)
            memory.on = On(name, service, f"2.4.{memory.played}", start)
            self._staged()
            await self._tell()
        if drill.of:
            return await self._play()
        return goes_on(memory.on)

    async def _finish(self) -> None:
        """Nothing of it stays open; the next drill finds a clean stage. The lock is held."""
        on = self._memory.on
        if on is None:
            return
        if not on.over:
            await self._board.edit(on.guide, guide.past(on))
        await self._player.close(await self._release(on), on.service, place_of(on))
        self._memory.on = None
        self._staged()
        await self._memory.save()

    # ---- one step -----------------------------------------------------------------------------------------------------------

    async def _next(self) -> bool:
        """Do the step that comes next. False: it did not come about. The lock is held."""
        on = self._on()
        if on is None:
            return True
        step = DRILLS[on.drill].steps[on.step]
        due = on.start_at + timedelta(minutes=step.at)
        if self._now() < due:
            if step.away:
                left = due - timedelta(minutes=step.away)
                await self._t.time.to(max(left, self._now()), down=False)
            await self._t.time.to(max(due, self._now()), down=step.away > 0)
        good = True
        for act in step.acts:
            await self._release(on)
            good = await self._player.act(act, place_of(on), guide.filled(on)) and good
        release = await self._release(on)
        if not good or not self._reached(step, on, release, acted=True):
            return False
        await self._advance()
        return True

    async def _look(self) -> None:
        """Somebody may have done the step, or several, without the director."""
        while (on := self._on()) is not None:
            step = DRILLS[on.drill].steps[on.step]
            if not self._reached(step, on, await self._release(on), acted=False):
                return
            await self._advance()

    def _reached(self, step: Step, on: On, release: Release | None, *, acted: bool) -> bool:
        if step.until is not None:
            return release is not None and step.until(release)
        if step.acts and not acted:
            return False
        return self._now() >= on.start_at + timedelta(minutes=step.at)

    async def _advance(self) -> None:
        on = self._on()
        if on is None:
            return
        await self._board.edit(on.guide, guide.past(on))
        on.step += 1
        on.guide = 0
        await self._tell()

    async def _release(self, on: On) -> Release | None:
        """The release of this run, as it stands: the newest open one of its service, once it is planned."""
        if on.release:
            found = await self._t.reads.release(on.release)
            return found.release if found else None
        fits = [r for r in await self._t.reads.releases() if r.service == on.service and r.phase not in TERMINAL]
        if fits:
            on.release = fits[0].id
            await self._memory.save()
        return fits[0] if fits else None

    # ---- by itself ----------------------------------------------------------------------------------------------------------

    async def _play(self) -> Message:
        on = self._on()
        if on is None:
            return answers.line("drill.none_on", {"names": guide.names()})
        await self._stop_playing()
        on.playing = True
        await self._redraw()
        self._task = asyncio.get_running_loop().create_task(self._run(on), name="drill")
        return goes_on(on)

    async def _pause(self) -> Message:
        on = self._on()
        await self._stop_playing()
        await self._redraw()
        return goes_on(on) if on else answers.line("drill.none_on", {"names": guide.names()})

    async def _run(self, on: On) -> None:
        """Until it is over, paused, or stuck; a clock that somebody stops stops it too."""
        await self._t.time.set_rate(RATE)
        try:
            while self._on() is on and on.playing:
                step = DRILLS[on.drill].steps[on.step]
                if self._now() < on.start_at + timedelta(minutes=step.at - step.away):
                    await asyncio.sleep(LOOK_S)
                    continue
                async with self._lock:
                    if self._on() is not on or not on.playing:
                        return
                    if not await self._next():
                        on.playing = False
                        await self._redraw()
                        await self._board.post(place_of(on), answers.line("drill.stuck"))
        except Exception:
            log.exception("the drill stopped")
        finally:
            on.playing = False
            await self._t.time.set_rate(0)

    async def _stop_playing(self) -> None:
        task, self._task = self._task, None
        on = self._memory.on
        if on is not None:
            on.playing = False
        if task is None:
            return
        # What is being said is said to its end: a step that is broken off in its middle would be half a truth.
        async with self._lock:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    # ---- what is shown ----------------------------------------------------------------------------------------------------

    async def _tell(self) -> None:
        on = self._memory.on
        if on is not None:
            card = guide.end(on) if on.over else guide.step(on, self._t.stage())
            on.guide = await self._board.post(place_of(on), card)
            await self._memory.save()

    async def _redraw(self) -> None:
        on = self._on()
        if on is not None:
            await self._board.edit(on.guide, guide.step(on, self._t.stage()))

    def _staged(self) -> None:
        on = self._memory.on
        for run in self._memory.runs:
            self._t.demo.admit(run.service)
        self._t.stage.set(self._memory.runs, on.service if on else "")

    def _on(self) -> On | None:
        """The drill that is on; one whose steps are all done only waits for the next to begin."""
        on = self._memory.on
        return None if on is None or on.over else on

    def _now(self) -> datetime:
        return self._t.time.now()
