"""The pool."""

from __future__ import annotations

import base64
import ctypes
import json
import sys
import time
import weakref
from types import TracebackType
from typing import Any, Mapping, TextIO, Union

from . import _calls, _errors, _fork, _memory, _output, _runtime

class EntropyPool:
    """Harvests the noise of this machine on threads of its own until it is closed. For any number of threads.

    seed: bytes of your own, mixed into every block and every generator. They earn no credit, replace no entropy, and make no output repeatable.
    sources: names, categories, globs, fast, slow, all, separated by commas.
    options: by the names of the configuration under OpenEntropy, such as {"Pool": {"Capacity": 4096}}.
    start_timeout: how long a call waits for the first seed, seconds.
    """

    def __init__(
        self,
        seed: Union[bytes, bytearray, memoryview, None] = None,
        *,
        sources: str | None = None,
        options: Mapping[str, Any] | None = None,
        start_timeout: float = 10.0,
    ) -> None:
        self._start_timeout = _output.seconds("start_timeout", start_timeout)
        text = json.dumps(_options(seed, sources, options)).encode()
        opening = _runtime.function("open")
        # Made before the call: however it ends, also by Ctrl-C right behind it, whoever drops this object closes the pool.
        self._handle = ctypes.c_uint64(0)
        self._release = weakref.finalize(self, _release, _runtime.function("close"), self._handle)
        try:
            _calls.check(opening(text, len(text), ctypes.byref(self._handle)))
        except BaseException:
            self._release()
            raise

    @classmethod
    def auto(cls) -> EntropyPool:
        """A pool of every fast source that this machine has."""
        return cls()

    def close(self) -> None:
        """Ends every wait, zeroes the state and closes the sources. May be called again."""
        self._release()

    def __enter__(self) -> EntropyPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def source_count(self) -> int:
        """Sources that are selected and that this machine has."""
        return sum(_runs(source) for source in self.sources())

    def get_random_bytes(self, n: int) -> bytes:
        """n bytes of the generator, made in one buffer. Waits for the first seed, start_timeout at most; a failure gives no byte."""
        return _memory.filled(_output.length(n), self._fill_bytes)

    def get_bytes(self, n: int, conditioning: str = "drbg", *, timeout: float = 10.0) -> bytes:
        """n bytes: of the generator ("drbg", and its earlier name "sha256"), with credited entropy behind each bit ("limited"), or "raw".

        timeout: how long "limited" and "raw" wait, seconds; the generator waits for its first seed alone, start_timeout at most.
        """
        seconds = _output.seconds("timeout", timeout)
        if conditioning in ("drbg", "sha256"):
            return self.get_random_bytes(n)
        if conditioning == "limited":
            return _memory.filled(_output.length(n), _output.Limited(self, seconds))
        if conditioning == "raw":
            return self.get_raw_bytes(n, timeout=seconds)
        raise _errors.InvalidArgumentError(f"conditioning is {conditioning!r}, and can be drbg, sha256, limited, raw")

    def get_raw_bytes(self, n: int, source: str | None = None, *, timeout: float = 10.0) -> bytes:
        """n raw samples of one source, or the XOR of several; None: of all that are fit for that.

        They earn no credit and enter no block. Not for keys. The wait is one call: Ctrl-C is seen at its end.
        """
        text = (source or "").encode()
        milliseconds = round(1000 * _output.seconds("timeout", timeout))
        function = _runtime.function("raw")
        return _memory.filled(
            _output.length(n), lambda address, length: _calls.check(function(self._handle, text, len(text), address, length, milliseconds))
        )

    def collect_all(self, parallel: bool = True, timeout: float = 10.0) -> int:
        """Waits until every source that has not failed has given samples since the call, timeout seconds at most. How many samples all of them gave.

        The harvest collects by itself, the sources by turns; parallel is taken for the sake of earlier programs and changes nothing.
        """
        ends = time.monotonic() + _output.seconds("timeout", timeout)
        before = {source["name"]: source["bytes"] for source in self.sources()}
        while True:
            now = self.sources()
            waiting = any(source["state"] in ("starting", "healthy") and source["bytes"] == before[source["name"]] for source in now)
            if not waiting or time.monotonic() >= ends:
                return sum(source["bytes"] - before[source["name"]] for source in now)
            time.sleep(min(_output.SLICE, max(0.0, ends - time.monotonic())))

    def sources(self) -> list[dict[str, Any]]:
        """All noise sources with state and figures; entropies in bits per sample, time in seconds."""
        sources: list[dict[str, Any]] = _calls.document("sources", self._handle)["sources"]
        return sources

    def health_report(self) -> dict[str, Any]:
        """The accounts of the pool: healthy and total sources, status and its reason, bytes in and out, and the sources."""
        report: dict[str, Any] = _calls.document("health", self._handle)
        return {"healthy": report["sources_healthy"], "total": report["sources_total"], **report, "sources": self.sources()}

    def print_health(self, file: TextIO | None = None) -> None:
        """Writes the report as a table, on standard output unless told otherwise."""
        for line in _output.health_lines(self.health_report()):
            print(line, file=file or sys.stdout)

    def _fill_bytes(self, address: int, length: int) -> None:
        function = _runtime.function("bytes")
        if length > _output.PART or function(self._handle, address, length, 0) != 0:
            self._fill_patiently(function, address, length)

    def _fill_patiently(self, function: Any, address: int, length: int) -> None:
        ends = time.monotonic() + self._start_timeout
        for start, part in _output.parts(length):
            code = function(self._handle, address + start, part, 0)
            while code == _errors.STARTING and (left := ends - time.monotonic()) > 0:
                code = function(self._handle, address + start, part, max(1, round(1000 * min(_output.SLICE, left))))
            _calls.check(code)


def _options(seed: Any, sources: str | None, options: Mapping[str, Any] | None) -> dict[str, Any]:
    merged = dict(options or {})
    if sources is not None:
        merged["Sources"] = {**merged.get("Sources", {}), "Enabled": sources}
    if seed is not None:
        merged["Personalization"] = base64.b64encode(memoryview(seed)).decode()
    return merged


def _release(closing: Any, handle: ctypes.c_uint64) -> None:
    # In a forked child there is nobody to close it, and nothing to call.
    if not _fork.is_child():
        closing(handle)


def _runs(source: Mapping[str, Any]) -> bool:
    return source["state"] not in ("unavailable", "disabled")
