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
from bot.store.ready import Behind, Newer, NoAnswer, made_ready
from bot.store.rights import grant


@dataclass(frozen=True, slots=True)
class MoveOptions:
    """URLs of two databases; None: the SQLite file of the data folder, and T_MINUS_DATABASE_URL. `role`: see rights.grant."""

    source: str | None = None
    target: str | None = None
    role: str | None = None


async def move_record(options: MoveOptions) -> str:
    """What came of it, and what to do next. Raises BadFile, SecondProcess where a bot still serves from the file."""
    folder, source, target = _named(options)
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
    return "\n".join([_done(counted), say("move.next", {"seals": str(folder / "seals.jsonl")}), *_key(folder)])


def _named(options: MoveOptions) -> tuple[Path, str, str]:
    """The data folder, and the two URLs."""
    settings = load() if options.source is None or options.target is None else None
    folder = settings.data_dir if settings else Path("var")
    source = options.source or f"sqlite:///{folder / 't-minus.db'}"
    target = options.target or (settings.database if settings else "")
    if not source.startswith("sqlite"):
        raise BadFile(say("move.from"))
    if not target.startswith("postgres"):
        raise BadFile(say("move.to"))
    file = Path(source.partition(":///")[2])
    if not file.is_file():
        raise BadFile(say("move.nothing", {"path": str(file)}))
    return folder if options.source is None else file.parent, source, target


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
