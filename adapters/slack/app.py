"""Slack, joined: bolt behind our own door (HTTP) or on a socket, the Web API outward, and a graceful end."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.http.platform import Given
from adapters.http.tasks import Tasks
from adapters.slack import inbound, modal
from adapters.slack.api import Api
from adapters.slack.checks import Checks
from adapters.slack.directory import SlackDirectory
from adapters.slack.front import Front
from adapters.slack.groups import UserGroups
from adapters.slack.hearing import COME_AGAIN, Hearing
from adapters.slack.home import Homes
from adapters.slack.inbound import PLATFORM
from adapters.slack.installations import Installations
from adapters.slack.oauth import OAuth
from adapters.slack.options import SlackOptions
from adapters.slack.outbound import SlackChat
from adapters.slack.replies import Replies
from adapters.slack.rooms import SlackRooms
from adapters.slack.socket_mode import SocketMode
from bot.ports import Chat, Check, Rooms

EVENTS: Final = "/slack/events"
"""Where Slack sends commands, presses, forms and events alike."""
GRACE_S: Final = 8.0
log = logging.getLogger(__name__)
_bolt_log = logging.getLogger("adapters.slack.bolt")
_bolt_log.setLevel(
    logging.CRITICAL
)  # bolt logs whole bodies; what goes wrong in a listener is logged there, without them


class SlackPlatform:
    """adapters.http.platform.Platform."""

    name = PLATFORM

    def __init__(self, options: SlackOptions, given: Given) -> None:
        """Opens nothing yet."""
        self._options = options
        self._given = given
        self._api = Api(options.api_url)
        self._tasks = Tasks()
        self._installations = Installations(options, given.notebook, self._api, given.clock.monotonic)
        directory = SlackDirectory(self._api, given.linker, given.catalog, given.clock.monotonic)
        self._chat = SlackChat(self._api, self._installations, directory)
        self._rooms = SlackRooms(self._api, self._installations, directory, given.clock.monotonic)
        homes = Homes(given, self._api, directory, self._tasks)
        replies = Replies(self._api, self._chat, self._tasks, given.first)
        self._groups = UserGroups(given, self._api, self._installations, directory)
        self._hearing = Hearing(given, self._installations, directory, replies, homes, self._groups)
        self._checks = Checks(options, given, self._api, self._installations, lambda: self.deaf)
        self._front = Front(options.signing_secret, lambda: given.clock.real().timestamp())
        self._bolt: AsyncApp | None = None
        self._socket: SocketMode | None = None

    @property
    def chat(self) -> Chat:
        """Outward."""
        return self._chat

    @property
    def rooms(self) -> Rooms:
        """Who is in which private channel."""
        return self._rooms

    def routes(self, app: web.Application) -> None:
        """With http the one address that Slack calls; with OAuth the two of the installation."""
        if self._options.mode == "http":
            app.router.add_post(EVENTS, self._receive)
        if self._options.client_id:
            OAuth(self._options, self._given, self._api, self._installations).add_to(app)

    async def start(self) -> None:
        """Open the session, learn who the bot is, connect the socket."""
        await self._api.start()
        await self._installations.start()
        self._groups.start()
        self._bolt = self._listening()
        if self._options.mode == "socket":
            self._socket = SocketMode(self._api, self._options.app_token, self._dispatched, self._given.clock)
            self._socket.start()

    async def stop(self) -> None:
        """Take nothing new, finish what is being answered, close."""
        if self._socket is not None:
            await self._socket.stop(GRACE_S)
            self._socket = None
        self._bolt = None
        await self._groups.stop()
        await self._tasks.finish(GRACE_S)
        await self._api.stop()

    @property
    def deaf(self) -> Check | None:
        """A socket of which no line stands. Over HTTP Slack calls the bot, so nobody here can tell."""
        return self._socket.deaf if self._socket is not None else None

    async def checks(self) -> Sequence[Check]:
        """What doctor says."""
        return await self._checks.all()

    # ---- in -----------------------------------------------------------------------------------------------------------

    async def _receive(self, request: web.Request) -> web.Response:
        """One signed request of Slack. Whatever it holds, the answer is never a 500."""
        raw = await self._front.read(request)
        if isinstance(raw, web.Response):
            return raw
        try:
            headers: dict[str, str | Sequence[str]] = {"content-type": request.content_type}
            heard = AsyncBoltRequest(body=raw.decode("utf-8"), headers=headers)
        except Exception:  # noqa: BLE001 - signed, but no payload that bolt can read: the answer is short, and nothing is logged
            return web.Response(status=400)
        answer = await self._dispatched(heard)
        if answer is None:
            return web.Response(status=503, headers={"Retry-After": "5"})
        kind = answer.first_headers().get("content-type", "text/plain")
        return web.Response(status=answer.status, text=answer.body, headers={"Content-Type": kind})

    async def _dispatched(self, heard: AsyncBoltRequest) -> BoltResponse | None:
        """The acknowledgement; None where Slack should come again, since the bot stops or cannot tell yet whether it is meant.

        Bolt answers 404 to what no listener takes, and 500 to what one lets fall; Slack would send either again, for nothing.
        """
        if self._bolt is None:
            return None
        try:
            answer = await self._bolt.async_dispatch(heard)
        except Exception:
            log.exception("a signed request could not be handled")
            return BoltResponse(status=200)
        if answer.status == COME_AGAIN:
            return None
        return answer if answer.status < HTTPStatus.BAD_REQUEST else BoltResponse(status=200)

    def _listening(self) -> AsyncApp:
        bolt = AsyncApp(
            logger=_bolt_log,
            client=AsyncWebClient(
                base_url=self._api.base_url, session=self._api.session, retry_handlers=[], logger=_bolt_log
            ),
            authorize=_authorizing(self._installations),
            process_before_response=True,
            request_verification_enabled=False,  # done, over the raw bytes, before bolt sees anything
            ssl_check_enabled=False,
        )
        heard = self._hearing
        bolt.command(inbound.ANYTHING)(heard.command)
        bolt.block_action(inbound.A_PRESS)(heard.press)
        bolt.view(modal.FORM)(heard.form)
        bolt.shortcut(inbound.EVIDENCE)(heard.shortcut)
        bolt.shortcut(inbound.PLAN)(heard.shortcut)
        for event in ("message", "app_mention"):
            bolt.event(event)(heard.message)
        bolt.event("app_home_opened")(heard.opened_home)
        for event in ("app_uninstalled", "tokens_revoked"):
            bolt.event(event)(heard.uninstalled)
        for event in ("subteam_members_changed", "subteam_updated"):
            bolt.event(event)(heard.group_changed)
        for other in (bolt.event, bolt.action, bolt.view_submission, bolt.view_closed, bolt.shortcut, bolt.options):
            other(inbound.ANYTHING)(heard.ignored)
        return bolt


def _authorizing(installations: Installations) -> Callable[..., Awaitable[AuthorizeResult]]:
    """A function, since bolt takes a method's `self` for an argument of its own."""

    async def authorize(team_id: str | None = None, enterprise_id: str | None = None) -> AuthorizeResult:
        """Ids that are kept already; an unknown workspace is answered by the listener, which knows it too."""
        home = installations.of(team_id or "")
        if home is None:
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=home.team,
            bot_token=home.token,
            bot_id=home.bot_id,
            bot_user_id=home.bot_user,
        )

    return authorize
