"""A release day on local-slack's own page in Chromium, by three persons, from the first line to T+30; and a plan that ends."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.domain.release import Release
from tests.bot.app.talk import REASON, RUNBOOK
from tests.browser.slack_page import Desk, desk
from tests.days import workday

PAYMENTS = "payments 2.4.1"
WHY = "the database is not ready, we plan again on Monday"


@pytest.mark.browser
@pytest.mark.unmeasured
@pytest.mark.asyncio(loop_scope="session")
async def test_a_release_is_planned_and_cancelled_in_the_page(browser: Browser, tmp_path: Path) -> None:
    async with desk(browser, tmp_path) as d:
        await d.types(f"/release plan {PAYMENTS} to production at 15:00 canary 10%")
        await d.presses(f"Cancel {PAYMENTS}")
        await d.fills("Reason", WHY)
        await d.sees("CANCELLED")
        await d.presses("Close")


@pytest.mark.browser
@pytest.mark.unmeasured
@pytest.mark.asyncio(loop_scope="session")
async def test_a_release_day_is_played_in_the_page_from_one_line_to_the_last_mark(
    browser: Browser, tmp_path: Path
) -> None:
    async with desk(browser, tmp_path) as d:
        await planned_by_ana(d)
        await signed_off_by_kai_with_a_reason(d)
        start = (await release(d)).start_at
        assert start is not None

        await d.bot.time.to(start - timedelta(minutes=29), down=False)
        await d.goes_to("payments")
        await d.sees("Pre-checks complete; awaiting final go/no-go.")
        await d.act_as("ana")
        await d.presses(f"GO for {PAYMENTS}")
        await d.sees("This is your own release or change, so your go or approval does not count (G7).")
        await d.act_as("lena")
        await d.presses(f"GO for {PAYMENTS}")
        await d.sees("Pre-checks complete; GO given by Lena.")

        await rolled_out_by_ana(d, start)
        await what_a_stakeholder_reads_afterwards(d)


async def planned_by_ana(d: Desk) -> None:
    """One line, a question answered by a button, one by words in the thread."""
    await d.types(f"/release plan {PAYMENTS} to production at {workday()} 15:00 canary 10%")
    await d.opens_thread()
    await d.presses("No data change")
    await d.sees("Question 2 of at most 3.")
    await d.replies(RUNBOOK)
    await d.sees("GO POSSIBLE")


async def signed_off_by_kai_with_a_reason(d: Desk) -> None:
    """From the request in the thread; what is no reason is told at its field, and the form stays."""
    await d.act_as("kai")
    await d.presses(f"Sign off {PAYMENTS}")
    await d.fills("Reason", "ok")
    await d.sees("A reason of at least 15 characters is needed; this one has 2.")
    await d.fills("Reason", REASON)
    await d.sees("It is bound to this plan; a later change of the plan voids it.")
    await d.presses("Close")
    await d.sees("APPROVED by Kai")


async def rolled_out_by_ana(d: Desk, start: datetime) -> None:
    """She reports start, share and end; the marks of the channel say what is known at their time."""
    await d.bot.time.to(start - timedelta(minutes=5), down=False)
    await d.sees("T-5")
    await d.bot.time.to(start, down=False)
    await d.act_as("ana")
    await d.types("/release start R-1")
    await d.sees("Start recorded.")
    await d.bot.time.to(start + timedelta(minutes=15), down=False)
    await d.types("/release step R-1 100%")
    await d.types("/release done R-1")
    await d.sees("Done recorded. The release is closed.")
    await d.bot.time.to(start + timedelta(minutes=31), down=False)


async def what_a_stakeholder_reads_afterwards(d: Desk) -> None:
    """Three posts, in order, each with its mark first; nothing of the team's own work."""
    await d.goes_to("releases")
    await d.sees("monitoring green")
    read = await d.words()
    assert read.index("T=0") < read.index("T+15") < read.index("T+30"), read
    for words in ("Question", "GO for", "sign-off", "[rich_text]"):
        assert words not in read


async def release(d: Desk) -> Release:
    loaded = await d.bot.store.release("R-1")
    assert loaded is not None
    return loaded.release
