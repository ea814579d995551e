"""The SDK's turn, around our own handler: a checked activity goes in, the answer of an invoke comes out.

All that this folder takes of botbuilder is here. The SDK is no longer developed (docs/discussions/teams-sdk.md): whoever
replaces it gives `Turns.take` another body, and nothing else changes. Its own connector, token cache and token check are not
used: see connector.py and keys.py.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from adapters.teams.connector import Connector
from adapters.teams.options import TeamsOptions

logging.getLogger("msrest").setLevel(logging.ERROR)  # it warns of every key that its models do not know

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Invoked:
    """The answer of an invoke: HTTP status and a JSON body."""

    status: int
    body: Mapping[str, Any] | None = None


Handler = Callable[[Body], Awaitable[Invoked | None]]
_BUILT_FROM: Final = ("type", "id", "name", "channelId", "serviceUrl", "from", "recipient", "conversation", "replyToId")


class Turns:
    """Takes activities that were checked."""

    def __init__(self, options: TeamsOptions, connector: Connector, handler: Handler) -> None:
        """`handler` never raises what a person could not read; it answers invokes alone."""
        self._audience = options.framework
        self._identity = ClaimsIdentity({"aud": options.app_id}, is_authenticated=True)
        self._lines = _Lines(connector)
        self._adapter = _Adapter(_Authentication(self._lines))
        self._handler = handler

    async def take(self, body: Body) -> Invoked | None:
        """One turn. Raises ValueError where the SDK's models cannot read the activity."""
        try:
            activity = Activity().deserialize({name: body[name] for name in _BUILT_FROM if name in body})
        except Exception as error:
            msg = "no activity that the SDK can read"
            raise ValueError(msg) from error
        checked = AuthenticateRequestResult()
        checked.claims_identity, checked.audience, checked.caller_id = self._identity, self._audience, None
        checked.connector_factory = self._lines

        async def turn(context: TurnContext) -> None:
            answer = await self._handler(body)
            if answer is not None:
                made = InvokeResponse(status=answer.status, body=answer.body)
                await context.send_activity(Activity(type="invokeResponse", value=made))

        found = await self._adapter.process_activity(checked, activity, turn)
        return Invoked(int(found.status), found.body) if found is not None else None


class _Adapter(CloudAdapterBase):  # type: ignore[misc]  # the SDK publishes no types
    """The SDK's turn as it is."""


class _Lines(ConnectorFactory):  # type: ignore[misc]  # the SDK publishes no types
    """Gives the SDK our connector wherever it would build its own."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str | None = None) -> Connector:
        """The one connector of the adapter."""
        del service_url, audience
        return self._connector


class _Authentication(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK publishes no types
    """Nothing comes in unchecked, so nothing is checked here: whatever the SDK would ask is refused."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Never."""
        del activity, auth_header
        raise PermissionError

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Never."""
        del auth_header, channel_id_header
        raise PermissionError

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """Ours."""
        del claims_identity
        return self._lines

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Nobody signs in through the bot."""
        del claims_identity
