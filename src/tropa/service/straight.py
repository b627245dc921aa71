"""Where a question comes from: straight from this machine, or from elsewhere, perhaps by way of a proxy."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from fastapi import Request

_WITHIN = "testclient"
"""What test clients call themselves, which ask within the process; servers tell an address, or nothing."""
_CARRIED = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-cluster-client-ip"})
_CARRIED_BEGIN = ("x-forwarded", "x-original-", "x-envoy-", "cf-")
"""Headers by which a proxy says that it asks for somebody else."""


def address_of(request: Request) -> str:
    """The address that asks, "" where the server knows none (a socket file)."""
    return request.client.host if request.client else ""


def is_straight(request: Request) -> bool:
    """Whether this machine asks itself, with nothing in between and by a name that no other machine has.

    A proxy on the same machine asks from there too, for whomever it likes. It gives itself away by its headers, by the
    host that it passes on, by the page that the browser says it is on, or by the old protocol that it speaks.
    """
    address = address_of(request)
    if address == _WITHIN:
        return not _is_carried(request)
    return (
        _is_loopback(address)
        and not _is_carried(request)
        and request.scope.get("http_version") != "1.0"
        and _names_this_machine(f"//{request.headers.get('host', '')}")
        and all(map(_names_this_machine, _pages(request)))
    )


def _is_carried(request: Request) -> bool:
    return any(name in _CARRIED or name.startswith(_CARRIED_BEGIN) for name in request.headers)


def _pages(request: Request) -> list[str]:
    """On which pages the browser says that it is; the mark of another site is refused where something is changed."""
    told = [request.headers.get(name, "") for name in ("origin", "referer")]
    return [page for page in told if page and page != "null"]


def _is_loopback(address: str) -> bool:
    try:
        asking = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(asking, "ipv4_mapped", None)
    return asking.is_loopback or (mapped is not None and mapped.is_loopback)


def _names_this_machine(page: str) -> bool:
    """Whether an address leads every machine to itself only."""
    try:
        name = urlsplit(page).hostname or ""
    except ValueError:
        return False
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
