"""Links, in every wrapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Kind
from flows.parse_links import kind_of, put_back, take_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://github.com/acme/payments/pull/7.", ("https://github.com/acme/payments/pull/7",)),
        ("<https://github.com/acme/payments/pull/7|PR 7>", ("https://github.com/acme/payments/pull/7",)),
        ("<https://git.acme.example/x>", ("https://git.acme.example/x",)),
        ("[PR](https://git.acme.example/x), done", ("https://git.acme.example/x",)),
        ('<a href="https://git.acme.example/x?a=1&amp;b=2">run</a>', ("https://git.acme.example/x?a=1&b=2",)),
        ("(https://git.acme.example/wiki/A_(b))", ("https://git.acme.example/wiki/A_(b)",)),
        ("https://a.example/x and https://a.example/x again", ("https://a.example/x",)),
        ("https://ci.example/job/shop/job/feature%2Fx/12/", ("https://ci.example/job/shop/job/feature%2Fx/12/",)),
        ("ftp://a.example javascript:alert(1) //b.example", ()),
    ],
)
def test_links_come_out_of_their_wrappings(text: str, links: tuple[str, ...]) -> None:
    assert take_links(text).links == links


def test_a_link_with_a_user_name_is_refused_and_a_plain_one_is_taken() -> None:
    assert take_links("https://user@github.com/x https://github.com@evil.example/y").links == ()
    assert len(take_links("https://user@github.com/x").refused) == 1
    assert take_links("https://github.com/x").links == ("https://github.com/x",)


def test_a_port_that_is_no_number_is_refused() -> None:
    assert take_links("https://a.example:port/x").links == ()
    assert take_links("https://a.example:8443/x").links == ("https://a.example:8443/x",)


def test_people_and_channels_come_out_of_their_wrappings() -> None:
    assert take_links("<@U1|kai> <#C1|payments> <at>Kai Tanaka</at>").text.split() == [
        "@kai",
        "#payments",
        "@KaiTanaka",
    ]


@pytest.mark.parametrize("name", [f"payments:2.4.1@sha256:{'a' * 64}", f"payments@sha256:{'a' * 64}", "payments:2.4.1"])
def test_an_image_is_the_link_of_the_same_words(name: str) -> None:
    found = take_links(f"image registry.acme.example/{name}, please")
    assert found.links == (f"https://registry.acme.example/{name}",)
    assert found.text.split() == ["image", "\u27e60\u27e7", ",", "please"]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/acme/payments/actions/runs/91", Kind.CI),
        ("https://github.com/acme/payments/actions/runs/91/attempts/2/job/7", Kind.CI),
        ("https://github.com/acme/payments/commit/91fe2c0/checks/4", Kind.CI),
        ("https://gitlab.com/acme/group/payments/-/pipelines/12", Kind.CI),
        ("https://ci.acme.example/job/shop/job/payments/12/console", Kind.CI),
        ("https://github.com/acme/payments/pull/7/checks", Kind.CHANGE),
        ("https://gitlab.com/acme/payments/-/merge_requests/4", Kind.CHANGE),
        ("https://github.com/acme/payments/releases/tag/v2.4.1", Kind.NOTES),
        ("https://github.com/acme/payments/blob/main/CHANGELOG.md", Kind.NOTES),
        ("https://github.com/acme/payments/commit/91fe2c0", Kind.ARTIFACT),
        ("https://git.acme.example/runbooks/payments-rollback.md", Kind.ROLLBACK),
        ("https://git.acme.example/runbooks/payments.md", Kind.RUNBOOK),
        ("https://grafana.acme.example/d/abcdef12/payments?viewPanel=2", Kind.MONITORING),
        ("https://app.datadoghq.com/monitors/123", Kind.MONITORING),
        ("https://app.launchdarkly.com/acme/production/features/new-checkout", Kind.FLAGS),
        ("https://acme.pagerduty.com/incidents/P1", None),
        ("https://wiki.acme.example/page", None),
        ("https://argo.acme.example/applications/payments", None),
        ("https://[", None),
    ],
)
def test_the_shape_of_a_link_says_what_it_speaks_of(url: str, kind: Kind | None) -> None:
    assert kind_of(url) is kind


@given(st.text(max_size=300))
def test_no_text_makes_it_fail_and_marks_cannot_be_forged(text: str) -> None:
    found = take_links(text)
    put_back(found.text, found.links)
    assert take_links("\u27e65\u27e7" + text).links == take_links(text).links


@given(st.from_regex(r"https://[a-z]{3,9}\.example/[a-z0-9/-]{0,20}[a-z0-9]", fullmatch=True))
def test_a_link_goes_out_and_comes_back(url: str) -> None:
    for wrapped in (url, f"<{url}>", f"<{url}|name>", f"[name]({url})", f"{url}.", f"({url})"):
        found = take_links(f"see {wrapped} please")
        assert found.links == (url,)
        assert url in put_back(found.text, found.links)


@pytest.mark.parametrize(
    ("said", "links"),
    [
        (
            "<https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgithub.com%2Fo%2Fr%2Fpull%2F7&amp;data=05|github.com>",
            ("https://github.com/o/r/pull/7",),
        ),
        (
            '<a href="https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgitlab.com%2Fa%2Fb%2F-%2Fjobs%2F5&data=x">job</a>',
            ("https://gitlab.com/a/b/-/jobs/5",),
        ),
        ("https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgithub.com%40evil.example%2Fa", ()),
        (
            "https://x.safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fgithub.com%2Fo%2Fr%2Fpull%2F7",
            ("https://x.safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fgithub.com%2Fo%2Fr%2Fpull%2F7",),
        ),
    ],
)  # fmt: skip
def test_a_link_that_outlook_wrapped_is_the_link_inside_and_judged_as_any_other(
    said: str, links: tuple[str, ...]
) -> None:
    assert take_links(said).links == links


@pytest.mark.parametrize(
    "url", ["https://g\u0456thub.com/o/r/pull/1", "https://github.com\\@evil.example/a", "https://a:b@c.example/x"]
)
def test_a_link_that_two_programs_may_read_differently_is_refused(url: str) -> None:
    linked = take_links(f"see {url} please")
    assert linked.links == ()
    assert linked.refused
    assert kind_of(url) is None
