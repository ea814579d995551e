"""What people can look at."""

from bot.domain.release import Phase
from bot.messages.tokens import Token
from bot.ports import LedgerRow
from flows.dialog import Reply
from flows.on_release import leading_id
from tests.flows.given import CATALOG, NOW, asked, context, freeze, press, release, run, seen, typed
from tests.flows.steps import reply, written


def test_every_page_of_a_release_names_it() -> None:
    for verb in ("status", "full-plan", "arithmetic", "rollcall", "audit"):
        message = reply(typed(verb, release()))
        assert "2.4.1" in written(message)
        assert message.private


def test_the_preview_shows_every_message_to_nobody() -> None:
    message = reply(typed("preview", release()))
    assert message.buttons == ()
    assert "R-1" in message.text
    assert reply(typed("preview", release(start_at=None))).blocks


def test_the_record_shows_who_did_what_and_what_was_refused() -> None:
    row = LedgerRow(
        "release:R-1", 3, NOW, "refused", "Approve", "ana", "U1", "#payments", "r9", {"code": "own_release"}, "", "ab12"
    )
    message = reply(typed("audit", release(), ledger=(row,)))
    assert "refused own_release" in written(message)
    assert "ab12" in message.text


def test_the_list_is_narrowed_by_a_word() -> None:
    views = (
        seen(release()),
        seen(release(Phase.CLOSED, id="R-2")),
        seen(release(id="R-3", service="search", owner="ben", requested_by="ben", rollback_owner=None)),
    )
    ctx = context(views=views)

    def ids(words: str, who: str = "ana") -> list[str]:
        text = reply(run(asked(f"list {words}", who), ctx, "list")).text
        return [i for i in ("R-1", "R-2", "R-3") if i in text]

    assert ids("") == ["R-1", "R-3"]
    assert ids("mine") == ["R-1"]
    assert ids("mine", "ben") == ["R-3"]
    assert ids("payments") == ["R-1", "R-2"]
    assert ids("today") == ["R-1", "R-3"]
    assert "purple" in reply(run(asked("list purple"), ctx, "list")).text


def test_a_service_is_shown_and_an_unknown_one_offers_the_nearest() -> None:
    assert "Payments" in reply(typed("service payments")).text
    assert "Payments" in reply(typed("service")).text
    assert "ledger" in reply(typed("service", here=None)).text
    assert [b.id for b in reply(typed("service paymnts")).buttons] == ["service:payments"]


def test_freezes_are_listed_until_they_are_over() -> None:
    assert "No freeze" in reply(typed("freezes")).text
    assert "holidays" in reply(typed("freezes", freezes=(freeze(),))).text


def test_the_details_button_shows_the_card() -> None:
    assert isinstance(press(Token("details", "R-1"), release()), Reply)
    assert leading_id("R-1")[0] == "R-1"
    assert CATALOG.services
