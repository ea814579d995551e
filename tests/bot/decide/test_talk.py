"""Q8: what is heard while planning is counted, and the decisions so far are due after more than six messages or 2,000 tokens."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.decide.talk import MOST_MESSAGES, MOST_TOKENS, heard
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.evolve import fold
from bot.domain.release import Phase, Release
from tests.flows.given import release
from tests.world import NOW, actor


def said(of: Release, tokens: int) -> tuple[Release, bool]:
    """The release after a message, and whether it summed up."""
    events = heard(of, c.NoteTalk(actor("ana"), tokens=tokens), NOW + timedelta(minutes=1))
    after = fold(events, of)
    assert after is not None
    return after, any(isinstance(x, e.TalkHeard) and x.summed_up for x in events)


def test_the_seventh_message_sums_up_and_then_each_seventh_again() -> None:
    of = release(Phase.PLANNING)
    summed = []
    for n in range(1, 15):
        of, due = said(of, 10)
        if due:
            summed.append(n)
    assert summed == [7, 14]
    assert of.summed_up == (1, 1)


def test_two_thousand_tokens_sum_up_earlier() -> None:
    of, due = said(release(Phase.PLANNING), MOST_TOKENS)
    assert not due
    of, due = said(of, 1)
    assert due
    assert (of.talk_messages, of.talk_tokens) == (0, 0)


def test_presses_alarms_and_releases_that_are_planned_already_count_for_nothing() -> None:
    assert heard(release(Phase.PLANNING), c.NoteTalk(actor("ana")), NOW) == ()
    assert heard(release(Phase.PLANNED), c.NoteTalk(actor("ana"), tokens=5), NOW) == ()
    assert heard(None, c.NoteTalk(actor("ana"), tokens=5), NOW) == ()


@given(st.lists(st.integers(1, 900), max_size=40))
def test_never_more_than_six_messages_or_two_thousand_tokens_pass_without_a_summary(lengths: list[int]) -> None:
    of = release(Phase.PLANNING)
    for tokens in lengths:
        of, _ = said(of, tokens)
        assert of.talk_messages <= MOST_MESSAGES
        assert of.talk_tokens <= MOST_TOKENS
