"""One timer for all calls: each limit rings when its own time is over, and only for its own task."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.http.limits import Limit, Limits

UNIT_S = 0.002
LONG_S = 30.0


def _now() -> float:
    return asyncio.get_running_loop().time()


@contextmanager
def _closing() -> Iterator[Limits]:
    limits = Limits()
    try:
        yield limits
    finally:
        limits.close()


async def _worked(limits: Limits, until: float, seconds: float) -> str:
    """What came first: the end of the work, or of its time."""
    try:
        with Limit(limits, until):
            await asyncio.sleep(seconds)
    except TimeoutError:
        assert _now() >= until - UNIT_S
        return "over"
    return "done"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=12))
async def test_each_limit_rings_for_its_own_work_and_no_other(wanted: list[tuple[int, bool]]) -> None:
    """(its limit in units, whether its work would go on beyond it): what ends in time is never ended."""
    with _closing() as limits:
        began = _now()
        work = [
            _worked(limits, began + n * UNIT_S, LONG_S) if late else _worked(limits, began + LONG_S, n * UNIT_S)
            for n, late in wanted
        ]
        async with asyncio.timeout(20):
            found = await asyncio.gather(*work)
        assert found == ["over" if late else "done" for _, late in wanted]
        assert limits.under_way == 0


async def test_a_limit_that_is_moved_rings_at_its_new_time_and_not_at_its_old_one() -> None:
    with _closing() as limits:
        with Limit(limits, _now() + UNIT_S) as limit:
            limit.move(_now() + LONG_S)
            await asyncio.sleep(4 * UNIT_S)
        began = _now()
        with pytest.raises(TimeoutError):
            await _moved_nearer(limits)
        assert _now() < began + LONG_S / 2
        assert await _worked(limits, _now() + LONG_S, 0) == "done"


async def _moved_nearer(limits: Limits) -> None:
    with Limit(limits, _now() + LONG_S) as limit:
        limit.move(_now() + UNIT_S)
        await asyncio.sleep(LONG_S)


async def test_who_is_cancelled_from_outside_is_cancelled_and_no_time_out_is_said() -> None:
    with _closing() as limits:
        work = asyncio.ensure_future(_worked(limits, _now() + LONG_S, LONG_S))
        await asyncio.sleep(UNIT_S)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert limits.under_way == 0


async def test_who_is_cancelled_from_outside_while_its_time_ends_is_cancelled() -> None:
    """As with asyncio.timeout: the end of the time does not hide that somebody else wanted the task to end."""
    with _closing() as limits:

        async def ending() -> None:
            with Limit(limits, LONG_S) as limit:
                limit.end()
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
                await asyncio.sleep(LONG_S)

        work = asyncio.ensure_future(ending())
        with pytest.raises(asyncio.CancelledError):
            await work


async def test_what_fails_inside_fails_as_it_is_though_its_time_is_over() -> None:
    async def failing() -> None:
        with Limit(limits, _now()):
            try:
                await asyncio.sleep(LONG_S)
            finally:
                raise KeyError

    with _closing() as limits:
        with pytest.raises(KeyError):
            await failing()
        assert await _worked(limits, _now() + LONG_S, 0) == "done"


async def test_a_limit_is_for_a_task_and_for_nothing_else() -> None:
    said: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def outside() -> None:
        try:
            Limit(limits, 0.0).__enter__()
        except RuntimeError as error:
            said.set_result(str(error))

    with _closing() as limits:
        asyncio.get_running_loop().call_soon(outside)
        async with asyncio.timeout(20):
            assert await said == "a limit is for a task"
        assert await _worked(limits, _now() + LONG_S, 0) == "done"


async def test_one_timer_serves_a_hundred_limits_and_closing_leaves_none_behind() -> None:
    loop, timers = asyncio.get_running_loop(), []
    plain = loop.call_at

    def counted(when: float, callback: object, *args: object, **more: object) -> asyncio.TimerHandle:
        timers.append(plain(when, callback, *args, **more))  # type: ignore[arg-type]  # what asyncio itself hands over
        return timers[-1]

    limits = Limits()
    loop.call_at = counted  # type: ignore[method-assign]  # to count the loop's timers
    try:
        until = _now() + LONG_S
        for n in range(100):
            with Limit(limits, until + n):
                pass
    finally:
        loop.call_at = plain  # type: ignore[method-assign]  # as it was
    assert len(timers) == 1
    limits.close()
    assert timers[0].cancelled()
