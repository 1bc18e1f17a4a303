#!/usr/bin/env python3
"""get_random_bytes against os.urandom, by turns in one run: MB/s, medians of the rounds. Fails below the bound."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from typing import Callable

from openentropy import EntropyPool

_BOUND = 500.0  # MB/s of 1 MB


def rate(fill: Callable[[int], bytes], length: int, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        fill(length)
    return length * calls / (time.perf_counter() - start) / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with EntropyPool() as pool:
        rate(pool.get_random_bytes, 1_000_000, 200)  # until the runtime has compiled it well
        medians = {}
        for length, calls in ((32, 20_000), (4_096, 5_000), (1_000_000, 40)):
            ours, theirs = [], []
            for _ in range(rounds):
                ours.append(rate(pool.get_random_bytes, length, calls))
                theirs.append(rate(os.urandom, length, calls))
            medians[length] = statistics.median(ours)
            ratio = statistics.median(a / b for a, b in zip(ours, theirs))
            print(f"{length:>9,} bytes: {medians[length]:8,.1f} MB/s, os.urandom {statistics.median(theirs):8,.1f} MB/s, ratio {ratio:.2f}")
    if medians[1_000_000] < _BOUND:
        print(f"below {_BOUND:g} MB/s")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
