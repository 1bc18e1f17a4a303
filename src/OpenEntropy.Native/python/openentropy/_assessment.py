"""What SP 800-90B and SP 800-22 say of bytes, of this generator or of any other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Union

from . import _calls, _memory

_ALPHA = 0.01

Samples = Union[bytes, bytearray, memoryview]


def assess(
    data: Samples,
    *,
    suites: Sequence[str] | None = None,
    kind: str | None = None,
    bits: int | None = None,
    conditioned: bool = False,
    threads: int | None = None,
) -> dict[str, Any]:
    """The report of `openentropy analyze` on samples, one a byte.

    suites: of non_iid, iid, sp800_22, further, quick, all; kind: raw, conditioned or output. A million samples take a few seconds.
    """
    asked = {"Suites": suites, "Kind": kind, "Bits": bits, "Conditioned": conditioned, "Threads": threads}
    options = json.dumps({name: list(value) if name == "Suites" else value for name, value in asked.items() if value is not None}).encode()
    samples = _memory.readable(data)
    report: dict[str, Any] = _calls.document("assess", options, len(options), samples, len(samples))
    return report


def run_all_tests(data: Samples) -> list[dict[str, Any]]:
    """SP 800-22 and the further tests on bytes, whatever they come from.

    Each result has name, source (the clause or paper), p_values, p_value (Bonferroni's bound of the least), passed (p_value >= 0.01; None where
    the test does not apply), and inapplicable (why it does not). They say nothing of entropy: hashes of small numbers pass as well as any.
    """
    report = assess(data, suites=["sp800_22", "further"], kind="output", bits=8)
    return [_result(test) for part in ("sp80022", "further") for test in report[part]["tests"]]


def calculate_quality_score(results: Iterable[dict[str, Any]]) -> float:
    """The share of applicable tests that passed, 0 to 100; 0 where none applies. Of good bits one test in a hundred fails."""
    passed = [result["passed"] for result in results if result["passed"] is not None]
    return 100.0 * sum(passed) / len(passed) if passed else 0.0


def _result(test: dict[str, Any]) -> dict[str, Any]:
    values = [p["value"] for p in test["pValues"]]
    bound = min(1.0, len(values) * min(values)) if values else None
    return {
        "name": test["name"],
        "source": test["source"],
        "p_value": bound,
        "p_values": values,
        "passed": None if bound is None else bound >= _ALPHA,
        "inapplicable": test["inapplicable"],
    }
