"""Which addresses lie outside, so that they may be asked."""

from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address

TRANSLATED = IPv6Network("64:ff9b::/96")
"""An IPv4 address as a network of IPv6 alone writes it (RFC 6052)."""
NEVER = tuple(
    ip_network(each)
    for each in (
        "168.63.129.16/32",  # a provider's own services, at an address like any other
        "192.0.0.0/24",  # of protocols; older Pythons take some for global
        "192.88.99.0/24",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def is_outside(address: str) -> bool:
    """Whether a numeric address is one of the public Internet's, for one receiver.

    >>> is_outside("93.184.215.14"), is_outside("::ffff:127.0.0.1")
    (True, False)
    """
    try:
        meant = _meant(ip_address(address))
    except ValueError:
        return False
    if meant.is_multicast or meant.is_reserved or not meant.is_global:
        return False
    return not any(
        meant in network for network in NEVER if network.version == meant.version
    )


def _meant(address: Address) -> Address:
    """The IPv4 address that one of IPv6 stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
