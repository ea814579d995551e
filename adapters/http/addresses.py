"""Which addresses a source may be reached at; names are resolved once, checked, and the checked address is connected to.

What a name leads to is decided here and nowhere else: the connector takes the addresses from `Checked`, so a server of names
that changes its answer between the check and the connection changes nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult

Lookup = Callable[[str, int], Awaitable[list[tuple[int, str]]]]
"""(host, port) -> (address family, address as text)."""

_METADATA = frozenset(map(ip_address, ("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254")))
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_FOUR_BYTES = 0xFFFFFFFF


async def system_lookup(host: str, port: int) -> list[tuple[int, str]]:
    """The addresses of a name, as the system knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), str(address[0])) for family, _, _, _, address in found]


class Private(OSError):
    """The name leads to an address that is not allowed."""


def allowed(address: str, *, private: bool) -> bool:
    """True where a source may be reached at that address. Link-local, metadata, multicast and unspecified ones never are."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_one_allowed(one, private=private) for one in _meant(found))


def _meant(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """The address and those that it carries inside: mapped, 6to4, Teredo and NAT64 are ways to write an IPv4 address."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if any(address in net for net in _NAT64):
        return (IPv4Address(int(address) & _FOUR_BYTES),)
    inside = (address.sixtofour, *(address.teredo or ()))
    return (address, *(one for one in inside if one is not None))


def _one_allowed(address: IPv4Address | IPv6Address, *, private: bool) -> bool:
    if address in _METADATA or address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if address.is_reserved and not address.is_loopback:
        return False
    return private or address.is_global


class Checked(AbstractResolver):
    """The resolver of one source: each address is checked, and one that is not allowed refuses the name."""

    def __init__(self, lookup: Lookup, *, private: bool) -> None:
        """`private`: the settings of the source allow addresses of our own network."""
        self._lookup = lookup
        self._private = private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of the name. Raises Private, or OSError where the name is not known."""
        del family
        found = await self._lookup(host, port)
        if not found:
            msg = "the name is not known"
            raise OSError(msg)
        if not all(allowed(address, private=self._private) for _, address in found):
            raise Private(host)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for kind, address in found
        ]

    async def close(self) -> None:
        """Nothing is kept."""
