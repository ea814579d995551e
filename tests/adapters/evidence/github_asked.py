"""The source over a GitHub of the tests: each test asks it, and nothing but GET may have arrived in the end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from adapters.evidence.github import github
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind
from bot.ports import Inquiry, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog
from tests.adapters.evidence.github_fake import GitHubState
from tests.adapters.http.site import TOKEN, leads_home, serving

Ask = Callable[[Inquiry], Awaitable[dict[Kind, Evidence]]]


@asynccontextmanager
async def asking(state: GitHubState) -> AsyncIterator[Ask]:
    async with serving(state.answer) as server, Transport(leads_home) as transport:
        state.port = server.port
        token = Secret(lambda: TOKEN)
        settings = SourceSettings("gh", "github", server.base(), ("github.com",), token, allow_private=True)
        source = github(settings, transport, catalog)

        async def ask(asked: Inquiry) -> dict[Kind, Evidence]:
            return {one.kind: one for one in await source.gather(asked)}

        yield ask
        assert state.broken == []
        assert server.methods <= {"GET"}
