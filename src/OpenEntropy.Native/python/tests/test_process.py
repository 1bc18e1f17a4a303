"""What the package must not do to its process: fork, signals, exit. Each in an interpreter of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest

PATIENCE = 240


def run(program, **environment):
    """Runs a program in a fresh interpreter; what it prints. A failure shows all it said."""
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        text=True,
    )
    if ended.returncode != 0:
        raise AssertionError(f"ended with {ended.returncode}\n{ended.stdout}\n{ended.stderr}")
    return ended.stdout


@unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
class ForkTest(unittest.TestCase):
    def test_child_gets_an_error_for_everything_and_ends(self):
        said = run(
            """
            import os, sys, openentropy
            pool = openentropy.EntropyPool(start_timeout=120)
            pool.get_random_bytes(32)
            child = os.fork()
            if child == 0:
                for call in (lambda: pool.get_random_bytes(32), pool.sources, openentropy.EntropyPool, openentropy.version, lambda: pool.get_raw_bytes(1)):
                    try:
                        call()
                        print("gave something")
                    except openentropy.ForkedError:
                        print("forked")
                pool.close()
                del pool
                sys.stdout.flush()
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
            assert len(pool.get_random_bytes(32)) == 32
            """
        )
        self.assertEqual(["forked"] * 5, said.split())

    def test_child_of_multiprocessing_ends(self):
        run(
            """
            import multiprocessing, openentropy
            def work():
                try:
                    openentropy.EntropyPool()
                except openentropy.ForkedError:
                    raise SystemExit(7)
            pool = openentropy.EntropyPool(start_timeout=120)
            child = multiprocessing.get_context("fork").Process(target=work)
            child.start()
            child.join()
            assert child.exitcode == 7
            """
        )

    def test_forked_before_the_first_pool(self):
        said = run(
            """
            import os, openentropy
            child = os.fork()
            with openentropy.EntropyPool(start_timeout=120) as pool:
                os.write(1, pool.get_random_bytes(16).hex().encode() + b"\\n")
            if child == 0:
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
            """
        )
        self.assertEqual(2, len(set(said.split())))


class SignalTest(unittest.TestCase):
    def test_handlers_stay_those_of_the_interpreter(self):
        run(
            """
            import os, signal, openentropy
            seen = []
            signal.signal(signal.SIGTERM, lambda *_: seen.append("term"))
            pool = openentropy.EntropyPool(sources="os_rng")
            os.kill(os.getpid(), signal.SIGTERM)
            assert seen == ["term"], seen
            for _ in range(2):
                try:
                    os.kill(os.getpid(), signal.SIGINT)
                    for _ in range(1000):
                        pass
                    raise AssertionError("no KeyboardInterrupt")
                except KeyboardInterrupt:
                    pass
            """
        )

    @unittest.skipIf(sys.platform == "win32", "this system has no such signals")
    def test_request_to_end_ends(self):
        with self.assertRaisesRegex(AssertionError, f"ended with -{int(signal.SIGTERM)}\n"):
            run(
                """
                import os, signal, openentropy
                openentropy.EntropyPool(sources="os_rng")
                os.kill(os.getpid(), signal.SIGTERM)
                signal.pause()
                """
            )

    def test_interrupt_while_pools_open_leaks_none(self):
        said = run(
            """
            import _thread, threading, time, openentropy
            from openentropy import _runtime
            openentropy.version()
            interrupted = 0
            for round in range(12):
                done = threading.Event()
                def interrupt(after=0.004 * round):
                    time.sleep(after)
                    if not done.is_set():
                        _thread.interrupt_main()
                other = threading.Thread(target=interrupt)
                try:
                    other.start()
                    pool = openentropy.EntropyPool(sources="os_rng")
                    done.set()
                    other.join()
                    pool.close()
                except KeyboardInterrupt:
                    interrupted += 1
                done.set()
                try:
                    other.join()
                except KeyboardInterrupt:
                    pass
                pool = None
            last = openentropy.EntropyPool(sources="os_rng")
            open_ones = [handle for handle in range(1, last._handle.value) if _runtime.function("close")(handle) != -2]
            print(interrupted > 0, open_ones)
            """
        )
        self.assertEqual("True []\n", said)


class ExitTest(unittest.TestCase):
    def test_program_that_closes_nothing_ends(self):
        self.assertEqual("32\n", run("import openentropy; pool = openentropy.EntropyPool(start_timeout=120); print(len(pool.get_random_bytes(32)))"))

    def test_no_runtime_is_said(self):
        with tempfile.TemporaryDirectory() as empty:
            said = run(
                """
                import unittest.mock, pathlib, openentropy
                from openentropy import _hostfxr
                with unittest.mock.patch.object(_hostfxr, "roots", lambda: iter([pathlib.Path("/nowhere")])):
                    try:
                        openentropy.EntropyPool()
                    except openentropy.RuntimeNotFoundError as error:
                        print(error)
                print(openentropy.version() != "")
                """,
                HOME=empty,
            )
        self.assertIn("install .NET 10, or name its folder with DOTNET_ROOT. Looked in /nowhere", said)
        self.assertTrue(said.endswith("True\n"))


if __name__ == "__main__":
    unittest.main()
