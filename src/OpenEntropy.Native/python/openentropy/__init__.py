"""Random bytes from the noise of this machine: the OpenEntropy engine, in this process.

    with EntropyPool() as pool:
        key = pool.get_random_bytes(32)

Needs the .NET 10 runtime, and nothing else. See README.md of the package.
"""

from ._assessment import assess, calculate_quality_score, run_all_tests
from ._errors import (
    ConfigurationError,
    EntropyTimeoutError,
    ForkedError,
    InvalidArgumentError,
    NoEntropyError,
    OpenEntropyError,
    PoolClosedError,
    RuntimeNotFoundError,
    SamplesError,
    StartingError,
)
from ._machine import detect_available_sources, version
from ._pool import EntropyPool

__all__ = [
    "ConfigurationError",
    "EntropyPool",
    "EntropyTimeoutError",
    "ForkedError",
    "InvalidArgumentError",
    "NoEntropyError",
    "OpenEntropyError",
    "PoolClosedError",
    "RuntimeNotFoundError",
    "SamplesError",
    "StartingError",
    "assess",
    "calculate_quality_score",
    "detect_available_sources",
    "run_all_tests",
    "version",
]
