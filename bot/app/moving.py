"""`move` from the command line: a team that began on SQLite goes on on PostgreSQL, with its whole record."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.app.house import MARKED_SANDBOX
from bot.clock import machine_time
from bot.domain.errors import BadFile, Unsure
from bot.messages.words import say
from bot.settings import load
from bot.store import open_store
from bot.store.move import Gone, NotEmpty, Unmovable, move
from bot.store.ready import Behind, Newer, NoAnswer, made_ready, revision_of
from bot.store.rights import grant


@dataclass(frozen=True, slots=True)
class MoveOptions:
    """URLs of two databases; None: the SQLite file of the data folder, and T_MINUS_DATABASE_URL. `role`: see rights.grant."""

    source: str | None = None
    target: str | None = None
    role: str | None = None


async def move_record(options: MoveOptions) -> str:
    """What came of it, and what to do next. Raises BadFile, SecondProcess where a bot still serves from the file."""
    source, target, seals = _named(options)
    await _begun(source)
    await _ready(source, "--from")
    await _ready(target, "--to")
    async with open_store(source) as old, open_store(target) as new:
        if await old.get_meta(MARKED_SANDBOX):
            raise BadFile(say("move.sandbox"))
        try:
            counted = await move(old, new, machine_time().isoformat())
        except NotEmpty as error:
            raise BadFile(say("move.not_empty", {"table": str(error)})) from error
        except Gone as error:
            raise BadFile(say("move.gone", {"at": str(error)})) from error
        except Unmovable as error:
            raise BadFile(say("move.unmovable", {"why": str(error)})) from error
        except Unsure as error:
            raise BadFile(say("move.unsure")) from error
    if options.role:
        await grant(target, options.role)
    return "\n".join([_done(counted), say("move.next", {"seals": str(seals)}), *_key(_file(source).parent)])


def _named(options: MoveOptions) -> tuple[str, str, Path]:
    """The two URLs, and the file of seals."""
    settings = load() if options.source is None or options.target is None else None
    source = options.source or (f"sqlite:///{settings.data_dir / 't-minus.db'}" if settings else "")
    target = options.target or (settings.database if settings else "")
    if not source.startswith("sqlite"):
        raise BadFile(say("move.from"))
    if not target.startswith("postgres"):
        raise BadFile(say("move.to"))
    return source, target, settings.seals if settings else _file(source).with_name("seals.jsonl")


def _file(source: str) -> Path:
    return Path(source.partition(":///")[2])


async def _begun(source: str) -> None:
    """A file that is none of the bot's gets no tables of ours. Raises BadFile."""
    try:
        if _file(source).is_file() and await revision_of(source) is not None:
            return
    except NoAnswer:
        pass
    raise BadFile(say("move.nothing", {"path": str(_file(source))}))


async def _ready(url: str, option: str) -> None:
    try:
        await made_ready(url)
    except Newer as error:
        raise BadFile(say("serve.newer", {"revision": error.revision})) from error
    except Behind as error:
        raise BadFile(say("move.no_rights", {"option": option})) from error
    except (NoAnswer, ValueError) as error:
        raise BadFile(say("move.unreachable", {"option": option, "error": str(error)})) from error


def _done(counted: Mapping[str, int]) -> str:
    if not counted:
        return say("move.again")
    return say("move.done", {name: str(counted[name]) for name in ("releases", "ledger", "outbox", "notes")})


def _key(folder: Path) -> list[str]:
    """Where the file made its own key: PostgreSQL wants it in the settings."""
    file = folder / "sealing.key"
    return [say("move.key", {"path": str(file)})] if file.exists() else []
