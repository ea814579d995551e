"""The operator's settings: environment variables T_MINUS_* (or files for secrets) -> one frozen Settings.

Each field's description is what docs/reference/settings.md prints. A secret may stand in a file instead: `T_MINUS_X_FILE`
names it, as container platforms mount secrets. The sandbox takes its options from the command line (cli.py).
"""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.chats import Names, SlackSettings, TeamsSettings
from bot.settings.files import FILE_SUFFIX, PREFIX, BadSettings, SecretFiles, is_secret, read_environment

_SHORTEST_KEY = 32
_NEAR = 0.8
"""So like a setting a variable has to be to be taken for a slip in it: what a cluster sets by itself is not."""

__all__ = ["FILE_SUFFIX", "PREFIX", "BadSettings", "Settings", "is_secret", "load", "read_environment", "secrets_set"]


class Settings(SlackSettings, TeamsSettings):
    """Everything that an operator can set. Durations are seconds."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    data_dir: Path = Field(
        default=Path("var"), description="Folder of everything that the bot keeps beside the database."
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="`sqlite:///path/to/file` or `postgresql://user:password@host/name`. "
        "Unset: a SQLite file `t-minus.db` in the data folder.",
    )
    catalogue: Path = Field(
        default=Path("catalogue.yaml"),
        description="Services and people; read again when it changes (how-to/catalogue.md).",
    )
    policy: Path | None = Field(
        default=None, description="The team's policy. Unset: as shipped (deploy/policy/default.yaml)."
    )
    rubric: Path | None = Field(
        default=None, description="The rubric of the risk score. Unset: as shipped (deploy/policy/rubric.yaml)."
    )
    sources: Path | None = Field(
        default=None,
        description="Where evidence is asked for: hosts and credentials of CI, repository, monitoring, … "
        "(how-to/evidence). Unset: nothing is asked, and a pasted link counts as attested.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https://[^/?#\s]+(/[^?#\s]*)?$",
        description="Where the chat platforms reach this bot from outside, such as `https://t-minus.acme.example`.",
    )
    email_domains: Names = Field(
        default=(),
        description="E-mail domains that single sign-on vouches for, separated by commas: on these alone an address links "
        "a chat account to a person of the catalogue.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on. The sandbox listens on loopback only.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on; 0 takes any free one.")
    clock: Literal["system", "simulated"] = Field(
        default="system",
        description="`simulated` stands still until it is advanced; for the sandbox and for rehearsals.",
    )
    sealing_key: SecretStr | None = Field(
        default=None,
        description="Key that seals the ledger, at least 32 characters; keep it away from the database. "
        "Unset: one is made in the data folder.",
    )
    seal_file: Path | None = Field(
        default=None,
        description="File to which each seal is also written. Unset: `seals.jsonl` in the data folder.",
    )
    go_key: SecretStr | None = Field(
        default=None,
        description="Private key (Ed25519, PEM) that signs the GO record that a pipeline asks for (how-to/pipeline.md). "
        "Unset: nobody can ask.",
    )
    go_token: SecretStr | None = Field(
        default=None, description="Bearer token of pipelines that ask for a GO, at least 32 characters; with the key."
    )
    seal_seconds: float = Field(default=5.0, gt=0, le=300, description="How often the heads of the ledger are sealed.")
    sweep_seconds: float = Field(
        default=2.0,
        gt=0,
        le=60,
        description="How often the outbox is looked at without being woken: the most that a post is late.",
    )
    lease_seconds: float = Field(
        default=20.0,
        ge=5,
        le=120,
        description="How long a worker may hold a post before another takes it; longer than the HTTP time-out.",
    )
    http_timeout_seconds: float = Field(
        default=10.0, gt=0, le=60, description="Time-out of one call to a chat platform or source."
    )
    ambiguous_without_look: Literal["leave", "retry"] = Field(
        default="leave",
        description="A post of which nobody knows if it arrived, on a platform that does not let us look (Teams): "
        "`leave` it unknown and tell people, or `retry` once and risk that it stands there twice.",
    )
    receipts: Literal["changes", "all"] = Field(
        default="changes",
        description="Which answered requests are kept in the database, by the platform's receipt, so that a repeated one gets "
        "the very same answer: `changes`, those that changed something; `all`, also those that only looked.",
    )
    batch: int = Field(default=100, ge=1, le=500, description="The most posts that one claim takes.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least level that is logged."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over secret files; nothing else is read."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls, os.environ)

    @field_validator("sealing_key", "go_token")
    @classmethod
    def _long_enough(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(key.get_secret_value()) < _SHORTEST_KEY:
            msg = f"at least {_SHORTEST_KEY} characters"
            raise ValueError(msg)
        return key

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(
            ("sqlite:", "postgresql:", "postgresql+", "sqlite+")
        ):
            msg = "a URL that begins with sqlite: or postgresql:"
            raise ValueError(msg)
        return url

    @model_validator(mode="after")
    def _lease_outlasts_a_call(self) -> Self:
        if self.lease_seconds <= self.http_timeout_seconds:
            msg = f"{PREFIX}LEASE_SECONDS: expected lease_seconds above http_timeout_seconds ({self.http_timeout_seconds:g})"
            raise ValueError(msg)
        return self

    @property
    def loopback(self) -> bool:
        """True where only this machine can connect."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def database(self) -> str:
        """The database URL that holds, with its password."""
        given = self.database_url
        return given.get_secret_value() if given else f"sqlite:///{self.data_dir / 't-minus.db'}"

    @property
    def own_host(self) -> str:
        """Where this machine itself reaches the bot, as it stands in a URL."""
        try:
            address = ip_address(self.host)
        except ValueError:
            return self.host
        if address.is_unspecified:
            return "127.0.0.1"
        return f"[{address}]" if address.version > 4 else str(address)  # noqa: PLR2004 - the versions of IP

    @property
    def database_file(self) -> Path | None:
        """The file of a SQLite database; None on PostgreSQL."""
        return None if self.on_postgres else Path(self.database.partition(":///")[2])

    @property
    def on_postgres(self) -> bool:
        """True where several bots may share the database."""
        return self.database.startswith("postgres")

    @property
    def seals(self) -> Path:
        """The file of seals that holds."""
        return self.seal_file or self.data_dir / "seals.jsonl"


