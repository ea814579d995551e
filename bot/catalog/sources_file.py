"""The sources file: the only place of hosts and credentials of evidence. The catalogue calls a source by its name.

A credential stands in an environment variable or in a file, never in this one; what is wrong is told by line, never by value.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.catalog.entries import Entry, Id, Words
from bot.catalog.lines import Read, read
from bot.catalog.shapes import shaped
from bot.catalog.trouble import BadCatalogue, Trouble, nearest
from bot.domain.link_shapes import LINKED
from bot.domain.links import Owner
from bot.ports.sources import Secret, SourceSettings

Options = Mapping[str, Mapping[str, str]]
"""Every kind of source that can be asked, with the options that it knows, and what each is."""

_PAGES: Mapping[str, tuple[str, ...]] = {"api.github.com": ("github.com", "www.github.com")}
_PORTS = {"http": 80, "https": 443}


def _address(said: str) -> str:
    try:
        parts = urlsplit(said)
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_ok = urlsplit(""), False
    whole = parts.scheme in _PORTS and parts.hostname and port_ok and said.isascii() and said.isprintable()
    if not whole or "@" in parts.netloc or parts.query or parts.fragment or " " in said:
        msg = "an address such as https://ci.acme.example, without user, query or fragment"
        raise ValueError(msg)
    return said.rstrip("/")


def _is_address(said: str) -> bool:
    try:
        return bool(_address(said))
    except ValueError:
        return False


Address = Annotated[str, AfterValidator(_address)]
HostName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?$")]
Variable = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,99}$")]


class SourceEntry(Entry):
    """One source."""

    kind: str
    url: Address
    links: tuple[HostName, ...] | None = None
    token_env: Variable | None = None
    token_file: Path | None = None
    user: Words | None = None
    allow_private: bool = False
    ca_file: Path | None = None
    timeout_seconds: Annotated[float, Field(ge=0.5, le=9)] = 5.0
    options: dict[str, Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.token_env is not None and self.token_file is not None:
            msg = "token_env or token_file, not both"
            raise ValueError(msg)
        token = self.token_env or self.token_file
        if token and self.url.startswith("http:") and not self.allow_private:
            msg = "https for a source with a token, or allow_private where it stands in your own network"
            raise ValueError(msg)
        return self


class SourcesFile(Entry):
    """The whole file."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    sources: dict[Id, SourceEntry]


def read_sources(
    path: Path, asked: Options, environment: Mapping[str, str] = os.environ
) -> Mapping[str, SourceSettings]:
    """The sources by name: of a kind that is `asked`, or whose links are recognised and stand as attested.

    Raises BadCatalogue with everything that is wrong, by line; a value of a credential is never in it.
    """
    known: Options = {**{kind: {} for kind in LINKED}, **asked}
    source = read(path)
    file = shaped(source, SourcesFile)
    wrong = tuple(_troubles(file, source, path.parent, known, environment))
    if wrong:
        raise BadCatalogue(wrong, "no source is in force: the bot does not start")
    return {name: _settings(name, entry, path.parent, environment) for name, entry in file.sources.items()}


def owners_of(sources: Mapping[str, SourceSettings]) -> Mapping[str, Owner]:
    """Host (with its port, where that is not the usual one) -> the source that looks up its links; the first one wins."""
    found: dict[str, Owner] = {}
    for name, source in sources.items():
        for host in source.hosts:
            found.setdefault(host, Owner(name, source.kind))
    return found


def _troubles(
    file: SourcesFile, source: Read, folder: Path, known: Options, environment: Mapping[str, str]
) -> Iterator[Trouble]:
    owners: dict[str, str] = {}
    for name, entry in file.sources.items():
        at = ("sources", name)
        if entry.kind not in known:
            yield _trouble(source, (*at, "kind"), f'a known kind, found "{entry.kind}"{nearest(entry.kind, known)}')
            continue
        yield from _wrong_options(file, source, name, known[entry.kind])
        if entry.token_env is not None and not environment.get(entry.token_env):
            yield _trouble(source, (*at, "token_env"), f"the environment variable {entry.token_env}; it is not set")
        for key, named in (("token_file", entry.token_file), ("ca_file", entry.ca_file)):
            if named is not None and not _readable(folder / named):
                yield _trouble(source, (*at, key), "a file that can be read")
        for host in entry.links or ():
            if owners.setdefault(host, name) != name:
                yield _trouble(source, (*at, "links"), f'one source for each host; "{host}" is of {owners[host]} too')


def _wrong_options(file: SourcesFile, source: Read, name: str, options: Mapping[str, str]) -> Iterator[Trouble]:
    entry, at = file.sources[name], ("sources", name, "options")
    for option in entry.options:
        if option not in options:
            yield _trouble(source, (*at, option), f"an option of {entry.kind}: {', '.join(options) or 'none'}")
    beside = entry.options.get("alertmanager")
    if beside is not None and (beside not in file.sources or file.sources[beside].kind != "alertmanager"):
        yield _trouble(source, (*at, "alertmanager"), f'a source of kind alertmanager, found "{beside}"')
    if not _is_address(entry.options.get("realm", "https://auth.example")):
        yield _trouble(source, (*at, "realm"), "an address such as https://auth.acme.example")


def _settings(name: str, entry: SourceEntry, folder: Path, environment: Mapping[str, str]) -> SourceSettings:
    return SourceSettings(
        name=name,
        kind=entry.kind,
        url=entry.url,
        hosts=entry.links if entry.links is not None else _own_hosts(entry.url),
        token=_secret(entry, folder, environment),
        user=entry.user,
        allow_private=entry.allow_private,
        ca_file=folder / entry.ca_file if entry.ca_file else None,
        timeout_s=entry.timeout_seconds,
        options=entry.options,
    )


def _own_hosts(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.port not in {None, _PORTS[parts.scheme]}:
        return (f"{host}:{parts.port}",)
    return _PAGES.get(host, (host,))


def _secret(entry: SourceEntry, folder: Path, environment: Mapping[str, str]) -> Secret | None:
    if entry.token_env is not None:
        return Secret(_fixed(environment[entry.token_env].strip()))
    if entry.token_file is not None:
        return Secret(_from(folder / entry.token_file))
    return None


def _fixed(value: str) -> Callable[[], str]:
    return lambda: value


def _from(path: Path) -> Callable[[], str]:
    """Read each time: platforms renew tokens in their files."""

    def now() -> str:
        try:
            return path.read_text(encoding="utf-8").strip()
        except UnicodeDecodeError as error:
            msg = "the file of a token is no text"
            raise OSError(msg) from error

    return now


def _readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes().strip())
    except OSError:
        return False


def _trouble(source: Read, path: tuple[str | int, ...], expected: str) -> Trouble:
    return Trouble(source.file, source.line_of(path), ".".join(map(str, path)), expected)
