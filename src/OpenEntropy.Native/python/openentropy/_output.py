"""Lengths, waits and pieces of the pool's output, and the words of its report."""

from __future__ import annotations

import operator
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Mapping

from . import _calls, _errors, _runtime

if TYPE_CHECKING:
    from ._pool import EntropyPool

#: The most bytes of one call.
PART = 1 << 30

#: How long one call of the runtime waits at most, seconds: Ctrl-C is seen in between.
SLICE = 0.1

_LONGEST = 86_400.0

# Whole blocks of every hash: 32, 48 or 64 bytes.
_LIMITED_PART = 1_536


def length(n: int) -> int:
    """A number of bytes, or InvalidArgumentError."""
    count = operator.index(n)
    if count < 0:
        raise _errors.InvalidArgumentError(f"n is {count}, and cannot be below 0")
    return count


def seconds(name: str, value: float) -> float:
    """A wait, or InvalidArgumentError."""
    if not 0 <= value <= _LONGEST:
        raise _errors.InvalidArgumentError(f"{name} is {value} s, and can be 0 to {_LONGEST:g}")
    return float(value)


def parts(count: int, part: int = PART) -> Iterator[tuple[int, int]]:
    """Start and length of the pieces in which so many bytes are asked for; one of none where there are none."""
    for start in range(0, max(1, count), part):
        yield start, min(part, count - start)


class Limited:
    """Fills with entropy-limited bytes, piece by piece, as the harvest makes blocks."""

    def __init__(self, pool: EntropyPool, timeout: float) -> None:
        self._pool, self._ends = pool, time.monotonic() + timeout

    def __call__(self, address: int, count: int) -> None:
        function = _runtime.function("limited")
        handle = self._pool._handle
        most = _calls.document("health", handle)["maximum_limited_bytes"]
        for start, part in parts(count, min(_LIMITED_PART, most)):
            while True:
                left = self._ends - time.monotonic()
                code = function(handle, address + start, part, max(0, round(1000 * min(SLICE, left))))
                if code not in (_errors.STARTING, _errors.TIMEOUT) or left <= 0:
                    break
            _calls.check(code)


def health_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """The report as a table, line by line."""
    yield f"{report['status']}: {report['reason'] or 'bytes are served'}"
    yield f"{report['healthy']} of {report['total']} sources healthy, {report['raw_bytes']:,} raw bytes in, {report['output_bytes']:,} bytes out"
    yield f"{report['blocks_available']:,} of {report['capacity']:,} seed blocks of {report['block_bits']} bits"
    running = [source for source in report["sources"] if source["state"] not in ("unavailable", "disabled")]
    width = max((len(source["name"]) for source in running), default=6)
    yield f"{'source':<{width}}  {'state':<18}  {'samples':>12}  {'bits/sample':>11}  {'failures':>8}"
    for source in running:
        yield (
            f"{source['name']:<{width}}  {source['state']:<18}  {source['bytes']:>12,}  {source['min_entropy']:>11.3f}  {source['failures']:>8,}"
        )
