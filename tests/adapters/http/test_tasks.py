"""Work after an answer: waited for with all that it begins, ended where it takes too long, and logged where it fails."""

import asyncio

import pytest

from adapters.http.tasks import Tasks


async def test_what_is_begun_while_the_end_is_waited_for_is_waited_for_too() -> None:
    tasks, done = Tasks(), list[int]()

    async def work(more: int) -> None:
        await asyncio.sleep(0)
        if more:
            tasks.start(work(more - 1), "work")
        done.append(more)

    tasks.start(work(3), "work")
    await tasks.finish(10)
    assert done == [3, 2, 1, 0]
    await tasks.finish(10)


async def test_what_takes_too_long_is_ended_and_what_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    tasks, ended = Tasks(), asyncio.Event()

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def fails() -> None:
        msg = "a fault of ours"
        raise RuntimeError(msg)

    tasks.start(hangs(), "hanging")
    tasks.start(fails(), "failing")
    async with asyncio.timeout(10):
        await tasks.finish(0.05)
    assert ended.is_set()
    assert "failing failed" in caplog.text
