"""The places the newsroom knows, as the parser is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _frozen(names: Iterable[str]) -> Mapping[str, str]:
    return MappingProxyType({name: name for name in names})


@dataclass(frozen=True)
class Directory:
    """Names of places, known before the page is read.

    Attributes:
        communities: every name a place goes by (districts down to villages, estates too), with
            the name it is to be called in the result.
        stations: the same for service stations.

    """

    communities: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, communities: Iterable[str] = (), stations: Iterable[str] = ()) -> Directory:
        """Return a directory of places that go by one name each."""
        return cls(_frozen(communities), _frozen(stations))


EMPTY = Directory()
