"""The gates of a release day: who may, what never reaches GO, what takes a GO away and gives it back."""

import pytest

from tests.scenarios.conftest import Bot, Day, events, marks, missing_musts, posts, question, said, words_of

pytestmark = pytest.mark.unmeasured

REASON = "the drill was read, and the limits are fine"


def test_who_is_not_entitled_is_refused_privately_and_recorded_and_who_is_may(bot: Bot, day: Day) -> None:
    release = day.search("1.30.0")
    for person, words in (
        ("ana", "own release"),
        ("quinn", "Who can"),
        ("sam", "Who can"),
        ("release-bot", "never approve"),
    ):
        for act in ("approve", "go"):
            answer = bot.say(person, f"/release {act} {release} {REASON} of {act}", place="#search")
            assert words in said(answer) or act == "go"
            assert all(m["to"] == person for m in answer["answers"] if "REFUSED" in m["text"])
        refused = [e for e in bot.ledger(release) if e["person"] == person and e["what"] != "event"]
        assert refused, person
    # A guest sees no release, so what is said tells of none; that they tried is on record all the same (A1).
    for act in ("approve", "go", "hold"):
        told = said(bot.say("guest", f"/release {act} {release} {REASON}", place="#search"))
        assert "not in the roster" in told
        assert told == said(bot.say("guest", f"/release {act} R-999 {REASON}", place="#search")), "there is no R-999"
    tried = [e["name"] for e in bot.ledger(release) if e["person"] == "guest" and e["what"] == "refused"]
    assert tried == ["Approve", "Vote", "Hold"]
    found = bot.release(release)
    assert not [c for c in found["consents"] if c["state"] == "valid" and c["kind"] != "vote"]
    assert found["cleared"] is False
    day.sign_off(release)
    bot.say("lena", f"/release go {release}", place="#search")
    assert (bot.release(release)["cleared"], bot.release(release)["verdict"]) == (True, "GO")


