"""What can go wrong, one class for each code of the contract (docs/native.md)."""

from __future__ import annotations

BUFFER_TOO_SMALL = -3
STARTING = -5
TIMEOUT = -7


class OpenEntropyError(Exception):
    """The root of them all, and what a code has that is not listed here. No bytes were given."""


class InvalidArgumentError(OpenEntropyError, ValueError):
    """An argument is out of its range, or a selection names no source."""


class ConfigurationError(OpenEntropyError, ValueError):
    """The options are not understood, contradict each other, or name what does not exist."""


class StartingError(OpenEntropyError):
    """There was no first seed within the time allowed: worth asking again."""


class NoEntropyError(OpenEntropyError):
    """Nothing can be given, and waiting a little would not change that."""


class EntropyTimeoutError(OpenEntropyError, TimeoutError):
    """Too few seed blocks or raw samples came within the time allowed."""


class PoolClosedError(OpenEntropyError):
    """The pool is closed, or was closed by another thread while the call was under way."""


class SamplesError(OpenEntropyError, ValueError):
    """Nothing can be said of these samples, or not what was asked."""


class ForkedError(OpenEntropyError):
    """This process was forked after its parent had started the .NET runtime, of which it has no thread."""


class RuntimeNotFoundError(OpenEntropyError, ImportError):
    """The .NET runtime was not found, or did not start."""


_CLASSES: dict[int, type[Exception]] = {
    -1: InvalidArgumentError,
    -2: PoolClosedError,
    -4: ConfigurationError,
    STARTING: StartingError,
    -6: NoEntropyError,
    TIMEOUT: EntropyTimeoutError,
    -8: PoolClosedError,
    -9: SamplesError,
    -10: MemoryError,
    -11: ForkedError,
}


def of_code(code: int, text: str) -> Exception:
    """The exception of a code other than 0."""
    return _CLASSES.get(code, OpenEntropyError)(text or f"code {code}")
