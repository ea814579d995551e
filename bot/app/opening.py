"""What has to be there before the bot serves: a folder, a database at the right revision, a key, a catalogue.

Each that is missing is said in one sentence with what to set.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.web.signing import Signer
from bot.app.house import DEFAULT_POLICY, DEFAULT_RUBRIC
from bot.app.options import sealing_key
from bot.catalog.file import CatalogFile
from bot.clock import machine_time
from bot.domain.links import Owners
from bot.messages.words import say
from bot.settings import BadSettings, Settings
from bot.store import Database, open_store
from bot.store.ready import Behind, Newer, NoAnswer, made_ready

LOOK_EVERY_S = 0.05
"""A catalogue that was changed is in force after that long, at the latest."""


def catalogue_of(settings: Settings, owners: Owners | None = None) -> CatalogFile:
    """The catalogue, policy and rubric of the settings. Raises BadSettings where there is none, BadCatalogue where it is bad."""
    if not settings.catalogue.is_file():
        raise BadSettings(say("serve.no_catalogue", {"path": str(settings.catalogue)}))
    first = machine_time()
    policy, rubric = settings.policy or DEFAULT_POLICY, settings.rubric or DEFAULT_RUBRIC
    return CatalogFile(settings.catalogue, lambda: first, policy, rubric, owners, LOOK_EVERY_S)


def check_folders(settings: Settings) -> None:
    """Make the data folder and that of the seals where they are not there. Raises BadSettings where one cannot be written."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        settings.seals.parent.mkdir(parents=True, exist_ok=True)
        with settings.seals.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise BadSettings(say("serve.no_data", {"path": str(error.filename or settings.data_dir)})) from error


def key_of(settings: Settings) -> bytes:
    """The key of the seals. Raises BadSettings where replicas would each make one of their own."""
    if settings.sealing_key is not None:
        return settings.sealing_key.get_secret_value().encode()
    if settings.on_postgres:
        raise BadSettings(say("serve.no_key"))
    return sealing_key(settings.data_dir)


def signer_of(settings: Settings) -> Signer | None:
    """What signs GO records; None where pipelines may not ask (A4). Raises BadSettings where it is half set, or no such key."""
    key, token = settings.go_key, settings.go_token
    if key is None and token is None:
        return None
    if key is None or token is None:
        raise BadSettings(say("clearance.half"))
    try:
        return Signer(key.get_secret_value())
    except ValueError:
        raise BadSettings(say("clearance.bad_key")) from None


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, at the newest schema. Raises BadSettings, SecondProcess."""
    try:
        await made_ready(settings.database)
    except Newer as error:
        raise BadSettings(say("serve.newer", {"revision": error.revision})) from error
    except Behind as error:
        raise BadSettings(say("serve.no_rights", {"revision": error.revision, "head": error.head})) from error
    except NoAnswer as error:
        raise BadSettings(say("serve.unreachable", {"error": str(error)})) from error
    async with open_store(settings.database, database_time=True) as store:
        yield store
