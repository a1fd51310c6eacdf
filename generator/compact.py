"""Records that are pickled, and held, in short: what is read is sent between processes, and remembered, by the thousand.

Python pickles a frozen, slotted dataclass as a list of values, and on the way there and back looks its fields
up each time. Here a record is its class and the values that the class takes: half the time both ways.
"""

from __future__ import annotations

import pickle
import zlib
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

_OPEN = 1 << 11
"""Bundles that stay open, of all records of a process: some 10 kB each."""
_FASTEST = 1
"""Level of compression; the best takes 4 % off, and a fifth more time."""


class Compact:
    """Base of a frozen, slotted dataclass of two fields or more, all given by position."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is made again."""
        kind: type = type(self)
        return kind, _values(kind)(self)


class Packed:
    """Base of a frozen, slotted dataclass with bundles of fields that are seldom looked at and weigh much.

    ``packed``, and when it comes out of a pickle, it holds its bundles pickled and compressed: a sixth of their
    weight. Whoever looks at a field opens its bundle, which then stays open until many others have been opened.
    What a field gives is the same whether its bundle is open or not. Fields of no bundle, of
    which there are two or more, are always at hand.
    """

    __slots__ = ("_packs",)
    bundles: ClassVar[tuple[tuple[str, ...], ...]]
    """Names of fields; each has a default, and stands in one bundle at most."""

    def packed(self) -> Self:
        """Return it with its bundles packed."""
        return cast("Self", _packed(*self._parts()))

    def opened(self) -> Self:
        """Return it with all its bundles open: for who looks at every field again and again."""
        kind: type = type(self)
        try:
            one = cast("Self", _packed(kind, _at_hand(kind)(self), self._packs))
        except AttributeError:  # never packed
            return self
        for place in range(len(self.bundles)):
            one.open_bundle(place)
        return one

    def having(self, **values: Any) -> Self:
        """Return it packed, with other values of fields at hand."""
        kind, known, packs = self._parts()
        named = dict(zip(_names_at_hand(kind), known, strict=True)) | values
        return cast("Self", _packed(kind, tuple(named.values()), packs))

    def without(self, bundle: tuple[str, ...]) -> Self:
        """Return it packed, with the defaults for the fields of a bundle."""
        kind, values, packs = self._parts()
        left = (b"" if one == bundle else pack for one, pack in zip(self.bundles, packs, strict=True))
        return cast("Self", _packed(kind, values, tuple(left)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is made again, packed."""
        return _packed, self._parts()

    def told(self, but: str = "") -> tuple[tuple[Any, ...], tuple[bytes, ...]]:
        """Return all that it is, unopened: the values at hand, without one of them, and the bundles as they are packed."""
        kind, values, packs = self._parts()
        named = zip(_names_at_hand(kind), values, strict=True)
        return tuple(value for name, value in named if name != but), packs

    def _parts(self) -> tuple[type, tuple[Any, ...], tuple[bytes, ...]]:
        """Return its class, the values of the fields at hand, and its bundles packed."""
        kind: type = type(self)
        try:
            packs = self._packs
        except AttributeError:
            bundles = ([getattr(self, name) for name in bundle] for bundle in self.bundles)
            packs = tuple(zlib.compress(pickle.dumps(some, protocol=5), _FASTEST) for some in bundles)
        return kind, _at_hand(kind)(self), packs

    if TYPE_CHECKING:  # so that fields that do not exist are still found out
        _packs: tuple[bytes, ...]
    else:

        def __getattr__(self, name: str) -> Any:
            """Open the bundle of a field."""
            kind: type = type(self)
            place = _places(kind).get(name)
            if place is None:
                message = f"{kind.__name__!r} object has no attribute {name!r}"
                raise AttributeError(message, name=name, obj=self)
            found = self.open_bundle(place)
            _opened.append((self, self.bundles[place]))
            if len(_opened) > _OPEN:
                _close(*_opened.popleft())
            return found[name]

    def open_bundle(self, place: int) -> dict[str, Any]:
        """Fill the slots of a bundle; return what is in them, which another thread may have emptied by then."""
        names, pack = self.bundles[place], self._packs[place]
        values = pickle.loads(zlib.decompress(pack)) if pack else _defaults(type(self), names)  # noqa: S301 - packed here
        found = dict(zip(names, values, strict=True))
        for name, value in found.items():
            object.__setattr__(self, name, value)
        return found


_opened: deque[tuple[Packed, tuple[str, ...]]] = deque()
"""What is open, longest first."""


def _close(one: Packed, bundle: tuple[str, ...]) -> None:
    """Let go of what a bundle holds."""
    for name in bundle:
        with suppress(AttributeError):  # closed already
            object.__delattr__(one, name)


def _packed(kind: type, values: tuple[Any, ...], packs: tuple[bytes, ...]) -> Any:
    """Return a record of these values of the fields at hand, and of these bundles."""
    one: Any = object.__new__(kind)
    for name, value in zip(_names_at_hand(kind), values, strict=True):
        object.__setattr__(one, name, value)
    object.__setattr__(one, "_packs", packs)
    return one


@cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes the values of a record, in order."""
    return attrgetter(*(field.name for field in fields(kind)))


@cache
def _places(kind: type) -> dict[str, int]:
    """Return the place of the bundle that each packed field stands in."""
    return {name: place for place, bundle in enumerate(cast("type[Packed]", kind).bundles) for name in bundle}


@cache
def _names_at_hand(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in _places(kind))


@cache
def _at_hand(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes the values of the fields at hand, in order."""
    return attrgetter(*_names_at_hand(kind))


def _defaults(kind: type, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the defaults of fields."""
    default = {field.name: field.default for field in fields(kind)}
    return tuple(default[name] for name in names)
