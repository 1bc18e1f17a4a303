"""The examples of README.md, each in an interpreter of its own."""

import pathlib
import re
import unittest

from test_process import run

README = pathlib.Path(__file__).resolve().parent.parent / "README.md"


class ReadmeTest(unittest.TestCase):
    def test_every_example_runs(self):
        examples = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        self.assertEqual(3, len(examples))
        said = [run(example) for example in examples]
        self.assertRegex(said[0], r"\A\d+ noise sources on this machine\n32 bytes from \d+ sources\n\Z")
        self.assertRegex(said[1], r"\A\d+ of \d+ sources healthy\n")
        self.assertRegex(said[2], r"\A\d+\.\d+\.\d+ \d+ of 100 applicable tests passed\n(.*\n)*[67][.][0-9]+ bits per sample, of what has none at all\n\Z")

    def test_every_public_name_is_told(self):
        import openentropy

        text = README.read_text("utf-8")
        for name in openentropy.__all__:
            if not name.endswith("Error"):
                self.assertIn(f"`{name}(", text)


if __name__ == "__main__":
    unittest.main()