def load() -> Settings:
    """The settings of this process. Raises BadSettings, which names the variable and never its value."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings(
            "\n".join(_line(one["loc"], _told(one["type"], one["msg"])) for one in error.errors(include_input=False))
        ) from None


def secrets_set(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The variables of this process that hold production secrets; the sandbox refuses to start with any (sandbox.md)."""
    names = [f"{PREFIX}{name.upper()}" for name, field in Settings.model_fields.items() if is_secret(field)]
    return tuple(v for name in names for v in (name, f"{name}{FILE_SUFFIX}") if environment.get(v))


def misspelt(environment: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """Variables that look like a setting and are none, each with the setting that was surely meant: they change nothing."""
    fields = Settings.model_fields.items()
    known = {f"{PREFIX}{name.upper()}" for name, _ in fields}
    known |= {f"{PREFIX}{name.upper()}{FILE_SUFFIX}" for name, field in fields if is_secret(field)}
    others = [v for v in environment if v.startswith(PREFIX) and v not in known and "_SERVICE_" not in v]
    near = {v: get_close_matches(v, sorted(known), 1, _NEAR) for v in others}
    return {v: found[0] for v, found in sorted(near.items()) if found}


def _told(kind: str, message: str) -> str:
    """What a person has to know of it, where the library's own words are not made for people."""
    return {
        "too_short": "at least 32 characters",
        "string_pattern_mismatch": "an address that begins with https://",
    }.get(kind, message)


def _line(location: tuple[int | str, ...], message: str) -> str:
    """What is wrong, behind its variable; what is wrong between several names its variables itself."""
    return f"{PREFIX}{str(location[0]).upper()}: expected {_expected(message)}" if location else _expected(message)


def _expected(message: str) -> str:
    for start in ("Value error, ", "Input should be ", "Input should "):
        message = message.removeprefix(start)
    return message
