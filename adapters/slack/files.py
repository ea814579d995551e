"""Files beside a message: the whole plan as Markdown, HTML and JSON. Best effort, told in the log: the message has the rest."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.installations import Installation
from adapters.slack.limits import clean

PATIENCE_S: Final = 5.0
"""So long a step waits where Slack asks for it, once."""
log = logging.getLogger(__name__)


class Files:
    """Uploads in Slack's three steps: ask where to, send the bytes, share them."""

    def __init__(self, api: Api) -> None:
        """On the shared session."""
        self._api = api

    async def share(
        self, home: Installation, channel: str, files: Sequence[tuple[str, str]], thread: str | None = None
    ) -> bool:
        """At least one file. True where all of them stand in the channel, in that thread."""
        shared: list[dict[str, str]] = []
        try:
            for name, text in files:
                body = clean(text).encode()
                length = str(len(body) or 1)
                place = await self.step(home, "files.getUploadURLExternal", filename=name[:200], length=length)
                await self._api.upload(str(place["upload_url"]), body or b"\n")
                shared.append({"id": str(place["file_id"]), "title": name[:200]})
            await self.step(home, "files.completeUploadExternal", files=shared, channel_id=channel, thread_ts=thread)
        except (Refused, TooFast, Unsure, KeyError) as error:
            log.warning("files could not be attached: %s %s", type(error).__name__, error)
            return False
        return True

    async def step(self, home: Installation, method: str, **values: object) -> Mapping[str, Any]:
        """As Api.call; where Slack says that this was too fast, once more after the time that it names, if that is not long."""
        try:
            return await self._api.call(home.token, method, **values)
        except TooFast as error:
            if error.seconds > PATIENCE_S:
                raise
            await asyncio.sleep(error.seconds)
            return await self._api.call(home.token, method, **values)
