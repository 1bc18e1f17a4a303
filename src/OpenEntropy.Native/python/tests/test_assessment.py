"""What is said of bytes."""

import random
import unittest

import openentropy


class AssessmentTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = openentropy.run_all_tests(random.Random(1).randbytes(4_096))

    def test_run_all_tests_names_and_judges_each(self):
        self.assertEqual(32, len(self.results))
        for result in self.results:
            self.assertEqual(result["passed"] is None, result["inapplicable"] is not None)
            if result["passed"] is not None:
                self.assertEqual(result["passed"], result["p_value"] >= 0.01)

    def test_calculate_quality_score_is_the_share_that_passed(self):
        judged = [result for result in self.results if result["passed"] is not None]
        share = 100 * sum(result["passed"] for result in judged) / len(judged)
        self.assertAlmostEqual(share, openentropy.calculate_quality_score(self.results))
        self.assertGreater(share, 80)
        self.assertEqual(0.0, openentropy.calculate_quality_score([]))
        bad = openentropy.run_all_tests(bytes([1, 2]) * 2_048)
        self.assertLess(openentropy.calculate_quality_score(bad), 50)

    def test_assess_of_every_kind_of_buffer_is_the_same(self):
        data = bytes(range(256)) * 20
        reports = [openentropy.assess(kind(data), suites=["quick"], kind="raw") for kind in (bytes, bytearray, memoryview)]
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(reports[0], reports[2])
        self.assertEqual(5_120, reports[0]["subject"]["samples"])

    def test_assess_what_cannot_be_assessed(self):
        with self.assertRaisesRegex(openentropy.SamplesError, "no samples"):
            openentropy.assess(b"")
        with self.assertRaisesRegex(openentropy.ConfigurationError, "can be non_iid"):
            openentropy.assess(bytes(2_000), suites=["none"])
        with self.assertRaises(TypeError):
            openentropy.assess("text")

    def test_detect_available_sources(self):
        names = {source["name"]: source for source in openentropy.detect_available_sources()}
        self.assertIn("hash_timing", names)
        self.assertEqual("novel", names["hash_timing"]["category"])
        self.assertTrue(all(source["available"] for source in names.values()))

    def test_version(self):
        self.assertRegex(openentropy.version(), r"^\d+\.\d+\.\d+$")


if __name__ == "__main__":
    unittest.main()
