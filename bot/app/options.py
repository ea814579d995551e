"""The sandbox's options, and the folder in which it keeps everything."""

import logging
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.evidence.demo import demo_sources
from adapters.evidence.demo_file import DemoFile
from bot.domain.errors import BadFile
from bot.ports import CatalogReader, EvidenceSource
from bot.settings import secrets_set

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """The options of `python -m bot sandbox`. `port` 0: any free one.

    `evidence`: the file of real sources; `sources` makes the demo ones, by name; `tidy_every_s`: how often answers of long ago
    are forgotten, in seconds.
    """

    port: int = 8080
    data: Path = Path("var")
    catalogue: Path | None = None
    policy: Path | None = None
    rubric: Path | None = None
    database: str | None = None
    simulated: bool = True
    reset: bool = False
    evidence: Path | None = None
    sources: Callable[[DemoFile, CatalogReader], Mapping[str, EvidenceSource]] = demo_sources
    tidy_every_s: float = 3600.0

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite+aiosqlite:///{self.data / 'sandbox.sqlite'}"


def prepare(options: SandboxOptions) -> None:
    """The data folder; with --reset what it keeps is set aside, never deleted. Raises BadFile with production secrets about."""
    found = secrets_set()
    if found:
        msg = f"the sandbox does not start with production secrets in its settings; unset {', '.join(found)}"
        raise BadFile(msg)
    if options.reset and options.data.is_dir() and any(options.data.iterdir()):
        number = 1
        while (aside := options.data.with_name(f"{options.data.name}.old{number}")).exists():
            number += 1
        shutil.move(options.data, aside)
        log.warning("what %s kept is now in %s", options.data, aside)
    try:
        options.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{options.data}: a folder that can be written is needed; choose another with --data"
        raise BadFile(msg) from error


def sealing_key(data: Path) -> bytes:
    """The key in that data folder, in a file that only its owner reads; made at the first call."""
    return _kept(data / "sealing.key").encode()


def go_token(data: Path) -> str:
    """What a pipeline shows that is tried out with this sandbox; kept in the same way."""
    return _kept(data / "go-token")


def _kept(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii")
