"""What a Prometheus says of its own doors: whether whoever reaches it could change something. It knows no rights of its own."""

from typing import Final

from adapters.evidence.rights import bad
from adapters.http.answers import Answer, Unavailable
from adapters.http.fetch import Remote
from bot.messages.words import say
from bot.ports import Check

_DOORS: Final = {
    "web.enable-admin-api": "the admin API (deletes series)",
    "web.enable-lifecycle": "reload and shutdown",
    "web.enable-remote-write-receiver": "remote write",
}
"""Flag -> what whoever reaches the server may do where it is on."""


async def doors(remote: Remote) -> Check:
    """One line: verified shut, open, or not told, as behind a proxy that lets only the questions of the page through."""
    return _line(remote.site.name, await remote.json("/api/v1/status/flags"))


def alertmanager(name: str) -> Check:
    """It has neither rights nor a flag for it, and no question that only reads would tell."""
    return Check("source_open", ok=True, sentence=say("check.source_open", {"source": name}))


def _line(name: str, answer: Answer) -> Check:
    data = None if isinstance(answer, Unavailable) else answer.data
    flags = data.get("data") if isinstance(data, dict) and data.get("status") == "success" else None
    if not isinstance(flags, dict) or flags.get("web.enable-admin-api") not in {"true", "false"}:
        return Check(
            "source_reads", ok=True, sentence=say("check.source_untold", {"source": name, "place": "the server"})
        )
    # A version that does not know a flag has no such door.
    opened = [what for flag, what in _DOORS.items() if flags.get(flag, "false") != "false"]
    if opened:
        return bad("source_doors", {"source": name, "what": ", ".join(opened)})
    return Check("source_reads", ok=True, sentence=say("check.source_doors", {"source": name}))
