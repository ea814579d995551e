"""A database made ready for this version of the bot: migrated where needed and allowed, refused where it cannot be used."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.domain.errors import TMinusError
from bot.store.migrate import current, head, revisions, upgrade


class NoAnswer(TMinusError):
    """The database does not answer; the message is the driver's own, without the URL."""


class Newer(TMinusError):
    """A newer version of the bot migrated it. `revision`: where it is."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


class Behind(TMinusError):
    """It is at `revision`, has to be at `head`, and this role may not change the schema."""

    def __init__(self, revision: str, wanted: str) -> None:
        super().__init__(f"{revision}, not {wanted}")
        self.revision = revision
        self.head = wanted


async def made_ready(url: str) -> None:
    """Bring it to the newest revision if it is not there. Raises NoAnswer, Newer, Behind, SecondProcess."""
    at = await revision_of(url)
    if at == head():
        return
    if at is not None and at not in revisions():
        raise Newer(at)
    try:
        await upgrade(url)
    except DBAPIError as error:
        raise Behind(at or "none", head()) from error


async def revision_of(url: str) -> str | None:
    """The revision that it is at; None where it has none. Raises NoAnswer, SecondProcess."""
    try:
        return await current(url)
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise NoAnswer(str(cause).splitlines()[0]) from error
    except OSError as error:
        raise NoAnswer(error.strerror or type(error).__name__) from error
