"""Who hears what of the course of a release, at the moment it happens (T4, T9, T12, Q6)."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import commands as c
from bot.domain.evidence import Kind
from bot.domain.people import SYSTEM, Person, Roster
from bot.domain.release import Phase
from bot.messages.effects import Post
from bot.messages.react import react
from bot.messages.routes import routes
from tests.driver import REASON, Driver
from tests.world import START, actor, facts


def posts(d: Driver, command: c.Command) -> list[Post]:
    """What is posted at once because of that command."""
    before, seen = d.release, len(d.events)
    d.do(command)
    effects = react(before, d.events[seen:], d.state, d.facts, routes(d.state, d.facts), d.now)
    return [x for x in effects if isinstance(x, Post) and x.due_at == d.now]


def told(d: Driver, command: c.Command, *occasions: str) -> list[tuple[str, str]]:
    """Occasion and audience of those posts."""
    return [(x.occasion, x.audience) for x in posts(d, command) if x.occasion in occasions]


def held_at_the_start() -> Driver:
    """Nobody gave a go: at T=0 it was held, and stakeholders heard of it."""
    d = Driver().signed()
    d.now = START
    d.do(c.StopWithoutGo(SYSTEM, d.state.schedule_revision))
    assert d.phase() is Phase.HELD
    return d


def test_a_cancelled_release_is_told_to_stakeholders_who_had_heard_of_it_and_to_no_others() -> None:
    cancel = c.Cancel(actor("ana"), "the change is not needed any more")
    assert told(Driver().ready(), cancel, "CANCELLED") == [("CANCELLED", "team")]
    assert told(held_at_the_start(), cancel, "CANCELLED") == [("CANCELLED", "team"), ("CANCELLED", "stakeholders")]


def test_a_new_time_is_told_to_stakeholders_once_the_old_one_was_announced() -> None:
    move = c.Move(actor("ana"), START + timedelta(hours=3), "18:00", "Europe/Berlin", REASON)
    assert told(Driver().ready(), move, "MOVED") == [("MOVED", "team")]
    assert told(held_at_the_start(), move, "MOVED") == [("MOVED", "team"), ("MOVED", "stakeholders")]


def test_good_health_is_kept_and_bad_health_is_posted() -> None:
    d = Driver().live()
    assert told(d, c.ReportHealth(actor("kai"), ok=True, metric="errors at 0.1 %"), "PROGRESS") == []
    assert len(d.state.health) == 1
    assert told(d, c.ReportHealth(actor("kai"), ok=False, metric="errors at 4 %"), "PROGRESS") == [("PROGRESS", "team")]


def test_three_reminders_go_to_the_owner_and_then_the_outcome_is_unknown_for_everybody() -> None:
    d = Driver().live()
    d.now = START + timedelta(hours=1)
    revision = d.state.schedule_revision
    for number in (1, 2, 3):
        (post,) = [x for x in posts(d, c.RemindOutcome(SYSTEM, number, revision)) if x.occasion == "OUTCOME"]
        assert (post.audience, post.place.id, post.params["number"]) == ("direct", "@ana", str(number))
    assert told(d, c.RemindOutcome(SYSTEM, 4, revision), "OUTCOME") == [
        ("OUTCOME", "team"),
        ("OUTCOME", "stakeholders"),
    ]
    assert d.state.outcome_unknown
    d.do(c.Finish(actor("ana")))
    assert told(d, c.RemindOutcome(SYSTEM, 4, revision), "OUTCOME") == []


def test_a_reminder_of_an_old_schedule_reminds_nobody() -> None:
    d = Driver().live()
    assert posts(d, c.RemindOutcome(SYSTEM, 1, d.state.schedule_revision - 1)) == []


def test_who_has_no_direct_messages_is_asked_on_the_card_alone() -> None:
    """A person without an account on the platform of the release cannot be written to; the release goes on."""
    base = facts()
    silent = {**base.roster.people, **{who: Person(who, who.title()) for who in ("ana", "kai")}}
    unreachable = Driver(facts=replace(base, roster=Roster(silent))).live()
    remind = c.RemindOutcome(SYSTEM, 1, unreachable.state.schedule_revision)
    assert posts(unreachable, remind) == []
    assert unreachable.state.reminders == 1
    for known, direct in ((unreachable.facts, []), (base, ["@kai"])):
        d = Driver(facts=known).ready()
        asked = [x for x in posts(d, c.AskPerson(actor("ana"), Kind.ROLLBACK)) if x.occasion == "SUPPLY"]
        assert [x.place.id for x in asked] == direct
        assert ("rollback", "kai") in d.state.asked_of


def test_a_request_to_somebody_unknown_is_refused_and_one_to_a_colleague_is_sent() -> None:
    d = Driver().ready()
    assert d.refused(c.AskPerson(actor("ana"), Kind.ROLLBACK, "nobody")) == "person_unknown"
    (post,) = [x for x in posts(d, c.AskPerson(actor("ana"), Kind.ROLLBACK, "ben")) if x.occasion == "SUPPLY"]
    assert post.place.id == "@ben"
