"""The sources, joined: certificates that are none stop the start, and what was verified of the credentials is told."""

import logging
from pathlib import Path

import pytest

from bot.app.looking import Looking
from bot.domain.errors import BadFile
from tests.adapters.evidence.asked import catalog
from tests.adapters.evidence.github_fake import GitHubState
from tests.adapters.http.site import serving


def _file(folder: Path, port: int, more: str = "") -> Path:
    path = folder / "sources.yaml"
    path.write_text(
        f"schema: 1\nsources:\n  gh: {{kind: github, url: 'http://127.0.0.1:{port}', allow_private: true{more}}}\n"
        "  boards: {kind: grafana, url: 'https://grafana.acme.example'}\n"
    )
    return path


async def test_what_was_verified_is_told_beside_the_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    state = GitHubState(scopes="repo")
    caplog.set_level(logging.INFO, "bot.app.looking")
    async with serving(state.answer) as server, Looking(_file(tmp_path, server.port)) as looking:
        assert set(looking.sources(catalog)) == {"gh"}
        assert looking.names == ("gh", "boards")
        assert {host: owner.kind for host, owner in looking.owners.items()} == {
            f"127.0.0.1:{server.port}": "github",
            "grafana.acme.example": "grafana",
        }
        (line,) = await looking.checks(catalog)
        assert line.ok is False
        await looking.tell(catalog)
    assert [(r.levelname, "may do more than read in GitHub: repo" in r.message) for r in caplog.records] == [
        ("WARNING", True)
    ]


async def test_certificates_that_are_none_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    async with Looking(_file(tmp_path, 1, ", ca_file: ca.pem")) as looking:
        with pytest.raises(BadFile, match="ca_file"):
            looking.sources(catalog)
    async with Looking(None) as looking:
        assert looking.sources(catalog) == {}
        assert await looking.checks(catalog) == ()
