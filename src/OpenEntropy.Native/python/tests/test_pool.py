"""The pool over this machine's own noise."""

import contextlib
import ctypes
import io
import threading
import time
import unittest

import openentropy
from openentropy import EntropyPool, _runtime

PATIENCE = 120.0


class PoolTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pool = EntropyPool(start_timeout=PATIENCE)
        cls.addClassCleanup(cls.pool.close)
        cls.pool.get_random_bytes(1)  # from here on it serves

    def test_get_random_bytes_every_length(self):
        for length in (0, 1, 2, 16, 255, 65_537, 1_000_000):
            made = self.pool.get_random_bytes(length)
            self.assertIs(type(made), bytes)
            self.assertEqual(length, len(made))
        self.assertNotEqual(self.pool.get_random_bytes(32), self.pool.get_random_bytes(32))
        # CPython keeps one object for every single byte: they must be as they were.
        self.assertEqual(list(range(256)), [bytes([value])[0] for value in range(256)])
        self.assertTrue(any(self.pool.get_random_bytes(1_000_000)[-64:]))

    def test_get_random_bytes_lengths_that_are_none(self):
        for length in (-1, -(1 << 70)):
            with self.assertRaises(openentropy.InvalidArgumentError):
                self.pool.get_random_bytes(length)
        for length in (1.5, "1", None):
            with self.assertRaises(TypeError):
                self.pool.get_random_bytes(length)
        with self.assertRaises((MemoryError, OverflowError)):
            self.pool.get_random_bytes(1 << 62)

    def test_get_bytes_each_conditioning(self):
        self.assertEqual(40, len(self.pool.get_bytes(40)))
        self.assertEqual(40, len(self.pool.get_bytes(40, "sha256")))
        self.assertEqual(2_000, len(self.pool.get_bytes(2_000, conditioning="limited", timeout=PATIENCE)))
        with self.assertRaisesRegex(ValueError, "can be drbg, sha256, limited, raw"):
            self.pool.get_bytes(40, conditioning="magic")

    def test_get_bytes_timeout_out_of_range(self):
        for conditioning in ("drbg", "sha256", "limited", "raw"):
            with self.subTest(conditioning), self.assertRaises(openentropy.InvalidArgumentError):
                self.pool.get_bytes(1, conditioning, timeout=-1)

    def test_get_bytes_limited_in_no_time(self):
        with self.assertRaises(openentropy.EntropyTimeoutError):
            self.pool.get_bytes(1 << 20, conditioning="limited", timeout=0)
        with self.assertRaises(openentropy.InvalidArgumentError):
            self.pool.get_bytes(1, conditioning="limited", timeout=-1)
        with self.assertRaises(openentropy.InvalidArgumentError):
            self.pool.get_bytes(1, conditioning="limited", timeout=float("nan"))

    def test_get_raw_bytes_of_a_source(self):
        self.assertEqual(100, len(self.pool.get_raw_bytes(100, source="hash_timing", timeout=PATIENCE)))
        with self.assertRaisesRegex(openentropy.InvalidArgumentError, "near names: hash_timing"):
            self.pool.get_raw_bytes(1, source="hash_timng")

    def test_collect_all_and_reports(self):
        ends = time.monotonic() + PATIENCE
        while self.pool.collect_all(parallel=True, timeout=1.0) == 0:
            self.assertLess(time.monotonic(), ends)
        report = self.pool.health_report()
        self.assertIn(report["status"], ("healthy", "degraded"))
        self.assertEqual(len(report["sources"]), report["total"])
        self.assertLessEqual(self.pool.source_count, report["total"])
        self.assertGreater(self.pool.source_count, 0)
        written = io.StringIO()
        with contextlib.redirect_stdout(written):
            self.pool.print_health()
        self.assertIn("sources healthy", written.getvalue())
        self.assertIn("hash_timing", written.getvalue())

    def test_many_threads_share_it(self):
        made, lock = [], threading.Lock()

        def take():
            for _ in range(50):
                block = self.pool.get_random_bytes(32)
                with lock:
                    made.append(block)

        threads = [threading.Thread(target=take) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(400, len(set(made)))


class ClosingTest(unittest.TestCase):
    def test_closed_pool(self):
        with EntropyPool(sources="os_rng") as pool:
            pass
        pool.close()
        for call in (lambda: pool.get_random_bytes(1), pool.sources, pool.health_report, lambda: pool.get_raw_bytes(1)):
            with self.assertRaises(openentropy.PoolClosedError):
                call()

    def test_dropped_pool_is_closed(self):
        pool = EntropyPool(sources="os_rng")
        handle = pool._handle.value
        del pool
        self.assertEqual(-2, _runtime.function("close")(handle))

    def test_raw_of_several_is_given_by_both_names(self):
        with EntropyPool(sources="hash_timing,page_fault_timing") as pool:
            self.assertEqual(40, len(pool.get_bytes(40, conditioning="raw", timeout=PATIENCE)))
            self.assertEqual(40, len(pool.get_raw_bytes(40, timeout=PATIENCE)))

    def test_interpreter_goes_on_while_a_call_collects(self):
        """Were the interpreter lock held, nobody could see samples being given, count, and then close the pool."""
        pool = EntropyPool(sources="os_rng")
        ended = []

        def collect():
            try:
                while True:  # so many that no call is over before it is looked at
                    pool.get_raw_bytes(1 << 24, source="os_rng", timeout=600.0)
            except openentropy.OpenEntropyError as error:
                ended.append(error)

        thread = threading.Thread(target=collect, daemon=True)
        thread.start()
        ends = time.monotonic() + PATIENCE
        while not any(source["raw_bytes"] for source in pool.sources()):
            self.assertLess(time.monotonic(), ends)
        count = 0
        while count < 100_000:
            count += 1
        self.assertEqual([], ended)
        pool.close()
        thread.join(PATIENCE)
        self.assertIsInstance(ended[0], openentropy.PoolClosedError)


class OpeningTest(unittest.TestCase):
    def test_options_that_cannot_work(self):
        for keywords, words in (
            ({"sources": "dist_io"}, "near names: disk_io"),
            ({"options": {"Pool": {"Capacity": 1}}}, "OpenEntropy:Pool:Capacity"),
            ({"options": {"Shoes": 2}}, "Shoes"),
        ):
            with self.assertRaisesRegex(openentropy.ConfigurationError, words):
                EntropyPool(**keywords)
        with self.assertRaises(openentropy.InvalidArgumentError):
            EntropyPool(start_timeout=-1)

    def test_no_entropy_is_said_at_once(self):
        with EntropyPool(sources="os_rng", start_timeout=PATIENCE) as pool, self.assertRaises(openentropy.NoEntropyError):
            pool.get_random_bytes(1)

    def test_seed_is_mixed_in_and_repeats_nothing(self):
        made = []
        for _ in range(2):
            with EntropyPool(seed=b"the same", start_timeout=PATIENCE) as pool:
                made.append(pool.get_random_bytes(32))
        self.assertNotEqual(*made)
        for seed in ("text", 5):
            with self.assertRaises(TypeError):
                EntropyPool(seed=seed)

    def test_prototypes_of_others_are_left_alone(self):
        self.assertIsNone(ctypes.pythonapi.PyBytes_FromStringAndSize.argtypes)
        self.assertIs(ctypes.c_int, ctypes.pythonapi.PyBytes_FromStringAndSize.restype)


if __name__ == "__main__":
    unittest.main()
