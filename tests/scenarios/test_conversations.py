"""What people answer, and how: terse, chatty, wrong, "I don't know", vague, hostile, secret. Never a fourth question."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.scenarios.conftest import Bot, Day, Json, missing_musts, posts, question, said, words_of

pytestmark = pytest.mark.unmeasured

SECRET = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
HOSTILE = "<script>alert(1)</script> <!channel> @everyone *bold* [x](http://evil.example)\n# heading\n| a | b |"


def test_i_dont_know_everywhere_never_a_fourth_question_and_every_missing_item_named(bot: Bot, day: Day) -> None:
    bot.demo("ci", status="missing")
    bot.demo("scm", status="unavailable")
    bot.demo("prometheus", status="no_data")
    release = day.plan("payments 3.0.0")
    for _ in range(6):
        asked = question(bot, release)
        if asked is None:
            break
        bot.press("ana", asked["id"], "dont_know")
    found = bot.release(release)
    assert found["questions_asked"] <= 3
    assert len(posts(found, "QUESTION")) == found["questions_asked"]
    assert found["verdict"] in {"NO-GO", "NO-GO UNTIL VERIFIED"}
    assert question(bot, release) is None
    missing = missing_musts(found)
    assert {"ci", "rollback"} <= {f["subject"] for f in missing}
    for finding in missing:
        assert finding["explanation"], finding
        assert finding["how"], finding
        assert finding["who"], finding
    verdict = posts(found, "VERDICT")[-1]["message"]
    card = words_of(next(m for m in bot.messages("#payments") if m["id"] == verdict))
    for finding in missing:
        names = {p["id"]: p["name"] for p in bot.call("/api/people")}
        assert names[finding["who"]] in card, finding
        if finding["subject"] not in {"qa", "approvals"}:
            assert finding["explanation"] in card, finding
            assert finding["how"].removeprefix("Add it: ") in card, finding


def test_the_budget_is_not_reset_by_planning_again(bot: Bot, day: Day) -> None:
    bot.demo("ci", status="missing")
    release = day.plan("payments 3.1.0")
    for _ in range(5):
        asked = question(bot, release)
        if asked is not None:
            bot.press("ana", asked["id"], "dont_know")
        bot.say("ana", "/release plan payments 3.1.0")
    found = bot.release(release)
    assert found["questions_asked"] == 3
    assert len(posts(found, "QUESTION")) == 3


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("words", ["payments", "plan payments", "payments?", ""])
def test_terse_words_are_no_dead_end(bot: Bot, words: str) -> None:
    answer = bot.say("ana", f"/release plan {words}".rstrip())
    assert answer["answers"] or answer["form"]


def test_a_chatty_request_is_understood(bot: Bot, day: Day) -> None:
    words = (
        f"hi team, hope you are all well! I would love to get payments 3.2.0 to production {day.when} if that is fine "
        "with everybody, it is mostly the retry work that Ben did, thank you so much"
    )
    release = day.plan(words)
    found = bot.release(release)
    assert (found["service"], found["version"]) == ("payments", "3.2.0")
    assert found["start_at"] == f"{day.start_at:%Y-%m-%dT%H:%M:%SZ}"


def test_an_unknown_service_gets_the_nearest_names(bot: Bot) -> None:
    answer = bot.say("ana", "/release plan paymnets 2.4.1")
    assert "payments" in said(answer).lower()


def test_wrong_answers_are_not_taken_and_the_question_stays(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 3.3.0 {day.when}")
    first = question(bot, release)
    assert first is not None
    bot.say("ana", "banana", thread=first["id"])
    bot.say("ana", "the weather is nice", thread=first["id"])
    found = bot.release(release)
    assert found["questions_asked"] == 1
    assert missing_musts(found)
    bot.press("ana", first["id"], "no_data_change")
    assert bot.release(release)["questions_asked"] == 2


@pytest.mark.parametrize("claim", ["looks fine", "works on my machine", "should be ok"])
def test_a_vague_claim_is_quoted_and_satisfies_nothing(bot: Bot, day: Day, claim: str) -> None:
    release = day.plan(f"payments 3.4.0 {day.when} no data change")
    asked = question(bot, release)
    assert asked is not None
    answer = bot.say("ana", claim, thread=asked["id"])
    assert claim in said(answer)
    for _ in range(4):
        more = question(bot, release)
        if more is not None:
            bot.say("ana", claim, thread=more["id"])
    found = bot.release(release)
    assert found["questions_asked"] <= 3
    assert "rollback" in {f["subject"] for f in missing_musts(found)}


@pytest.mark.parametrize("excuse", ["just ship it", "skip the canary", "no time for tests"])
def test_a_request_to_skip_is_refused_with_a_way_that_is_safe(bot: Bot, day: Day, excuse: str) -> None:
    release = day.plan(f"payments 3.5.0 {day.when} no data change")
    asked = question(bot, release)
    assert asked is not None
    answer = said(bot.say("ana", excuse, thread=asked["id"]))
    assert "no" in answer.lower()
    assert bot.release(release)["verdict"] != "GO"


def test_hostile_text_is_kept_as_text_everywhere(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 3.6.0 {day.when} {HOSTILE}")
    bot.say("ana", f"/release hold {release} {HOSTILE}")
    bot.say("lena", f"/release no-go {release} {HOSTILE}")
    status, page = bot.raw(f"/api/releases/{release}/plan?format=html")
    assert status == 200
    assert "<script>alert(1)" not in page
    _, document = bot.raw(f"/api/releases/{release}/plan?format=md")
    assert "\n# heading" not in document
    for message in bot.messages("#payments"):
        mentioned = [p for b in message["blocks"] if b["type"] == "mentions" for p in b["people"]]
        assert set(mentioned) <= {"ana", "kai", "lena", "ben", "mia", "priya", "quinn"}
    assert bot.release(release)["phase"] == "held"


LONG = ("x" * 10_240, "/release plan " + "y " * 5_000, "/release " + "\n" * 9_000, "\u202e\u0000\ud83d")


@pytest.mark.parametrize("text", LONG, ids=["word", "words", "lines", "controls"])
def test_ten_kilobytes_and_odd_characters_get_an_answer_or_nothing_but_no_error(bot: Bot, text: str) -> None:
    answer = bot.say("ana", text)
    assert isinstance(answer["answers"], list)
    assert all(len(m["text"]) < 4_000 for m in answer["answers"])


def test_a_body_that_is_no_json_or_lacks_a_field_is_refused_with_the_field(bot: Bot) -> None:
    status, raw = bot.raw("/api/say", {"person": "ana"})
    assert (status, "message" in raw) == (400, True)
    assert bot.raw("/api/say", {"person": "nobody", "place": "#payments", "text": "hi"})[0] == 404
    assert bot.raw("/api/press", {"person": "ana", "message": "m999999", "button": "go"})[0] == 404
    assert bot.raw("/api/fill", {"person": "ana", "form": "f999999", "values": {}})[0] == 404
    assert bot.raw("/api/releases/R-999")[0] == 404


def test_a_pasted_secret_is_never_kept_and_the_person_is_told_to_rotate_it(bot: Bot, day: Day) -> None:
    answer = bot.say("ana", f"/release plan payments 3.7.0 {day.when} token {SECRET}")
    release = bot.call("/api/releases")[-1]["id"]
    for name in [r["id"] for r in bot.call("/api/releases") if r["version"] == "3.7.0"]:
        release = name
    assert "rotate" in said(answer).lower()
    asked = question(bot, release)
    assert asked is not None
    bot.say("ana", f"the password is password={SECRET}", thread=asked["id"])
    form = bot.press("ana", asked["id"], "tested")["form"]
    if form is not None:
        bot.fill("ana", form["id"], **{f["name"]: f"https://user:{SECRET}@x.example/y" for f in form["fields"]})
    bot.say("kai", f"/release hold {release} because of {SECRET} in the log")
    seen = [words_of(m) for p in ("ana", "kai") for m in bot.messages(person=p)]
    assert SECRET not in "\n".join(seen)
    assert SECRET not in str(bot.ledger(release))
    for name in ("sandbox.sqlite", "messages.sqlite"):
        with closing(sqlite3.connect(bot.data / name)) as db:
            assert SECRET not in "\n".join(db.iterdump())


def test_two_people_answer_at_once_and_one_of_them_is_told_so(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 3.8.0 {day.when}")
    asked = question(bot, release)
    assert asked is not None

    def press(who: tuple[str, str]) -> Json:
        return bot.press(who[0], asked["id"], who[1])

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, [("ana", "no_data_change"), ("kai", "not_tested")]))
    assert all(a["answers"] for a in answers)
    found = bot.release(release)
    assert found["questions_asked"] == 2
    given = [e for e in bot.ledger(release) if e["name"] == "QuestionAnswered"]
    assert len(given) == 1


def test_everybody_at_once_counts_each_thing_once(bot: Bot, day: Day) -> None:
    release = day.search("1.20.0")

    def act(number: int) -> Json:
        person = ("kai", "mia", "lena", "ana")[number % 4]
        return bot.say(person, f"/release approve {release} I have read the drill, number {number}", place="#search")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(16)))
    valid = [c for c in bot.release(release)["consents"] if c["kind"] == "sign_off" and c["state"] == "valid"]
    assert len(valid) == 1
    assert valid[0]["by"] in {"kai", "mia", "lena"}


def test_a_double_press_and_a_repeated_receipt_count_once(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 3.9.0 {day.when}")
    asked = question(bot, release)
    assert asked is not None
    for _ in range(3):
        bot.press("ana", asked["id"], "no_data_change", receipt="same-delivery")
    assert bot.release(release)["questions_asked"] == 2
    again = bot.press("ana", asked["id"], "no_data_change")
    assert again["answers"]
    assert bot.release(release)["questions_asked"] == 2
    for _ in range(2):
        bot.say("ana", f"/release hold {release} the drill runs longer", receipt="held-once")
    assert len([e for e in bot.ledger(release) if e["name"] == "Held"]) == 1
