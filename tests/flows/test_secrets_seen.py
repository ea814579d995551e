"""No secret survives (P5)."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.words import known
from flows.secrets_seen import _PATTERNS, REDACTED, redact

_SAFE = st.text(alphabet=string.ascii_letters + string.digits, min_size=36, max_size=60)

_SECRETS = [
    ("aws_key", "AKIA" + "IOSFODNN7EXAMPLE"),
    ("github_token", "ghp_" + "a1B2" * 9),
    ("github_token", "github_pat_" + "a1B2" * 9),
    ("gitlab_token", "glpat-" + "a1B2" * 5),
    ("slack_token", "xoxb-" + "123456789012-abcdefABCDEF"),
    ("slack_token", "xapp-" + "1-A123-456-abcdef"),
    ("slack_webhook", "https://hooks.slack.com/services/" + "T000/B000/abcdefgh"),
    ("teams_webhook", "https://acme.webhook.office.com/" + "webhookb2/1234567890"),
    ("google_key", "AIza" + "a1B2" * 9),
    ("google_token", "ya29." + "a1B2" * 9),
    ("stripe_key", "sk_live_" + "a1B2" * 6),
    ("api_key", "sk-" + "a1B2" * 9),
    ("npm_token", "npm_" + "a1B2" * 9),
    ("pypi_token", "pypi-" + "a1B2" * 9),
    ("grafana_token", "glsa_" + "a1B2" * 9),
    ("vault_token", "hvs." + "a1B2" * 9),
    ("jwt", "eyJhbGciOi" + ".eyJzdWIiOiIx.abcdefgh"),
    ("bearer", "Bearer " + "abcdefghijklmnop1234"),
    ("password", "password=" + "hunter22"),
    ("password", "DB_PASSWORD: " + "hunter22"),
    ("password", "client_secret = " + '"hunter 22"'),
    ("password", "the password is " + "hunter22"),
    ("password", "api-key=" + "abcd1234"),
    ("url_password", "postgres://admin:" + "hunter22@db/x"),
]


@pytest.mark.parametrize(("kind", "secret"), _SECRETS)
def test_a_secret_is_cut_out_and_named(kind: str, secret: str) -> None:
    found = redact(f"plan payments 2.4.1 {secret} at 15:00")
    assert kind in found.kinds
    assert secret not in found.text
    assert REDACTED in found.text
    assert found.text.startswith("plan payments 2.4.1")
    assert redact(found.text).kinds == ()


def test_a_private_key_is_cut_out_also_without_its_end() -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEabc\nMIIE"
    assert redact(f"{key}\n-----END RSA PRIVATE KEY----- thanks").text.endswith("thanks")
    assert "MIIE" not in redact(f"here {key}").text


@pytest.mark.parametrize(
    "text",
    [
        "plan payments 2.4.1 to production at 15:00 canary 10%",
        "the password rotation was tested on 2026-11-03",
        "https://github.com/acme/payments/actions/runs/91",
        f"image registry.acme.example/p@sha256:{'a' * 64}",
        "commit 91fe2c0a5b7d3e1f91fe2c0a5b7d3e1f91fe2c0a",
        "reset token flow was broken",
        "risk-based approach, task-force",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text).text == text
    assert redact(text).kinds == ()


def test_every_kind_has_its_words() -> None:
    assert all(known(f"talk.secret_kind.{kind}") for kind, _ in _PATTERNS)


@given(st.text(max_size=80), st.sampled_from([s for _, s in _SECRETS]), st.text(max_size=80))
def test_no_secret_survives_in_any_text(before: str, secret: str, after: str) -> None:
    assert secret not in redact(f"{before} {secret} {after}").text


@given(st.sampled_from(["ghp_", "xoxb-", "glpat-", "npm_", "hvs.", "sk_live_", "password="]), _SAFE)
def test_no_made_up_secret_survives(prefix: str, body: str) -> None:
    assert body not in redact(f"x {prefix}{body} y").text
