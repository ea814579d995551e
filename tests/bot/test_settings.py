"""Settings come from the environment, secrets also from files; a bad one is named, its value never shown."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import BadSettings, Settings, load, secrets_set

KEY = "a key of at least thirty-two characters"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"T_MINUS_{name.upper()}", raising=False)
        monkeypatch.delenv(f"T_MINUS_{name.upper()}_FILE", raising=False)


def test_nothing_set_means_a_quiet_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T_MINUS_PORT", "")
    said = load()
    assert (said.port, said.host, said.clock) == (8080, "127.0.0.1", "system")
    assert said.database == "sqlite:///var/t-minus.db"
    assert said.seals == Path("var/seals.jsonl")
    assert said.ambiguous_without_look == "leave"
    assert said.loopback


def test_the_environment_sets_and_nothing_changes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T_MINUS_PORT", "9090")
    monkeypatch.setenv("T_MINUS_DATA_DIR", "elsewhere")
    monkeypatch.setenv("T_MINUS_HOST", "192.0.2.7")
    said = load()
    assert (said.port, said.database) == (9090, "sqlite:///elsewhere/t-minus.db")
    assert not said.loopback
    with pytest.raises(ValidationError):
        said.port = 1  # type: ignore[misc]  # that it is refused is the point


@pytest.mark.parametrize(
    ("variable", "bad", "good"),
    [
        ("T_MINUS_PORT", "seventy", "7000"),
        ("T_MINUS_PORT", "70000", "7000"),
        ("T_MINUS_CLOCK", "sundial", "simulated"),
        ("T_MINUS_SEALING_KEY", "short and secret", KEY),
        ("T_MINUS_DATABASE_URL", "mysql://bot:hunter2@db/x", "postgresql://bot:hunter2@db/x"),
        ("T_MINUS_LEASE_SECONDS", "7", "11"),
        ("T_MINUS_SWEEP_SECONDS", "-7.25", "0.5"),
        ("T_MINUS_AMBIGUOUS_WITHOUT_LOOK", "maybe", "retry"),
    ],
)
def test_a_bad_setting_is_named_without_its_value_and_a_good_one_is_taken(
    monkeypatch: pytest.MonkeyPatch, variable: str, bad: str, good: str
) -> None:
    monkeypatch.setenv(variable, bad)
    with pytest.raises(BadSettings) as caught:
        load()
    assert str(caught.value).startswith(f"{variable}: expected ")
    assert bad not in str(caught.value)
    monkeypatch.setenv(variable, good)
    load()


def test_a_secret_may_stand_in_a_file_and_is_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "key"
    kept.write_text(f"{KEY}\n")
    monkeypatch.setenv("T_MINUS_SEALING_KEY_FILE", str(kept))
    said = load()
    assert said.sealing_key is not None
    assert said.sealing_key.get_secret_value() == KEY
    assert KEY not in f"{said!r} {said}"
    assert secrets_set() == ("T_MINUS_SEALING_KEY_FILE",)


def test_a_secret_is_given_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "key"
    kept.write_text(KEY)
    monkeypatch.setenv("T_MINUS_SEALING_KEY_FILE", str(kept))
    monkeypatch.setenv("T_MINUS_SEALING_KEY", KEY)
    with pytest.raises(BadSettings, match="not both"):
        load()
    monkeypatch.delenv("T_MINUS_SEALING_KEY")
    assert load().sealing_key is not None


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("T_MINUS_DATABASE_URL_FILE", str(tmp_path / "url"))
    with pytest.raises(BadSettings, match="T_MINUS_DATABASE_URL_FILE: expected a readable"):
        load()
    (tmp_path / "url").write_text("sqlite:///x.db")
    assert load().database == "sqlite:///x.db"


def test_only_secrets_are_read_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "port").write_text("9")
    monkeypatch.setenv("T_MINUS_PORT_FILE", str(tmp_path / "port"))
    assert load().port == 8080
    assert secrets_set() == ()


CHATS = {
    "slack": {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"},
    "slack by socket": {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_MODE": "socket", "SLACK_APP_TOKEN": "xapp-1"},
    "slack by OAuth": {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "c",
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_TOKEN_KEY": KEY,
        "SLACK_TEAMS": "T1, T2",
        "PUBLIC_URL": "https://bot.acme.example",
    },
    "teams of one tenant": {"TEAMS_APP_ID": "a", "TEAMS_APP_PASSWORD": "p", "TEAMS_TENANT": "t"},
    "teams of many tenants": {
        "TEAMS_APP_ID": "a",
        "TEAMS_APP_PASSWORD": "p",
        "TEAMS_APP_TYPE": "multi",
        "TEAMS_TENANTS": "t1,t2",
    },
    "teams by a managed identity": {"TEAMS_APP_ID": "a", "TEAMS_APP_TYPE": "msi", "TEAMS_TENANT": "t"},
}


def test_of_two_keys_that_encrypt_tokens_neither_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CHATS["slack by OAuth"].items():
        monkeypatch.setenv(f"T_MINUS_{name}", value)
    monkeypatch.setenv("T_MINUS_SLACK_TOKEN_KEY", f"{KEY}\nshort\n")
    with pytest.raises(BadSettings, match="32 characters or more on each line"):
        load()
    monkeypatch.setenv("T_MINUS_SLACK_TOKEN_KEY", f"{KEY}\n{KEY[::-1]}\n")
    assert load().has_slack


@pytest.mark.parametrize("platform", CHATS)
def test_a_platform_takes_part_with_all_its_settings_and_with_one_of_them_missing_that_one_is_named(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    for name, value in CHATS[platform].items():
        monkeypatch.setenv(f"T_MINUS_{name}", value)
    said = load()
    assert (said.has_slack, said.has_teams) == ("slack" in platform, "teams" in platform)
    for name in CHATS[platform]:
        if name.endswith(("_MODE", "_APP_TYPE")):
            continue
        monkeypatch.delenv(f"T_MINUS_{name}")
        with pytest.raises(BadSettings, match=r"^T_MINUS_(SLACK|TEAMS|PUBLIC)_[A-Z_]+: expected "):
            load()
        monkeypatch.setenv(f"T_MINUS_{name}", CHATS[platform][name])
    load()


def test_names_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T_MINUS_EMAIL_DOMAINS", " acme.example, acme.test ,")
    assert load().email_domains == ("acme.example", "acme.test")
    assert Settings(email_domains=("a",)).email_domains == ("a",)


def test_the_address_outside_is_an_https_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T_MINUS_PUBLIC_URL", "bot.acme.example")
    with pytest.raises(BadSettings, match=r"^T_MINUS_PUBLIC_URL: expected an address that begins with https://$"):
        load()
    monkeypatch.setenv("T_MINUS_PUBLIC_URL", "https://bot.acme.example/t-minus")
    assert load().public_url == "https://bot.acme.example/t-minus"


def test_every_setting_says_what_it_does() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("host", "own"),
    [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]"), ("192.0.2.7", "192.0.2.7"), ("bot", "bot")],  # noqa: S104 - read, not bound
)
def test_the_bot_is_asked_on_the_address_it_listens_on(host: str, own: str) -> None:
    assert Settings(host=host).own_host == own


def test_a_name_for_this_machine_is_loopback() -> None:
    assert Settings(host="localhost").loopback
    assert not Settings(host="bot.example").loopback