def test_one_person_does_not_give_two_consents_of_a_medium_release(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 4.0.0 {day.when} canary 10% no data change")
    for number in range(3):
        bot.say("lena", f"/release approve {release} {REASON} again {number}")
    given = [c for c in bot.release(release)["consents"] if c["state"] == "valid" and c["kind"] == "sign_off"]
    assert len({c["by"] for c in given}) == len(given)


def test_a_reason_has_to_say_something(bot: Bot, day: Day) -> None:
    release = day.search("1.31.0")
    for reason in ("", "ok", "lgtm", "approved", "short"):
        bot.say("kai", f"/release approve {release} {reason}".strip(), place="#search")
        assert not [c for c in bot.release(release)["consents"] if c["state"] == "valid"]
    day.sign_off(release)
    assert [c["by"] for c in bot.release(release)["consents"] if c["state"] == "valid"] == ["kai"]


def test_an_untested_rollback_never_reaches_go_and_a_tested_one_does(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 4.1.0 {day.when} canary 10% no data change")
    while (asked := question(bot, release)) is not None:
        bot.press("ana", asked["id"], "not_tested" if _has(asked, "not_tested") else "dont_know")
    tries = (
        ("ana", f"evidence {release} rollback https://scm.demo.example/payments/rollback.md"),
        ("kai", f"evidence {release} rollback it works, trust me"),
        ("kai", f"na {release} rollback there is no way back for this one"),
        ("lena", f"exception {release} rollback we accept that there is no way back"),
        ("lena", f"approve {release} I accept that the rollback is untested"),
        ("mia", f"approve {release} I accept the risk of an untested rollback"),
        ("quinn", f"approve {release} the tests of this release were green"),
        ("kai", f"approve {release} I would roll it back by hand if needed"),
        ("ana", f"amend {release} strategy feature flag"),
        ("kai", f"go {release} my vote for this release"),
        ("lena", f"go {release} the decision maker says that it goes"),
    )
    found = bot.release(release)
    for person, words in tries:
        bot.say(person, f"/release {words}")
        found = bot.release(release)
        assert found["verdict"] != "GO", words
        assert found["cleared"] is False, words
    assert "rollback" in {f["subject"] for f in missing_musts(found)}
    proof = f"https://scm.demo.example/payments/rollback.md tested on {bot.now():%Y-%m-%d}"
    bot.say("kai", f"/release evidence {release} rollback {proof}")
    assert "rollback" not in {f["subject"] for f in missing_musts(bot.release(release))}


def test_a_failed_pipeline_is_no_go_whoever_approves_until_it_passes(bot: Bot, day: Day) -> None:
    bot.demo("ci", status="failed")
    release = day.search("1.32.0")
    assert bot.release(release)["verdict"] == "NO-GO"
    day.sign_off(release)
    for person in ("lena", "mia"):
        bot.say(person, f"/release go {release} the test is not important here", place="#search")
    assert bot.release(release)["cleared"] is False
    answer = said(bot.say("ana", "the test isn't important", place="#search", thread=_card(bot, release)))
    assert bot.release(release)["verdict"] == "NO-GO", answer
    bot.demo("ci")
    day.mark(-30)
    day.sign_off(release, "mia")
    bot.say("lena", f"/release go {release}", place="#search")
    found = bot.release(release)
    assert (found["verdict"], found["cleared"]) == ("GO", True), missing_musts(found)


def test_a_check_that_is_absent_is_named_missing(bot: Bot, day: Day) -> None:
    bot.demo("ci", coverage="absent")
    release = day.search("1.33.0")
    open_ci = [f for f in missing_musts(bot.release(release)) if f["subject"] == "ci"]
    assert open_ci
    assert "coverage" in open_ci[0]["explanation"]


def test_drift_at_t5_takes_the_go_away_says_what_changed_and_gives_it_back(bot: Bot, day: Day) -> None:
    release = day.cleared("1.34.0")
    day.mark(-30)
    bot.demo("prometheus", status="firing")
    day.mark(-5)
    found = bot.release(release)
    assert found["verdict"] == "NO-GO"
    assert found["phase"] == "cleared"
    by_id = {m["id"]: m for m in bot.messages()}
    flips = posts(found, "FLIP")
    assert flips
    assert "NO-GO" in words_of(by_id[flips[-1]["message"]])
    assert "monitor" in words_of(by_id[flips[-1]["message"]]).lower() or "alert" in words_of(
        by_id[flips[-1]["message"]]
    )
    t5 = words_of(by_id[posts(found, "T-5")[-1]["message"]])
    assert t5.split('"')[1].startswith("NO-GO")
    bot.demo("prometheus")
    day.mark(0)
    assert bot.release(release)["verdict"] == "GO"


def test_an_old_button_decides_nothing_and_says_the_state(bot: Bot, day: Day) -> None:
    release = day.search("1.35.0")
    asked = [m for m in bot.messages("@kai", "kai") if _has(m, "sign_off")][-1]
    old = next(b["token"] for b in asked["buttons"] if b["id"] == "sign_off")
    bot.say("ana", f"/release amend {release} steps 10, 50, 100", place="#search")
    assert bot.release(release)["plan"]["revision"] > 1
    answer = bot.press("kai", asked["id"], "sign_off", token=old)
    assert answer["answers"]
    if answer["form"] is not None:
        bot.fill("kai", answer["form"]["id"], **{answer["form"]["fields"][0]["name"]: REASON})
    assert not [c for c in bot.release(release)["consents"] if c["state"] == "valid"]
    day.sign_off(release)
    assert [c for c in bot.release(release)["consents"] if c["state"] == "valid"]


def test_a_changed_plan_voids_consents_and_takes_cleared_back(bot: Bot, day: Day) -> None:
    release = day.cleared("1.36.0")
    bot.say("ana", f"/release amend {release} steps 10, 50, 100", place="#search")
    found = bot.release(release)
    assert (found["cleared"], found["phase"]) == (False, "planned")
    assert {c["state"] for c in found["consents"]} == {"void"}
    assert posts(found, "VOIDED")
    day.sign_off(release, "mia")
    bot.say("lena", f"/release go {release}", place="#search")
    assert bot.release(release)["cleared"] is True


def test_an_open_incident_on_a_dependency_blocks_until_it_is_closed(bot: Bot, day: Day) -> None:
    bot.demo("incidents", open_incident={"id": "INC-7", "severity": "SEV2", "service": "search"})
    release = day.search("1.37.0")
    found = bot.release(release)
    assert found["verdict"] == "NO-GO"
    assert any("INC-7" in f["explanation"] for f in found["findings"])
    bot.demo("incidents")
    day.mark(-30)
    day.sign_off(release)
    bot.say("lena", f"/release go {release}", place="#search")
    assert bot.release(release)["verdict"] == "GO"


def test_hold_resume_and_move_announce_once_more_and_correct_what_was_said(bot: Bot, day: Day) -> None:
    release = day.cleared("1.38.0")
    day.mark(-29)
    bot.say("kai", f"/release hold {release} the load test is not through", place="#search")
    assert bot.release(release)["phase"] == "held"
    bot.say("lena", f"/release resume {release}", place="#search")
    assert bot.release(release)["phase"] in {"cleared", "planned"}
    later = day.start_at.replace(hour=15)
    bot.say("ana", f"/release move {release} {later:%Y-%m-%d %H:%M} UTC the load test needs an hour", place="#search")
    found = bot.release(release)
    assert found["start_at"] == f"{later:%Y-%m-%dT%H:%M:%SZ}"
    first = posts(found, "T-30")[0]["message"]
    edited = next(m for m in bot.messages("#search") if m["id"] == first)
    assert edited["revision"] > 1
    assert "15:00" in words_of(edited)
    if not found["cleared"]:
        day.sign_off(release, "mia")
        bot.say("lena", f"/release go {release} still fine with the new time", place="#search")
    day.start_at = later
    for minutes in (-30, -5, 0):
        day.mark(minutes)
    sent = [m for m, audience, state in marks(bot.release(release)) if state == "sent" and audience == "team"]
    assert sorted(sent) == sorted(["T-30", "T-30", "T-5", "T=0"])


def test_cancel_withdraws_what_is_pending_and_says_so(bot: Bot, day: Day) -> None:
    release = day.cleared("1.39.0")
    day.mark(-30)
    bot.say("ana", f"/release cancel {release} the customer asked to wait", place="#search")
    found = bot.release(release)
    assert found["phase"] == "cancelled"
    assert posts(found, "CANCELLED")
    day.mark(31)
    assert [m for m, _, state in marks(bot.release(release)) if state == "sent"] == ["T-30"]
    assert "cancelled" in said(bot.say("kai", f"/release go {release}", place="#search")).lower()


def test_a_rollback_is_announced_with_its_eta_and_its_end(bot: Bot, day: Day) -> None:
    release = day.cleared("1.40.0")
    for minutes in (-30, -5, 0):
        day.mark(minutes)
    bot.say("ana", f"/release start {release}", place="#search")
    day.mark(10)
    bot.say("kai", f"/release rollback {release} errors", place="#search")
    found = bot.release(release)
    assert found["phase"] == "rolling_back"
    by_id = {m["id"]: m for m in bot.messages()}
    told = posts(found, "ROLLBACK")
    assert {a["audience"] for a in told} == {"team", "stakeholders"}
    assert all("ETA" in words_of(by_id[a["message"]]) for a in told)
    day.mark(31)
    assert not [m for m, _, state in marks(bot.release(release)) if m in {"T+15", "T+30"} and state == "sent"]
    bot.say("kai", f"/release rolledback {release}", place="#search")
    found = bot.release(release)
    assert found["phase"] == "rolled_back"
    assert {a["audience"] for a in posts(found, "ROLLED-BACK")} == {"team", "stakeholders"}


def test_a_no_go_vote_blocks_and_is_overruled_only_with_a_reason_that_stays(bot: Bot, day: Day) -> None:
    release = day.search("1.41.0")
    day.sign_off(release)
    bot.say("mia", f"/release no-go {release} the index is being rebuilt today", place="#search")
    bot.say("lena", f"/release go {release}", place="#search")
    assert bot.release(release)["cleared"] is False
    bot.say("lena", f"/release go {release} the rebuild ends an hour before the start", place="#search")
    found = bot.release(release)
    assert found["cleared"] is True, missing_musts(found)
    assert any(c["vote"] == "no-go" and c["by"] == "mia" for c in found["consents"])
    assert events(bot.ledger(release), "event")


def _has(message: dict[str, object], button: str) -> bool:
    found = message["buttons"]
    return isinstance(found, list) and any(b["id"] == button for b in found)


def _card(bot: Bot, release: str) -> str:
    return str(posts(bot.release(release), "CARD")[0]["message"])
