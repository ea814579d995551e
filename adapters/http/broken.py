"""Why a call brought no answer, in words to act on: which fault a certificate has, where it broke off."""

import socket
import ssl
from collections.abc import Mapping
from typing import Final

import aiohttp

from adapters.http.addresses import Private
from adapters.http.answers import Unavailable

_TLS = (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError, ssl.SSLError)
_CERTIFICATES: Final[Mapping[int, str]] = {
    9: "its certificate is not valid yet: is one of the two clocks wrong?",
    10: "its certificate has run out",
    18: "its certificate is signed by itself, and is not in ca_file",
    19: "its certificate is signed by an authority that is not in ca_file",
    20: "its certificate is signed by an authority that is not in ca_file",
    62: "its certificate is of another host name",
    64: "its certificate is of another address",
}
"""OpenSSL's number of what is wrong -> what to say."""


def broken(name: str, error: Exception) -> Unavailable:
    """What was seen of the source of that name."""
    if isinstance(error, _TLS):
        return Unavailable("tls", f"{name}: {_of_tls(error)}")
    if isinstance(error, aiohttp.ClientConnectorError):
        if isinstance(error.os_error, Private):
            return Unavailable("private_address", f"{name}: its settings do not allow that address")
        return Unavailable("unreachable", f"{name}: no connection{_of_connection(error.os_error)}")
    if isinstance(error, aiohttp.ClientPayloadError):
        return Unavailable("malformed", f"{name}: its answer breaks off or cannot be unpacked")
    if isinstance(error, aiohttp.ClientResponseError | ValueError):
        return Unavailable("malformed", f"{name}: what it answers is no HTTP")
    return Unavailable("unreachable", f"{name}: the connection was cut before it answered")


def _of_tls(error: Exception) -> str:
    inner = error
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        inner = error.certificate_error
    elif isinstance(error, aiohttp.ClientConnectorSSLError):
        inner = error.os_error
    if isinstance(inner, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(inner.verify_code, "its certificate is not trusted")
    return "no trusted connection: it does not speak TLS as it should"


def _of_connection(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return ", its name is not known"
    return ", nobody listens at that port" if isinstance(error, ConnectionRefusedError) else ""
