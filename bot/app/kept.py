"""Where a command of the operator finds the record: of the bot that the settings describe, or of a sandbox's folder."""

from dataclasses import dataclass
from pathlib import Path

from bot.app.house import DEFAULT_POLICY, DEFAULT_RUBRIC, DEMO_CATALOGUE
from bot.app.options import SandboxOptions, sealing_key
from bot.domain.errors import BadFile
from bot.messages.words import say
from bot.settings import Settings, load


@dataclass(frozen=True, slots=True)
class Kept:
    """`seals`: the file outside the database. `key`: None where there is none. The others: what is in force beside it."""

    url: str
    seals: Path
    key: bytes | None
    catalogue: Path
    policy: Path
    rubric: Path


def kept(data: Path | None, database: str | None) -> Kept:
    """What was named; else what the settings name, where that is there; else the sandbox of var/. Raises BadFile."""
    if data is None and database is None:
        settings = load()
        if settings.database_file is None or settings.database_file.exists():
            return _served(settings)
    folder = data or Path("var")
    if database is None and not (folder / "sandbox.sqlite").exists():
        raise BadFile(say("serve.nothing_kept", {"path": str(folder)}))
    url = SandboxOptions(data=folder, database=database).url
    return Kept(url, folder / "seals.jsonl", _key(folder), DEMO_CATALOGUE, DEFAULT_POLICY, DEFAULT_RUBRIC)


def _served(settings: Settings) -> Kept:
    given = settings.sealing_key
    key = given.get_secret_value().encode() if given else _key(settings.data_dir)
    policy, rubric = settings.policy or DEFAULT_POLICY, settings.rubric or DEFAULT_RUBRIC
    return Kept(settings.database, settings.seals, key, settings.catalogue, policy, rubric)


def _key(folder: Path) -> bytes | None:
    return sealing_key(folder) if (folder / "sealing.key").exists() else None
