"""Words at the edge of what can be read: they are read as a colleague would, or nothing is made of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain import commands as c
from bot.domain.evidence import Kind
from bot.domain.recurring import Recurring
from bot.domain.release import Release
from bot.messages.tokens import Token
from bot.policy.defaults import POLICY
from bot.ports import Check
from flows.claim_words import facts_of
from flows.dialog import Reply, Step
from flows.freeze_times import find_span
from flows.index import VERBS
from flows.parse_claims import Speaker, attested
from flows.parse_dates import days_in
from flows.parse_links import take_links
from flows.parse_service import find_service
from flows.parse_time import TimeFound, TimeTrouble, find_time
from flows.parse_words import find_rollback_owner, find_version
from flows.said import Command, read_said
from flows.shares import find_percent
from flows.skip_requests import skip_request
from flows.verb_names import names
from flows.why import why
from tests import world
from tests.flows.given import CATALOG, NOW, asking, context, freeze, release, said, typed
from tests.flows.steps import command, form, reply, written

RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"
ZONE = "Europe/Berlin"


def heard(text: str, of: Release, thread: str | None = "m1") -> Step:
    """What follows these free words."""
    step = read_said(said(text, thread=thread), context(of))
    assert not isinstance(step, Command)
    return step


@pytest.mark.parametrize(
    ("text", "tried", "kept"),
    [
        ("the migration was not tested", False, None),
        ("dry run in staging on Monday, a backup was taken", True, True),
        ("untested, but a backup was taken", False, True),
    ],
)
def test_a_migration_is_tried_or_not_and_saved_or_not(text: str, tried: bool, kept: bool | None) -> None:  # noqa: FBT001 - a table
    facts = facts_of(Kind.MIGRATION, text)
    assert (facts.get("dry_run"), facts.get("backup")) == (tried, kept)


def test_what_was_done_today_was_done_by_now() -> None:
    """A day counts from its noon on; in the morning of that day it counts from now."""
    morning = NOW.replace(hour=7)
    today = days_in("tested today", NOW.date())[0]
    assert attested(Kind.ROLLBACK, Speaker("ana", morning, POLICY.freshness), day=today).dated == morning
    evening = NOW.replace(hour=19)
    assert attested(Kind.ROLLBACK, Speaker("ana", evening, POLICY.freshness), day=today).dated == NOW.replace(hour=12)


def test_a_day_that_no_calendar_has_is_none_and_of_two_readings_the_whole_one_counts() -> None:
    assert days_in("tested on 2026-13-45", NOW.date()) == []
    assert [d.day for d in days_in("tested on 2026-11-03", NOW.date())] == [date(2026, 11, 3)]
    assert [(d.day, d.span) for d in days_in("on 27 Nov 20", NOW.date())] == [(date(2026, 11, 27), (3, 9))]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see (https://ci.acme.example/runs/7).", "https://ci.acme.example/runs/7"),
        ("see https://wiki.acme.example/a_(b)", "https://wiki.acme.example/a_(b)"),
        ("[https://ci.acme.example/runs/7]!!", "https://ci.acme.example/runs/7"),
    ],
)
def test_what_closes_the_sentence_is_no_part_of_the_link(text: str, link: str) -> None:
    assert take_links(text).links == (link,)


def test_of_two_services_the_first_is_meant_where_nothing_joins_them() -> None:
    both = "deploy payments, since ledger waits for it"
    assert find_service(both, CATALOG.services, None).value == "payments"
    assert find_service("deploy payments and ledger", CATALOG.services, None).trouble == "two_services"
    assert find_service("deploy payments, since ledger 7.8.2 waits", CATALOG.services, None).value == "ledger"


def test_a_written_out_instant_is_in_the_zone_that_stands_behind_it() -> None:
    for text in ("2026-11-24T15:00 Europe/London", "2026-11-24t15:00 Europe/London"):
        found = find_time(text, ZONE, NOW)
        assert isinstance(found, TimeFound)
        assert (found.start_at, found.time_zone) == (datetime(2026, 11, 24, 15, tzinfo=UTC), "Europe/London")
    bare = find_time("2026-11-24T15:00", ZONE, NOW)
    assert isinstance(bare, TimeFound)
    assert bare.start_at == datetime(2026, 11, 24, 14, tzinfo=UTC)


def test_a_time_that_can_be_read_in_two_ways_is_one_time() -> None:
    for text in ("at 15:30 o'clock", "at 15:30 hrs"):
        found = find_time(text, ZONE, NOW)
        assert isinstance(found, TimeFound)
        assert found.local_time == "2026-11-24 15:30"
    whole = find_time("at 15 hrs", ZONE, NOW)
    assert isinstance(whole, TimeFound)
    assert whole.local_time == "2026-11-24 15:00"


def test_a_build_within_a_version_is_no_second_version() -> None:
    assert find_version("deploy 2.4.1+91fe2c0 today").value == "2.4.1+91fe2c0"
    assert find_version("deploy 2.4.1 and 91fe2c0").trouble == "two_versions"


def test_every_share_that_is_named_counts_once() -> None:
    assert find_percent("canary 10 %, then again canary 10%").value == "10"
    assert find_percent("canary 10 %, then canary 20 %").trouble == "two_percents"


def test_an_owner_whom_nobody_knows_is_asked_about_only_where_the_role_was_named() -> None:
    roster = world.roster()
    assert find_rollback_owner("somebody does the rollback", roster).value == ""
    assert find_rollback_owner("somebody does the rollback, kai owns the rollback", roster).value == "kai"
    assert find_rollback_owner("rollback owner zoe", roster).trouble == "person_unknown"


def test_who_does_not_want_to_skip_is_not_refused_and_who_does_not_want_to_test_is() -> None:
    for willing in ("I do not want to skip the tests", "I am not in the mood to skip the tests"):
        assert skip_request(willing) is None
    for unwilling in ("I do not want to run the tests", "I am not in the mood to run the tests"):
        found = skip_request(unwilling)
        assert found is not None
        assert found.what == "tests"


def test_a_reason_is_asked_for_one_rule_at_a_time() -> None:
    assert why("why do we need tests and a rollback?", context()) is None
    answer = why("why do we need a rollback?", context())
    assert answer is not None
    assert "One drill counts for 90 days." in reply(answer).text


def test_a_version_may_be_answered_alone_or_with_its_time() -> None:
    open_ = asking("version", version=None, start_at=None)
    alone = command(heard("2.4.1", open_), c.AnswerQuestion)
    assert (alone.details, alone.start_at) == ({"version": "2.4.1"}, None)
    both = command(heard("2.4.1 at 15:00", open_), c.AnswerQuestion)
    assert (both.details, both.start_at) == ({"version": "2.4.1"}, world.START)


def test_an_emergency_that_is_said_nowhere_asks_for_its_service() -> None:
    opened = form(typed("breakglass", here=None))
    assert {f.name: f.value for f in opened.fields}["service"] == ""
    within = form(typed("breakglass"))
    assert {f.name: f.value for f in within.fields}["service"] == "payments"


def test_evidence_without_a_kind_is_known_by_the_shape_of_its_link() -> None:
    added = command(typed("evidence https://ci.acme.example/job/payments/7", release()), c.AddEvidence)
    assert (added.evidence.kind, added.evidence.url) == (Kind.CI, "https://ci.acme.example/job/payments/7")
    both = "evidence see the merge request https://github.com/acme/payments/pull/7, load test on 2026-11-10"
    assert command(typed(both, release()), c.AddEvidence).evidence.kind is Kind.CHANGE
    assert isinstance(typed("evidence https://example.org/", release()), Reply)


def test_half_a_day_that_does_not_fit_its_hour_is_asked_about() -> None:
    trouble = find_span("2026-12-01 15:00 pm to 2026-12-02 10:00 year-end closing", ZONE, NOW)
    assert isinstance(trouble, TimeTrouble)
    assert trouble.code == "no_clock"


def test_a_day_too_far_ahead_is_refused_with_nothing_to_press_and_a_near_one_moves_it() -> None:
    far = reply(typed("move 2099-01-01 15:00 the partner is away", release()))
    assert "15:00" in far.text
    assert far.buttons == ()
    moved = command(typed("move 2026-11-24 18:00 the partner is away", release()), c.Move)
    assert moved.start_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_freezes_that_come_again_say_on_which_days_and_until_when() -> None:
    night = Recurring("night", "payments", ZONE, time(20), time(6), 1, "no night shift")
    weekend = replace(night, id="weekend", weekdays=(4,), starts=time(18), ends=time(7), days=3, reason="weekend")
    noon = replace(night, id="noon", weekdays=(0, 2), starts=time(12), ends=time(13), days=0, reason="lunch")
    policy = replace(POLICY, recurring=(night, weekend, noon))
    shown = written(reply(typed("freezes", catalog=replace(CATALOG, policy=policy))))
    assert "every day 20:00 to 06:00 (the day after)" in shown
    assert "Fri 18:00 to 07:00 (3 days later)" in shown
    assert "Mon, Wed 12:00 to 13:00" in shown
    assert "freezes:ics" not in {b.id for b in reply(typed("freezes", catalog=replace(CATALOG, policy=policy))).buttons}


def test_freezes_come_as_a_calendar_file_too() -> None:
    shown = reply(typed("freezes", freezes=(freeze(),), calendar_file="BEGIN:VCALENDAR"))
    (offered,) = [b for b in shown.buttons if b.id == "freezes:ics"]
    assert offered.token == Token(verb="freezes", choice="ics").pack()
    assert reply(typed("freezes ics", freezes=(freeze(),), calendar_file="BEGIN:VCALENDAR")).attachments == (
        ("freezes.ics", "BEGIN:VCALENDAR"),
    )


def test_what_lacks_comes_first_and_what_does_not_fit_is_counted() -> None:
    checks = tuple(Check(f"c{n}", n != 24, f"check {n} is so", "mend it") for n in range(25))
    shown = written(reply(typed("doctor", checks=checks)))
    assert shown.index("check 24 is") < shown.index("check 0 is")
    assert "and 5 more" in shown
    assert "lists all" not in written(reply(typed("doctor", checks=checks[:20])))
    secret = Check("gates", ok=False, sentence="Vault: nobody can sign as qa_lead", remedy="Name one in the catalogue.")
    assert "Vault" in written(reply(typed("doctor", checks=(secret,))))
    assert "Vault" not in written(reply(typed("doctor", checks=(secret,), veiled=frozenset({"vault"}))))


def test_drills_are_played_in_a_sandbox_only() -> None:
    assert "sandbox" in reply(typed("drill tour")).text


def test_a_name_belongs_to_one_verb() -> None:
    one, other = list(VERBS.values())[:2]
    with pytest.raises(ValueError, match=f"two verbs are called {one.name}"):
        names((one, replace(other, name=one.name)))
    assert names((one,))[one.name] is one


def test_talk_that_is_no_answer_is_left_alone_outside_the_thread() -> None:
    open_ = asking("rollback")
    beside = "the people of ledger are still looking into what happened there and will come back to us"
    in_thread, outside = reply(heard(beside, open_)), reply(heard(beside, open_, thread=None))
    assert "cannot read an answer" in in_thread.text
    assert {b.id for b in in_thread.buttons} == {"dont_know"}
    assert outside.text.startswith("Not sure what you mean")
    given = command(heard(f"rehearsed on 2026-11-03 {RUNBOOK}", open_, thread=None), c.AnswerQuestion)
    assert [x.kind for x in given.claims] == [Kind.ROLLBACK]
